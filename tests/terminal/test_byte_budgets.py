"""How many bytes an act costs on the line: exact counts, against the budgets of the design.

Measured on table 3 of the 2021 edition, as a remote person receives them.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

from terminal.pty_session import PtySession
from tui.report_files import complete

UP, DOWN, RIGHT, LEFT, ENTER = b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D", b"\r"
SAMPLE = Path(__file__).parents[2] / "samples" / "complete" / "sqs-2023.yaml"
SIZES = {(80, 24): 3_000, (120, 40): 5_000}
"""Columns and lines, and the bytes of the first screen."""
SECTION = 3_000
"""Bytes of another section, at 80x24."""


class Line:
    """Counts what a key brings over the line."""

    def __init__(self, session: PtySession) -> None:
        self._session = session

    def cost(self, key: bytes | str) -> int:
        self._session.quiet(0.25)
        before = len(self._session.output)
        self._session.keys(key)
        # A busy machine may answer late: the first byte is waited for, then silence.
        self._session.until(lambda: len(self._session.output) > before)
        self._session.quiet(0.25)
        return len(self._session.output) - before

    def costs(self, key: bytes | str, times: int) -> list[int]:
        return [self.cost(key) for _ in range(times)]


@pytest.fixture(params=sorted(SIZES), ids=lambda size: f"{size[0]}x{size[1]}")
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def opened(tmp_path: Path, size: tuple[int, int]) -> Iterator[PtySession]:
    path = complete(tmp_path)
    with PtySession(["edit", str(path)], tmp_path, size) as session:
        session.until("Ctrl+S")
        session.quiet(0.5)
        yield session


def in_section(session: PtySession, number: int, text: str) -> Line:
    session.keys("o")
    session.until("各部分")
    session.keys(str(number), ENTER)
    session.until(text)
    return Line(session)


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
    with PtySession(["edit", str(path)], tmp_path, size) as session:
        session.until("Ctrl+S")
        session.quiet(0.5)
        yield session


def test_prose_full_of_figures(with_figures: PtySession) -> None:
    line = in_section(with_figures, 3, "一、总体情况")
    line.costs(DOWN, 6)
    moves = [*line.costs(RIGHT, 24), *line.costs(DOWN, 3), *line.costs(b"\x1b[1;5C", 4)]
    assert statistics.median(moves) <= 50, moves
    characters = [line.cost(character) for character in "新增公开信息5件，比上年"]
    assert statistics.median(characters) <= 300, characters
