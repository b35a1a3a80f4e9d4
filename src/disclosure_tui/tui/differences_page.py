"""Differences between two states of a report as lines to read, in printed labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from disclosure_tui.language import Language, Text
from disclosure_tui.model.form import Form, Role
from disclosure_tui.model.value import ABSENT
from disclosure_tui.render.differing import Difference
from disclosure_tui.render.sentences import marked, sentence_changes
from disclosure_tui.render.wording import Wording

__all__ = ["difference_lines"]


def difference_lines(
    form: Form, found: Sequence[Difference], language: Language
) -> list[tuple[str, bool]]:
    """Return a paragraph for each difference, of prose one for each sentence; the heading bold.

    Args:
        form: The form that knows the labels.
        found: The differences.
        language: The language of the words.
    """
    count = len(found)
    if not count:
        return [(Text("没有不同", "Nothing is different.").in_(language), False)]
    heading = Text(f"{count} 处：原来的 -> 改成的", f"{count} places: before -> after")
    wording = Wording(form, language)
    # Values first: a text may take many lines, and nothing of what follows should be missed.
    ordered = sorted(found, key=lambda one: _is_prose(form, one))
    told = (line for one in ordered for line in _told(form, one, wording))
    return [(heading.in_(language), True), *((line, False) for line in told)]


def _told(form: Form, one: Difference, wording: Wording) -> Iterator[str]:
    """Yield one line for a value, and for prose one for each sentence that differs."""
    if not _is_prose(form, one):
        yield one.told(wording)
        return
    yield wording.path(one.pointer)
    before, after = (
        "" if side is ABSENT or side is None else str(side) for side in (one.old, one.new)
    )
    for change in sentence_changes(before, after):
        old, new = change.old, change.new
        if old is not None and new is not None:
            old, new = marked(old, new)
        yield from (f"{sign} {text}" for sign, text in (("-", old), ("+", new)) if text is not None)


def _is_prose(form: Form, one: Difference) -> bool:
    node = form.node(one.pointer)
    return node is not None and node.role is Role.PROSE
