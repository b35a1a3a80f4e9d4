"""Conformance: what the form's types say of every value, as findings worded for filers.

The verdict is that of the JSON Schema validator; this module names the place and finds the
words. Blanks, decimals, years and the statistic period are checked here, since JSON Schema
cannot say them (dialect, `x-findings` and section 7).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
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
from disclosure_tui.model.pointer import ROOT, Pointer
from disclosure_tui.model.report import Plain, Report, Scalar
from disclosure_tui.rules import conformance_texts as texts

__all__ = ["Conformance", "blanks"]


@dataclass(frozen=True)
class Conformance:
    """Checks reports against the types of one form."""

    form: Form

    @cached_property
    def _validator(self) -> Any:
        from jsonschema import Draft202012Validator, FormatChecker
        from referencing import Registry
        from referencing.jsonschema import DRAFT202012

        registry: Registry[Any] = Registry().with_resources(
            (uri, DRAFT202012.create_resource(item)) for uri, item in self.form.resources.items()
        )
        return Draft202012Validator(
            self.form.resources[self.form.identifier],
            # Crawled once here, or every look-up of an anchor would crawl again.
            registry=registry.crawl(),
            format_checker=FormatChecker(["date"]),
        )

    def findings(
        self, form: Form, report: Report, waiting: Mapping[Pointer, tuple[Pointer, ...]]
    ) -> Iterator[Finding]:
        """Yield what is wrong with the values of a report, blanks included.

        Args:
            form: The form with the entry rows of the report.
            report: The report.
            waiting: Its blanks that count, as `blanks` gives them.
        """
        said: set[Identity] = set()
        for finding in self._all(form, report, waiting):
            # Two faults of one value under one name are one finding.
            if finding.identity not in said:
                said.add(finding.identity)
                yield finding

    def _all(
        self, form: Form, report: Report, waiting: Mapping[Pointer, tuple[Pointer, ...]]
    ) -> Iterator[Finding]:
        blank = {pointer for pointers in waiting.values() for pointer in pointers}
        for error in _sifted(self._validator.iter_errors(report.data), blank):
            yield from _from_error(form, error)
        yield from _decimals(form, report)
        yield from _envelope(form, report)
        yield from _dangling(form, report)
        yield from _blank_findings(form, waiting)


def _sifted(errors: Iterable[Any], blank: Collection[Pointer]) -> Iterator[Any]:
    """Leave out what would be said twice.

    An empty text is a blank, and of a value of a wrong type nothing else is worth saying.
    """
    found = [(_pointer(inner), inner) for error in errors for inner in _alternative(error)]
    mistyped = {pointer for pointer, error in found if error.validator == "type"}
    for pointer, error in found:
        if pointer not in blank and (error.validator == "type" or pointer not in mistyped):
            yield error


def _pointer(error: Any) -> Pointer:
    return Pointer(str(key) for key in error.absolute_path)


def _alternative(error: Any) -> Iterator[Any]:
    """Replace a failed `anyOf` by the faults of the alternative that the value is meant as."""
    if error.validator == "anyOf":
        branches: dict[Any, list[Any]] = {}
        for inner in error.context:
            branches.setdefault(inner.relative_schema_path[0], []).append(inner)
        for branch in branches.values():
            if not any(_of_another_type(inner, error) for inner in branch):
                for inner in branch:
                    yield from _alternative(inner)
                return
    yield error


def _of_another_type(inner: Any, outer: Any) -> bool:
    same_value = inner.absolute_path == outer.absolute_path
    return same_value and inner.validator in ("type", "enum")


def _from_error(form: Form, error: Any) -> Iterator[Finding]:
    pointer = _pointer(error)
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
    severity = Severity.QUERY if category == "blank" else Severity.ERROR
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
    for node in form.cells:
        value = report.value_at(node.pointer)
        if isinstance(value, Decimal) and node.cell is not None and not node.cell.integral:
            exponent = value.as_tuple().exponent
            if isinstance(exponent, int) and -exponent > node.cell.decimals:
                worded = texts.too_many_decimals(node.cell, value)
                yield _finding(form, node.pointer, "decimals", worded)


def _envelope(form: Form, report: Report) -> Iterator[Finding]:
    """Check year and statistic period against what the edition says."""
    kind = form.report_type
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


def blanks(
    form: Form, report: Report, absent: tuple[Pointer, ...] = ()
) -> dict[Pointer, tuple[Pointer, ...]]:
    """Return the blanks that count, by table, block or prose section.

    A blank counts for table cells and for prose with a section number. What lies under a
    value of the wrong shape is not called blank: that value has its own finding.

    Args:
        form: The form with the entry rows of the report.
        report: The report.
        absent: Rows and sections that do not exist now.
    """
    found: dict[Pointer, list[Pointer]] = {}
    for node in form.nodes.values():
        numbered = node.section is not None and bool(node.section.number)
        if node.role is Role.CELL or (node.role is Role.PROSE and numbered):
            policy = node.findings.get("blank")
            exists = not any(node.pointer.starts_with(pointer) for pointer in absent)
            asked = policy is None or not policy.off
            if exists and asked and _is_blank(report, node.pointer):
                found.setdefault(_blank_group(form, node), []).append(node.pointer)
    return {group: tuple(pointers) for group, pointers in found.items()}


def _is_blank(report: Report, pointer: Pointer) -> bool:
    value: Plain = report.data
    for key in pointer:
        if value is None:
            return True
        if not isinstance(value, Mapping):
            return False
        value = value.get(key)
    return value is None or (isinstance(value, str) and not value.strip())


def _blank_group(form: Form, node: Node) -> Pointer:
    group = form.nearest(node.pointer, Role.BLOCK, Role.TABLE) if node.role is Role.CELL else None
    return group.pointer if group is not None else node.pointer


def _blank_findings(
    form: Form, waiting: Mapping[Pointer, tuple[Pointer, ...]]
) -> Iterator[Finding]:
    for group, pointers in waiting.items():
        level = _level(form, group)
        policy = _policy(form, pointers[0], "blank")
        prose = len(pointers) == 1 and pointers[0] == group
        worded = texts.blank_prose() if prose else texts.blank_cells(len(pointers))
        arguments: dict[str, Argument] = {
            "place": LabelOf(group, Place.PATH),
            "first": LabelOf(pointers[0], Place.PATH),
            **worded.arguments,
        }
        yield Finding(
            rule=policy.rule,
            level=ROOT if prose else level,
            instance=""
            if prose and policy.rule != "schema.blank"
            else ".".join(group.below(level)),
            severity=policy.severity,
            state=State.OPEN,
            pointers=pointers,
            line=Message(worded.line, arguments),
            message=Message(worded.panel, arguments),
        )


def scalar_text(value: Scalar) -> str:
    """Return a value for a message, as it stands in the file."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)
