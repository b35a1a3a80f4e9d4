"""Writes down which report was last year's: a file with its digest, or figures typed in."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from disclosure_tui.errors import EditRefused
from disclosure_tui.language import Text
from disclosure_tui.model.edit import Edit, InsertValue, SetValue, Transaction
from disclosure_tui.model.form import Form, Role
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Plain, Report
from disclosure_tui.prior import FoundPrior, find_prior
from disclosure_tui.rules.checker import Checker
from disclosure_tui.rules.expression import Missing
from disclosure_tui.rules.reading import prior_value
from disclosure_tui.session import Session

__all__ = ["name_file", "type_figures", "typed_figures", "wanted_figures"]

_PLACE = Pointer.of("prior")
_TITLE = Text("上年年报", "last year's report")


def wanted_figures(checker: Checker, form: Form, found: FoundPrior) -> tuple[Pointer, ...]:
    """Return the figures of last year that a rule reads and that are not there."""
    read = {
        operand.pointer
        for instance in checker.instances(form)
        for operand in instance.evaluator.operands
        if operand.prior
    }
    return tuple(
        pointer
        for pointer, node in form.nodes.items()
        if node.role is Role.CELL
        and pointer in read
        and prior_value(form, found.prior, pointer) is Missing.NO_PRIOR
    )


def typed_figures(report: Report) -> Mapping[str, Plain]:
    """Return the figures that were typed in, by their addresses as texts."""
    values = report.value_at((*_PLACE, "values"))
    return values if isinstance(values, Mapping) else {}


def name_file(session: Session, file: Path) -> None:
    """Note a file as last year's report, with its digest.

    Args:
        session: The report.
        file: The file; it is noted relative to the report.

    Raises:
        EditRefused: It cannot be last year's report, and why.
    """
    named = os.path.relpath(file, session.path.parent)
    data = dict(session.report.data)
    trial = Report({**data, "prior": {"file": named}})
    found = find_prior(session.report_type.form, trial, session.path)
    if found.prior is None:
        raise EditRefused(_why(found, named))
    _put(session, {"file": named, "sha256": found.sha256})


def _why(found: FoundPrior, named: str) -> Text:
    """Return the sentence of the finding that naming the file would lead to."""
    if not found.findings:
        return Text(f"【{named}】不能作为上年年报", f"{named} cannot be last year's report")
    message = found.findings[0].line
    slots = dict(message.arguments)
    zh = {name: value.zh if isinstance(value, Text) else value for name, value in slots.items()}
    en = {name: value.en if isinstance(value, Text) else value for name, value in slots.items()}
    return Text(message.template.zh.format_map(zh), message.template.en.format_map(en))


def type_figures(session: Session, figures: Mapping[Pointer, Plain], *, by: str) -> None:
    """Note figures of last year's printed report; a blank takes one back.

    Raises:
        EditRefused: Another report of last year is noted, or a place is no figure.
    """
    for pointer in figures:
        node = session.form.node(pointer)
        if node is None or node.role is not Role.CELL:
            raise EditRefused(
                Text(f"表上没有【{pointer}】这一格", f"the form has no figure at {pointer}")
            )
    noted = session.report.value_at(_PLACE)
    if isinstance(noted, list) or (isinstance(noted, Mapping) and noted.get("file")):
        raise EditRefused(
            Text("已写明上年年报的文件，不用录入", "a file of last year is noted already"),
            hint=Text("先在文件中删去【prior】", "remove prior from the file first"),
        )
    values = {**typed_figures(session.report), **{str(p): v for p, v in figures.items()}}
    kept = {pointer: value for pointer, value in values.items() if value is not None}
    source = noted.get("source") if isinstance(noted, Mapping) else None
    told = {"values": kept, "source": source or "纸质年报", "by": by}
    _put(session, told if kept else None)


def _put(session: Session, value: Plain) -> None:
    order = tuple(child.key for child in session.form.root.children)
    edit: Edit = InsertValue(_PLACE, value, order)
    if session.report.has(_PLACE):
        edit = SetValue(_PLACE, value)
    session.apply(Transaction((edit,), _TITLE))
