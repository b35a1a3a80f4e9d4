"""A copy as the data that the page template sets: words, figures and places, no markup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from disclosure_tui.render.copies import Copy
from disclosure_tui.render.grid import CellRole, Grid, GridCell
from disclosure_tui.render.office.column_shares import is_long, lay_out
from disclosure_tui.render.office.faces import Faces
from disclosure_tui.render.office.official_lines import LEAD, right_indents, title_lines
from disclosure_tui.render.office.sign_off import sign_off
from disclosure_tui.render.paragraphs import paragraphs
from disclosure_tui.render.view import SectionView

__all__ = ["page_data", "texts_of"]

_TYPE_POINTS = 9.0
_WHOLE = 40
"""Lines of a table, each of its rows one at least, that are not divided between pages."""
_NARROW = 20
"""Half characters: a label over several rows in so narrow a column is centred."""


def page_data(copy: Copy, faces: Faces) -> dict[str, Any]:
    """Return everything that stands on the pages, as plain JSON values."""
    signature = zip(copy.view.signature, right_indents(copy.view.signature), strict=True)
    return {
        "title": copy.view.title,
        "title-lines": title_lines(copy),
        "organ": copy.organ,
        "origin": copy.provenance.line(copy.language),
        "sign": copy.sign,
        "language": copy.language.value,
        "region": copy.say("CN", "GB"),
        "faces": asdict(faces),
        "sections": [_section(section, copy) for section in copy.view.sections],
        "signature": [{"text": line, "right": right} for line, right in signature],
        "last": _last(copy),
    }


def texts_of(data: Any) -> Iterator[str]:
    """Yield every text of the data, for finding one that cannot be set."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from texts_of(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from texts_of(value)


def _section(section: SectionView, copy: Copy) -> dict[str, Any]:
    grid = section.grid
    return {
        "heading": section.heading,
        "paragraphs": [_paragraph(text) for text in paragraphs(section.prose or "")],
        "has-table": grid is not None,
        "apart": grid is not None and is_long(grid),
        "unit": copy.say(f"单位：{grid.unit}", f"Unit: {grid.unit}") if grid and grid.unit else "",
        "table": _table(grid) if grid is not None else None,
        "notes": list(section.notes),
    }


def _paragraph(text: str) -> dict[str, str]:
    lead = LEAD.match(text)
    end = lead.end() if lead is not None else 0
    return {"lead": text[:end], "text": text[end:]}


def _table(grid: Grid) -> dict[str, Any]:
    layout = lay_out(grid)

    def cell(item: GridCell) -> dict[str, Any]:
        room = sum(layout.widths[item.column : item.column + item.colspan])
        narrow = item.rowspan > 1 and room <= _NARROW
        return {
            "row": item.row,
            "column": item.column,
            "rowspan": item.rowspan,
            "colspan": item.colspan,
            "text": item.text,
            "left": item.role is CellRole.ROW_HEADER and not narrow,
        }

    return {
        "widths": list(layout.widths),
        "size": round(_TYPE_POINTS * layout.scale, 2),
        "whole": sum(layout.lines) + grid.row_count <= _WHOLE,
        "head": [cell(item) for item in grid.cells if item.row < grid.header_rows],
        "body": [cell(item) for item in grid.cells if item.row >= grid.header_rows],
    }


def _last(copy: Copy) -> dict[str, Any] | None:
    if copy.appendix is None:
        return None
    last = sign_off(copy, copy.appendix)
    return {
        "heading": last.heading,
        "heads": list(last.heads),
        "rows": [[label, value, "", ""] for label, value in last.people],
        "lists": [{"heading": head, "paragraphs": list(texts)} for head, texts in last.lists],
    }
