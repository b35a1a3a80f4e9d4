"""Looking for something by part of a name, by a key, by pinyin initials."""

from __future__ import annotations

import string

from hypothesis import given
from hypothesis import strategies as st

from disclosure_tui.lookup import Lookup
from disclosure_tui.pinyin import initials

CELLS = (
    ("表三 一、新收 自然人", "requests.new.natural_person"),
    ("表三 一、新收 企业", "requests.new.enterprise"),
    ("表三 （五）2.重复申请 自然人", "requests.results.not_processed.repeat.natural_person"),
    ("表四 复议 维持", "disputes.review.upheld"),
)
LOOKUP = Lookup(CELLS, {"重": "cz"})


def test_nothing_typed_fits_everything() -> None:
    assert LOOKUP.find("") == LOOKUP.find("  ") == (0, 1, 2, 3)


def test_part_of_the_label() -> None:
    assert LOOKUP.find("新收") == (0, 1)
    assert LOOKUP.find("新收 企") == (1,)


def test_part_of_the_key() -> None:
    assert LOOKUP.find("review.upheld") == (3,)
    assert LOOKUP.find("natural new") == (0,)


def test_initials_in_any_order() -> None:
    assert LOOKUP.find("xs zrr") == (0,)
    assert LOOKUP.find("zrr xs") == (0,)


def test_every_reading_of_a_character() -> None:
    assert LOOKUP.find("cfsq") == LOOKUP.find("zfsq") == (2,)


def test_as_an_input_method_types_it() -> None:
    assert LOOKUP.find("ｘｓ　ＺＲＲ") == (0,)
    assert LOOKUP.find("（五）2") == LOOKUP.find("(五)2") == (2,)


def test_the_best_comes_first() -> None:
    found = Lookup((("重新打开",), ("打开重复项",), ("打开",))).find("dk")
    # The beginning of a name before its middle.
    assert found == (1, 2, 0)
    # A name as it is typed before initials.
    assert Lookup((("帮助",), ("bz",))).find("bz") == (1, 0)


def test_what_does_not_fit() -> None:
    assert LOOKUP.find("xyzzy") == ()
    assert LOOKUP.find("新收 维持") == ()


@given(st.text(max_size=12))
def test_anything_may_be_typed(typed: str) -> None:
    assert set(LOOKUP.find(typed)) <= set(range(len(CELLS)))


@given(st.sampled_from(range(len(CELLS))), st.data())
def test_any_part_of_the_initials_finds_the_thing(index: int, data: st.DataObject) -> None:
    letters = initials(CELLS[index][0], {"重": "cz"})
    start = data.draw(st.integers(0, len(letters) - 1))
    end = data.draw(st.integers(start + 1, len(letters)))
    typed = letters[start:end]
    assert set(typed) <= set(string.ascii_lowercase + string.digits)
    assert index in LOOKUP.find(typed)
