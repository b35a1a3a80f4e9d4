"""`disclosure check` on many files: processes, progress, and Ctrl+C in the middle."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from disclosure_tui.batch_jobs import Batch
from disclosure_tui.cli import progress
from disclosure_tui.cli.progress import Progress
from disclosure_tui.discovery import modules_of
from disclosure_tui.language import Language
from disclosure_tui.render.located import LocatedReport
from soak.random_rechecks import tiny_form

ROOT = Path(__file__).parents[2]
COMPLETE = ROOT / "samples/complete/sqs-2023.yaml"
FORMATS = [
    module.NAME
    for module in modules_of("disclosure_tui.render.finding_formats")
    if not hasattr(module, "IS_BINARY")
]
COMMAND = [sys.executable, "-m", "disclosure_tui", "check", "--lang", "en"]
ENVIRONMENT = {**os.environ, "PYTHONUTF8": "1", "TERM": "xterm", "NO_COLOR": "1"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports of both editions, right and wrong, one unreadable, and one of a form with rows."""
    root = tmp_path_factory.mktemp("reports")
    for path in sorted((ROOT / "samples").glob("*/*.yaml")):
        if path.name == "disclosure.yaml":
            continue  # settles a district, and is no report
        shutil.copy(path, root / f"{path.parent.name}-{path.name}")
    (root / "broken.yaml").write_text("report_type: [\n", encoding="utf-8")
    (root / "unknown.yaml").write_text("report_type: nothing/1\n", encoding="utf-8")
    (root / "rows.yaml").write_text(
        "report_type: tiny/1\nyear: 2024\nnames: {t1: {name: 一组}}\n"
        "teams: {rows: {t1: {x: 1, y: 1, sum: 3}}}\n",
        encoding="utf-8",
    )
    schemas = root / ".schemas"
    schemas.mkdir()
    (schemas / "tiny.schema.json").write_text(json.dumps(tiny_form()), encoding="utf-8")
    return root


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*COMMAND, "--schema-dir", ".schemas", *arguments, "."],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS)
def test_several_processes_print_what_one_prints(folder: Path, form: str) -> None:
    one = run(folder, "--format", form)
    two = run(folder, "--format", form, "--jobs", "2")
    assert one.stderr.decode() == two.stderr.decode() == ""
    assert one.stdout.decode() == two.stdout.decode()
    assert one.returncode == two.returncode == 3
    assert "一组".encode() in one.stdout or form == "text"


@pytest.mark.slow
def test_several_processes_print_the_details_that_one_prints(folder: Path) -> None:
    one = run(folder, "--details")
    assert one.stdout == run(folder, "--details", "--jobs", "2").stdout
    assert b"E-ROW" in one.stdout
    assert "一组".encode() in one.stdout


def test_a_process_that_is_ended_from_outside_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from disclosure_tui import batch_jobs
    from disclosure_tui.errors import DisclosureError

    monkeypatch.setattr(batch_jobs, "_check_share", _die)
    with pytest.raises(DisclosureError, match="ended from outside"):
        list(Batch().check(sorted(folder.glob("*.yaml")), 2))


def _die(paths: list[Path]) -> list[LocatedReport]:
    os.kill(os.getpid(), signal.SIGKILL)
    return []


