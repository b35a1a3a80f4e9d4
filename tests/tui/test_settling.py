"""A test under the pilot looks when all is done, however long a machine takes for it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from textual.screen import Screen

from tui.editing import editing
from tui.report_files import NEW, complete

if TYPE_CHECKING:
    import pytest
    from textual import events


async def test_what_is_drawn_late_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    idle, held_up = Screen._on_idle, []

    async def late(screen: Screen[None], event: events.Idle) -> None:
        held_up.append(screen)
        await asyncio.sleep(0.1)
        await idle(screen, event)

    monkeypatch.setattr(Screen, "_on_idle", late)
    async with editing(complete, tmp_path) as edit:
        assert edit.line_of("单位名称")
        await edit.go(NEW / "natural_person")
        await edit.press("5", "enter")
        assert edit.message.startswith("已填 5")
        await edit.press("o")
        assert edit.line_of("各部分")
    assert held_up


async def test_a_program_that_ended_is_not_waited_for(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        await edit.press("q", "q")
        assert edit.app.return_value == 0
