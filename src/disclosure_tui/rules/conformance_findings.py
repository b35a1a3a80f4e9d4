"""From what is wrong with the values of a report to findings worded for filers.

The verdict is that of the JSON Schema validator; here the place is named and the words are found.
Decimals, years and the statistic period are checked here, since JSON Schema cannot say them
(dialect, `x-findings` and section 7).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from disclosure_tui.model.finding import (
    Argument,
    Finding,
    Identity,
    LabelOf,
    Message,
    Place,
    Severity,
    State,
)
from disclosure_tui.model.form import FindingPolicy, Form, Node, Role
from disclosure_tui.model.node import is_entry_key
from disclosure_tui.model.origin import OVERLAY
from disclosure_tui.model.pointer import ROOT, Pointer
from disclosure_tui.model.report import Plain, Report
from disclosure_tui.rules import conformance_texts as texts
from disclosure_tui.rules.conformance import Fault

__all__ = ["blank_finding", "distinct", "fault_findings", "with_values"]


def fault_findings(
    form: Form, report: Report, faults: Iterable[Fault], blank: Collection[Pointer]
) -> tuple[Finding, ...]:
    """Return what is wrong with the values of a report, blanks apart.

    Args:
        form: The form with the entry rows of the report.
        report: The report.
        faults: What the validator says.
        blank: The blanks that count: nothing else is said of them.
    """
    found: list[Finding] = []
    for fault in _sifted(faults, blank):
        found.extend(_from_error(form, fault.pointer, fault.error))
    found.extend(_decimals(form, report))
    found.extend(_entries(form, report))
    found.extend(_envelope(form, report))
    found.extend(_dangling(form, report))
    return tuple(with_values(finding, report) for finding in distinct(found))


def distinct(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings, of those with one name only the first."""
    said: set[Identity] = set()
    for finding in findings:
        if finding.identity not in said:
            said.add(finding.identity)
            yield finding


def with_values(finding: Finding, report: Report) -> Finding:
    """Note what a finding about the values themselves was decided on."""
    values = {str(pointer): report.value_at(pointer) for pointer in finding.pointers}
    return replace(finding, values=values)


def _sifted(faults: Iterable[Fault], blank: Collection[Pointer]) -> Iterator[Fault]:
    """Leave out what would be said twice.

    An empty text is a blank, and of a value of a wrong type nothing else is worth saying.
    """
    found = list(faults)
    mistyped = {fault.pointer for fault in found if fault.error.validator == "type"}
    for fault in found:
        of_type = fault.error.validator == "type"
        if fault.pointer not in blank and (of_type or fault.pointer not in mistyped):
            yield fault


def _from_error(form: Form, pointer: Pointer, error: Any) -> Iterator[Finding]:
    keyword, value = error.validator, error.instance
    if keyword in ("unevaluatedProperties", "additionalProperties"):
        yield from _unknown_keys(form, pointer, error)
    elif keyword == "required":
        for key in error.validator_value:
            if isinstance(value, Mapping) and key not in value:
                yield _finding(form, pointer / key, "required", texts.required())
    elif keyword in ("type", "anyOf", "enum"):
        yield _mistyped(form, pointer, keyword, value, error)
    else:
        worded = texts.for_keyword(keyword, error.validator_value, value)
        yield _finding(form, pointer, keyword, worded)


def _unknown_keys(form: Form, pointer: Pointer, error: Any) -> Iterator[Finding]:
    node = form.node(pointer)
    known = [child.key for child in node.children] if node is not None else []
    if (node is not None and node.role is Role.OPEN_MAP) or not known:
        known = list(error.schema.get("properties", {}))
    for key in error.instance:
        if key not in known:
            worded = texts.unknown_key(key, known)
            yield _finding(form, pointer / str(key), error.validator, worded)


