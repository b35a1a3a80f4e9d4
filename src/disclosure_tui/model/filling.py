"""From wanted values to edits: what exists is set, what is missing is inserted with its parents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from disclosure_tui.errors import EditRefused
from disclosure_tui.language import Text
from disclosure_tui.model.edit import Edit, InsertValue, SetValue, Transaction
from disclosure_tui.model.form import Form, Node, Role
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Plain, Report

__all__ = ["edits_for"]


def edits_for(
    form: Form, report: Report, values: Iterable[tuple[Pointer, Plain]]
) -> tuple[tuple[Edit, ...], Report]:
    """Turn wanted values into edits, each on the report as the ones before leave it.

    Args:
        form: Gives the order of keys, and the cells of a row that is written for the first time.
        report: The report before.
        values: What is wanted where.

    Returns:
        The edits, and the report after them.

    Raises:
        EditRefused: The report is not a map of keys.
    """
    edits: list[Edit] = []
    for pointer, value in values:
        edit = _edit(form, report, pointer, value)
        edits.append(edit)
        report = report.after(Transaction((edit,)))
    return tuple(edits), report


def _edit(form: Form, report: Report, pointer: Pointer, value: Plain) -> Edit:
    if report.has(pointer):
        return SetValue(pointer, value)
    length = len(pointer) - 1
    while not isinstance(report.value_at(pointer[:length]), Mapping):
        length -= 1
        if length < 0:
            raise EditRefused(Text("文件不是一组键和值", "the file is not a map of keys"))
    wanted = _nested(form, pointer, length + 1, value)
    target = Pointer(pointer[: length + 1])
    if report.has(target):
        return SetValue(target, wanted)
    above = form.node(pointer[:length])
    order = tuple(child.key for child in above.children) if above is not None else ()
    return InsertValue(target, wanted, order)


def _nested(form: Form, pointer: Pointer, length: int, value: Plain) -> Plain:
    """Wrap a value into the maps below a length of its pointer; a row gets all its cells."""
    for end in range(len(pointer), length, -1):
        node = form.node(pointer[: end - 1])
        holder: dict[str, Any] = {pointer[end - 1]: value}
        value = _whole_row(node, holder) if node is not None else holder
    return value


def _whole_row(node: Node, holder: dict[str, Any]) -> dict[str, Any]:
    if node.role is not Role.ROW:
        return holder
    return {child.key: holder.get(child.key) for child in node.children}
