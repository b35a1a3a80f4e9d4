"""What changed as lines to read: figures in columns, texts sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Language, Text
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.value import ABSENT, Side
from disclosure_tui.render.comparison import Change, ChangeKind, Comparison, place_label
from disclosure_tui.render.differing import value_text
from disclosure_tui.render.grid import Tone
from disclosure_tui.render.painting import Line, Piece
from disclosure_tui.render.sentences import SentenceChange, marked
from disclosure_tui.render.view import heading
from disclosure_tui.render.width import MEASURE, Align, Measure, printable
from disclosure_tui.render.wording import Wording, number_text

__all__ = ["ComparisonPage", "set_comparison", "set_sentences", "summary"]

_WIDEST_LABEL = 48
_ENDLESS = 100_000
"""Cells of a line that is never broken."""

_KINDS = {
    ChangeKind.CELL: Text("{n} 格", "cells {n}"),
    ChangeKind.TEXT: Text("{n} 部分的文字", "texts {n}"),
    ChangeKind.ROW: Text("{n} 行增减", "rows added or removed {n}"),
    ChangeKind.ORDER: Text("{n} 处行序", "changes of order {n}"),
    ChangeKind.NOTE: Text("{n} 条表内注释", "notes {n}"),
    ChangeKind.REMARK: Text("{n} 条填报备注", "remarks {n}"),
    ChangeKind.EXPLANATION: Text("{n} 条情况说明", "explanations {n}"),
    ChangeKind.FIELD: Text("{n} 个填写项", "fields {n}"),
}
_BLANK = Text("未填", "blank")
_FIELDS = Text("其他填写项", "Other fields")
_EXPLANATIONS = Text("情况说明", "Explanations")


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """How to set a comparison.

    Attributes:
        language: The language of the words.
        width: Cells of a line; None: lines are not broken, for a file or a pipe.
        measure: Widths of characters on the terminal in use.
    """

    language: Language
    width: int | None = None
    measure: Measure = MEASURE

    def say(self, zh: str, en: str) -> str:
        """Pick one of two wordings."""
        return Text(zh, en).in_(self.language)

    def line(self, text: str, tone: Tone = Tone.PLAIN) -> Line:
        """Return a line of one piece."""
        return (Piece(text, self.measure.width(text), None, tone, None),)

    def hanging(self, head: str, text: str, tone: Tone) -> Iterator[Line]:
        """Set a text behind a mark, its further lines under its first."""
        room = max(10, (self.width or _ENDLESS) - len(head))
        for index, part in enumerate(self.measure.wrap(printable(text), room)):
            yield self.line((head if index == 0 else " " * len(head)) + part, tone)


def set_comparison(
    comparison: Comparison, names: tuple[str, str], page: ComparisonPage
) -> list[Line]:
    """Set a comparison.

    Args:
        comparison: What changed.
        names: What to call the older and the newer state.
        page: How to set it.
    """
    wording = Wording(comparison.form, page.language)
    old, new = names
    lines = [
        *page.hanging("--- ", old, Tone.REMOVED),
        *page.hanging("+++ ", new, Tone.ADDED),
    ]
    for title, changes in groupby(comparison.changes, lambda change: _group(change, wording)):
        lines += [
            (),
            *page.hanging("", title, Tone.PLAIN),
            *_set_group(list(changes), page, wording),
        ]
    if comparison.without:
        places = page.say("、", ", ").join(wording.path(place) for place in comparison.without)
        lines += [
            (),
            *page.hanging(
                "",
                page.say(
                    f"没有比较（两个格式版本没有对应项）：{places}",
                    f"Not compared (the editions have no counterpart): {places}",
                ),
                Tone.NOTE,
            ),
        ]
    lines += [(), *page.hanging("", summary(comparison, page.language), Tone.PLAIN)]
    if comparison.schema is not None:
        told = Text("比较所用", "Compared by ") + comparison.schema.words()
        lines += page.hanging("", told.in_(page.language), Tone.NOTE)
    return lines


def summary(comparison: Comparison, language: Language) -> str:
    """Say in one line how much changed, by kind."""
    count = len(comparison.changes)
    if not count:
        return Text("没有不同", "Nothing is different.").in_(language)
    parts = [
        template.in_(language).format(n=comparison.count(kind))
        for kind, template in _KINDS.items()
        if comparison.count(kind)
    ]
    listed = Text("，", ", ").in_(language).join(parts)
    return Text(f"共 {count} 处不同：{listed}", f"Differences: {count} ({listed})").in_(language)


def _group(change: Change, wording: Wording) -> str:
    """Return the heading under which a change is told."""
    match change.kind:
        case ChangeKind.NOTE | ChangeKind.REMARK:
            return wording.path(Pointer(change.pointer[:1]))
        case ChangeKind.EXPLANATION:
            return wording.text(_EXPLANATIONS)
    section = wording.form.section_of(change.pointer)
    if section is None:
        return wording.text(_FIELDS)
    return heading(section, wording.language) or section.label.short(wording.language)


def _set_group(changes: list[Change], page: ComparisonPage, wording: Wording) -> Iterator[Line]:
    figures = [change for change in changes if _is_short(change)]
    yield from _columns(figures, page, wording)
    for change in changes:
        if change in figures:
            continue
        match change.kind:
            case ChangeKind.TEXT:
                yield from set_sentences(change.sentences, page)
            case ChangeKind.ROW:
                yield from _row(change, page, wording)
            case ChangeKind.ORDER:
                yield from _order(change, page, wording)
            case ChangeKind.EXPLANATION:
                yield from _explanation(change, page)
            case _:
                yield from _replaced(place_label(wording, change.pointer), change, page)


def _is_short(change: Change) -> bool:
    if change.kind is ChangeKind.CELL:
        return True
    sides = [side for side in (change.old, change.new) if side is not ABSENT]
    plain = all(not isinstance(side, Mapping | list) for side in sides)
    return change.kind is ChangeKind.FIELD and plain and all(len(str(s)) <= 24 for s in sides)


def _columns(changes: list[Change], page: ComparisonPage, wording: Wording) -> Iterator[Line]:
    """Set figures under each other: label, before, after, difference."""
    if not changes:
        return
    measure = page.measure
    labels = [printable(_label(change, wording)) for change in changes]
    olds, news = (
        [printable(wording.text(value_text(side))) for side in sides]
        for sides in ([change.old for change in changes], [change.new for change in changes])
    )
    grown = [_grown(change) for change in changes]
    before, after, more = (max(map(measure.width, column)) for column in (olds, news, grown))
    room = min(_WIDEST_LABEL, max(map(measure.width, labels)))
    if page.width is not None:
        room = max(8, min(room, page.width - before - after - more - 10))
    for change, label, old, new, by in zip(changes, labels, olds, news, grown, strict=True):
        *above, last = measure.wrap(label, room) or [""]
        yield from (page.line("  " + part) for part in above)
        tone = Tone.BLANK if change.old is ABSENT or change.old is None else Tone.REMOVED
        yield _joined(
            ("  " + measure.fit(last, room) + "  ", Tone.PLAIN),
            (measure.fit(old, before, Align.RIGHT), tone),
            (" -> ", Tone.PLAIN),
            (measure.fit(new, after, Align.RIGHT), Tone.ADDED),
            ("  " + by if by else "", Tone.PLAIN),
            measure=measure,
        )


def _joined(*parts: tuple[str, Tone], measure: Measure) -> Line:
    return tuple(Piece(text, measure.width(text), None, tone, None) for text, tone in parts if text)


def _label(change: Change, wording: Wording) -> str:
    """Name a place below the heading of its section: row, then column."""
    if change.kind is not ChangeKind.CELL:
        return place_label(wording, change.pointer)
    row, column = wording.row(change.pointer), wording.column(change.pointer)
    return f"{row} {column}" if row != column else row


def _grown(change: Change) -> str:
    by = change.difference
    if by is None:
        return ""
    return f"+{number_text(by)}" if by > 0 else number_text(by)


def set_sentences(changes: Sequence[SentenceChange], page: ComparisonPage) -> Iterator[Line]:
    """Set the sentences in which two texts differ, what differs in them between `[` and `]`."""
    for number, sentences in groupby(changes, lambda one: one.paragraph):
        yield page.line("  " + page.say(f"第 {number} 段", f"paragraph {number}"), Tone.NOTE)
        for one in sentences:
            old, new = one.old, one.new
            if old is not None and new is not None:
                old, new = marked(old, new)
            if old is not None:
                yield from page.hanging("  - ", old, Tone.REMOVED)
            if new is not None:
                yield from page.hanging("  + ", new, Tone.ADDED)


def _row(change: Change, page: ComparisonPage, wording: Wording) -> Iterator[Line]:
    gone = change.new is ABSENT
    value = change.old if gone else change.new
    name = wording.row(change.pointer)
    told = page.say(f"{'删去' if gone else '增加'}一行【{name}】", f"row {name}")
    cells = page.say("，", ", ").join(_cells(change.pointer, value, wording))
    tone = Tone.REMOVED if gone else Tone.ADDED
    separator = page.say("：", ": ")
    yield from page.hanging("  - " if gone else "  + ", told + separator + cells, tone)


def _cells(row: Pointer, value: Side, wording: Wording) -> Iterator[str]:
    """Yield what stands in a row, one cell after the other."""
    node = wording.form.node(row)
    for cell in node.walk() if node is not None else ():
        if cell.children:
            continue
        inner: Side = value
        for key in cell.pointer.below(row):
            inner = inner.get(key) if isinstance(inner, Mapping) else None
        if inner is not None:
            yield f"{wording.column(cell.pointer)} {wording.text(value_text(inner))}"


def _order(change: Change, page: ComparisonPage, wording: Wording) -> Iterator[Line]:
    for head, side, tone in _sides(change):
        keys = side if isinstance(side, list) else ()
        names = (wording.row(change.pointer / str(key)) for key in keys)
        told = page.say("次序：", "order: ") + page.say("、", ", ").join(names)
        yield from page.hanging(head, told, tone)


def _sides(change: Change) -> tuple[tuple[str, Side, Tone], ...]:
    return ("  - ", change.old, Tone.REMOVED), ("  + ", change.new, Tone.ADDED)


def _explanation(change: Change, page: ComparisonPage) -> Iterator[Line]:
    for head, side, tone in _sides(change):
        if isinstance(side, Mapping):
            name = " ".join(str(side.get(key) or "") for key in ("rule", "instance")).strip()
            said = [str(side.get(key) or "") for key in ("reason", "text", "by", "at")]
            if side.get("dismissed") is True:
                said.append(page.say("已标为无关", "dismissed"))
            yield from page.hanging(
                head, name + page.say("：", ": ") + " ".join(filter(None, said)), tone
            )


def _replaced(label: str, change: Change, page: ComparisonPage) -> Iterator[Line]:
    yield from page.hanging("  ", label, Tone.PLAIN)
    for head, side, tone in _sides(change):
        if side is not ABSENT and side is not None:
            yield from page.hanging(head, _written(side, page), tone)


def _written(side: Side, page: ComparisonPage) -> str:
    if isinstance(side, str):
        return side
    return value_text(side).in_(page.language)
