"""The editor run in this process: its bytes are kept, and keys are put in by a test."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from unittest.mock import patch

from textual import events
from textual.driver import Driver
from textual.geometry import Size

from disclosure_tui.language import Language
from disclosure_tui.tui import app as app_module
from disclosure_tui.tui.app import DisclosureApp
from disclosure_tui.tui.screen import EditorScreen
from tui.settling import settled

__all__ = ["Resized", "record"]


class Resized(tuple[int, int]):
    """A new size in the record: width and height."""


class _Recorder(Driver):
    """Keeps what is written; there is no terminal."""

    record: list[str | Resized]

    def start_application_mode(self) -> None:
        self.record = []
        self.resize(*(self._size or (80, 24)))

    def resize(self, width: int, height: int) -> None:
        self.record.append(Resized((width, height)))
        size = Size(width, height)
        self._app.post_message(events.Resize(size, size))

    def write(self, data: str) -> None:
        self.record.append(data)

    @property
    def written(self) -> list[str]:
        return [item for item in self.record if isinstance(item, str)]

    def flush(self) -> None:
        pass

    def disable_input(self) -> None:
        pass

    def stop_application_mode(self) -> None:
        pass

    def close(self) -> None:
        pass

    @property
    def can_suspend(self) -> bool:
        return False


class Hands:
    """What a script does with the editor."""

    def __init__(self, app: DisclosureApp, driver: _Recorder) -> None:
        self.app = app
        self._driver = driver

    @property
    def is_there(self) -> bool:
        """Tell whether the program still runs."""
        return self.app.is_running and not self.app._exit and bool(self.app.screen_stack)

    async def see_first_screen(self) -> None:
        """Wait until the first screen was drawn."""
        await self.settle()
        while self.is_there and not any("\x1b[1;1H" in item for item in self._driver.written):
            await asyncio.sleep(0.005)
        await self.settle()

    async def press(self, key: str, character: str | None = None) -> None:
        self.app.post_message(events.Key(key, character))
        await self.settle()

    async def paste(self, text: str) -> None:
        self.app.post_message(events.Paste(text))
        await self.settle()

    async def resize(self, width: int, height: int) -> None:
        self._driver.resize(width, height)
        # The program takes up a new size when it is idle, and paints it later still.
        while self.is_there and self.app.screen.size != (width, height):
            await asyncio.sleep(0.005)
        await self.settle()

    async def settle(self) -> None:
        """Wait until all messages are dealt with and the screen is painted."""
        await settled(self.app)


def record(
    first: EditorScreen,
    script: Callable[[Hands], Awaitable[None]],
    size: tuple[int, int] = (80, 24),
) -> list[str | Resized]:
    """Run the editor on a screen; return all that it wrote, sizes among it."""
    kept: list[_Recorder] = []

    async def pilot(app: DisclosureApp) -> None:
        driver = app._driver
        assert isinstance(driver, _Recorder)
        kept.append(driver)
        hands = Hands(app, driver)
        await hands.see_first_screen()
        await script(hands)
        if hands.is_there:
            app.exit(0)

    with patch.object(app_module, "driver_class", lambda: _Recorder):
        app = DisclosureApp(first, Language.CHINESE)
        asyncio.run(app.run_async(size=size, mouse=False, auto_pilot=_with(pilot)))
    if app.fault is not None:
        raise app.fault
    return kept[0].record


def _with(pilot: Callable[[DisclosureApp], Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    async def run(textual_pilot: object) -> None:
        await pilot(textual_pilot.app)  # type: ignore[attr-defined]

    return run
