"""An Excel ledger: the findings, how offices and rules stand, and which files were not read."""

from __future__ import annotations

from disclosure_tui.language import Text
from disclosure_tui.render.finding_writing import Occasion
from disclosure_tui.render.located import LocatedReport
from disclosure_tui.render.office.ledger import Ledger

__all__ = [
    "EXTRA",
    "IS_BINARY",
    "LIBRARIES",
    "NAME",
    "STREAMS",
    "SUFFIX",
    "SUMMARY",
    "begin",
]

NAME = "xlsx"
SUFFIX = ".xlsx"
SUMMARY = Text(
    "Excel 台账：问题，单位和规则，打不开的文件",
    "An Excel ledger: findings, offices by rules, files not read",
)
STREAMS = False
IS_BINARY = True
EXTRA = "office"
LIBRARIES = ("xlsxwriter",)


def begin(occasion: Occasion) -> _Workbook:
    """Begin a ledger."""
    return _Workbook(Ledger(occasion.language))


class _Workbook:
    """Nothing of a workbook can be written before its end."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def add(self, report: LocatedReport) -> bytes:
        """Take a report in."""
        self._ledger.add(report)
        return b""

    def end(self) -> bytes:
        """Return the workbook."""
        return self._ledger.written()
