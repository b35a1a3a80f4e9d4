"""The clerk's tutorial is true: its keys are pressed, its screens are compared."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def blocks() -> ModuleType:
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        import screen_blocks

        return screen_blocks
    finally:
        sys.path.remove(str(ROOT / "tools"))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["filling-in.zh-CN.md", "filling-in.md"])
def test_the_keys_shown_lead_to_the_screens_shown(blocks: ModuleType, name: str) -> None:
    page = f"docs/tutorial/{name}"
    text = (ROOT / page).read_text(encoding="utf-8")
    replayed = blocks.replay(text, blocks.SCREEN_PAGES[page])
    assert replayed.text == text, "the screens shown are stale: run make docs"
    assert replayed.findings == 0, "the report is complete and correct at the end"
    assert replayed.exported == ("示例县档案局2025年政府信息公开工作年度报告.docx",)


def test_both_tutorials_press_the_same_keys(blocks: ModuleType) -> None:
    """One is not changed without the other: they differ in names of keys and in what is chosen."""
    counts = []
    for page in blocks.SCREEN_PAGES:
        found = blocks._FENCED.findall((ROOT / page).read_text(encoding="utf-8"))
        counts.append([kind for kind, _ in found])
    assert counts[0] == counts[1]
    assert counts[0].count("screen") >= 15
