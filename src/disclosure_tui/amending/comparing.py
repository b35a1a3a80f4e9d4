"""The comparison of two schemas as a whole."""

from __future__ import annotations

from collections.abc import Iterable

from disclosure_tui.amending.aspects import head_aspects
from disclosure_tui.amending.changes import SchemaComparison
from disclosure_tui.amending.pairing import Mapped, declared_mapping, pair_forms
from disclosure_tui.amending.places import place_changes
from disclosure_tui.amending.rule_changes import rule_changes
from disclosure_tui.report_type import LoadedReportType

__all__ = ["compare_schemas"]


def compare_schemas(
    old: LoadedReportType, new: LoadedReportType, mapping: Iterable[Mapped] = ()
) -> SchemaComparison:
    """Compare two schemas.

    Args:
        old: The older one.
        new: The newer one.
        mapping: Places that are the same under another name, or parts of each other; what either
            schema declares of the other is known without it.
    """
    mapped = (*mapping, *declared_mapping(old.form, new.form))
    pairs = pair_forms(old.form, new.form, mapped).pairs
    now = {before.pointer: after.pointer for before, after in pairs}
    return SchemaComparison(
        old,
        new,
        tuple(head_aspects(old.form, new.form)),
        place_changes(old.form, new.form, mapped),
        rule_changes(old, new, now),
    )
