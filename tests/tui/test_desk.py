"""The desk: the reports of a folder."""

from __future__ import annotations

import asyncio
from pathlib import Path

from disclosure_tui.language import Language
from disclosure_tui.tui.app import DisclosureApp
from disclosure_tui.tui.screens.desk import DeskScreen
from disclosure_tui.tui.screens.report import ReportScreen
from tui.report_files import complete, draft


async def test_reports_are_listed_checked_and_opened(tmp_path: Path) -> None:
    for name, make in (("a", complete), ("b", draft)):
        (tmp_path / name).mkdir()
        make(tmp_path / name)
    desk = DeskScreen(tmp_path)
    app = DisclosureApp(desk, Language.CHINESE)
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(200):
            if desk._list.options[-1].endswith("_203"):
                break
            await asyncio.sleep(0.02)
        assert desk._list.options[0].endswith("没有问题")
        assert "2023 某县退役军人事务局" in desk._list.options[1]
        assert desk._list.options[1].endswith("_203")
        await pilot.press("n", "2", "enter")
        assert isinstance(app.screen, ReportScreen)
        await pilot.press("q")
        assert app.screen is desk
        await pilot.press("q")
    assert app.return_value == 0