def _mistyped(form: Form, pointer: Pointer, keyword: str, value: Plain, error: Any) -> Finding:
    node = form.node(pointer)
    cell = node.cell if node is not None else None
    if value is None:
        return _finding(form, pointer, "required", texts.required())
    if cell is None or isinstance(value, Mapping | list):
        wanted = error.validator_value if keyword == "type" else ()
        types = frozenset([wanted] if isinstance(wanted, str) else wanted)
        return _finding(form, pointer, keyword, texts.wrong_shape(types, value))
    if cell.numeric and isinstance(value, str):
        category = "code" if cell.codes else "text"
        if category not in node_policies(node):
            category = "type" if keyword == "anyOf" else keyword
        return _finding(form, pointer, category, texts.not_a_figure(cell, value))
    if cell.numeric:
        return _finding(form, pointer, "type", texts.not_whole(cell, value))
    if cell.values:
        return _finding(form, pointer, keyword, texts.not_listed(cell, value))
    return _finding(form, pointer, keyword, texts.read_as_other(cell, value))


def node_policies(node: Node | None) -> Mapping[str, FindingPolicy]:
    """Return the names and weights of conformance findings at a node."""
    return node.findings if node is not None else {}


def _policy(form: Form, pointer: Pointer, category: str) -> FindingPolicy:
    for length in range(len(pointer), -1, -1):
        node = form.node(pointer[:length])
        if node is not None:
            found = node.findings.get(category)
            if found is not None:
                return found
            break
    severity = Severity.QUERY if category in ("blank", "missing") else Severity.ERROR
    return FindingPolicy(f"schema.{category}", severity)


def _level(form: Form, pointer: Pointer) -> Pointer:
    table = form.nearest(pointer, Role.TABLE)
    return table.pointer if table is not None else ROOT


def _finding(form: Form, pointer: Pointer, category: str, worded: texts.Worded) -> Finding:
    policy = _policy(form, pointer, category)
    level = _level(form, pointer)
    place: dict[str, Argument] = {"place": LabelOf(pointer, Place.PATH)}
    return Finding(
        rule=policy.rule,
        level=level,
        instance=".".join(pointer.below(level)),
        severity=policy.severity,
        state=State.OPEN,
        pointers=(pointer,),
        line=Message(worded.line, {**place, **worded.arguments}),
        message=Message(worded.panel, {**place, **worded.arguments}),
    )


def _decimals(form: Form, report: Report) -> Iterator[Finding]:
    for node in form.amounts:
        value = report.value_at(node.pointer)
        if isinstance(value, Decimal) and node.cell is not None:
            exponent = value.as_tuple().exponent
            if isinstance(exponent, int) and -exponent > node.cell.decimals:
                worded = texts.too_many_decimals(node.cell, value)
                yield _finding(form, node.pointer, "decimals", worded)


def _entries(form: Form, report: Report) -> Iterator[Finding]:
    """Compare the keys of entry rows with those of the map they are of (dialect, `x-entries`)."""
    for node in form.entry_nodes:
        assert node.entries is not None
        listed = report.value_at(node.entries.source) if node.entries.source else None
        known = tuple(map(str, listed)) if isinstance(listed, Mapping) else ()
        keys = [child.key for child in node.children]
        for key in keys:
            if not is_entry_key(key):
                yield _finding(form, node.pointer / key, "entry", texts.unfit_key(key))
            elif node.entries.source and key not in known:
                place = Pointer(node.entries.source)
                worded = texts.unlisted_entry(key, known)
                yield _of_entry(_finding(form, node.pointer / key, "entry", worded), place)
        if node.entries.complete:
            for key in known:
                if key not in keys and is_entry_key(key):
                    worded = texts.missing_entry(key)
                    found = _finding(form, node.pointer / key, "missing", worded)
                    yield replace(found, pointers=(node.pointer,))


def _of_entry(finding: Finding, source: Pointer) -> Finding:
    slots: dict[str, Argument] = {"source": LabelOf(source, Place.PATH)}
    return replace(
        finding,
        line=replace(finding.line, arguments={**finding.line.arguments, **slots}),
        message=replace(finding.message, arguments={**finding.message.arguments, **slots}),
    )


