"""`recover` and `history`: what broke off comes back, earlier versions too, without a terminal."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest

from disclosure_tui.cli.main import run
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.opening import open_document
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.schema.catalog import Catalog
from disclosure_tui.session import Session
from disclosure_tui.store import files
from disclosure_tui.store.history import versions
from disclosure_tui.store.person import Person

ROOT = Path(__file__).parents[2]
TYPES = ReportTypes(Catalog.of())
CELL = Pointer.of("requests", "results", "granted", "research")
OTHER = Pointer.of("requests", "new", "other")
PROBLEMS = Pointer.of("problems")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.yaml"
    path.write_bytes((ROOT / "samples/complete/sqs-2023.yaml").read_bytes())
    return path


def value(path: Path, pointer: Pointer) -> object:
    node = open_document(path).data
    for key in pointer:
        node = node[key]
    return node


def broken_off(path: Path, cell: int, draft: str = "") -> None:
    session = Session.open(path, TYPES, person=Person("张某", "zhang"))
    session.set_value(CELL, cell)
    if draft:
        session.draft_prose(PROBLEMS, draft)
    assert session.hang_up()


def test_a_folder_is_listed(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken_off(report, 5)
    gone = tmp_path / "gone.yaml"
    gone.write_bytes(report.read_bytes())
    broken_off(gone, 6)
    gone.unlink()
    assert run(["recover", str(tmp_path)]) == 0
    out = capsys.readouterr().out.splitlines()
    assert len(out) == 2
    assert "gone.yaml" in out[0]
    assert "文件已经不在了" in out[0]
    assert "张某" in out[1]
    assert "1 处改动没有保存，可以找回" in out[1]


def test_folders_below_are_looked_into(
    report: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    year = tmp_path / "units/tyj/2025"
    year.mkdir(parents=True)
    broken_off(report.rename(year / "tyj-2025.yaml"), 5)
    monkeypatch.chdir(tmp_path / "units")
    assert run(["recover"]) == 0
    assert capsys.readouterr().out.startswith("tyj/2025/tyj-2025.yaml: ")
    assert run(["recover", "tyj"]) == 0
    assert capsys.readouterr().out.startswith("tyj/2025/tyj-2025.yaml: ")


def test_a_name_that_is_nowhere_is_not_nothing_to_recover(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["recover", str(tmp_path / "tjy-2025.yaml")]) == 3
    assert "请核对文件名" in capsys.readouterr().err


def test_show_changes_nothing(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    held = report.read_bytes()
    broken_off(report, 5, "正在写的话")
    assert run(["recover", str(report), "--show"]) == 0
    out = capsys.readouterr().out
    assert "表三 （一）公开 科研：0 -> 5" in out
    assert "-> 正在写的话" in out
    assert report.read_bytes() == held


def test_save_puts_everything_in_unfinished_texts_too(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken_off(report, 5, "正在写的话")
    assert run(["recover", str(report), "--save"]) == 0
    assert value(report, CELL) == 5
    assert value(report, PROBLEMS) == "正在写的话"
    assert "已找回 2 处改动" in capsys.readouterr().err
    assert [one.name for one in report.parent.iterdir() if one.name[0] == "."] == [".history"]
    assert run(["recover", str(report), "--save"]) == 3


def test_what_cannot_be_saved_can_be_recovered_again(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int, content: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    broken_off(report, 5, "正在写的话")
    with monkeypatch.context() as patch:
        patch.setattr(files.Temporary, "write", full)
        assert run(["recover", str(report), "--save"]) == 3
    assert value(report, CELL) == 0
    assert run(["recover", str(report), "--save"]) == 0
    assert (value(report, CELL), value(report, PROBLEMS)) == (5, "正在写的话")


def test_two_that_broke_off(report: Path) -> None:
    first = Session.open(report, TYPES)
    first.set_value(CELL, 5)
    second = Session.open(report, TYPES)
    second.edit_anyway()
    second.set_value(OTHER, 8)
    first.hang_up()
    second.hang_up()
    assert run(["recover", str(report), "--save"]) == 0
    assert (value(report, CELL), value(report, OTHER)) == (5, 8)


def test_discard_keeps_a_copy(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    held = report.read_bytes()
    broken_off(report, 5)
    assert run(["recover", str(report), "--discard"]) == 0
    assert report.read_bytes() == held
    (version,) = versions(report)
    assert value(version.path, CELL) == 5
    assert run(["recover", str(report)]) == 0
    assert "没有要找回的" in capsys.readouterr().err


@pytest.mark.parametrize(("prefer", "wanted"), [("mine", 5), ("theirs", 3), ("base", 0)])
def test_both_sides_changed_a_cell(
    report: Path, capsys: pytest.CaptureFixture[str], prefer: str, wanted: int
) -> None:
    broken_off(report, 5)
    assert run(["set", str(report), str(CELL), "3"]) == 0
    held = report.read_bytes()
    assert run(["recover", str(report), "--save"]) == 3
    told = capsys.readouterr()
    assert "表三 （一）公开 科研：找回的 5；文件里现在的 3；改动前的 0" in told.out
    assert "--prefer" in told.err
    assert report.read_bytes() == held
    assert run(["recover", str(report), "--save", "--prefer", prefer]) == 0
    assert value(report, CELL) == wanted
    assert run(["recover", str(report)]) == 0


def test_a_report_that_is_gone(report: Path) -> None:
    broken_off(report, 5, "正在写的话")
    report.unlink()
    assert run(["recover", str(report), "--save"]) == 0
    assert value(report, CELL) == 5
    assert value(report, PROBLEMS) == "正在写的话"


def test_into_a_new_file(report: Path, tmp_path: Path) -> None:
    held = report.read_bytes()
    broken_off(report, 5, "正在写的话")
    new = tmp_path / "new.yaml"
    assert run(["recover", str(report), "--to", str(new)]) == 0
    assert report.read_bytes() == held
    assert value(new, CELL) == 5
    assert value(new, PROBLEMS) == "正在写的话"
    assert run(["recover", str(report), "--to", str(new)]) == 3


def test_a_folder_cannot_be_recovered_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["recover", str(tmp_path), "--save"]) == 2
    assert "请写明是哪个文件" in capsys.readouterr().err


class TestHistory:
    @pytest.fixture
    def kept(self, report: Path) -> Path:
        """A report with a version of an earlier day, and one of today."""
        run(["set", str(report), str(CELL), "5"])
        (version,) = versions(report)
        version.path.rename(version.path.with_name("2020-01-02T03-04.yaml"))
        run(["set", str(report), str(CELL), "7", "problems", "第二稿"])
        return report

    def test_list(self, kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
        capsys.readouterr()
        assert run(["history", str(kept)]) == 0
        newest, oldest = capsys.readouterr().out.splitlines()
        assert newest.startswith(" 1  ")
        assert newest.endswith("与现在相同")
        assert oldest.startswith(" 2  2020-01-02 03:04")

    def test_compare(self, kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
        capsys.readouterr()
        for options in ([], ["--with", "1"]):
            assert run(["history", str(kept), "--compare", "2", *options]) == 0
            out = capsys.readouterr().out.splitlines()
            assert out[0] == f"--- {kept} 2020-01-02 03:04"
            figure = next(line for line in out if "（一）公开 科研" in line)
            assert figure.split()[-4:] == ["5", "->", "7", "+2"]
            assert "  + 第二稿" in out
            assert re.fullmatch(r"共 \d+ 处不同：\d+ 格，1 部分的文字", out[-1])

    def test_restore(self, kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
        present = kept.read_bytes()
        assert run(["history", str(kept), "--restore", "2"]) == 0
        assert value(kept, CELL) == 5
        assert re.search("（一）公开 科研 +7 -> +5  -2", capsys.readouterr().out)
        assert any(one.path.read_bytes() == present for one in versions(kept))
        number = next(
            number
            for number, one in enumerate(versions(kept), 1)
            if one.path.read_bytes() == present
        )
        assert run(["history", str(kept), "--restore", str(number)]) == 0
        assert kept.read_bytes() == present

    def test_restore_a_report_that_is_gone(self, kept: Path) -> None:
        present = kept.read_bytes()
        kept.unlink()
        assert run(["history", str(kept)]) == 0
        assert run(["history", str(kept), "--restore", "1"]) == 0
        assert kept.read_bytes() == present

    def test_what_is_not_there(self, kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["history", str(kept), "--compare", "9"]) == 3
        assert "没有第 9 个历史版本，一共 2 个" in capsys.readouterr().err
        assert run(["history", str(kept.with_name("none.yaml")), "--restore", "1"]) == 3
        assert run(["history", str(kept), "--restore", "1", "--compare", "2"]) == 2
        assert run(["history", str(kept), "--with", "1"]) == 2

    def test_nothing_to_restore(self, kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
        before = kept.read_bytes()
        assert run(["history", str(kept), "--restore", "1"]) == 0
        assert "没有不同" in capsys.readouterr().err
        assert kept.read_bytes() == before
        assert len(versions(kept)) == 2
