"""Numbers of findings: the same at the cell, in the text, and in the list under the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field

from disclosure_tui.data_class import dataclass
from disclosure_tui.model.finding import Finding, Findings, Identity
from disclosure_tui.model.form import Form, Role
from disclosure_tui.model.pointer import ROOT, Pointer
from disclosure_tui.render.answers import answered

__all__ = ["NO_REFERENCES", "References", "references_of"]


@dataclass(frozen=True)
class References:
    """The number of every finding, and where it stands.

    Attributes:
        numbers: From 1, in the order in which the findings are listed.
        at: The numbers at each value, ascending.
        quoted: In each section of prose: behind which character a number stands, in order.
    """

    numbers: Mapping[Identity, int] = field(default_factory=dict)
    at: Mapping[Pointer, tuple[int, ...]] = field(default_factory=dict)
    quoted: Mapping[Pointer, tuple[tuple[int, int], ...]] = field(default_factory=dict)

    def number(self, finding: Finding) -> int:
        """Return the number of a finding; 0 where findings are not numbered."""
        return self.numbers.get(finding.identity, 0)

    def mark(self, pointer: Pointer) -> str:
        """Return what stands at a value: `[1,3]`; empty where nothing is to be said."""
        numbers = self.at.get(pointer, ())
        return f"[{','.join(map(str, numbers))}]" if numbers else ""

    def marked(self, pointer: Pointer, text: str) -> str:
        """Return a section of prose with the numbers behind the words that they are about."""
        for end, number in sorted(self.quoted.get(pointer, ()), reverse=True):
            text = f"{text[:end]}[{number}]{text[end:]}"
        return text


NO_REFERENCES = References()
"""Findings are listed without numbers."""


def references_of(form: Form, findings: Findings) -> References:
    """Number the findings of a report, section by section, open ones before explained ones.

    A figure that is blank is marked as such and gets no number: one finding may name hundreds.
    """
    numbers: dict[Identity, int] = {}
    at: dict[Pointer, list[int]] = {}
    quoted: dict[Pointer, list[tuple[int, int]]] = {}
    for finding in _in_order(form, findings):
        if finding.identity in numbers:
            continue
        number = numbers[finding.identity] = len(numbers) + 1
        if finding.quote is not None:
            quoted.setdefault(finding.quote.pointer, []).append((finding.quote.end, number))
        for pointer in dict.fromkeys(finding.pointers[: finding.marked or None]):
            node = form.node(pointer)
            is_quoted = finding.quote is not None and pointer == finding.quote.pointer
            if node is not None and not is_quoted and node.role in (Role.CELL, Role.PROSE):
                at.setdefault(pointer, []).append(number)
    return References(
        numbers,
        {pointer: tuple(found) for pointer, found in at.items()},
        {pointer: tuple(found) for pointer, found in quoted.items()},
    )


def _in_order(form: Form, findings: Findings) -> Iterator[Finding]:
    """Yield the findings as a report lists them: those of no section, then section by section."""
    everything = (*findings.open, *answered(findings))
    places = [section.pointer for section in form.sections if section.pointer != ROOT]
    for finding in everything:
        if not any(finding.primary.starts_with(place) for place in places):
            yield finding
    for place in places:
        yield from (finding for finding in everything if finding.primary.starts_with(place))
