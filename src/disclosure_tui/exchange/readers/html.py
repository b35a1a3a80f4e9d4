"""Web pages, as sites serve them: whole pages or pieces, in whatever encoding."""

from __future__ import annotations

from dataclasses import dataclass, field

from disclosure_tui.exchange.decoding import decoded
from disclosure_tui.exchange.html_tokens import Tag, tokens
from disclosure_tui.exchange.picture import (
    Block,
    PageTable,
    PageUnreadable,
    Paragraph,
    Picture,
    TableBuilder,
)
from disclosure_tui.language import Text

__all__ = ["NAME", "SUFFIXES", "SUMMARY", "read"]

NAME = "html"
SUFFIXES = (".html", ".htm", ".shtml", ".xhtml")
SUMMARY = Text("网页", "web page")

_DEEPEST = 40
"""Tables within tables."""
_UNSEEN = frozenset(
    {"script", "style", "title", "template", "noscript", "svg", "iframe", "object", "textarea"}
    | {"select", "button", "nav", "noembed", "noframes", "audio", "video", "canvas", "map"}
)
"""What shows no text of the page, or only what leads to other pages."""
_BREAKING = frozenset(
    {"address", "article", "aside", "blockquote", "body", "center", "dd", "details"}
    | {"dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main"}
    | {"menu", "ol", "p", "pre", "section", "summary", "ul"}
)
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"}
    | {"param", "source", "track", "wbr"}
)


def read(content: bytes) -> Picture:
    """Return what a page shows.

    Raises:
        PageUnreadable: It cannot be read.
    """
    page, remarks = decoded(content)
    reader = _Reader()
    for token in tokens(page):
        if isinstance(token, str):
            reader.text(token)
        else:
            reader.tag(token)
    return Picture(tuple(reader.finished()), remarks)


@dataclass(slots=True)
class _Sink:
    """Where texts go: the page, a cell or a caption."""

    words: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    def flush(self) -> None:
        text = "".join(self.words)
        self.words.clear()
        self.blocks += [Paragraph(line.strip()) for line in text.split("\n") if line.strip()]


@dataclass(slots=True)
class _Cell:
    sink: _Sink
    rowspan: int
    colspan: int


@dataclass(slots=True)
class _Table:
    """A table that is being read."""

    rows: list[list[_Cell]] = field(default_factory=list)
    caption: _Sink | None = None
    open_caption: bool = False
    open_cell: bool = False


class _Reader:
    """Follows the tags of a page."""

    def __init__(self) -> None:
        self._page = _Sink()
        self._tables: list[_Table] = []
        self._hidden = ""
        self._hidden_depth = 0

    def finished(self) -> list[Block]:
        """Return the blocks of the page; what is still open ends here."""
        while self._tables:
            self._end_table()
        self._page.flush()
        return self._page.blocks

    def text(self, text: str) -> None:
        if not self._hidden:
            # Line breaks in the source are blanks; those of the page are tags.
            self._sink().words.append(" ".join(text.split("\n")))

    def tag(self, tag: Tag) -> None:
        if self._hidden:
            if tag.name == self._hidden:
                self._hidden_depth += -1 if tag.is_end else 1
                if not self._hidden_depth:
                    self._hidden = ""
        elif not tag.is_end and _is_unseen(tag):
            self._hidden, self._hidden_depth = tag.name, 1
        elif tag.name == "br":
            self._sink().words.append("\n")
        elif tag.name == "table":
            (self._end_table if tag.is_end else self._start_table)()
        elif tag.name in ("tr", "td", "th", "caption") and self._tables:
            self._table_tag(self._tables[-1], tag)
        elif tag.name in _BREAKING:
            self._sink().words.append("\n")

    def _sink(self) -> _Sink:
        """Return where a text belongs; between the cells of a table it belongs before it."""
        for index in range(len(self._tables) - 1, -1, -1):
            table = self._tables[index]
            if table.open_caption and table.caption is not None:
                return table.caption
            if table.open_cell:
                return table.rows[-1][-1].sink
        return self._page

    def _start_table(self) -> None:
        if len(self._tables) >= _DEEPEST:
            raise PageUnreadable(
                Text(
                    f"网页里的表格套了 {_DEEPEST} 层以上，没有读。",
                    f"tables within tables, more than {_DEEPEST} deep; the page was not read.",
                )
            )
        self._sink().flush()
        self._tables.append(_Table())

    def _table_tag(self, table: _Table, tag: Tag) -> None:
        table.open_caption = table.open_cell = False
        if tag.is_end:
            return
        if tag.name == "tr":
            table.rows.append([])
        elif tag.name == "caption":
            table.caption, table.open_caption = _Sink(), True
        else:
            if not table.rows:
                table.rows.append([])
            spans = [_span(tag.attributes.get(name, "")) for name in ("rowspan", "colspan")]
            table.rows[-1].append(_Cell(_Sink(), *spans))
            table.open_cell = True

    def _end_table(self) -> None:
        if not self._tables:
            return
        table = self._tables.pop()
        cells = [cell for row in table.rows for cell in row]
        for cell in cells:
            cell.sink.flush()
        below = self._sink()
        below.flush()
        nested = any(isinstance(block, PageTable) for cell in cells for block in cell.sink.blocks)
        if nested or len(cells) == 1:
            # A table around others, or of a single cell, only lays out the page.
            below.blocks += [block for cell in cells for block in cell.sink.blocks]
            return
        made = _built(table)
        if made is not None:
            below.blocks.append(made)


def _built(table: _Table) -> PageTable | None:
    builder = TableBuilder()
    for row in table.rows:
        builder.row()
        for cell in row:
            text = "\n".join(b.text for b in cell.sink.blocks if isinstance(b, Paragraph))
            builder.cell(text, cell.rowspan, cell.colspan)
    caption = ""
    if table.caption is not None:
        table.caption.flush()
        caption = " ".join(b.text for b in table.caption.blocks if isinstance(b, Paragraph))
    return builder.table(caption=caption)


def _is_unseen(tag: Tag) -> bool:
    if tag.name in _VOID:
        return False
    style = "".join(tag.attributes.get("style", "").split()).casefold()
    return tag.name in _UNSEEN or "hidden" in tag.attributes or "display:none" in style


def _span(text: str) -> int:
    """Return how far a cell reaches; what is no number means one."""
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit()):
        return 1
    return min(int(digits[:9]), 999_999)
