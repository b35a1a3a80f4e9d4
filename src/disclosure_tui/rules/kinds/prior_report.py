"""Rule kind `prior_report`: last year's figures are there to compare with.

What it checks: every rule that reads `prior.` finds what it reads. Where figures are missing, one
finding says how many, of which rows, and what can be done; the rules themselves stay undecided
and are not shown one by one. Where last year's report is of an edition that has no such figures,
a note says what cannot be compared.
Example: `{"id": "X-PRIOR", "prior_report": "compared"}` at the root of a report type.
How to fix: name last year's file, or type the figures of the paper report into `prior.values`;
an office that had no report last year writes an explanation.
Source: dialect, section 7; users research, section 2, no. 9.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Language, Text
from disclosure_tui.model.finding import Argument, Message, Severity
from disclosure_tui.model.form import Form, Label, Role
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.expression import Inapplicable, Missing, Operand, Path, Undecided
from disclosure_tui.rules.kind import Read, Worded, described
from disclosure_tui.rules.outcome import Beside, ManyOutcomes, Outcome
from disclosure_tui.rules.scope import Scope

__all__ = ["KIND"]

_PRIOR = Pointer.of("prior")
_YEAR = Operand(Pointer.of("year"))
_YEAR_BEFORE = Operand(Pointer.of("year"), prior=True)

_VERDICTS = {Missing.NO_PRIOR: Undecided, Missing.NOT_APPLICABLE: Inapplicable}
"""The verdict of a rule that lacks a figure for this reason."""

_Lacking = Mapping[str, tuple[Pointer, ...]]
"""By rule, the figures of last year that it lacks; each figure once, at the first rule."""


def _figures(form: Form, item: Beside) -> Iterator[Operand]:
    """Yield the figures of last year that a rule reads."""
    for operand in item.operands:
        node = form.node(operand.pointer) if operand.prior else None
        if node is not None and node.role is Role.CELL:
            yield operand


def _once(lacking: Iterable[Outcome]) -> _Lacking:
    """Leave out the figures that a rule before lacks too."""
    found: dict[str, tuple[Pointer, ...]] = {}
    known: set[Pointer] = set()
    for outcome in lacking:
        fresh = [pointer for pointer in outcome.pointers if pointer not in known]
        if fresh:
            known.update(fresh)
            found[outcome.name] = (*found.get(outcome.name, ()), *fresh)
    return found


@dataclass(frozen=True)
class _LackingAt(ManyOutcomes):
    """What one rule lacks: an outcome named as the rule, with the figures as its pointers."""

    form: Form
    item: Beside

    @property
    def operands(self) -> tuple[Operand, ...]:
        """What the rule reads."""
        return self.item.operands

    @property
    def primary(self) -> tuple[Pointer, ...]:
        """The finding is not about the cells of the rule."""
        return ()

    def _is_of_form(self, pointer: Pointer) -> bool:
        """Tell whether a figure could be there: a row that is new this year has none before."""
        return not self.form.may_lack_entries or self.form.was_there(pointer)

    def outcomes(self, read: Read) -> tuple[Outcome, ...]:
        """Name the figures; what is decided without last year's report lacks none."""
        truth = self.item.truth(read)
        for reason, verdict in _VERDICTS.items():
            if truth is not None and isinstance(truth, verdict):
                lacking: Iterable[Pointer] = (
                    o.pointer for o in _figures(self.form, self.item) if read(o) is reason
                )
                if reason is Missing.NOT_APPLICABLE:
                    lacking = filter(self._is_of_form, lacking)
                pointers = tuple(dict.fromkeys(lacking))
                return (Outcome(self.item.rule, truth, pointers),) if pointers else ()
        return ()


