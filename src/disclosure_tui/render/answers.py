"""Words for a query that the office has answered: what it is, what was said, by whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from disclosure_tui.language import Text
from disclosure_tui.model.finding import Finding, State
from disclosure_tui.model.report import Report
from disclosure_tui.render.wording import Wording

__all__ = ["MARK", "answered", "answers_of", "explanations_in"]

MARK = "."
"""Before an answered query: for information."""

_ANSWERED = (State.EXPLAINED, State.DISMISSED)


def explanations_in(report: Report) -> tuple[Mapping[str, Any], ...]:
    """Return the explanations by position; what is no entry leaves its position empty."""
    entries = report.value_at(("explanations",))
    listed = entries if isinstance(entries, list) else ()
    return tuple(entry if isinstance(entry, Mapping) else {} for entry in listed)


def answered(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings that an explanation closes."""
    return (finding for finding in findings if finding.state in _ANSWERED)


def answers_of(
    finding: Finding, explanations: Sequence[Mapping[str, Any]], wording: Wording
) -> str:
    """Return the sentence for an answered query: what it was, then the answer."""
    index = finding.explanation
    entry = explanations[index] if index is not None and index < len(explanations) else {}
    line = wording.message(finding.line)
    told = [str(entry.get(key) or "") for key in ("reason", "by", "at")]
    told[2] = told[2][: len("2026-01-12")]
    written = Text("，", ", ").in_(wording.language).join(filter(None, told))
    said = str(entry.get("text") or "").strip()
    if finding.state is State.DISMISSED:
        said = Text("已标为无关", "dismissed: another figure").in_(wording.language)
    else:
        said = Text("已说明：", "explained: ").in_(wording.language) + said
    template = Text("{line}。{said}（{written}）", "{line}. {said} ({written})")
    if not written:
        template = Text("{line}。{said}", "{line}. {said}")
    return template.in_(wording.language).format(line=line, said=said, written=written)
