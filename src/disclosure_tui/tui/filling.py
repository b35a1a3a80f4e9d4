"""A session as the report screen sees it: pages, grids, marks and sentences. No Textual."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from disclosure_tui.language import Language, Text
from disclosure_tui.model.annotations import annotated
from disclosure_tui.model.cell_type import CellType
from disclosure_tui.model.finding import Finding, Findings, Fix, Identity, Severity
from disclosure_tui.model.form import Form, Role
from disclosure_tui.model.pointer import ROOT, Pointer
from disclosure_tui.model.report import Plain, Report
from disclosure_tui.model.suggestion import Suggestion
from disclosure_tui.render.answers import MARK, answered, answers_of, explanations_in
from disclosure_tui.render.grid import Grid, Tone
from disclosure_tui.render.pages import Page, PageKind, page_of, pages_of
from disclosure_tui.render.tables import TONES, Figures, build_grid
from disclosure_tui.render.view import report_title
from disclosure_tui.render.wording import Wording
from disclosure_tui.rules.stated import StatedFigure, stated_figures
from disclosure_tui.rules.totals import Total, in_step, sum_of
from disclosure_tui.session import Session
from disclosure_tui.tui.annotations import said_on
from disclosure_tui.tui.keymap import Keymap
from disclosure_tui.tui.stated_text import StatedText
from disclosure_tui.tui.widgets.field_drawing import FieldEntry
from disclosure_tui.tui.widgets.lines import OutlineEntry

__all__ = ["CHECKING", "Filling"]

CHECKING = Text("正在校验", "checking the report")
"""Said where findings are told, as long as they are not known."""
_NOT_KNOWN = Findings()
_LEGEND = Text(
    "! 必须改正  ? 核实或说明  * 提示  = 自动计算  ^ 来自上年  _ 未填",
    "! to correct  ? to verify or explain  * worth a look  = computed  ^ last year's  _ blank",
)
_FOLLOWING = Text(
    "本表总计自动计算（按 t 改为照原始表录入并核对）",
    "totals are computed (t: type them as a check of the paper)",
)
_TYPED = Text(
    "本表总计照原始表录入并核对；= 与各项之和相同（按 t 改为自动计算）",
    "totals are typed and checked; = equal to the sum (t: have them computed)",
)
_TYPED_HEADING = Text("（总计照原始表录入）", " (totals typed)")


class Filling:
    """What is shown of a session, always as it is now.

    Until `check` was called, nothing is known of findings, blanks that count and totals: there
    are none then, and whoever says that there are none has to look at `is_checked` first.

    Attributes:
        session: The report being filled in.
        language: The language of the words.
        keymap: Which keys the hints name.
        is_checked: Whether the findings are known.
    """

    def __init__(self, session: Session, language: Language, keymap: Keymap | None = None) -> None:
        self.session = session
        self.language = language
        self.keymap = keymap or Keymap.standard()
        self.is_checked = False
        self._paged: tuple[Form, tuple[Page, ...]] | None = None
        self._totals: tuple[Form, dict[Pointer, Total]] | None = None

    def say(self, text: Text) -> str:
        """Return a text in the language of the screen."""
        return text.in_(self.language)

    @property
    def report(self) -> Report:
        """The values."""
        return self.session.report

    def check(self) -> None:
        """Have the findings known from now on; the first check takes a while."""
        self.session.result  # noqa: B018 - done now
        self.is_checked = True

    @property
    def findings(self) -> Findings:
        """What the check found."""
        return self.session.result.findings if self.is_checked else _NOT_KNOWN

    @property
    def identities(self) -> frozenset[Identity]:
        """Which findings are open; a blank is no news while a table is being filled in."""
        blank = {pointer for cells in self.session.result.blanks.values() for pointer in cells}
        return frozenset(
            finding.identity
            for finding in self.findings.open
            if not blank.issuperset(finding.pointers)
        )

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages of the report; they change only with the entry rows."""
        form = self.session.form
        if self._paged is None or self._paged[0] is not form:
            self._paged = form, pages_of(form, self.language)
        return self._paged[1]

    @property
    def title(self) -> str:
        """The printed title of the report."""
        return report_title(self.session.form, self.report)

    @property
    def wording(self) -> Wording:
        """What puts places and findings into words."""
        year = self.report.value_at(("year",))
        return Wording(self.session.form, self.language, year if isinstance(year, int) else None)

    @property
    def totals(self) -> Mapping[Pointer, Total]:
        """The cells that can be computed."""
        form = self.session.form
        if not self.is_checked:
            return {}
        if self._totals is None or self._totals[0] is not form:
            totals = self.session.report_type.checker.totals(form)
            self._totals = form, {total.target: total for total in totals}
        return self._totals[1]

    def total(self, pointer: Pointer) -> Total | None:
        """Return how a cell is computed, or None if it is not."""
        return self.totals.get(pointer)

    def sum_of(self, total: Total) -> Plain:
        """Return what a total should be, or None if that is not settled."""
        return sum_of(total, self.report)

    def grid(self, page: Page) -> Grid:
        """Return the table of a page."""
        computed = in_step(self.totals.values(), self.report)
        figures = Figures(
            self.report,
            self.findings,
            self.language,
            computed,
            carried=self.from_last_year,
            signs=annotated(self.report),
        )
        return build_grid(self.session.form.nodes[page.pointer], figures)

    def types(self, page: Page) -> Mapping[Pointer, CellType]:
        """Return what may stand in the cells of a page."""
        node = self.session.form.nodes[page.pointer]
        return {item.pointer: item.cell for item in node.walk() if item.cell is not None}

    def notes(self, page: Page) -> list[tuple[str, Tone]]:
        """Return the lines under a table: the legend, and what is wrong in it."""
        wording = self.wording
        lines = [(self.say(_LEGEND), Tone.BLANK)]
        if self._lacks_rows(page):
            key = self.keymap.name("add_row", self.language)
            told = Text(f"还没有行，按 {key} 增加一行", f"No row yet: {key} adds one")
            lines.append((self.say(told), Tone.BLANK))
        if self.has_totals(page):
            way = _TYPED if self.has_typed_totals(page) else _FOLLOWING
            lines.append((self.say(way), Tone.BLANK))
        lines += [(line, Tone.PLAIN) for line in said_on(page, self.report, wording)]
        lines += [
            (f"{finding.severity.mark} {wording.panel(finding)}", TONES[finding.severity])
            for finding in self.findings.below(page.pointer)
        ]
        entries = explanations_in(self.report)
        lines += [
            (f"{MARK} {answers_of(finding, entries, wording)}", Tone.NOTE)
            for finding in answered(self.findings)
            if finding.primary.starts_with(page.pointer)
        ]
        return lines

    def _lacks_rows(self, page: Page) -> bool:
        """Tell whether rows can be added on a page and none is there yet."""
        node = self.session.form.node(page.pointer)
        return node is not None and any(
            inner.entries is not None and not inner.entries.source and not inner.children
            for inner in node.walk()
        )

    def related(self, pointer: Pointer) -> frozenset[Pointer]:
        """Return the cells that one goes with: those of its finding, else those it is made of."""
        blank = {place for places in self.session.result.blanks.values() for place in places}
        for finding in self.findings.at(pointer):
            others = frozenset(finding.pointers) - {pointer}
            if others and not blank.issuperset(finding.pointers):
                return others
        total = self.total(pointer)
        parts = total.sums if total is not None else ()
        return frozenset(part for parts_ in parts for part in parts_)

    def fields(self, page: Page) -> list[FieldEntry]:
        """Return the lines of a page of fields, a heading before each group."""
        entries: list[FieldEntry] = []
        group = ROOT
        for pointer in page.places:
            node = self.session.form.nodes[pointer]
            above = self.session.form.nodes[pointer.parent]
            if pointer.parent != group:
                group = pointer.parent
                entries += [FieldEntry(""), FieldEntry(above.label.title(self.language))]
            value = self.report.value_at(pointer)
            text = node.cell.show(value) if node.cell is not None else str(value or "")
            shown = node.cell.label(value, self.language.value) if node.cell is not None else ""
            severity = self.findings.mark(pointer)
            mark = severity.mark if severity is not None else ""
            tone = TONES[severity] if severity is not None else Tone.PLAIN
            label = node.label.title(self.language)
            entries.append(FieldEntry(label, pointer, text, shown, node.cell, mark, tone))
        return entries

    def prose(self, page: Page) -> str:
        """Return the text of a prose section."""
        value = self.report.value_at(page.pointer)
        return "" if value is None else str(value)

    def limit(self, page: Page) -> int | None:
        """Return how many characters a prose section may have, or None."""
        cell = self.session.form.nodes[page.pointer].cell
        return None if cell is None or page.kind is not PageKind.PROSE else cell.longest

    def stated(self, page: Page, text: str) -> StatedText:
        """Return what a check finds in a prose section if this text stands there."""
        value = text if text.strip() else None
        result = self.session.checked_with({page.pointer: value})
        return StatedText.of(page.pointer, text, result)

    def figures_of(self, cell: Pointer) -> tuple[StatedFigure, ...]:
        """Return the figures in texts that are tied to a cell, in the order of the form."""
        return tuple(item for item in stated_figures(self.session.result) if cell in item.cells)

    def typed(self, page: Page) -> str | None:
        """Return the text that was typed over a prose section and is not committed, or None."""
        return self.session.drafts.get(page.pointer) if page.kind is PageKind.PROSE else None

    def outline(self) -> list[OutlineEntry]:
        """Return the pages with their states."""
        return [
            OutlineEntry(page.short, page.heading, self.mark(page), len(self.blanks(page)))
            for page in self.pages
        ]

    def blanks(self, page: Page) -> tuple[Pointer, ...]:
        """Return the blanks of a page that count."""
        if not self.is_checked:
            return ()
        return tuple(
            pointer
            for blanks in self.session.result.blanks.values()
            for pointer in blanks
            if page.holds(pointer)
        )

    def mark(self, page: Page) -> str:
        """Return the worst mark of a page; what is only blank is told by the blanks."""
        blank = set(self.blanks(page))
        severities: list[Severity] = [
            finding.severity
            for finding in self.findings.open
            if page.holds(finding.primary) and not blank.issuperset(finding.pointers)
        ]
        worst = min(severities, key=lambda severity: severity.weight, default=None)
        return worst.mark if worst is not None else ""

    @property
    def last_years_figures(self) -> Mapping[Pointer, int | Decimal]:
        """What last year's report says of the cells that rules set equal to it."""
        return self.session.last_years_figures if self.is_checked else {}

    @property
    def from_last_year(self) -> frozenset[Pointer]:
        """The cells in which a figure of last year's report stands, as a rule wants it."""
        known = self.last_years_figures
        return frozenset(p for p, value in known.items() if self.report.value_at(p) == value)

    def sources(self, pointer: Pointer) -> tuple[Pointer, ...]:
        """Return the cells of last year's report whose figures belong into a cell."""
        carried = self.session.report_type.checker.carried(self.session.form)
        return next((item.sources for item in carried if item.target == pointer), ())

    def has_typed_totals(self, page: Page) -> bool:
        """Tell whether the totals of a table are typed as a check."""
        return page.pointer in self.session.typed_totals

    def heading(self, page: Page) -> str:
        """Return the heading of a page, and how its totals come about where that is unusual."""
        typed = self.has_typed_totals(page)
        return page.heading + (self.say(_TYPED_HEADING) if typed else "")

    def has_totals(self, page: Page) -> bool:
        """Tell whether a table has totals."""
        tables = page.kind is PageKind.TABLE
        return tables and any(target.starts_with(page.pointer) for target in self.totals)

    def ordered(self) -> list[Finding]:
        """Return the open findings in the order in which a person walks through the report."""
        pages, order = self.pages, {p: i for i, p in enumerate(self.session.form.nodes)}
        return sorted(
            (
                finding
                for finding in self.findings.open
                if page_of(pages, finding.primary) is not None
            ),
            key=lambda finding: order[self._known(finding.primary)],
        )

    def suggestion_at(self, pointer: Pointer) -> Suggestion | None:
        """Return what is offered for a cell, as far as it was worked out."""
        for suggestion in self.session.known_suggestions:
            if suggestion.fix is not None and suggestion.primary == pointer:
                return suggestion
        return None

    def fix_at(self, pointer: Pointer) -> Fix | None:
        """Return what is offered at a place: for the cell itself, else for its worst finding."""
        suggestion = self.suggestion_at(pointer)
        if suggestion is not None:
            return suggestion.fix
        # To compute the total of a sum in which another cell is wrong would hide the error.
        known = self.session.known_suggestions
        explained = {one for item in known if item.fix is not None for one in item.settles}
        fixes = (
            finding.fix
            for finding in self.findings.at(pointer)
            if finding.identity not in explained
        )
        return next((fix for fix in fixes if fix is not None), None)

    def position(self, pointer: Pointer) -> int:
        """Return where a place stands in the order of the form; a strange key as what it is in."""
        return list(self.session.form.nodes).index(self._known(pointer))

    def place_near(self, pointer: Pointer) -> Pointer:
        """Return where the cursor can stand for a place: there, or at the first cell inside."""
        node = self.session.form.nodes[self._known(pointer)]
        return next((item.pointer for item in node.walk() if item.cell is not None), node.pointer)

    def _known(self, pointer: Pointer) -> Pointer:
        """Return a place, or the innermost one above it that the form knows."""
        form = self.session.form
        return next(node.pointer for node in form.upward(pointer) if node.pointer in form.nodes)

    def is_figure(self, pointer: Pointer) -> bool:
        """Tell whether a place is a cell of a table."""
        node = self.session.form.node(pointer)
        return node is not None and node.role is Role.CELL

    def is_prose(self, pointer: Pointer) -> bool:
        """Tell whether a place is a prose section."""
        node = self.session.form.node(pointer)
        return node is not None and node.role is Role.PROSE
