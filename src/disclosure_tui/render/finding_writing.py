"""What a finding format is asked to do: take reports one by one, give back what can be written.

A batch may have thousands of reports, so that no format is handed all of them: what it needs of a
report behind the next one it keeps itself, in its shortest form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Language
from disclosure_tui.render.located import LocatedReport

__all__ = ["FindingFormat", "FindingWriter", "Occasion", "written"]


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a format knows of a run before the first report.

    Attributes:
        language: The language of words about all reports, heads for instance.
        is_overview: One line a report is wanted, not all that was found.
    """

    language: Language = Language.CHINESE
    is_overview: bool = False


class FindingWriter(Protocol):
    """One output in the making. What its methods return, joined, is the output."""

    def add(self, report: LocatedReport) -> bytes:
        """Take the next report; return what can be written by now."""

    def end(self) -> bytes:
        """Return the rest."""


class FindingFormat(Protocol):
    """A module of `finding_formats`.

    It may have more: `LIBRARIES` and `EXTRA`, where it needs libraries that are not installed by
    default, and `concerns(report)`, where it makes sense as a file for each report.
    """

    NAME: str
    """As it is asked for."""
    SUFFIX: str
    """Of its files: `.json`."""
    SUMMARY: object
    """What it is for, in both languages."""
    STREAMS: bool
    """What was written before the end is of use, even if the end never comes."""

    def begin(self, occasion: Occasion) -> FindingWriter:
        """Begin an output."""


def written(form: FindingFormat, reports: Iterable[LocatedReport], occasion: Occasion) -> bytes:
    """Return a whole output."""

    def pieces() -> Iterator[bytes]:
        writer = form.begin(occasion)
        for report in reports:
            yield writer.add(report)
        yield writer.end()

    return b"".join(pieces())
