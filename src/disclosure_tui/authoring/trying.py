"""Tries the cases of a schema: each is a whole check of a base report with the case put in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from disclosure_tui.authoring.cases import Case, CaseFolder, Expected
from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Language, Text
from disclosure_tui.model.finding import Finding, Severity
from disclosure_tui.model.form import Form, Role
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Plain, Report
from disclosure_tui.prior import prior_at
from disclosure_tui.render.wording import Wording
from disclosure_tui.report_type import LoadedReportType
from disclosure_tui.rules.checker import CheckContext, CheckResult
from disclosure_tui.rules.context import PriorReport
from disclosure_tui.rules.registry import Instance

__all__ = ["Tried", "rule_names", "try_case", "try_cases"]

_COUNTED = {
    "held": Expected.HOLDS,
    "failed": Expected.FAILS,
    "undecided": Expected.UNDECIDED,
    "no_prior": Expected.NO_PRIOR,
    "inapplicable": Expected.SILENT,
}

VERDICT_WORDS = {
    Expected.HOLDS: Text("相符", "holds"),
    Expected.FAILS: Text("不符", "fails"),
    Expected.NOTES: Text("相符，有参考提示", "holds with a note"),
    Expected.SILENT: Text("不适用", "nothing to say"),
    Expected.UNDECIDED: Text("暂不判定", "undecided"),
    Expected.NO_PRIOR: Text("缺上年数，暂不判定", "undecided for want of last year's figure"),
}


@dataclass(frozen=True, slots=True)
class Tried:
    """A case that was tried.

    Attributes:
        case: The case.
        report_type: The report type it was tried on.
        problem: What differs, or None.
    """

    case: Case
    report_type: str
    problem: Text | None


@dataclass(frozen=True, slots=True)
class _Came:
    """What one instance of the rule came to."""

    verdict: Expected
    instance: str
    finding: Finding | None = None


def rule_names(loaded: LoadedReportType) -> frozenset[str]:
    """Return the ids of all rules of a report type, those about values' types included."""
    declared = {rule.identifier for rule in loaded.checker.rules}
    return frozenset(declared | _policies(loaded.form))


def _policies(form: Form) -> set[str]:
    return {
        policy.rule
        for node in form.nodes.values()
        for policy in node.findings.values()
        if not policy.off
    }


def try_cases(loaded: LoadedReportType, folder: CaseFolder) -> Iterator[Tried]:
    """Try the cases of a folder on a report type.

    A rule that this report type does not have is a problem too: a case says by `editions` where
    its rule exists, so that no misspelt name passes in silence.
    """
    name = loaded.form.report_type.name
    known = rule_names(loaded)
    for case in folder.of(name):
        if case.rule in known:
            yield Tried(case, name, try_case(loaded, folder, case))
        else:
            yield Tried(case, name, Text(f"没有规则【{case.rule}】", f"no rule {case.rule!r}"))


def try_case(loaded: LoadedReportType, folder: CaseFolder, case: Case) -> Text | None:
    """Try one case; return what differs, or None."""
    return _Trial(loaded, folder, case).problem()


class _Trial:
    """One case on one report type."""

    def __init__(self, loaded: LoadedReportType, folder: CaseFolder, case: Case) -> None:
        self._loaded, self._folder, self._case = loaded, folder, case
        self._base = folder.bases[loaded.form.report_type.name]
        year = self._base.value_at(("year",))
        self._year = year if isinstance(year, int) else 0

    def problem(self) -> Text | None:
        """Check the report of the case; say what differs from what the case says."""
        try:
            report = self._report()
            context = CheckContext(self._prior())
        except SchemaError as error:
            return error.what
        result = self._loaded.checker.check(report, context)
        came = list(self._verdicts(result))
        return _difference(self._case, came) or self._wording(result, came)

    def _report(self) -> Report:
        form = self._loaded.form
        zeros = {
            pointer: 0
            for pointer, node in form.nodes.items()
            if node.role is Role.CELL
            and any(pointer.starts_with(place) for place in self._case.zeroed)
        }
        report = _with(self._base, {**zeros, **self._dated(self._case.values)})
        populated = form.populated(report)
        for pointer in (*self._case.values, *self._case.zeroed):
            if populated.node(pointer) is None:
                raise _no_place(pointer)
        return report

    def _prior(self) -> PriorReport | None:
        """Return last year's report: a base report a year earlier, with its changes."""
        case, kind = self._case, self._loaded.form.report_type
        if case.before is None:
            return None
        name = f"{kind.name.partition('/')[0]}/{case.before_edition}"
        name = name if case.before_edition else kind.name
        base = self._folder.bases.get(name)
        if base is None:
            raise SchemaError(Text(f"没有 {name} 的底稿", f"there is no base report of {name}"))
        year = {Pointer.of("year"): self._year - 1}
        before = _with(base, {**year, **self._dated(case.before)})
        prior = prior_at(self._loaded.form, name, before.data)
        if prior is None:
            raise SchemaError(
                Text(f"{name} 不是可比的上年格式", f"{name} is no report type of last year's")
            )
        return prior

    def _dated(self, values: Mapping[Pointer, Plain]) -> dict[Pointer, Plain]:
        return {place: _dated(value, self._year) for place, value in values.items()}

    def _verdicts(self, result: CheckResult) -> Iterator[_Came]:
        """Yield what the instances of the rule came to."""
        basis = result.basis
        declared = False
        for instance, verdicts in zip(basis.prepared.instances, basis.verdicts, strict=True):
            if instance.rule.identifier == self._case.rule:
                declared = True
                yield from _came(instance, verdicts.counted, verdicts.findings)
        if self._case.rule in _policies(result.form):
            yield from self._about_values(result, declared=declared)

    def _about_values(self, result: CheckResult, *, declared: bool) -> Iterator[_Came]:
        """Yield the findings about values' types; a rule without any holds."""
        basis = result.basis
        every = (*basis.about_values, *basis.about_blanks.values())
        found = [finding for finding in every if finding.rule == self._case.rule]
        yield from (_Came(Expected.FAILS, finding.instance, finding) for finding in found)
        if not found and not declared:
            yield _Came(Expected.HOLDS, "")

    def _wording(self, result: CheckResult, came: list[_Came]) -> Text | None:
        """Say which piece of text no finding has."""
        if not self._case.says:
            return None
        words = [Wording(result.form, language, self._year) for language in Language]
        findings = [one.finding for one in came if one.finding is not None]
        told = "\n".join(each.panel(finding) for finding in findings for each in words)
        for piece in self._case.says:
            if piece not in told:
                return Text(f"提示中没有【{piece}】", f"no finding says {piece!r}")
        return None


