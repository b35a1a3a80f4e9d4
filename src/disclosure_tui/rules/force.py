"""When a rule is in force, and what it makes of blanks (dialect, section 3, `x-rules`).

A rule may be for some report years (`by: year`) or for what is filed from or up to a day
(`by: filing`). The day of filing is the date of the signature block, else that of publication.
A report that says neither is not filed yet: it will be filed after every day that a rule names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text
from disclosure_tui.model.finding import Severity
from disclosure_tui.model.form import Form
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.expression import Bound, Missing, Operand, Truth, Value
from disclosure_tui.rules.kind import Read

__all__ = [
    "Condition",
    "Grade",
    "Span",
    "conditions_of",
    "grades_of",
    "spans_of",
    "zeros_for_blanks",
]

_YEAR = Operand(Pointer.of("year"))
_FILED = (Operand(Pointer.of("signature", "date")), Operand(Pointer.of("published", "date")))
_DAY_LENGTH = len("2026-01-31")


@dataclass(frozen=True, slots=True)
class Span:
    """Years or days, both ends included.

    Attributes:
        first: The first, or None: from the beginning.
        last: The last, or None: without end.
        filing: They are days of filing; else report years.
        inside: The rule is in force within the span; else outside of it.
        basis: The decision by which a rule is out of force, or None.
    """

    first: int | str | None
    last: int | str | None
    filing: bool
    inside: bool = True
    basis: Text | None = None

    @property
    def operands(self) -> tuple[Operand, ...]:
        """What it is decided on."""
        return _FILED if self.filing else (_YEAR,)

    def allows(self, read: Read) -> bool:
        """Tell whether the rule is in force as far as this span goes."""
        return self._holds(read) is self.inside

    def _holds(self, read: Read) -> bool:
        at = _day(read) if self.filing else _year(read)
        if at is None:
            # Filed some day to come; a report without a year is wrong in another way.
            return self.last is None if self.filing else self.inside
        begun = self.first is None or _at_least(at, self.first)
        return begun and (self.last is None or _at_least(self.last, at))


def _at_least(left: int | str, right: int | str) -> bool:
    """Compare two years, or two days: days as texts sort by time."""
    if isinstance(left, int) and isinstance(right, int):
        return left >= right
    return str(left) >= str(right)


def _year(read: Read) -> int | None:
    value = read(_YEAR)
    return value if isinstance(value, int) else None


def _day(read: Read) -> str | None:
    for operand in _FILED:
        value = read(operand)
        if isinstance(value, str) and len(value) == _DAY_LENGTH:
            return value
    return None


@dataclass(frozen=True, slots=True)
class Grade:
    """What a rule weighs for some years or days.

    Attributes:
        severity: The weight.
        span: The years or days.
    """

    severity: Severity
    span: Span


@dataclass(frozen=True, slots=True)
class Condition:
    """When a rule applies: its years or days, then its `when`; and what it weighs then.

    Attributes:
        spans: All must allow it.
        bound: The expression of `when`, or None.
        grades: Weights for some years or days; the last that fits counts.
    """

    spans: tuple[Span, ...]
    bound: Bound | None
    grades: tuple[Grade, ...] = ()

    @property
    def operands(self) -> tuple[Operand, ...]:
        """What it is decided on."""
        cells = self.bound.operands if self.bound is not None else ()
        spans = (*self.spans, *(grade.span for grade in self.grades))
        dates = (operand for span in spans for operand in span.operands)
        return tuple(dict.fromkeys((*cells, *dates)))

    def truth(self, read: Read) -> Truth:
        """Tell whether the rule applies."""
        if not all(span.allows(read) for span in self.spans):
            return False
        return True if self.bound is None else self.bound.truth(read)

    def severity(self, read: Read) -> Severity | None:
        """Return what the rule weighs for a report, or None: what it always does."""
        for grade in reversed(self.grades):
            if grade.span.allows(read):
                return grade.severity
        return None


def conditions_of(
    spans: tuple[Span, ...], bound: Bound | None, grades: tuple[Grade, ...] = ()
) -> Condition | None:
    """Join all; None where a rule always applies, and always weighs the same."""
    return Condition(spans, bound, grades) if spans or grades or bound is not None else None


def grades_of(item: Mapping[str, Any], language: str) -> tuple[Grade, ...]:
    """Read the weights that an extension gives a rule for some time.

    Raises:
        SchemaError: Years and days are mixed.
    """
    return tuple(
        Grade(Severity(grade["severity"]), replace(_span(grade), basis=_basis(grade, language)))
        for grade in item.get("regraded", ())
    )


def spans_of(item: Mapping[str, Any], language: str) -> tuple[Span, ...]:
    """Read the dates of a rule, and those for which an extension takes it out of force.

    Raises:
        SchemaError: Years and days are mixed.
    """
    return tuple(_spans(item, language))


def _spans(item: Mapping[str, Any], language: str) -> Iterator[Span]:
    if "from" in item or "to" in item:
        yield _span(item)
    for pause in item.get("suspended", ()):
        yield replace(_span(pause), inside=False, basis=_basis(pause, language))


def _basis(change: Mapping[str, Any], language: str) -> Text | None:
    """Return the decision behind a change of a rule."""
    basis = change.get("basis")
    texts = {language: basis} if isinstance(basis, str) else basis
    if not texts:
        return None
    first = next(iter(texts.values()))
    return Text(texts.get("zh", first), texts.get("en", first))


def _span(item: Mapping[str, Any]) -> Span:
    first, last = item.get("from"), item.get("to")
    days = [isinstance(end, str) for end in (first, last) if end is not None]
    filing = item.get("by", "filing" if all(days) else "year") == "filing"
    if any(day is not filing for day in days):
        raise SchemaError(
            Text(
                "起止时间写法不对：按年度的写年份（2024），按报送日期的写日期（2024-01-31），不能混用",
                "from and to do not fit by: write years (2024) with year, "
                "days (2024-01-31) with filing",
            )
        )
    if None not in (first, last) and not _at_least(last, first):  # type: ignore[arg-type]
        raise SchemaError(
            Text(
                f"终止时间 {last} 早于起始时间 {first}，请对调",
                f"the end {last} is before the beginning {first}: exchange them",
            )
        )
    return Span(first, last, filing)


def zeros_for_blanks(form: Form, read: Read) -> Read:
    """Return a reader for a rule that counts a blank figure as 0 (`blank: zero`)."""

    def reading(operand: Operand) -> Value:
        value = read(operand)
        if value is not Missing.BLANK:
            return value
        node = form.node(operand.pointer)
        numeric = node is not None and node.cell is not None and node.cell.numeric
        return 0 if numeric else value

    return reading
