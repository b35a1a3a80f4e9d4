"""Last year's figures beside this year's: the hand-over first, then table by table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text
from disclosure_tui.model.finding import Finding, LabelOf, State, Term
from disclosure_tui.model.form import Form, Node, Role
from disclosure_tui.model.hand_over import HandedOver, HandOver
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Plain, Report
from disclosure_tui.model.value import says_the_same
from disclosure_tui.render.grid import CHANGED, CellRole, Grid, GridCell, Tone
from disclosure_tui.render.sentences import sentence_changes
from disclosure_tui.render.tables import TONES, Figures, build_grid
from disclosure_tui.render.view import ReportView, SectionView
from disclosure_tui.render.wording import Wording, number_text

__all__ = ["LastYear", "hand_over_sections", "year_over_year"]

_LEGEND = Text(
    "( ) 上年的数，没有括号的上年没有对应的数  ~ 与上年不同",
    "( ) last year; no brackets: no counterpart last year  ~ changed",
)
_HEADING = Text("上年结转核对", "Hand-over from last year")
_DIFFERENCE = Text("相差", "difference")
_NO_ROW = Text("（没有与上年不同的行）", "(no row differs from last year)")
_NO_CHANGE = Text("（与上年相同）", "(as last year)")


@dataclass(frozen=True, slots=True)
class LastYear:
    """Last year's report at the places of this one.

    Attributes:
        report: Its values.
        without: Places that have no counterpart in it.
    """

    report: Report
    without: tuple[Pointer, ...] = ()

    def value_at(self, pointer: Pointer) -> Plain:
        """Return its value; None where there is none or no counterpart."""
        if any(pointer.starts_with(place) for place in self.without):
            return None
        return self.report.value_at(pointer)


def year_over_year(
    view: ReportView, form: Form, figures: Figures, last: LastYear, *, changed_only: bool
) -> ReportView:
    """Put last year's figures beside this year's.

    Args:
        view: The report as it is.
        form: Its form, with the entry rows.
        figures: What stands in its cells.
        last: Last year's report.
        changed_only: Show only the rows and sentences that differ.
    """
    wording = Wording(form, figures.language)
    sections = tuple(
        _section(section, form.nodes[section.pointer], figures, last, wording, only=changed_only)
        for section in view.sections
    )
    return replace(view, sections=sections)


def hand_over_sections(
    found: tuple[HandOver, ...], figures: Figures, wording: Wording, source: str
) -> tuple[SectionView, ...]:
    """Return what the report takes over from last year's, a table for each rule.

    Args:
        found: The figures handed over.
        figures: What stands in the cells, and what a check found.
        wording: The words of the report.
        source: What last year's report is, or why there is none: one sentence.
    """
    findings = {finding.identity: finding for finding in figures.findings}
    heading = wording.text(_HEADING)
    views = [
        SectionView(
            pointer=one.places[0].pointer,
            heading=heading if number == 0 else "",
            prose=None,
            grid=_hand_over_grid(one, findings, wording),
            findings=(),
            notes=(source,) if number == len(found) - 1 else (),
        )
        for number, one in enumerate(found)
    ]
    if not views:
        pointer = Pointer.of("prior")
        views = [SectionView(pointer, heading, None, None, (), (source,))]
    return tuple(views)


def _section(
    section: SectionView,
    node: Node,
    figures: Figures,
    last: LastYear,
    wording: Wording,
    *,
    only: bool,
) -> SectionView:
    if node.role is Role.PROSE:
        new = figures.report.value_at(node.pointer)
        return _prose(section, str(new), last, wording) if only and new else section
    if section.grid is None:
        return section
    notes = (wording.text(_LEGEND), *_gone(node, figures.report, last, wording), *section.notes)
    if not only:
        return replace(section, grid=_beside(section.grid, wording.form, last), notes=notes)
    pruned = _pruned(node, figures.report, last)
    if pruned is None:
        rest = (wording.text(_NO_ROW), *notes[1:])
        return replace(section, grid=None, notes=rest)
    grid = _beside(build_grid(pruned, figures), wording.form, last)
    return replace(section, grid=grid, notes=notes)


def _gone(node: Node, report: Report, last: LastYear, wording: Wording) -> Iterator[str]:
    """Yield a sentence where rows that the filer adds stood in last year's report alone."""
    for inner in node.walk():
        before = last.value_at(inner.pointer) if inner.entries is not None else None
        now = report.value_at(inner.pointer)
        keys = before if isinstance(before, Mapping) else {}
        gone = [str(key) for key in keys if not isinstance(now, Mapping) or key not in now]
        if gone:
            names = "、".join(gone), ", ".join(gone)
            yield wording.text(
                Text(f"上年有、本年没有的行：{names[0]}", f"rows of last year only: {names[1]}")
            )


def _prose(section: SectionView, new: str, last: LastYear, wording: Wording) -> SectionView:
    """Show the sentences that are not those of last year."""
    old = last.value_at(section.pointer)
    if not isinstance(old, str):
        return section
    changes = sentence_changes(old, new)
    if changes:
        return replace(section, changes=changes)
    return replace(section, changes=(), notes=(wording.text(_NO_CHANGE), *section.notes))


