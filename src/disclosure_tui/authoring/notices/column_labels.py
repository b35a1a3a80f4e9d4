"""Columns that a row calls otherwise than the header they are printed under.

The header is that of the first row of a block. Another name in a row below, which an overlay gave
it for instance, would be read nowhere but in findings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from disclosure_tui.authoring.notice import Notice, Subject
from disclosure_tui.language import Language, Text
from disclosure_tui.model.finding import Severity
from disclosure_tui.model.form import ColumnHeader, Node
from disclosure_tui.schema.printed import printed_blocks

__all__ = ["notices"]


def notices(subject: Subject) -> Iterator[Notice]:
    """Find them; one for each header, with the first row that differs."""
    form = subject.loaded.form
    for first, *others in printed_blocks(form):
        told: set[str] = set()
        for row in others:
            for own, printed in _differing(row.columns, first.columns):
                title = printed.label.title(form.report_type.language)
                if title not in told:
                    told.add(title)
                    yield _notice(row, own, printed, form.report_type.language)


def _differing(
    own: Sequence[ColumnHeader], printed: Sequence[ColumnHeader]
) -> Iterator[tuple[ColumnHeader, ColumnHeader]]:
    """Yield the headers of two trees of one shape that are called otherwise."""
    for one, other in zip(own, printed, strict=True):
        if one.label.titles != other.label.titles:
            yield one, other
        yield from _differing(one.columns, other.columns)


def _notice(row: Node, own: ColumnHeader, printed: ColumnHeader, language: Language) -> Notice:
    here, header = own.label.title(language), printed.label.title(language)
    return Notice(
        "column",
        Severity.WARNING,
        str(row.origins[0]),
        Text(
            f"【{row.pointer}】里的列名【{here}】不会印出：表头印的是第一行的【{header}】",
            f"{row.pointer} calls a column {here!r}, which is printed nowhere: the header has "
            f"{header!r} of the first row",
        ),
        Text(
            "要改列名，请改各行共用的定义，或者把各行都改成一样",
            "change the name where all rows take it from, or in every row of the block",
        ),
    )
