"""Values that stand in several places, keys that stand twice, words that are read as figures."""

from __future__ import annotations

import re
from typing import Any

import pytest

from disclosure_tui.errors import EditRefused
from disclosure_tui.model.edit import (
    DetachValue,
    Edit,
    InsertValue,
    RemoveDuplicates,
    RemoveValue,
    SetValue,
    Transaction,
)
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.store.document import Document, Position

P = Pointer.parse


def _done(before: Document, transaction: Transaction) -> str:
    after, change = before.apply(transaction)
    after.verify(before, transaction)
    assert after.revert(change).encode() == before.encode()
    return after.text


def _refusal(before: Document, edit: Edit) -> EditRefused:
    with pytest.raises(EditRefused) as caught:
        before.apply(Transaction((edit,)))
    return caught.value


@pytest.mark.parametrize(
    ("source", "pointer", "chinese", "detachable"),
    [
        ("a: &x 1\nb: 2\nc: *x\n", "/c", "第 1 行的 &x", "/c"),
        ("a: &x\n  k: 1\nb: *x\n", "/b/k", "第 1 行的 &x", "/b"),
        ("a: &x\n  k: 1\nb:\n  <<: *x\n", "/b/k", "第 1 行的 &x 并入", "/b/k"),
        ("a: &x {k: 1}\nb: *x\nc: *x\n", "/a/k", "第 2、3 行也引用这个值（&x）", "/a"),
        ("b:\n  <<: {k: 1}\n", "/b/k", "从第 2 行并入", "/b/k"),
    ],
)
def test_a_shared_value_names_its_anchor_and_can_be_detached(
    source: str, pointer: str, chinese: str, detachable: str
) -> None:
    error = _refusal(Document.read(source.encode()), SetValue(P(pointer), 5))
    assert chinese in error.what.zh
    assert error.detachable == P(detachable)
    assert error.hint is not None
    assert error.hint.zh.startswith("请")
    told = re.sub(r"&\w+", "", error.what.zh + error.hint.zh)
    assert not re.search("非法|无效|失败|[“”…—·]|[A-Za-z]", told)


@pytest.mark.parametrize(
    ("source", "edit", "wanted"),
    [
        ("a: &x 1\nb: *x  # c\n", SetValue(P("/b"), 2), "a: &x 1\nb: 2  # c\n"),
        ("a: &x 1\nb: *x  # c\n", SetValue(P("/a"), 2), "a: &x 2\nb: 1  # c\n"),
        (
            "a: &x {k: 1}\nb: [*x, *x]\n",
            SetValue(P("/a/k"), 2),
            "a: &x {k: 2}\nb: [{k: 1}, {k: 1}]\n",
        ),
        (
            "a: &x\n  k: 1\n  l: [1]\nb: *x # c\n",
            SetValue(P("/b/k"), 2),
            "a: &x\n  k: 1\n  l: [1]\nb: # c\n  k: 2\n  l: [1]\n",
        ),
        (
            "a: &x {k: 1, l: 2}\nb:\n  <<: *x # c\n  m: 3\n",
            SetValue(P("/b/k"), 5),
            "a: &x {k: 1, l: 2}\nb:\n  <<: *x # c\n  m: 3\n  k: 5\n",
        ),
        (
            "a: &x {k: {l: 1}}\nb: {<<: *x}\n",
            SetValue(P("/b/k/l"), 5),
            "a: &x {k: {l: 1}}\nb: {<<: *x, k: {l: 5}}\n",
        ),
        (
            "a: &x {k: 1}\nb: {<<: *x, m: 2}\n",
            SetValue(P("/a/k"), 5),
            "a: &x {k: 5}\nb: {<<: {k: 1}, m: 2}\n",
        ),
        ("a: {b: &x 1}\nc: *x\n", RemoveValue(P("/a")), "c: 1\n"),
        ("a: &x [1]\nb: *x\n", InsertValue(P("/b/1"), 2), "a: &x [1]\nb: [1, 2]\n"),
        (
            "a: &x |-\n  一\n  二\nb: *x\n",
            SetValue(P("/a"), "三"),
            "a: &x |-\n  三\nb: |-\n  一\n  二\n",
        ),
    ],
)
def test_a_detached_value_is_changed_alone(source: str, edit: Edit, wanted: str) -> None:
    before = Document.read(source.encode())
    assert _refusal(before, edit).detachable is not None
    detached = before.detached(Transaction((edit,)))
    assert detached.edits[-1] == edit
    assert _done(before, detached) == wanted


def test_detaching_alone_changes_no_value() -> None:
    before = Document.read(b"a: &x {k: 1}\nb: *x\nc: {<<: *x}\n")
    for pointer in ("/b", "/c/k", "/a"):
        edits = Transaction((DetachValue(P(pointer)),))
        after, _ = before.apply(edits)
        assert after.data == before.data
        assert after.text != before.text


