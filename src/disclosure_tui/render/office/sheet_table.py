"""A table of the form on a sheet of its own: merged, frozen and repeated heads, live sums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.render.copies import Balance, Copy
from disclosure_tui.render.grid import CellRole, Grid, GridCell
from disclosure_tui.render.office.column_shares import TableLayout, lay_out
from disclosure_tui.render.office.sheet_formulas import Place, check_of
from disclosure_tui.render.office.sheet_numbers import SheetNumber
from disclosure_tui.render.view import SectionView
from disclosure_tui.render.width import MEASURE

__all__ = ["TOP", "Figures", "Formats", "TableSheet", "set_page"]

TOP = 3
"""Rows over a table: title, heading, unit."""
_TITLE_TYPE, _HEADING_TYPE = 1.6, 1.2
"""How much wider a character of title and heading is than one of the columns' widths."""
_SHEET_CELLS = 110
_LINE_POINTS = 15.0
_LOW = 20
"""A table of more rows is printed upright."""


class Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, **properties: Any) -> Any:
        """Return a format with these properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            settled = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", **properties}
            self._made[key] = self._book.add_format(settled)
        return self._made[key]


@dataclass(frozen=True, slots=True)
class Figures:
    """What the sheets of a copy know of its figures, by pointer.

    Attributes:
        numbers: Those that a sheet can hold as numbers.
        formulas: The totals.
        places: Where each stands.
    """

    numbers: Mapping[str, SheetNumber]
    formulas: Mapping[str, str]
    places: Mapping[str, Place]


@dataclass(frozen=True, slots=True)
class TableSheet:
    """One sheet.

    Attributes:
        sheet: As XlsxWriter has it.
        name: Of the sheet.
        copy: The report.
        section: Its section.
        grid: Its table.
        formats: Of the workbook.
    """

    sheet: Any
    name: str
    copy: Copy
    section: SectionView
    grid: Grid
    formats: Formats

    def write(self, figures: Figures) -> None:
        """Write the sheet."""
        grid, sheet = self.grid, self.sheet
        layout = lay_out(grid, _SHEET_CELLS)
        for column, width in enumerate(layout.widths):
            sheet.set_column(column, column, width + 1)
        last = grid.column_count - 1
        # A merged cell cuts what is longer; alone, a text flows on over blank cells.
        room = sum(layout.widths)
        title, heading = self.copy.view.title, self.section.heading
        is_wide = MEASURE.width(title) * _TITLE_TYPE > room
        align = "left" if is_wide else "center"
        self._over(0, 0 if is_wide else last, title, bold=True, font_size=14, align=align)
        last_of_heading = 0 if MEASURE.width(heading) * _HEADING_TYPE > room else last
        self._over(1, last_of_heading, heading, bold=True, font_size=11)
        said = [self.copy.sign] if self.copy.sign else []
        if grid.unit:
            said.append(self.copy.say(f"单位：{grid.unit}", f"Unit: {grid.unit}"))
        self._over(2, last, self.copy.say("；", "; ").join(said))
        for cell in grid.cells:
            self._cell(cell, figures)
        self._heights(layout)
        row = TOP + grid.row_count
        for note in self.section.notes:
            self._over(row, last, note, text_wrap=True)
            row += 1
        self._checks(row + 1, figures)
        sheet.freeze_panes(TOP + grid.header_rows, grid.header_columns)
        if grid.header_rows:
            sheet.repeat_rows(TOP, TOP + grid.header_rows - 1)
        set_page(sheet, self.copy, landscape=grid.row_count <= _LOW)

    def _over(self, row: int, last: int, text: str, **properties: Any) -> None:
        """Write a line over the whole width."""
        shape = self.formats.of(**properties)
        if last:
            self.sheet.merge_range(row, 0, row, last, "", shape)
        self.sheet.write_string(row, 0, text, shape)

    def _cell(self, cell: GridCell, figures: Figures) -> None:
        row, column = TOP + cell.row, cell.column
        number = figures.numbers.get(str(cell.pointer)) if _is_figure(cell) else None
        formula = figures.formulas.get(str(cell.pointer)) if _is_figure(cell) else None
        shape = self._shape(cell, number, is_computed=formula is not None)
        if cell.rowspan > 1 or cell.colspan > 1:
            bottom, right = row + cell.rowspan - 1, column + cell.colspan - 1
            self.sheet.merge_range(row, column, bottom, right, "", shape)
        if number is not None and formula is not None:
            # Without its value a preview, and whoever reads the file, would see a blank.
            self.sheet.write_formula(row, column, formula, shape, number.stored)
        elif number is not None:
            self.sheet.write_number(row, column, number.stored, shape)
        elif cell.text:
            self.sheet.write_string(row, column, cell.text, shape)
        else:
            self.sheet.write_blank(row, column, None, shape)

    def _shape(self, cell: GridCell, number: SheetNumber | None, *, is_computed: bool) -> Any:
        properties: dict[str, Any] = {"border": 1, "text_wrap": True, "align": "center"}
        if cell.role is CellRole.ROW_HEADER:
            properties["align"] = "left"
        if cell.role is CellRole.CAPTION:
            properties["bold"] = True
        if _is_figure(cell):
            properties["num_format"] = number.shape if number is not None else "@"
            properties["text_wrap"] = False
        if is_computed:
            properties["bg_color"] = "#EEEEEE"
        return self.formats.of(**properties)

    def _heights(self, layout: TableLayout) -> None:
        for number, lines in enumerate(layout.lines):
            self.sheet.set_row(TOP + number, _LINE_POINTS * lines + 3)

    def _checks(self, row: int, figures: Figures) -> None:
        """Write a row for each rule: in each column, whether its figures add up."""
        for line in self._lines(figures):
            head, checks = line
            shape = self.formats.of(italic=True, text_wrap=True)
            label_columns = min(min(checks), max(1, self.grid.header_columns))
            if label_columns > 1:
                self.sheet.merge_range(row, 0, row, label_columns - 1, "", shape)
            if label_columns:
                self.sheet.write_string(row, 0, head, shape)
                self.sheet.set_row(row, 2 * _LINE_POINTS)
            else:
                self._over(row, self.grid.column_count - 1, head, italic=True)
                row += 1
            for column, balance in checks.items():
                check = check_of(balance, figures.places, figures.numbers, self.copy)
                if check is not None:
                    result = self.formats.of(border=1, align="center", shrink=True)
                    self.sheet.write_formula(row, column, check.formula, result, check.result)
            row += 1

    def _lines(self, figures: Figures) -> Iterator[tuple[str, dict[int, Balance]]]:
        """Yield the check rows: those of one rule stand in one row while columns differ."""
        lines: list[tuple[str, dict[int, Balance]]] = []
        for balance in self.copy.balances:
            places = [figures.places.get(pointer) for pointer, _ in balance.terms]
            if None in places or not places or (first := places[0]) is None:
                continue
            if first.sheet != self.name:
                continue
            head = self.copy.say(f"校验：{balance.formula}", f"Check: {balance.formula}")
            same = [line for line in lines if line[0] == head and first.column not in line[1]]
            if not same:
                same = [(head, {})]
                lines.extend(same)
            same[0][1][first.column] = balance
        yield from lines


def _is_figure(cell: GridCell) -> bool:
    return cell.role is CellRole.FIGURE and isinstance(cell.pointer, Pointer)


def set_page(sheet: Any, copy: Copy, *, landscape: bool) -> None:
    """Set the printed pages of a sheet: A4, as wide as the page, the sign on each."""
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.7)
    if copy.sign:
        sheet.set_header("&C" + copy.sign.replace("&", "&&"))
    sheet.set_footer("&C— &P —")
