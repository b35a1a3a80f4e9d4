"""Notes and remarks on places: printed with a cell, or kept for the office itself."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from disclosure_tui.language import Text
from disclosure_tui.model.edit import RemoveValue, Transaction
from disclosure_tui.model.filling import edits_for
from disclosure_tui.model.form import Form
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report

__all__ = ["Annotation", "annotated", "annotating", "annotation_at", "is_changeable"]


class Annotation(Enum):
    """What can be said of a place beside its value; the value is the key of the report."""

    NOTE = "notes"
    REMARK = "remarks"

    @property
    def label(self) -> Text:
        """What it is called."""
        return _LABELS[self]

    @property
    def sign(self) -> str:
        """The mark of a cell that has one."""
        return '"' if self is Annotation.NOTE else "'"


_LABELS = {
    Annotation.NOTE: Text("注释", "note"),
    Annotation.REMARK: Text("备注", "remark"),
}


def annotation_at(report: Report, kind: Annotation, pointer: Pointer) -> str:
    """Return the note or remark on a place, or an empty text."""
    found = report.value_at((kind.value, str(pointer)))
    return found if isinstance(found, str) else ""


def annotated(report: Report) -> Mapping[Pointer, str]:
    """Return the places that have notes or remarks, each with its signs."""
    signs: dict[Pointer, str] = {}
    for kind in Annotation:
        kept = report.value_at((kind.value,))
        for key, text in kept.items() if isinstance(kept, Mapping) else ():
            if isinstance(text, str) and text.strip():
                try:
                    place = Pointer.parse(str(key))
                except ValueError:
                    continue
                signs[place] = signs.get(place, "") + kind.sign
    return signs


def is_changeable(form: Form, report: Report, kind: Annotation, pointer: Pointer) -> bool:
    """Tell whether a note or remark can be written on a place.

    The form may know none; what stands there in another shape is not written over.
    """
    if form.node((kind.value,)) is None or not pointer:
        return False
    kept = report.value_at((kind.value,))
    here = report.value_at((kind.value, str(pointer)))
    return isinstance(kept, Mapping | None) and isinstance(here, str | None)


def annotating(
    form: Form, report: Report, kind: Annotation, pointer: Pointer, text: str
) -> Transaction | None:
    """Return the transaction that puts a note or remark on a place; None if nothing changes.

    Args:
        form: Gives the order of keys.
        report: The report.
        kind: What is written.
        pointer: The place.
        text: What it says; empty deletes it.
    """
    said, place = text.strip(), Pointer.of(kind.value, str(pointer))
    if said == annotation_at(report, kind, pointer).strip():
        return None
    name = kind.label
    if said:
        edits, _ = edits_for(form, report, [(place, said)])
        return Transaction(edits, Text(f"{name.zh}：{said}", f"{name.en}: {said}"))
    kept = report.value_at((kind.value,))
    gone = Pointer.of(kind.value) if len(kept) == 1 else place
    title = Text(f"删去{name.zh}", f"{name.en} deleted")
    return Transaction((RemoveValue(gone),), title)
