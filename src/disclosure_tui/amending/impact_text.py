"""The impact of a new schema as lines to read: one block an office, what is worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from disclosure_tui.amending.impact import (
    FindingImpact,
    ImpactKind,
    ReportImpact,
    ReportStatus,
)
from disclosure_tui.language import Text
from disclosure_tui.model.finding import Severity
from disclosure_tui.model.form import Form
from disclosure_tui.render.comparison_text import ComparisonPage
from disclosure_tui.render.grid import Tone
from disclosure_tui.render.painting import Line
from disclosure_tui.render.wording import SEVERITY_COUNTS, Wording

__all__ = ["set_impacts", "totals"]

_KINDS = {
    ImpactKind.APPEARS: ("+", Text("增加", "new"), Tone.ADDED),
    ImpactKind.VANISHES: ("-", Text("消除", "gone"), Tone.REMOVED),
    ImpactKind.REGRADED: ("~", Text("改级别", "re-graded"), Tone.PLAIN),
    ImpactKind.LAPSES: ("~", Text("说明失效", "explanation lapses"), Tone.QUERY),
}


def set_impacts(impacts: Sequence[ReportImpact], page: ComparisonPage) -> list[Line]:
    """Set what a new schema would change.

    Args:
        impacts: Of all reports, in any order.
        page: How to set it.
    """
    lines: list[Line] = []
    for impact in sorted(impacts, key=lambda one: one.rank):
        if impact.status is ReportStatus.UNREADABLE:
            reason = "" if impact.reason is None else impact.reason.in_(page.language)
            head = page.say("打不开：", "cannot be checked: ")
            told = f"{impact.where or impact.path}: {head}{reason}"
            lines += [*page.hanging("! ", told, Tone.ERROR), ()]
        elif impact.is_changed:
            lines += [*_block(impact, page), ()]
    return [*lines, *page.hanging("", totals(impacts).in_(page.language), Tone.PLAIN)]


def _block(impact: ReportImpact, page: ComparisonPage) -> Iterator[Line]:
    title = " ".join(filter(None, (impact.organ, str(impact.year or ""))))
    told = f"{impact.path}: " + (f"{title}: " if title else "")
    yield from page.hanging("", told + _counts([impact]).in_(page.language), Tone.PLAIN)
    for change in impact.changes:
        yield from _finding(change, impact, page)


def _finding(change: FindingImpact, impact: ReportImpact, page: ComparisonPage) -> Iterator[Line]:
    mark, word, tone = _KINDS[change.kind]
    form = _form(impact, is_new=change.new is not None)
    wording = Wording(form, page.language, impact.year)
    finding = change.told
    weight = finding.severity.mark
    if change.old is not None and change.new is not None and change.kind is not _APPEARS:
        before = change.old.severity.mark
        weight = weight if before == weight else f"{before} -> {weight}"
    place = f"{change.position.line}:{change.position.column} " if change.position else ""
    told = f"{word.in_(page.language)} {weight} {finding.rule} {wording.message(finding.line)}"
    yield from page.hanging(f"  {mark} ", place + told, tone)


_APPEARS = ImpactKind.APPEARS


def _form(impact: ReportImpact, *, is_new: bool) -> Form:
    result = impact.new if is_new or impact.old is None else impact.old
    assert result is not None
    return result.form


def totals(impacts: Sequence[ReportImpact]) -> Text:
    """Say in one line what a new schema would change in all."""
    number = Counter(impact.status for impact in impacts)
    changed = sum(impact.is_changed for impact in impacts)
    count = len(impacts)
    zh = f"共 {count} 份报告：{changed} 份有变化"
    en = f"{count} reports: {changed} changed"
    parts = _counts(impacts)
    if parts.zh and changed:
        zh, en = f"{zh}，{parts.zh}", f"{en}, {parts.en}"
    same = number[ReportStatus.COMPARED] - changed
    zh += f"；{same} 份没有变化"
    en += f"; {same} the same"
    pinned = sum(bool(impact.pinned) for impact in impacts)
    if pinned:
        zh += f"；{pinned} 份写明用别的版本，仍按那个版本校验"
        en += f"; {pinned} asking for another version, which stays in use for them"
    if number[ReportStatus.OTHER_TYPE]:
        zh += f"；{number[ReportStatus.OTHER_TYPE]} 份是别的格式"
        en += f"; {number[ReportStatus.OTHER_TYPE]} of another type"
    zh += f"；{number[ReportStatus.UNREADABLE]} 份打不开"
    en += f"; {number[ReportStatus.UNREADABLE]} could not be checked"
    return Text(zh, en)


def _counts(impacts: Sequence[ReportImpact]) -> Text:
    """Count what becomes of findings, and the blanks."""
    changes = [change for impact in impacts for change in impact.changes]
    zh, en = [], []
    for kind, (_, word, _tone) in _KINDS.items():
        found = [change for change in changes if change.kind is kind]
        if found:
            weights = Counter(change.severity for change in found)
            told = [
                (
                    f"{SEVERITY_COUNTS[severity].zh} {weights[severity]}",
                    f"{weights[severity]} {SEVERITY_COUNTS[severity].en}",
                )
                for severity in Severity
                if weights[severity]
            ]
            zh.append(f"{word.zh} {len(found)} 个（{'，'.join(one for one, _ in told)}）")
            en.append(f"{len(found)} {word.en} ({', '.join(one for _, one in told)})")
    before, after = (sum(impact.blanks[at] for impact in impacts) for at in (0, 1))
    if before != after:
        zh.append(f"未填 {before} -> {after} 格")
        en.append(f"blanks {before} -> {after}")
    return Text("，".join(zh), ", ".join(en))
