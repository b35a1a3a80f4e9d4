"""Which figures of a text are tied to cells of the tables, those that agree included.

What the rules about prose found out while they judged: nothing is looked for again.
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure_tui.data_class import dataclass
from disclosure_tui.model.finding import Finding, State
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.checker import CheckResult

__all__ = ["StatedFigure", "stated_figures"]


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A figure in a text that a rule holds against cells.

    Attributes:
        section: The text.
        start: Offset of its first character in the text as written, from 0.
        end: Offset behind its last one.
        cells: The cells, those it agrees with or is to agree with first.
        rule: The id of the rule.
        truth: Whether it agrees; None as long as that cannot be said.
        finding: What there is to say about it, explained or not, or None.
    """

    section: Pointer
    start: int
    end: int
    cells: tuple[Pointer, ...]
    rule: str
    truth: bool | None
    finding: Finding | None


def stated_figures(result: CheckResult) -> tuple[StatedFigure, ...]:
    """Return the figures in texts that are tied to cells, in the order of form and text.

    A figure that the office has marked as another one is tied to nothing.
    """
    prepared = result.basis.prepared
    order, last = prepared.order, len(prepared.order)
    return tuple(
        sorted(
            _stated(result),
            key=lambda figure: (order.get(figure.section, last), figure.start, figure.end),
        )
    )


def _stated(result: CheckResult) -> Iterator[StatedFigure]:
    findings = {finding.identity: finding for finding in result.findings}
    basis = result.basis
    for instance, verdicts in zip(basis.prepared.instances, basis.verdicts, strict=True):
        if not verdicts.outcomes:
            continue
        rule = instance.rule
        for name, outcome in zip(verdicts.counted, verdicts.outcomes, strict=True):
            cells = outcome.pointers[1:]
            if not cells or name == "inapplicable":
                continue
            identity = (rule.identifier, rule.level, instance.named(outcome.name))
            finding = findings.get(identity)
            if finding is not None and finding.state is State.DISMISSED:
                continue
            truth = outcome.truth if isinstance(outcome.truth, bool) else None
            for span in outcome.figures:
                yield StatedFigure(
                    span.section, span.start, span.end, cells, rule.identifier, truth, finding
                )
