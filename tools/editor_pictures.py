"""Pictures of the editor for the README: the real one, on a sample with a mistake in it."""

from __future__ import annotations

import asyncio
import re
import shutil
from html import unescape

from console_blocks import ROOT, settled
from screen_blocks import TIME, unchanging
from textual import events

from disclosure_tui.language import Language
from disclosure_tui.render.width import MEASURE
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.schema.catalog import Catalog
from disclosure_tui.tui.app import DisclosureApp
from disclosure_tui.tui.screens.report import ReportScreen, open_report

__all__ = ["pictures"]

SAMPLE = ROOT / "samples/faulty/T3-BAL.yaml"
SIZE = (90, 30)
KEYS = ("ctrl+n",)
"""The first finding."""
_PAGES = {Language.CHINESE: "docs/editor.zh-CN.svg", Language.ENGLISH: "docs/editor.svg"}
_FONTS = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
"""They would be fetched from another machine; the reader's own font does."""
_NAME = re.compile(r"terminal-\d+")
"""What parts of the picture are called: otherwise it would be another number each time."""
_TEXT = re.compile(r'(<text [^>]*textLength=")[\d.]+("[^>]*>)([^<]*)(</text>)')
_CELL = 12.2
"""Units of the picture that a cell is wide."""
_CLOCK = re.compile(r"\d\d:\d\d(?=</text>)")
_LOOKS = 10
"""So often the picture has to look the same before it is taken."""


def pictures() -> dict[str, str]:
    """Return each picture, by the name of its file."""
    found: dict[str, str] = {}
    for language, name in _PAGES.items():
        with settled() as folder:
            report = folder / SAMPLE.name
            shutil.copy(SAMPLE, report)
            screen = open_report(report, ReportTypes(Catalog.of(())))
            drawn = asyncio.run(_drawn(screen, language))
            screen.session.close(drop=True)
        found[name] = _settled(drawn) + "\n"
    return found


def _settled(drawn: str) -> str:
    """Leave out of a picture what differs from one time to the next, and what is elsewhere."""
    own = _NAME.sub("terminal", _FONTS.sub("", drawn))
    return _CLOCK.sub(TIME, _TEXT.sub(_in_cells, own))


def _in_cells(text: re.Match[str]) -> str:
    """Give a text the length of its cells; Rich takes each ideograph for one cell."""
    before, behind, shown, end = text.groups()
    return f"{before}{MEASURE.width(unescape(shown)) * _CELL:g}{behind}{shown}{end}"


async def _drawn(screen: ReportScreen, language: Language) -> str:
    app = DisclosureApp(screen, language)
    async with app.run_test(size=SIZE) as pilot:
        await unchanging(pilot, app.export_screenshot, _LOOKS)
        for key in KEYS:
            app.post_message(events.Key(key, None))
            await unchanging(pilot, app.export_screenshot, _LOOKS)
        return app.export_screenshot(title="disclosure edit")
