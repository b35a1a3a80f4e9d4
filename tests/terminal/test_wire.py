"""What goes over the line for a picture: the difference, in few bytes that every terminal knows."""

from __future__ import annotations

import pyte
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disclosure_tui.render.width import MEASURE
from disclosure_tui.tui.wire.attributes import PLAIN, Attributes, applied, transition
from disclosure_tui.tui.wire.line import Line
from terminal.pty_session import seen

WIDTH, HEIGHT = 40, 6
QUICK = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
PARAMETERS = ["", "1", "31", "7", "1;31", "4", "2", "0;32;44", "38;5;100", "48;2;1;2;3", "22", "39"]
# Two cells each, so that no wide character is ever cut: there terminals differ.
PAIRS = ["ab", "中", "文", "，", " 1", "  ", "e\u0301x", "“a", "①a", "𠀀", "  ", "      " * 2]


def shown(data: str) -> pyte.Screen:
    screen = pyte.Screen(WIDTH, HEIGHT)
    pyte.Stream(screen).feed("\x1b[?7l" + data)
    return screen


def looks(screen: pyte.Screen) -> list[list[tuple[object, ...]]]:
    return [[seen(screen.buffer[y][x]) for x in range(WIDTH)] for y in range(HEIGHT)]


@st.composite
def writes(draw: st.DrawFn) -> str:
    """Draw what a widget writes: an address, then texts in some looks, none beyond the edge."""
    row = draw(st.integers(1, HEIGHT))
    used = 2 * draw(st.integers(0, WIDTH // 2 - 1))
    data = f"\x1b[{row};{used + 1}H"
    for parameters, pairs in draw(
        st.lists(st.tuples(st.sampled_from(PARAMETERS), st.lists(st.sampled_from(PAIRS))))
    ):
        data += f"\x1b[{parameters}m" if parameters else ""
        for pair in pairs:
            cells = 2 if len(pair) < 4 else len(pair)
            if used + cells <= WIDTH:
                data, used = data + pair, used + cells
        data += "\x1b[0m"
    return data


@st.composite
def frames(draw: st.DrawFn) -> str:
    data = "".join(draw(st.lists(writes(), min_size=1, max_size=4)))
    return f"{data}\x1b[{draw(st.integers(1, HEIGHT))};{draw(st.integers(1, WIDTH))}H"


@QUICK
@given(st.lists(frames(), min_size=1, max_size=6))
def test_the_difference_makes_the_same_screen(pictures: list[str]) -> None:
    line = Line(WIDTH, HEIGHT)
    stock = lean = ""
    for picture in pictures:
        stock += picture
        lean += line.translate(picture)
        expected, screen = shown(stock), shown(lean)
        assert screen.display == expected.display
        assert looks(screen) == looks(expected)
        assert (screen.cursor.x, screen.cursor.y) == (expected.cursor.x, expected.cursor.y)


@QUICK
@given(st.lists(frames(), min_size=1, max_size=4))
def test_a_picture_that_is_shown_takes_no_bytes(pictures: list[str]) -> None:
    line = Line(WIDTH, HEIGHT)
    for picture in pictures:
        line.translate(picture)
        assert line.translate(picture[picture.rindex("\x1b") :]) == ""


@QUICK
@given(st.lists(frames(), min_size=1, max_size=4))
def test_drawing_anew_needs_nothing_of_the_old_screen(pictures: list[str]) -> None:
    line = Line(WIDTH, HEIGHT)
    stock = "".join(pictures)
    line.translate(stock)
    anew = "\x1b[31;44m" + "x" * 200 + line.redraw()
    assert looks(shown(anew)) == looks(shown(stock))


@pytest.mark.slow
@QUICK
@given(st.lists(frames(), min_size=1, max_size=4), st.lists(frames(), min_size=1, max_size=4))
def test_after_a_resize_the_new_picture_stands_alone(old: list[str], new: list[str]) -> None:
    line = Line(WIDTH, HEIGHT)
    line.translate("".join(old))
    line.resize(WIDTH, HEIGHT)
    told = "\x1b[31;44m" + "x" * 200 + line.translate("".join(new))
    assert looks(shown(told)) == looks(shown("".join(new)))


def sgr(parameters: list[str]) -> Attributes:
    attributes = PLAIN
    for one in parameters:
        attributes = applied(attributes, one)
    return attributes


@given(st.lists(st.sampled_from(PARAMETERS)), st.lists(st.sampled_from(PARAMETERS)))
def test_a_change_of_looks_ends_in_the_new_ones(old: list[str], new: list[str]) -> None:
    before, after = sgr(old), sgr(new)
    told = transition(before, after)
    assert (told == "") == (before == after)
    assert applied(before, told[2:-1]) == after if told else True
    assert applied(before, transition(None, after)[2:-1]) == after


def test_bold_and_dim_end_together_so_the_one_that_stays_is_said_again() -> None:
    both, bold = Attributes(1 | 2), Attributes(1)
    assert applied(both, transition(both, bold)[2:-1]) == bold


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("\x1b[1;1Habc", "\x1b[1;1Habd\x1b[1;4H", "\x1b[1;3Hd"),
        ("\x1b[1;1Habc\x1b[1;1H", "\x1b[1;1Haxc\x1b[1;1H", "ax\r"),
        ("\x1b[3;1Habcdefghijkl\x1b[3;1H", "\x1b[3;1H            \x1b[3;1H", "\x1b[K"),
        ("\x1b[2;5H\x1b[7m12\x1b[0m\x1b[2;6H", "\x1b[2;5H12\x1b[2;6H", "\b\x1b[m12\b"),
    ],
    ids=["an address", "written again rather than stepped over", "erased", "other looks"],
)
def test_few_bytes(before: str, after: str, told: str) -> None:
    line = Line(WIDTH, HEIGHT)
    line.translate(before)
    sent = line.translate(after)
    assert len(sent) <= len(told), repr(sent)
    assert looks(shown(before + sent)) == looks(shown(before + after))


