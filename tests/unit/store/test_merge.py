"""Own edits go onto what the other one saved; only what both changed differently is asked."""

from __future__ import annotations

import re
from typing import Any

import pytest

from disclosure_tui.model.edit import SetValue
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.value import ABSENT
from disclosure_tui.store.document import Document
from disclosure_tui.store.merge import Choice, Conflict, Merge, merge, resolve

P = Pointer.parse


def _document(text: str) -> Document:
    return Document.read(text.encode())


def _merge(base: str, mine: str, theirs: str) -> Merge:
    return merge(_document(base), _document(mine), _document(theirs))


def _applied(merged: Merge, theirs: str, **choices: Choice) -> str:
    before = _document(theirs)
    wanted = {P(f"/{key.replace('__', '/')}"): choice for key, choice in choices.items()}
    transaction = resolve(merged, wanted)
    after, change = before.apply(transaction)
    after.verify(before, transaction)
    assert after.revert(change).text == theirs
    return after.text


ROWS = "# head\nt:\n  new: {a: 1, b: 2}  # one\n  old: {a: 3, b: null}\np: |-\n  x\n  y\n"


def test_both_sides_stand_and_the_others_comments_and_bytes_stay() -> None:
    mine = ROWS.replace("a: 1", "a: 10").replace("b: null", "b: 7")
    theirs = ROWS.replace("b: 2}  # one", "b: 20}   # changed").replace("x\n  y", "new text")
    merged = _merge(ROWS, mine, theirs)
    assert not merged.conflicts
    assert merged.transaction.edits == (SetValue(P("/t/new/a"), 10), SetValue(P("/t/old/b"), 7))
    assert merged.taken == (P("/t/new/b"), P("/p"))
    wanted = theirs.replace("a: 1", "a: 10").replace("b: null", "b: 7")
    assert _applied(merged, theirs) == wanted


@pytest.mark.parametrize(
    ("base", "mine", "theirs"),
    [
        ("a: 1\n", "a: 2\n", "a: 2\n"),
        ("a: 1\n", "a: 2\n", "a: 2  # c\n"),
        ("a: 1\n", "a: 1\nb: 5\n", "a: 1\nb: 5\n"),
        ("a: 1\nb: 2\n", "a: 1\n", "a: 1\n"),
        ("a: [1, 2]\n", "a: [1]\n", "a:\n- 1\n"),
        ("a: 1\n", "a: 1\n", "a: 1\n"),
        ("a: 1\nb: 2\n", "a: 1\nb:\n", "a: 1\n"),
        ("a: 1\n", "a: 1\nb: null\n", "a: 1\nb: 5\n"),
    ],
)
def test_nothing_is_to_do_where_both_say_the_same(base: str, mine: str, theirs: str) -> None:
    merged = _merge(base, mine, theirs)
    assert not merged.conflicts
    assert not merged.transaction.edits


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "conflict"),
    [
        ("a: 1\n", "a: 2\n", "a: 3\n", Conflict(P("/a"), 1, 2, 3)),
        ("a: 1\n", 'a: "2"\n', "a: 2\n", Conflict(P("/a"), 1, "2", 2)),
        ("a: 1\n", "a: null\n", "a: 3\n", Conflict(P("/a"), 1, None, 3)),
        ("a: 1\nb: 2\n", "a: 1\n", "a: 1\nb: 3\n", Conflict(P("/b"), 2, ABSENT, 3)),
        ("a: 1\nb: 2\n", "a: 1\nb: 3\n", "a: 1\n", Conflict(P("/b"), 2, 3, ABSENT)),
        ("a: 1\n", "a: 1\nb: 2\n", "a: 1\nb: 3\n", Conflict(P("/b"), ABSENT, 2, 3)),
        ("a: [1]\n", "a: [1, 2]\n", "a: [1, 3]\n", Conflict(P("/a"), [1], [1, 2], [1, 3])),
        ("o: {a: 1}\n", "o: {a: 2}\n", "o: 5\n", Conflict(P("/o"), {"a": 1}, {"a": 2}, 5)),
        ("o:\n", "o: {a: 2}\n", "o: {a: 3, b: 1}\n", Conflict(P("/o/a"), ABSENT, 2, 3)),
        ("p: x\n", "p: |-\n  x\n  y\n", "p: z\n", Conflict(P("/p"), "x", "x\ny", "z")),
    ],
)
def test_what_both_changed_differently_is_asked(
    base: str, mine: str, theirs: str, conflict: Conflict
) -> None:
    merged = _merge(base, mine, theirs)
    assert merged.conflicts == (conflict,)
    assert not merged.transaction.edits
    for choice, side in zip(Choice, (conflict.mine, conflict.theirs, conflict.base), strict=True):
        before = _document(theirs)
        transaction = resolve(merged, {conflict.pointer: choice})
        after, _ = before.apply(transaction)
        after.verify(before, transaction)
        value: Any = after.data
        for key in conflict.pointer[:-1]:
            value = value[key]
        assert value.get(conflict.pointer.key, ABSENT) == side


def test_two_cells_of_a_row_that_neither_had_are_no_conflict() -> None:
    base = "t:\n  old: {a: 1}\n"
    mine = base + "  new: {a: 1, b: null}\n"
    theirs = base + "  new: {a: null, b: 2}\n"
    merged = _merge(base, mine, theirs)
    assert not merged.conflicts
    assert _applied(merged, theirs) == base + "  new: {a: 1, b: 2}\n"


def test_rows_that_both_added_and_removed_all_come_out() -> None:
    base = "t:\n  a: {x: 1}\n  b: {x: 2}\n"
    mine = "t:\n  m: {x: 5}\n  b: {x: 2}\n"
    theirs = "t:\n  a: {x: 1}\n  t: {x: 6}\n"
    merged = _merge(base, mine, theirs)
    assert not merged.conflicts
    assert _applied(merged, theirs) == "t:\n  m: {x: 5}\n  t: {x: 6}\n"


def test_a_key_that_is_put_in_again_goes_to_its_place() -> None:
    base = "a: 1\nb: 2\nc: 3\n"
    merged = _merge(base, "a: 1\nb: 5\nc: 3\n", "a: 1\nc: 3\n")
    assert _applied(merged, "a: 1\nc: 3\n", b=Choice.MINE) == "a: 1\nb: 5\nc: 3\n"
    assert _applied(merged, "a: 1\nc: 3\n", b=Choice.BASE) == base
    merged = _merge(base, "a: 1\nc: 3\n", "a: 1\nb: 5\nc: 3\n")
    assert _applied(merged, "a: 1\nb: 5\nc: 3\n", b=Choice.MINE) == "a: 1\nc: 3\n"


def test_nothing_is_settled_unasked() -> None:
    merged = _merge("a: 1\n", "a: 2\n", "a: 3\n")
    with pytest.raises(KeyError):
        resolve(merged, {})


def test_the_title_is_in_both_languages() -> None:
    title = _merge("a: 1\n", "a: 2\n", "a: 1\n").transaction.title
    assert not re.search("[A-Za-z]", title.zh)
    assert title.en.isascii()
