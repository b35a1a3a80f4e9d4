from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_tui.render.grid import Grid, Tone
from disclosure_tui.render.painter import Style, paint, plain
from disclosure_tui.render.width import Measure
from unit.render.reading import assert_boxes, assert_sound, cells_of, expected_cells
from unit.render.sample_grids import Block, Figure, Header, across, down, stacked

LABEL = st.text(
    st.sampled_from("政府信息公开申请数量（）、，“”1234.%abcde "), min_size=1, max_size=24
).map(lambda text: text.strip() or "项")
HEADER = st.recursive(
    LABEL.map(Header),
    lambda below: st.builds(
        Header, LABEL, LABEL, st.lists(below, min_size=1, max_size=4).map(tuple)
    ),
    max_leaves=8,
)
HEADERS = st.lists(HEADER, min_size=1, max_size=5)
BLOCK = st.builds(
    Block,
    LABEL,
    st.lists(LABEL, min_size=1, max_size=5).map(tuple),
    st.lists(LABEL, min_size=1, max_size=3).map(tuple),
)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """Return a grid; words stand in some of its columns."""
    grid = draw(grids_of_figures())
    words = draw(st.sets(st.integers(0, 6)))
    cells = [replace(cell, is_text=cell.column in words) for cell in grid.cells]
    return replace(grid, cells=tuple(cells))


@st.composite
def grids_of_figures(draw: st.DrawFn) -> Grid:
    texts = draw(st.lists(st.integers(0, 10**9).map(str) | st.just(""), min_size=1, max_size=9))
    marks = draw(st.lists(st.sampled_from(["", "", "!", "_"]), min_size=1, max_size=7))

    def figures(row: int, column: int) -> Figure:
        place = row * 5 + column
        return texts[place % len(texts)], marks[place % len(marks)], Tone.PLAIN

    kind = draw(st.sampled_from(["down", "across", "stacked"]))
    if kind == "down":
        return down("表", draw(LABEL), draw(HEADERS), draw(HEADERS), figures)
    if kind == "across":
        return across("表", draw(HEADERS), figures)
    return stacked("表", draw(LABEL), draw(st.lists(BLOCK, min_size=1, max_size=4)), figures)


@settings(max_examples=120, deadline=None)
@given(grids(), st.sampled_from([60, 72, 80, 120]), st.sampled_from([1, 2]))
def test_any_table_fits_and_loses_nothing(grid: Grid, width: int, ambiguous: int) -> None:
    measure = Measure(ambiguous)
    paintings = paint(grid, width, measure=measure)
    for painting in paintings:
        assert painting.width <= width
        assert_sound(painting, measure)
    assert_boxes(grid, paintings)
    if len(paintings) == 1:
        assert cells_of(paintings[0]) == expected_cells(grid)
    else:
        assert set().union(*map(cells_of, paintings)) >= set(expected_cells(grid))


@settings(max_examples=80, deadline=None)
@given(grids(), st.sampled_from([60, 80, 120]), st.sampled_from([1, 2]))
def test_any_dense_table_is_sound(grid: Grid, width: int, ambiguous: int) -> None:
    measure = Measure(ambiguous)
    (painting,) = paint(grid, width, style=Style.DENSE, measure=measure)
    assert_sound(painting, measure)
    assert_boxes(grid, (painting,))
    assert painting.header_lines <= len(painting.lines)
    assert painting == paint(grid, width, style=Style.DENSE, measure=measure)[0]
    assert all(line == line.rstrip() for line in plain(painting).split("\n"))
