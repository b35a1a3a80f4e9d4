"""What is asked when a row is added or deleted: the same in the full screen and line by line."""

from __future__ import annotations

from disclosure_tui.language import Text, counted
from disclosure_tui.model.entry_rows import (
    entry_maps,
    free_key,
    holder_of,
    is_key,
    missing_keys,
    names_of,
)
from disclosure_tui.model.form import Form, Node
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.pinyin import initials
from disclosure_tui.render.pages import Page, PageKind
from disclosure_tui.session.questions import Question

__all__ = [
    "ADD",
    "ALL_THERE",
    "FIXED",
    "NAME",
    "NO_ROWS",
    "WHERE",
    "deletion",
    "figures_in",
    "full",
    "holders",
    "key_of",
    "offered",
    "warnings",
]

ADD = Text("增加一行", "Add a row")
NAME = Text("增加一行，名称：", "Add a row called:")
WHERE = Text("在哪里增加一行", "Where to add a row")
NO_ROWS = Text("本页的行是固定的，不能增减", "the rows of this page are fixed")
FIXED = Text("这一行是固定的，不能删去或移动", "this row is fixed")
ALL_THERE = Text(
    "可以填的行都已在表里；新的名称请先在名单里增加",
    "every row of the list is here; add a new name to the list first",
)
_NO_NAME = Text("请写名称", "type a name")
_NO_KEY = Text("名称里不能有 / 和 ~，也不能太长", "no / or ~, not so long")
_TAKEN = Text("已有这个名称的行", "there is a row of this name")


def holders(form: Form, page: Page, pointer: Pointer) -> tuple[Node, ...]:
    """Return the maps of rows that a row may be added to: the one at a place, or its page's."""
    here = holder_of(form, pointer)
    if here is not None:
        return (here,)
    if page.kind is not PageKind.TABLE:
        return ()
    return tuple(node for node in entry_maps(form) if node.pointer.starts_with(page.pointer))


def full(holder: Node) -> Text | None:
    """Say that a map of rows holds as many as it may, or nothing."""
    assert holder.entries is not None
    most = holder.entries.most
    if not most or len(holder.children) < most:
        return None
    return Text(f"最多 {most} 行，不能再增加", f"{counted(most, 'row')} at most")


def offered(report: Report, holder: Node) -> tuple[tuple[str, str], ...] | None:
    """Return key and name of the rows that may be added, or None where the filer names them."""
    source = names_of(holder)
    if source is None or holder.entries is None:
        return None
    label = holder.entries.label
    return tuple(
        (key, str(report.value_at((*source, key, label)) or key) if label else key)
        for key in missing_keys(report, holder)
    )


def key_of(report: Report, holder: Node, typed: str) -> str | Text:
    """Return the key of a new row that the filer names, or what is the matter with the name."""
    assert holder.entries is not None
    if not typed:
        return _NO_NAME
    if holder.entries.label:
        return free_key(initials(typed), report, holder.pointer)
    if not is_key(typed):
        return _NO_KEY
    key = free_key(typed, report, holder.pointer)
    return key if key == typed else _TAKEN


def deletion(name: str) -> Question:
    """Return the question whether a row is to be deleted."""
    title = Text(f"删去【{name}】行？", f"Delete the row {name}?")
    return Question(title, (Text("删去", "Delete it"), Text("不删", "Keep it")))


def warnings(figures: int, elsewhere: int) -> list[Text]:
    """Return what goes with a row.

    Args:
        figures: Figures filled in, in all rows that go.
        elsewhere: Rows of the same name in other tables.
    """
    lines = (
        [Text(f"这一行已填 {figures} 个数。", f"It holds {counted(figures, 'figure')}.")]
        if figures
        else []
    )
    if elsewhere:
        lines.append(
            Text(
                f"另外 {elsewhere} 个表里的这一行一并删去。",
                f"The rows of this name in {elsewhere} other tables go with it.",
            )
        )
    lines.append(
        Text(
            "本行的注释、备注一并删去，有关的情况说明失效。可以撤销。",
            "Its notes and remarks go, explanations of it lapse. It can be undone.",
        )
    )
    return lines


def figures_in(form: Form, report: Report, row: Pointer) -> int:
    """Count the figures that are filled in in a row."""
    return sum(
        node.cell is not None and node.cell.numeric and report.value_at(node.pointer) is not None
        for node in form.nodes[row].walk()
    )
