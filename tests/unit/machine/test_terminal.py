"""What is made of a terminal and a locale: each line well, and each way in which it is not."""

from __future__ import annotations

import pytest

from disclosure_tui.machine.condition import Found, State
from disclosure_tui.machine.terminal import (
    Locale,
    Multiplexer,
    Terminal,
    judge_colours,
    judge_locale,
    judge_multiplexer,
    judge_size,
    judge_widths,
)
from disclosure_tui.machine.width_probe import Widths

GOOD, ADVICE, FAULT = State.GOOD, State.ADVICE, State.FAULT
GONE = Terminal(is_there=False)


def on(kind: str = "xterm-256color", colours: int | None = 256, **more: object) -> Terminal:
    return Terminal(True, kind, colours, **more)  # type: ignore[arg-type]


def says_what_to_do(found: Found) -> bool:
    """A condition that is not well names an act; one that is well names none."""
    return bool(found.acts) is (found.state is not GOOD)


@pytest.mark.parametrize(
    ("locale", "state", "command"),
    [
        (Locale("LANG", "zh_CN.UTF-8", "UTF-8"), GOOD, None),
        (Locale("LC_ALL", "C.utf8", "utf8"), GOOD, None),
        (Locale("", "", "ANSI_X3.4-1968"), ADVICE, "export LANG=C.UTF-8"),
        (Locale("LANG", "en_US", "ISO-8859-1"), ADVICE, "export LANG=C.UTF-8"),
        (Locale("LC_ALL", "zh_CN.GBK", "GBK"), ADVICE, "export LC_ALL=C.UTF-8"),
        (Locale("LC_CTYPE", "zh_CN.UTF-8", None), ADVICE, "export LC_CTYPE=C.UTF-8"),
    ],
)
def test_locales(locale: Locale, state: State, command: str | None) -> None:
    found = judge_locale(locale)
    assert found.state is state
    assert found.commands == (() if command is None else (command,))
    assert says_what_to_do(found)


@pytest.mark.parametrize(
    ("multiplexer", "state", "command"),
    [
        (Multiplexer(), GOOD, None),
        (Multiplexer("tmux", True), GOOD, None),
        (Multiplexer("tmux", None), GOOD, None),
        (Multiplexer("tmux", False), FAULT, "tmux -u attach"),
        (Multiplexer("screen", None), GOOD, None),
        (Multiplexer("screen", False), FAULT, "screen -U -r"),
    ],
)
def test_multiplexers(multiplexer: Multiplexer, state: State, command: str | None) -> None:
    found = judge_multiplexer(multiplexer)
    assert found.state is state
    assert found.commands == (() if command is None else (command,))
    assert says_what_to_do(found)
    if state is FAULT:
        # Chinese characters are what such a client does not show.
        assert found.what.zh.isascii()
        assert all(act.zh.isascii() for act in found.acts)


@pytest.mark.parametrize(
    ("terminal", "state"),
    [
        (GONE, GOOD),
        (on(), GOOD),
        (on("xterm", 8), GOOD),
        (on("vt100", 0), GOOD),
        (on(is_without_colour=True), GOOD),
        (on("", None), FAULT),
        (on("dumb", None), FAULT),
        (on("no-such-terminal", None), ADVICE),
    ],
)
def test_kinds_of_terminal(terminal: Terminal, state: State) -> None:
    found = judge_colours(terminal)
    assert found.state is state
    assert says_what_to_do(found)


@pytest.mark.parametrize(
    ("widths", "state", "command"),
    [
        (None, GOOD, None),
        (Widths(1, 1), GOOD, None),
        (Widths(2, 2), ADVICE, "export DISCLOSURE_ASCII=1"),
        (Widths(1, 2), ADVICE, "export DISCLOSURE_ASCII=1"),
        (Widths(3, 3), FAULT, None),
    ],
)
def test_widths(widths: Widths | None, state: State, command: str | None) -> None:
    found = judge_widths(on(widths=widths))
    assert found.state is state
    assert found.commands == (() if command is None else (command,))
    assert says_what_to_do(found)
    assert state is not FAULT or found.what.zh.isascii()


@pytest.mark.parametrize(
    ("size", "state"),
    [
        ((80, 24), GOOD),
        ((200, 50), GOOD),
        (None, GOOD),
        ((79, 24), ADVICE),
        ((80, 23), ADVICE),
    ],
)
def test_sizes(size: tuple[int, int] | None, state: State) -> None:
    found = judge_size(on(size=size))
    assert found.state is state
    assert says_what_to_do(found)


@pytest.mark.parametrize("judge", [judge_colours, judge_widths, judge_size])
def test_without_a_terminal_nothing_is_claimed(judge: object) -> None:
    assert "没有查" in judge(GONE).what.zh  # type: ignore[operator]
