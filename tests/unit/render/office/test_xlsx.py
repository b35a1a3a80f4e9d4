"""What a workbook is made of: live totals with their values, checks, frozen and repeated heads."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from shutil import which
from typing import Any

import openpyxl
import pytest

from disclosure_tui.language import Language
from disclosure_tui.render.copies import Balance, Copy, Figure, Sum
from disclosure_tui.render.export_formats import xlsx
from disclosure_tui.render.office.sheet_formulas import Place, check_of, sum_formulas
from disclosure_tui.render.office.sheet_numbers import SheetNumber, sheet_number
from reading_back import sheet_text

from .sample_copies import converted_to, sample, signed_off


def opened(content: bytes, *, values: bool) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def places(copy: Copy, book: Any) -> dict[str, Any]:
    """Return the cell of every figure by its pointer."""
    found = {}
    for section in copy.view.sections:
        if section.grid is not None:
            (sheet,) = [sheet for sheet in book if sheet["A2"].value == section.heading]
            for cell in section.grid.cells:
                found[str(cell.pointer)] = sheet.cell(4 + cell.row, 1 + cell.column)
    return found


@pytest.mark.parametrize("name", ["complete/sqs-2023", "complete/sptyj-2020"])
def test_totals_are_formulas_with_their_values(name: str) -> None:
    copy = sample(name)
    content = xlsx.write(copy)
    live = places(copy, opened(content, values=False))
    cached = places(copy, opened(content, values=True))
    assert copy.sums
    for item in copy.sums:
        assert str(live[item.target].value).startswith("=SUM("), item.target
    for figure in copy.figures:
        assert sheet_text(cached[figure.pointer]) == figure.value
    computed = {pointer for pointer, cell in live.items() if str(cell.value).startswith("=")}
    assert computed == {item.target for item in copy.sums}


def test_what_is_carried_forward_is_never_a_formula() -> None:
    """Were it one, the balance would always hold."""
    copy = sample()
    live = places(copy, opened(xlsx.write(copy), values=False))
    carried = [f.pointer for f in copy.figures if f.row.startswith("四、结转下年度")]
    assert len(carried) == 7
    # Its own total over the columns is a sum like every other row's.
    plain = [pointer for pointer in carried if not str(live[pointer].value).startswith("=")]
    assert len(plain) == 6
    totals = {item.target: item.parts for item in copy.sums}
    (total,) = set(carried) - set(plain)
    assert set(totals[total]) == set(plain)


def test_a_total_that_was_typed_and_is_no_sum_stays_as_it_was_typed() -> None:
    copy = sample("faulty/T3-ROW", draft=True)
    shown = {figure.pointer: figure.value for figure in copy.figures}
    live = places(copy, opened(xlsx.write(copy), values=False))
    typed = {
        item.target: sheet_text(live[item.target])
        for item in copy.sums
        if not str(live[item.target].value).startswith("=")
    }
    assert typed
    assert typed == {pointer: shown[pointer] for pointer in typed}


def check_row(sheet: Any) -> list[Any]:
    (row,) = [
        row for row in sheet.iter_rows() if str(row[0].value).startswith(("校验：", "Check: "))
    ]
    return [cell.value for cell in row if cell.value is not None][1:]


def test_the_check_row_shows_what_does_not_add_up() -> None:
    assert check_row(opened(xlsx.write(sample()), values=True)["表三"]) == ["相符"] * 7
    wrong = opened(xlsx.write(signed_off()), values=True)["表三"]
    assert check_row(wrong) == [-1, *["相符"] * 5, -1]
    english = sample(language=Language.ENGLISH)
    (sheet,) = [s for s in opened(xlsx.write(english), values=True) if "3" in s.title]
    assert check_row(sheet) == ["holds"] * 7


def test_heads_are_merged_frozen_and_repeated() -> None:
    copy = sample()
    book = opened(xlsx.write(copy), values=False)
    grid = next(s.grid for s in copy.view.sections if s.grid is not None and s.grid.header_rows)
    sheet = book["表三"]
    assert (
        sheet.freeze_panes == sheet.cell(4 + grid.header_rows, 1 + grid.header_columns).coordinate
    )
    assert sheet.print_title_rows == f"$4:${3 + grid.header_rows}"
    merged = {
        (cell.row + 4, cell.column + 1, cell.row + 3 + cell.rowspan, cell.column + cell.colspan)
        for cell in grid.cells
        if cell.rowspan > 1 or cell.colspan > 1
    }
    ranges = {(r.min_row, r.min_col, r.max_row, r.max_col) for r in sheet.merged_cells.ranges}
    assert merged <= ranges


def test_every_sheet_of_a_draft_says_so() -> None:
    book = opened(xlsx.write(signed_off()), values=False)
    assert {sheet.oddHeader.center.text for sheet in book} == {"送审稿，草稿，未定稿"}
    assert book.sheetnames[-1] == "送审表"


def test_a_figure_that_a_sheet_cannot_hold_is_text() -> None:
    def figure(number: str, value: str = "") -> Figure:
        return Figure("", "", "", "", "", "", "/a", value or number, "", number)

    assert sheet_number(figure("")) is None
    assert sheet_number(figure("1234567890123456")) is None
    assert sheet_number(figure("0.12345678901234567")) is None
    held = sheet_number(figure("1.50"))
    assert held == SheetNumber(Decimal("1.50"), "0.00")
    changed = sheet_number(figure("3", "+3"))
    assert changed is not None
    assert changed.shape == "+0;-0;0"


def _sheet(*values: int | None) -> tuple[dict[str, Place], dict[str, SheetNumber]]:
    spots = {f"/{number}": Place("甲", number, 0) for number in range(len(values))}
    numbers = {
        f"/{number}": SheetNumber(Decimal(value), "0")
        for number, value in enumerate(values)
        if value is not None
    }
    return spots, numbers


def test_a_sum_over_a_blank_is_no_formula() -> None:
    total = Sum("/0", ("/1", "/2", "/3"))
    assert sum_formulas([total], *_sheet(6, 1, 2, 3)) == {"/0": "=SUM(A2:A4)"}
    assert sum_formulas([total], *_sheet(3, 1, 2, None)) == {}
    assert sum_formulas([total], *_sheet(None, 1, 2, 3)) == {}
    assert sum_formulas([total], *_sheet(7, 1, 2, 3)) == {}


def test_parts_apart_and_on_other_sheets_are_named_one_by_one() -> None:
    spots, numbers = _sheet(6, 1, 2, 3)
    spots["/3"] = Place("乙 表", 8, 2)
    total = Sum("/0", ("/1", "/2", "/3"))
    assert sum_formulas([total], spots, numbers) == {"/0": "=SUM(A2:A3,'乙 表'!C9)"}


def test_a_check_counts_coefficients_constants_and_blanks() -> None:
    balance = Balance("R", "f", (("/0", 1), ("/1", -2)), 5)
    copy = sample()
    whole = check_of(balance, *_sheet(1, 3), copy)
    assert whole is not None
    assert whole.formula == '=IF(COUNT(A1,A2)<2,"有空格",IF(A1-2*A2+5=0,"相符",A1-2*A2+5))'
    assert whole.result == "相符"
    blank = check_of(balance, *_sheet(1, None), copy)
    assert blank is not None
    assert blank.result == "有空格"
    elsewhere = replace(balance, terms=(("/9", 1),))
    assert check_of(elsewhere, *_sheet(1, 3), copy) is None


def test_many_reports_make_one_long_table_with_numbers() -> None:
    copies = [sample("complete/sqs-2023"), sample("complete/sptyj-2020")]
    content = xlsx.write_many(copies)
    assert xlsx.write_many(copies) == content
    (sheet,) = opened(content, values=True)
    rows = list(sheet.iter_rows(min_row=2))
    assert len(rows) == sum(len(copy.figures) for copy in copies)
    figures = [(copy, figure) for copy in copies for figure in copy.figures]
    for row, (copy, figure) in zip(rows, figures, strict=True):
        assert row[0].value == copy.organ
        assert row[1].value == int(copy.year)
        assert row[9].value == figure.pointer
        assert sheet_text(row[7]) == figure.value
        assert isinstance(row[7].value, int | float) == bool(figure.number)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["complete/sqs-2023", "complete/sptyj-2020", "faulty/T3-BAL"])
def test_libreoffice_works_out_the_same_totals(name: str, tmp_path: Path) -> None:
    if which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    copy = sample(name, draft=True)
    path = tmp_path / "copy.xlsx"
    # Without the values that are kept with them, every formula has to be worked out.
    book = opened(xlsx.write(copy), values=False)
    book.save(path)
    converted_to("xlsx", path, tmp_path / "out")
    worked = openpyxl.load_workbook(tmp_path / "out" / "copy.xlsx", data_only=True)
    before = opened(xlsx.write(copy), values=True)
    found = places(copy, worked)
    for figure in copy.figures:
        assert sheet_text(found[figure.pointer]) == figure.value
    assert check_row(worked["表三"]) == check_row(before["表三"])
