"""What a report file is read as, and what is said of files that are none."""

from __future__ import annotations

import codecs
import re
from decimal import Decimal
from typing import Any

import pytest

from disclosure_tui.errors import DocumentError
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.value import same_value
from disclosure_tui.store.document import Document, Position
from unit.store.hard_documents import HARD, Hard


@pytest.mark.parametrize("hard", HARD, ids=lambda hard: hard.name)
def test_hard_documents_are_read_exactly(hard: Hard) -> None:
    document = Document.read(hard.source, hard.name)
    assert same_value(document.data, hard.data)
    assert list(document.data) == list(hard.data)
    assert document.encode() == hard.source


def test_the_byte_order_mark_is_no_part_of_the_text() -> None:
    document = Document.read(codecs.BOM_UTF8 + b"a: 1\n")
    assert document.text == "a: 1\n"
    assert document.locate(Pointer.parse("/a")) == Position(1, 4)


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("010", 10),
        ("0o10", 8),
        ("0x1f", 31),
        ("-7", -7),
        ("3.10", Decimal("3.10")),
        (".5", Decimal("0.5")),
        ("1e3", Decimal("1E+3")),
        ("999999999999999999", 999999999999999999),
        ("1000000000000000000", "1000000000000000000"),
        ("1e999", "1e999"),
        ("1." + "0" * 40, "1." + "0" * 40),
        ("2023-12-31", "2023-12-31"),
        ("2023-12-31 10:00:00", "2023-12-31 10:00:00"),
        ("1_000", "1_000"),
        ("12:30:45", "12:30:45"),
        ("on", "on"),
        (".nan", ".nan"),
        ("-.inf", "-.inf"),
        ("TRUE", True),
        ("tRUE", "tRUE"),
        ("Null", None),
        ("-", "-"),
    ],
)
def test_plain_words(word: str, value: Any) -> None:
    data = Document.read(f"a: {{k: {word}}}".encode() if word != "-" else b"a: {k: '-'}").data
    assert same_value(data["a"]["k"], value)


@pytest.mark.parametrize(
    ("source", "place", "english"),
    [
        ("机关: 市体育局\n".encode("gb18030"), "1:1", "GB18030"),
        ("a: 1\n".encode("utf-16"), "1:1", "UTF-16"),
        (b"a: 1\nb: \xff\n", "2:4", "not UTF-8"),
        (b"a: 1\nb: \0\n", "2:4", "control character"),
        (b"a: \x1b[31m\n", "1:4", "control character"),
        (b"a: 1\nb: {x: 1, y: 2\nc: 3\n", "2:4", "never closed"),
        (b"a: {b: [1}\n", "1:8", "never closed"),
        (b"a: {b: 1 c: 2}\n", "1:11", "comma"),
        (b"a: 1\nb: 'x\nc: 1\n", "2:4", "never closed"),
        (b'a: "x\n', "1:4", "never closed"),
        (b"a:\n\tb: 1\n", "2:1", "tab"),
        (b"a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> x\n", "2:1", "merge conflict"),
        (b"a: " + b"[" * 5000, "1:68", "too deep"),
        (b"- " * 5000, "1:131", "too deep"),
        (b"".join(b" " * i + b"a:\n" for i in range(300)), "66:67", "too deep"),
        (b"a: b: c\n", "1:5", "colon too many"),
        (b"a: 1\nbcd\ne: 2\n", "2:1", "lacks a colon"),
        (b"a: @x\n", "1:4", "cannot begin"),
        (b'a: "\\q"\n', "1:6", "backslash"),
        (b'a: "\\UFFFFFFFF"\n', "1:7", "backslash"),
        (b'a: "\\ud800"\n', "1:4", "backslash"),
        (b"a: - 1\n", "1:4", "list item"),
        (b"a: |x\n", "1:5", "block of text"),
        (b"- 1\n- 2\n", "1:1", "no report"),
        (b"", "1:1", "empty"),
        (b"# only a comment\n", "1:1", "empty"),
        (b"a: 1\n---\nb: 2\n", "3:1", "more than one"),
        (b"a: *x\n", "1:4", "not defined"),
        (b"a: &a [*a]\n", "1:8", "part of what"),
        (b"x: &x 1\na: {<<: *x}\n", "2:9", "merged"),
    ],
)
def test_what_cannot_be_read_says_where_and_what_to_do(
    source: bytes, place: str, english: str
) -> None:
    with pytest.raises(DocumentError) as caught:
        Document.read(source, "r.yaml")
    error = caught.value
    assert error.where == f"r.yaml:{place}"
    assert english in str(error)
    assert error.hint is not None
    chinese = error.what.zh + error.hint.zh
    assert not re.search("非法|无效|失败|[“”…—·]", chinese)
    allowed = re.sub("YAML|UTF-16|UTF-8|GB18030|disclosure convert r.yaml --to NEW", "", chinese)
    assert not re.search("[A-Za-z]", allowed.replace("<<<<<<<", ""))


