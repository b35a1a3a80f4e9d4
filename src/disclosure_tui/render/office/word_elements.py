"""What python-docx has no name for: East Asian faces, exact grids, cell borders, page numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

__all__ = [
    "attribute",
    "character_spacing",
    "child",
    "document_defaults",
    "free_of_grid",
    "indent",
    "page_number",
    "set_faces",
    "table_of",
    "xml_text",
]

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_THEMES = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
_AFTER_SPACING = ("w", "kern", "position", "sz", "szCs", "highlight", "u", "effect", "lang")
"""What has to stand behind the spacing of characters; their order is prescribed."""


def xml_text(text: str) -> str:
    """Return a text with a replacement sign for what an XML file cannot hold."""
    return _NOT_IN_XML.sub("\ufffd", text)


def child(parent: Any, tag: str, **attributes: str) -> Any:
    """Append an element with attributes of the same namespace; return it."""
    from docx.oxml import OxmlElement

    element = OxmlElement(tag)
    for name, value in attributes.items():
        attribute(element, name, value)
    parent.append(element)
    return element


def attribute(element: Any, name: str, value: str) -> None:
    """Set an attribute of the main namespace."""
    from docx.oxml.ns import qn

    element.set(qn(f"w:{name}"), value)


def set_faces(owner: Any, face: str, latin: str) -> None:
    """Name the faces of a style or a run; those of a theme would win over them."""
    from docx.oxml.ns import qn

    fonts = owner.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in _THEMES:
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for name, value in (("ascii", latin), ("hAnsi", latin), ("eastAsia", face), ("cs", latin)):
        attribute(fonts, name, value)
    # Quotation marks and dashes exist in both scripts; in a Chinese text they are Chinese.
    attribute(fonts, "hint", "eastAsia")


def character_spacing(owner: Any, twentieths: int) -> None:
    """Set the characters of a style or a run closer, or wider, by twentieths of a point."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = owner.element.get_or_add_rPr()
    for old in properties.findall(qn("w:spacing")):
        properties.remove(old)
    spacing = OxmlElement("w:spacing")
    attribute(spacing, "val", str(twentieths))
    behind = {qn(f"w:{name}") for name in _AFTER_SPACING}
    following = next((element for element in properties if element.tag in behind), None)
    if following is None:
        properties.append(spacing)
    else:
        following.addprevious(spacing)


def document_defaults(styles: Any, language: str) -> None:
    """Say in what language the document is, for screen readers and the spelling check.

    The Latin letters and digits of a Chinese document are English: as Chinese ones, numbers
    would be broken at the end of a line.
    """
    from docx.oxml.ns import qn

    for properties in styles.element.iter(qn("w:rPrDefault")):
        for wrong in list(properties.iter(qn("w:lang"))):
            wrong.getparent().remove(wrong)
        inner = properties.find(qn("w:rPr"))
        child(inner, "w:lang", val=language, eastAsia="zh-CN", bidi="ar-SA")


def indent(paragraph: Paragraph, **amounts: int) -> None:
    """Indent by hundredths of a character: `firstLineChars=200` follows the size of the type."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = paragraph._p.get_or_add_pPr()
    found = properties.find(qn("w:ind"))
    if found is None:
        found = OxmlElement("w:ind")
        properties._insert_ind(found)
    for name, value in amounts.items():
        attribute(found, name, str(value))


def free_of_grid(properties: Any) -> None:
    """Let the lines of a paragraph stand closer than the grid of the page has them."""
    from docx.oxml import OxmlElement

    snap = OxmlElement("w:snapToGrid")
    attribute(snap, "val", "0")
    # Its place is before the spacing, which every paragraph of ours has.
    properties.get_or_add_spacing().addprevious(snap)


def page_number(paragraph: Paragraph) -> None:
    """Write the number of the page between two dashes."""
    paragraph.add_run("— ")
    for kind, text in (("begin", ""), ("", " PAGE "), ("separate", ""), ("", "1"), ("end", "")):
        run = paragraph.add_run()._r
        if kind:
            child(run, "w:fldChar", fldCharType=kind)
        elif text.strip().isdigit():
            child(run, "w:t").text = text
        else:
            child(run, "w:instrText").text = text
    paragraph.add_run(" —")


def table_of(
    document: Any, rows: int, widths: list[int], spans: Iterator[tuple[int, int, int, int]]
) -> tuple[Table, list[list[_Cell]]]:
    """Add a table with fixed columns, all rules and merged cells.

    Args:
        document: The document.
        rows: Number of rows.
        widths: Of the columns, in twentieths of a point.
        spans: Row, column, rows and columns of every merged cell.

    Returns:
        The table, and its cells by row and column.
    """
    from docx.oxml import OxmlElement

    table: Table = document.add_table(rows, len(widths))
    properties = table._tbl.tblPr
    for element in list(properties):
        if element.tag.endswith(("}tblW", "}tblLook", "}tblLayout")):
            properties.remove(element)
    child(properties, "w:tblW", w=str(sum(widths)), type="dxa")
    child(properties, "w:jc", val="center")
    borders = child(properties, "w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        child(borders, f"w:{side}", val="single", sz="4", space="0", color="000000")
    child(properties, "w:tblLayout", type="fixed")
    margins = child(properties, "w:tblCellMar")
    for side in ("left", "right"):
        child(margins, f"w:{side}", w="28", type="dxa")
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        attribute(column, "w", str(width))
    # Asked of the table, every single cell would be found anew in all of them.
    cells = [list(row.cells) for row in table.rows]
    for row in cells:
        for cell, width in zip(row, widths, strict=True):
            cell.width = width * 635
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for top, left, height, width in spans:
        cells[top][left].merge(cells[top + height - 1][left + width - 1])
    return table, cells
