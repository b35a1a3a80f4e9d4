"""Addresses: JSON Pointers with their escapes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_tui.model.pointer import ROOT, Pointer


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("", ()),
        ("#", ()),
        ("/", ("",)),
        ("/a/b", ("a", "b")),
        ("/a~1b/m~0n", ("a/b", "m~n")),
        ("/~01", ("~1",)),
        ("/申请/0", ("申请", "0")),
    ],
)
def test_parse(text: str, keys: tuple[str, ...]) -> None:
    assert Pointer.parse(text) == keys
    assert str(Pointer.parse(text)) == ("" if text == "#" else text)


@pytest.mark.parametrize("text", ["a", "a/b", "#/a", " /a"])
def test_what_is_no_pointer(text: str) -> None:
    with pytest.raises(ValueError):
        Pointer.parse(text)


@given(st.lists(st.text()))
def test_round_trip(keys: list[str]) -> None:
    assert Pointer.parse(str(Pointer(keys))) == tuple(keys)


def test_moves() -> None:
    place = Pointer.of("a", "b")
    assert place / "c" == Pointer.parse("/a/b/c")
    assert place.joined(("c", "d")) == Pointer.parse("/a/b/c/d")
    assert place.parent == Pointer.of("a")
    assert ROOT.parent == ROOT
    assert place.key == "b"
    assert ROOT.key == ""
    assert place.starts_with(ROOT)
    assert place.starts_with(place)
    assert not Pointer.of("ab").starts_with(Pointer.of("a"))
    assert place.below(Pointer.of("a")) == ("b",)
    assert repr(place) == "Pointer('/a/b')"
