"""What a document is made of, whatever it is written as."""

from __future__ import annotations

from dataclasses import dataclass

from disclosure_tui.language import Language
from disclosure_tui.render.grid import Grid

__all__ = ["Block", "Heading", "Items", "Page", "Paragraph", "Printed", "Table"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the title.

    Attributes:
        level: 2 or more; the title of the page is 1.
        text: The words.
        name: What other places of the page call it; empty if none does.
    """

    level: int
    text: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences."""

    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list of facts."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Facts in rows and columns.

    Attributes:
        caption: What it tells.
        head: One word for each column.
        rows: The first cell of each names the row.
        code: Columns that hold keys, ids or pointers, from 0.
        links: Of the first column that holds code, whether it leads to the heading of that name.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    code: frozenset[int] = frozenset()
    links: bool = False


@dataclass(frozen=True, slots=True)
class Printed:
    """A table as the form prints it."""

    grid: Grid


Block = Heading | Paragraph | Items | Table | Printed


@dataclass(frozen=True, slots=True)
class Page:
    """A document.

    Attributes:
        title: Its title.
        blocks: In reading order.
        language: Language of the words.
        foot: Where it comes from.
    """

    title: str
    blocks: tuple[Block, ...]
    language: Language
    foot: str
