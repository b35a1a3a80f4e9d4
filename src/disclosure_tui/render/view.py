"""What a report shows, in order: the step between data and every format."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Language, Text
from disclosure_tui.model.finding import Finding, Findings
from disclosure_tui.model.form import Form, Node, Role, localized
from disclosure_tui.model.pointer import ROOT, Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.render.answers import answered, answers_of, explanations_in
from disclosure_tui.render.grid import Grid
from disclosure_tui.render.references import NO_REFERENCES, References
from disclosure_tui.render.sentences import SentenceChange
from disclosure_tui.render.tables import Figures, build_grid
from disclosure_tui.render.wording import Wording

__all__ = [
    "FindingView",
    "ReportView",
    "SectionView",
    "build_view",
    "heading",
    "numbered",
    "report_title",
]


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding in words.

    Attributes:
        finding: What it is.
        text: Its full sentence.
        answered: An explanation closes it.
        number: Its number, the same as at the cell; 0 where findings are not numbered.
    """

    finding: Finding
    text: str
    answered: bool = False
    number: int = 0


@dataclass(frozen=True, slots=True)
class SectionView:
    """One section.

    Attributes:
        pointer: Its place.
        heading: With its number; empty where none is printed.
        prose: Its text, or None if it is no prose; empty while it is not written.
        grid: Its table, or None; also where it has neither a row yet nor a header.
        findings: What is open in it, then what is explained.
        notes: Printed notes on its cells, as sentences.
        changes: Of prose, what differs from last year's, in place of the text; or None.
    """

    pointer: Pointer
    heading: str
    prose: str | None
    grid: Grid | None
    findings: tuple[FindingView, ...]
    notes: tuple[str, ...]
    changes: tuple[SentenceChange, ...] | None = None


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report ready to be set in any format.

    Attributes:
        title: 某局2023年政府信息公开工作年度报告.
        sections: As printed.
        findings: What is open and belongs to no section.
        signature: Name of the organ and date at the end; empty lines left out.
        language: Language of the words.
        blank: Number of blanks that count.
    """

    title: str
    sections: tuple[SectionView, ...]
    findings: tuple[FindingView, ...]
    signature: tuple[str, ...]
    language: Language
    blank: int


def report_title(form: Form, report: Report) -> str:
    """Fill the title's template with the report's values; what is blank stays out."""
    title = form.report_type.title
    for pointer, node in form.nodes.items():
        slot = "{" + ".".join(pointer) + "}"
        if node.cell is not None and slot in title:
            title = title.replace(slot, node.cell.show(report.value_at(pointer)))
    year = report.value_at(("year",))
    return title.replace("{year-1}", str(year - 1) if isinstance(year, int) else "")


def heading(section: Node, language: Language) -> str:
    """Return the heading of a section as printed: 一、总体情况."""
    mark = section.section
    if mark is None:
        return section.label.title(language)
    text = localized(mark.heading, language) if mark.heading else section.label.title(language)
    return numbered(mark.number, text, language) if text else text


def numbered(number: str, text: str, language: Language) -> str:
    """Put the number of a section before its label: 一、总体情况, V.A. FOIA REQUESTS."""
    if not number:
        return text
    spaced = f"{number} {text}"
    return spaced if number.isascii() else Text(f"{number}、{text}", spaced).in_(language)


def build_view(
    form: Form,
    report: Report,
    findings: Findings,
    language: Language,
    *,
    computed: frozenset[Pointer] = frozenset(),
    blank: int = 0,
    references: References = NO_REFERENCES,
) -> ReportView:
    """Build the view of a report.

    Args:
        form: The form with the entry rows of the report.
        report: The values.
        findings: What a check found.
        language: Language of labels and sentences.
        computed: Cells to mark as computed.
        blank: Number of blanks that count.
        references: Numbers of the findings, if they are to be numbered.
    """
    year = report.value_at(("year",))
    wording = Wording(form, language, year if isinstance(year, int) else None)
    figures = Figures(report, findings, language, computed, references)
    sections = tuple(_section(section, figures, wording) for section in form.sections)
    covered = {id(item.finding) for section in sections for item in section.findings}
    everything = (*_worded(findings.open, figures, wording), *_explained(figures, ROOT, wording))
    rest = tuple(item for item in everything if id(item.finding) not in covered)
    return ReportView(
        title=report_title(form, report),
        sections=sections,
        findings=rest,
        signature=_signature(report),
        language=language,
        blank=blank,
    )


def _section(section: Node, figures: Figures, wording: Wording) -> SectionView:
    prose = None
    if section.role is Role.PROSE:
        value = figures.report.value_at(section.pointer)
        prose = figures.references.marked(section.pointer, "" if value is None else str(value))
    grid = build_grid(section, figures) if section.role is Role.TABLE else None
    inner = section.pointer != ROOT
    findings = figures.findings.below(section.pointer) if inner else ()
    explained = _explained(figures, section.pointer, wording) if inner else ()
    return SectionView(
        pointer=section.pointer,
        heading=_numbered(heading(section, wording.language), section, figures),
        prose=prose,
        grid=grid if grid is not None and grid.cells else None,
        findings=(*_worded(findings, figures, wording), *explained),
        notes=tuple(_notes(section, figures.report, wording)),
    )


def _numbered(text: str, section: Node, figures: Figures) -> str:
    """Put behind a heading the numbers of findings about the whole of its prose."""
    mark = figures.references.mark(section.pointer) if section.role is Role.PROSE else ""
    return f"{text} {mark}".strip()


def _worded(
    findings: tuple[Finding, ...], figures: Figures, wording: Wording
) -> Iterator[FindingView]:
    for finding in findings:
        number = figures.references.number(finding)
        yield FindingView(finding, wording.panel(finding), number=number)


def _explained(figures: Figures, pointer: Pointer, wording: Wording) -> Iterator[FindingView]:
    entries = explanations_in(figures.report)
    for finding in answered(figures.findings):
        if finding.primary.starts_with(pointer):
            text = f"{finding.rule} {answers_of(finding, entries, wording)}"
            number = figures.references.number(finding)
            yield FindingView(finding, text, answered=True, number=number)


def _notes(section: Node, report: Report, wording: Wording) -> Iterator[str]:
    notes = report.value_at(("notes",))
    for key, text in notes.items() if isinstance(notes, dict) else ():
        try:
            pointer = Pointer.parse(key)
        except ValueError:
            continue
        if pointer.starts_with(section.pointer) and wording.form.node(pointer) is not None:
            place = wording.path(pointer)
            # Each line is a note of its own: a table may have several, marked * and **.
            for line in text.splitlines() if isinstance(text, str) else ():
                if line.strip():
                    yield wording.text(Text(f"注：{place}：{line}", f"Note: {place}: {line}"))


def _signature(report: Report) -> tuple[str, ...]:
    lines = (report.value_at(("signature", "organ")), report.value_at(("signature", "date")))
    return tuple(line for line in lines if isinstance(line, str) and line)
