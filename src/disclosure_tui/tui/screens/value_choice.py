"""Chooses the value of a field from the list that the form allows."""

from __future__ import annotations

from disclosure_tui.model.pointer import Pointer
from disclosure_tui.tui.dialog import Dialog
from disclosure_tui.tui.report_base import ReportBase

__all__ = ["ask_value"]


async def ask_value(host: ReportBase, pointer: Pointer) -> None:
    """Open the list for a field of the report."""
    node = host.session.form.nodes[pointer]
    assert node.cell is not None
    cell, values = node.cell, list(node.cell.values)
    current = host.filling.report.value_at(pointer)

    async def answer(choice: int | None) -> None:
        if choice is not None:
            host.commit(pointer, values[choice])
        host.settle()

    await host.app.push_screen(
        Dialog(
            node.label.title(host.language),
            [cell.label(value, host.language.value) for value in values],
            answer,
            selected=values.index(current) if current in values else 0,
        )
    )
