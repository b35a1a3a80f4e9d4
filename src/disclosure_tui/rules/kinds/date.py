"""Rule kind `date`: a date lies where it should.

What it checks: for each item of the list the date `of` is not before `from` and not after `to`.
Both are written as dates; `{year}` in them is the report year, `{year+1}` and `{year-1}` are the
years beside it. `when` asks for the item only if it holds. A date that is blank or no date is
left to the rules about blanks and formats.
Example: `{"date": [{"label": {"zh": "发布日期", "en": "the date of publication"},
"of": "published.date", "to": "{year+1}-01-31"}]}`.
How to fix: correct the date; where it is right, the report was late.
Source: domain, section b.6 (S-DEADLINE, S-YEAR).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text, same
from disclosure_tui.model.finding import Argument, Message
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.expression import Bound, Node, Operand, Path, bind
from disclosure_tui.rules.kind import Read, Worded, parsed_check, parsed_path
from disclosure_tui.rules.outcome import ManyOutcomes, Outcome
from disclosure_tui.rules.prose.claim import localized_text
from disclosure_tui.rules.prose.places import YEAR, label_schema, report_year
from disclosure_tui.rules.scope import Scope
from disclosure_tui.rules.worked import paths_of

__all__ = ["KIND"]

_LIMIT = re.compile(
    r"(?:\{year(?P<later>[+-][1-9])?\}|(?P<fixed>[0-9]{4}))-(?P<day>[0-9]{2}-[0-9]{2})"
)


@dataclass(frozen=True, slots=True)
class _Limit:
    """A date of the report year, of one beside it, or of a fixed year."""

    later: int
    fixed: int | None
    day: str

    def date(self, year: int) -> date:
        """Return it for a report year."""
        return date.fromisoformat(f"{self.fixed or year + self.later:04}-{self.day}")

    def text(self) -> Text:
        """Write it: 下一年 1 月 31 日."""
        month, day = (int(part) for part in self.day.split("-"))
        if self.fixed is not None:
            return Text(f"{self.fixed} 年 {month} 月 {day} 日", f"{self.fixed}-{self.day}")
        names = {0: ("本年度", "the report year"), 1: ("下一年", "the year after")}
        zh, en = names.get(self.later, (f"本年度 {self.later:+} 年", f"report year {self.later:+}"))
        return Text(f"{zh} {month} 月 {day} 日", f"{self.day} of {en}")


def _parsed_limit(item: Mapping[str, Any], key: str) -> _Limit | None:
    if key not in item:
        return None
    match = _LIMIT.fullmatch(item[key])
    fixed = int(match["fixed"]) if match is not None and match["fixed"] else None
    limit = _Limit(int(match["later"] or 0), fixed, match["day"]) if match is not None else None
    if limit is None or _date(f"2023-{limit.day}") is None:
        raise SchemaError(
            Text(
                f"【{key}】写成【{{year+1}}-01-31】这样的日期",
                f"{key} is no date: {{year+1}}-01-31",
            ),
            hint=same(item[key]),
        )
    return limit


@dataclass(frozen=True, slots=True)
class _Item:
    """One date and where it should lie."""

    label: Text
    path: Path
    earliest: _Limit | None
    latest: _Limit | None
    condition: Node | None


@dataclass(frozen=True, slots=True)
class _ItemAt:
    """One date, at its place."""

    item: _Item
    operand: Operand
    condition: Bound | None

    def outcome(self, read: Read) -> Outcome | None:
        """Judge it; None where the question does not arise."""
        if self.condition is not None and self.condition.truth(read) is not True:
            return None
        year, told = report_year(read), _date(read(self.operand))
        if year is None or told is None:
            return None
        earliest = self.item.earliest.date(year) if self.item.earliest else None
        latest = self.item.latest.date(year) if self.item.latest else None
        name = ".".join(self.operand.pointer)
        pointers = (self.operand.pointer,)
        if (earliest is None or told >= earliest) and (latest is None or told <= latest):
            return Outcome(name, truth=True, pointers=pointers)
        late = latest is not None and told > latest
        limit = latest if late else earliest
        arguments: dict[str, Argument] = {
            "label": self.item.label,
            "told": told.isoformat(),
            "limit": limit.isoformat() if limit is not None else "",
        }
        text = _LATE if late else _EARLY
        return Outcome(
            name,
            truth=False,
            pointers=pointers,
            operands=(self.operand, YEAR),
            worded=Worded(
                Message(text, arguments),
                Message(text + Text("。", "."), arguments),
                Message(Text("", "")),
            ),
        )


def _date(value: object) -> date | None:
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        return None


_LATE = Text("{label}是 {told}，晚于 {limit}", "{label} is {told}, later than {limit}")
_EARLY = Text("{label}是 {told}，早于 {limit}", "{label} is {told}, earlier than {limit}")


@dataclass(frozen=True)
class _DatesAt(ManyOutcomes):
    """The dates of a rule, at one place."""

    items: tuple[_ItemAt, ...]

    @property
    def operands(self) -> tuple[Operand, ...]:
        """The dates, the year and the cells of conditions."""
        dates = (item.operand for item in self.items)
        cells = (op for item in self.items if item.condition for op in item.condition.operands)
        return tuple(dict.fromkeys((*dates, YEAR, *cells)))

    @property
    def primary(self) -> tuple[Pointer, ...]:
        """The dates."""
        return tuple(dict.fromkeys(item.operand.pointer for item in self.items))

    def outcomes(self, read: Read) -> tuple[Outcome, ...]:
        """Judge every date that is given."""
        found = (item.outcome(read) for item in self.items)
        return tuple(outcome for outcome in found if outcome is not None)


@dataclass(frozen=True)
class _Dates:
    """A declared list of dates."""

    items: tuple[_Item, ...]

    @property
    def paths(self) -> tuple[Path, ...]:
        """The dates first, then the cells of conditions."""
        cells = (p for item in self.items if item.condition for p in paths_of(item.condition))
        return (*(item.path for item in self.items), *cells)

    def bind(self, scope: Scope, totals: frozenset[Pointer]) -> _DatesAt:
        """Tie it to a place."""
        del totals
        return _DatesAt(
            tuple(
                _ItemAt(
                    item,
                    operand,
                    None if item.condition is None else bind(item.condition, scope.operands),
                )
                for item in self.items
                for operand in scope.operands(item.path)
            )
        )

    def formula(self, label: Callable[[Path], Text]) -> Text:
        """Write where each date should lie."""
        del label
        parts = [_formula(item) for item in self.items]
        return Text("；".join(part.zh for part in parts), "; ".join(part.en for part in parts))

    def targets(self, scope: Scope) -> frozenset[Pointer]:
        """Dates make no totals."""
        del scope
        return frozenset()


def _formula(item: _Item) -> Text:
    found = item.label
    if item.earliest is not None:
        found = found + Text("不早于", " not before ") + item.earliest.text()
    if item.latest is not None:
        comma = Text("，", ",") if item.earliest is not None else Text("", "")
        found = found + comma + Text("不晚于", " not after ") + item.latest.text()
    return found


class _DateKind:
    """The kind."""

    keyword = "date"
    item_schema: Mapping[str, Any] = {
        "date": {
            "type": "array",
            "minItems": 1,
            "maxItems": 20,
            "description": "Dates, and where each should lie.",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["label", "of"],
                "anyOf": [{"required": ["from"]}, {"required": ["to"]}],
                "properties": {
                    "label": label_schema("What the date is of."),
                    "of": {"type": "string", "minLength": 1, "description": "Path of the date."},
                    "from": {"type": "string", "description": "The first day, {year+1}-01-01."},
                    "to": {"type": "string", "description": "The last day, {year+1}-01-31."},
                    "when": {"type": "string", "description": "Asked for only if this holds."},
                },
            },
        },
    }

    def parse(self, item: Mapping[str, Any]) -> _Dates:
        """Read the items.

        Raises:
            SchemaError: A path, an expression or a date cannot be read.
        """
        return _Dates(
            tuple(
                _Item(
                    localized_text(wanted["label"]),
                    parsed_path(wanted["of"], "of"),
                    _parsed_limit(wanted, "from"),
                    _parsed_limit(wanted, "to"),
                    parsed_check(wanted["when"], "when") if "when" in wanted else None,
                )
                for wanted in item[self.keyword]
            )
        )


KIND = _DateKind()
