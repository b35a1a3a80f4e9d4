"""`disclosure keys`, and mistakes in the settings file as the command line tells them."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure_tui.cli.main import run

FILE = "disclosure-tui/settings.toml"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    path = tmp_path / FILE
    path.parent.mkdir()
    return path


def test_the_keys_that_hold(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text('[keys]\nsave = ["F5", "ctrl+s"]\n')
    assert run(["keys"]) == 0
    printed = capsys.readouterr()
    (line,) = (line for line in printed.out.splitlines() if line.split()[:1] == ["save"])
    assert line.split() == ["save", "F5", "Ctrl+S", "保存"]
    assert printed.err == f"设置文件：{file}\n"


def test_what_is_not_used(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text('langage = "zh"\n[keys]\nsave = "x"\n')
    assert run(["keys"]) == 1
    first, _, second = capsys.readouterr().err.splitlines()
    assert first.startswith(f"{file}:1: ")
    assert second.startswith(f"{file}:3: ")


def test_every_command_tells_and_goes_on(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text("language = \n")
    assert run(["schema", "list"]) == 0
    assert capsys.readouterr().err.startswith(f"{file}:1: 这里写得不对")


def test_the_language_is_taken_from_the_file(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text('language = "en"\n')
    assert run(["keys"]) == 0
    assert "Save the report" in capsys.readouterr().out
