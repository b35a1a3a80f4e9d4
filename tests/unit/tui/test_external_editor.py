"""Which editor is taken, and what becomes of what it leaves."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from disclosure_tui.tui.external_editor import (
    EditorError,
    editor_command,
    taken_back,
    text_file,
)


def programs(folder: Path, *names: str) -> str:
    for name in names:
        (folder / name).write_text("#!/bin/sh\n", encoding="utf-8")
        (folder / name).chmod(stat.S_IRWXU)
    return str(folder)


def test_the_persons_own_editor_comes_first(tmp_path: Path) -> None:
    path = programs(tmp_path, "one", "two words", "nano", "vi")
    environment = {"PATH": path, "VISUAL": "one -w", "EDITOR": "nano"}
    assert editor_command(environment) == ("one", "-w")
    assert editor_command({"PATH": path, "VISUAL": " ", "EDITOR": "'two words'"}) == ("two words",)
    assert editor_command({"PATH": path}) == ("nano",)
    (tmp_path / "nano").unlink()
    assert editor_command({"PATH": path}) == ("vi",)


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"VISUAL": "gone -x"}, "找不到 VISUAL 指定的编辑器【gone -x】，文字没有改动"),
        ({"EDITOR": "'open quote"}, "找不到 EDITOR 指定的编辑器【'open quote】，文字没有改动"),
        ({}, "没有找到编辑器：请用 EDITOR 指定一个，例如 export EDITOR=vim"),
    ],
)
def test_one_that_is_not_there_is_named(
    tmp_path: Path, environment: dict[str, str], said: str
) -> None:
    with pytest.raises(EditorError) as found:
        editor_command({"PATH": str(tmp_path), **environment})
    assert found.value.what.zh == said


@pytest.mark.parametrize(
    ("text", "left", "taken"),
    [
        ("一\n二", "一\n二\n".encode(), None),
        ("一\n二", "一\n二".encode(), "一\n二"),
        ("", b"", None),
        ("一", b"", ""),
        ("一", "一\r\n三\x07\r\n".encode("utf-8-sig"), "一\n三"),
        ("一\n", "一\n\n".encode(), None),
        ("一\n", "二\n\n".encode(), "二\n"),
    ],
)
def test_what_is_left_is_taken_back(text: str, left: bytes, taken: str | None) -> None:
    with text_file("overview", text) as file:
        assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
        file.path.write_bytes(left)
        assert taken_back(file, 0) == taken
    assert not file.path.exists()


def test_a_text_that_cannot_be_read_stays_where_it_is() -> None:
    with text_file("overview", "一") as file:
        file.path.write_bytes("二".encode("gb18030"))
        with pytest.raises(EditorError):
            taken_back(file, 0)
    assert file.path.read_bytes().decode("gb18030") == "二"
    file.path.unlink()
    file.path.parent.rmdir()
