"""A report as plain lines, one value each under its printed label: what git compares as text."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure_tui.language import Language
from disclosure_tui.model.form import Form, Role
from disclosure_tui.model.report import Report
from disclosure_tui.render.comparison import place_label
from disclosure_tui.render.differing import value_text
from disclosure_tui.render.sentences import sentences
from disclosure_tui.render.width import printable
from disclosure_tui.render.wording import Wording, number_text

__all__ = ["spelled_out"]


def spelled_out(form: Form, report: Report, language: Language) -> Iterator[str]:
    """Yield the lines: a figure or a field each, prose one sentence a line.

    Args:
        form: The form of the report.
        report: The values.
        language: The language of the labels.
    """
    form = form.populated(report)
    wording = Wording(form, language)
    for pointer, value in report.leaves():
        node = form.node(pointer)
        label = place_label(wording, pointer)
        if node is not None and node.role is Role.PROSE and isinstance(value, str):
            for paragraph, sentence in sentences(value):
                yield printable(f"{label} {paragraph} = {sentence}")
        elif value is None:
            yield printable(f"{label} = {wording.text(value_text(None))}")
        elif isinstance(value, bool):
            yield printable(f"{label} = {wording.text(value_text(value))}")
        else:
            yield printable(f"{label} = {' '.join(number_text(value).split())}")
