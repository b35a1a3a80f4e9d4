"""`disclosure convert`: a UTF-8 copy of what Windows programs of offices wrote."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

import pytest

from disclosure_tui.cli.main import run

TEXT = "# 年报\r\nreport_type: gov-info-annual/2021\r\norgan: {name: 示例局}\r\nyear: 2023\r\n"
TRADITIONAL = "# 年報\norgan: {name: 體育局}\n"


@pytest.fixture(autouse=True)
def _chosen_by_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DISCLOSURE_LANG", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def written(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "old.yaml"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode("gb18030"), "gb18030"),
        (TEXT.encode("gbk"), "gb18030"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        ("\ufeff".encode("gb18030") + TEXT.encode("gb18030"), "gb18030"),
    ],
)
def test_the_encoding_is_recognised_and_line_breaks_stay(
    content: bytes, encoding: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = written(tmp_path, content), tmp_path / "new.yaml"
    assert run(["convert", str(old), "--to", str(new)]) == 0
    assert new.read_bytes() == TEXT.encode()
    assert old.read_bytes() == content
    output = capsys.readouterr()
    assert output.out == "# 年报\n"
    assert encoding in output.err
    assert str(new) in output.err


def test_big5_has_to_be_named(tmp_path: Path) -> None:
    old, new = written(tmp_path, TRADITIONAL.encode("big5")), tmp_path / "new.yaml"
    assert run(["convert", str(old), "--to", str(new), "--from", "big5"]) == 0
    assert new.read_bytes() == TRADITIONAL.encode()


def test_utf_16_without_its_mark_can_be_named(tmp_path: Path) -> None:
    old, new = written(tmp_path, TEXT.encode("utf-16-le")), tmp_path / "new.yaml"
    assert run(["convert", str(old), "--to", str(new)]) == 3
    assert not new.exists()
    assert run(["convert", str(old), "--to", str(new), "--from", "utf-16le"]) == 0
    assert new.read_bytes() == TEXT.encode()


@pytest.mark.parametrize(
    ("content", "more", "words"),
    [
        (TEXT.encode(), [], "已经是 UTF-8"),
        (b"a: \xff\xff\xff\n", [], "认不出"),
        (b"a: \xff\n", ["--from", "big5"], "读不出来"),
        (b"a:\x00\xd8\x00\xd8", ["--from", "utf-16le"], "读不出来"),
        (b"a: \x01\n", ["--from", "gb18030"], "读不出来"),
    ],
)
def test_what_cannot_be_converted_says_why_and_writes_nothing(
    content: bytes,
    more: list[str],
    words: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    old, new = written(tmp_path, content), tmp_path / "new.yaml"
    assert run(["convert", str(old), "--to", str(new), *more]) == 3
    told = capsys.readouterr().err.replace(str(old), "")
    assert words in told
    assert not re.search("非法|无效|失败|[“”…—·]", told)
    assert not new.exists()


def test_nothing_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = written(tmp_path, TEXT.encode("gb18030")), tmp_path / "new.yaml"
    new.write_bytes(b"a: 1\n")
    assert run(["convert", str(old), "--to", str(new)]) == 3
    assert run(["convert", str(old), "--to", str(old)]) == 3
    assert new.read_bytes() == b"a: 1\n"
    assert old.read_bytes() == TEXT.encode("gb18030")
    assert "同名" in capsys.readouterr().err


def test_a_copy_that_is_no_report_is_written_and_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = written(tmp_path, "标题: [\n".encode("gb18030")), tmp_path / "new.yaml"
    assert run(["convert", str(old), "--to", str(new), "--lang", "en"]) == 3
    error = capsys.readouterr().err
    assert f"{new}:1:5" in error
    assert "Converted from gb18030" in error
    assert new.read_bytes() == "标题: [\n".encode()


def test_the_new_file_has_to_be_named(tmp_path: Path) -> None:
    assert run(["convert", str(written(tmp_path, b"a"))]) == 2


def test_the_refusal_names_this_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = written(tmp_path, TEXT.encode("gb18030"))
    assert run(["show", str(old)]) == 3
    error = capsys.readouterr().err
    assert f"disclosure convert {old} --to NEW" in error
    assert "GB18030" in error
