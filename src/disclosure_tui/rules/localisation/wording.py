"""Puts causes and deductions into words: messages whose labels the form fills in.

The sentences are those of users research, section 2 no. 4. They offer; a person decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from disclosure_tui.language import Text
from disclosure_tui.model.finding import Argument, Identity, LabelOf, Message, Place
from disclosure_tui.model.form import Form, Role
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.suggestion import Change, Slip, Standing, Suggestion
from disclosure_tui.rules.localisation.cause import SHOWN, Because, Cause, Deduction, Status

__all__ = ["suggestion_of", "suggestion_of_blank"]


def suggestion_of(
    cause: Cause, form: Form, settles: tuple[Identity, ...], most_cells: int
) -> Suggestion:
    """Word a cause.

    Args:
        cause: What was found.
        form: The form.
        settles: The findings that the cause is behind, at least one.
        most_cells: Greatest number of cells that was looked for.
    """
    if not cause.explanations:
        return _unexplained(cause, settles, most_cells)
    ways = tuple(one.changes for one in cause.explanations)
    only = len(ways) == 1
    changes = ways[0]
    if only and len(changes) == 1 and changes[0].new is not None:
        arguments = _change_arguments(changes[0], form, exact=False)
        exact = _change_arguments(changes[0], form, exact=True)
        line, message = _LINE, _MESSAGE
    else:
        arguments = exact = {
            "cells": len(changes),
            "wrong": _cells("mistyped", len(changes)),
            "changed": _cells("changed", len(changes)),
            "ways": len(ways),
            "place": _place(changes[0].pointer, form, exact=False),
            "listed": _listed(ways, form),
            "more": max(0, len(ways) - SHOWN),
            "certain": _chain(
                [_place(pointer, form, exact=False) for pointer in cause.certain], _AND
            ),
        }
        line = _LINE_SEVERAL if not only else _LINE_ONLY if len(changes) > 1 else _LINE_OPEN
        message = _MESSAGE_ONLY if only else _MESSAGE_SEVERAL
        message += _MORE if len(ways) > SHOWN else Text("", "")
        message += _SURE if cause.certain and not only else Text("", "")
    others = (change.pointer for way in ways[:SHOWN] for change in way)
    counted = _counted(settles)
    return Suggestion(
        Standing.ONLY if only else Standing.SEVERAL,
        settles,
        ways,
        tuple(dict.fromkeys((*cause.certain, *others))),
        Message(line, {**arguments, **counted}),
        Message(message + _CHECK, {**exact, **counted}),
        cause.fix,
    )


def _unexplained(cause: Cause, settles: tuple[Identity, ...], most_cells: int) -> Suggestion:
    """Say that the search was in vain, and why."""
    unfinished = cause.status is Status.UNFINISHED
    arguments: dict[str, Argument] = {**_counted(settles), "cells": most_cells + 1}
    return Suggestion(
        Standing.UNFINISHED if unfinished else Standing.NONE,
        settles,
        (),
        cause.outside or tuple(dict.fromkeys(level for _, level, _ in settles)),
        Message(_LINE_UNFINISHED if unfinished else _LINE_NONE, arguments),
        Message(_MESSAGE_UNFINISHED if unfinished else _MESSAGE_NONE, arguments),
    )


def suggestion_of_blank(
    deduction: Deduction, form: Form, settles: tuple[Identity, ...]
) -> Suggestion:
    """Word a blank that only one figure can fill. How to fill it depends on the report.

    Args:
        deduction: What was found.
        form: The form.
        settles: The findings that wait for the blank.
    """
    arguments: dict[str, Argument] = {
        "place": LabelOf(deduction.pointer, Place.PATH),
        "exact": _place(deduction.pointer, form, exact=True),
        "value": deduction.value,
        "rule": deduction.equation[0],
    }
    why = _BY_EQUATION if deduction.because is Because.EQUATION else _BY_BOUNDS
    change = Change(deduction.pointer, None, deduction.value, Slip.OTHER)
    return Suggestion(
        Standing.BLANK,
        settles,
        ((change,),),
        (deduction.pointer, *deduction.given),
        Message(_BLANK_LINE, arguments),
        Message(why + _CHECK, arguments),
    )


def _cells(what: str, count: int) -> Text:
    """Count cells in English; the Chinese sentences have the number alone."""
    return Text("", f"{count} {what} cell" if count == 1 else f"{count} {what} cells")


def _counted(settles: tuple[Identity, ...]) -> dict[str, Argument]:
    """Count the findings, in the singular where there is one."""
    count = len(settles)
    one = count == 1
    all_of = "it" if one else "both" if count == 2 else f"all {count}"
    return {
        "count": count,
        "findings": Text(f"{count} 个问题", "1 finding" if one else f"{count} findings"),
        "these": Text("", "This finding" if one else f"These {count} findings"),
        "all": Text("消除" if one else "全部消除", all_of),
        "need": Text("", "needs" if one else "need"),
    }


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


def _chain(parts: Iterable[Message], between: Text) -> Message:
    """Join messages."""
    template = Text("", "")
    slots: dict[str, Argument] = {}
    for number, part in enumerate(parts):
        slot = f"{{part{number}}}"
        template = template + (between if number else Text("", "")) + Text(slot, slot)
        slots[f"part{number}"] = part
    return Message(template, slots)


def _change_arguments(change: Change, form: Form, *, exact: bool) -> dict[str, Argument]:
    slip = _SLIPS.get(change.slip)
    return {
        "place": _place(change.pointer, form, exact=exact),
        "old": "" if change.old is None else change.old,
        "new": Text("别的数", "another figure") if change.new is None else change.new,
        "slip": "" if slip is None else Text("（", " (") + slip + Text("）", ")"),
    }


def _listed(ways: tuple[tuple[Change, ...], ...], form: Form) -> Message:
    """Number the ways, where there are several."""
    told = [
        _chain((Message(_CHANGE, _change_arguments(item, form, exact=False)) for item in way), _SO)
        for way in ways[:SHOWN]
    ]
    if len(ways) == 1:
        return told[0]
    numbered = (
        Message(_NUMBERED, {"number": number, "changes": changes})
        for number, changes in enumerate(told, 1)
    )
    return _chain(numbered, _OR)


_AND, _SO, _OR = Text("、", "; "), Text("，", ", "), Text("；", "; ")
_LINE = Text(
    "疑似错填：{place}{old} 应为 {new}？改后 {findings}消除",
    "Mistyped? {place}: {old} for {new}? Settles {findings}",
)
_MESSAGE = Text(
    "下面 {findings}可能是同一处造成的。只把{place}由 {old} 改为 {new}{slip}，{findings}{all}",
    "{these} may come from one cell: changing only {place} from {old} to {new}{slip} settles {all}",
)
_LINE_OPEN = Text("疑似错填：{place}，改后 {findings}消除", "Mistyped? {place}; settles {findings}")
_LINE_ONLY = Text(
    "疑似错填 {cells} 格：{place}等，改后 {findings}消除",
    "Mistyped in {cells} cells? {place} and others; settles {findings}",
)
_MESSAGE_ONLY = Text(
    "下面 {findings}最少要改 {cells} 格，只有一种改法：{listed}",
    "{these} {need} at least {changed}, and only one way will do: {listed}",
)
_LINE_SEVERAL = Text(
    "{findings}可能是 {cells} 格错填造成的，有 {ways} 种可能",
    "{findings} may come from {wrong}, in {ways} possible ways",
)
_MESSAGE_SEVERAL = Text(
    "下面 {findings}最少要改 {cells} 格，有 {ways} 种改法，不能断定是哪一种：{listed}",
    "{these} {need} at least {changed}; which of {ways} ways is right cannot be told: {listed}",
)
_LINE_NONE = Text(
    "{findings}至少是 {cells} 格错填造成的，请逐一核对",
    "{findings}: at least {cells} cells are wrong; check each",
)
_MESSAGE_NONE = Text(
    "下面 {findings}至少是 {cells} 格错填造成的，推断不出是哪几格，请逐一核对。",
    "{these} {need} at least {cells} changed cells; which ones cannot be told. Check each.",
)
_LINE_UNFINISHED = Text(
    "{findings}可能的改法太多，没有查完，请逐一核对",
    "{findings}: too many possible causes to look at; check each",
)
_MESSAGE_UNFINISHED = Text(
    "下面 {findings}可能的改法太多，没有查完，推断不出错在哪里，请逐一核对。",
    "{these} may have too many causes to look at them all, so none is named. Check each.",
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
    "【{place}】未填，按勾稽关系应为 {value}？",
    "{place} is blank; by the sums it should be {value}?",
)
_BY_EQUATION = Text(
    "{exact}未填。{rule} 中其他各格已填，这一格只能是 {value}",
    "{exact} is blank. All other cells of {rule} are filled in, so it can only be {value}",
)
_BY_BOUNDS = Text(
    "{exact}未填。{rule} 中已填各格正好相符，这一格只能是 {value}",
    "{exact} is blank. What is filled in of {rule} adds up, so it can only be {value}",
)
_SLIPS: Mapping[Slip, Text] = {
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
