"""`disclosure explain`: a query answered from the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from disclosure_tui.cli.main import run
from disclosure_tui.opening import open_document

FAULTY = Path(__file__).parents[2] / "samples/faulty"
TEXT = "机构改革，并入原移民局结转的申请"


@pytest.fixture(autouse=True)
def _somebody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DISCLOSURE_LANG", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("DISCLOSURE_NAME", "李某")


def copied(tmp_path: Path, name: str) -> Path:
    path = tmp_path / f"{name}.yaml"
    shutil.copyfile(FAULTY / path.name, path)
    return path


def test_queries_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", str(copied(tmp_path, "X-CARRY"))]) == 0
    out = capsys.readouterr().out
    assert out.count("? X-CARRY ") == 2
    assert "X-CARRY natural_person: 表三【自然人】列" in out


def test_both_are_explained_and_the_check_is_clean(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = copied(tmp_path, "X-CARRY")
    before = path.read_text(encoding="utf-8")
    assert run(["check", str(path)]) == 1
    for instance in ("natural_person", "/requests/carried_in/total"):
        command = ["explain", str(path), "x-carry", instance, "--text", TEXT, "--reason", "1"]
        assert run(command) == 0
    assert path.read_text(encoding="utf-8").startswith(before), "only added to"
    entries = open_document(path).data["explanations"]
    assert [entry["instance"] for entry in entries] == ["natural_person", "total"]
    assert {(entry["by"], entry["text"], entry["reason"]) for entry in entries} == {
        ("李某", TEXT, "机构改革")
    }
    capsys.readouterr()
    assert run(["check", str(path)]) == 0
    assert "已说明 2" in capsys.readouterr().out


def test_it_lapses_when_a_figure_changes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = copied(tmp_path, "X-STOCK")
    assert run(["explain", str(path), "X-STOCK", "--text", "重新清理后核定"]) == 0
    assert run(["check", str(path)]) == 0
    cell = "/proactive/article_20_1/normative_documents/in_force"
    assert run(["set", str(path), cell, "7"]) == 0
    capsys.readouterr()
    assert run(["check", str(path)]) == 1
    out = capsys.readouterr().out
    assert "李某" in out
    assert "说明已失效：表二 规范性文件 现行有效 当时是 6，现在是 7" in out
    assert run(["check", "--lang", "en", str(path)]) == 1
    assert "has lapsed" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "无", "属实", " 情况属实 。", "abc"])
def test_what_says_nothing_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    path = copied(tmp_path, "X-STOCK")
    before = path.read_bytes()
    assert run(["explain", str(path), "X-STOCK", "--text", text]) != 0
    assert "例如" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_what_cannot_be_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = copied(tmp_path, "T3-BAL")
    command = ["explain", str(path), "T3-BAL", "total", "--text", TEXT]
    assert run(command) != 0
    assert "不能用说明代替" in capsys.readouterr().err
    assert run(["explain", str(path), "T3-BAL", "--text", TEXT]) == 2
    assert "natural_person" in capsys.readouterr().err
    assert run(["explain", str(path), "T9-NONE", "--text", TEXT]) == 2


def test_the_reasons_are_shown_where_nothing_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = copied(tmp_path, "X-STOCK")
    assert run(["explain", str(path), "X-STOCK"]) == 2
    assert "1  重新清理核定" in capsys.readouterr().out
    command = ["explain", str(path), "X-STOCK", "--text", TEXT, "--reason", "9"]
    assert run(command) == 2


def test_only_prose_is_dismissed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prose = copied(tmp_path, "L-EMPTY")
    assert run(["explain", str(prose), "L-EMPTY", "--dismiss"]) == 0
    assert open_document(prose).data["explanations"][0]["dismissed"] is True
    assert run(["check", str(prose)]) == 0
    table = copied(tmp_path, "X-STOCK")
    assert run(["explain", str(table), "X-STOCK", "--dismiss"]) != 0
    assert "标为无关" in capsys.readouterr().err
