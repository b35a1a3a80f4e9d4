"""Puts causes and deductions into words: messages whose labels the form fills in.

The sentences are those of users research, section 2 no. 4. They offer; a person decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from disclosure_tui.language import Text
from disclosure_tui.model.edit import SetValue, Transaction
from disclosure_tui.model.finding import Argument, Fix, LabelOf, Message, Place
from disclosure_tui.model.form import Form, Role
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.localise import Because, Cause, Change, Deduction, Explanation, Slip

__all__ = ["Suggestion", "suggestion_of", "suggestion_of_blank"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to say of a cause or a blank.

    Attributes:
        line: For the status line, without its mark.
        message: The full text. It does not name keys: those are the editor's.
        pointers: The cells to look at, the surest first.
        fix: The change to offer, or None.
    """

    line: Message
    message: Message
    pointers: tuple[Pointer, ...]
    fix: Fix | None = None


def suggestion_of(cause: Cause, form: Form) -> Suggestion | None:
    """Word a cause; None where nothing was found out."""
    if not cause.explanations:
        return None
    single = cause.single
    if single is not None:
        return _single(cause, single, form)
    first = cause.explanations[0]
    several: Argument = len(cause.explanations)
    arguments: dict[str, Argument] = {
        "count": _count(cause),
        "cells": len(first.changes),
        "several": several,
        "place": _place(first.changes[0].pointer, form, exact=False),
        "explanations": _listed(cause, form),
        "more": cause.more,
    }
    line = _LINE_CERTAIN if len(cause.explanations) == 1 else _LINE_SEVERAL
    message = _MESSAGE_CERTAIN if len(cause.explanations) == 1 else _MESSAGE_SEVERAL
    if cause.more:
        message = message + _MORE
    if cause.certain and len(cause.explanations) > 1:
        message = message + _SURE
        arguments["certain"] = _places(cause.certain, form)
    others = (change.pointer for one in cause.shown for change in one.changes)
    return Suggestion(
        Message(line, arguments),
        Message(message + _CHECK, arguments),
        tuple(dict.fromkeys((*cause.certain, *others))),
    )


def _single(cause: Cause, change: Change, form: Form) -> Suggestion:
    arguments = _change_arguments(change, form)
    arguments["count"] = _count(cause)
    exact = {**arguments, "place": _place(change.pointer, form, exact=True)}
    return Suggestion(
        Message(_LINE, arguments),
        Message(_MESSAGE + _CHECK, exact),
        (change.pointer,),
        cause.single_fix,
    )


def suggestion_of_blank(deduction: Deduction, form: Form) -> Suggestion:
    """Word a blank that only one figure can fill."""
    title = Text(f"填 {deduction.value}", f"fill in {deduction.value}")
    short: Mapping[str, Argument] = {
        "place": _place(deduction.pointer, form, exact=False),
        "value": deduction.value,
        "rule": deduction.equation[0],
    }
    exact = {**short, "place": _place(deduction.pointer, form, exact=True)}
    why = _BY_EQUATION if deduction.because is Because.EQUATION else _BY_BOUNDS
    fix = Fix(title, Transaction((SetValue(deduction.pointer, deduction.value),), title))
    return Suggestion(
        Message(_BLANK_LINE, short),
        Message(why + _CHECK, exact),
        (deduction.pointer, *deduction.given),
        # What rests on blanks that are still open is not sure by itself.
        None if deduction.given else fix,
    )


def _count(cause: Cause) -> int:
    return len(cause.settles) + len(cause.outside)


def _place(pointer: Pointer, form: Form, *, exact: bool) -> Message:
    """Name a cell: by row and column, the table in front in full texts; outside tables by path."""
    if form.nearest(pointer, Role.ROW) is None:
        return Message(Text("【{path}】", "{path}"), {"path": LabelOf(pointer, Place.PATH)})
    if not exact:
        slots = {"row": LabelOf(pointer, Place.ROW), "column": LabelOf(pointer, Place.COLUMN)}
        return Message(Text("{row}【{column}】", "{row}, {column}"), slots)
    slots = {
        "table": LabelOf(pointer, Place.TABLE),
        "row": LabelOf(pointer, Place.ROW_TITLE),
        "column": LabelOf(pointer, Place.COLUMN_TITLE),
    }
    return Message(Text("{table}【{row}】行【{column}】", "{table}, row {row}, {column}"), slots)


def _places(pointers: tuple[Pointer, ...], form: Form) -> Message:
    return _chain([_place(pointer, form, exact=False) for pointer in pointers], Text("、", "; "))


