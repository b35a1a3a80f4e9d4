"""The list of findings in groups: by how much they weigh, or by the sections of the form."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from disclosure_tui.data_class import dataclass
from disclosure_tui.explaining import SEVERITY_NAMES
from disclosure_tui.language import Text
from disclosure_tui.model.finding import State
from disclosure_tui.render.answers import answers_of, explanations_in
from disclosure_tui.render.pages import page_of
from disclosure_tui.tui.filling import Filling
from disclosure_tui.tui.finding_entries import FindingEntry, entries_of
from disclosure_tui.tui.finding_order import FindingOrder

__all__ = ["FindingGroup", "groups_of"]


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Lines under one heading."""

    heading: str
    entries: tuple[FindingEntry, ...]

    @property
    def count(self) -> int:
        """How many findings they are about: a cause is none beside those that it explains."""
        named = {entry.finding.identity for entry in self.entries if entry.finding is not None}
        return len(named) + sum(entry.finding is None for entry in self.entries)


_OFFERS = Text("可以填的未填格", "Blanks that can be filled in")
_FILE = Text("整个文件", "The file as a whole")
_ANSWERED = Text("已说明或标为无关", "Explained or dismissed")


def groups_of(filling: Filling, order: FindingOrder) -> tuple[FindingGroup, ...]:
    """Return all findings in groups; those that are answered come last.

    A cause and the findings that it explains stay together, in the group of the worst of them.
    """
    entries = entries_of(filling)
    heading = _by_severity(filling) if order is FindingOrder.SEVERITY else _by_section(filling)
    groups: dict[tuple[int, str], list[FindingEntry]] = {}
    key = (0, "")
    for entry in entries:
        if not entry.line.startswith("  "):
            key = heading(entry)
        groups.setdefault(key, []).append(entry)
    found = [FindingGroup(name, tuple(groups[at, name])) for at, name in sorted(groups)]
    answered = tuple(_answered(filling))
    if answered:
        found.append(FindingGroup(filling.say(_ANSWERED), answered))
    return tuple(found)


def _by_severity(filling: Filling) -> Callable[[FindingEntry], tuple[int, str]]:
    last = len(SEVERITY_NAMES)

    def heading(entry: FindingEntry) -> tuple[int, str]:
        if entry.line.startswith("_"):
            return last, filling.say(_OFFERS)
        severities = list(SEVERITY_NAMES)
        at = next(i for i, one in enumerate(severities) if entry.line.startswith(one.mark))
        name = filling.say(SEVERITY_NAMES[severities[at]])
        return at, f"{severities[at].mark} {name}"

    return heading


def _by_section(filling: Filling) -> Callable[[FindingEntry], tuple[int, str]]:
    def heading(entry: FindingEntry) -> tuple[int, str]:
        index = page_of(filling.pages, entry.pointer)
        if index is None:
            return len(filling.pages), filling.say(_FILE)
        return index, filling.pages[index].heading

    return heading


def _answered(filling: Filling) -> Iterable[FindingEntry]:
    explanations, wording = explanations_in(filling.report), filling.wording
    for finding in filling.findings:
        if finding.state in (State.EXPLAINED, State.DISMISSED):
            line = f". {wording.message(finding.line)}"
            detail = answers_of(finding, explanations, wording)
            yield FindingEntry(line, detail, finding.primary, finding)
