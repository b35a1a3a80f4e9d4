"""`get` and `set`: single values from scripts, by the rules of the editor."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from disclosure_tui.cli.main import run
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.schema.catalog import Catalog
from disclosure_tui.session import Access, Session
from disclosure_tui.store import files
from disclosure_tui.store.person import Person

ROOT = Path(__file__).parents[2]


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.yaml"
    path.write_bytes((ROOT / "samples/complete/sqs-2023.yaml").read_bytes())
    return path


def test_get(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["get", str(report), "year", "/organ/code", "organ"]) == 0
    first, second, third = capsys.readouterr().out.splitlines()
    assert (first, second) == ("2023", "sqs")
    assert third.startswith('{"name": "宿迁市人民政府"')


def test_amounts_stay_exact(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["get", str(report), "proactive.article_20_8.fees"]) == 0
    assert capsys.readouterr().out == '{"amount": "59237.2449"}\n'


def test_get_names_what_is_not_there(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["get", str(report), "requests.nothing"]) == 3
    assert "没有【/requests/nothing】这个地方" in capsys.readouterr().err


def test_set_changes_the_figure_and_the_totals_in_step(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = report.read_text(encoding="utf-8")
    assert run(["set", str(report), "requests.results.granted.natural_person", "1176"]) == 0
    expected = before.replace(
        "granted: {natural_person: 1175, enterprise: 12, research: 0, welfare: 3, "
        "legal_service: 1, other: 0, total: 1191}",
        "granted: {natural_person: 1176, enterprise: 12, research: 0, welfare: 3, "
        "legal_service: 1, other: 0, total: 1192}",
    ).replace(
        "total: {natural_person: 3375, enterprise: 99, research: 0, welfare: 4, "
        "legal_service: 7, other: 1, total: 3486}",
        "total: {natural_person: 3376, enterprise: 99, research: 0, welfare: 4, "
        "legal_service: 7, other: 1, total: 3487}",
    )
    assert report.read_text(encoding="utf-8") == expected
    assert "表三 （一）公开 总计: 1192" in capsys.readouterr().out


def test_dry_run_writes_nothing(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = report.read_bytes()
    assert run(["set", "--dry-run", str(report), "problems", ""]) == 0
    assert report.read_bytes() == before
    assert "+problems: null" in capsys.readouterr().out


def test_negative_and_full_width_figures(tmp_path: Path) -> None:
    path = tmp_path / "report.yaml"
    path.write_bytes((ROOT / "samples/complete/sptyj-2020.yaml").read_bytes())
    row = "proactive.article_20_5.licensing"
    assert run(["set", str(path), f"{row}.change", "-3", f"{row}.prior_items", "１２"]) == 0
    assert "licensing: {prior_items: 12, change: -3, decisions: 0}" in path.read_text("utf-8")


def test_places_outside_of_the_form_are_refused(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = report.read_bytes()
    assert run(["set", str(report), "requests.nothing", "1"]) == 3
    assert "表上没有【/requests/nothing】这一格" in capsys.readouterr().err
    assert report.read_bytes() == before


def test_pairs(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["set", str(report), "year"]) == 2
    assert "成对" in capsys.readouterr().err


def test_dry_run_prints_a_patch(report: Path, tmp_path: Path) -> None:
    """What is printed is a unified diff of the file, exact to the byte."""
    patch = shutil.which("patch")
    if patch is None:
        pytest.skip("the program patch is not installed")
    for content in (
        report.read_bytes(),
        report.read_bytes().replace(b"\n", b"\r\n"),
        report.read_bytes().rstrip(b"\n"),
    ):
        report.write_bytes(content)
        arguments = [str(report), "requests.new.other", "8", "other_matters", "改"]
        told = subprocess.run(
            [sys.executable, "-m", "disclosure_tui", "set", "--dry-run", *arguments],
            capture_output=True,
            check=True,
        )
        difference = tmp_path / "difference"
        difference.write_bytes(told.stdout)
        patched = tmp_path / "patched.yaml"
        subprocess.run(
            [patch, "--binary", "--silent", "-o", str(patched), str(report), str(difference)],
            check=True,
        )
        assert report.read_bytes() == content
        assert run(["set", *arguments]) == 0
        assert patched.read_bytes() == report.read_bytes()


def test_a_dry_run_asks_nobody(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with somebody_at(report):
        held = report.read_bytes()
        assert run(["set", "--dry-run", str(report), "requests.new.other", "8"]) == 0
        assert "+" in capsys.readouterr().out
        assert report.read_bytes() == held
    assert [one.name for one in report.parent.iterdir() if one.name[0] == "."] == [".history"]


def test_a_dry_run_leaves_nothing(report: Path) -> None:
    assert run(["set", "--dry-run", str(report), "requests.new.other", "8"]) == 0
    assert [one.name for one in report.parent.iterdir()] == [report.name]


def test_set_respects_who_works_on_the_report(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with somebody_at(report) as session:
        before = report.read_bytes()
        assert run(["set", str(report), "requests.new.other", "8"]) == 3
        told = capsys.readouterr().err
        assert "张某正在填报" in told
        assert "--anyway" in told
        assert report.read_bytes() == before
        assert run(["set", "--anyway", str(report), "requests.new.other", "8"]) == 0
        assert session.access is Access.HELD
        assert session.save()
        assert session.report.value_at(("requests", "new", "other")) == 8
    assert [one.name for one in report.parent.iterdir() if one.name[0] == "."] == [".history"]


@contextmanager
def somebody_at(report: Path) -> Iterator[Session]:
    session = Session.open(report, ReportTypes(Catalog.of()), person=Person("张某", "zhang"))
    session.set_value(Pointer.of("problems"), "正在改")
    try:
        yield session
    finally:
        session.close()


def test_a_set_that_cannot_be_saved_leaves_everything_as_it_was(
    report: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(descriptor: int, content: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = report.read_bytes()
    monkeypatch.setattr(files.Temporary, "write", full)
    assert run(["set", str(report), "requests.new.other", "8"]) == 3
    assert "磁盘已满" in capsys.readouterr().err
    assert report.read_bytes() == before
    assert [one.name for one in report.parent.iterdir()] == [report.name]
