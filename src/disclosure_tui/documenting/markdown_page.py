"""A document as Markdown. Tables with merged headers are HTML in it: Markdown has none."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from disclosure_tui.documenting.blocks import Block, Heading, Items, Page, Paragraph, Printed, Table
from disclosure_tui.render.html_table import table_html

__all__ = ["markdown_page"]

_ESCAPED = str.maketrans({character: f"\\{character}" for character in "\\`*_[]<>#|~"})


def markdown_page(page: Page) -> str:
    """Return the text."""
    numbers = count(1)
    parts = [f"# {_text(page.title)}"]
    parts.extend("\n".join(_lines(block, numbers)) for block in page.blocks)
    return "\n\n".join([*parts, "---", _text(page.foot)]) + "\n"


def _lines(block: Block, numbers: Iterator[int]) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * block.level} {_text(block.text)}"
    elif isinstance(block, Paragraph):
        yield _text(block.text)
    elif isinstance(block, Items):
        yield from (f"- {_text(line)}" for line in block.lines)
    elif isinstance(block, Printed):
        yield from table_html(block.grid, f"t{next(numbers)}")
    else:
        yield f"**{_text(block.caption)}**"
        yield ""
        yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    yield _row(tuple(_text(word) for word in table.head))
    yield _row(("---",) * len(table.head))
    for row in table.rows:
        yield _row(tuple(_cell(table, column, text) for column, text in enumerate(row)))


def _cell(table: Table, column: int, text: str) -> str:
    if not text or column not in table.code:
        return _text(text)
    code = f"`{text}`".replace("|", "\\|")
    return f"[{code}](#{_anchor(text)})" if table.links and column == 0 else code


def _anchor(heading: str) -> str:
    """Return what GitHub and others make of a heading for links to it."""
    kept = (character for character in heading.lower() if character.isalnum() or character in "-_ ")
    return "".join(kept).replace(" ", "-")


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cells) + " |"


def _text(text: str) -> str:
    return " ".join(text.split("\n")).translate(_ESCAPED)
