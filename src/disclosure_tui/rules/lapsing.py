"""Says why an explanation has lapsed: what was written then, what stands there now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text
from disclosure_tui.model.finding import Argument, Finding, LabelOf, Message, Place, State
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Plain

__all__ = ["lapsed"]

MOST_NAMED = 3
"""So many changed figures are named; the rest are counted."""

LONGEST_SHOWN = 12
"""A longer value is said to have changed, not quoted."""

_PRIOR = "prior:"


@dataclass(frozen=True, slots=True)
class _Change:
    """A value that is no longer the one the explanation was written for."""

    key: str
    then: Plain
    now: Plain

    @property
    def short(self) -> bool:
        """Tell whether both can be shown."""
        return max(len(_shown(self.then)), len(_shown(self.now))) <= LONGEST_SHOWN

    def message(self) -> Message:
        """Name the place and both values."""
        prior = self.key.startswith(_PRIOR)
        place = LabelOf(Pointer.parse(self.key.removeprefix(_PRIOR)), Place.PATH)
        head = (
            Text("上年 {place} ", "last year {place} ") if prior else Text("{place} ", "{place} ")
        )
        rest = _THEN_NOW if self.short else Text("已改", "has changed")
        arguments: dict[str, Argument] = {
            "place": place,
            "then": _shown(self.then),
            "now": _shown(self.now),
        }
        return Message(head + rest, arguments)


def lapsed(
    finding: Finding,
    index: int,
    *,
    by: str,
    at: str,
    changes: Mapping[str, tuple[Plain, Plain]],
    ruled_otherwise: bool,
) -> Finding:
    """Return a finding whose explanation no longer stands.

    Args:
        finding: The finding, open.
        index: Position of the explanation.
        by: Who wrote it.
        at: When.
        changes: Values then and now, of those that changed.
        ruled_otherwise: The formula of the rule changed. If neither did, it never said why.
    """
    found = [_Change(key, then, now) for key, (then, now) in changes.items() if _is_place(key)]
    arguments: dict[str, Argument] = {
        "by": by or Text("有人", "somebody"),
        "at": at[: len("2026-01-12")] or "?",
        "changes": _joined(found),
        "rest": finding.message,
    }
    why, line = (_RULE_CHANGED, _RULE_LINE) if ruled_otherwise else (_EMPTY, _EMPTY_LINE)
    if found:
        why = _CHANGED
        first = found[0]
        line = _LINE if first.short else _TEXT_LINE
        arguments |= {"then": _shown(first.then), "now": _shown(first.now)}
    return replace(
        finding,
        state=State.LAPSED,
        explanation=index,
        line=Message(line, arguments),
        message=Message(_WRITTEN + why + _KEPT + Text("{rest}", " {rest}"), arguments),
    )


def _is_place(key: str) -> bool:
    """Tell whether a key is an address: the file may have been written by hand."""
    try:
        return bool(Pointer.parse(key.removeprefix(_PRIOR)))
    except ValueError:
        return False


def _joined(changes: list[_Change]) -> Message:
    slots: dict[str, Argument] = {
        f"change{index}": change.message() for index, change in enumerate(changes[:MOST_NAMED])
    }
    names = [f"{{{name}}}" for name in slots]
    more = len(changes) - len(slots)
    rest = Text(f"，另有 {more} 处", f", and {more} more") if more > 0 else Text("", "")
    return Message(Text("；".join(names), "; ".join(names)) + rest, slots)


def _shown(value: Plain) -> str:
    if value is None:
        return "_"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


_THEN_NOW = Text("当时是 {then}，现在是 {now}", "was {then} then and is {now} now")
_LINE = Text(
    "说明已失效：写说明时填 {then}，现在是 {now}，请重新核实",
    "the explanation has lapsed: {then} then, {now} now; look again",
)
_TEXT_LINE = Text(
    "说明已失效：写说明以后内容已改，请重新核实", "the explanation has lapsed: the text has changed"
)
_RULE_LINE = Text(
    "说明已失效：校验规则已改，请重新核实", "the explanation has lapsed: the rule has changed"
)
_WRITTEN = Text("{by} {at} 写的说明已失效：", "The explanation by {by} of {at} has lapsed: ")
_CHANGED = Text("{changes}", "{changes}")
_RULE_CHANGED = Text("校验规则已改", "the rule has changed")
_EMPTY = Text("没有写明原因", "it does not say why")
_EMPTY_LINE = Text(
    "说明没有写明原因，请重新填写", "the explanation does not say why; write it again"
)
_KEPT = Text(
    "。原说明仍保留，请改数，或按新的数重新填写说明。",
    ". It is kept; correct the figures or explain the new ones.",
)
