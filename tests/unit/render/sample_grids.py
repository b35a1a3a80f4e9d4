"""Grids like those of the statutory tables, and the small builder that makes them from trees."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from disclosure_tui.model.pointer import Pointer
from disclosure_tui.render.grid import CellRole, Grid, GridCell, Tone

Figure = tuple[str, str, Tone]
"""Text, mark and tone."""
Figures = Callable[[int, int], Figure]
"""From the number of the row and of the column."""


@dataclass(frozen=True)
class Header:
    text: str
    short: str = ""
    below: tuple[Header, ...] = ()

    @property
    def leaves(self) -> int:
        return sum(header.leaves for header in self.below) or 1

    @property
    def depth(self) -> int:
        return 1 + max((header.depth for header in self.below), default=0)


def group(text: str, *below: Header | str) -> Header:
    return Header(text, "", tuple(Header(one) if isinstance(one, str) else one for one in below))


def depth_of(headers: Sequence[Header]) -> int:
    return max((header.depth for header in headers), default=0)


def leaves_of(headers: Sequence[Header]) -> int:
    return sum(header.leaves for header in headers)


def _column_headers(headers: Sequence[Header], row: int, column: int, depth: int) -> list[GridCell]:
    cells: list[GridCell] = []
    for header in headers:
        rowspan = 1 if header.below else depth
        cells.append(
            GridCell(
                row,
                column,
                rowspan,
                header.leaves,
                header.text,
                CellRole.COLUMN_HEADER,
                short=header.short,
            )
        )
        cells += _column_headers(header.below, row + 1, column, depth - 1)
        column += header.leaves
    return cells


def _row_headers(headers: Sequence[Header], row: int, column: int, depth: int) -> list[GridCell]:
    cells: list[GridCell] = []
    for header in headers:
        colspan = 1 if header.below else depth
        cells.append(
            GridCell(
                row,
                column,
                header.leaves,
                colspan,
                header.text,
                CellRole.ROW_HEADER,
                Pointer.of(f"row{row}"),
                short=header.short,
            )
        )
        cells += _row_headers(header.below, row, column + 1, depth - 1)
        row += header.leaves
    return cells


def _figure(row: int, column: int, colspan: int, value: Figure) -> GridCell:
    text, mark, tone = value
    pointer = Pointer.of(str(row), str(column))
    return GridCell(row, column, 1, colspan, text, CellRole.FIGURE, pointer, mark, tone)


def down(
    title: str, corner: str, columns: Sequence[Header], rows: Sequence[Header], figures: Figures
) -> Grid:
    deep, labels = depth_of(columns), depth_of(rows)
    cells = [GridCell(0, 0, deep, labels, corner, CellRole.CORNER)]
    cells += _column_headers(columns, 0, labels, deep)
    cells += _row_headers(rows, deep, 0, labels)
    cells += [
        _figure(deep + row, labels + column, 1, figures(row, column))
        for row in range(leaves_of(rows))
        for column in range(leaves_of(columns))
    ]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    height, breadth = deep + leaves_of(rows), labels + leaves_of(columns)
    return Grid(title, tuple(cells), height, breadth, deep, labels, "件")


def across(title: str, columns: Sequence[Header], figures: Figures) -> Grid:
    deep, breadth = depth_of(columns), leaves_of(columns)
    cells = _column_headers(columns, 0, 0, deep)
    cells += [_figure(deep, column, 1, figures(0, column)) for column in range(breadth)]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(title, tuple(cells), deep + 1, breadth, deep, 0, "件")


@dataclass(frozen=True)
class Block:
    caption: str
    columns: tuple[str, ...]
    rows: tuple[str, ...]


def stacked(title: str, corner: str, blocks: Sequence[Block], figures: Figures) -> Grid:
    places = sorted(
        {
            Fraction(number, len(block.columns))
            for block in blocks
            for number in range(len(block.columns) + 1)
        }
    )
    breadth = len(places)  # one label column and one column between each two places
    cells: list[GridCell] = []
    row = 0
    for block in blocks:
        spans = []
        for number in range(len(block.columns)):
            first = places.index(Fraction(number, len(block.columns)))
            end = places.index(Fraction(number + 1, len(block.columns)))
            spans.append((first + 1, end - first))
        cells.append(GridCell(row, 0, 1, breadth, block.caption, CellRole.CAPTION))
        cells.append(GridCell(row + 1, 0, 1, 1, corner, CellRole.CORNER))
        for text, (first, span) in zip(block.columns, spans, strict=True):
            cells.append(GridCell(row + 1, first, 1, span, text, CellRole.COLUMN_HEADER))
        row += 2
        for text in block.rows:
            pointer = Pointer.of(f"row{row}")
            cells.append(GridCell(row, 0, 1, 1, text, CellRole.ROW_HEADER, pointer))
            for number, (first, span) in enumerate(spans):
                cells.append(_figure(row, first, span, figures(row, number)))
            row += 1
    return Grid(title, tuple(cells), row, breadth, 0, 1)


APPLICANTS = (
    group(
        "申请人情况",
        "自然人",
        group(
            "法人或其他组织",
            Header("商业企业", "企业"),
            Header("科研机构", "科研"),
            Header("社会公益组织", "公益"),
            Header("法律服务机构", "法律"),
            "其他",
        ),
        "总计",
    ),
)
REQUEST_ROWS = (
    Header("一、本年新收政府信息公开申请数量", "一、新收"),
    Header("二、上年结转政府信息公开申请数量", "二、上年结转"),
    group(
        "三、本年度办理结果",
        Header("（一）予以公开", "（一）公开"),
        Header("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "（二）部分公开"),
        group(
            "（三）不予公开",
            Header("1.属于国家秘密", "1.国家秘密"),
            Header("2.其他法律行政法规禁止公开", "2.法规禁止"),
            Header("3.危及“三安全一稳定”", "3.三安全"),
            Header("4.保护第三方合法权益", "4.第三方"),
            Header("5.属于三类内部事务信息", "5.内部事务"),
            Header("6.属于四类过程性信息", "6.过程信息"),
            Header("7.属于行政执法案卷", "7.执法案卷"),
            Header("8.属于行政查询事项", "8.行政查询"),
        ),
        group(
            "（四）无法提供",
            Header("1.本机关不掌握相关政府信息", "1.不掌握"),
            Header("2.没有现成信息需要另行制作", "2.需另行制作"),
            Header("3.补正后申请内容仍不明确", "3.补正后仍不明"),
        ),
        group(
            "（五）不予处理",
            Header("1.信访举报投诉类申请", "1.信访投诉"),
            Header("2.重复申请", "2.重复申请"),
            Header("3.要求提供公开出版物", "3.出版物"),
            Header("4.无正当理由大量反复申请", "4.大量反复"),
            Header("5.要求行政机关确认或重新出具已获取信息", "5.确认重出"),
        ),
        group(
            "（六）其他处理",
            Header(
                "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
                "1.逾期不补正",
            ),
            Header(
                "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
                "2.逾期不缴费",
            ),
            Header("3.其他", "3.其他"),
        ),
        Header("（七）总计", "（七）总计"),
    ),
    Header("四、结转下年度继续办理", "四、结转下年"),
)
IDENTITY = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def plain_figures(row: int, column: int) -> Figure:
    return str((row * 7 + column * 3) % 97), "", Tone.PLAIN


def digits(count: int) -> Figures:
    """Figures of up to so many digits, some blank, some marked."""

    def figure(row: int, column: int) -> Figure:
        place = row * 31 + column * 7
        if place % 11 == 5:
            return "", "_", Tone.BLANK
        text = str((10**count - 1 - place) // 10 ** (place % count))
        mark, tone = {3: ("!", Tone.ERROR), 4: ("?", Tone.QUERY), 6: ("=", Tone.COMPUTED)}.get(
            place % 13, ("", Tone.PLAIN)
        )
        return text, mark, tone

    return figure


def table_3(figures: Figures = plain_figures) -> Grid:
    return down("三、收到和处理政府信息公开申请情况", IDENTITY, APPLICANTS, REQUEST_ROWS, figures)


def table_4(figures: Figures = plain_figures) -> Grid:
    columns = (
        group("行政复议", *OUTCOMES),
        group("行政诉讼", group("未经复议直接起诉", *OUTCOMES), group("复议后起诉", *OUTCOMES)),
    )
    return across("四、政府信息公开行政复议、行政诉讼情况", columns, figures)


def table_2(figures: Figures = plain_figures) -> Grid:
    blocks = (
        Block(
            "第二十条第（一）项",
            ("本年制发件数", "本年废止件数", "现行有效件数"),
            ("规章", "行政规范性文件"),
        ),
        Block("第二十条第（五）项", ("本年处理决定数量",), ("行政许可",)),
        Block("第二十条第（六）项", ("本年处理决定数量",), ("行政处罚", "行政强制")),
        Block("第二十条第（八）项", ("本年收费金额（单位：万元）",), ("行政事业性收费",)),
    )
    return stacked("二、主动公开政府信息情况", "信息内容", blocks, figures)


def table_2_of_2019(figures: Figures = plain_figures) -> Grid:
    old = ("上一年项目数量", "本年增/减", "处理决定数量")
    blocks = (
        Block(
            "第二十条第（一）项",
            ("本年新制作数量", "本年新公开数量", "对外公开总数量"),
            ("规章", "规范性文件"),
        ),
        Block("第二十条第（五）项", old, ("行政许可", "其他对外管理服务事项")),
        Block("第二十条第（六）项", old, ("行政处罚", "行政强制")),
        Block("第二十条第（八）项", old[:2], ("行政事业性收费",)),
        Block("第二十条第（九）项", ("采购项目数量", "采购总金额"), ("政府集中采购",)),
    )
    return stacked("二、主动公开政府信息情况", "信息内容", blocks, figures)


def with_texts(grid: Grid, change: Callable[[GridCell], str]) -> Grid:
    return replace(grid, cells=tuple(replace(cell, text=change(cell)) for cell in grid.cells))