@dataclass(frozen=True)
class _PriorReportAt(ManyOutcomes):
    """The question, with the rules of the form that read last year's report."""

    form: Form
    others: tuple[Beside, ...] = ()

    @property
    def operands(self) -> tuple[Operand, ...]:
        """Everything that the rules read on which it depends whether they lack something."""
        read = (operand for item in self.others for operand in item.operands)
        return tuple(dict.fromkeys((*self.shared, *read)))

    @property
    def shared(self) -> tuple[Operand, ...]:
        """The two years."""
        return (_YEAR, _YEAR_BEFORE)

    @property
    def parts(self) -> Sequence[_LackingAt]:
        """Every rule lacks figures or not, whatever the others do."""
        return tuple(_LackingAt(self.form, item) for item in self.others)

    @property
    def primary(self) -> tuple[Pointer, ...]:
        """Where last year's report is named."""
        return (_PRIOR,)

    def beside(self, others: Sequence[Beside]) -> _PriorReportAt:
        """Keep those that read figures of last year."""
        reading = (item for item in others if any(_figures(self.form, item)))
        return replace(self, others=tuple(reading))

    def outcomes(self, read: Read) -> tuple[Outcome, ...]:
        """Say what is missing, then what the other edition does not have."""
        return self.joined([part.outcomes(read) for part in self.parts], read)

    def joined(self, found: Sequence[tuple[Outcome, ...]], read: Read) -> tuple[Outcome, ...]:
        """Say what the rules lack together."""
        year = read(_YEAR)
        if not isinstance(year, int):
            return ()
        lacking = [outcome for outcomes in found for outcome in outcomes]
        missing = _once(item for item in lacking if isinstance(item.truth, Undecided))
        outcomes = [self._missing(missing, year, read) if missing else Outcome("", truth=True)]
        if read(_YEAR_BEFORE) is not Missing.NO_PRIOR:
            apart = _once(item for item in lacking if isinstance(item.truth, Inapplicable))
            outcomes.extend([self._incomparable(apart, year)] if apart else [])
        return tuple(outcomes)

    def _missing(self, lacking: _Lacking, year: int, read: Read) -> Outcome:
        found = read(_YEAR_BEFORE) is not Missing.NO_PRIOR
        line, panel = (_INCOMPLETE, _INCOMPLETE_PANEL) if found else (_NONE, _NONE_PANEL)
        return self._outcome("", lacking, year, line, panel)

    def _incomparable(self, lacking: _Lacking, year: int) -> Outcome:
        outcome = self._outcome("edition", lacking, year, _EDITION, _EDITION_PANEL)
        return replace(outcome, severity=Severity.NOTE)

    def _outcome(self, name: str, lacking: _Lacking, year: int, line: Text, panel: Text) -> Outcome:
        arguments: dict[str, Argument] = {
            "count": sum(map(len, lacking.values())),
            "listed": _joined(self._listed(lacking), Text("；", "; ")),
            "year": year - 1,
        }
        nothing = Message(Text("", ""))
        worded = Worded(Message(line, arguments), Message(panel, arguments), nothing)
        return Outcome(name, truth=False, pointers=(_PRIOR,), operands=(_YEAR,), worded=worded)

    def _listed(self, lacking: _Lacking) -> Iterator[Text]:
        """Name the figures of each rule by what they have in common: 四、结转下年 7 个数."""
        counted: dict[Text, int] = {}
        for pointers in lacking.values():
            name = self._in_common(pointers)
            counted[name] = counted.get(name, 0) + len(pointers)
        for name, count in counted.items():
            yield name + Text(f" {count} 个数", f" {count}")

    def _in_common(self, pointers: tuple[Pointer, ...]) -> Text:
        above = [self.form.nearest(pointer, Role.ROW) for pointer in pointers]
        rows = {row.pointer: row for row in above if row is not None}
        columns = {_short(self.form.nodes[pointer].label) for pointer in pointers}
        if len(rows) == 1:
            return _short(next(iter(rows.values())).label)
        section = self.form.section_of(pointers[0])
        name = _short(section.label) if section is not None else Text("", "")
        named = sorted(columns, key=lambda text: text.zh)
        return name + Text(" ", " ") + _joined(iter(named), Text("、", ", "))


def _joined(texts: Iterator[Text], between: Text) -> Text:
    listed = list(texts)
    return Text(between.zh.join(t.zh for t in listed), between.en.join(t.en for t in listed))


def _short(label: Label) -> Text:
    return Text(label.short(Language.CHINESE), label.short(Language.ENGLISH))


_NONE = Text(
    "没有找到可用的 {year} 年年报，{count} 个数未与上年核对",
    "no report of {year} to use: {count} figures are not compared with last year",
)
_NONE_PANEL = Text(
    "没有找到本单位可用的 {year} 年年报，这 {count} 个数未与上年核对：{listed}。",
    "There is no report of {year} to use, so these {count} figures are not compared: {listed}.",
)
_INCOMPLETE = Text(
    "{year} 年年报缺 {count} 个要核对的数",
    "last year's report lacks {count} figures to compare with",
)
_INCOMPLETE_PANEL = Text(
    "{year} 年年报没有这 {count} 个数，未与上年核对：{listed}。",
    "The report of {year} lacks these {count} figures, which are not compared: {listed}.",
)
_EDITION = Text(
    "{year} 年年报用另一格式版本，{count} 个数不能比较",
    "the report of {year} is of another edition: {count} figures cannot be compared",
)
_EDITION_PANEL = Text(
    "{year} 年年报用的是另一格式版本，没有这 {count} 个数可比，不与上年核对：{listed}。",
    "The report of {year} is of another edition, which does not have these {count} figures: "
    "{listed}.",
)


@dataclass(frozen=True, slots=True)
class _PriorReport:
    """The declaration; it says nothing but that the question is asked."""

    @property
    def paths(self) -> tuple[Path, ...]:
        """It names no path of its own."""
        return ()

    def bind(self, scope: Scope, totals: frozenset[Pointer]) -> _PriorReportAt:
        """Tie it to the form; the other rules come when all are bound."""
        del totals
        return _PriorReportAt(scope.form)

    def formula(self, label: Callable[[Path], Text]) -> Text:
        """Say what is asked."""
        del label
        return Text(
            "校验规则要比较的上年的数都有",
            "every figure of last year that a rule compares with is there",
        )

    def targets(self, scope: Scope) -> frozenset[Pointer]:
        """It makes no totals."""
        del scope
        return frozenset()


class _PriorReportKind:
    """The kind."""

    keyword = "prior_report"
    item_schema: Mapping[str, Any] = {
        "prior_report": {
            "enum": ["compared"],
            **described(
                "规则要读的上年的数都有。",
                "Every figure of last year's report that a rule reads is there.",
            ),
        }
    }

    def parse(self, item: Mapping[str, Any]) -> _PriorReport:
        """There is nothing to read."""
        del item
        return _PriorReport()


KIND = _PriorReportKind()
