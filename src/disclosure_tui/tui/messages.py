"""What a widget tells its screen when a key was pressed.

They are returned, not posted: keys that arrive together over a slow line are dealt with one
after the other, so a figure is committed before the save that was typed behind it.
"""

from __future__ import annotations

from typing import TypeAlias

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text
from disclosure_tui.model.pointer import Pointer

__all__ = [
    "NOT_MINE",
    "BlockPasted",
    "Chosen",
    "Closed",
    "Entered",
    "ForeignTyped",
    "Message",
    "Moved",
    "Reply",
    "Typing",
    "TypingEnded",
    "ValueCommitted",
    "ValueListWanted",
    "reply",
]


@dataclass(frozen=True, slots=True)
class Moved:
    """The cursor may stand somewhere else, or typing was given up."""


@dataclass(frozen=True, slots=True)
class Typing:
    """A value is being typed.

    Attributes:
        pointer: Where it will stand.
        text: What is typed so far.
        fault: Why it could not stand there as it is, or None.
        working: What it comes to, where it is more than a plain figure: `3+2+1 = 6`.
    """

    pointer: Pointer
    text: str
    fault: Text | None
    working: str = ""


@dataclass(frozen=True, slots=True)
class TypingEnded:
    """What was typed at a place was given up."""

    pointer: Pointer


@dataclass(frozen=True, slots=True)
class ValueCommitted:
    """A value was typed and confirmed; empty text blanks the place."""

    pointer: Pointer
    text: str


@dataclass(frozen=True, slots=True)
class BlockPasted:
    """Several cells were pasted.

    Attributes:
        block: Their texts, in rows of the same length.
        places: The cells of the table from the cursor on, in rows.
    """

    block: tuple[tuple[str, ...], ...]
    places: tuple[tuple[Pointer, ...], ...]


@dataclass(frozen=True, slots=True)
class ValueListWanted:
    """A place whose values are a fixed list is to be filled."""

    pointer: Pointer


@dataclass(frozen=True, slots=True)
class ForeignTyped:
    """A Chinese character was typed where only keys and figures are understood."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A line of a list was chosen, by its position from 0."""

    index: int


@dataclass(frozen=True, slots=True)
class Closed:
    """A list was left without a choice."""


@dataclass(frozen=True, slots=True)
class Entered:
    """A line of text was typed and confirmed."""

    text: str


Message: TypeAlias = (
    Moved
    | Typing
    | TypingEnded
    | ValueCommitted
    | BlockPasted
    | ValueListWanted
    | ForeignTyped
    | Chosen
    | Closed
    | Entered
)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a key.

    Attributes:
        handled: The key is done with; otherwise the screen looks for its command.
        messages: What happened, in order; also of a key that is not done with.
    """

    handled: bool
    messages: tuple[Message, ...] = ()


NOT_MINE = Reply(handled=False)


def reply(*messages: Message) -> Reply:
    """Return the reply of a widget that dealt with a key."""
    return Reply(handled=True, messages=messages)