def _envelope(form: Form, report: Report) -> Iterator[Finding]:
    """Check overlay, year and statistic period against what is in force."""
    kind = form.report_type
    named = report.value_at(OVERLAY)
    present = "" if form.overlay is None else form.overlay.identifier
    if isinstance(named, str) and named and named != present:
        worded = texts.missing_overlay(named, form.overlay)
        yield _at_root(form, (OVERLAY,), "overlay", worded)
    year = report.value_at(("year",))
    if not isinstance(year, int) or isinstance(year, bool):
        return
    early = kind.first_year is not None and year < kind.first_year
    late = kind.last_year is not None and year > kind.last_year
    if early or late:
        worded = texts.wrong_year(year, kind)
        yield _at_root(form, (Pointer.of("year"),), "years", worded)
    wanted = {
        key: template.replace("{year}", str(year)).replace("{year-1}", str(year - 1))
        for key, template in kind.period.items()
    }
    given = {key: report.value_at(("period", key)) for key in wanted}
    wrong = [key for key in wanted if isinstance(given[key], str) and given[key] != wanted[key]]
    if wrong:
        worded = texts.wrong_period(wanted, {key: given[key] for key in wrong})
        pointers = tuple(Pointer.of("period", key) for key in wrong)
        yield _at_root(form, pointers, "period", worded)


def _at_root(
    form: Form, pointers: tuple[Pointer, ...], category: str, worded: texts.Worded
) -> Finding:
    policy = form.root.findings.get(category) or FindingPolicy(f"report.{category}", Severity.ERROR)
    arguments: dict[str, Argument] = {
        "place": LabelOf(Pointer(pointers[0][:1]), Place.PATH),
        **worded.arguments,
    }
    return Finding(
        rule=policy.rule,
        level=ROOT,
        instance="",
        severity=policy.severity,
        state=State.OPEN,
        pointers=pointers,
        line=Message(worded.line, arguments),
        message=Message(worded.panel, arguments),
    )


MOST_DANGLING = 50
"""More notes of a map than this that name no place are one finding: nobody reads on."""


def _dangling(form: Form, report: Report) -> Iterator[Finding]:
    """Warn of notes and remarks that name no place of the form (dialect, section 9)."""
    for key in ("notes", "remarks"):
        kept = report.value_at((key,))
        found = (
            [] if not isinstance(kept, Mapping) else [one for one in kept if _unknown(form, one)]
        )
        if len(found) > MOST_DANGLING:
            yield _left_out(form, Pointer.of(key), texts.many_dangling(found[0], len(found)))
            continue
        for text in found:
            yield _left_out(form, Pointer.of(key, text), texts.dangling(text))


def _unknown(form: Form, text: str) -> bool:
    try:
        return form.node(Pointer.parse(text)) is None
    except ValueError:
        return True


def _left_out(form: Form, pointer: Pointer, worded: texts.Worded) -> Finding:
    found = _finding(form, pointer, "dangling", worded)
    return Finding(
        rule="report.dangling",
        level=ROOT,
        instance=found.instance,
        severity=Severity.WARNING,
        state=State.OPEN,
        pointers=found.pointers,
        line=found.line,
        message=found.message,
    )


def blank_finding(form: Form, group: Pointer, pointers: tuple[Pointer, ...]) -> Finding:
    """Return the finding about the blanks of one table, block or section."""
    level = _level(form, group)
    policy = _policy(form, pointers[0], "blank")
    prose = len(pointers) == 1 and pointers[0] == group
    worded = texts.blank_prose() if prose else texts.blank_cells(len(pointers))
    arguments: dict[str, Argument] = {
        "place": LabelOf(group, Place.PATH),
        "first": LabelOf(pointers[0], Place.PATH),
        **worded.arguments,
    }
    own_name = prose and policy.rule != "schema.blank"
    return Finding(
        rule=policy.rule,
        level=ROOT if prose else level,
        instance="" if own_name else ".".join(group.below(level)),
        severity=policy.severity,
        state=State.OPEN,
        pointers=pointers,
        line=Message(worded.line, arguments),
        message=Message(worded.panel, arguments),
    )
