"""Rules that come to several verdicts at one place: every sentence of a text may have its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from decimal import Decimal

from disclosure_tui.data_class import dataclass
from disclosure_tui.model.finding import Fix, Quote, Severity
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.expression import (
    INAPPLICABLE,
    Evaluation,
    Inapplicable,
    Operand,
    Truth,
    Undecided,
)
from disclosure_tui.rules.kind import Read, Worded
from disclosure_tui.rules.totals import Total

__all__ = ["Beside", "ManyOutcomes", "Outcome", "Span", "told_apart"]


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text.

    Attributes:
        section: The text.
        start: Offset of its first character in the text as written, from 0.
        end: Offset behind its last one.
    """

    section: Pointer
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """One verdict.

    Attributes:
        name: What tells it from the others of the rule at this place: part of the instance name.
        truth: The verdict.
        pointers: The values concerned, the one it is shown at first.
        operands: The cells it was decided on.
        worded: What there is to say about a failure, or of note about what holds.
        left: What the prose says, where it is a figure.
        right: What it should be, where there is one figure.
        severity: Weighs so much instead of the rule's own severity.
        quote: The piece of prose.
        said: The words it was decided on, by the pointer of their section.
        figures: Where the figures stand that were judged; the words, where there is no figure.
    """

    name: str
    truth: Truth
    pointers: tuple[Pointer, ...] = ()
    operands: tuple[Operand, ...] = ()
    worded: Worded | None = None
    left: int | Decimal | None = None
    right: int | Decimal | None = None
    severity: Severity | None = None
    quote: Quote | None = None
    said: Mapping[str, str] = field(default_factory=dict)
    figures: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """Another rule at its place, as a rule about rules sees it.

    Attributes:
        rule: Its id.
        operands: What it reads.
        truth: Its verdict; None where it does not apply.
    """

    rule: str
    operands: tuple[Operand, ...]
    truth: Callable[[Read], Truth | None]


def told_apart(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """Number outcomes whose words are the same."""
    seen: dict[str, int] = {}
    for outcome in outcomes:
        count = seen[outcome.name] = seen.get(outcome.name, 0) + 1
        yield outcome if count == 1 else replace(outcome, name=f"{outcome.name}.{count}")


class ManyOutcomes:
    """An evaluator whose rule may come to several verdicts, or to none, at one place."""

    @property
    def operands(self) -> tuple[Operand, ...]:
        """Texts and cells it reads."""
        raise NotImplementedError

    @property
    def terms(self) -> int:
        """How many texts and cells it reads."""
        return len(self.operands)

    @property
    def primary(self) -> tuple[Pointer, ...]:
        """The texts it is about."""
        raise NotImplementedError

    @property
    def total(self) -> tuple[Pointer, tuple[Pointer, ...]] | None:
        """Prose computes nothing."""
        return None

    def outcomes(self, read: Read) -> tuple[Outcome, ...]:
        """Return the verdicts; none if the question does not arise in these texts."""
        raise NotImplementedError

    @property
    def parts(self) -> Sequence[ManyOutcomes]:
        """What it is judged by, each for itself; `joined` makes the verdicts of what they say.

        After a change only those that read what changed are asked again.
        """
        return (self,)

    @property
    def shared(self) -> tuple[Operand, ...]:
        """What `joined` reads besides."""
        return ()

    def joined(self, found: Sequence[tuple[Outcome, ...]], read: Read) -> tuple[Outcome, ...]:
        """Return the verdicts, from what each part said."""
        del read
        return tuple(outcome for outcomes in found for outcome in outcomes)

    def knowing(self, totals: Sequence[Total]) -> ManyOutcomes:
        """Return the evaluator with what the totals of the form are made of."""
        del totals
        return self

    def beside(self, others: Sequence[Beside]) -> ManyOutcomes:
        """Return the evaluator with the other rules of the form."""
        del others
        return self

    def evaluate(self, read: Read) -> Evaluation:
        """Return the verdict on all outcomes together: one failure fails."""
        truths = [outcome.truth for outcome in self.outcomes(read)]
        if not truths or any(isinstance(truth, Inapplicable) for truth in truths):
            return Evaluation(INAPPLICABLE)
        if any(truth is False for truth in truths):
            return Evaluation(truth=False)
        return Evaluation(next((t for t in truths if isinstance(t, Undecided)), True))

    def worded(self, evaluation: Evaluation) -> Worded:
        """Outcomes bring their own words.

        Raises:
            NotImplementedError: Always.
        """
        raise NotImplementedError(evaluation)

    def fix(self, evaluation: Evaluation) -> Fix | None:
        """What a sentence should say is for people to write."""
        del evaluation
        return None