def test_ctrl_c_says_what_was_done(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from disclosure_tui.cli.main import run as main

    whole = Batch.check

    def broken_off(self: Batch, paths: list[Path], jobs: int) -> Iterator[LocatedReport]:
        yield from whole(self, paths[:2], jobs)
        raise KeyboardInterrupt

    monkeypatch.setattr(Batch, "check", broken_off)
    files = [str(COMPLETE), str(folder / "broken.yaml"), str(COMPLETE.parent)]
    assert main(["check", "--lang", "en", "--details", *files]) == 130
    told = capsys.readouterr()
    assert "2 of 4 reports were checked, 0 with findings, 1 could not" in told.err
    assert "nothing to correct" in told.out
    assert main(["check", "--lang", "en", "--format", "json", *files]) == 130
    told = capsys.readouterr()
    assert told.out == ""
    assert "2 of 4" in told.err


@pytest.mark.parametrize("moment", ["before", "after"])
def test_ctrl_c_while_a_report_is_printed_counts_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], moment: str
) -> None:
    from disclosure_tui.cli.finding_outputs import FindingOutputs
    from disclosure_tui.cli.main import run as main

    whole = FindingOutputs.add

    def pressed(self: FindingOutputs, report: LocatedReport) -> None:
        if moment == "before":
            os.kill(os.getpid(), signal.SIGINT)
        whole(self, report)
        if moment == "after":
            os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(FindingOutputs, "add", pressed)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        assert main(["check", "--lang", "en", "--details", str(COMPLETE), str(folder)]) == 130
    finally:
        signal.signal(signal.SIGINT, before)
    told = capsys.readouterr()
    assert re.search(r"Interrupted: 1 of \d+ reports were checked", told.err)
    assert told.out.count("rules held") == 1


def test_a_second_ctrl_c_does_not_wait() -> None:
    from disclosure_tui.cli.interrupts import whole_step

    done = []

    def step() -> None:
        with whole_step():
            for number in range(2):
                os.kill(os.getpid(), signal.SIGINT)
                done.append(number)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            step()
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)
    assert done == [0]


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_terminal_sees_how_far_it_is_and_can_stop_it(tmp_path: Path, jobs: str) -> None:
    for number in range(900):
        shutil.copy(COMPLETE, tmp_path / f"{number:03}.yaml")
    terminal, stderr = pty.openpty()
    output = tmp_path / "output.txt"
    with output.open("wb") as stdout:
        process = subprocess.Popen(
            [*COMMAND, "--details", "--jobs", jobs, "."],
            cwd=tmp_path,
            env=ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            start_new_session=True,
        )
    os.close(stderr)
    seen = b""
    while b"] " not in seen:
        piece = _read(terminal)
        assert piece, f"it ended before it told how far it was: {seen!r}"
        seen += piece
    # As a terminal does it: every process of the group gets it.
    os.killpg(process.pid, signal.SIGINT)
    while piece := _read(terminal):
        seen += piece
    os.close(terminal)
    assert process.wait(60) == 130
    text = seen.decode()
    assert re.search(r"\rchecking \[#*-*\] \d+/900, about \d+ s left", text)
    assert "\x1b" not in text
    assert "Traceback" not in text
    last = text.splitlines()[-1]
    assert re.search(r"Interrupted: (\d+) of 900 reports were checked, 0 with", last)
    # The bar is gone before the sentence begins.
    assert re.search(r"\r +\r(?=Interrupted)", text)
    checked = int(re.search(r"Interrupted: (\d+)", last)[1])  # type: ignore[index]
    assert output.read_text(encoding="utf-8").count("nothing to correct") == checked > 0


def _read(terminal: int, seconds: float = 60) -> bytes:
    ready, _, _ = select.select([terminal], [], [], seconds)
    assert ready, "nothing more came"
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


def test_the_bar_waits_and_leaves_no_trace(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = iter(range(0, 10_000, 1))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock) / 10)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "xterm")
    assert list(Progress(40, Language.CHINESE).over(range(40))) == list(range(40))
    told = capsys.readouterr().err
    lines = [line for line in told.split("\r") if line.strip()]
    assert lines[0].startswith("校验 [###---")
    assert lines[-1].startswith("校验 [" + "#" * 30 + "] 40/40")
    assert told.endswith("\r" + " " * 79 + "\r")
    assert all(len(line) < 80 for line in lines)


@pytest.mark.parametrize(("terminal", "term", "count"), [(False, "xterm", 40), (True, "dumb", 40)])
def test_no_bar_without_a_terminal(
    terminal: bool,
    term: str,
    count: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal, raising=False)
    monkeypatch.setenv("TERM", term)
    monkeypatch.setattr(progress, "_BEFORE_SHOWN", 0)
    monkeypatch.setattr(progress, "_BETWEEN", 0)
    assert len(list(Progress(count, Language.ENGLISH).over(range(count)))) == count
    assert capsys.readouterr().err == ""
