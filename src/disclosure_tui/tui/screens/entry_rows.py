"""Rows that the filer adds: a row more, a row less, a row up or down."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from disclosure_tui.language import Text, counted
from disclosure_tui.model.entry_rows import (
    adding,
    entry_maps,
    free_key,
    holder_of,
    is_key,
    missing_keys,
    moving,
    names_of,
    removed_with,
    removing,
    row_at,
)
from disclosure_tui.model.form import Node
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.pinyin import initials
from disclosure_tui.render.pages import PageKind
from disclosure_tui.tui.command import Command, Group
from disclosure_tui.tui.dialog import Dialog
from disclosure_tui.tui.entry_dialog import EntryDialog
from disclosure_tui.tui.report_base import ReportBase
from disclosure_tui.tui.screen import EditorScreen, ScreenEntry

__all__ = ["ENTRIES"]

_NO_ROWS = Text("本页的行是固定的，不能增减", "the rows of this page are fixed")
_NOT_HERE = Text("这一行是固定的，不能删去或移动", "this row is fixed")
_ALL_THERE = Text(
    "可以填的行都已在表里；新的名称请先在名单里增加",
    "every row of the list is here; add a new name to the list first",
)
_END = Text("已到头，不能再移动", "it cannot be moved any further")


def _holders(host: ReportBase) -> tuple[Node, ...]:
    """Return the maps of rows that a row may be added to: the one at the cursor, or the page's."""
    form, page = host.session.form, host.view.page
    here = holder_of(form, host.view.pointer)
    if here is not None:
        return (here,)
    if page.kind is not PageKind.TABLE:
        return ()
    return tuple(node for node in entry_maps(form) if node.pointer.starts_with(page.pointer))


async def _add(host: EditorScreen) -> None:
    assert isinstance(host, ReportBase)
    holders = _holders(host)
    if not holders:
        host.tell(host.say(_NO_ROWS))
        return
    if len(holders) == 1:
        await _add_to(host, holders[0])
        return

    async def answer(choice: int | None) -> None:
        if choice is not None:
            await _add_to(host, holders[choice])
        host.settle()

    title = host.say(Text("在哪里增加一行", "Where to add a row"))
    options = [host.filling.wording.path(holder.pointer) for holder in holders]
    await host.app.push_screen(Dialog(title, options, answer))


async def _add_to(host: ReportBase, holder: Node) -> None:
    assert holder.entries is not None
    report, most = host.session.report, holder.entries.most
    if most and len(holder.children) >= most:
        full = Text(f"最多 {most} 行，不能再增加", f"{counted(most, 'row')} at most")
        host.tell(host.say(full))
        return
    source = names_of(holder)
    if source is None:
        await _ask_name(host, holder)
        return
    keys = missing_keys(report, holder)
    if not keys:
        host.tell(host.say(_ALL_THERE))
        return

    async def answer(choice: int | None) -> None:
        if choice is not None:
            _insert(host, holder, keys[choice], "")
        host.settle()

    label = holder.entries.label
    names = [str(report.value_at((*source, key, label)) or key) if label else key for key in keys]
    await host.app.push_screen(Dialog(host.say(_ADD), names, answer))


async def _ask_name(host: ReportBase, holder: Node) -> None:
    assert holder.entries is not None
    named = bool(holder.entries.label)

    async def answer(text: str | None) -> str:
        said = (text or "").strip()
        if text is not None and not said:
            return host.say(Text("! 请写名称", "! type a name"))
        if said:
            wanted = initials(said) if named else said
            if not named and not is_key(said):
                return host.say(
                    Text("! 名称里不能有 / 和 ~，也不能太长", "! no / or ~, not so long")
                )
            key = free_key(wanted, host.session.report, holder.pointer)
            if not named and key != said:
                return host.say(Text("! 已有这个名称的行", "! there is a row of this name"))
            _insert(host, holder, key, said if named else "")
        return ""

    await host.app.push_screen(EntryDialog(host.say(_NAME), "", answer))


