"""`check` tells what may be behind the findings, and offers it; it changes nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from disclosure_tui.cli.main import run

ROOT = Path(__file__).parents[2]
COMPLETE = ROOT / "samples/complete/sqs-2023.yaml"
RIGHT = "granted: {natural_person: 1175,"


@pytest.fixture(autouse=True)
def _chosen_by_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DISCLOSURE_LANG", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def with_figure(folder: Path, figure: str) -> Path:
    text = COMPLETE.read_text(encoding="utf-8")
    path = folder / "report.yaml"
    wrong = text.replace(f" {RIGHT}", f" granted: {{natural_person: {figure},", 1)
    assert wrong != text
    path.write_text(wrong, encoding="utf-8")
    return path


def checked(
    path: Path, capsys: pytest.CaptureFixture[str], *options: str, code: int = 1
) -> list[str]:
    """Return the lines of a check, without the file in front and without the counts."""
    before = path.read_bytes()
    assert run(["check", *options, str(path)]) == code
    assert path.read_bytes() == before
    lines = capsys.readouterr().out.splitlines()
    return [line.removeprefix(f"{path}:") for line in lines if f"{path}: " not in line]


def test_findings_of_one_cell_stand_below_what_explains_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [line for line in checked(with_figure(tmp_path, "1157"), capsys) if "! " in line]
    assert lines[0] == (
        "40:31: ! 疑似错填 下面 2 个问题可能是同一处造成的。"
        "只把表三【（一）予以公开】行【自然人】由 1157 改为 1175（两个数字颠倒），"
        "2 个问题全部消除。"
        "请先对照原始登记。本程序不会自行改数。"
    )
    assert [line.split(" 表三")[0] for line in lines[1:]] == [
        "40:113:   ! T3-ROW",
        "65:29:   ! T3-COL",
    ]


def test_in_english(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = checked(with_figure(tmp_path, "1157"), capsys, "--lang", "en")
    assert (
        "40:31: ! Mistyped? These 2 findings may come from one cell: changing only Table 3, row "
        "(1) Disclosed, Natural persons from 1157 to 1175 (two digits transposed) settles both. "
        "Please compare the records first. The program changes no figure by itself."
    ) in lines


def test_several_ways_are_numbered_and_none_is_preferred(
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = ROOT / "samples/faulty/T3-COL.yaml"
    text = next(line for line in checked(path, capsys) if "疑似错填" in line)
    assert "最少要改 2 格，有 2 种改法，不能断定是哪一种：1. （一）公开【自然人】1 改为 2，" in text
    assert "；2. （四）1.不掌握【自然人】1 改为 2，" in text


def test_one_finding_that_any_of_its_cells_explains_stands_alone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = checked(ROOT / "samples/faulty/T4-SUM.yaml", capsys)
    assert not any("疑似错填" in line for line in lines)


def test_a_blank_with_one_possible_figure_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = checked(with_figure(tmp_path, "null"), capsys)
    assert "40:31: . 【表三 （一）公开 自然人】未填，按勾稽关系应为 1175？" in lines


def test_many_blanks_are_named_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    lines = checked(ROOT / "samples/draft/jyj-2025.yaml", capsys)
    (line,) = [line for line in lines if ": . " in line]
    assert "格按勾稽关系只能填一个数：表三 （二）部分公开 总计 1，" in line
    assert line.endswith(" 格")


def suggestions(
    path: Path, capsys: pytest.CaptureFixture[str], rule: str
) -> tuple[dict[str, Any], ...]:
    run(["check", "--format", "json", str(path)])
    (report,) = json.loads(capsys.readouterr().out)["reports"]
    return tuple(
        suggestion
        for finding in report["findings"]
        if finding["rule"] == rule
        for suggestion in finding["suggestions"]
    )


def test_json_has_the_change_at_every_finding_that_it_settles(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = with_figure(tmp_path, "1157")
    (at_row,) = suggestions(path, capsys, "T3-ROW")
    (at_column,) = suggestions(path, capsys, "T3-COL")
    assert at_row == at_column
    del at_row["message"]
    assert at_row == {
        "standing": "only",
        "settles": [
            {"rule": "T3-ROW", "level": "/requests", "instance": "results.granted"},
            {"rule": "T3-COL", "level": "/requests", "instance": "natural_person"},
        ],
        "offered": True,
        "count": 1,
        "ways": [
            [
                {
                    "pointer": "/requests/results/granted/natural_person",
                    "label": "表三 （一）公开 自然人",
                    "old": "1157",
                    "new": "1175",
                    "slip": "transposed",
                }
            ]
        ],
    }


def test_json_names_all_ways_of_one_finding(capsys: pytest.CaptureFixture[str]) -> None:
    (found,) = suggestions(ROOT / "samples/faulty/T4-SUM.yaml", capsys, "T4-SUM")
    assert (found["standing"], found["offered"]) == ("several", False)
    assert found["count"] == len(found["ways"]) == 5


def test_json_has_the_figure_of_a_blank(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = with_figure(tmp_path, "null")
    for rule in ("T3-BLANK", "T3-ROW", "T3-COL"):
        (found,) = suggestions(path, capsys, rule)
        ((change,),) = found["ways"]
        assert (found["standing"], change["old"], change["new"]) == ("blank", None, "1175")
