"""Judges the terminal and the locale that a person has come with."""

from __future__ import annotations

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text, same
from disclosure_tui.machine.condition import Found, advice, fault, good
from disclosure_tui.machine.width_probe import Widths

__all__ = [
    "Locale",
    "Multiplexer",
    "Terminal",
    "judge_colours",
    "judge_locale",
    "judge_multiplexer",
    "judge_size",
    "judge_widths",
]

_COLUMNS, _LINES = 80, 24
_NO_TERMINAL = Text("不在终端上，没有查", "not on a terminal, not asked")
_SET_UTF8 = "export LANG=C.UTF-8"


@dataclass(frozen=True, slots=True)
class Locale:
    """The locale of the machine, as other programs take it.

    Attributes:
        variable: Where it is set: `LC_ALL`, `LC_CTYPE`, `LANG`; or empty.
        name: What it says.
        encoding: The encoding it stands for, or None where this machine does not have it.
    """

    variable: str
    name: str
    encoding: str | None


@dataclass(frozen=True, slots=True)
class Multiplexer:
    """What stands between the program and the terminal.

    Attributes:
        name: `tmux`, `screen`, or empty.
        is_utf8: Whether it lets Chinese characters through; None where it does not say.
    """

    name: str = ""
    is_utf8: bool | None = None


@dataclass(frozen=True, slots=True)
class Terminal:
    """The terminal.

    Attributes:
        is_there: Whether the program stands on one.
        kind: What TERM says.
        colours: How many it has; None where this machine does not know such a terminal.
        size: Columns and lines, or None.
        widths: What it answered about characters of doubtful width, or None.
        is_without_colour: Whether the person wants none.
    """

    is_there: bool
    kind: str = ""
    colours: int | None = None
    size: tuple[int, int] | None = None
    widths: Widths | None = None
    is_without_colour: bool = False


def judge_locale(locale: Locale) -> Found:
    """Judge the locale: the program itself does not follow it, the programs beside it do."""
    if not locale.variable:
        return advice(
            Text(
                "没有设，less、tmux、git 等程序会显示不出中文",
                "none is set: less, tmux and git may not show Chinese",
            ),
            Text("请写进 ~/.profile：", "Write into ~/.profile:"),
            commands=(_SET_UTF8,),
        )
    said = f"{locale.variable}={locale.name}"
    if locale.encoding is None:
        return advice(
            same(said) + Text("，本机没有装这个语言环境", ": this machine does not have it"),
            Text("请改用每台机器都有的：", "Use one that every machine has:"),
            commands=(f"export {locale.variable}=C.UTF-8",),
        )
    if locale.encoding.lower().replace("-", "") == "utf8":
        return good(same(said))
    return advice(
        same(said)
        + Text(f"，编码是 {locale.encoding}，别的程序", f": {locale.encoding}; other programs")
        + Text("会把中文显示成乱码", " garble Chinese"),
        Text("本程序不受影响；请写进 ~/.profile：", "This one does not; write into ~/.profile:"),
        commands=(f"export {locale.variable}=C.UTF-8",),
    )


def judge_multiplexer(multiplexer: Multiplexer) -> Found:
    """Judge whether Chinese characters get through tmux or screen."""
    name = multiplexer.name
    if not name:
        return good(Text("没有用", "not used"))
    attach = "tmux -u attach" if name == "tmux" else "screen -U -r"
    if multiplexer.is_utf8 is None:
        return good(
            same(name) + Text(f"，显示不出中文时用 {attach}", f"; if Chinese is missing: {attach}")
        )
    if multiplexer.is_utf8:
        return good(same(name) + Text("，能显示中文", ", lets Chinese through"))
    # In ASCII in both languages: it is all that such a client shows.
    return fault(
        same(f"{name}: this client is not UTF-8, no Chinese character reaches it"),
        same("detach (Ctrl+B D), then:"),
        commands=(attach,),
    )


def judge_colours(terminal: Terminal) -> Found:
    """Judge what the terminal says it is."""
    if not terminal.is_there:
        return good(_NO_TERMINAL)
    kind = terminal.kind
    if kind in ("", "dumb"):
        return fault(
            Text(
                f"TERM={kind}，不能整屏填报，只能逐行填报",
                f"TERM={kind}: no full screen, reports are filled in line by line",
            ),
            Text("终端能整屏显示的，先设：", "If the terminal has a full screen, set first:"),
            commands=("export TERM=xterm-256color",),
        )
    if terminal.colours is None:
        return advice(
            Text(f"TERM={kind}，本机不认识这种终端", f"TERM={kind} is not known to this machine"),
            Text("less 等程序可能出错，可以改用：", "less and others may fail; use instead:"),
            commands=("export TERM=xterm-256color",),
        )
    if terminal.is_without_colour:
        return good(Text(f"{kind}，按 NO_COLOR 不用颜色", f"{kind}, without colour by NO_COLOR"))
    if terminal.colours < 8:
        return good(
            Text(f"{kind}，没有颜色，看标记 ! ? *", f"{kind}, no colours: the marks say the same")
        )
    return good(Text(f"{kind}，{terminal.colours} 色", f"{kind}, {terminal.colours} colours"))


def judge_widths(terminal: Terminal) -> Found:
    """Judge what the terminal answered about characters of doubtful width."""
    if not terminal.is_there:
        return good(_NO_TERMINAL)
    widths = terminal.widths
    if widths is None:
        return good(
            Text("终端没有回答，按一格算", "the terminal did not answer, taken as one cell")
        )
    if widths.is_other_encoding:
        # In ASCII in both languages: it is all that such a terminal shows.
        return fault(
            same("the terminal is not set to UTF-8"),
            same("Set it to UTF-8; PuTTY: Window, Translation, UTF-8"),
        )
    if widths.is_wide:
        return advice(
            Text(
                f"引号占 {widths.quote} 格，横线占 {widths.line} 格，填报界面改用 ASCII 符号",
                f"quotes take {widths.quote}, rules {widths.line} cells: the editor uses ASCII",
            ),
            Text(
                "请在终端的设置里关掉【二义字符按宽字符显示】；关不掉的：",
                "Switch off wide ambiguous characters in the terminal; where it cannot be done:",
            ),
            commands=("export DISCLOSURE_ASCII=1",),
        )
    return good(Text("引号和横线占一格", "quotes and rules take one cell"))


def judge_size(terminal: Terminal) -> Found:
    """Judge the size of the window."""
    if not terminal.is_there:
        return good(_NO_TERMINAL)
    if terminal.size is None:
        return good(Text("终端没有说，按 80x24 算", "not told, taken as 80x24"))
    columns, lines = terminal.size
    size = same(f"{columns}x{lines}")
    if columns >= _COLUMNS and lines >= _LINES:
        return good(size)
    return advice(
        size + Text("，小于 80x24", ", less than 80x24"),
        Text("请把窗口拉大；小的窗口要左右移动", "Enlarge the window; a small one has to be moved"),
    )
