"""A block pasted without an announcement is told from keys typed ahead."""

from __future__ import annotations

import pytest

from disclosure_tui.tui.bursts import is_block, joined
from disclosure_tui.tui.wire.keyboard import Keyboard, Pasted, Sequence, Typed


@pytest.mark.parametrize(
    "text",
    [
        "1\t2\t3\r4\t5\t6\r",
        "1\t2\t3\t４",
        "1\r\n2\r\n3\r\n4\r\n",
        "自然人\t3\t0\r企业\t1\t2\r",
        "3\t\t\t4\r\t1\t2\t",
        "12.5\t1,234\t无\t0",
    ],
)
def test_figures_in_rows_or_columns_are_a_block(text: str) -> None:
    assert is_block(Typed(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "1\t",
        "1\t2\r3\r",
        "12\r3\r4\r",
        "n\rn\rs\rq\r",
        "z\r1\ts\tq\tn\t",
        "\x1b[B1\t2\t3\t4\r",
        "1\t2\t3\t4\x13",
        "第一段。\r第二段。\r第三段。\r第四段。\r第五段。\r",
        "\t\t\t\t\t\t",
        "1\t2\t3\t\x7f4",
    ],
)
def test_keys_typed_ahead_and_prose_are_none(text: str) -> None:
    assert not is_block(Typed(text))


def test_characters_that_follow_each_other_are_joined() -> None:
    keyboard = Keyboard(0.3)
    tokens = joined(keyboard.feed("1\t２\t3\r自然人".encode() + b"\x1b[B" + b"4", 0.0))
    assert tokens == [Typed("1\t２\t3\r自然人"), Sequence("\x1b[B"), Typed("4")]
    assert not is_block(tokens[1])


def test_an_announced_paste_is_no_burst_of_keys() -> None:
    keyboard = Keyboard(0.3)
    pieces = [b"1", b"\x1b[2", b"00~1\t2\t3", b"\t4\t5", b"\t6\x1b[201", b"~", b"1\t2\t3\t4"]
    tokens = [token for piece in pieces for token in joined(keyboard.feed(piece, 0.0))]
    assert tokens == [Typed("1"), Pasted("1\t2\t3\t4\t5\t6"), Typed("1\t2\t3\t4")]
    assert [is_block(token) for token in tokens] == [False, False, True]
