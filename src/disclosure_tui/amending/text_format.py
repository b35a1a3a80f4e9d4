"""The differences between two schemas as lines to read, in the words of the form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from disclosure_tui.amending.changes import (
    Aspect,
    PlaceChange,
    PlaceChangeKind,
    RuleChange,
    RuleChangeKind,
    SchemaComparison,
    Spot,
    What,
)
from disclosure_tui.language import Language, Text, same
from disclosure_tui.model.schema_source import SHOWN_DIGITS
from disclosure_tui.render.comparison_text import ComparisonPage
from disclosure_tui.render.grid import Tone
from disclosure_tui.render.painting import Line
from disclosure_tui.report_type import LoadedReportType

__all__ = ["set_schema_comparison", "summary"]

_WHATS = {
    What.SECTION: Text("部分", "section"),
    What.BLOCK: Text("段", "block"),
    What.GROUP: Text("组", "group"),
    What.ROW: Text("行", "row"),
    What.ENTRIES: Text("自填行", "rows added by the office"),
    What.COLUMN: Text("列", "column"),
    What.FIELD: Text("填写项", "field"),
}
_PLURALS = {
    What.SECTION: Text("部分", "sections"),
    What.BLOCK: Text("段", "blocks"),
    What.GROUP: Text("组", "groups"),
    What.ROW: Text("行", "rows"),
    What.ENTRIES: Text("处自填行", "places of added rows"),
    What.COLUMN: Text("列", "columns"),
    What.FIELD: Text("填写项", "fields"),
}
_MARKS = {
    PlaceChangeKind.ADDED: ("+", Text("增加", "added"), Tone.ADDED),
    PlaceChangeKind.REMOVED: ("-", Text("删去", "removed"), Tone.REMOVED),
    PlaceChangeKind.RENAMED: ("~", Text("改名", "renamed"), Tone.PLAIN),
    PlaceChangeKind.MOVED: ("~", Text("移动", "moved"), Tone.PLAIN),
    PlaceChangeKind.SPLIT: ("~", Text("拆分", "split"), Tone.PLAIN),
    PlaceChangeKind.MERGED: ("~", Text("合并", "merged"), Tone.PLAIN),
    PlaceChangeKind.CHANGED: ("~", Text("改动", "changed"), Tone.PLAIN),
}
_RULE_HEADS = {
    RuleChangeKind.ADDED: Text("增加的校验规则", "Rules added"),
    RuleChangeKind.REMOVED: Text("删去的校验规则", "Rules removed"),
    RuleChangeKind.CHANGED: Text("改动的校验规则", "Rules changed"),
}
_RULE_ORDER = (RuleChangeKind.CHANGED, RuleChangeKind.ADDED, RuleChangeKind.REMOVED)
_OTHER = {Language.CHINESE: Language.ENGLISH, Language.ENGLISH: Language.CHINESE}
_FIELDS = Text("表外填写项", "Fields outside the sections")
_LIST = (PlaceChangeKind.ADDED, PlaceChangeKind.REMOVED)


def set_schema_comparison(comparison: SchemaComparison, page: ComparisonPage) -> list[Line]:
    """Set a comparison of schemas.

    Args:
        comparison: What is different.
        page: How to set it.
    """
    lines = [
        *page.hanging("--- ", _named(comparison.old, page), Tone.REMOVED),
        *page.hanging("+++ ", _named(comparison.new, page), Tone.ADDED),
    ]
    if comparison.head:
        lines.append(())
        lines += _aspects(comparison.head, page, "")
    for title, changes in groupby(comparison.places, lambda change: change.heading):
        lines += [(), page.line((title if title.zh else _FIELDS).in_(page.language))]
        for within, inner in groupby(changes, lambda change: change.within):
            indent = "  "
            if within.zh:
                lines += page.hanging(indent, within.in_(page.language), Tone.PLAIN)
                indent = "    "
            lines += _places(list(inner), page, indent)
    for kind in _RULE_ORDER:
        found = [change for change in comparison.rules if change.kind is kind]
        if found:
            lines += [(), page.line(_RULE_HEADS[kind].in_(page.language))]
            for rule in found:
                lines += _rule(rule, page)
    return [*lines, (), *page.hanging("", summary(comparison).in_(page.language), Tone.PLAIN)]


def _named(loaded: LoadedReportType, page: ComparisonPage) -> str:
    """Name a schema: by its file if a person named that, else by where it is kept."""
    kind, digest = loaded.form.report_type, loaded.form.sha256[:SHOWN_DIGITS]
    place = Text("，", ", ") + loaded.source.words(public=True)
    if loaded.source.place == "named":
        # Of an overlay that somebody named, its own file is told.
        named = "" if loaded.source.overlay else str(loaded.path)
        place = Text(f"，{named}", f", {named}") if named else same("")
    return (
        f"{kind.name} "
        + page.say(
            f"版本 {kind.version}（校验码 {digest}{place.zh}）",
            f"version {kind.version} (digest {digest}{place.en})",
        )
        + _overlaid(loaded, page)
    )


def _overlaid(loaded: LoadedReportType, page: ComparisonPage) -> str:
    """Name the overlay over a schema."""
    over = loaded.form.overlay
    if over is None:
        return ""
    title, digest = over.title(page.language), over.sha256[:SHOWN_DIGITS]
    told = digest
    if loaded.source.place == "named":
        told = page.say(f"{digest}，{loaded.source.overlay}", f"{digest}, {loaded.source.overlay}")
    return page.say(
        f"，补充规定【{title}】版本 {over.version}（校验码 {told}）",
        f", overlay {title!r} version {over.version} (digest {told})",
    )


def _places(changes: Sequence[PlaceChange], page: ComparisonPage, indent: str) -> Iterator[Line]:
    """Set what happened below one heading; what happened to several alike is told together."""
    for key, together in groupby(changes, _told_with):
        found = list(together)
        kind, what, rows = found[0].kind, found[0].what, found[0].rows
        mark, word, tone = _MARKS[kind]
        if key is None or (len(found) == 1 and kind not in _LIST):
            told = [_told(word, what, change, page) for change in found]
        else:
            spots = [spot for change in found for spot in (change.new or change.old)]
            told = [_together(word, what, spots, sum(change.cells for change in found), page)]
        for change, sentence in zip(found, told, strict=False):
            yield from page.hanging(f"{indent}{mark} ", sentence + _of_rows(rows, page), tone)
            yield from _aspects(change.aspects, page, indent + "    ")


def _told_with(change: PlaceChange) -> object:
    """Return what changes must have in common to be told together; None: told alone."""
    if change.kind in _LIST or change.kind is PlaceChangeKind.CHANGED:
        return change.kind, change.what, change.rows, change.aspects
    return None


def _together(
    word: Text, what: What, spots: Sequence[Spot], cells: int, page: ComparisonPage
) -> str:
    count = len(spots)
    names = _names(spots, page)
    rest = page.say(f"（{cells} 格）", f" ({cells} cells)") if cells else ""
    if count == 1:
        return page.say(
            f"{word.zh}{_WHATS[what].zh}{names}{rest}",
            f"{_WHATS[what].en} {word.en}: {names}{rest}",
        )
    return page.say(
        f"{word.zh} {count} {_PLURALS[what].zh}：{names}{rest}",
        f"{count} {_PLURALS[what].en} {word.en}: {names}{rest}",
    )


def _told(word: Text, what: What, change: PlaceChange, page: ComparisonPage) -> str:
    old, new = _names(change.old, page), _names(change.new, page)
    unit, units = _WHATS[what], _PLURALS[what]
    head = page.say(f"{word.zh} {unit.zh}", f"{unit.en} {word.en}: ")
    match change.kind:
        case PlaceChangeKind.RENAMED:
            if old == new:
                other = replace(page, language=_OTHER[page.language])
                old, new = _names(change.old, other), _names(change.new, other)
            return head + f"{old} -> {new}"
        case PlaceChangeKind.SPLIT:
            count = len(change.new)
            return head + page.say(
                f"{old} -> {count} {units.zh}：{new}", f"{old} -> {count} {units.en}: {new}"
            )
        case PlaceChangeKind.MERGED:
            count = len(change.old)
            return page.say(
                f"{word.zh} {count} {units.zh}：{old} -> {new}",
                f"{count} {units.en} {word.en}: {old} -> {new}",
            )
        case _:
            # Rows that the office adds have no label but what they are.
            is_nameless = what is What.ENTRIES and len(change.new) == 1
            return head.rstrip(": ") if is_nameless else head + new


def _names(spots: Sequence[Spot], page: ComparisonPage) -> str:
    labels = [spot.label.in_(page.language) for spot in spots]
    return page.say("".join(f"【{label}】" for label in labels), ", ".join(labels))


def _of_rows(rows: Sequence[Spot], page: ComparisonPage) -> str:
    if not rows:
        return ""
    names = _names(rows, page)
    return page.say(f"（只在行{names}）", f" (in {names} only)")


def _aspects(aspects: Sequence[Aspect], page: ComparisonPage, indent: str) -> Iterator[Line]:
    """Set what is different in the words shown; if only other words are, set those."""
    told = [item for item in aspects if _side(item.old, page) != _side(item.new, page)]
    other = replace(page, language=_OTHER[page.language])
    for item in told:
        yield from _aspect(item, page, indent)
    if not told:
        for item in aspects:
            yield from _aspect(item, other, indent)


def _side(side: Text | None, page: ComparisonPage) -> str:
    return "" if side is None else side.in_(page.language)


def _aspect(item: Aspect, page: ComparisonPage, indent: str) -> Iterator[Line]:
    """Set a property: on one line if both sides are short, else below each other."""
    name = item.name.in_(page.language) + page.say("：", ": ")
    old, new = _side(item.old, page), _side(item.new, page)
    nothing = page.say("（没有）", "(none)")
    if item.key in ("place", "order"):
        yield from page.hanging(indent, f"{name}{old} -> {new}" if old else name + new, Tone.PLAIN)
    elif max(len(old), len(new)) <= _SHORT:
        yield from page.hanging(indent, f"{name}{old or nothing} -> {new or nothing}", Tone.PLAIN)
    else:
        yield from page.hanging(indent, name, Tone.PLAIN)
        if old:
            yield from page.hanging(indent + "  - ", old, Tone.REMOVED)
        if new:
            yield from page.hanging(indent + "  + ", new, Tone.ADDED)


_SHORT = 24
"""Longer texts stand below each other."""


def _rule(change: RuleChange, page: ComparisonPage) -> Iterator[Line]:
    severity = change.new_severity or change.old_severity
    assert severity is not None
    where = change.where.in_(page.language)
    place = page.say(f"（{where}）", f" ({where})") if where else ""
    description = change.description.in_(page.language)
    told = f"{severity.mark} {change.rule}{place}"
    yield from page.hanging("  ", f"{told}  {description}" if description else told, Tone.PLAIN)
    if change.kind is RuleChangeKind.ADDED:
        for name, text in (
            (Text("算式", "formula"), change.formula),
            (Text("依据", "authority"), change.authority),
        ):
            if text is not None and text.zh:
                label = name.in_(page.language) + page.say("：", ": ")
                yield from page.hanging("      ", label + text.in_(page.language), Tone.ADDED)
    yield from _aspects(change.aspects, page, "      ")
    if change.lapses:
        told = page.say("已写的说明会失效", "explanations written so far will lapse")
        yield from page.hanging("      ", told, Tone.NOTE)


def summary(comparison: SchemaComparison) -> Text:
    """Say in one line how much is different."""
    if comparison.is_same:
        if comparison.old.form.sha256 == comparison.new.form.sha256:
            return Text("没有不同", "Nothing is different.")
        return Text(
            "没有不同（只是文件的写法不同）", "Nothing is different but the way it is written."
        )
    zh, en = [], []
    for kind, (_, word, _tone) in _MARKS.items():
        counts = [
            (sum(_count(c) for c in comparison.places if c.kind is kind and c.what is what), what)
            for what in What
        ]
        named = [(count, what) for count, what in counts if count]
        if named:
            zh.append(f"{word.zh} " + "、".join(f"{n} {_PLURALS[w].zh}" for n, w in named))
            en.append(
                f"{word.en} "
                + ", ".join(f"{n} {(_PLURALS if n > 1 else _WHATS)[w].en}" for n, w in named)
            )
    rules = comparison.rules
    if rules:
        numbers = [(kind, sum(rule.kind is kind for rule in rules)) for kind in RuleChangeKind]
        words = {"added": "增加", "removed": "删去", "changed": "改动"}
        told = [f"{words[kind.value]} {n} 条" for kind, n in numbers if n]
        zh.append("校验规则" + "、".join(told))
        en.append("rules " + ", ".join(f"{kind.value} {n}" for kind, n in numbers if n))
        graded = sum(rule.is_regraded for rule in rules)
        if graded:
            zh.append(f"其中 {graded} 条改级别")
            en.append(f"{graded} of them re-graded")
    if not zh:
        return Text("只有报告种类的说明不同", "Only what holds for the whole is different.")
    return Text("；".join(zh), "; ".join(en))


def _count(change: PlaceChange) -> int:
    return max(len(change.old), len(change.new)) if change.kind in _LIST else 1
