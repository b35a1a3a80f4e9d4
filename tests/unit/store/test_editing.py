"""An edit changes its own value and no other byte; what cannot be written so is refused."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from disclosure_tui.errors import EditRefused
from disclosure_tui.model.edit import Edit, InsertValue, RemoveValue, SetValue, Transaction
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.store.document import Change, Document, Replacement
from unit.store.hard_documents import HARD, Hard

P = Pointer.parse


def _edited(source: str, *edits: Edit) -> str:
    before = Document.read(source.encode())
    transaction = Transaction(edits)
    after, change = before.apply(transaction)
    after.verify(before, transaction)
    assert after.revert(change).encode() == source.encode()
    assert after.revert(change).revert(change.inverse()).text == after.text
    return after.text


def _refused(source: str, *edits: Edit) -> EditRefused:
    with pytest.raises(EditRefused) as caught:
        Document.read(source.encode()).apply(Transaction(edits))
    chinese = caught.value.what.zh + (caught.value.hint.zh if caught.value.hint else "")
    assert not re.search("非法|无效|失败|[“”…—·]|[A-Za-z]", re.sub(r"&\w+", "", chinese))
    return caught.value


ROW = "    granted: {natural_person: null, enterprise: 3, total: null}   # （一）予以公开\n"


@pytest.mark.parametrize(
    ("source", "pointer", "value", "wanted"),
    [
        ("r:\n" + ROW, "/r/granted/total", 3, "r:\n" + ROW.replace("total: null", "total: 3")),
        ("a: 1   # one\n", "/a", None, "a: null   # one\n"),
        ("a:\n", "/a", 5, "a: 5\n"),
        ("a:   # why\nb: 1\n", "/a", 5, "a: 5   # why\nb: 1\n"),
        ("a: ~\n", "/a", None, "a: ~\n"),
        ("a: +3\n", "/a", 3, "a: +3\n"),
        ("a: 1.5\n", "/a", Decimal("1.50"), "a: 1.50\n"),
        ("a: 1\n", "/a", Decimal("5"), "a: 5.0\n"),
        ("a: 1\n", "/a", Decimal("1E+3"), "a: 1000.0\n"),
        ("a: 1\n", "/a", True, "a: true\n"),
        ("a: '1'\n", "/a", "2", "a: '2'\n"),
        ("a: 'x'\n", "/a", "it's", "a: 'it''s'\n"),
        ('a: "x"\n', "/a", 'say "hi"\t', 'a: "say \\"hi\\"\\t"\n'),
        ("a: x\n", "/a", "第一段", "a: 第一段\n"),
        ("a: x\n", "/a", "2023-12-31", 'a: "2023-12-31"\n'),
        ("a: x\n", "/a", "yes", 'a: "yes"\n'),
        ("a: x\n", "/a", "12", 'a: "12"\n'),
        ("a: x\n", "/a", "", 'a: ""\n'),
        ("a: x\n", "/a", "k: v", 'a: "k: v"\n'),
        ("a: x\n", "/a", "C:\\x: y", "a: 'C:\\x: y'\n"),
        ("a: x\n", "/a", "a, b", "a: a, b\n"),
        ("a: {b: x}\n", "/a/b", "a, b", 'a: {b: "a, b"}\n'),
        ("a: {b: x}\n", "/a/b", "one\ntwo", 'a: {b: "one\\ntwo"}\n'),
        ("a: x\n", "/a", "bell\x07 \u2028\x85", 'a: "bell\\x07 \\u2028\\x85"\n'),
        ("a: x\nb: 1\n", "/a", "one\ntwo", "a: |-\n  one\n  two\nb: 1\n"),
        ("a: x  # why\nb: 1\n", "/a", "one\ntwo\n", "a: |  # why\n  one\n  two\nb: 1\n"),
        ("a:   # why\nb: 1\n", "/a", "one\n\ntwo", "a: |-   # why\n  one\n\n  two\nb: 1\n"),
        ("a: x\nb: 1\n", "/a", "one\n\n\n", "a: |+\n  one\n\n\nb: 1\n"),
        ("a: x\n", "/a", "  one\ntwo", "a: |2-\n    one\n  two\n"),
        ("a: x", "/a", "one\ntwo", "a: |-\n  one\n  two"),
        ("a: x", "/a", "one\ntwo\n", 'a: "one\\ntwo\\n"'),
        ("a: x\r\nb: 1\r\n", "/a", "one\ntwo", "a: |-\r\n  one\r\n  two\r\nb: 1\r\n"),
        ("a: |-  # why\n    one\n\nb: 1\n", "/a", "two", "a: |-  # why\n    two\n\nb: 1\n"),
        ("a: |-  # why\n  one\nb: 1\n", "/a", 5, "a: 5  # why\nb: 1\n"),
        ("a: |-\n  one\nb: 1\n", "/a", "", "a: |-\nb: 1\n"),
        ("a: >-\n  one\n  two\n", "/a", "x\ny", "a: >-\n  x\n\n  y\n"),
        ("a: x\n    # deep\nb: 1\n", "/a", "p\nq", 'a: "p\\nq"\n    # deep\nb: 1\n'),
        ("a:\n- x\n- y\n", "/a/0", "p\nq", "a:\n- |-\n  p\n  q\n- y\n"),
        ("a: {x, y: }\n", "/a/x", 1, "a: {x: 1, y: }\n"),
        ("a: {x, y: }\n", "/a/y", 1, "a: {x, y: 1 }\n"),
        ('a: {"x":1}\n', "/a/x", 2, 'a: {"x":2}\n'),
        ("a: &n 1\n", "/a", 2, "a: &n 2\n"),
        ("a: !!str 1\n", "/a", "2", 'a: !!str "2"\n'),
        ("a: 1\na: 2\n", "/a", 3, "a: 1\na: 3\n"),
    ],
)
def test_a_value_is_written_as_the_old_one_was(
    source: str, pointer: str, value: Any, wanted: str
) -> None:
    assert _edited(source, SetValue(P(pointer), value)) == wanted


@pytest.mark.parametrize(
    ("source", "pointer", "value", "wanted"),
    [
        ("a: 1  # c\n", "/a", {"x": 1, "k": "z"}, "a: {x: 1, k: z}  # c\n"),
        ("a: 1  # c\n", "/a", [{"x": {"k": 1}}], "a:  # c\n  - x: {k: 1}\n"),
        ("a: []\nb: 1\n", "/a", [{"x": 1}, {"k": 2}], "a:\n  - {x: 1}\n  - {k: 2}\nb: 1\n"),
        ("a:  # c\n  x: 1\nb: 1\n", "/a", {}, "a: {}  # c\nb: 1\n"),
        ("a:\n  x: 1\nb: 1\n", "/a", 5, "a: 5\nb: 1\n"),
        ("a: {b: [1]}\n", "/a/b", {"x": [1]}, "a: {b: {x: [1]}}\n"),
        ("a: |-  # c\n  x\nb: 1\n", "/a", {"x": [1]}, "a:  # c\n  x: [1]\nb: 1\n"),
    ],
)
def test_a_map_or_list_is_written_whole(source: str, pointer: str, value: Any, wanted: str) -> None:
    assert _edited(source, SetValue(P(pointer), value)) == wanted


@pytest.mark.parametrize(
    ("source", "edit", "wanted"),
    [
        ("a: 1\n", InsertValue(P("/b"), 2), "a: 1\nb: 2\n"),
        ("a: 1", InsertValue(P("/b"), 2), "a: 1\nb: 2"),
        ("a: 1  # c\n\n# end\n", InsertValue(P("/b"), 2), "a: 1  # c\nb: 2\n\n# end\n"),
        (
            "a: 1\nd: |-\n  x\n\ne: 2\n",
            InsertValue(P("/f"), 3, ("a", "d", "f", "e")),
            "a: 1\nd: |-\n  x\nf: 3\n\ne: 2\n",
        ),
        ("b: 1\n", InsertValue(P("/a"), 2, ("a", "b")), "a: 2\nb: 1\n"),
        (
            "o:\n   b: 1\n",
            InsertValue(P("/o/c"), "x\ny"),
            "o:\n   b: 1\n   c: |-\n     x\n     y\n",
        ),
        ("o:\r\n  b: 1\r\n", InsertValue(P("/o/c"), 2), "o:\r\n  b: 1\r\n  c: 2\r\n"),
        ("o:\n- b: 1\n", InsertValue(P("/o/0/a"), 2, ("a", "b")), "o:\n- a: 2\n  b: 1\n"),
        ("o:   # c\np: 1\n", InsertValue(P("/o/a"), 2), "o: {a: 2}   # c\np: 1\n"),
        ("o: {}\n", InsertValue(P("/o/~1p~1q"), "注: 释"), 'o: {/p/q: "注: 释"}\n'),
        ("o: {a: 1, b: 2} # c\n", InsertValue(P("/o/c"), None), "o: {a: 1, b: 2, c: null} # c\n"),
        ("o: {a: 1}\n", InsertValue(P("/o/z"), 0, ("z", "a")), "o: {z: 0, a: 1}\n"),
        ("o: {a: }\n", InsertValue(P("/o/b"), 0), "o: {a: , b: 0 }\n"),
        ("o:\n  - 1\n", InsertValue(P("/o/1"), {"k": "v"}), "o:\n  - 1\n  - {k: v}\n"),
        ("o:\n- 1  # c\n- 2\n", InsertValue(P("/o/1"), "x"), "o:\n- 1  # c\n- x\n- 2\n"),
        ("o: [1, 2]\n", InsertValue(P("/o/0"), 0), "o: [0, 1, 2]\n"),
        ("o: []\n", InsertValue(P("/o/0"), [1]), "o: [[1]]\n"),
        ("a: 1\n", InsertValue(P("/2023"), 1), 'a: 1\n"2023": 1\n'),
    ],
)
def test_keys_and_items_are_added(source: str, edit: Edit, wanted: str) -> None:
    assert _edited(source, edit) == wanted


@pytest.mark.parametrize(
    ("source", "pointer", "wanted"),
    [
        ("a: 1  # one\nb: 2\n", "/b", "a: 1  # one\n"),
        ("a: 1  # one\nb: 2\n", "/a", "b: 2\n"),
        ("a: 1\nb: 2", "/b", "a: 1"),
        ("a: 1\nb:\n  c: 1\n  d: |-\n    x\n\ne: 2\n", "/b", "a: 1\n\ne: 2\n"),
        ("o:\n- a: 1\n  b: 2\n", "/o/0/a", "o:\n- b: 2\n"),
        ("o:\n  - 1\n  - 2\n", "/o/0", "o:\n  - 2\n"),
        ("o:  # c\n  # d\n  x: 1\np: 1\n", "/o/x", "o: {}  # c\n  # d\np: 1\n"),
        ("o:\r\n- 1\r\np: 1\r\n", "/o/0", "o: []\r\np: 1\r\n"),
        ("o: {a: 1, b: 2, c: 3}\n", "/o/a", "o: {b: 2, c: 3}\n"),
        ("o: {a: 1, b: 2, c: 3}\n", "/o/b", "o: {a: 1, c: 3}\n"),
        ("o: {a: 1, b: 2, c: 3}\n", "/o/c", "o: {a: 1, b: 2}\n"),
        ("o: [ 1 ]\n", "/o/0", "o: []\n"),
    ],
)
def test_keys_and_items_are_removed(source: str, pointer: str, wanted: str) -> None:
    assert _edited(source, RemoveValue(P(pointer))) == wanted


@pytest.mark.parametrize("margin", ["", " ", "   "])
def test_an_only_entry_leaves_its_comment_in_the_brackets(margin: str) -> None:
    document = Document.read(f"a:\n  {{b: 1, # why\n{margin}}}\nc: 2\n".encode())
    transaction = Transaction((RemoveValue(Pointer.of("a", "b")),))
    after, change = document.apply(transaction)
    after.verify(document, transaction)
    assert "# why" in after.text
    assert after.data == {"a": {}, "c": 2}
    assert after.revert(change).text == document.text


def test_edits_of_a_transaction_see_what_the_ones_before_did() -> None:
    source = "notes:\nrow: {a: null, total: null}\n"
    wanted = "notes: {/row/a: 说明}\nrow: {a: 12, total: 12}\nend: 1\n"
    edits = (
        SetValue(P("/row/a"), 12),
        SetValue(P("/row/total"), 12),
        InsertValue(P("/notes/~1row~1a"), "草稿"),
        SetValue(P("/notes/~1row~1a"), "说明"),
        InsertValue(P("/end"), 1),
    )
    assert _edited(source, *edits) == wanted


@pytest.mark.parametrize(
    ("source", "edit", "english"),
    [
        ("a: &a 1\nb: *a\n", SetValue(P("/b"), 2), "is a reference"),
        ("a: &a 1\nb: *a\n", SetValue(P("/a"), 2), "refer to this value"),
        ("a: &a {x: 1}\nb: *a\n", SetValue(P("/a/x"), 2), "refer to this value"),
        ("a: &a {x: 1}\nb: *a\n", SetValue(P("/b/x"), 2), "is a reference"),
        ("a: &a {x: 1}\nb: {<<: *a}\n", SetValue(P("/b/x"), 2), "merged in"),
        ("a: {b: &a 1}\nc: *a\n", RemoveValue(P("/a")), "refer to this value"),
        ("a: 1\n", SetValue(P("/b"), 2), "no such place"),
        ("a: 1\n", SetValue(P("/a/b"), 2), "no such place"),
        ("a: 1\n", SetValue(P("/a"), 10**18), "no figure"),
        ("a: 1\n", SetValue(P("/a"), Decimal("NaN")), "no figure"),
        ("a: 1\n", SetValue(P("/a"), "\ud800"), "incomplete"),
        ("a: !!int # c\n  1\n", SetValue(P("/a"), "x"), "fixes the kind"),
        ("a: 1\n", InsertValue(P("/a"), 2), "there already"),
        ("a: 1\n", InsertValue(P("/a/b"), 2), "no map or list"),
        ("a: [1]\n", InsertValue(P("/a/3"), 2), "no such position"),
        ("a: 1\na: 2\n", RemoveValue(P("/a")), "stands there twice"),
        ("a: 1\n", SetValue(P(""), {}), "whole report"),
    ],
)
def test_what_cannot_be_written_is_refused_with_the_reason(
    source: str, edit: Edit, english: str
) -> None:
    assert english in str(_refused(source, edit))


def test_nothing_of_a_refused_transaction_is_done() -> None:
    document = Document.read(b"a: 1\nb: *x\nc: 1\n".replace(b"*x", b"2"))
    with pytest.raises(EditRefused):
        document.apply(Transaction((SetValue(P("/a"), 5), SetValue(P("/none"), 5))))
    assert document.text == "a: 1\nb: 2\nc: 1\n"


@pytest.mark.parametrize("hard", HARD, ids=lambda hard: hard.name)
def test_every_scalar_of_the_hard_documents_can_be_set_alone_or_is_refused(hard: Hard) -> None:
    before = Document.read(hard.source)
    for pointer, _ in Report(before.data).leaves():
        transaction = Transaction((SetValue(pointer, "新 value # 1"),))
        try:
            after, change = before.apply(transaction)
        except EditRefused:
            continue
        after.verify(before, transaction)
        text = before.text
        for one in change.replacements:
            assert text[one.start : one.start + len(one.before)] == one.before
            text = text[: one.start] + one.after + text[one.start + len(one.before) :]
        assert after.text == text
        assert after.encode()[:3] == hard.source[:3] or not hard.source.startswith(b"\xef\xbb\xbf")


def test_verify_sees_a_value_of_another_kind_and_any_other_byte() -> None:
    before = Document.read(b"a: 1\nb: 2  # c\n")
    asked = Transaction((SetValue(P("/a"), "3"),))
    for text in (b"a: 3\nb: 2  # c\n", b'a: "3"\nb: 3  # c\n', b'a: "3"\nb: 2  # d\n', b"a: [\n"):
        after, _ = before.apply(asked)
        after.text = text.decode()
        with pytest.raises(EditRefused):
            after.verify(before, asked)


def test_a_change_from_a_journal_can_be_taken_back_without_its_trees() -> None:
    before = Document.read("甲: 1\n乙: x\n".encode())
    after, change = before.apply(Transaction((SetValue(P("/甲"), 22), SetValue(P("/乙"), "y\nz"))))
    stored = Change(tuple(Replacement(r.start, r.before, r.after) for r in change.replacements))
    assert stored == change
    again = Document.read(after.encode()).revert(stored)
    assert again.text == before.text
    assert again.data == before.data
    assert before.revert(stored.inverse()).text == after.text


def test_a_change_is_not_taken_back_from_another_text() -> None:
    _, change = Document.read(b"a: 1\n").apply(Transaction((SetValue(P("/a"), 22),)))
    with pytest.raises(EditRefused, match="no longer"):
        Document.read(b"a: 3\n").revert(change)


def test_keys_that_another_language_takes_for_the_same_are_edited_apart() -> None:
    text = '1: a\ntrue: b # 真\n1.0: c\n01: d\n"true ": e\n~: f\nnull: g # 空\n'
    keys = ["1", "true", "1.0", "01", "true ", "~", "null"]
    document = Document.read(text.encode())
    assert list(document.data) == keys  # type: ignore[call-overload]
    for key, old in zip(keys, "abcdefg", strict=True):
        transaction = Transaction((SetValue(Pointer.of(key), "新"),))
        after, change = document.apply(transaction)
        after.verify(document, transaction)
        assert after.text == text.replace(f": {old}", ": 新")
        assert after.revert(change).text == text


def test_a_number_in_quotation_marks_that_a_tag_makes_one_is_edited_as_one() -> None:
    document = Document.read(b'year: !!int "2023" # x\nn: 1\n')
    assert document.data == {"year": 2023, "n": 1}
    transaction = Transaction((SetValue(Pointer.of("year"), 2024),))
    after, change = document.apply(transaction)
    after.verify(document, transaction)
    assert after.data == {"year": 2024, "n": 1}
    assert after.text.endswith(" # x\nn: 1\n")
    assert after.revert(change).encode() == document.encode()
