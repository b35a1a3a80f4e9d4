"""A piece of a page for a content management system: no class, no name, styles in the tags."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from disclosure_tui.language import Text
from disclosure_tui.render.copies import Copy, appendix_lines
from disclosure_tui.render.html_table import table_html
from disclosure_tui.render.paragraphs import paragraphs

__all__ = ["NAME", "SUFFIX", "SUMMARY", "write"]

NAME = "html-fragment"
SUFFIX = ".fragment.html"
SUMMARY = Text(
    "网页片段，粘贴到网站后台，样式写在各标签内",
    "A piece of a web page to paste into a content management system",
)

_TITLE = "text-align:center;font-size:22px;font-weight:bold;"
_HEADING = "font-size:16px;font-weight:bold;"
_PROSE = "text-indent:2em;line-height:1.8;"
_SMALL = "font-size:13px;"
_RIGHT = "text-align:right;"


def write(copy: Copy) -> bytes:
    """Return the piece of a page."""
    return ("\n".join(_lines(copy)) + "\n").encode()


def _lines(copy: Copy) -> Iterator[str]:
    if copy.sign:
        yield _styled(copy.sign, _TITLE)
    yield _styled(copy.view.title, _TITLE)
    for section in copy.view.sections:
        if section.heading:
            yield _styled(section.heading, _HEADING)
        for paragraph in paragraphs(section.prose or ""):
            yield _styled(paragraph, _PROSE)
        if section.grid is not None:
            yield from table_html(section.grid, "", inline=True)
        for note in section.notes:
            yield _styled(note, _SMALL)
    for line in copy.view.signature:
        yield _styled(line, _RIGHT)
    for line in appendix_lines(copy):
        yield _styled(line, _PROSE)
    yield _styled(copy.provenance.line(copy.language), _SMALL)


def _styled(text: str, style: str) -> str:
    return f'<p style="{style}">{escape(text)}</p>'
