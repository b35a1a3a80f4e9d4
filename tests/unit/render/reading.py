"""Reading a painting back: what stands where, as a person would see it."""

from __future__ import annotations

from collections import Counter

from disclosure_tui.render.grid import CellRole, Grid
from disclosure_tui.render.painter import Box, Painting
from disclosure_tui.render.width import Measure


def bare(text: str) -> str:
    return "".join(text.split())


def assert_sound(painting: Painting, measure: Measure) -> None:
    """Every line is exactly as wide as the painting says, and so is every piece."""
    for line in painting.lines:
        assert sum(piece.width for piece in line) == painting.width
        for piece in line:
            assert measure.width(piece.text) == piece.width


def text_in(painting: Painting, box: Box) -> str:
    """Return the text of the piece that fills a box, the blanks before it left out."""
    left = 0
    for piece in painting.lines[box.line]:
        if left <= box.column and box.column + box.width <= left + piece.width:
            assert piece.role is CellRole.FIGURE
            return piece.text.strip()
        left += piece.width
    raise AssertionError(box)


def cells_of(painting: Painting) -> Counter[str]:
    """Join the lines of every display cell of a ruled painting.

    A merged cell goes on in the rule lines it passes through, so pieces at the same place in
    neighbouring lines are the same cell.
    """
    found: Counter[str] = Counter()
    current: dict[tuple[int, int], str] = {}
    for line in [*painting.lines, ()]:
        here: dict[tuple[int, int], str] = {}
        left = 0
        for piece in line:
            if piece.role is not None:
                here[left, piece.width] = bare(piece.text)
            left += piece.width
        found.update(text for place, text in current.items() if place not in here)
        current = {place: current.get(place, "") + text for place, text in here.items()}
    return found


def expected_cells(grid: Grid) -> Counter[str]:
    return Counter(bare(cell.mark + cell.text) for cell in grid.cells)


def assert_boxes(grid: Grid, paintings: tuple[Painting, ...]) -> None:
    """Every figure has a box in some painting, and its text stands there."""
    for cell in grid.cells:
        if cell.role is not CellRole.FIGURE:
            continue
        assert cell.pointer is not None
        boxes = [
            (painting, painting.boxes[cell.pointer])
            for painting in paintings
            if cell.pointer in painting.boxes
        ]
        assert boxes
        for painting, box in boxes:
            assert text_in(painting, box) == cell.mark + cell.text
