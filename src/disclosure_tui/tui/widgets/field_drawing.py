"""How one field of a list looks: label, mark, value; or the value being typed."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from disclosure_tui.data_class import dataclass
from disclosure_tui.model.cell_type import CellType
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.render.grid import Tone
from disclosure_tui.render.width import MEASURE
from disclosure_tui.tui.widgets.edit_buffer import EditBuffer
from disclosure_tui.tui.widgets.strips import BOLD, PLAIN, REVERSE, TONE_STYLES, text_strip

__all__ = ["MARK_WIDTH", "FieldEntry", "field_room", "field_strip", "typed_strip"]

MARK_WIDTH = 2


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """One line of the list.

    Attributes:
        label: What is printed before the value; of a heading, the heading.
        pointer: The field, or None for a heading.
        value: As typed; empty for a blank.
        shown: As printed, where that differs: the label of a level.
        cell: What may stand there.
        mark: One ASCII character, or empty.
        tone: How it stands out.
    """

    label: str
    pointer: Pointer | None = None
    value: str = ""
    shown: str = ""
    cell: CellType | None = None
    mark: str = ""
    tone: Tone = Tone.PLAIN

    @property
    def is_chosen(self) -> bool:
        """Tell whether the value is one of a list, and not typed."""
        return self.cell is not None and bool(self.cell.values)

    @property
    def is_text(self) -> bool:
        """Tell whether any text may stand there: not a figure, a date or one of a list."""
        cell = self.cell
        return cell is None or not (cell.values or cell.numeric or cell.format)


def field_room(indent: int, width: int) -> int:
    """Return the cells that a value may take on a line, its label and mark before it."""
    return max(4, width - indent - 1)


def field_strip(entry: FieldEntry, indent: int, width: int, *, here: bool) -> Strip:
    """Draw a field or a heading; `here` is the one under the cursor."""
    if entry.pointer is None:
        return text_strip(((entry.label, BOLD),), width)
    room = field_room(indent, width)
    value = entry.shown or entry.value
    parts = (
        (MEASURE.fit(entry.label, indent - MARK_WIDTH), PLAIN),
        (f"{entry.mark or ' '} ", TONE_STYLES[entry.tone]),
        (MEASURE.fit(value, room), REVERSE) if here else (value, TONE_STYLES[entry.tone]),
    )
    return text_strip(parts, width)


def typed_strip(
    entry: FieldEntry, buffer: EditBuffer, indent: int, width: int, *, faulty: bool
) -> Strip:
    """Draw a field whose value is being typed."""
    room = field_room(indent, width)
    text, before = buffer.window(room)
    cells = Strip([Segment(MEASURE.fit(text, room), Style(bold=True, underline=True))], room)
    label = MEASURE.fit(entry.label, indent - MARK_WIDTH)
    mark = (("! " if faulty else "  "), TONE_STYLES[Tone.ERROR])
    head = text_strip(((label, PLAIN), mark), indent)
    caret = cells.crop(before, before + 1).apply_style(REVERSE)
    line = Strip.join([head, cells.crop(0, before), caret, cells.crop(before + 1)])
    return line.adjust_cell_length(width)
