"""Differences between two states of a report as lines to read, in printed labels."""

from __future__ import annotations

from collections.abc import Sequence

from disclosure_tui.language import Language, Text
from disclosure_tui.model.form import Form
from disclosure_tui.render.differing import Difference
from disclosure_tui.render.wording import Wording

__all__ = ["difference_lines"]


def difference_lines(
    form: Form, found: Sequence[Difference], language: Language
) -> list[tuple[str, bool]]:
    """Return one paragraph for each difference, the headings bold.

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
    return [(heading.in_(language), True), *((one.told(wording), False) for one in found)]
