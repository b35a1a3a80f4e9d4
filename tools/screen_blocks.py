"""Press the keys that a tutorial names, and keep the screens it shows true.

A fenced block marked `keys` holds keys and texts as a person presses and types them, apart by
blanks: `n 回车 2025 Ctrl+S`; a text with blanks in it stands in quotation marks. A block marked
`screen` shows the screen after them; several empty lines are shown as one. The program is the real
one, driven by Textual's pilot on a screen of 80 columns and 24 lines, at its desk in an empty
folder. Clock and folder of the machine are replaced by those of the story.
"""

from __future__ import annotations

import asyncio
import os
import re
import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from console_blocks import settled
from textual import events

from disclosure_tui.language import Language
from disclosure_tui.model.report_period import ReportPeriod
from disclosure_tui.tui.app import DisclosureApp
from disclosure_tui.tui.command import key_name
from disclosure_tui.tui.screens.desk import DeskScreen
from disclosure_tui.tui.screens.report import ReportScreen

if TYPE_CHECKING:
    from textual.pilot import Pilot

__all__ = ["SCREEN_PAGES", "TIME", "Replayed", "replay", "unchanging"]

SCREEN_PAGES = {
    "docs/tutorial/filling-in.zh-CN.md": Language.CHINESE,
    "docs/tutorial/filling-in.md": Language.ENGLISH,
}
"""The pages whose keys are pressed, and the language of the program in them."""

SIZE = (80, 24)
YEAR = 2025
HOME, TIME = "/srv/gongkai/danganju/bangongshi/wang", "09:30"
"""The story's own. They are as wide as the real ones: the folder is given a name for that."""
_FENCED = re.compile(r"^```(keys|screen)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CLOCK = re.compile(r"(?<=已保存 )\d\d:\d\d|(?<=saved )\d\d:\d\d")
_SEVERAL_EMPTY = re.compile(r"\n{3,}")
_CALM_LOOKS = 3
"""So often the screen has to look the same before it is shown."""
_PATIENCE = 1200
"""Looks at the screen before it is given up, a twentieth of a second each."""
_NAMED = (
    *("up", "down", "left", "right", "enter", "tab", "escape", "backspace", "delete"),
    *("pageup", "pagedown", "home", "end", "f1", "f2", "f7"),
)


class Replayed:
    """What came of a page.

    Attributes:
        text: The page with fresh screens.
        exported: Names of the copies that were written on the way.
        findings: Open findings of the report at the end.
        keys: How many keys were pressed.
    """

    def __init__(self) -> None:
        self.text = ""
        self.exported: tuple[str, ...] = ()
        self.findings = 0
        self.keys = 0


def replay(text: str, language: Language) -> Replayed:
    """Press the keys of a page, each where the ones before led."""
    replayed = Replayed()
    with settled(DISCLOSURE_NAME="小王", XDG_STATE_HOME="state") as place, _story(place) as folder:
        asyncio.run(_Replay(folder, language, replayed).page(text))
        replayed.exported = tuple(sorted(path.name for path in folder.rglob("out/*")))
    return replayed


async def unchanging(
    pilot: Pilot[Any],
    look: Callable[[], str],
    looks: int,
    *,
    is_busy: Callable[[], bool] = lambda: False,
) -> str:
    """Return what is seen once it has been the same so many times.

    Args:
        pilot: The program.
        look: Looks at it.
        looks: How often it has to look the same; once is a glance between two keys.
        is_busy: Tells that something is still to come.
    """
    shown, same = "", 0
    for _ in range(_PATIENCE):
        await pilot.pause(0.05 if looks > 1 else 0.01)
        now = look()
        same = same + 1 if now == shown and not is_busy() else 0
        shown = now
        if same >= looks:
            return shown
    raise AssertionError(f"the screen does not come to rest:\n{shown}")


@contextmanager
def _story(place: Path) -> Iterator[Path]:
    """Leave out of the screens what depends on the day and the machine; return the clerk's home."""
    length = len(HOME) - len(str(place)) - 1
    if length < 1:
        raise RuntimeError(f"name a shorter folder in TMPDIR: {place} is no shorter than {HOME}")
    home = place / ("h" * length)
    home.mkdir()
    os.environ["HOME"] = str(home)
    year = ReportPeriod(YEAR)
    with patch("disclosure_tui.tui.new_report_form.likely_period", lambda *_: year):
        yield home


class _Replay:
    def __init__(self, folder: Path, language: Language, replayed: Replayed) -> None:
        self._folder, self._language, self._replayed = folder, language, replayed
        self._desk = DeskScreen(folder)
        self._keys = {key_name(key, language): key for key in _NAMED}

    async def page(self, text: str) -> None:
        app = DisclosureApp(self._desk, self._language)
        fresh, end = [], 0
        async with app.run_test(size=SIZE) as pilot:
            for block in _FENCED.finditer(text):
                kind, body = block.groups()
                fresh.append(text[end : block.start()])
                end = block.end()
                if kind == "keys":
                    await self._press(pilot, body)
                    fresh.append(block.group())
                else:
                    fresh.append(f"```screen\n{await self._calm(pilot)}```")
            for session in app.sessions:
                self._replayed.findings = len(session.result.findings.open)
                session.hang_up()
        self._replayed.text = "".join((*fresh, text[end:]))

    async def _press(self, pilot: Pilot[Any], keys: str) -> None:
        """Press keys, waiting after each for what comes of it."""
        for word in shlex.split(keys):
            named = self._keys.get(word) or (word.lower() if word.startswith("Ctrl+") else None)
            if named is not None:
                pilot.app.post_message(events.Key(named, None))
                self._replayed.keys += 1
            else:
                for character in word:
                    pilot.app.post_message(events.Key(character, character))
                self._replayed.keys += len(word)
            await pilot.pause()
            if named is not None:
                await self._calm(pilot, looks=1)

    async def _calm(self, pilot: Pilot[Any], looks: int = _CALM_LOOKS) -> str:
        """Return the screen once nothing changes any more."""
        return await unchanging(
            pilot,
            lambda: self._shown(pilot),
            looks,
            is_busy=lambda: looks > 1 and self._is_busy(pilot),
        )

    def _is_busy(self, pilot: Pilot[Any]) -> bool:
        working = self._desk._working
        resting = any(
            isinstance(screen, ReportScreen) and screen._resting is not None
            for screen in pilot.app.screen_stack[-1:]
        )
        return resting or (working is not None and not working.done())

    def _shown(self, pilot: Pilot[Any]) -> str:
        strips = pilot.app.screen._compositor.render_strips()
        lines = ["".join(segment.text for segment in strip).rstrip() for strip in strips]
        text = "\n".join(lines).replace(str(self._folder), HOME)
        return _SEVERAL_EMPTY.sub("\n\n", _CLOCK.sub(TIME, text)) + "\n"
