"""Word documents, with what was inserted or put into controls since; what was deleted is not read.

A document whose changes are not yet accepted shows them to one reader and hides them from the
next, so the copy is read as it will be once they are accepted, and it is said that there are any.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from disclosure_tui.exchange.archives import Archive, Element
from disclosure_tui.exchange.picture import (
    Block,
    PageTable,
    Paragraph,
    Picture,
    TableBuilder,
)
from disclosure_tui.language import Text

__all__ = ["NAME", "SUFFIXES", "SUMMARY", "read"]

NAME = "docx"
SUFFIXES = (".docx", ".docm")
SUMMARY = Text("Word 文件", "Word document")

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_MIXED = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_REMOVED = frozenset({"del", "moveFrom"})
_ADDED = frozenset({"ins", "moveTo"})
_WRAPPING = frozenset(
    {"smartTag", "customXml", "hyperlink", "fldSimple", "sdtContent", "dir", "bdo", "subDoc"}
)
_CHARACTERS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}

_UNACCEPTED = Text(
    "文件里有未接受的修订：插入的按已有读，删除的没有读。请接受或者拒绝全部修订后再公开。",
    "The document has tracked changes that are not accepted: insertions were read, deletions were "
    "not. Accept or reject all of them before publishing.",
)
_CONTROLS = Text("文件里有内容控件，其中的内容已读。", "Content controls were read too.")
_VANISHED = Text(
    "文件里有隐藏的文字，没有读。", "The document has hidden text, which was not read."
)
_UNKNOWN_SIGN = "\ufffd"
_SIGN = Text("这里有一个读不出来的符号", "there is a sign here that cannot be read")


def read(content: bytes) -> Picture:
    """Return what a document shows.

    Raises:
        PageUnreadable: It cannot be read.
    """
    root = Archive(content).xml("word/document.xml")
    reader = _Reader()
    blocks = [block for body in root if _local(body) == "body" for block in reader.blocks(body)]
    return Picture(tuple(blocks), tuple(reader.remarks))


def _local(element: Element) -> str:
    """Return the name of an element of the main namespace; empty for others."""
    space, _, name = element.tag.rpartition("}")
    return name if space[1:] in (_MAIN, _STRICT) else ""


def _value(element: Element | None, name: str = "val") -> str:
    """Return an attribute of the main namespace."""
    if element is None:
        return ""
    values = (element.get(f"{{{space}}}{name}") for space in (_MAIN, _STRICT))
    return next((value for value in values if value is not None), "")


def _inner(element: Element, *path: str) -> Element | None:
    """Return the first element along a path of names."""
    for name in path:
        found = next((child for child in element if _local(child) == name), None)
        if found is None:
            return None
        element = found
    return element


def _is_on(element: Element | None) -> bool:
    return element is not None and _value(element) not in ("0", "false", "off")


@dataclass
class _Reader:
    """Walks a document; remembers what has to be told of it."""

    remarks: dict[Text, None] = field(default_factory=dict)

    def children(self, element: Element) -> Iterator[Element]:
        """Yield what stands in an element, as it is once all changes are accepted."""
        for child in element:
            name = _local(child)
            if name in _REMOVED:
                self.remarks[_UNACCEPTED] = None
            elif name in _ADDED:
                self.remarks[_UNACCEPTED] = None
                yield from self.children(child)
            elif name == "sdt":
                self.remarks[_CONTROLS] = None
                yield from self.children(child)
            elif name in _WRAPPING:
                yield from self.children(child)
            elif child.tag == f"{_MIXED}AlternateContent":
                chosen = next(iter(child), None)
                if chosen is not None:
                    yield from self.children(chosen)
            else:
                yield child

    def blocks(self, element: Element) -> Iterator[Block]:
        """Yield the paragraphs and tables of a body or of a cell."""
        for child in self.children(element):
            name = _local(child)
            if name == "p":
                yield from self._paragraph(child)
            elif name == "tbl":
                yield from self._table(child)

    def _paragraph(self, element: Element) -> Iterator[Block]:
        numbered = _inner(element, "pPr", "numPr") is not None
        boxes: list[Element] = []
        text = "".join(self._words(element, boxes))
        for line in text.split("\n"):
            if line.strip():
                yield Paragraph(line.strip(), numbered)
        for box in boxes:
            yield from self.blocks(box)

    def _words(self, element: Element, boxes: list[Element]) -> Iterator[str]:
        for child in self.children(element):
            name = _local(child)
            if name == "r":
                if _is_on(_inner(child, "rPr", "vanish")):
                    self.remarks[_VANISHED] = None
                else:
                    yield from self._words(child, boxes)
            elif name == "t":
                yield child.text or ""
            elif name in _CHARACTERS:
                yield _CHARACTERS[name]
            elif name == "sym":
                yield _UNKNOWN_SIGN
            elif name in ("drawing", "pict", "object") or not name:
                boxes += [box for box in child.iter() if _local(box) == "txbxContent"]

    def _table(self, element: Element) -> Iterator[Block]:
        rows = [row for row in self.children(element) if _local(row) == "tr"]
        grid = [list(self._row(row)) for row in rows if self._stays(row)]
        inner = [block for row in grid for cell in row for block in cell.blocks]
        if any(isinstance(block, PageTable) for block in inner):
            yield from inner
            return
        table = _built(grid)
        if table is not None:
            yield table

    def _stays(self, row: Element) -> bool:
        """Tell whether a row is there once its changes are accepted."""
        properties = _inner(row, "trPr")
        changes = [_local(child) for child in properties] if properties is not None else []
        if "ins" in changes or "del" in changes:
            self.remarks[_UNACCEPTED] = None
        return "del" not in changes

    def _row(self, row: Element) -> Iterator[_Cell]:
        before = _value(_inner(row, "trPr", "gridBefore"))
        if before.isdigit():
            yield _Cell(int(before[:6]), is_gap=True)
        for cell in self.children(row):
            if _local(cell) != "tc":
                continue
            properties = _inner(cell, "tcPr")
            marks = {_local(child) for child in properties} if properties is not None else set()
            if marks & {"cellIns", "cellDel", "cellMerge"}:
                self.remarks[_UNACCEPTED] = None
            span = _value(_inner(cell, "tcPr", "gridSpan"))
            merge = _inner(cell, "tcPr", "vMerge")
            yield _Cell(
                max(1, int(span[:6])) if span.isdigit() else 1,
                list(self.blocks(cell)),
                continues=merge is not None and _value(merge) != "restart",
                is_removed="cellDel" in marks,
            )


@dataclass
class _Cell:
    """A cell of a row, merged downwards by what the next rows say."""

    width: int
    blocks: list[Block] = field(default_factory=list)
    continues: bool = False
    is_gap: bool = False
    is_removed: bool = False
    height: int = 1

    @property
    def text(self) -> str:
        return "\n".join(block.text for block in self.blocks if isinstance(block, Paragraph))


def _built(grid: list[list[_Cell]]) -> PageTable | None:
    _merge_down(grid)
    builder = TableBuilder()
    for row in grid:
        builder.row()
        for cell in row:
            if cell.is_gap:
                builder.skip(cell.width)
            elif not cell.continues and not cell.is_removed:
                text = cell.text
                trouble = _SIGN if _UNKNOWN_SIGN in text else None
                builder.cell(text, cell.height, cell.width, trouble)
    return builder.table()


def _merge_down(grid: list[list[_Cell]]) -> None:
    """Give every cell its height; a continuation with nothing above it stands for itself."""
    above: dict[int, _Cell] = {}
    for row in grid:
        current: dict[int, _Cell] = {}
        column = 0
        for cell in row:
            owner = above.get(column)
            if cell.continues and owner is not None and owner.width == cell.width:
                owner.height += 1
                current[column] = owner
            elif not cell.is_gap:
                cell.continues = False
                current[column] = cell
            column += cell.width
        above = current
