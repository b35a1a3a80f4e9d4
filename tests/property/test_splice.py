"""Whatever is typed into a report: only that place changes, or nothing does."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disclosure_tui.errors import EditRefused
from disclosure_tui.model.edit import Edit, InsertValue, RemoveValue, SetValue, Transaction
from disclosure_tui.model.pointer import ROOT, Pointer
from disclosure_tui.model.value import same_value
from disclosure_tui.store.document import Change, Document
from disclosure_tui.store.tree import same_node
from unit.store.hard_documents import HARD

NASTY: list[Any] = [
    0, -5, 10**17, 10**18, None, True, False,
    Decimal("1.50"), Decimal("5"), Decimal("-0.00"), Decimal("1E+5"), Decimal("NaN"),
    "", " ", "yes", "NO", "1e3", "010", "1_000", "null", "~", "=", "<<", ".inf", "12:30",
    "2023-12-31", "a: b", "# x", "x # y", "x #", "a:", ":a", "- a", "-", "? q", "[x", "a, b",
    "*a", "&a", "!t", "|", ">", "%d", "@x", "`x`", '"', "'", "it's", 'say "hi"', "a\\b",
    "one\ntwo", "one\n\ntwo\n", "x\n\n", "\nx", "\n", "  lead\nx", "a\n   \nb", "trail \nx ",
    "\ttab", "x\ty\n\tz", "a\rb", "a\r\nb", "\x07", "\x00", "\x1b[0m", "\x7f", "a\x85b",
    "a\u2028b\nc", "\ufeffx", "😀", "一二：（四）", "　　段首\n　　二段", "x" * 300, "---", "...",
    "\n---\nx", "<<<<<<< x\ny", "key: |\n  x\n", "\ud800", "x\n# y",
]  # fmt: skip
VALUES = st.one_of(
    st.sampled_from(NASTY),
    st.text(max_size=40),
    st.text("ab :#-\n\t'\"|>{}[],&*!%@`?", max_size=30),
    st.integers(),
    st.decimals(allow_nan=False, places=3),
)
WHOLE = st.recursive(
    VALUES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)
KEYS = st.one_of(
    st.sampled_from(["new", "新", "1", "yes", "/p/q", "x: y", "#"]), st.text(max_size=8)
)


def _places(value: Any, at: Pointer = ROOT) -> list[tuple[Pointer, Any]]:
    places = [(at, value)]
    inner = value.items() if isinstance(value, dict) else ()
    if isinstance(value, list):
        inner = ((str(index), item) for index, item in enumerate(value))
    for key, part in inner:
        places += _places(part, at / key)
    return places


def _edit(draw: st.DataObject, data: Any) -> Edit:
    kind = draw.draw(st.sampled_from(["scalar", "scalar", "whole", "insert", "remove"]))
    pointer, value = draw.draw(st.sampled_from(_places(data)))
    if kind == "insert" and isinstance(value, list):
        return InsertValue(pointer / str(draw.draw(st.integers(0, len(value)))), draw.draw(WHOLE))
    if kind == "insert":
        key = draw.draw(KEYS)
        known = list(value) if isinstance(value, dict) else []
        order = draw.draw(st.one_of(st.just([]), st.permutations([*known, key])))
        return InsertValue(pointer / key, draw.draw(WHOLE), tuple(order))
    if kind == "remove":
        return RemoveValue(pointer)
    return SetValue(pointer, draw.draw(VALUES if kind == "scalar" else WHOLE))


def _applied(before: Document, wanted: Transaction) -> tuple[Document, Change, Transaction]:
    """Apply a transaction, detached from references where only they forbid it."""
    try:
        return (*before.apply(wanted), wanted)
    except EditRefused as refusal:
        if refusal.detachable is None:
            raise
    detached = before.detached(wanted)
    return (*before.apply(detached), detached)


@pytest.mark.parametrize("hard", HARD, ids=lambda hard: hard.name)
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(draw=st.data())
def test_an_edit_is_exact_or_refused(hard: Any, draw: st.DataObject) -> None:
    first = before = Document.read(hard.source)
    changes = []
    for _ in range(2):
        transaction = Transaction((_edit(draw, before.data),))
        try:
            after, change, transaction = _applied(before, transaction)
        except EditRefused:
            continue
        after.verify(before, transaction)
        assert same_value(after.data, Document.read(after.encode()).data)
        assert after.revert(change).text == before.text
        changes.append(change)
        before = after
    for change in reversed(changes):
        before = before.revert(change)
    assert before.encode() == hard.source
    assert same_node(before.root.node, first.root.node)
