from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from disclosure_tui.render.grid import CellRole, Grid, Tone
from disclosure_tui.render.painter import Painting, Style, paint, plain
from disclosure_tui.render.width import Measure
from unit.render.reading import assert_boxes, assert_sound
from unit.render.sample_grids import (
    Figure,
    Figures,
    Header,
    digits,
    down,
    group,
    plain_figures,
    table_2,
    table_2_of_2019,
    table_3,
    table_4,
)


def dense(grid: Grid, width: int, measure: Measure | None = None) -> Painting:
    (painting,) = paint(grid, width, style=Style.DENSE, measure=measure or Measure())
    return painting


@pytest.mark.parametrize("width", [60, 80, 100, 120, 160])
@pytest.mark.parametrize("count", [1, 3, 5, 7])
@pytest.mark.parametrize("table", [table_2, table_2_of_2019, table_3, table_4])
@pytest.mark.parametrize("ambiguous", [1, 2])
def test_statutory_tables(
    table: Callable[[Figures], Grid], count: int, width: int, ambiguous: int
) -> None:
    grid = table(digits(count))
    measure = Measure(ambiguous)
    painting = dense(grid, width, measure)
    assert_sound(painting, measure)
    assert_boxes(grid, (painting,))
    assert all(box.width >= max(6, count + 1) for box in painting.boxes.values())
    assert not any("\u2500" <= character <= "\u257f" for character in plain(painting))


def test_table_3_at_eighty_columns() -> None:
    painting = dense(table_3(), 80)
    assert painting.width <= 80
    assert len(painting.lines) == 4 + 25 + 5
    assert painting.header_lines == 4
    assert painting.header_width == 31
    assert [line.rstrip() for line in plain(painting).splitlines()[:12]] == [
        "                               ------------------ 申请人情况 ------------------",
        "（本列数据的勾稽关系为：第一项        --------- 法人或其他组织 ---------",
        "加第二项之和，等于第三项加第四          商业   科研",
        "项之和）                       自然人   企业   机构   公益   法律   其他   总计",
        "一、新收                            0      3      6      9     12     15     18",
        "二、上年结转                        7     10     13     16     19     22     25",
        "三、本年度办理结果",
        "  （一）予以公开                   14     17     20     23     26     29     32",
        "  （二）部分公开                   21     24     27     30     33     36     39",
        "  （三）不予公开",
        "    1.属于国家秘密                 28     31     34     37     40     43     46",
        "    2.其他法律行政法规禁止公开     35     38     41     44     47     50     53",
    ]


ENGLISH = [
    Header("Number of Requests Processed in Fiscal Year", "Processed"),
    Header("Fee-Related Reason"),
    Header("Received"),
]


@pytest.mark.parametrize("width", [60, 80])
def test_no_word_of_a_header_is_broken_where_there_is_room(width: int) -> None:
    grid = down("V.A.", "Component", ENGLISH, [Header("AGENCY OVERALL")], plain_figures)
    shown = plain(dense(grid, width)).splitlines()
    assert max(map(len, shown)) <= width
    heading = " ".join("\n".join(shown[: dense(grid, width).header_lines]).split())
    for word in ("Processed", "Fee-Related", "Reason", "Received"):
        assert word in heading


def test_a_word_is_broken_before_a_figure_has_to_be_scrolled_to() -> None:
    columns = [Header(f"Disproportionate{number}") for number in range(7)]
    painting = dense(down("T", "Component", columns, [Header("HQ")], plain_figures), 80)
    assert painting.width <= 80


def test_all_labels_are_in_full_where_there_is_room() -> None:
    grid = table_3()
    text = plain(dense(grid, 160))
    for cell in grid.cells:
        if cell.role is CellRole.ROW_HEADER:
            assert cell.text in text


def test_a_label_without_short_wording_is_clipped_with_a_sign() -> None:
    columns = [Header(f"第{number}列") for number in range(9)]
    rows = [Header("很长的行标题" * 9)]
    painting = dense(down("表", "", columns, rows, plain_figures), 80)
    assert painting.lines[1][0].text == "很长的行标题很长的 ~"
    assert painting.header_width == 21


