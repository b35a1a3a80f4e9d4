"""The tables as they are printed, one below the other, for a spreadsheet program."""

from __future__ import annotations

import csv
import io

from disclosure_tui.language import Text
from disclosure_tui.render.copies import Copy, rows_of
from disclosure_tui.render.grid import Grid

__all__ = ["NAME", "SUFFIX", "SUMMARY", "write"]

NAME = "csv-grid"
SUFFIX = ".grid.csv"
SUMMARY = Text("CSV 表样，各表依次排列", "CSV, the tables as printed")


def write(copy: Copy) -> bytes:
    """Return all tables."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([copy.view.title])
    if copy.sign:
        writer.writerow([copy.sign])
    for section in copy.view.sections:
        if section.grid is not None:
            writer.writerow([])
            writer.writerow([section.heading])
            writer.writerows(_rows(section.grid))
            writer.writerows([note] for note in section.notes)
    writer.writerow([])
    writer.writerow([copy.provenance.line(copy.language)])
    return out.getvalue().encode("utf-8-sig")


def _rows(grid: Grid) -> list[list[str]]:
    """Return the grid's rows; a merged cell stands in the first of its places."""
    rows = []
    for cells in rows_of(grid.cells, grid.row_count):
        row = [""] * grid.column_count
        for cell in cells:
            row[cell.column] = cell.text
        rows.append(row)
    return rows
