"""Plain text, set as `disclosure show` sets it, at 80 columns."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure_tui.language import Text
from disclosure_tui.render.copies import Copy
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
    yield from _appendix(copy)
    yield from MEASURE.wrap(copy.provenance.line(copy.language), _WIDTH)


def _appendix(copy: Copy) -> Iterator[str]:
    appendix = copy.appendix
    if appendix is None:
        return
    for label, value in appendix.people:
        yield copy.say(f"{label}：{value}", f"{label}: {value}")
    for mark, sentence in appendix.findings:
        yield from MEASURE.wrap(f"{mark} {sentence}", _WIDTH)
    for sentence, text, signed in appendix.explanations:
        yield from MEASURE.wrap(sentence, _WIDTH)
        said = copy.say(f"说明：{text} {signed}", f"Explanation: {text} {signed}")
        yield from MEASURE.wrap(said, _WIDTH)
    yield ""
