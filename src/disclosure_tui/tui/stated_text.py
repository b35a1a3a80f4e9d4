"""What is known of a text being written: its figures that are tied to cells, and its findings.

A text is judged when it rests, not with every character: what is half typed is nobody's mistake.
In between, what is known moves along with the words and goes where they are changed. No Textual.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from disclosure_tui.data_class import dataclass
from disclosure_tui.model.finding import Finding
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.checker import CheckResult
from disclosure_tui.rules.stated import StatedFigure, stated_figures

__all__ = ["QuotedFinding", "StatedText"]


@dataclass(frozen=True, slots=True)
class QuotedFinding:
    """A finding about a piece of a text.

    Attributes:
        start: Offset of its first character.
        end: Offset behind its last one.
        finding: What there is to say.
    """

    start: int
    end: int
    finding: Finding


@dataclass(frozen=True, slots=True)
class StatedText:
    """One text with what was found in it.

    Attributes:
        text: The text.
        figures: Its figures that are tied to cells, in the order of the text.
        quoted: The open findings about pieces of it.
        about: The open findings about all of it.
    """

    text: str
    figures: tuple[StatedFigure, ...] = ()
    quoted: tuple[QuotedFinding, ...] = ()
    about: tuple[Finding, ...] = ()

    @classmethod
    def of(cls, section: Pointer, text: str, result: CheckResult) -> StatedText:
        """Return what a check found in a text."""
        figures = tuple(figure for figure in stated_figures(result) if figure.section == section)
        found = result.findings.at(section)
        quoted = tuple(
            QuotedFinding(finding.quote.start, finding.quote.end, finding)
            for finding in found
            if finding.quote is not None and finding.quote.pointer == section
        )
        told = {id(item.finding) for item in quoted}
        about = tuple(finding for finding in found if id(finding) not in told)
        return cls(text, figures, quoted, about)

    def after(self, text: str) -> StatedText:
        """Return what is still known when the text has become another one."""
        if text == self.text:
            return self
        before = _common(self.text, text)
        limit = min(len(self.text), len(text)) - before
        behind = min(_common(self.text[::-1], text[::-1]), limit)
        changed, shift = len(self.text) - behind, len(text) - len(self.text)

        def moved(start: int, end: int) -> tuple[int, int] | None:
            # What is typed next to a figure makes another one of it: 5, 50.
            if end < before:
                return start, end
            return (start + shift, end + shift) if start > changed else None

        figures = [
            replace(item, start=place[0], end=place[1])
            for item in self.figures
            if (place := moved(item.start, item.end)) is not None
        ]
        quoted = [
            replace(item, start=place[0], end=place[1])
            for item in self.quoted
            if (place := moved(item.start, item.end)) is not None
        ]
        return StatedText(text, tuple(figures), tuple(quoted), self.about)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The open findings about the text and its pieces, worst first."""
        found = (*self.about, *(item.finding for item in self.quoted))
        return tuple(_worst_first(found))

    def figures_at(self, offset: int) -> tuple[StatedFigure, ...]:
        """Return the figures that a caret touches, those to look at first in front."""
        found = [item for item in self.figures if item.start <= offset <= item.end]
        return tuple(sorted(found, key=_first_to_see))

    def findings_at(self, offset: int) -> tuple[Finding, ...]:
        """Return the findings about the words that a caret touches, worst first."""
        figures = (item.finding for item in self.figures_at(offset))
        near = [finding for finding in figures if finding is not None and finding.counts]
        around = _worst_first(
            item.finding for item in self.quoted if item.start <= offset <= item.end
        )
        return tuple({finding.identity: finding for finding in (*near, *around)}.values())

    def figures_of(self, cell: Pointer) -> tuple[StatedFigure, ...]:
        """Return the figures that are tied to a cell, in the order of the text."""
        return tuple(item for item in self.figures if cell in item.cells)


def _first_to_see(figure: StatedFigure) -> tuple[int, int]:
    """Rank figures at one place: what is wrong first, then the one tied to fewest cells."""
    finding = figure.finding
    weight = finding.severity.weight if finding is not None and finding.counts else 9
    return weight, len(figure.cells)


def _worst_first(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: finding.severity.weight)


def _common(one: str, other: str) -> int:
    """Return how many characters two texts have in common from the first on."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low
