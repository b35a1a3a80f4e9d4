"""A rule at one place: what it found there, and the cells it is about. No Textual."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from disclosure_tui.data_class import dataclass
from disclosure_tui.explaining import explained
from disclosure_tui.language import Text
from disclosure_tui.model.finding import Finding, Identity
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.render.wording import number_text
from disclosure_tui.tui.filling import Filling

__all__ = ["CellLink", "RuleAtPlace", "of_finding", "rules_at"]

_PRIOR = "prior:"


@dataclass(frozen=True, slots=True)
class CellLink:
    """A cell that a rule is about.

    Attributes:
        pointer: Where it is.
        line: Its label and its figure; of last year's report, it says so.
    """

    pointer: Pointer
    line: str


@dataclass(frozen=True, slots=True)
class RuleAtPlace:
    """A rule where it is applied.

    Attributes:
        identifier: `T3-BAL`.
        line: What it says there, in one line.
        paragraphs: What it found in full, then what the rule is; each with whether it is a heading.
        cells: The cells it is about, in the order of its message.
        finding: What it found, or None where it holds.
    """

    identifier: str
    line: str
    paragraphs: tuple[tuple[str, bool], ...]
    cells: tuple[CellLink, ...]
    finding: Finding | None = None


def rules_at(filling: Filling, pointer: Pointer) -> tuple[RuleAtPlace, ...]:
    """Return what was found at a place, worst first, then the rules that hold there."""
    found = filling.findings.at(pointer)
    known = {finding.identity for finding in filling.findings}
    return (*(of_finding(filling, one) for one in found), *_holding(filling, pointer, known))


def of_finding(filling: Filling, finding: Finding) -> RuleAtPlace:
    """Return the rule of a finding with the figures it was decided on."""
    wording = filling.wording
    places = [(pointer, False) for pointer in finding.pointers]
    for name in finding.values:
        prior = name.startswith(_PRIOR)
        places.append((Pointer.parse(name.removeprefix(_PRIOR)), prior))
    paragraphs = ((wording.panel(finding), False), *_rule_text(filling, finding.rule))
    cells = tuple(_links(filling, places))
    return RuleAtPlace(finding.rule, wording.line(finding), paragraphs, cells, finding)


def _holding(filling: Filling, pointer: Pointer, known: set[Identity]) -> Iterator[RuleAtPlace]:
    """Yield the rules that use a cell and have nothing to say about it."""
    session = filling.session
    for instance in session.report_type.checker.instances(session.form):
        operands = instance.evaluator.operands
        rule = instance.rule
        used = any(operand.pointer == pointer and not operand.prior for operand in operands)
        if not used or (rule.identifier, rule.level, instance.name) in known:
            continue
        what = rule.description or Text(rule.identifier, rule.identifier)
        line = filling.say(Text("相符：", "holds: ") + what)
        cells = tuple(_links(filling, ((each.pointer, each.prior) for each in operands)))
        yield RuleAtPlace(
            rule.identifier, line, tuple(_rule_text(filling, rule.identifier))[1:], cells
        )


def _rule_text(filling: Filling, identifier: str) -> Iterator[tuple[str, bool]]:
    """Yield what `disclosure rules explain` says, its first line as a heading."""
    text = explained(filling.session.report_type, identifier, filling.language)
    for index, line in enumerate(text.splitlines()):
        if not index:
            yield "", False
        yield line.strip(), not index


def _links(filling: Filling, places: Iterable[tuple[Pointer, bool]]) -> Iterator[CellLink]:
    for pointer, prior in dict.fromkeys(places):
        node = filling.session.form.node(pointer)
        path = filling.wording.path(pointer)
        if prior:
            found = filling.session.prior.prior
            value = None if found is None else found.report.value_at(pointer)
            path = filling.say(Text("上年 ", "last year: ")) + path
        else:
            value = filling.report.value_at(pointer)
        figure = node is not None and node.cell is not None and filling.is_figure(pointer)
        shown = "" if not figure else "_" if value is None else number_text(value)
        yield CellLink(pointer, f"{path}  {shown}".rstrip())
