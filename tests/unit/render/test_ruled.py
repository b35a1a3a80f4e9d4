from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from disclosure_tui.render.grid import CellRole, Grid, Tone
from disclosure_tui.render.painter import Painting, paint, plain
from disclosure_tui.render.width import Measure
from unit.render.reading import assert_boxes, assert_sound, cells_of, expected_cells
from unit.render.sample_grids import (
    Figure,
    Figures,
    Header,
    across,
    digits,
    down,
    group,
    plain_figures,
    table_2,
    table_2_of_2019,
    table_3,
    table_4,
)

WIDTHS = (60, 80, 100, 120, 160)
TABLES = (table_2, table_2_of_2019, table_3, table_4)
WIDE = Measure(ambiguous=2)


def same_figures(text: str, mark: str = "") -> Figures:
    def figure(row: int, column: int) -> Figure:
        return text, mark, Tone.PLAIN

    return figure


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 7])
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("measure", [Measure(), WIDE], ids=["narrow", "wide"])
def test_statutory_tables_fit_and_lose_nothing(
    table: Callable[[Figures], Grid], count: int, width: int, measure: Measure
) -> None:
    grid = table(digits(count))
    paintings = paint(grid, width, measure=measure)
    for painting in paintings:
        assert painting.width <= width
        assert_sound(painting, measure)
        assert not any("~" in piece.text for line in painting.lines for piece in line)
    assert_boxes(grid, paintings)
    expected = expected_cells(grid)
    if len(paintings) == 1:
        assert cells_of(paintings[0]) == expected
    else:
        assert set().union(*map(cells_of, paintings)) >= set(expected)


def test_amounts_keep_all_their_digits() -> None:
    for width in WIDTHS:
        grid = table_2(same_figures("59237.2449", "!"))
        (painting,) = paint(grid, width)
        assert painting.width <= width
        assert_boxes(grid, (painting,))


def test_table_4_fits_eighty_columns() -> None:
    (painting,) = paint(table_4(), 80)
    assert plain(painting) == "\n".join(
        [
            "┌────────────────────────┬─────────────────────────────────────────────────┐",
            "│        行政复议        │                    行政诉讼                     │",
            "├────┬────┬────┬────┬────┼────────────────────────┬────────────────────────┤",
            "│    │    │    │    │    │    未经复议直接起诉    │       复议后起诉       │",
            "│结果│结果│其他│尚未│总计├────┬────┬────┬────┬────┼────┬────┬────┬────┬────┤",
            "│维持│纠正│结果│审结│    │结果│结果│其他│尚未│总计│结果│结果│其他│尚未│总计│",
            "│    │    │    │    │    │维持│纠正│结果│审结│    │维持│纠正│结果│审结│    │",
            "├────┼────┼────┼────┼────┼────┼────┼────┼────┼────┼────┼────┼────┼────┼────┤",
            "│   0│   3│   6│   9│  12│  15│  18│  21│  24│  27│  30│  33│  36│  39│  42│",
            "└────┴────┴────┴────┴────┴────┴────┴────┴────┴────┴────┴────┴────┴────┴────┘",
        ]
    )
    assert painting.header_lines == 8
    assert painting.header_width == 0


def test_four_digits_without_marks_may_use_the_cell_of_the_mark() -> None:
    (painting,) = paint(table_4(same_figures("1234")), 80)
    assert painting.width == 76


def test_table_4_is_cut_where_merged_headers_end() -> None:
    bands = paint(table_4(), 60)
    assert len(bands) == 2
    first, second = (plain(band).splitlines() for band in bands)
    assert first[0].strip() == "(1/2)"
    assert "行政复议" in first[2]
    assert "行政诉讼" not in "".join(first)
    assert second[0].strip() == "(2/2)"
    assert "行政诉讼" in second[2]
    assert second[4].count("│") == 3


def test_bands_of_three_when_figures_are_long() -> None:
    bands = [plain(band) for band in paint(table_4(digits(7)), 60)]
    assert len(bands) == 3
    for band, header in zip(bands, ("行政复议", "未经复议直接起诉", "复议后起诉"), strict=True):
        assert header in band
    # The first band has no third level of headers.
    assert [len(band.splitlines()) for band in bands] == [8, 10, 10]


def test_bands_are_about_equally_wide() -> None:
    bands = paint(table_3(digits(7)), 80)
    assert sorted(len({box.column for box in band.boxes.values()}) for band in bands) == [3, 4]


