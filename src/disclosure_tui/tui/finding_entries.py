"""The lines of the list of findings: causes with their findings below, then what blanks can be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text
from disclosure_tui.model.finding import Finding, Fix, Identity
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.suggestion import Standing, Suggestion
from disclosure_tui.render.wording import number_text
from disclosure_tui.suggesting import filling_in
from disclosure_tui.tui.filling import Filling

__all__ = ["FindingEntry", "entries_of"]

_NAMED = 10
"""So many blanks are named with their figures; of more, the number is told."""


@dataclass(frozen=True, slots=True)
class FindingEntry:
    """One line of the list.

    Attributes:
        line: What it says.
        detail: The full text.
        pointer: The place to go to.
        finding: The finding, or the first of those that the line is about.
        fix: What is offered, or None.
    """

    line: str
    detail: str
    pointer: Pointer
    finding: Finding | None = None
    fix: Fix | None = None


def entries_of(filling: Filling) -> tuple[FindingEntry, ...]:
    """Return the open findings, worst first; those that one cause explains stand below it."""
    suggestions = filling.session.suggestions
    blanks = [item for item in suggestions if item.standing is Standing.BLANK]
    causes = [item for item in suggestions if item.standing is not Standing.BLANK]
    return (*_findings(filling, causes), *_fillable(filling, blanks))


def _findings(filling: Filling, causes: Sequence[Suggestion]) -> Iterator[FindingEntry]:
    cause_of = {identity: cause for cause in causes for identity in cause.settles}
    told: set[Identity] = set()
    for finding in filling.findings.open:
        if finding.identity in told:
            continue
        cause = cause_of.get(finding.identity)
        if cause is None:
            yield _finding(filling, finding)
            continue
        yield _cause(filling, cause, finding)
        for other in filling.findings.open:
            if cause_of.get(other.identity) is cause:
                told.add(other.identity)
                yield _finding(filling, other, "  ")


def _finding(filling: Filling, finding: Finding, indent: str = "") -> FindingEntry:
    wording = filling.wording
    return FindingEntry(
        indent + wording.line(finding), wording.panel(finding), finding.primary, finding
    )


def _cause(filling: Filling, cause: Suggestion, first: Finding) -> FindingEntry:
    wording = filling.wording
    return FindingEntry(
        f"{first.severity.mark} {wording.message(cause.line)}",
        wording.message(cause.message),
        cause.primary,
        first,
        cause.fix,
    )


def _fillable(filling: Filling, blanks: Sequence[Suggestion]) -> Iterator[FindingEntry]:
    """Yield one line for all blanks that only one figure can fill."""
    wording = filling.wording
    if len(blanks) == 1:
        (blank,) = blanks
        line = f"_ {wording.message(blank.line)}"
        told = wording.message(blank.message)
        yield FindingEntry(line, told, blank.primary, _at(filling, blank), blank.fix)
        return
    if not blanks:
        return
    changes = [change for blank in blanks for change in blank.ways[0]]
    count = len(changes)
    named = [
        f"{wording.path(change.pointer)} {number_text(change.new)}"
        for change in changes[:_NAMED]
        if change.new is not None
    ]
    more = count - _NAMED
    rest = Text(f"，还有 {more} 格", f", and {more} more") if more > 0 else Text("", "")
    named_all = Text(
        f"未填的格中有 {count} 格按勾稽关系只能填一个数：{'，'.join(named)}",
        f"{count} blanks can hold one figure only: {', '.join(named)}",
    )
    heading = Text(
        f"_ 有 {count} 格按勾稽关系只能填一个数", f"_ {count} blanks can hold one figure only"
    )
    check = Text(
        "。请先对照原始登记。本程序不会自行填数。",
        ". Please compare the records first. The program fills in no figure by itself.",
    )
    yield FindingEntry(
        filling.say(heading),
        filling.say(named_all + rest + check),
        blanks[0].primary,
        _at(filling, blanks[0]),
        # A figure that rests on another comes behind it, so all together are sure.
        filling_in(filling.session.form, filling.report, blanks),
    )


def _at(filling: Filling, blank: Suggestion) -> Finding | None:
    """Return the open finding about a blank, if it is not explained."""
    return next(iter(filling.findings.at(blank.primary)), None)
