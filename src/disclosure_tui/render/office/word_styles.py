"""Pages and styles of the house: GB/T 9704-2012, 22 lines of 28 characters of 16 pt.

Faces are named as the offices have them; this program owns none of them. Styles are those that
Word itself has, so that an office's own template gives each its own look.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.render.office.word_elements import (
    attribute,
    character_spacing,
    child,
    document_defaults,
    free_of_grid,
    indent,
    page_number,
    set_faces,
)

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["LATIN", "NOTE", "SECOND_FACE", "TEXT_WIDTH", "add_sign", "ensure_styles", "house"]

TEXT_WIDTH = 8845
"""156 mm in twentieths of a point."""
LATIN = "Times New Roman"
BODY_FACE, SECOND_FACE = "仿宋_GB2312", "楷体_GB2312"
NOTE = "Table Note"
"""The one style that Word does not have: notes under tables and the line of origin."""

_PITCH = 579
"""28.95 pt: 22 lines fill 225 mm."""


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    face: str
    points: float
    line: int
    before: int = 0


_STYLES = (
    _Style("Title", "方正小标宋简体", 22, 700),
    _Style("Heading 1", "黑体", 16, _PITCH),
    _Style(NOTE, BODY_FACE, 10.5, 320, 60),
    _Style("Header", "黑体", 12, 300),
    _Style("Footer", "宋体", 14, 300),
)


def house(document: Document, latin_language: str) -> None:
    """Give an empty document the pages and the styles of the house.

    Args:
        document: As python-docx begins it.
        latin_language: Language of what is written in Latin letters and digits.
    """
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    # A number stands 7 mm under the text.
    section.header_distance, section.footer_distance = Mm(22), Mm(24)
    for grid in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(grid)
    # Of linesAndChars some programs make half as many characters; the lines alone are safe.
    child(section._sectPr, "w:docGrid", type="lines", linePitch=str(_PITCH))
    document_defaults(document.styles, latin_language)
    normal: Any = document.styles["Normal"]
    normal.font.size = Pt(16)
    set_faces(normal, BODY_FACE, LATIN)
    # 28 characters of 16 pt are 2 mm wider than 156 mm.
    character_spacing(normal, -5)
    _paragraph(normal, _PITCH, 0)
    ensure_styles(document)
    for item in _STYLES:
        style: Any = document.styles[item.name]
        style.font.size = Pt(item.points)
        style.font.bold = False
        style.font.italic = False
        style.font.color.rgb = None
        set_faces(style, item.face, LATIN)
        character_spacing(style, 0)
        _paragraph(style, item.line, item.before)
        for border in style.element.iter(qn("w:pBdr")):
            border.getparent().remove(border)
            break
        if item.name == NOTE:
            free_of_grid(style.element.get_or_add_pPr())
    _page_numbers(document)


def ensure_styles(document: Document) -> None:
    """Add what a template lacks of the styles that are used."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    present = {style.name for style in document.styles}
    for name in ("Title", "Heading 1", NOTE):
        if name not in present:
            style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name != NOTE)
            style.base_style = document.styles["Normal"]
            if name == NOTE:
                style.font.size = Pt(10.5)


def add_sign(document: Document, sign: str) -> None:
    """Write on every page what the copy is; what a template has there stays."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import RGBColor

    for section in document.sections:
        headers = [section.header]
        if document.settings.odd_and_even_pages_header_footer:
            headers.append(section.even_page_header)
        if section.different_first_page_header_footer:
            headers.append(section.first_page_header)
        for header in headers:
            header.is_linked_to_previous = False
            paragraph = header.paragraphs[0]
            if paragraph.text.strip():
                paragraph = header.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run = paragraph.add_run(sign)
            run.font.color.rgb = RGBColor(0x99, 0, 0)


def _paragraph(style: Any, line: int, before: int) -> None:
    spacing = style.element.get_or_add_pPr().get_or_add_spacing()
    for name in list(spacing.attrib):
        del spacing.attrib[name]
    for name, value in (("before", before), ("after", 0), ("line", line)):
        attribute(spacing, name, str(value))
    attribute(spacing, "lineRule", "exact")


def _page_numbers(document: Document) -> None:
    """Number the pages at their outer edges, one character from it."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, alignment, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT, "right"),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT, "left"),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = document.styles["Footer"]
        paragraph.alignment = alignment
        indent(paragraph, **{f"{side}Chars": 100, side: 280})
        page_number(paragraph)
