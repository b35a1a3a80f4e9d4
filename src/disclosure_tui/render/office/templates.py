"""An office's own template: its pages and styles stay, its text goes."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from disclosure_tui.language import Text
from disclosure_tui.render.office.faults import CannotExport

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["TemplateUnusable", "opened_template"]


class TemplateUnusable(CannotExport):
    """A file named as a template cannot be one."""


def opened_template(content: bytes) -> Document:
    """Open a template and empty it.

    Raises:
        TemplateUnusable: It is no Word document.
    """
    import docx
    from docx.opc.exceptions import OpcError
    from docx.oxml.ns import qn

    try:
        document = docx.Document(io.BytesIO(content))
        sections = list(document.sections)
    except (OpcError, zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise TemplateUnusable(
            Text(
                "模板文件不是 Word 文档，不能使用。",
                "the template is no Word document and cannot be used",
            ),
            hint=Text(
                "请用 Word 打开模板，另存为 Word 文档（.docx），再用 --template 指定。",
                "Open it in Word, save it as a Word document (.docx), and name that one.",
            ),
        ) from error
    body = document.element.body
    last = sections[-1]._sectPr
    for element in list(body):
        if element is not last:
            body.remove(element)
    if last.getparent() is not body:
        last = body.makeelement(qn("w:sectPr"), {})
        body.append(last)
    return document
