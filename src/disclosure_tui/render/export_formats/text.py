"""Plain text, set as `disclosure show` sets it, at 80 columns."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure_tui.language import Text
from disclosure_tui.render.copies import Copy, appendix_lines
from disclosure_tui.render.page import Page, set_page
from disclosure_tui.render.width import MEASURE

__all__ = ["NAME", "SUFFIX", "SUMMARY", "write"]

NAME = "text"
SUFFIX = ".txt"
SUMMARY = Text("纯文本", "Plain text")

_WIDTH = 80


def write(copy: Copy) -> bytes:
    """Return the text."""
    return ("\n".join(_lines(copy)) + "\n").encode()


def _lines(copy: Copy) -> Iterator[str]:
    if copy.sign:
        yield from MEASURE.wrap(copy.sign, _WIDTH)
        yield ""
    for line in set_page(copy.view, Page(_WIDTH, copy.language, findings=False)):
        yield "".join(piece.text for piece in line).rstrip()
    yield ""
    for sentence in appendix_lines(copy):
        yield from MEASURE.wrap(sentence, _WIDTH)
    if copy.appendix is not None:
        yield ""
    yield from MEASURE.wrap(copy.provenance.line(copy.language), _WIDTH)