def test_every_band_repeats_the_row_headers() -> None:
    grid = table_3(digits(7))
    bands = paint(grid, 60)
    assert len(bands) > 1
    labels = {cell.text for cell in grid.cells if cell.role is CellRole.ROW_HEADER}
    for band in bands:
        assert labels <= set(cells_of(band))
        assert "申请人情况" in cells_of(band)
        assert 0 < band.header_width < band.width
        assert band.header_lines > 4
    pointers = [pointer for band in bands for pointer in band.boxes]
    assert len(pointers) == len(set(pointers)) == 25 * 7


def test_only_ascii_borders_when_asked_for_or_when_box_characters_are_wide() -> None:
    for painting in (
        *paint(table_3(), 80, ascii_only=True),
        *paint(table_3(), 80, measure=WIDE),
    ):
        borders = "".join(p.text for line in painting.lines for p in line if p.role is None)
        assert set(borders) == set("+-|")


def test_a_narrow_table_is_not_stretched() -> None:
    grid = down("表", "项目", [Header("件数")], [Header("规章"), Header("文件")], plain_figures)
    (painting,) = paint(grid, 160)
    assert painting.width == 15
    assert plain(painting).splitlines() == [
        "┌──────┬──────┐",
        "│ 项目 │ 件数 │",
        "├──────┼──────┤",
        "│ 规章 │    0 │",
        "├──────┼──────┤",
        "│ 文件 │    7 │",
        "└──────┴──────┘",
    ]


def test_figure_columns_of_one_table_are_equally_wide() -> None:
    for width in (80, 120, 160):
        (painting,) = paint(table_3(digits(3)), width)
        assert len({box.width for box in painting.boxes.values()}) == 1


def test_stacked_blocks_divide_the_same_width() -> None:
    (painting,) = paint(table_2_of_2019(), 80)
    widths: dict[int, set[int]] = {}
    for box in painting.boxes.values():
        widths.setdefault(box.line, set()).add(box.width)
    # At most the one cell that rounding leaves over.
    assert all(max(each) - min(each) <= 1 for each in widths.values())
    assert painting.header_lines == 0


def test_headings_break_between_words_of_two_characters() -> None:
    text = plain(paint(table_3(digits(4)), 80)[0])
    assert "公益" in text
    assert "社会公" not in text


def test_frozen_part_of_table_3() -> None:
    (painting,) = paint(table_3(), 80)
    lines = plain(painting).splitlines()
    assert lines[painting.header_lines].startswith("│一、本年新收")
    assert lines[painting.header_lines - 1].startswith("├")
    first = min(box.column for box in painting.boxes.values())
    assert painting.header_width == first


def test_a_text_in_place_of_a_figure_is_clipped_with_a_sign() -> None:
    grid = across("表", [Header("件数"), Header("总计")], plain_figures)
    long = tuple(
        replace(cell, text="不知道" * 60) if cell.role is CellRole.FIGURE else cell
        for cell in grid.cells
    )
    paintings = paint(replace(grid, cells=long), 60)
    for painting in paintings:
        assert painting.width <= 60
        assert_sound(painting, Measure())
        assert "~" in plain(painting)


def test_control_characters_of_the_data_do_not_reach_the_terminal() -> None:
    columns, rows = [Header("件\x1b数")], [Header("规\u202e章")]
    grid = down("表", "项\x07目", columns, rows, same_figures("1\x1b"))
    text = plain(paint(grid, 60)[0])
    assert "\x1b" not in text
    assert {"件^[数", "规<U+202E>章", "项^G目", "1^["} <= set(cells_of(paint(grid, 60)[0]))


def test_five_levels_of_labels_still_fit() -> None:
    rows = [group("一级", group("二级", group("三级", group("四级", "五级甲" * 9, "五级乙"))))]
    grid = down("表", "", [Header(f"第{n}列") for n in range(12)], rows, digits(6))
    paintings = paint(grid, 60)
    for painting in paintings:
        assert painting.width <= 60
        assert_sound(painting, Measure())
    assert_boxes(grid, paintings)


def test_an_empty_grid_is_an_empty_painting() -> None:
    grid = Grid("表", (), 0, 0, 0, 0)
    assert paint(grid, 80) == (Painting((), 0, 0, 0, {}),)
    assert plain(paint(grid, 80)[0]) == ""


def test_entry_rows_may_be_missing() -> None:
    grid = down("表", "项目", [Header("件数"), Header("总计")], [Header("规章")], plain_figures)
    cells = tuple(cell for cell in grid.cells if cell.row == 0)
    (painting,) = paint(replace(grid, cells=cells, row_count=1), 80)
    assert len(painting.lines) == 3
    assert painting.header_lines == 3


def test_painting_twice_gives_the_same() -> None:
    assert paint(table_3(), 100) == paint(table_3(), 100)