@pytest.mark.slow
@QUICK
@given(
    st.lists(st.sampled_from([*"ab中文，é1 "]), min_size=8, max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.sampled_from(["", "a", "中", "中文", "ab"]))),
)
def test_typing_into_a_line_makes_the_same_screen(
    text: list[str], edits: list[tuple[int, str]]
) -> None:
    """A text over several lines, into which something is typed or of which something is removed."""
    line = Line(WIDTH, HEIGHT)
    stock = lean = ""
    for place, typed in [(0, ""), *edits]:
        at = min(place, len(text))
        text = [*text[:at], *typed, *text[at:]] if typed else [*text[:at], *text[at + 1 :]]
        picture = "".join(
            f"\x1b[{row + 1};1H{shown}{' ' * (WIDTH - MEASURE.width(shown))}"
            for row, shown in enumerate([*wrapped("".join(text)), *[""] * HEIGHT][:HEIGHT])
        )
        stock += picture + f"\x1b[1;{at + 1}H"
        lean += line.translate(picture + f"\x1b[1;{at + 1}H")
        assert looks(shown(lean)) == looks(shown(stock))


def wrapped(text: str) -> list[str]:
    """Cut a text into lines of the screen's width, never through a character."""
    lines = [""]
    for character in text * 3:
        if MEASURE.width(lines[-1] + character) > WIDTH - 2:
            lines.append("")
        lines[-1] += character
    return lines


def test_what_is_typed_into_a_full_line_moves_its_rest() -> None:
    line = Line(WIDTH, HEIGHT)
    line.translate("\x1b[1;1H" + "甲乙丙丁" * 4 + "    " * 2 + "\x1b[1;5H")
    sent = line.translate("\x1b[1;1H甲乙新" + "丙丁" + "甲乙丙丁" * 3 + "  " * 3 + "\x1b[1;7H")
    assert len(sent.encode()) <= 16, repr(sent)


def test_after_a_character_of_doubtful_width_the_place_is_said() -> None:
    line = Line(WIDTH, HEIGHT)
    sent = line.translate("\x1b[1;1H“中”文")
    assert sent.count("H") == 3, repr(sent)


def test_an_update_without_difference_is_not_even_begun() -> None:
    line = Line(WIDTH, HEIGHT)
    line.translate("\x1b[1;1Habc\x1b[1;1H")
    assert line.translate("\x1b[?2026h") == ""
    assert line.translate("\x1b[1;1Habc\x1b[1;1H") == ""
    assert line.translate("\x1b[?2026l") == ""
    assert line.translate("\x1b[?2026h") == ""
    assert line.translate("\x1b[1;1Habd\x1b[1;1H").startswith("\x1b[?2026h")
    assert line.translate("\x1b[?2026l") == "\x1b[?2026l"


def test_commands_go_through_in_their_place() -> None:
    line = Line(WIDTH, HEIGHT)
    assert line.translate("\x1b[?1049h") == "\x1b[?1049h"
    sent = line.translate("\x1b[1;1Ha\x1b[?25hb")
    assert sent.index("a") < sent.index("\x1b[?25h") < sent.index("b")


def test_what_a_killed_program_left_on_the_other_screen_is_erased() -> None:
    screen = pyte.Screen(WIDTH, HEIGHT)
    stream = pyte.Stream(screen)
    stream.feed("\x1b[2;1Hleft over")
    stream.feed(Line(WIDTH, HEIGHT).translate("\x1b[?1049h\x1b[1;1Hanew"))
    assert "".join(screen.display).split() == ["anew"]


def test_control_characters_never_pass() -> None:
    line = Line(WIDTH, HEIGHT)
    sent = line.translate("\x1b[1;1Ha\x07b\x9bc\x00d\x85")
    assert not {character for character in sent if character < " "} - {"\x1b"}
    assert not {character for character in sent if "\x7f" <= character <= "\x9f"}


def test_a_mark_joins_the_character_before_it_though_written_apart() -> None:
    line = Line(WIDTH, HEIGHT)
    sent = line.translate("\x1b[1;1He\x1b[1m\u0301x\x1b[0m")
    assert "e\u0301" in sent