def _pruned(node: Node, report: Report, last: LastYear) -> Node | None:
    """Return a table with the rows alone that differ; None where none does."""
    if node.role is Role.ROW:
        return node if _differs(node, report, last) else None
    children = tuple(
        kept
        for child in node.children
        if (kept := child if _is_new(child, node, last) else _pruned(child, report, last))
    )
    return replace(node, children=children) if children else None


def _is_new(row: Node, above: Node, last: LastYear) -> bool:
    """Tell whether a row is one that the filer added since last year."""
    before = last.value_at(above.pointer) if above.entries is not None else None
    return isinstance(before, Mapping) and row.key not in before


def _differs(row: Node, report: Report, last: LastYear) -> bool:
    """Tell whether a figure of a row differs from one that last year's report has."""
    for node in row.walk():
        before = last.value_at(node.pointer) if node.role is Role.CELL else None
        if before is not None and not says_the_same(report.value_at(node.pointer), before):
            return True
    return False


def _beside(grid: Grid, form: Form, last: LastYear) -> Grid:
    """Print last year's figure behind each of this year's, those of a column under each other.

    A figure without a counterpart stands alone, in line with the others.
    """
    shown = {
        cell.pointer: _shown(form.nodes[cell.pointer], last)
        for cell in grid.cells
        if cell.role is CellRole.FIGURE and cell.pointer is not None
    }
    widest: dict[tuple[int, int], int] = {}
    for cell in grid.cells:
        if cell.pointer in shown:
            place = (cell.column, cell.colspan)
            widest[place] = max(widest.get(place, 0), len(shown[cell.pointer]))
    cells = tuple(
        _paired(cell, shown[cell.pointer], widest[cell.column, cell.colspan])
        if cell.role is CellRole.FIGURE and cell.pointer is not None
        else cell
        for cell in grid.cells
    )
    return replace(grid, cells=cells)


def _shown(node: Node, last: LastYear) -> str:
    """Return last year's figure as printed; empty where there is none."""
    value = last.value_at(node.pointer)
    if value is None:
        return ""
    return node.cell.show(value) if node.cell is not None else str(value)


def _paired(cell: GridCell, before: str, room: int) -> GridCell:
    if not before:
        beside = " " * (room + len(" ()")) if room else ""
        return replace(cell, text=cell.text + beside)
    same = before == cell.text
    mark = cell.mark or ("" if same else CHANGED)
    tone = Tone.NOTE if same and cell.tone is Tone.PLAIN else cell.tone
    return replace(cell, text=f"{cell.text} ({before:>{room}})", mark=mark, tone=tone)


def _hand_over_grid(
    one: HandOver, findings: dict[tuple[str, Pointer, str], Finding], wording: Wording
) -> Grid:
    """Draw one rule: a column for each figure; last year's, this year's, the difference."""
    names = [one.rule, *(_label(one.there, one, wording), _label(one.here, one, wording))]
    labels = (*names, wording.text(_DIFFERENCE))
    roles = (CellRole.CORNER, *(CellRole.ROW_HEADER for _ in labels[1:]))
    cells = [
        GridCell(row, 0, 1, 1, label, role)
        for row, (label, role) in enumerate(zip(labels, roles, strict=True))
    ]
    for column, place in enumerate(one.places, 1):
        header = wording.label_of(LabelOf(place.pointer, one.across))
        cells.append(GridCell(0, column, 1, 1, header, CellRole.COLUMN_HEADER))
        cells.extend(_column(column, place, findings.get(place.identity)))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(wording.text(_HEADING), tuple(cells), len(labels), len(one.places) + 1, 1, 1)


def _column(column: int, place: HandedOver, finding: Finding | None) -> Iterator[GridCell]:
    for row, value in enumerate((place.there, place.here), 1):
        text, tone = ("-", Tone.BLANK) if value is None else (number_text(value), Tone.PLAIN)
        yield GridCell(row, column, 1, 1, text, CellRole.FIGURE, None, "", tone)
    by = place.difference
    text, mark, tone = "-" if by is None else number_text(by), "", Tone.PLAIN
    if by is not None and finding is not None and finding.counts:
        mark, tone = finding.severity.mark, TONES[finding.severity]
    elif by and finding is not None and finding.state in (State.EXPLAINED, State.DISMISSED):
        tone = Tone.NOTE
    if by is not None and by > 0:
        text = f"+{text}"
    yield GridCell(3, column, 1, 1, text, CellRole.FIGURE, None, mark, tone)


def _label(terms: tuple[Term, ...], one: HandOver, wording: Wording) -> str:
    """Name one side: 上年 现行有效 + 制发 - 废止."""
    parts = []
    for index, term in enumerate(terms):
        sign = "-" if term.coefficient < 0 else "+"
        size = -term.coefficient if sign == "-" else term.coefficient
        name = "" if term.pointer is None else wording.label_of(LabelOf(term.pointer, one.named))
        if term.prior:
            name = wording.text(Text(f"上年 {name}", f"last year {name}"))
        body = name if size == 1 and name else f"{number_text(size)} {name}".strip()
        parts.append(body if index == 0 and sign == "+" else f"{sign} {body}")
    return " ".join(parts)