def test_too_large_a_file_is_refused_before_it_is_scanned() -> None:
    with pytest.raises(DocumentError, match="larger than 2 MB"):
        Document.read(b"a" * (2 * 1024 * 1024 + 1))


def test_references_that_explode_are_counted_and_refused() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    for one, two in zip("abcdefgh", "bcdefghi", strict=True):
        lines.append(f"{two}: &{two} [{', '.join([f'*{one}'] * 10)}]")
    with pytest.raises(DocumentError, match="repeat too many"):
        Document.read("\n".join(lines).encode())


def test_merged_keys_yield_to_own_ones_and_to_earlier_ones() -> None:
    source = "a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc:\n  z: 3\n  <<: [*a, *b]\n"
    assert Document.read(source.encode()).data["c"] == {"z": 3, "x": 1, "y": 1}


def test_the_bell_of_the_scanner_never_reaches_a_folded_text() -> None:
    document = Document.read("a: >\n  一\n  二\n\n  三\n".encode())
    assert document.data["a"] == "一 二\n三\n"


def test_a_key_that_stands_twice_gives_a_notice_and_the_last_counts() -> None:
    document = Document.read(b"a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n")
    (notice,) = document.notices
    assert document.data["b"] == {"d": 2, "c": 3}
    assert notice.pointer == Pointer.parse("/b/c")
    assert notice.position == Position(5, 3)
    assert document.locate(notice.pointer) == Position(5, 6)


LOCATED = """\
年度: 2023
overview: |-   # 一
  第一段
  第二段😀x
folded: >
  one
  two

  three
quoted: "a\\tb\\u4e2dc"
single: 'it''s
  here'
plain: x
  y
row: {natural_person: 1, total: }
list:
  - first
  - {k: v}
base: &base {deep: [1, 2]}
use: *base
own:
  <<: *base
"""


@pytest.mark.parametrize(
    ("pointer", "offset", "place"),
    [
        ("", 0, (1, 1)),
        ("/年度", 0, (1, 5)),
        ("/overview", 0, (2, 11)),
        ("/overview", 4, (4, 3)),
        ("/overview", 7, (4, 6)),
        ("/overview", 8, (4, 7)),
        ("/overview", 99, (4, 8)),
        ("/folded", 3, (6, 6)),
        ("/folded", 4, (7, 3)),
        ("/folded", 8, (9, 3)),
        ("/quoted", 1, (10, 11)),
        ("/quoted", 3, (10, 14)),
        ("/quoted", 4, (10, 20)),
        ("/single", 2, (11, 12)),
        ("/single", 3, (11, 14)),
        ("/single", 5, (12, 3)),
        ("/plain", 2, (14, 3)),
        ("/row/total", 0, (15, 32)),
        ("/list/0", 2, (17, 7)),
        ("/list/1/k", 0, (18, 9)),
        ("/use/deep/1", 0, (19, 24)),
        ("/own/deep/0", 0, (19, 21)),
        ("/row/absent/x", 0, (15, 1)),
        ("/list/7", 0, (16, 1)),
        ("/absent", 0, (1, 1)),
    ],
)
def test_where_a_character_of_a_value_stands(
    pointer: str, offset: int, place: tuple[int, int]
) -> None:
    document = Document.read(LOCATED.encode())
    assert document.locate(Pointer.parse(pointer), offset) == Position(*place)


def test_where_a_key_stands() -> None:
    document = Document.read(LOCATED.encode())
    assert document.locate_key(Pointer.parse("/row/total")) == Position(15, 26)
    assert document.locate_key(Pointer.parse("/list/1")) == Position(18, 5)