def test_stacked_blocks_stay_in_place() -> None:
    lines = plain(dense(table_2(), 80)).splitlines()
    assert len(lines) == 14
    assert lines[0] == "第二十条第（一）项"
    assert lines[1].split() == ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
    assert lines[4] == "第二十条第（五）项"
    assert dense(table_2(), 80).header_lines == 0


def test_table_4_is_one_line_of_figures() -> None:
    painting = dense(table_4(), 80)
    assert len(painting.lines) == painting.header_lines + 1 == 5
    assert painting.header_width == 0
    assert painting.width == 15 * 7 - 1


def test_a_group_of_one_row_has_its_line_too() -> None:
    grid = down("表", "", [Header("件数")], [group("甲", "子"), Header("乙")], plain_figures)
    labels = [line[:6].rstrip() for line in plain(dense(grid, 80)).splitlines()]
    assert labels[1:] == ["甲", "  子", "乙"]


def test_marks_and_tones_stay_with_their_figures() -> None:
    grid = table_3(digits(3))
    painting = dense(grid, 80)
    by_pointer = {cell.pointer: cell for cell in grid.cells if cell.role is CellRole.FIGURE}
    pieces = [p for line in painting.lines for p in line if p.role is CellRole.FIGURE]
    assert len(pieces) == len(by_pointer)
    for piece in pieces:
        assert piece.tone is by_pointer[piece.pointer].tone


def test_long_headers_take_at_most_three_lines() -> None:
    columns = [Header("不可能写得下的很长很长的列标题" * 2) for _ in range(12)]
    painting = dense(down("表", "", columns, [Header("行")], plain_figures), 80)
    assert painting.header_lines == 3
    assert "~" in plain(painting)


def test_a_text_in_place_of_a_figure_does_not_widen_everything() -> None:
    grid = table_3()
    cells = tuple(
        replace(cell, text="不知道" * 60) if cell.pointer == ("5", "5") else cell
        for cell in grid.cells
    )
    painting = dense(replace(grid, cells=cells), 80)
    assert {box.width for box in painting.boxes.values()} == {24}
    assert_sound(painting, Measure())


def words(grid: Grid, *columns: int) -> Grid:
    """Have words stand in some columns."""
    cells = [replace(cell, is_text=cell.column in columns) for cell in grid.cells]
    return replace(grid, cells=tuple(cells))


NAMES = [["甲局", "", "12"], ["县政务服务中心", "!", "3"], ["", "_", "0"]]


def names(row: int, column: int) -> Figure:
    text, mark, figure = NAMES[row]
    return (figure, "", Tone.PLAIN) if column else (text, mark, Tone.PLAIN)


def test_words_stand_at_the_left_with_a_cell_for_their_mark() -> None:
    columns = [Header("单位"), Header("收到")]
    grid = words(down("表", "序号", columns, [Header("一"), Header("二"), Header("三")], names), 1)
    shown = [[piece.text for piece in line] for line in dense(grid, 60).lines]
    assert [texts[2].rstrip() for texts in shown] == [" 单位", " 甲局", "!县政务服务中心", "_"]
    boxes = {pointer: box.is_text for pointer, box in dense(grid, 60).boxes.items()}
    assert boxes == {cell.pointer: cell.is_text for cell in grid.cells if cell.pointer in boxes}
    ruled = plain(paint(grid, 60)[0]).splitlines()
    assert [line.split("│")[2].rstrip() for line in ruled[3::2]] == [
        " 甲局",
        "!县政务服务中心",
        "_",
    ]


def test_a_column_of_words_and_figures_has_its_header_as_figures_have_it() -> None:
    grid = down("表", "序号", [Header("单位")], [Header("一"), Header("二"), Header("三")], names)
    first = next(cell for cell in grid.cells if cell.role is CellRole.FIGURE)
    mixed = tuple(replace(cell, is_text=cell is first) for cell in grid.cells)
    assert (
        plain(dense(replace(grid, cells=mixed), 60)).splitlines()[0]
        == plain(dense(grid, 60)).splitlines()[0]
    )
