"""How many bytes an act costs on the line: exact counts, against the budgets of the design.

Measured on table 3 of the 2021 edition, as a remote person receives them. Beside the budgets
stands a yardstick: the least bytes that the change of the picture needs (`floor`).
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

from terminal.floor import floor
from terminal.pty_session import PtySession, altered
from tui.report_files import complete

UP, DOWN, RIGHT, LEFT, ENTER = b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D", b"\r"
SAMPLE = Path(__file__).parents[2] / "samples" / "complete" / "sqs-2023.yaml"
ESCAPE, UNDO, REDO, DELETE = b"\x1b", b"\x1a", b"\x19", b"\x1b[3~"
SIZES = {(80, 24): 3_000, (120, 40): 5_000}
"""Columns and lines, and the bytes of the first screen."""
OVER_FLOOR = 1.6
"""No key costs more than so many times the floor."""
SECTION = 3_000
"""Bytes of another section, at 80x24."""


PROGRAM = altered(
    "from disclosure_tui.tui import report_layout",
    "report_layout._REST = 10_000",
)
"""Marks that come when no key has come for a while would count or not by the machine's haste."""


class Line:
    """Counts what a key brings over the line."""

    def __init__(self, session: PtySession) -> None:
        self._session = session

    def cost(self, key: bytes | str) -> int:
        return self.cost_and_floor(key)[0]

    def cost_and_floor(self, key: bytes | str) -> tuple[int, int]:
        """Type a key; return the bytes that came, and the least that would have done."""
        session = self._session
        session.quiet(0.35)
        sent, picture, cursor = len(session.output), session.picture, session.cursor
        session.keys(key)
        # A busy machine may answer late: the first byte is waited for, then silence.
        try:
            session.until(lambda: len(session.output) > sent)
        except AssertionError as error:
            error.add_note(f"nothing came of {key!r}")
            raise
        session.quiet(0.35)
        least = floor(picture, session.picture, (cursor, session.cursor))
        return len(session.output) - sent, least

    def costs(self, key: bytes | str, times: int) -> list[int]:
        return [self.cost(key) for _ in range(times)]


@pytest.fixture(
    params=[
        pytest.param(size, marks=[] if size == (80, 24) else [pytest.mark.slow])
        for size in sorted(SIZES)
    ],
    ids=lambda size: f"{size[0]}x{size[1]}",
)
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def opened(tmp_path: Path, size: tuple[int, int]) -> Iterator[PtySession]:
    path = complete(tmp_path)
    with PtySession(["edit", str(path)], tmp_path, size, program=PROGRAM) as session:
        session.until("Ctrl+S")
        session.quiet(0.5)
        yield session


def in_section(session: PtySession, number: int, text: str) -> Line:
    session.keys("o")
    session.until("各部分")
    session.keys(str(number), ENTER)
    session.until(text)
    return Line(session)


@pytest.mark.slow
def test_the_first_screen_and_silence(opened: PtySession, size: tuple[int, int]) -> None:
    assert len(opened.output) <= SIZES[size]
    shown = len(opened.output)
    opened.quiet(10)
    assert len(opened.output) == shown, "something was sent while nobody typed"


def test_moving_typing_and_committing_in_a_table(opened: PtySession) -> None:
    line = in_section(opened, 5, "表三 一、新收 自然人")
    moves = [
        *line.costs(DOWN, 6),
        *line.costs(RIGHT, 4),
        *line.costs(LEFT, 3),
        *line.costs(UP, 6),
    ]
    assert statistics.median(moves) <= 60, moves
    digits = [line.cost("1"), line.cost("2")]
    assert line.cost(ENTER) <= 250
    # The first figure after a commit also takes its sentence away, a wrong one brings one.
    digits += [line.cost(key) for key in ("3", "4", "5", ".", "6", "7")]
    assert statistics.median(digits) <= 40, digits


def test_holding_down_scrolls_for_little(opened: PtySession) -> None:
    line = in_section(opened, 5, "表三 一、新收 自然人")
    held = line.costs(DOWN, 24)
    assert sum(held) / len(held) <= 150, held


def test_another_section(opened: PtySession, size: tuple[int, int]) -> None:
    line = in_section(opened, 4, "表二")
    costs = line.costs(b"\x14", 3)
    if size == (80, 24):
        assert max(costs) <= SECTION, costs


def test_prose(opened: PtySession) -> None:
    line = in_section(opened, 3, "一、总体情况")
    moves = [*line.costs(RIGHT, 5), *line.costs(LEFT, 3)]
    assert statistics.median(moves) <= 50, moves
    characters = [line.cost(character) for character in "新增公开信息"]
    assert statistics.median(characters) <= 300, characters


@pytest.fixture
def with_figures(tmp_path: Path, size: tuple[int, int]) -> Iterator[PtySession]:
    """Open a report whose first part states many figures of the tables."""
    path = tmp_path / SAMPLE.name
    if not SAMPLE.exists():
        pytest.skip("the sample is not there")
    path.write_bytes(SAMPLE.read_bytes())
    with PtySession(["edit", str(path)], tmp_path, size, program=PROGRAM) as session:
        session.until("Ctrl+S")
        session.quiet(0.5)
        yield session


@pytest.mark.slow
def test_prose_full_of_figures(with_figures: PtySession) -> None:
    line = in_section(with_figures, 3, "一、总体情况")
    line.costs(DOWN, 6)
    moves = [*line.costs(RIGHT, 24), *line.costs(DOWN, 3), *line.costs(b"\x1b[1;5C", 4)]
    assert statistics.median(moves) <= 50, moves
    characters = [line.cost(character) for character in "新增公开信息5件，比上年"]
    assert statistics.median(characters) <= 300, characters


TABLE_KEYS = [
    *((DOWN,) * 3 + (RIGHT,) * 3 + (LEFT, UP, b"\t", b"\x1b[F", b"\x1b[H", b"\x1b[6~", b"\x1b[5~")),
    *("1", "2", b"\x7f", "3", ENTER, "4", ESCAPE, UP, "0", ENTER, "5", "6", ENTER, UNDO, REDO),
    *("n", "b", DELETE, UNDO, "f", ESCAPE, b"\x10", DOWN, ESCAPE, "w", ESCAPE, "]", "["),
    *(b"\x1bOP", ESCAPE, *(DOWN,) * 14, b"\x1b[1;2B", b"\x1b[1;2A", UP),
]
PROSE_KEYS = [
    *((RIGHT,) * 3 + (DOWN, LEFT, UP)),
    *("新", "增", "公", "1", "2", ".", b"\x7f", b"\x7f", "件", ENTER, b"\x7f", "a", UNDO, REDO),
]


@pytest.mark.slow
def test_no_key_costs_much_more_than_the_change_needs(opened: PtySession) -> None:
    line = in_section(opened, 5, "表三 一、新收 自然人")
    costs = [(key, *line.cost_and_floor(key)) for key in TABLE_KEYS]
    line = in_section(opened, 3, "一、总体情况")
    costs += [(key, *line.cost_and_floor(key)) for key in PROSE_KEYS]
    over = [
        f"{key!r}: {cost} for {least}, {cost / max(least, 1):.2f}"
        for key, cost, least in costs
        if cost > OVER_FLOOR * least
    ]
    assert not over, "\n".join(over)
