"""The sentences of notes and remarks, under a table and for one cell."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure_tui.language import Text
from disclosure_tui.model.annotations import Annotation, annotated, annotation_at
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.render.pages import Page
from disclosure_tui.render.wording import Wording

__all__ = ["said_of", "said_on"]


def said_on(page: Page, report: Report, wording: Wording) -> Iterator[str]:
    """Yield the notes and remarks on the places of a page, each behind its sign."""
    for pointer in annotated(report):
        if page.holds(pointer) and wording.form.node(pointer) is not None:
            yield from said_of(pointer, report, wording, wording.path(pointer) + " ")


def said_of(pointer: Pointer, report: Report, wording: Wording, place: str = "") -> Iterator[str]:
    """Yield the note and the remark on one place, the name of the place in front."""
    colon = wording.text(Text("：", ": "))
    for kind in Annotation:
        text = annotation_at(report, kind, pointer)
        if text:
            yield f"{kind.sign} {place}{wording.text(kind.label)}{colon}{text}"
