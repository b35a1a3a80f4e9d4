"""The cursor of a table and what is typed at it; draws nothing."""

from __future__ import annotations

from collections.abc import Mapping

from disclosure_tui.language import Text
from disclosure_tui.model.cell_type import CellType, fold_width
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.typed_figure import typed_figure, unit_signs
from disclosure_tui.model.validator import fault
from disclosure_tui.tui.command import KeyPress
from disclosure_tui.tui.messages import (
    NOT_MINE,
    BlockPasted,
    ForeignTyped,
    Moved,
    Reply,
    Typing,
    TypingEnded,
    ValueCommitted,
    reply,
)
from disclosure_tui.tui.pasting import block_of
from disclosure_tui.tui.widgets.edit_buffer import EditBuffer
from disclosure_tui.tui.widgets.geometry import Geometry
from disclosure_tui.tui.widgets.grid_keys import MARKING, MOVES

__all__ = ["GridTyping"]

_STARTING = frozenset("0123456789.-+<")
"""Characters that begin a figure or a code; letters are commands until then."""
_LONGEST = 100
"""Characters of a pasted text that may be one figure."""
_VERTICAL = frozenset(("up", "down", "pageup", "pagedown"))


class GridTyping:
    """Where the cursor stands, the figure being typed, and what each key does to them."""

    def __init__(self) -> None:
        self.cursor: Pointer | None = None
        self.buffer: EditBuffer | None = None
        self.fault: Text | None = None
        self.types: Mapping[Pointer, CellType] = {}
        self.texts: Mapping[Pointer, str] = {}
        self.geometry = Geometry({})
        self._anchor: Pointer | None = None
        self._goal: int | None = None
        self._origin: Pointer | None = None

    def go_to(self, pointer: Pointer) -> None:
        """Put the cursor on a cell and forget what was typed."""
        self.cursor, self.buffer, self.fault = pointer, None, None
        self._anchor = None
        self._goal = self._origin = None

    def press(self, key: KeyPress, page: int) -> Reply:
        """Deal with a key; `page` is the lines of a screenful."""
        if self.cursor is None or self.cursor not in self.geometry:
            return NOT_MINE
        if self.buffer is not None:
            return self._type(self.buffer, key, page)
        if key.name in MARKING:
            self._anchor = self._anchor or self.cursor
            self._move(key.name.removeprefix("shift+"), page)
            return reply(Moved())
        if key.name in (*MOVES, "tab", "shift+tab", "enter", "f2", "delete", "backspace"):
            self._anchor = None
        if key.name == "escape" and self._anchor is not None:
            self._anchor = None
            return reply(Moved())
        if key.name in MOVES:
            self._move(key.name, page)
            return reply(Moved())
        if key.name in ("tab", "shift+tab"):
            self._tab(key.name)
            return reply(Moved())
        if key.name in ("enter", "f2"):
            return self._begin(EditBuffer.on(self.texts.get(self.cursor, "")))
        if key.name in ("delete", "backspace"):
            return reply(ValueCommitted(self.cursor, ""))
        if key.text and key.name in _STARTING:
            return self._begin(EditBuffer.over(key.name))
        return reply(ForeignTyped()) if key.is_foreign else NOT_MINE

    def paste(self, text: str) -> Reply:
        """Type one pasted value; of several cells the screen asks first."""
        block = block_of(text)
        if self.cursor is None or self.cursor not in self.geometry or not block:
            return NOT_MINE
        single = fold_width(block[0][0]).strip()
        if len(block) == len(block[0]) == 1 and len(single) <= _LONGEST:
            if self.buffer is None:
                return self._begin(EditBuffer.over(single))
            self.buffer.type(single)
            return self._typed(self.buffer)
        typed = () if self.buffer is None else self._commit(self.buffer)
        return reply(*typed, BlockPasted(block, self.geometry.onwards(self.cursor)))

    def finish(self) -> Reply:
        """Commit what is typed; the cursor stays."""
        return NOT_MINE if self.buffer is None else Reply(False, self._commit(self.buffer))

    def give_up(self) -> None:
        """Forget what is typed."""
        self.buffer = self.fault = None

    def resume(self, text: str) -> None:
        """Go on with what was typed before."""
        if self.cursor is not None:
            self._begin(EditBuffer.on(text))

    @property
    def marked(self) -> tuple[tuple[Pointer, ...], ...]:
        """The cells that are marked, in rows; without a mark the one under the cursor."""
        if self.cursor is None or self.cursor not in self.geometry:
            return ()
        anchor = self._anchor if self._anchor in self.geometry else None
        return self.geometry.between(anchor or self.cursor, self.cursor)

    def _begin(self, buffer: EditBuffer) -> Reply:
        self.buffer, self._anchor = buffer, None
        return self._typed(buffer)

    def _typed(self, buffer: EditBuffer) -> Reply:
        assert self.cursor is not None
        cell = self.types.get(self.cursor)
        self.fault = fault(cell, buffer.text) if cell is not None else None
        figure = typed_figure(cell, buffer.text) if cell is not None else None
        working = figure.working if figure is not None else ""
        return reply(Typing(self.cursor, buffer.text, self.fault, working))

    def _type(self, buffer: EditBuffer, key: KeyPress, page: int) -> Reply:
        name = key.name
        if name == "escape":
            assert self.cursor is not None
            self.give_up()
            return reply(TypingEnded(self.cursor), Moved())
        leaves = name in _VERTICAL or (buffer.replacing and name in ("left", "right"))
        if name in ("enter", "tab", "shift+tab") or leaves:
            messages = self._commit(buffer)
            if name == "enter":
                self._enter()
            elif leaves:
                self._move(name, page)
            else:
                self._tab(name)
            return reply(*messages, Moved())
        if self._is_text:
            typed = key.text
        elif key.is_foreign and not self._is_unit(key.name):
            return reply(ForeignTyped())
        else:
            typed = key.name if key.text else ""
        if typed:
            buffer.type(typed)
            return self._typed(buffer)
        if buffer.press(name):
            return self._typed(buffer)
        if name == "f2":
            buffer.replacing = False
            return self._typed(buffer)
        # A command: what is typed is kept first, as if Enter had been pressed.
        return Reply(False, self._commit(buffer))

    @property
    def _is_text(self) -> bool:
        """Tell whether the cell takes words, the name of a row for instance."""
        cell = self.types.get(self.cursor) if self.cursor is not None else None
        return cell is not None and not cell.numeric

    def _is_unit(self, sign: str) -> bool:
        """Tell whether a character may stand behind the figure being typed: 元 in an amount."""
        cell = self.types.get(self.cursor) if self.cursor is not None else None
        return cell is not None and sign in unit_signs(cell)

    def _commit(self, buffer: EditBuffer) -> tuple[ValueCommitted, ...]:
        assert self.cursor is not None
        self.buffer = self.fault = None
        return (ValueCommitted(self.cursor, buffer.text),)

    def _move(self, name: str, page: int) -> None:
        assert self.cursor is not None
        self._origin = None
        if name not in _VERTICAL:
            self._goal = None
        elif self._goal is None:
            self._goal = self.geometry.middle(self.cursor)
        self.cursor = self.geometry.moved(self.cursor, name, page, self._goal)

    def _tab(self, name: str) -> None:
        assert self.cursor is not None
        self._goal = None
        began = self._origin or self.cursor
        self.cursor = self.geometry.onward(self.cursor, 1 if name == "tab" else -1)
        # Over the end of a row the run goes on there: Enter must not lead back to a row that
        # is filled in already, or the next figure replaces what stands in it.
        self._origin = self.geometry.in_row_of(self.cursor, began)

    def _enter(self) -> None:
        assert self.cursor is not None
        self.cursor = self.geometry.below(self.cursor, self._origin)
        self._goal = self._origin = None
