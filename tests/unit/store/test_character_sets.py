"""The characters that texts cannot hold are those that YAML does not call printable."""

from __future__ import annotations

import sys

from disclosure_tui.store import emit, scalar_style, source

EVERY = "".join(map(chr, range(sys.maxunicode + 1)))
PRINTABLE = {
    *"\t\n\r\x85",
    *map(chr, range(0x20, 0x7F)),
    *map(chr, range(0xA0, 0xD800)),
    *map(chr, range(0xE000, 0xFFFE)),
    *map(chr, range(0x10000, sys.maxunicode + 1)),
}
"""`c-printable` of YAML 1.2."""
MARK = "\ufeff"
OLD_BREAKS = set("\x85\u2028\u2029")
"""What older readers take for the end of a line."""


def test_a_text_may_hold_what_is_printable() -> None:
    assert set(source._CONTROL.findall(EVERY)) == set(EVERY) - PRINTABLE


def test_a_block_may_hold_what_is_printable_and_no_break_but_its_own() -> None:
    shown = PRINTABLE - OLD_BREAKS - {MARK, "\r"}
    assert set(scalar_style._NOT_IN_BLOCK.findall(EVERY)) == set(EVERY) - shown


def test_a_quoted_text_shows_what_is_printable_on_one_line() -> None:
    shown = PRINTABLE - OLD_BREAKS - {MARK} - set("\t\n\r")
    assert set(emit._UNPRINTABLE.findall(EVERY)) == set(EVERY) - shown
