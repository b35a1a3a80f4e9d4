"""Rows that the filer adds: a row more, a row less, a row up or down."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from disclosure_tui.language import Text
from disclosure_tui.model.entry_rows import (
    adding,
    beside,
    first_cell,
    key_above,
    moving,
    removed_with,
    removing,
    row_at,
)
from disclosure_tui.model.form import Node
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.session.row_questions import (
    ADD,
    ALL_THERE,
    FIXED,
    NAME,
    NO_ROWS,
    WHERE,
    deletion,
    figures_in,
    full,
    holders,
    key_of,
    offered,
    warnings,
)
from disclosure_tui.tui.command import Command, Group
from disclosure_tui.tui.dialog import Dialog
from disclosure_tui.tui.entry_dialog import EntryDialog
from disclosure_tui.tui.report_base import ReportBase
from disclosure_tui.tui.screen import EditorScreen, ScreenEntry

__all__ = ["ENTRIES"]

_END = Text("已到头，不能再移动", "it cannot be moved any further")


def _holders(host: ReportBase) -> tuple[Node, ...]:
    return holders(host.session.form, host.view.page, host.view.pointer)


async def _add(host: EditorScreen) -> None:
    assert isinstance(host, ReportBase)
    found = _holders(host)
    if not found:
        host.tell(host.say(NO_ROWS))
        return
    if len(found) == 1:
        await _add_to(host, found[0])
        return

    async def answer(choice: int | None) -> None:
        if choice is not None:
            await _add_to(host, found[choice])
        host.settle()

    title = host.say(WHERE)
    options = [host.filling.wording.path(holder.pointer) for holder in found]
    await host.app.push_screen(Dialog(title, options, answer))


async def _add_to(host: ReportBase, holder: Node) -> None:
    no_more = full(holder)
    if no_more is not None:
        host.tell(host.say(no_more))
        return
    rows = offered(host.session.report, holder)
    if rows is None:
        await _ask_name(host, holder)
        return
    if not rows:
        host.tell(host.say(ALL_THERE))
        return

    async def answer(choice: int | None) -> None:
        if choice is not None:
            _insert(host, holder, rows[choice][0], "")
        host.settle()

    await host.app.push_screen(Dialog(host.say(ADD), [name for _, name in rows], answer))


async def _ask_name(host: ReportBase, holder: Node) -> None:
    assert holder.entries is not None
    named = bool(holder.entries.label)

    async def answer(text: str | None) -> str:
        if text is None:
            return ""
        said = text.strip()
        key = key_of(host.session.report, holder, said)
        if isinstance(key, Text):
            return f"! {host.say(key)}"
        _insert(host, holder, key, said if named else "")
        return ""

    await host.app.push_screen(EntryDialog(host.say(NAME), "", answer))


def _insert(host: ReportBase, holder: Node, key: str, name: str) -> None:
    session = host.session
    below = key_above(session.form, holder, host.view.pointer)
    host.keep_prose()
    host.change_rows(adding(session.form, session.report, holder, key, name=name, below=below))
    host.view.reveal(first_cell(session.form, holder.pointer / key))
    host.settle()


def _row_here(host: ReportBase) -> Pointer | None:
    """Return the entry row under the cursor; say so where there is none."""
    row = row_at(host.session.form, host.view.pointer)
    if row is None:
        host.tell(host.say(FIXED if _holders(host) else NO_ROWS))
    return row


async def _delete(host: EditorScreen) -> None:
    assert isinstance(host, ReportBase)
    row = _row_here(host)
    if row is None:
        return
    session = host.session
    rows = removed_with(session.form, session.report, row)
    name = session.form.nodes[row].label.title(host.language)
    figures = sum(figures_in(session.form, session.report, each) for each in rows)

    def delete() -> None:
        near, column = beside(session.form, row), host.view.pointer[len(row) :]
        host.keep_prose()
        host.change_rows(removing(session.report, rows, name))
        host.view.reveal(None if near is None else near.joined(column))

    async def answer(choice: int | None) -> None:
        if choice == 0:
            delete()
        host.settle()

    if not figures and len(rows) == 1:
        delete()
        host.settle()
        return
    asked = deletion(name)
    options = [host.say(option) for option in asked.options]
    lines = [host.say(line) for line in warnings(figures, len(rows) - 1)]
    dialog = Dialog(host.say(asked.title), options, answer, lines=lines, selected=1)
    await host.app.push_screen(dialog)


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


_ON_REPORT = frozenset({"report"})
ENTRIES = (
    ScreenEntry(Command("add_row", ADD, ("a",), Group.FILLING), _ON_REPORT, _add),
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
