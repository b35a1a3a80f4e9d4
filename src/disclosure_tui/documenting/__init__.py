"""A form as a document: what it holds, how it is printed, and by which rules it is checked."""

from __future__ import annotations

from disclosure_tui.documenting.form_page import form_page, label_languages
from disclosure_tui.documenting.html_page import html_page
from disclosure_tui.documenting.markdown_page import markdown_page

__all__ = ["form_page", "html_page", "label_languages", "markdown_page"]
