"""Rule kind `deadline`: a date is not later than a day that follows from the report year.

What it checks: the date at `deadline` is at most the `day` of the first item of `days` whose
`when` holds; an item without `when` always does. A blank date asks for nothing.
Example: `{"deadline": "published.date", "days": [{"day": "{year+1}-01-31"}]}`.
How to fix: correct the date; a report that really came late stays late.
Source: domain, section b.6.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text
from disclosure_tui.model.finding import Argument, Fix, LabelOf, Message, Place
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.expression import (
    INAPPLICABLE,
    Bound,
    Evaluation,
    Node,
    Operand,
    Path,
)
from disclosure_tui.rules.kind import Read, Worded, bound_at, described, parsed_check, parsed_path
from disclosure_tui.rules.scope import Scope
from disclosure_tui.rules.worked import paths_of

__all__ = ["KIND"]

_YEAR = Operand(Pointer.of("year"))


@dataclass(frozen=True)
class _DeadlineAt:
    """A deadline at one place."""

    dated: Operand
    days: tuple[tuple[str, Bound | None], ...]

    @property
    def operands(self) -> tuple[Operand, ...]:
        """The date, the year and the cells of conditions."""
        cells = (cell for _, when in self.days if when is not None for cell in when.operands)
        return tuple(dict.fromkeys((self.dated, _YEAR, *cells)))

    @property
    def terms(self) -> int:
        """How many values it reads."""
        return len(self.operands)

    @property
    def primary(self) -> tuple[Pointer, ...]:
        """The date."""
        return (self.dated.pointer,)

    @property
    def total(self) -> tuple[Pointer, tuple[Pointer, ...]] | None:
        """A deadline computes nothing."""
        return None

    def evaluate(self, read: Read) -> Evaluation:
        """Compare the date with the day that applies; what is no date is told elsewhere."""
        year, given = read(_YEAR), read(self.dated)
        if not isinstance(year, int) or not isinstance(given, str) or _date(given) is None:
            return Evaluation(INAPPLICABLE)
        for template, when in self.days:
            if when is None or when.truth(read) is True:
                day = _filled(template, year)
                return Evaluation(given <= day, given, day)
        return Evaluation(INAPPLICABLE)

    def worded(self, evaluation: Evaluation) -> Worded:
        """Say both days, and how many days lie between them."""
        given, day = str(evaluation.left), str(evaluation.right)
        first, last = _date(day), _date(given)
        assert first is not None
        assert last is not None
        arguments: dict[str, Argument] = {
            "place": LabelOf(self.dated.pointer, Place.PATH),
            "given": given,
            "day": day,
            "late": (last - first).days,
        }
        panel = _LATE + Text("。", ".")
        return Worded(Message(_LATE, arguments), Message(panel, arguments), Message(Text("", "")))

    def fix(self, evaluation: Evaluation) -> Fix | None:
        """When a report was published is not for the program to say."""
        del evaluation
        return None


_LATE = Text(
    "{place} {given}，应不晚于 {day}，晚了 {late} 天",
    "{place} {given}, due by {day}: {late} days late",
)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _filled(template: str, year: int) -> str:
    return template.replace("{year+1}", str(year + 1)).replace("{year}", str(year))


@dataclass(frozen=True, slots=True)
class _Deadline:
    """A declared deadline."""

    dated: Path
    days: tuple[tuple[str, Node | None], ...]

    @property
    def paths(self) -> tuple[Path, ...]:
        """The date, then the cells of conditions."""
        conditions = (when for _, when in self.days if when is not None)
        return (self.dated, *(path for when in conditions for path in paths_of(when)))

    def bind(self, scope: Scope, totals: frozenset[Pointer]) -> _DeadlineAt:
        """Tie it to the cells of a place."""
        del totals
        days = tuple(
            (day, None if when is None else bound_at(when, scope)) for day, when in self.days
        )
        return _DeadlineAt(scope.operands(self.dated)[0], days)

    def formula(self, label: Callable[[Path], Text]) -> Text:
        """Write it in printed labels."""
        named = [
            Text(
                day.replace("{year+1}", "次年").replace("{year}", "本年"),
                day.replace("{year+1}", "next year").replace("{year}", "this year"),
            )
            for day, _ in self.days
        ]
        listed = Text(" 或 ".join(t.zh for t in named), " or ".join(t.en for t in named))
        return label(self.dated) + Text(" 不晚于 ", " not later than ") + listed

    def targets(self, scope: Scope) -> frozenset[Pointer]:
        """A deadline makes no totals."""
        del scope
        return frozenset()


class _DeadlineKind:
    """The kind."""

    keyword = "deadline"
    item_schema: Mapping[str, Any] = {
        "deadline": {
            "type": "string",
            "minLength": 1,
            **described(
                "不能晚于 `days` 里某一天的日期。",
                "The date that must not be later than a day of `days`.",
            ),
        },
        "days": {
            "type": "array",
            "minItems": 1,
            **described(
                "几个日子，按第一个 `when` 成立的算。", "Days, the first whose `when` holds counts."
            ),
            "items": {
                "type": "object",
                "required": ["day"],
                "additionalProperties": False,
                "properties": {
                    "day": {
                        "type": "string",
                        "pattern": r"^\{year(\+1)?\}-[0-9]{2}-[0-9]{2}$",
                        **described(
                            "报告年度或下一年的一天。", "A day of the report year or of the next."
                        ),
                    },
                    "when": {
                        "type": "string",
                        "minLength": 1,
                        **described("用于这个条件成立的报告。", "For reports of which this holds."),
                    },
                },
            },
        },
    }

    def parse(self, item: Mapping[str, Any]) -> _Deadline:
        """Read path, days and conditions.

        Raises:
            SchemaError: Something cannot be read, or there are no days, or no such day.
        """
        days = item.get("days")
        if not days:
            raise SchemaError(
                Text("【deadline】要同时写【days】", "deadline needs days: when it ends")
            )
        for entry in days:
            if _date(_filled(entry["day"], 2023)) is None:
                raise SchemaError(
                    Text(f"没有【{entry['day']}】这一天", f"there is no day {entry['day']}")
                )
        return _Deadline(
            parsed_path(item["deadline"], self.keyword),
            tuple(
                (entry["day"], parsed_check(entry["when"], "when") if "when" in entry else None)
                for entry in days
            ),
        )


KIND = _DeadlineKind()
