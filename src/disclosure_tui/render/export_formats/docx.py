"""Word, in the layout of official documents, or in that of an office's own template."""

from __future__ import annotations

import datetime
import io
from typing import TYPE_CHECKING

from disclosure_tui.language import Text
from disclosure_tui.render.copies import Copy
from disclosure_tui.render.office.archives import EARLIEST, repacked
from disclosure_tui.render.office.column_shares import is_long
from disclosure_tui.render.office.official_lines import LEAD, right_indents, title_lines
from disclosure_tui.render.office.sign_off import sign_off
from disclosure_tui.render.office.templates import opened_template
from disclosure_tui.render.office.word_elements import indent, set_faces, xml_text
from disclosure_tui.render.office.word_styles import (
    LATIN,
    NOTE,
    SECOND_FACE,
    TEXT_WIDTH,
    add_sign,
    ensure_styles,
    house,
)
from disclosure_tui.render.office.word_table import add_grid, add_plain_table
from disclosure_tui.render.paragraphs import paragraphs
from disclosure_tui.render.view import SectionView

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

__all__ = ["EXTRA", "LIBRARIES", "NAME", "SUFFIX", "SUMMARY", "write", "write_like"]

NAME = "docx"
SUFFIX = ".docx"
SUMMARY = Text("Word 文件，公文格式", "A Word document in official layout")
EXTRA = "office"
LIBRARIES = ("docx",)

_LONGEST_PROPERTY = 255
"""Characters of what an office file says of itself."""


def write(copy: Copy) -> bytes:
    """Return the document in the layout of the house."""
    import docx

    document = docx.Document()
    house(document, copy.say("en-US", "en-GB"))
    return _Writer(document, copy, is_house=True).written(TEXT_WIDTH)


def write_like(copy: Copy, template: bytes) -> bytes:
    """Return the document with pages and styles of a template; what is written in it goes.

    Raises:
        TemplateUnusable: It is no Word document.
    """
    document = opened_template(template)
    ensure_styles(document)
    section = document.sections[-1]
    room = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    return _Writer(document, copy, is_house=False).written(room // 635)


class _Writer:
    """One document."""

    def __init__(self, document: Document, copy: Copy, *, is_house: bool) -> None:
        self._document = document
        self._copy = copy
        self._is_house = is_house

    def written(self, width: int) -> bytes:
        """Write everything at a width of the text, in twentieths of a point."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        copy = self._copy
        self._describe()
        self._add("\n".join(title_lines(copy)), "Title").alignment = WD_ALIGN_PARAGRAPH.CENTER
        if self._is_house:
            self._add("")
        for section in copy.view.sections:
            self._section(section, width)
        self._signature()
        self._add(copy.provenance.line(copy.language), NOTE)
        self._sign_off(width)
        if copy.sign:
            add_sign(self._document, copy.sign)
        out = io.BytesIO()
        self._document.save(out)
        return repacked(out.getvalue())

    def _describe(self) -> None:
        properties = self._document.core_properties
        properties.title = xml_text(self._copy.view.title)[:_LONGEST_PROPERTY]
        properties.author = xml_text(self._copy.organ)[:_LONGEST_PROPERTY]
        properties.last_modified_by = ""
        origin = self._copy.provenance.line(self._copy.language)
        properties.comments = xml_text(origin)[:_LONGEST_PROPERTY]
        properties.language = self._copy.say("zh-CN", "en")
        properties.created = properties.modified = datetime.datetime(*EARLIEST)
        properties.revision = 1

    def _add(self, text: str, style: str = "Normal") -> Paragraph:
        return self._document.add_paragraph(xml_text(text), style)

    def _section(self, section: SectionView, width: int) -> None:
        if section.heading:
            heading = self._add(section.heading, "Heading 1")
            heading.paragraph_format.keep_with_next = True
            if section.grid is not None:
                heading.paragraph_format.page_break_before = is_long(section.grid)
            elif self._is_house:
                indent(heading, firstLineChars=200, firstLine=640)
        for text in paragraphs(section.prose or ""):
            self._prose(text)
        if section.grid is not None:
            if section.grid.unit:
                unit = self._copy.say(f"单位：{section.grid.unit}", f"Unit: {section.grid.unit}")
                self._add(unit, NOTE).paragraph_format.keep_with_next = True
            add_grid(self._document, section.grid, width)
        for note in section.notes:
            self._add(note, NOTE)

    def _prose(self, text: str) -> None:
        text = xml_text(text)
        paragraph = self._add("")
        indent(paragraph, firstLineChars=200, firstLine=630)
        lead = LEAD.match(text) if self._is_house else None
        if lead is not None:
            set_faces(paragraph.add_run(lead[0]), SECOND_FACE, LATIN)
            text = text[lead.end() :]
        if text:
            paragraph.add_run(text)

    def _signature(self) -> None:
        """Write who reports and when: the date begins two characters right of the name."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        lines = self._copy.view.signature
        if not lines:
            return
        self._add("").paragraph_format.keep_with_next = True
        for line, right in zip(lines, right_indents(lines), strict=True):
            paragraph = self._add(line)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            paragraph.paragraph_format.keep_with_next = line is not lines[-1]
            indent(paragraph, rightChars=right * 50, right=right * 160)

    def _sign_off(self, width: int) -> None:
        if self._copy.appendix is None:
            return
        last = sign_off(self._copy, self._copy.appendix)
        heading = self._add(last.heading, "Heading 1")
        heading.paragraph_format.page_break_before = True
        rows = [last.heads, *((label, value, "", "") for label, value in last.people)]
        label, signature, date = width * 18 // 100, width * 28 // 100, width * 22 // 100
        widths = [label, width - label - signature - date, signature, date]
        add_plain_table(self._document, rows, widths)
        for head, texts in last.lists:
            self._add(head, "Heading 1").paragraph_format.keep_with_next = True
            for text in texts:
                self._add(text, NOTE)
