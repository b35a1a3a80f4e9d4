"""One line a figure: the long table of whoever adds up reports, the same in every format."""

from __future__ import annotations

from disclosure_tui.language import Language, Text
from disclosure_tui.render.copies import Copy, Figure

__all__ = ["VALUE_COLUMN", "long_heads", "long_row"]

_HEADS = (
    Text("单位名称", "Organ"),
    Text("年度", "Year"),
    Text("表", "Table"),
    Text("行代码", "Row key"),
    Text("行", "Row"),
    Text("列代码", "Column key"),
    Text("列", "Column"),
    Text("数值", "Value"),
    Text("计量单位", "Unit"),
    Text("地址", "Pointer"),
)

VALUE_COLUMN = 7
"""Where the figure itself stands."""


def long_heads(language: Language) -> list[str]:
    """Return the heads of the long table."""
    return [head.in_(language) for head in _HEADS]


def long_row(copy: Copy, figure: Figure) -> list[str]:
    """Return one line of the long table."""
    return [
        copy.organ,
        copy.year,
        figure.table,
        figure.row_key,
        figure.row,
        figure.column_key,
        figure.column,
        figure.value,
        figure.unit,
        figure.pointer,
    ]
