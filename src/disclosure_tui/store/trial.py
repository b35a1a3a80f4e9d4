"""Rare changes are tried: the text is changed, read anew, and kept if its data are as expected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeAlias

from disclosure_tui.errors import DocumentError
from disclosure_tui.model.edit import Edit, InsertValue, SetValue, Transaction
from disclosure_tui.model.report import Plain, Report
from disclosure_tui.model.value import same_value
from disclosure_tui.store.draft import Draft
from disclosure_tui.store.plain_data import plain_data
from disclosure_tui.store.reader import read_report

__all__ = ["Candidate", "expected_data", "first_as_expected"]

Candidate: TypeAlias = Sequence[tuple[int, int, str]]
"""Start and end of what is replaced, and what comes there; each as the ones before left it."""


def expected_data(data: Plain, edits: Iterable[Edit]) -> Plain:
    """Return the data after some edits; adding to a blank makes it a map.

    Raises:
        KeyError: An edit names a place that does not exist, or inserts a key that does.
    """
    report = Report(data)
    for edit in edits:
        above = edit.pointer.parent
        if isinstance(edit, InsertValue) and report.value_at(above) is None and report.has(above):
            edit = SetValue(above, {edit.pointer.key: edit.value})
        report = report.after(Transaction((edit,)))
    return report.data


def first_as_expected(draft: Draft, edit: Edit, candidates: Iterable[Candidate]) -> Draft | None:
    """Return the draft after the first candidate that does just what an edit asks, or None."""
    try:
        expected = expected_data(plain_data(draft.root, draft.text, ""), (edit,))
    except KeyError:
        return None
    for candidate in candidates:
        after = draft
        for start, end, text in candidate:
            after = after.replaced(start, end, text)
        try:
            root = read_report(after.text, "")
            data = plain_data(root, after.text, "")
        except DocumentError:
            continue
        if same_value(data, expected):
            return replace(after, root=root)
    return None
