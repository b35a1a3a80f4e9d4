"""A report says with which overlay it was filled in, as soon as it holds what only that knows."""

from __future__ import annotations

from collections.abc import Mapping

from disclosure_tui.model.form import Form
from disclosure_tui.model.origin import OVERLAY
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Plain, Report

__all__ = ["with_overlay_named"]


def with_overlay_named(
    form: Form, report: Report, changed: Mapping[Pointer, Plain]
) -> Mapping[Pointer, Plain]:
    """Return changes together with the name of the overlay, where the report has to say it.

    Opened without the overlay, the report can then tell which one is missing.

    Args:
        form: The form.
        report: The report before the changes.
        changed: What is to stand where.
    """
    if form.overlay is None or OVERLAY in changed or report.value_at(OVERLAY) is not None:
        return changed
    if not isinstance(report.value_at(OVERLAY[:-1]), Mapping | None):
        return changed
    places = (form.place(pointer) for pointer, value in changed.items() if value is not None)
    if any(node is not None and node.added for node in places):
        return {**changed, OVERLAY: form.overlay.identifier}
    return changed
