"""Begins a report with the figures that last year's report hands on."""

from __future__ import annotations

from pathlib import Path

from disclosure_tui.language import Text, counted
from disclosure_tui.report_type import LoadedReportType
from disclosure_tui.session.editing import Editing
from disclosure_tui.store.document import Document

__all__ = ["carried_over", "carrying_title"]


def carried_over(text: str, report_type: LoadedReportType, path: Path) -> tuple[str, str, int]:
    """Put the figures of last year's report into the text of a new one.

    Args:
        text: The text of the new report.
        report_type: What it is a report of.
        path: Its file: last year's report is looked for from there.

    Returns:
        The text, last year's file, and the number of cells filled; an empty name and 0 if last
        year's report is not known or settles nothing.
    """
    editing = Editing(Document.read(text.encode(), path.name), report_type, path)
    offered = editing.offered_figures
    commit = editing.set_values(offered, carrying_title(len(offered)))
    if commit is None:
        return text, "", 0
    return editing.document.text, editing.prior.file, len(commit.pointers)


def carrying_title(count: int) -> Text:
    """Return the sentence of the act."""
    return Text(f"从上年年报填入 {count} 格", f"{counted(count, 'cell')} from last year's report")
