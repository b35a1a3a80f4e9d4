"""What the mouse does where a person asked for it: go to a place, choose a line, scroll."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.errors import NoWidget

if TYPE_CHECKING:
    from disclosure_tui.tui.screen import EditorScreen

__all__ = ["take_mouse"]

_WHEEL = {events.MouseScrollDown: "down", events.MouseScrollUp: "up"}
_LINES = 3
"""Lines for one step of the wheel."""
_LEFT = 1


async def take_mouse(screen: EditorScreen, event: events.MouseEvent) -> bool:
    """Deal with an event of the mouse.

    Returns:
        Whether it is done with; else it is left to the widget under the mouse.
    """
    key = _WHEEL.get(type(event))
    if key is not None:
        for _ in range(_LINES):
            await screen.take_key(events.Key(key, None))
        return True
    if not isinstance(event, events.MouseDown) or event.button != _LEFT:
        return False
    try:
        widget, _ = screen.get_widget_at(event.screen_x, event.screen_y)
    except NoWidget:
        return False
    return await screen.take_click(widget, event.screen_offset - widget.content_region.offset)
