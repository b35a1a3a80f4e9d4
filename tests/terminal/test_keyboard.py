"""What a keyboard sends, in pieces, in another encoding or broken off: only keys become keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from disclosure_tui.tui.wire.key_events import KeyEvents
from disclosure_tui.tui.wire.keyboard import Keyboard, Pasted, Sequence, Strange, Token, Typed

DELAY = 0.3
KEYS = [
    *(b"\x1b[A", b"\x1b[3~", b"\x1bOP", b"\x1b[1;5C", b"\x1b[[A", b"\x1b[200~7\t8\x1b[201~"),
    *(b"\x1b[?2026;2$y", b"\x1b[12;40R", b"\x1b[<0;3;4M", b"\x1b[I", b"\x1b[M !!"),
    *(b"\x1b]11;rgb:0000/0000/0000\x1b\\", b"\x1b]52;c;QQ==\x07", b"\x1bP>|term 1.0\x1b\\"),
]
"""Whole sequences: keys, a paste, answers of terminals, mice."""


def fed(*pieces: bytes, gap: float = 0.0) -> list[Token]:
    """Return what comes of bytes read one piece after the other, and long afterwards."""
    keyboard, now, tokens = Keyboard(DELAY), 100.0, []
    for piece in pieces:
        tokens += keyboard.feed(piece, now)
        end = now + gap
        while now < end:
            now = min(now + 0.02, end)
            tokens += keyboard.tick(now)
    for _ in range(1000):
        now += 0.02
        tokens += keyboard.tick(now)
    return tokens


def text_of(tokens: list[Token]) -> str:
    return "".join(token.text for token in tokens if isinstance(token, Typed))


@pytest.mark.parametrize("sequence", KEYS, ids=repr)
@pytest.mark.parametrize("gap", [0.0, 0.1, 0.29])
def test_a_sequence_in_pieces_is_the_sequence(sequence: bytes, gap: float) -> None:
    for cut in range(1, len(sequence)):
        assert fed(sequence[:cut], sequence[cut:], gap=gap) == fed(sequence)
    assert fed(*(bytes([byte]) for byte in sequence), gap=gap) == fed(sequence)


@pytest.mark.parametrize("sequence", KEYS, ids=repr)
@pytest.mark.parametrize("gap", [0.35, 0.9, 1.5, 4.0])
def test_what_comes_late_is_never_taken_for_text(sequence: bytes, gap: float) -> None:
    text = text_of(fed(sequence[:1], sequence[1:], gap=gap))
    if gap < 2 and sequence[1:2] in (b"[", b"O"):
        assert text == "\x1b"
    for cut in range(2, len(sequence)):
        half = fed(sequence[:cut])
        assert text_of(half) in ("", *("\x1b" + sign for sign in "]P"))


def test_a_lone_escape_is_told_after_its_time_and_at_once_before_another() -> None:
    keyboard = Keyboard(DELAY)
    assert keyboard.feed(b"\x1b", 1.0) == []
    assert keyboard.is_waiting
    assert keyboard.tick(1.29) == []
    assert keyboard.tick(1.31) == [Typed("\x1b")]
    assert not keyboard.is_waiting
    assert keyboard.feed(b"\x1b", 9.0) == []
    assert keyboard.feed(b"\x1b", 9.1) == [Typed("\x1b")]
    assert fed(b"\x1bq") == [Typed("\x1b"), Typed("q")]
    assert fed(b"\x1b]") == [Typed("\x1b]")]
    assert fed("\x1b中".encode()) == [Typed("\x1b"), Typed("中")]


def test_what_a_person_types_after_escape_is_text() -> None:
    for text in ("[", "]", "O", "Ok", "On", "[12] 0"):
        assert text_of(fed(b"\x1b", text.encode(), gap=0.9)) == "\x1b" + text


def test_a_figure_typed_after_a_sequence_that_broke_off_is_there() -> None:
    assert text_of(fed(b"\x1b[1;", b"42\r", gap=1.2)) == "42\r"
    assert text_of(fed(b"\x1b[1;\r42")) == "\r42"
    assert text_of(fed("\x1b[1;中".encode())) == "中"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((text, "gb18030") for text in ("中文", "腬", "联通政府", "三安全一稳定q", "㐀", "a腬b")),
        *(("中文", "gbk"), ("政府", "big5"), ("aé", "latin-1")),
    ],
)
def test_another_encoding_is_left_out_with_its_ascii_bytes(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    for pieces in ([data], [bytes([byte]) for byte in data]):
        tokens = fed(*pieces)
        assert Strange.ENCODING in tokens
        if encoding.startswith("gb"):
            ascii_left = {sign for sign in text_of(tokens) if sign.isascii()}
            assert ascii_left <= {sign for sign in text if sign.isascii()}


@given(st.text(st.characters(exclude_characters="\x1b", exclude_categories=["Cs"])), st.data())
def test_characters_come_whole_however_they_are_cut(text: str, data: st.DataObject) -> None:
    encoded = text.encode()
    cut = data.draw(st.integers(0, len(encoded)))
    tokens = fed(encoded[:cut], encoded[cut:], gap=0.5)
    assert text_of(tokens) == text
    assert Strange.ENCODING not in tokens


@given(st.lists(st.binary(max_size=12) | st.sampled_from(KEYS), max_size=12))
def test_nothing_breaks_it_and_afterwards_a_key_is_a_key(pieces: list[bytes]) -> None:
    tokens = fed(*pieces, gap=0.1)
    keys = KeyEvents()
    for token in tokens:
        if isinstance(token, Typed):
            assert all(isinstance(event, events.Key) for event in keys.typed(token.text))
        elif isinstance(token, Sequence):
            list(keys.sequence(token.text))
    keyboard, now = Keyboard(DELAY), 1.0
    for piece in pieces:
        keyboard.feed(piece, now)
    for _ in range(100):
        now += 0.2
        keyboard.tick(now)
    assert not keyboard.is_waiting
    assert keyboard.feed(b"\x0c", now + 3) == [Typed("\x0c")]


def test_pasted_text_steers_nothing() -> None:
    hostile = "1\t2\r\n\x1b[31m3\x1b]0;title\x07\x07\x00\x13\x1b[200~4\x9b5Jé中\x1b"
    (pasted,) = fed(b"\x1b[200~" + hostile.encode() + b"\x1b[201~")
    assert pasted == Pasted("1\t2\r\n345Jé中")


def test_a_paste_in_pieces_is_one_and_what_follows_are_keys() -> None:
    whole = b"\x1b[200~" + "一、12\t3".encode() + b"\x1b[201~7"
    for cut in range(len(whole)):
        assert fed(whole[:cut], whole[cut:], gap=0.2) == [Pasted("一、12\t3"), Typed("7")]


def test_a_paste_without_an_end_is_given_up_and_said() -> None:
    keyboard = Keyboard(DELAY)
    keyboard.feed(b"\x1b[200~12", 10.0)
    for tenth in range(1, 49):
        # Keys pressed meanwhile do not keep it open.
        assert keyboard.feed(b"\x0c", 10.0 + tenth / 10) == []
    assert keyboard.feed(b"\x0c", 15.1) == [Strange.PASTE_CUT, Typed("\x0c")]


def test_a_long_paste_over_a_slow_line_stays_one() -> None:
    keyboard, now = Keyboard(DELAY), 10.0
    tokens = keyboard.feed(b"\x1b[200~", now)
    for _ in range(300):
        now += 0.1
        tokens += keyboard.feed(b"1234567\t", now)
    tokens += keyboard.feed(b"\x1b[201~", now)
    assert tokens == [Pasted("1234567\t" * 300)]


def test_a_paste_in_another_encoding_or_without_measure_is_left_out() -> None:
    assert fed(b"\x1b[200~" + "办结12件".encode("gbk") + b"\x1b[201~") == [Strange.ENCODING]
    assert fed(b"\x1b[200~" + b"1" * 1_100_000 + b"\x1b[201~7") == [
        Strange.PASTE_TOO_LONG,
        Typed("7"),
    ]


@pytest.mark.parametrize(
    ("sequence", "key"),
    [
        ("\x1b[A", "up"),
        ("\x1b[3~", "delete"),
        ("\x1bOP", "f1"),
        ("\x1b[[A", "f1"),
        ("\x1b[1;5H", "ctrl+home"),
        ("\x1b[Z", "shift+tab"),
    ],
)
def test_sequences_are_keys(sequence: str, key: str) -> None:
    assert [event.key for event in KeyEvents().sequence(sequence)] == [key]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "sequence",
    [
        *("\x1b[48;9999;9999;1;1t", "\x1b[5;9R", "\x1b[<0;99999;99999M", "\x1b[>9~", "\x1bOz"),
        *("\x1b[99999999999u", "\x1b[55296u", "\x1b[?2048;2$y", "\x1b]11;x\x07", "\x1b[M !!"),
    ],
)
def test_what_was_not_asked_for_does_nothing(sequence: str) -> None:
    keys = KeyEvents()
    assert list(keys.sequence(sequence)) == []
    assert [event.key for event in keys.typed("7")] == ["7"]  # type: ignore[attr-defined]


def test_the_mouse_is_heard_only_where_it_was_asked_for() -> None:
    (event,) = KeyEvents(mouse=True).sequence("\x1b[<0;3;4M")
    assert isinstance(event, events.MouseDown)
    assert (event.x, event.y) == (2, 3)
