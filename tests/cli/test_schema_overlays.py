"""A district's overlay is compared, tried on reports, installed and rolled back like a schema."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from disclosure_tui.cli.main import run

ROOT = Path(__file__).parents[2]
DISTRICT = ROOT / "samples/district"
NAME = "gov-info-annual/2021"
OVERLAY = "district.overlay.schema.json"
IDENTIFIER = "urn:disclosure-tui:example-district:2021"


@pytest.fixture
def district(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample district, its overlay in the inbox and not yet installed."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("DISCLOSURE_LANG", "zh")
    root = tmp_path / "district"
    shutil.copytree(DISTRICT, root)
    (root / "inbox").mkdir()
    (root / "schemas" / OVERLAY).rename(root / "inbox" / OVERLAY)
    monkeypatch.chdir(root)
    return root


def revised(district: Path) -> str:
    """Write a later version of the overlay: a rule weighs more."""
    text = (district / "inbox" / OVERLAY).read_text(encoding="utf-8")
    text = text.replace('"version": "2026.1"', '"version": "2026.2"')
    text = text.replace(
        '{"id": "S-SIGN", "severity": "query"', '{"id": "S-SIGN", "severity": "error"'
    )
    path = district / "inbox/next.overlay.schema.json"
    path.write_text(text, encoding="utf-8")
    return str(path.relative_to(district))


def later_base(district: Path, version: str) -> str:
    text = (ROOT / "schemas/gov-info-annual-2021.schema.json").read_text(encoding="utf-8")
    assert '"version": "2026.1"' in text
    path = district / "inbox" / f"{version}.schema.json"
    path.write_text(text.replace('"version": "2026.1"', f'"version": "{version}"'), "utf-8")
    return str(path.relative_to(district))


def names(district: Path) -> list[str]:
    return sorted(path.name for path in (district / "schemas").iterdir())


@pytest.mark.slow
def test_the_way_of_an_overlay(district: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = f"inbox/{OVERLAY}", revised(district)
    assert run(["schema", "diff", NAME, first]) == 1
    assert "增加行【4.转其他渠道办理】" in capsys.readouterr().out
    assert run(["schema", "install", first, "--yes"]) == 0
    out = capsys.readouterr().out
    assert "现用 补充规定【示例区补充规定】 版本 2026.1" in out
    assert f"schema rollback {IDENTIFIER}" in out
    assert names(district) == [OVERLAY]
    assert run(["schema", "impact", second, "units"]) == 1
    assert "改级别 ? -> ! S-SIGN" in capsys.readouterr().out
    assert run(["schema", "install", second, "--yes"]) == 0
    assert names(district) == [OVERLAY, "district.overlay@2026.1.schema.json"]
    for left in (2, 1):
        capsys.readouterr()
        assert run(["schema", "rollback", IDENTIFIER, "--yes"]) == 0
        assert len([name for name in names(district) if name.endswith(".json")]) == 2 * (left - 1)
    assert "不再采用" in capsys.readouterr().out
    assert run(["schema", "rollback", IDENTIFIER, "--yes"]) == 3


@pytest.mark.slow
def test_what_the_district_adds_stays_when_the_schema_changes(
    district: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["schema", "install", f"inbox/{OVERLAY}", "--yes"])
    new = later_base(district, "2026.5")
    capsys.readouterr()
    # Neither the rows of the overlay go, nor the rules that it suspends come.
    assert run(["schema", "impact", new, "units"]) == 0
    assert run(["schema", "diff", NAME, new]) == 0
    capsys.readouterr()
    assert run(["schema", "install", new, "--yes"]) == 0
    out = capsys.readouterr().out
    assert "没有不同" in out
    assert "补充规定【示例区补充规定】版本 2026.1" in out.splitlines()[1]
    assert run(["schema", "rollback", NAME, "--yes"]) == 0


def test_a_schema_that_the_overlay_does_not_fit(
    district: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["schema", "install", f"inbox/{OVERLAY}", "--yes"])
    new = later_base(district, "2027.1")
    capsys.readouterr()
    assert run(["schema", "impact", new, "units"]) == 3
    assert run(["schema", "install", new, "--yes"]) == 3
    assert OVERLAY in capsys.readouterr().err
    assert names(district) == [OVERLAY]


def test_a_second_overlay(district: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["schema", "install", f"inbox/{OVERLAY}", "--yes"])
    other = district / "inbox/other.overlay.schema.json"
    text = (district / "inbox" / OVERLAY).read_text(encoding="utf-8")
    other.write_text(text.replace(IDENTIFIER, "urn:disclosure-tui:another"), encoding="utf-8")
    capsys.readouterr()
    assert run(["schema", "install", str(other), "--yes"]) == 3
    assert "一级只能有一份" in capsys.readouterr().err
    assert names(district) == [OVERLAY]
