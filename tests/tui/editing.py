"""The editor under a pilot: screens as text, keys as a person types them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events

from disclosure_tui.language import Language
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.session import Session
from disclosure_tui.settings import Settings
from disclosure_tui.tui.app import DisclosureApp
from disclosure_tui.tui.screens.report import ReportScreen
from tui.report_files import opened
from tui.settling import press, settled, type_text

if TYPE_CHECKING:
    from textual.pilot import Pilot


class Editing:
    """A report open in the editor."""

    def __init__(self, pilot: Pilot[int], screen: ReportScreen) -> None:
        self.pilot, self.report = pilot, screen
        self.session = screen.session
        self.redraws: list[int] = []

    @property
    def app(self) -> DisclosureApp:
        assert isinstance(self.pilot.app, DisclosureApp)
        return self.pilot.app

    async def press(self, *keys: str) -> None:
        await press(self.app, *keys)

    async def type(self, text: str) -> None:
        """Type characters as a terminal sends them; a pilot gives some no character."""
        await type_text(self.app, text)

    async def paste(self, text: str) -> None:
        self.app.post_message(events.Paste(text))
        await self.settled()

    async def resize(self, width: int, height: int) -> None:
        await self.pilot.resize_terminal(width, height)
        await self.settled()

    async def settled(self) -> None:
        """Wait until all is done that was asked for."""
        await settled(self.app)

    async def go(self, pointer: Pointer) -> None:
        self.report.tell("")
        self.report.go_to(pointer)
        await self.settled()

    def value(self, pointer: Pointer) -> object:
        return self.session.report.value_at(pointer)

    @property
    def here(self) -> Pointer:
        return self.report.view.pointer

    @property
    def lines(self) -> list[str]:
        """What the terminal shows."""
        return [
            "".join(segment.text for segment in strip)
            for strip in self.app.screen._compositor.render_strips()
        ]

    @property
    def message(self) -> str:
        return self.lines[-3].rstrip()

    @property
    def status(self) -> str:
        return self.lines[-2].rstrip()

    def line_of(self, text: str) -> str:
        return next(line for line in self.lines if text in line)

    def reversed_in(self, label: str) -> int:
        """Return how many runs of cells are reversed in the line of a table that has a label."""
        for strip in self.app.screen._compositor.render_strips():
            text = "".join(segment.text for segment in strip)
            if label in text:
                marks = [bool(segment.style and segment.style.reverse) for segment in strip]
                before = [False, *marks[:-1]]
                return sum(now and not was for was, now in zip(before, marks, strict=True))
        raise AssertionError(label)


@asynccontextmanager
async def editing(
    make: Callable[[Path], Path | Session | ReportScreen],
    folder: Path,
    size: tuple[int, int] = (80, 24),
    language: Language = Language.CHINESE,
    settings: Settings | None = None,
) -> AsyncIterator[Editing]:
    made = make(folder)
    if isinstance(made, ReportScreen):
        screen = made
    else:
        screen = ReportScreen(made if isinstance(made, Session) else opened(made))
    app = DisclosureApp(screen, language, settings=settings)
    async with app.run_test(size=size) as pilot:
        edit = Editing(pilot, screen)
        await edit.settled()
        try:
            yield edit
        finally:
            screen.session.hang_up()
