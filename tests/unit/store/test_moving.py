"""A key changes places with its neighbour: lines move as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_tui.errors import EditRefused
from disclosure_tui.model.edit import MoveValue, Transaction
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.store.document import Document


def moved(text: str, pointer: str, step: int) -> str:
    before = Document.read(text.encode(), "x.yaml")
    transaction = Transaction((MoveValue(Pointer.parse(pointer), step),))
    after, change = before.apply(transaction)
    after.verify(before, transaction)
    expected = Report(before.data).after(transaction)
    assert after.data == expected.data
    assert list(after.data["m"]) == list(expected.data["m"])
    assert after.revert(change).text == text
    return after.text


@pytest.mark.parametrize(
    ("text", "pointer", "step", "wanted"),
    [
        ("m:\n  a: {x: 1}  # 甲\n  b: 2\n", "/m/a", 1, "m:\n  b: 2\n  a: {x: 1}  # 甲\n"),
        ("m:\n  a: 1\n  b: 2\nc: 3\n", "/m/b", -1, "m:\n  b: 2\n  a: 1\nc: 3\n"),
        ("m:\n  a: 1\n  # 说明\n\n  b: 2\n", "/m/a", 1, "m:\n  b: 2\n  # 说明\n\n  a: 1\n"),
        ("m:\r\n  a: 1\r\n  b: 2\r\n", "/m/b", -1, "m:\r\n  b: 2\r\n  a: 1\r\n"),
        (
            "m:\n  a:\n    x: 1\n    y: 2\n  b: 2\n",
            "/m/b",
            -1,
            "m:\n  b: 2\n  a:\n    x: 1\n    y: 2\n",
        ),
        ("m: {a: 1, b: 2, c: 3}\n", "/m/c", -1, "m: {a: 1, c: 3, b: 2}\n"),
        ("m:\n  a: 1  # x\n  b: 2", "/m/b", -1, "m:\n  b: 2\n  a: 1  # x"),
        ("m:\n  a: |-\n    eins\n\n    zwei\n  b: 2\n", "/m/a", 1, None),
    ],
)
def test_lines_change_places(text: str, pointer: str, step: int, wanted: str | None) -> None:
    found = moved(text, pointer, step)
    if wanted is not None:
        assert found == wanted
    if text.endswith("\n"):
        assert moved(found, pointer, -step) == text


@pytest.mark.parametrize(("pointer", "step"), [("/m/a", -1), ("/m/b", 1), ("/m/c", 1)])
def test_there_is_no_way_beyond_the_ends(pointer: str, step: int) -> None:
    document = Document.read(b"m:\n  a: 1\n  b: 2\n", "x.yaml")
    with pytest.raises(EditRefused):
        document.apply(Transaction((MoveValue(Pointer.parse(pointer), step),)))


@given(
    values=st.lists(
        st.sampled_from(["1", "{x: 1, y: null}", "'a: b'", "|-\n    text\n    more", "null  # c"]),
        min_size=2,
        max_size=6,
    ),
    data=st.data(),
)
def test_there_and_back_is_the_same_text(values: list[str], data: st.DataObject) -> None:
    lines = "".join(f"  k{number}: {value}\n" for number, value in enumerate(values))
    text = f"m:\n{lines}end: 0  # Ende\n"
    place = data.draw(st.integers(0, len(values) - 2))
    once = moved(text, f"/m/k{place}", 1)
    assert moved(once, f"/m/k{place}", -1) == text
