"""An entry of a map changes places with its neighbour: its lines are moved as they are."""

from __future__ import annotations

from disclosure_tui.model.edit import MoveValue
from disclosure_tui.store.draft import BY_HAND, Draft, column, refused
from disclosure_tui.store.paths import Step
from disclosure_tui.store.scalar_style import line_end
from disclosure_tui.store.sharing import steps_to
from disclosure_tui.store.tree import Collection, Layout
from disclosure_tui.store.trial import first_as_expected

__all__ = ["move_value"]


def move_value(draft: Draft, edit: MoveValue) -> Draft:
    """Exchange the lines of an entry with those of the entry before or behind it.

    What stands between the two, a comment on a line of its own for instance, stays there.

    Raises:
        EditRefused: They do not stand on lines of their own.
    """
    steps = steps_to(draft, edit.pointer, len(edit.pointer))
    step = steps[-1]
    entries = step.node.entries
    first = min(step.index, step.index + edit.step)
    if not (first >= 0 and first + 1 < len(entries)) or not _may_move(step.node):
        raise _refused(edit)
    upper = _lines(draft.text, Step(step.node, step.at, first))
    lower = _lines(draft.text, Step(step.node, step.at, first + 1))
    if upper is None or lower is None or upper[1] > lower[0]:
        raise _refused(edit)
    text = draft.text
    exchanged = text[slice(*lower)] + text[upper[1] : lower[0]] + text[slice(*upper)]
    done = first_as_expected(draft, edit, [[(upper[0], lower[1], exchanged)]])
    if done is None:
        raise _refused(edit)
    return done


def _may_move(owner: Collection) -> bool:
    return (
        owner.is_map
        and owner.layout is Layout.BLOCK
        and not any(entry.merge for entry in owner.entries)
    )


def _lines(text: str, step: Step) -> tuple[int, int] | None:
    """Return the lines of an entry with the break behind them; None if others stand there too."""
    at = step.at + step.entry.at
    start = at - column(text, at)
    end = line_end(text, step.at + step.entry.end)
    broken = text[end : end + 2]
    if text[start:at].strip(" ") or not broken:
        return None
    return start, end + (2 if broken == "\r\n" else 1)


def _refused(edit: MoveValue) -> Exception:
    return refused(
        edit.pointer,
        "这一行和别的内容写在一起，不能移动。",
        "The row stands too closely with others to be moved.",
        hint=BY_HAND,
    )