def test_after_taking_back_a_detaching_the_value_is_shared_again() -> None:
    before = Document.read(b"a: &x 1\nb: *x\n")
    after, change = before.apply(before.detached(Transaction((SetValue(P("/b"), 2),))))
    after.apply(Transaction((SetValue(P("/a"), 3),)))
    _refusal(after.revert(change), SetValue(P("/a"), 3))


def test_a_key_that_is_a_reference_cannot_be_detached() -> None:
    error = _refusal(Document.read(b"a: &x k\nb: {*x : 1}\n"), SetValue(P("/a"), "l"))
    assert error.detachable is None


def test_a_transaction_is_detached_only_where_it_must() -> None:
    before = Document.read(b"a: &x 1\nb: *x\nc: 2\n")
    wanted = Transaction((SetValue(P("/c"), 3), SetValue(P("/b"), 4)))
    edits = before.detached(wanted).edits
    assert edits == (wanted.edits[0], DetachValue(P("/b")), wanted.edits[1])


@pytest.mark.parametrize(
    ("source", "pointer", "wanted"),
    [
        ("a: 007\n", "/a", 'a: "007"\n'),
        ("a: {b: 0x1F }\n", "/a/b", 'a: {b: "0x1F" }\n'),
        ("a: 3.10 # c\n", "/a", 'a: "3.10" # c\n'),
        ("a: true\n", "/a", 'a: "true"\n'),
        ("a: ~\n", "/a", 'a: "~"\n'),
        ("a: !!int 7\n", "/a", 'a: "7"\n'),
        ("a: 2023-01-01\n", "/a", "a: 2023-01-01\n"),
        ("a: '007'\n", "/a", "a: '007'\n"),
        ("a: {b: 1}\n", "/a", "a: {b: 1}\n"),
        ("a: 1\n", "/b", "a: 1\n"),
    ],
)
def test_a_word_read_as_a_figure_is_quoted_as_it_is_spelt(
    source: str, pointer: str, wanted: str
) -> None:
    before = Document.read(source.encode())
    assert _done(before, before.requote(P(pointer))) == wanted


@pytest.mark.parametrize(
    ("source", "pointer", "spelling"),
    [
        ("a: 007 # c\n", "/a", "007"),
        ("a: '0''1'\n", "/a", "'0''1'"),
        ("a: &x 1.50\nb: *x\n", "/b", "1.50"),
        ("a:\n", "/a", ""),
        ("a: {b: 1}\n", "/a", ""),
        ("a: 1\n", "/a/b", ""),
    ],
)
def test_how_a_value_is_spelt(source: str, pointer: str, spelling: str) -> None:
    assert Document.read(source.encode()).spelling(P(pointer)) == spelling


@pytest.mark.parametrize(
    ("source", "pointer", "wanted"),
    [
        ("a: 1 # old\nb: 2\na: 3 # new\n", "/a", "b: 2\na: 3 # new\n"),
        ("b: {x: 1, y: 2, x: 3}\n", "/b/x", "b: {y: 2, x: 3}\n"),
        ("a: 1\na:\n  - 2\n# c\na: 3\n", "/a", "# c\na: 3\n"),
        ("o:\n  a: |-\n    x\n\n  a: 3\n", "/o/a", "o:\n\n  a: 3\n"),
        ("- a: 1\n  # c\n  a: 3\n".replace("- a", "o:\n- a"), "/o/0/a", "o:\n-\n  # c\n  a: 3\n"),
    ],
)
def test_the_pair_that_does_not_count_can_be_removed(
    source: str, pointer: str, wanted: str
) -> None:
    before = Document.read(source.encode())
    transaction = before.without_duplicate(P(pointer))
    assert transaction.edits == (RemoveDuplicates(P(pointer)),)
    text = _done(before, transaction)
    assert text == wanted
    assert Document.read(text.encode()).notices == ()


def test_the_notice_names_both_places() -> None:
    document = Document.read("a: 1\n甲: {x: 1, x: 2}\na: 3\n".encode())
    first, second = document.notices
    assert (first.pointer, first.position, first.unused) == (
        P("/a"),
        Position(3, 1),
        Position(1, 1),
    )
    assert (second.position, second.unused) == (Position(2, 11), Position(2, 5))
    assert "第 1 行" in first.text.zh
    assert "第 3 行" in first.text.zh


def test_what_stands_once_is_no_duplicate_and_what_is_shared_stays() -> None:
    once = Document.read(b"a: 1\n")
    assert "only once" in str(_refusal(once, RemoveDuplicates(P("/a"))))
    shared = Document.read(b"a: &x 1\na: 3\nb: *x\n")
    assert "refer to this value" in str(_refusal(shared, RemoveDuplicates(P("/a"))))


