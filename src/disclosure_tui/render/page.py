"""Sets a whole report in lines for a terminal or a text file: headings, prose, tables, findings.

The painter draws the tables; this module puts everything under each other. A line is never
wider than the width asked for.
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Language, Text
from disclosure_tui.render.answers import MARK
from disclosure_tui.render.comparison_text import ComparisonPage, set_sentences
from disclosure_tui.render.grid import CHANGED, Grid, Tone
from disclosure_tui.render.painter import Line, Piece, paint
from disclosure_tui.render.tables import TONES
from disclosure_tui.render.view import FindingView, ReportView, SectionView
from disclosure_tui.render.width import Measure, printable

__all__ = ["Page", "set_page", "set_remark", "set_section"]

WIDEST_PROSE = 80
"""Prose is set no wider than this: longer lines are hard to follow."""

LEGEND = Text(
    "! 必须改正  ? 核实或说明  * 提示  _ 未填",
    "! must be corrected  ? correct or explain  * look  _ blank",
)


@dataclass(frozen=True)
class Page:
    """How to set a report.

    Attributes:
        width: Cells of the longest line.
        language: Language of the program's own words.
        ascii_only: Rules are drawn with + - |.
        findings: What is open is listed under each section.
        measure: Widths of characters on the terminal in use.
    """

    width: int
    language: Language
    ascii_only: bool = False
    findings: bool = True
    measure: Measure = Measure()


def set_page(view: ReportView, page: Page) -> list[Line]:
    """Set a whole report."""
    lines = [*_centred(view.title, page), ()]
    if page.findings and view.findings:
        lines.extend([*_findings(view.findings, page), ()])
    for section in view.sections:
        if section.prose != "" or section.heading or section.findings:
            lines.extend([*set_section(section, page), ()])
    lines.extend(_right(text, page) for text in view.signature)
    while lines and not lines[-1]:
        lines.pop()
    return lines


def set_section(section: SectionView, page: Page) -> list[Line]:
    """Set one section: heading, text or table, notes, what is open in it."""
    lines: list[Line] = []
    if section.heading:
        lines.extend(_wrapped(section.heading, page.width, page))
    if section.changes is not None:
        comparing = ComparisonPage(page.language, min(page.width, WIDEST_PROSE), page.measure)
        lines.extend(set_sentences(section.changes, comparing))
    elif section.prose is not None:
        lines.extend(_prose(section, page))
    if section.grid is not None:
        for painting in paint(
            section.grid, page.width, ascii_only=page.ascii_only, measure=page.measure
        ):
            lines.extend(painting.lines)
    for note in section.notes:
        lines.extend(_wrapped(note, page.width, page))
    if page.findings and section.findings:
        lines.extend(_findings(section.findings, page))
    if page.findings and section.grid is not None and _has_marks(section.grid):
        lines.extend(_wrapped(LEGEND.in_(page.language), page.width, page, Tone.NOTE))
    return lines


def set_remark(text: str, page: Page) -> list[Line]:
    """Set a line about the whole, as far from the report as to be no part of it."""
    return [(), *_wrapped(text, page.width, page, Tone.NOTE)]


def _has_marks(grid: Grid) -> bool:
    """Tell whether a figure is marked for a reason that the legend explains."""
    return any(cell.mark not in ("", CHANGED) for cell in grid.cells)


def _prose(section: SectionView, page: Page) -> Iterator[Line]:
    """Set paragraphs with the usual indent of two characters."""
    if not section.prose:
        if section.heading:
            blank = Text("（未填）", "(blank)").in_(page.language)
            yield _line("    " + blank, page, Tone.BLANK)
        return
    width = min(page.width, WIDEST_PROSE)
    for paragraph in section.prose.split("\n"):
        text = printable(paragraph.strip())
        if text:
            wrapped = page.measure.wrap("\u3000\u3000" + text, width)
            yield from (_line(part, page) for part in wrapped)


def _findings(findings: tuple[FindingView, ...], page: Page) -> Iterator[Line]:
    for item in findings:
        severity = item.finding.severity
        mark = MARK if item.answered else severity.mark
        tone = Tone.NOTE if item.answered else TONES[severity]
        number = f"[{item.number}] " if item.number else ""
        yield from _hanging(f"{number}{mark} ", item.text, page, tone)


def _hanging(head: str, text: str, page: Page, tone: Tone) -> Iterator[Line]:
    """Set a text behind a mark, its further lines under its first."""
    room = page.width - len(head)
    for index, part in enumerate(page.measure.wrap(printable(text), room)):
        yield _line((head if index == 0 else " " * len(head)) + part, page, tone)


def _wrapped(text: str, width: int, page: Page, tone: Tone = Tone.PLAIN) -> Iterator[Line]:
    for part in page.measure.wrap(printable(text), width):
        yield _line(part, page, tone)


def _line(text: str, page: Page, tone: Tone = Tone.PLAIN) -> Line:
    return (Piece(text, page.measure.width(text), None, tone, None),)


def _centred(text: str, page: Page) -> Iterator[Line]:
    for part in page.measure.wrap(printable(text), page.width):
        room = min(page.width, WIDEST_PROSE) - page.measure.width(part)
        yield _line(" " * max(0, room // 2) + part, page)


def _right(text: str, page: Page) -> Line:
    shown = page.measure.clip(printable(text), page.width)
    room = min(page.width, WIDEST_PROSE) - page.measure.width(shown)
    return _line(" " * max(0, room) + shown, page)
