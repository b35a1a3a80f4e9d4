"""The printed form of both editions at five widths, byte for byte.

After an intended change: `DISCLOSURE_GOLDEN=write make test`, then look at the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from disclosure_tui.cli.main import run
from disclosure_tui.render.width import width

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "show"
REPORTS = {
    "2019": ROOT / "samples/complete/sptyj-2020.yaml",
    "2021": ROOT / "samples/complete/sqs-2023.yaml",
    "2021-faulty": ROOT / "samples/faulty/T3-BAL.yaml",
}
WIDTHS = (60, 80, 100, 120, 160)


def shown(path: Path, cells: int, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    assert run(["show", str(path), "--width", str(cells), "--lang", "zh", *options]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("cells", WIDTHS)
@pytest.mark.parametrize("edition", sorted(REPORTS))
def test_the_printed_form(edition: str, cells: int, capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(REPORTS[edition], cells, capsys)
    golden = GOLDEN / f"{edition}-{cells}.txt"
    if os.environ.get("DISCLOSURE_GOLDEN") == "write":
        golden.write_bytes(text.encode())
    assert golden.read_bytes() == text.encode()


@pytest.mark.parametrize("cells", WIDTHS)
@pytest.mark.parametrize("edition", sorted(REPORTS))
def test_no_line_is_wider_than_asked_for(
    edition: str, cells: int, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = shown(REPORTS[edition], cells, capsys).splitlines()
    assert max(width(line) for line in lines) <= cells


def test_piped_output_holds_no_escapes(capsys: pytest.CaptureFixture[str]) -> None:
    assert "\x1b" not in shown(REPORTS["2021"], 80, capsys)


def test_ascii_rules(capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(REPORTS["2021"], 80, capsys, "--ascii")
    assert not set(text) & set("┌┐└┘─│├┤┬┴┼")


@pytest.mark.parametrize("name", ["三", "表三", "requests", "收到和处理政府信息公开申请情况"])
def test_one_section(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(REPORTS["2021"], 80, capsys, "--section", name)
    assert text.startswith("三、收到和处理政府信息公开申请情况")
    assert "行政复议" not in text


def test_a_section_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", str(REPORTS["2021"]), "--section", "七", "--lang", "zh"]) == 2
    assert "没有【七】这一部分" in capsys.readouterr().err
