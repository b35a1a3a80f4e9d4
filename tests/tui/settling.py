"""When the program under a pilot has done all that was asked of it, and shows that.

Textual's own pause takes a process that does not get the processor for one that rests, and gives
up after a second: on a busy machine a test would look before there is anything to see. Here the
queues themselves are looked at.
"""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING

from textual import events
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key

if TYPE_CHECKING:
    from textual.app import App
    from textual.message_pump import MessagePump
    from textual.screen import Screen

__all__ = ["LONGEST", "press", "settled", "type_text"]

LONGEST = 120.0
"""Seconds after which something is wrong, however busy the machine is."""
_LOOK = 0.001


async def settled(app: App[int]) -> None:
    """Wait until every message is dealt with and the screen shows what came of it.

    A program that ends, or has failed, is not waited for.
    """
    end = monotonic() + LONGEST
    while _goes_on(app):
        # What is due by now is dealt with before anybody looks.
        await asyncio.sleep(_LOOK)
        busy = [pump for pump in _pumps(app) if not _waits(pump)]
        if not busy:
            screen = app.screen
            if _is_drawn(screen):
                return
            screen._on_timer_update()
        assert monotonic() < end, f"still busy: {busy or app.screen}"


async def press(app: App[int], *keys: str) -> None:
    """Press keys, each when the one before has done its work."""
    for key in keys:
        app.post_message(_event(key))
        await settled(app)


async def type_text(app: App[int], text: str) -> None:
    """Type characters ahead, as a terminal sends them: no name of a key stands for any."""
    for character in text:
        app.post_message(events.Key(character, character))
    await settled(app)


def _event(key: str) -> events.Key:
    """Return what a terminal makes of a key, as Textual's pilot does."""
    if len(key) == 1 and not key.isalnum():
        key = _character_to_key(key)
    character: str | None = key if len(key) == 1 else None
    with suppress(KeyError):
        character = unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(key, key)))
    return events.Key(key, character)


def _goes_on(app: App[int]) -> bool:
    return app.is_running and not app._exit and app._exception is None and bool(app.screen_stack)


def _pumps(app: App[int]) -> Iterator[MessagePump]:
    """Yield everything that takes messages: the program, its screens, their widgets."""
    yield app
    for screen in app.screen_stack:
        yield from screen.walk_children(with_self=True)


def _waits(pump: MessagePump) -> bool:
    """Tell whether a message pump has nothing to do: it waits for a message, and none is there."""
    queue = pump._message_queue
    # In the middle of a message the queue may be empty as well, but nobody stands before it.
    waits = any(not waiter.done() for waiter in queue.ready_event._waiters)  # type: ignore[attr-defined]
    return waits and queue.empty() and pump._pending_message is None and not pump._next_callbacks


def _is_drawn(screen: Screen[object]) -> bool:
    """Tell whether the picture is the one of the present state, and all is done that awaits it."""
    return not (
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    )
