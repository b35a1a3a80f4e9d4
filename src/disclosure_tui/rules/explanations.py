"""Living explanations: which findings the office has answered, and which answers have lapsed.

A pure step behind the check. An entry of `explanations` closes a query as long as the figures
it was written for and the formula of the rule stay what they were (design, section 6.4).
Re-checking never touches an entry.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import EditRefused
from disclosure_tui.language import Text
from disclosure_tui.model.edit import Edit, InsertValue, SetValue, Transaction
from disclosure_tui.model.finding import Finding, Severity, State
from disclosure_tui.model.form import Form
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Plain, Report
from disclosure_tui.rules.kind import Rule
from disclosure_tui.rules.lapsing import lapsed

__all__ = [
    "Explanation",
    "answering",
    "entry_for",
    "explained",
    "explanations_of",
    "reasons_for",
    "rule_digest",
]

SHORTEST = 4
"""An explanation has at least so many characters."""

EMPTY_WORDS = frozenset(
    {"无", "属实", "情况属实", "数据属实", "经核实属实", "经核实无误", "核实无误", "情况说明"}
    | {"没有", "暂无", "没有问题", "不适用", "已核实", "同意", "正常", "none", "true", "n/a", "ok"}
)
"""Texts that explain nothing, without what punctuation and spaces they come with."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One entry of `explanations`.

    Attributes:
        index: Its position in the list.
        rule: The rule it answers.
        level: Where the rule is declared, as a JSON Pointer.
        instance: Which repetition of the rule.
        values: The operand values it was written for.
        digest: The rule's digest then.
        text: What the office says.
        by: Who wrote it.
        at: When.
        dismissed: In prose: this figure is another one.
    """

    index: int
    rule: str
    level: str
    instance: str
    values: Mapping[str, Plain]
    digest: str
    text: str
    by: str
    at: str
    dismissed: bool

    def answers(self, finding: Finding) -> bool:
        """Tell whether it was written for this finding, be it with other figures."""
        named = (self.rule, self.level, self.instance)
        return named == (finding.rule, str(finding.level), finding.instance)

    def lapsed(self, finding: Finding) -> Finding:
        """Return the finding, saying what changed since it was explained."""
        then, now = _plain_values(self.values), _plain_values(finding.values)
        changes = {
            key: (self.values.get(key), finding.values.get(key))
            for key in dict.fromkeys((*now, *then))
            if then.get(key) != now.get(key)
        }
        return lapsed(
            finding,
            self.index,
            by=self.by,
            at=self.at,
            changes=changes,
            ruled_otherwise=self.digest not in ("", finding.digest),
        )

    def stands(self, finding: Finding) -> bool:
        """Tell whether it says why, and figures and formula are still those it was written for.

        What was marked as another figure stays so whatever the tables say, until its sentence
        changes; the instance of a finding in prose is named by its words.
        """
        if not self.dismissed and not _says_why(self.text):
            return False
        same_rule = not self.digest or self.digest == finding.digest
        if self.dismissed and finding.quote is not None:
            return same_rule
        return same_rule and _plain_values(self.values) == _plain_values(finding.values)


def explanations_of(report: Report) -> tuple[Explanation, ...]:
    """Read the entries of a report; what is not one is left to conformance."""
    entries = report.value_at(("explanations",))
    return tuple(
        _explanation(index, item)
        for index, item in enumerate(entries if isinstance(entries, list) else ())
        if isinstance(item, Mapping)
    )


def _explanation(index: int, item: Mapping[str, Any]) -> Explanation:
    values = item.get("values")
    return Explanation(
        index=index,
        rule=str(item.get("rule", "")),
        level=str(item.get("level") or ""),
        instance=str(item.get("instance") or ""),
        values=values if isinstance(values, Mapping) else {},
        digest=str(item.get("digest") or ""),
        text=str(item.get("text") or ""),
        by=str(item.get("by") or ""),
        at=str(item.get("at") or ""),
        dismissed=item.get("dismissed") is True,
    )


def explained(
    findings: Iterable[Finding], explanations: tuple[Explanation, ...]
) -> Iterator[Finding]:
    """Yield the findings with their states; errors cannot be explained away."""
    named: dict[tuple[str, str, str], list[Explanation]] = {}
    for written in explanations:
        named.setdefault((written.rule, written.level, written.instance), []).append(written)
    for finding in findings:
        entry = _answer(finding, named) if named else None
        if entry is None or finding.state is not State.OPEN or finding.severity is Severity.ERROR:
            yield finding
        elif not entry.stands(finding):
            yield entry.lapsed(finding)
        else:
            state = State.DISMISSED if entry.dismissed else State.EXPLAINED
            yield replace(finding, state=state, explanation=entry.index)


def _answer(
    finding: Finding, named: Mapping[tuple[str, str, str], Sequence[Explanation]]
) -> Explanation | None:
    """Return the entry for a finding: one that stands, else the newest."""
    found = named.get((finding.rule, str(finding.level), finding.instance), ())
    standing = [entry for entry in found if entry.stands(finding)]
    return (standing or found)[-1] if found else None


def entry_for(
    finding: Finding, text: str, *, by: str, at: str, reason: str = "", dismissed: bool = False
) -> dict[str, Plain]:
    """Build the entry that answers a finding as it is now.

    Raises:
        EditRefused: The text says nothing, or the finding is an error.
    """
    if finding.severity is Severity.ERROR:
        raise EditRefused(
            Text("这是必须改正的问题，不能用说明代替", "an error must be corrected, not explained")
        )
    if not finding.counts:
        raise EditRefused(
            Text("这个问题现在不用说明", "this finding needs no explanation now"),
            hint=Text("请先补填未填的格", "fill in what is blank first")
            if finding.state is State.UNDECIDED
            else None,
        )
    if dismissed and finding.quote is None:
        raise EditRefused(
            Text("只有文字部分的问题可以标为无关", "only findings in prose can be dismissed"),
            hint=Text("请改为填写说明", "write an explanation instead"),
        )
    said = text.strip()
    if not dismissed and not _says_why(said):
        raise EditRefused(
            Text("说明太短，看不出原因", "the explanation does not say why"),
            hint=Text(
                "请写明原因，例如：2024年机构改革，并入原移民局结转的申请2件",
                "say why, for example: office merged in 2024, two requests taken over with it",
            ),
        )
    entry: dict[str, Plain] = {
        "rule": finding.rule,
        "level": str(finding.level),
        "instance": finding.instance,
        "pointers": [str(pointer) for pointer in finding.pointers],
        "values": dict(finding.values),
        "digest": finding.digest,
        "reason": reason or None,
        "text": said,
        "by": by,
        "at": at,
    }
    if dismissed:
        entry["dismissed"] = True
    return {key: value for key, value in entry.items() if value is not None}


_TOLD = frozenset(
    {"severity", "message", "authority", "description", "example", "advice", "reasons"}
    | {"note", "basis", "from", "to", "by", "suspended", "regraded"}
)
"""What of a rule is not its formula: wording, weight, and when it is in force."""


def reasons_for(rules: Iterable[Rule], finding: Finding) -> tuple[Text, ...]:
    """Return the usual reasons that the rule of a finding names."""
    found = [rule for rule in rules if rule.identifier == finding.rule and rule.reasons]
    near = [rule for rule in found if rule.level == finding.level]
    return (near or found)[0].reasons if found else ()


def answering(form: Form, report: Report, entry: Mapping[str, Plain]) -> Transaction:
    """Return the transaction that adds an entry behind those that the report has."""
    place = Pointer.of("explanations")
    kept = report.value_at(place)
    title = Text(f"填写说明 {entry['rule']}", f"explain {entry['rule']}")
    edit: Edit
    if isinstance(kept, list) and kept:
        edit = InsertValue(place / str(len(kept)), dict(entry))
    elif report.has(place):
        edit = SetValue(place, [dict(entry)])
    else:
        order = tuple(child.key for child in form.root.children)
        edit = InsertValue(place, [dict(entry)], order)
    return Transaction((edit,), title)


def _says_why(text: str) -> bool:
    said = "".join(letter for letter in text.casefold() if letter.isalnum() or letter == "/")
    return len(said) >= SHORTEST and said not in EMPTY_WORDS and len(set(said)) > 1


def _unlabelled(value: Any) -> Any:
    """Leave out what figures and topics in prose are called: that is wording too."""
    if isinstance(value, Mapping):
        return {key: _unlabelled(inner) for key, inner in value.items() if key != "label"}
    return [_unlabelled(inner) for inner in value] if isinstance(value, list) else value


def rule_digest(item: Mapping[str, Any]) -> str:
    """Return a digest of what a rule checks; its wording and severity do not belong to it."""
    formula = {key: _unlabelled(value) for key, value in item.items() if key not in _TOLD}
    text = json.dumps(formula, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _plain_values(values: Mapping[str, Plain]) -> dict[str, str | None]:
    """Compare figures by what they are worth: 1 and 1.0 are the same amount."""
    return {key: _worth(value) for key, value in values.items()}


def _worth(value: Plain) -> str | None:
    if value is None:
        return None
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return str(value)
