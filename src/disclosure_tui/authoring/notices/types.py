"""Expressions that can never be decided, since a text stands where a figure is wanted, or reverse.

A mistyped value leaves a rule undecided in a report; where the form itself allows no other value
the rule is undecided in every report.
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure_tui.authoring.notice import Notice, Subject
from disclosure_tui.language import Text
from disclosure_tui.model.finding import Severity
from disclosure_tui.model.form import Form
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.expression import Bound, mistyped
from disclosure_tui.rules.implied import comparison_of

__all__ = ["notices"]


def notices(subject: Subject) -> Iterator[Notice]:
    """Find them; one for each rule."""
    form = subject.loaded.form
    for places in subject.instances.values():
        for each in places:
            condition = None if each.condition is None else each.condition.bound
            found = _first(form, comparison_of(each)) or _first(form, condition)
            if found is not None:
                yield _notice(each.rule.identifier, each.rule.origin, form, *found)
                break


def _first(form: Form, bound: Bound | None) -> tuple[Pointer, bool] | None:
    """Return a cell used as what it is not, and whether a figure was wanted."""
    for operand, figure in () if bound is None else mistyped(bound):
        node = form.node(operand.pointer)
        if node is not None and node.cell is not None and node.cell.numeric is not figure:
            return operand.pointer, figure
    return None


def _notice(rule: str, origin: str, form: Form, pointer: Pointer, figure: bool) -> Notice:  # noqa: FBT001 - one of two words
    node = form.node(pointer)
    zh = en = pointer.key
    if node is not None and node.label.titles:
        zh, en = (node.label.title(language) for language in type(form.report_type.language))
    wanted = Text("数字", "figure") if figure else Text("文字", "text")
    return Notice(
        "type",
        Severity.WARNING,
        origin,
        Text(
            f"【{zh}】不是{wanted.zh}，规则永远不能判定",
            f"{pointer} ({en}) is no {wanted.en}: the rule can never be decided",
        ),
        Text("请核对路径和写法", "see the path, and what is done with it"),
        rule=rule,
    )
