"""A text with its tree of places, on its way through the edits of a transaction."""

from __future__ import annotations

from dataclasses import replace

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import EditRefused
from disclosure_tui.language import Text
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.store.paths import Step, regrown
from disclosure_tui.store.reader import Placed
from disclosure_tui.store.tree import Entry, Layout

__all__ = [
    "BY_HAND",
    "Draft",
    "Replacement",
    "column",
    "exchanged",
    "hull",
    "is_in_brackets",
    "own_indent",
    "refused",
]

BY_HAND = Text("请在文本编辑器里改写这一处。", "Change this place in a text editor.")


@dataclass(frozen=True, slots=True)
class Replacement:
    """One changed place: `before` stood at `start`, now `after` stands there."""

    start: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A text with its tree, on its way through the edits of a transaction.

    Attributes:
        aliases: The names that some place of the file refers to.
        line_break: How lines end in the file.
        done: What was replaced so far, in order.
    """

    text: str
    root: Placed
    aliases: frozenset[str]
    line_break: str
    done: tuple[Replacement, ...] = ()

    def replaced(self, start: int, end: int, after: str) -> Draft:
        """Return the draft with other text at a place; the tree is not yet right."""
        before = self.text[start:end]
        text = self.text[:start] + after + self.text[end:]
        return replace(self, text=text, done=(*self.done, Replacement(start, before, after)))


def refused(pointer: Pointer, zh: str, en: str, hint: Text | None = None) -> EditRefused:
    """Return the error for an edit that cannot be written."""
    return EditRefused(Text(zh, en), hint=hint, where=str(pointer))


def exchanged(
    draft: Draft, steps: list[Step], changed: Entry, start: int, end: int, after: str
) -> Draft:
    """Replace text of the last entry on the way; all behind it moves on."""
    step = steps[-1]
    grown = len(after) - (end - start)
    entries = (
        *step.node.entries[: step.index],
        changed,
        *(entry.moved(grown) for entry in step.node.entries[step.index + 1 :]),
    )
    root = regrown(draft.root, steps, entries, grown)
    return replace(draft.replaced(start, end, after), root=root)


def hull(before: Draft, after: Draft) -> Replacement | None:
    """Return one replacement that covers all that was done between two drafts."""
    done = after.done[len(before.done) :]
    if not done:
        return None
    start = done[0].start
    end = start
    grown = 0
    for one in done:
        start = min(start, one.start)
        end = max(end + grown, one.start + len(one.before)) - grown
        grown += len(one.after) - len(one.before)
    return Replacement(start, before.text[start:end], after.text[start : end + grown])


def is_in_brackets(steps: list[Step]) -> bool:
    """Tell whether the values of the last collection on the way stand inside brackets."""
    return any(step.node.layout is not Layout.BLOCK for step in steps)


def own_indent(draft: Draft, step: Step) -> int:
    """Return the column, from 0, in which the entries of a block collection begin."""
    return column(draft.text, step.at)


def column(text: str, at: int) -> int:
    """Return how many characters stand before a place on its line."""
    return at - max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) - 1