GAPS: list[tuple[str, Edit, Any]] = [
    ("? a # c\nb: 1\n", SetValue(P("/a"), 2), "? a # c\n: 2\nb: 1\n"),
    ("o:\r\n  ? a\r\n", SetValue(P("/o/a"), [1]), "o:\r\n  ? a\r\n  : [1]\r\n"),
    ("x: {? a, b}\n", SetValue(P("/x/a"), 2), "x: {? a : 2, b}\n"),
    ("a: &f # w\n  g: 1\n", SetValue(P("/a"), 3), "a: 3 # w\n"),
    ("a: !!map {x: 1}\n", SetValue(P("/a"), [1]), "a: [1]\n"),
    ("a: [!own {x: 1}, 2]\n", SetValue(P("/a/0"), {"k": 1}), "a: [{k: 1}, 2]\n"),
    ("a: !!str 1\n", SetValue(P("/a"), 2), "a: 2\n"),
    ("a: |-\n  x", InsertValue(P("/b"), 1), "a: |-\n  x\nb: 1"),
    ("a: |\n  x", InsertValue(P("/b"), 1), "a: |\n  x\nb: 1"),
    ("a: 1 # c\n", RemoveValue(P("/a")), "{} # c\n"),
    ("a: 1 # c\n# d\nb: 2\n", RemoveValue(P("/a")), "# d\nb: 2\n"),
    ("o:\n  # d\n  a: 1\n  # e\n  b: 2\n", RemoveValue(P("/o/a")), "o:\n  # d\n  # e\n  b: 2\n"),
    ("o:\n- a: 1\n  # e\n  b: 2\n", RemoveValue(P("/o/0/a")), "o:\n-\n  # e\n  b: 2\n"),
    ("o:\n- a: 1 # c\n", RemoveValue(P("/o/0/a")), "o:\n- {} # c\n"),
    ("r: {\n  a: 1, # a\n  b: 2 # b\n  }\n", RemoveValue(P("/r/a")), "r: {\n  b: 2 # b\n  }\n"),
    ("r: {\n  a: 1, # a\n  b: 2 # b\n  }\n", RemoveValue(P("/r/b")), "r: {\n  a: 1, # a\n  }\n"),
    ("l: [1,\n  2 , # two\n  3]\n", RemoveValue(P("/l/0")), "l: [\n  2 , # two\n  3]\n"),
    ("l: [1, # one\n  2]\n", RemoveValue(P("/l/0")), "l: [ # one\n  2]\n"),
    ("r: {\n  # c\n  a: 1\n}\n", RemoveValue(P("/r/a")), "r: {\n  # c\n }\n"),
    ("l: [p: q]\n", InsertValue(P("/l/0/r"), 1), "l: [{p: q, r: 1}]\n"),
    ("l: [p: q]\n", RemoveValue(P("/l/0/p")), "l: [{}]\n"),
    ("a: &x 1\nb: *x\n", RemoveValue(P("/b")), "a: &x 1\n"),
    (
        "a:\n  # c\n  x: 1 # x\n  y: 2 # y\n  z: {k: 1,  l: 2}\n",
        SetValue(P("/a"), {"x": 1, "z": {"k": 1, "l": 3}, "w": 4}),
        "a:\n  # c\n  x: 1 # x\n  z: {k: 1,  l: 3}\n  w: 4\n",
    ),
    (
        "a:\n  - 1 # x\n  # c\n  - k: 2 # y\n  - 3\n",
        SetValue(P("/a"), [1, {"k": 5}, 7, 3]),
        "a:\n  - 1 # x\n  # c\n  - k: 5 # y\n  - 7\n  - 3\n",
    ),
]


@pytest.mark.parametrize(("source", "edit", "wanted"), GAPS)
def test_rare_places_can_be_edited_too(source: str, edit: Edit, wanted: str) -> None:
    assert _done(Document.read(source.encode()), Transaction((edit,))) == wanted


@pytest.mark.parametrize(
    ("source", "edit", "english"),
    [
        ("a: &x {k: 1}\nb: {<<: *x, k: 2}\n", RemoveValue(P("/b/k")), "come to light"),
        ("a: &x {k: 1}\nb: {<<: *x}\n", InsertValue(P("/b/k"), 2), "there already"),
        ('a: "x"# c\n', SetValue(P("/a"), 7), "touches it"),
    ],
)
def test_what_stays_refused_says_why(source: str, edit: Edit, english: str) -> None:
    assert english in str(_refusal(Document.read(source.encode()), edit))
