"""PDF through typst, always as PDF/A-2a and PDF/UA-1.

The standards are a guard: without them typst leaves out a character that no face has and says
nothing; with them it stops and names it.
"""

from __future__ import annotations

import datetime
import json
import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from disclosure_tui.language import Text
from disclosure_tui.render.copies import Copy
from disclosure_tui.render.office.archives import EARLIEST
from disclosure_tui.render.office.faces import Faces, choose_faces, machine_fonts
from disclosure_tui.render.office.faults import CannotExport, GlyphMissing
from disclosure_tui.render.office.typesetting_data import page_data, texts_of

if TYPE_CHECKING:
    from typst import Fonts, TypstError

__all__ = ["EXTRA", "LIBRARIES", "NAME", "SUFFIX", "SUMMARY", "remark", "set_pages", "write"]

NAME = "pdf"
SUFFIX = ".pdf"
SUMMARY = Text("PDF 文件，公文格式，可存档", "PDF in official layout, for the archive")
EXTRA = "pdf"
LIBRARIES = ("typst",)

_NO_GLYPH = re.compile(r'(?:the text|codepoint) `"(?P<text>.+?)"`', re.DOTALL)
_ESCAPE = re.compile(r"\\u\{([0-9a-f]{1,6})\}")
_AROUND = 12
"""Characters shown at each side of one that has no glyph."""


def write(copy: Copy) -> bytes:
    """Return the pages.

    Raises:
        CannotExport: The machine has no Chinese face.
        GlyphMissing: A character is in none of its faces.
    """
    fonts = machine_fonts()
    return set_pages(copy, fonts, choose_faces(fonts.families()))


def remark() -> Text:
    """Say in which faces pages are set on this machine.

    Raises:
        CannotExport: It has no Chinese face.
    """
    faces = choose_faces(machine_fonts().families())
    told = Text(
        f"PDF 所用字体：标题【{faces.title}】，正文【{faces.body}】。",
        f"Faces of the PDF: title {faces.title}, prose {faces.body}.",
    )
    if faces.is_official:
        return told
    return told + Text(
        "本机没有小标宋或者仿宋，以上字体是代替的；要用规定的字体，请导出 docx。",
        " This machine lacks the faces of official documents; for those, export docx.",
    )


def set_pages(copy: Copy, fonts: Fonts, faces: Faces) -> bytes:
    """Return the pages, set in given faces.

    Args:
        copy: The report.
        fonts: Where faces are looked for.
        faces: Which ones to use; what they lack is taken from the others.
    """
    import typst

    data = page_data(copy, faces)
    template = files("disclosure_tui.render.office").joinpath("report.typ").read_bytes()
    compiler = typst.Compiler(
        template, font_paths=fonts, sys_inputs={"copy": json.dumps(data, ensure_ascii=False)}
    )
    try:
        pages = compiler.compile(
            format="pdf",
            pdf_standards=["a-2a", "ua-1"],
            timestamp=datetime.datetime(*EARLIEST, tzinfo=datetime.UTC),
        )
    except typst.TypstError as error:
        raise _fault(error, data) from error
    assert isinstance(pages, bytes)
    return pages


def _fault(error: TypstError, data: Any) -> CannotExport | GlyphMissing:
    found = _NO_GLYPH.search(error.message)
    if found is None:
        return CannotExport(
            Text(
                f"不能生成 PDF，排版程序报告：{error.message}",
                f"cannot write PDF; the typesetter says: {error.message}",
            ),
            hint=Text("请导出 docx 或者 html。", "Export docx or html instead."),
        )
    character = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), found["text"])
    for text in texts_of(data):
        before, meets, after = text.partition(character)
        if meets:
            return GlyphMissing.of(character, before[-_AROUND:] + meets + after[:_AROUND])
    return GlyphMissing.of(character, "")
