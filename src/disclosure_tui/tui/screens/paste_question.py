"""Shows what a pasted block would write, before it is written."""

from __future__ import annotations

from collections.abc import Sequence

from disclosure_tui.language import Text, counted
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.tui.dialog import Dialog, ReadingDialog
from disclosure_tui.tui.pasting import Block, Pasting, pasting
from disclosure_tui.tui.report_base import ReportBase

__all__ = ["ask_paste"]

_OPTIONS = (Text("写入", "Write them"), Text("不写", "Leave the table as it is"))
_NOTE = Text("一次撤销可以全部收回；总计随后自动计算。", "One undo takes it back; totals follow.")
_FEW = 6
"""So many doubtful cells have room in the dialog; more are read on the whole screen."""


async def ask_paste(host: ReportBase, block: Block, places: Sequence[Sequence[Pointer]]) -> None:
    """Show what a block would write, and write it when that is accepted.

    Args:
        host: The report.
        block: What was pasted.
        places: The cells from the cursor on, in rows; fewer than the block has if it is too large.
    """
    rows, columns = len(block), len(block[0])
    size = Text(f"{rows} 行 {columns} 列", f"{counted(rows, 'row')}, {counted(columns, 'column')}")
    found = [row[:columns] for row in places[:rows]]
    if len(found) < rows or min(map(len, found)) < columns:
        host.tell(host.say(_too_large(size, found)))
        return
    plan = pasting(block, found, host.filling.types(host.view.page))
    if not plan.texts:
        nothing = Text("! 粘贴的 ", "! of the pasted ") + size
        host.tell(host.say(nothing + Text("里没有可以写入的数", " nothing is a figure")))
        return

    changes = sum(
        value != host.filling.report.value_at(pointer) for pointer, value in plan.values.items()
    )
    if not changes and not plan.doubts:
        same_figures = Text("，与表里的数相同，没有改动", "; the same figures stand there already")
        host.tell(host.say(Text("粘贴了 ", "pasted ") + size + same_figures))
        return

    async def answer(choice: int | None) -> None:
        if choice == 0:
            host.commit_texts(plan.texts, Text("粘贴 ", "pasted ") + size)
        host.settle()

    title = host.say(Text("将写入 ", "To be written: ") + size)
    options = [host.say(option) for option in _OPTIONS]
    first = host.filling.wording.path(found[0][0])
    where = Text(
        f"从 {first} 起；与表里不同的有 {changes} 格。",
        f"From {first} on; {changes} figures differ from those that stand there.",
    )
    lines = [host.say(where), *_lines(host, plan)]
    few = len(plan.doubts) <= _FEW
    paragraphs = [(line, False) for line in lines]
    await host.app.push_screen(
        Dialog(title, options, answer, lines=lines)
        if few
        else ReadingDialog(title, options, answer, paragraphs=paragraphs)
    )


def _too_large(size: Text, places: Sequence[Sequence[Pointer]]) -> Text:
    rows, columns = len(places), min(map(len, places))
    room = Text(f"{rows} 行 {columns} 列", f"{counted(rows, 'row')}, {counted(columns, 'column')}")
    return (
        Text("! 粘贴了 ", "! ")
        + size
        + Text("，从本格起只放得下 ", "; only ")
        + room
        + Text("，没有写入；请换一格再粘贴", " fit from here: not written")
    )


def _lines(host: ReportBase, plan: Pasting) -> list[str]:
    path = host.filling.wording.path
    lines = []
    if plan.doubts:
        count = len(plan.doubts)
        lines.append(host.say(Text(f"请先看这 {count} 格：", f"Look at these {count} first:")))
        lines += [f"{path(pointer)}  {host.say(doubt)}" for pointer, doubt in plan.doubts]
    if plan.blank:
        lines.append(
            host.say(
                Text(
                    f"空白的 {plan.blank} 格不写入，表里原来的数不变。",
                    f"{plan.blank} blank cells are not written; what stands there stays.",
                )
            )
        )
    return [*lines, host.say(_NOTE)]