def _came(
    instance: Instance, counted: Sequence[str], findings: Sequence[Finding]
) -> Iterator[_Came]:
    """Join the verdicts of an instance and its findings.

    Whatever does not hold has a finding, in the same order; what holds may have a note.
    """
    left = list(reversed(findings))
    usual = instance.rule.severity
    for verdict in map(_COUNTED.__getitem__, counted):
        light = bool(left) and left[-1].severity is Severity.NOTE is not usual
        if not light and verdict in (Expected.HOLDS, Expected.SILENT):
            yield _Came(verdict, instance.name)
            continue
        finding = left.pop()
        noted = light and verdict in (Expected.HOLDS, Expected.FAILS)
        yield _Came(Expected.NOTES if noted else verdict, finding.instance, finding)


_MOST_NAMED = 3

_FORBIDDEN = {
    Expected.HOLDS: {Expected.FAILS, Expected.NOTES, Expected.UNDECIDED},
    Expected.NOTES: {Expected.FAILS, Expected.UNDECIDED},
    Expected.SILENT: {Expected.FAILS, Expected.NOTES, Expected.UNDECIDED, Expected.HOLDS},
    Expected.UNDECIDED: {Expected.FAILS},
}
"""What no other instance of the rule may come to at the same time."""


def _difference(case: Case, came: list[_Came]) -> Text | None:
    told = {one.verdict for one in came} or {Expected.SILENT}
    fitting = [one.instance for one in came if one.verdict is case.expected]
    if case.expected not in told or told & _FORBIDDEN.get(case.expected, set()):
        return Text("应为 ", "expected: ") + VERDICT_WORDS[case.expected] + _list(came)
    exact = case.expected is not Expected.HOLDS
    if case.at is not None and (
        sorted(fitting) != sorted(case.at) if exact else not set(case.at) <= set(fitting)
    ):
        wanted, got = _names(case.at), _names(fitting)
        words = VERDICT_WORDS[case.expected]
        return Text(
            f"应在 {wanted.zh} {words.zh}，实际在 {got.zh}",
            f"{words.en} at {got.en}, not at {wanted.en}",
        )
    return None


def _list(came: list[_Came]) -> Text:
    """Say what the instances came to, those that have something to say first."""
    if not came:
        return Text("，实际没有判定", "; nothing was judged")
    order = list(Expected)
    first = min(came, key=lambda one: (one.verdict is Expected.HOLDS, order.index(one.verdict)))
    same = [one.instance for one in came if one.verdict is first.verdict]
    names, words = _names(same), VERDICT_WORDS[first.verdict]
    return Text(f"，实际 {words.zh}（{names.zh}）", f"; it is: {words.en} ({names.en})")


def _names(instances: Sequence[str]) -> Text:
    """Name a few instances; one without a name is the whole of its level."""
    names = [instance or '""' for instance in instances[:_MOST_NAMED]]
    names += ["..."] if len(instances) > _MOST_NAMED else []
    return Text("、".join(names) or "无", ", ".join(names) or "none")


def _no_place(pointer: Pointer) -> SchemaError:
    path = ".".join(pointer)
    return SchemaError(Text(f"格式里没有【{path}】", f"the form has no place {path!r}"))


def _with(report: Report, values: Mapping[Pointer, Plain]) -> Report:
    data = report.data
    for pointer, value in values.items():
        data = _put(data, pointer, value)
    return Report(data)


def _put(node: Plain, keys: tuple[str, ...], value: Plain) -> Plain:
    if not keys:
        return value
    copy: dict[str, Any] = dict(node) if isinstance(node, Mapping) else {}
    copy[keys[0]] = _put(copy.get(keys[0]), keys[1:], value)
    return copy


def _dated(value: Plain, year: int) -> Plain:
    """Fill in the years that a text speaks of."""
    if not isinstance(value, str):
        return value
    for written, number in (("{year-1}", year - 1), ("{year+1}", year + 1), ("{year}", year)):
        value = value.replace(written, str(number))
    return value