def _insert(host: ReportBase, holder: Node, key: str, name: str) -> None:
    session = host.session
    here = row_at(session.form, host.view.pointer)
    below = here.key if here is not None and here.parent == holder.pointer else ""
    host.keep_prose()
    host.change_rows(adding(session.form, session.report, holder, key, name=name, below=below))
    host.view.reveal(_first_cell(session.form.node(holder.pointer / key)))
    host.settle()


def _first_cell(row: Node | None) -> Pointer | None:
    if row is None:
        return None
    cells = [node.pointer for node in row.walk() if node.cell is not None]
    return cells[0] if cells else None


def _row_here(host: ReportBase) -> Pointer | None:
    """Return the entry row under the cursor; say so where there is none."""
    row = row_at(host.session.form, host.view.pointer)
    if row is None:
        host.tell(host.say(_NOT_HERE if _holders(host) else _NO_ROWS))
    return row


async def _delete(host: EditorScreen) -> None:
    assert isinstance(host, ReportBase)
    row = _row_here(host)
    if row is None:
        return
    session = host.session
    rows = removed_with(session.form, session.report, row)
    name = session.form.nodes[row].label.title(host.language)
    figures = sum(_figures(host, each) for each in rows)

    def delete() -> None:
        neighbour = _neighbour(host, row)
        host.keep_prose()
        host.change_rows(removing(session.report, rows, name))
        host.view.reveal(neighbour)

    async def answer(choice: int | None) -> None:
        if choice == 0:
            delete()
        host.settle()

    if not figures and len(rows) == 1:
        delete()
        host.settle()
        return
    title = Text(f"删去【{name}】行？", f"Delete the row {name}?")
    options = [host.say(Text("删去", "Delete it")), host.say(Text("不删", "Keep it"))]
    lines = [host.say(line) for line in _warnings(figures, len(rows) - 1)]
    await host.app.push_screen(Dialog(host.say(title), options, answer, lines=lines, selected=1))


def _warnings(figures: int, elsewhere: int) -> list[Text]:
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


def _figures(host: ReportBase, row: Pointer) -> int:
    form, report = host.session.form, host.session.report
    return sum(
        node.cell is not None and node.cell.numeric and report.value_at(node.pointer) is not None
        for node in form.nodes[row].walk()
    )


def _neighbour(host: ReportBase, row: Pointer) -> Pointer | None:
    """Return the cell to stand on afterwards: same column, the next row, else the one before."""
    column = host.view.pointer[len(row) :]
    rows = [node.pointer for node in host.session.form.nodes[row.parent].children]
    at = rows.index(row)
    near = rows[at + 1 : at + 2] or rows[at - 1 : at]
    return near[0].joined(column) if near else None


def _mover(step: int) -> Callable[[EditorScreen], Awaitable[None]]:
    async def move(host: EditorScreen) -> None:
        assert isinstance(host, ReportBase)
        row = _row_here(host)
        if row is None:
            return
        transaction = moving(host.session.report, row, step)
        if transaction is None:
            host.tell(host.say(_END))
            return
        host.change_rows(transaction)
        host.view.reveal(host.view.pointer)
        host.settle()

    return move


_ADD = Text("增加一行", "Add a row")
_NAME = Text("增加一行，名称：", "Add a row called:")

_ON_REPORT = frozenset({"report"})
ENTRIES = (
    ScreenEntry(Command("add_row", _ADD, ("a",), Group.FILLING), _ON_REPORT, _add),
    ScreenEntry(
        Command("delete_row", Text("删去这一行", "Delete this row"), ("d",), Group.FILLING),
        _ON_REPORT,
        _delete,
    ),
    ScreenEntry(
        Command("move_row_up", Text("这一行上移", "Move this row up"), ("{",), Group.FILLING),
        _ON_REPORT,
        _mover(-1),
    ),
    ScreenEntry(
        Command("move_row_down", Text("这一行下移", "Move this row down"), ("}",), Group.FILLING),
        _ON_REPORT,
        _mover(1),
    ),
)
