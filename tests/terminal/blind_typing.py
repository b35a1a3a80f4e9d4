"""Bytes that nobody would type: at random, cut, doubled, in other encodings."""

from __future__ import annotations

import random
from collections.abc import Iterator

__all__ = ["blows"]

SEQUENCES = [
    *(b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D", b"\x1b[H", b"\x1b[F", b"\x1b[3~", b"\x1b[5~"),
    *(b"\x1b[6~", b"\x1bOP", b"\x1bOQ", b"\x1b[1;2B", b"\x1b[1;5C", b"\x1b[Z", b"\x1b[[A", b"\x1b"),
    *(b"\x1b[200~1\t2\r3\t4\x1b[201~", b"\x1b[200~", b"\x1b[201~", b"\x1b[1;3R", b"\x1b[I"),
    *(b"\x1b[?2026;2$y", b"\x1b[48;9999;9999;1;1t", b"\x1b[<0;9;9M", b"\x1b[M !!", b"\x1b[55296u"),
    *(b"\x1b]52;c;QQ==\x07", b"\x1b]11;rgb:0/0/0\x1b\\", b"\x1bP1$r0m\x1b\\", b"\x1b[27;5;9~"),
]
TEXTS = [
    "中文",
    "办结12件。",
    "“",
    "１２",
    "、",
    "e\u0301",
    "\u202e",
    "\U00020000",
    "👩‍💻",
    "\ufeff",
]
KEYS = b"0123456789.-=+\r\r\r\t\x7f\x10\x14\x07\x0f\x0e\x12\x1a\x19\x0c\x05\x06\x16\x03\x13\x11"


def blows(chance: random.Random, count: int) -> Iterator[bytes]:
    """Yield so many bytes in pieces, each to be written at once."""
    left = count
    while left > 0:
        piece = b"".join(_blow(chance) for _ in range(chance.randint(1, 4)))[:left]
        left -= len(piece)
        yield piece


def _blow(chance: random.Random) -> bytes:
    kind = chance.random()
    if kind < 0.25:
        return chance.randbytes(chance.randint(1, 12))
    if kind < 0.40:
        return chance.choice(SEQUENCES)
    if kind < 0.60:
        return _mutated(chance, chance.choice(SEQUENCES))
    if kind < 0.70:
        encoding = chance.choice(("utf-8", "gb18030", "utf-16-le"))
        return chance.choice(TEXTS).encode(encoding, errors="ignore")
    if kind < 0.75:
        return _mutated(chance, chance.choice(TEXTS).encode())
    return bytes(chance.choice(KEYS) for _ in range(chance.randint(1, 5)))


def _mutated(chance: random.Random, data: bytes) -> bytes:
    """Drop, double, change or insert bytes."""
    mutable = bytearray(data)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(mutable) + 1)
        match chance.randrange(4):
            case 0:
                del mutable[at : at + chance.randint(1, 3)]
            case 1:
                mutable[at:at] = mutable[at : at + 3]
            case 2:
                mutable[at : at + 1] = chance.randbytes(1)
            case _:
                mutable[at:at] = chance.randbytes(chance.randint(1, 2))
    return bytes(mutable)
