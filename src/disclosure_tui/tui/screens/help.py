"""Help: every key and what it does, made from the commands themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.screen import ModalScreen

from disclosure_tui.language import Language, Text
from disclosure_tui.render.width import MEASURE
from disclosure_tui.tui.command import Command, Group, key_name, key_names
from disclosure_tui.tui.messages import Closed, Message
from disclosure_tui.tui.screen import EditorScreen, ScreenEntry
from disclosure_tui.tui.widgets.lines import TextLine
from disclosure_tui.tui.widgets.strips import DIM
from disclosure_tui.tui.widgets.surface import Surface
from disclosure_tui.tui.widgets.text_page import TextPage

if TYPE_CHECKING:
    from textual.app import ComposeResult

__all__ = ["ENTRY", "HelpScreen", "help_lines"]

_KEYS = 22
_ABOUT = (
    Text(
        "各部分名称后的 _22 是未填 22 格，!、?、* 是这一部分里最重的问题。"
        "表里带 + 的格是光标所在总计的各项，或与光标处的问题有关。",
        "Behind the name of a section _22 means 22 blanks, and ! ? * its worst finding. "
        "In a table + marks the cells that the total or the finding under the cursor is about.",
    ),
    Text(
        "未填（_）不等于 0：没有发生的请填 0。总计（=）随各项自动计算；与各项不符的总计是"
        "手工填写的，不会被改动，在那一格按 = 改为自动计算。",
        "A blank (_) is not 0: type 0 for what did not happen. Totals (=) follow their parts; "
        "a total that disagrees was typed and stays: press = on it to have it computed.",
    ),
    Text(
        "在文字部分，字母都是文字：用带 Ctrl 的键，或从菜单选。改好的数和文字要保存才写入文件。",
        "In a text, letters are text: use the keys with Ctrl, or the menu. "
        "Nothing is in the file before it is saved.",
    ),
    Text(
        "文字里有下划线的数与表中的格对应，会一起校验；行首标 ! 或 ? 的行有问题，"
        "光标移到那里看说明。字数按每个字、标点、换行各算一个。",
        "Underlined figures of a text are checked with the tables; lines marked ! or ? have a "
        "finding, told when the cursor is there. Every character and line end counts as one.",
    ),
)


def help_lines(commands: Iterable[Command], language: Language) -> list[tuple[str, bool]]:
    """Return the help as paragraphs, each with whether it is a heading."""
    known = tuple(commands)
    lines: list[tuple[str, bool]] = []
    for group in Group:
        mine = [command for command in known if command.group is group]
        if mine:
            lines.append((group.value.in_(language), True))
        for command in mine:
            # What has no key of its own is chosen from the menu.
            names = key_names(command, language) or key_name("ctrl+p", language)
            keys = MEASURE.fit(names, _KEYS)
            lines.append((f"  {keys}  {command.sentence.in_(language)}", False))
    lines.append(("", False))
    lines += [(text.in_(language), False) for text in _ABOUT]
    return lines


class HelpScreen(EditorScreen, ModalScreen[None]):
    """The help for one screen."""

    def __init__(self, host: EditorScreen) -> None:
        super().__init__()
        self._host = host
        lines = help_lines((*host.FIXED, *host.commands), host.language)
        lines += [(host.say(text), False) for text in host.about]
        self._page = TextPage(lines)

    @property
    def surface(self) -> Surface:
        """The text."""
        return self._page

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        with Vertical(classes="dialog tall"):
            yield TextLine(id="title")
            yield self._page
            yield TextLine(id="hint")

    def on_mount(self) -> None:
        """Fill in the texts."""
        title = self.say(Text("帮助", "Help"))
        self.query_one("#title", TextLine).show_title(title)
        hint = Text("上下键、PgUp、PgDn 翻看  Esc 返回", "Arrows, PgUp, PgDn to read on  Esc back")
        self.query_one("#hint", TextLine).show((self.say(hint), DIM))

    async def hear(self, message: Message) -> None:
        """Leave."""
        if isinstance(message, Closed):
            await self.app.pop_screen()
            self._host.settle()


async def _open(host: EditorScreen) -> None:
    await host.app.push_screen(HelpScreen(host))


ENTRY = ScreenEntry(
    Command(
        "help",
        Text("帮助", "Help"),
        ("f1", "?"),
        Group.PROGRAM,
        short=Text("帮助", "Help"),
        rank=5,
    ),
    frozenset({"report", "desk"}),
    _open,
)