def _chain(parts: list[Message], between: Text) -> Message:
    """Join messages."""
    template = Text("", "")
    for number in range(len(parts)):
        slot = f"{{part{number}}}"
        template = template + (between if number else Text("", "")) + Text(slot, slot)
    return Message(template, {f"part{number}": part for number, part in enumerate(parts)})


def _change_arguments(change: Change, form: Form) -> dict[str, Argument]:
    slip = _SLIPS.get(change.slip)
    return {
        "place": _place(change.pointer, form, exact=False),
        "old": change.old,
        "new": "?" if change.new is None else change.new,
        "slip": "" if slip is None else Text("（", " (") + slip + Text("）", ")"),
    }


def _listed(cause: Cause, form: Form) -> Message:
    """Number the explanations."""
    parts = [
        Message(_NUMBERED, {"number": number, "changes": _changes(explanation, form)})
        for number, explanation in enumerate(cause.shown, 1)
    ]
    if len(cause.explanations) == 1:
        return _changes(cause.explanations[0], form)
    return _chain(parts, Text("；", "; "))


def _changes(explanation: Explanation, form: Form) -> Message:
    parts = [Message(_CHANGE, _change_arguments(change, form)) for change in explanation.changes]
    return _chain(parts, Text("，", ", "))


_LINE = Text(
    "疑似错填：{place}{old} 应为 {new}？改后 {count} 个问题消除",
    "Mistyped? {place}: {old}, meant {new}? Settles {count} findings",
)
_MESSAGE = Text(
    "下面 {count} 个问题可能是同一处造成的。只把{place}由 {old} 改为 {new}{slip}，"
    "{count} 个问题全部消除",
    "These {count} findings may come from one cell. Only {place} changed from {old} to {new}"
    "{slip} settles all {count}",
)
_LINE_CERTAIN = Text(
    "疑似错填 {cells} 格：{place}等，改后 {count} 个问题消除",
    "Mistyped in {cells} cells? {place} and others; settles {count} findings",
)
_MESSAGE_CERTAIN = Text(
    "下面 {count} 个问题最少要改 {cells} 格，只有一种改法：{explanations}",
    "These {count} findings need at least {cells} changes, in one way only: {explanations}",
)
_LINE_SEVERAL = Text(
    "{count} 个问题可能是 {cells} 格错填造成的，有 {several} 种可能",
    "{count} findings may come from {cells} mistyped cells, in {several} ways",
)
_MESSAGE_SEVERAL = Text(
    "下面 {count} 个问题最少要改 {cells} 格，有 {several} 种改法，不能断定是哪一种：{explanations}",
    "These {count} findings need at least {cells} changes; which of {several} ways is right "
    "cannot be told: {explanations}",
)
_MORE = Text("；还有 {more} 种", "; and {more} more")
_SURE = Text("。每种改法都要改的：{certain}", ". In every way: {certain}")
_CHECK = Text(
    "。请先对照原始登记。本程序不会自行改数。",
    ". Please compare the records first. The program changes no figure by itself.",
)
_NUMBERED = Text("{number}. {changes}", "{number}. {changes}")
_CHANGE = Text("{place}{old} 改为 {new}{slip}", "{place} {old} to {new}{slip}")
_BLANK_LINE = Text(
    "{place}未填，按勾稽关系应为 {value}？", "{place} is blank; by the sums it should be {value}?"
)
_BY_EQUATION = Text(
    "{place}未填。{rule} 中其他各格已填，这一格只能是 {value}",
    "{place} is blank. All other cells of {rule} are filled in, so it can only be {value}",
)
_BY_BOUNDS = Text(
    "{place}未填。{rule} 中已填各格正好相符，这一格只能是 {value}",
    "{place} is blank. What is filled in of {rule} adds up, so it can only be {value}",
)
_SLIPS = {
    Slip.SWAPPED: Text("与相邻的格填反", "swapped with its neighbour"),
    Slip.TRANSPOSED: Text("两个数字颠倒", "two digits transposed"),
    Slip.SIGN: Text("正负号填反", "wrong sign"),
    Slip.UNIT: Text("单位差一万倍", "wrong unit, 10,000 times"),
    Slip.DOUBLED: Text("一个数字重复", "a digit typed twice"),
    Slip.DROPPED: Text("漏了一个数字", "a digit missing"),
    Slip.INSERTED: Text("多了一个数字", "a digit too many"),
    Slip.SUBSTITUTED: Text("一个数字不同", "one digit differs"),
    Slip.OMITTED: Text("填成了 0", "0 was entered"),
}
