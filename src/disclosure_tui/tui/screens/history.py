"""Earlier versions of the report: listed, compared in printed labels, brought back."""

from __future__ import annotations

from collections.abc import Sequence

from disclosure_tui.errors import DisclosureError
from disclosure_tui.language import Text
from disclosure_tui.session import ReportHeld, Version
from disclosure_tui.tui.command import Command, Group
from disclosure_tui.tui.dialog import Dialog, ReadingDialog
from disclosure_tui.tui.differences_page import difference_lines
from disclosure_tui.tui.report_base import ReportBase
from disclosure_tui.tui.screen import EditorScreen, ScreenEntry
from disclosure_tui.tui.screens.holder_question import ask_holder

__all__ = ["ENTRY"]

_TITLE = Text("历史版本", "Earlier versions")
_NONE = Text(
    "还没有历史版本：每天最后一次保存会留一份", "none yet: the last save of each day is kept"
)
_SET_ASIDE = Text("（没有保存、另存的）", " (not saved, set aside)")
_RESTORE = Text("恢复到这个版本（可以撤销）", "Restore this version (can be undone)")
_BACK = Text("返回版本列表", "Back to the list")


async def _open(host: EditorScreen) -> None:
    assert isinstance(host, ReportBase)
    host.keep_all_prose()
    _list(host, 0)


def _list(host: ReportBase, selected: int) -> None:
    versions = host.session.versions()
    if not versions:
        host.tell(host.say(_NONE))
        host.settle()
        return

    async def answer(choice: int | None) -> None:
        if choice is None:
            host.settle()
        else:
            _compare(host, versions, choice)

    options = [_name(host, version) for version in versions]
    host.app.push_screen(Dialog(host.say(_TITLE), options, answer, selected=selected))


def _name(host: ReportBase, version: Version) -> str:
    size = Text(f"  {version.size} 字节", f"  {version.size} bytes")
    note = host.say(_SET_ASIDE) if version.is_set_aside else ""
    return f"{version.when:%Y-%m-%d %H:%M}{host.say(size)}{note}"


def _compare(host: ReportBase, versions: Sequence[Version], index: int) -> None:
    """Show what is different now from a version."""
    version = versions[index]
    try:
        form, found = host.session.compare(version)
    except DisclosureError as error:
        host.refuse(error)
        host.settle()
        return

    async def answer(choice: int | None) -> None:
        if choice == 0 and found:
            _restore(host, version)
            host.settle()
        else:
            _list(host, index)

    when = f"{version.when:%Y-%m-%d %H:%M}"
    title = Text(f"{when} 的版本，现在有哪些不同", f"What is different now from {when}")
    options = [host.say(_RESTORE), host.say(_BACK)] if found else [host.say(_BACK)]
    lines = difference_lines(form, found, host.language)
    host.app.push_screen(
        ReadingDialog(host.say(title), options, answer, paragraphs=lines, selected=len(options) - 1)
    )


def _restore(host: ReportBase, version: Version) -> None:
    try:
        commit = host.session.restore(version)
    except ReportHeld as error:
        ask_holder(host, error.holder, lambda: _restore(host, version))
        return
    except DisclosureError as error:
        host.refuse(error)
        return
    host.view.show_values()
    if commit is not None:
        count = len(commit.pointers)
        when = f"{version.when:%Y-%m-%d %H:%M}"
        told = Text(
            f"已恢复 {when} 的版本，改了 {count} 处，可以撤销；还没有保存",
            f"restored {when}, {count} places; undo works; not saved yet",
        )
        host.tell(host.say(told))
    host.poll()


ENTRY = ScreenEntry(
    Command("history", Text("历史版本", "Earlier versions"), (), Group.FILE),
    frozenset({"report"}),
    _open,
)
