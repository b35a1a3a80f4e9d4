"""Every system call of a save fails in turn, for real: the old or the new file is there, whole.

The calls are recorded first and then refused one after the other by strace, between the program
and the system, so that nothing of the program has to be known or replaced.
"""

from __future__ import annotations

import contextlib
import hashlib
import mmap
import os
import re
import shutil
import subprocess
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from disclosure_tui.errors import SaveError
from disclosure_tui.language import Language
from disclosure_tui.model.edit import SetValue, Transaction
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.store.document import Document
from disclosure_tui.store.files import save, sweep

STRACE = shutil.which("strace")
FULL = os.environ.get("DISCLOSURE_SOAK") == "1"
CODES = ["ENOSPC", "EDQUOT", "EACCES", "EIO"]
OLD = b"a: 1 # x\n" + b"# y\n" * 400
DOCUMENT = Document.read(OLD)
NEW_DOCUMENT, _ = DOCUMENT.apply(Transaction((SetValue(Pointer.of("a"), 22),)))
NEW = NEW_DOCUMENT.encode()
MARK = "getppid"
"""A call without effect that the save does not make; it marks where the save begins and ends."""

NO_FAULT = re.compile(
    "mmap|munmap|mremap|brk|madvise|mprotect|futex|rt_sig|sched|getpid|getppid|gete?[ug]|getrandom"
)
"""Calls that ask for memory or a number: they do not fail so."""

LONGEST_WAIT = 60.0
GO = b"!"
EVIDENCE = Path(__file__).parents[2] / "docs/evidence"
HEAD = """# Every system call of a save, refused in turn

Written by `make soak` (`tests/faults/test_system_calls.py`, with strace).

"""


class Call(NamedTuple):
    """A system call of a save: the n-th of its name since strace looks on."""

    name: str
    number: int


def _plain(folder: Path) -> Path:
    path = folder / "报告.yaml"
    path.write_bytes(OLD)
    path.chmod(0o664)
    with contextlib.suppress(OSError):
        os.setxattr(path, "user.note", b"x")
    return path


def _linked(folder: Path) -> Path:
    path = _plain(folder)
    (folder / "other.yaml").hardlink_to(path)
    return path


def _behind_link(folder: Path) -> Path:
    (folder / "real").mkdir()
    (folder / "link.yaml").symlink_to(_plain(folder / "real"))
    return folder / "link.yaml"


def _new(folder: Path) -> Path:
    folder.chmod(0o2770)
    return folder / "new.yaml"


SHAPES: list[Callable[[Path], Path]] = [_plain, _linked, _behind_link, _new]


class Outcome(NamedTuple):
    """What the saving process said: its answer, and whether the work could be saved elsewhere."""

    answer: str
    elsewhere: str


def _save(path: Path, elsewhere: Path) -> Outcome:
    expected = None if path.name == "new.yaml" else hashlib.sha256(OLD).hexdigest()
    os.getppid()
    try:
        save(path, NEW_DOCUMENT.encode(), expected_sha256=expected)
        answer = "saved"
    except SaveError as error:
        answer = type(error).__name__ + "\n" + error.told(Language.CHINESE)
    os.getppid()
    try:
        save(elsewhere, NEW_DOCUMENT.encode(), expected_sha256=None)
    except SaveError as error:
        return Outcome(answer, type(error).__name__)
    return Outcome(answer, "saved")


def _watched(path: Path, elsewhere: Path, *options: str) -> tuple[Outcome, str]:
    """Save in a process of its own while strace looks on; return what it said, and the record."""
    assert STRACE is not None
    said = mmap.mmap(-1, 8192)  # shared with the child; using it is no system call
    record = path.parent.parent / f"{path.parent.name}.strace"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        try:
            # Whatever strace counts begins with the save: until then there is no other call.
            while said[:1] != GO:
                os.sched_yield()
            text = "\0".join(_save(path, elsewhere)).encode()
            said[: len(text)] = text
        except BaseException as error:
            text = f"{type(error).__name__} {error}\0".encode()[:8000]
            said[: len(text)] = text
        finally:
            os._exit(0)
    command = [STRACE, "-qq", "-o", str(record), "-p", str(child), *options]
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE)
    try:
        _wait_for_tracer(tracer, record)
    finally:
        said[:1] = GO
        os.waitpid(child, 0)
        tracer.communicate(timeout=LONGEST_WAIT)
    answer, _, other = said[:].rstrip(b"\0").decode().partition("\0")
    said.close()
    return Outcome(answer, other), record.read_text(errors="replace")


def _wait_for_tracer(tracer: subprocess.Popen[bytes], record: Path) -> None:
    """Wait until the calls of the process are seen; being attached is not enough for that."""
    end = time.monotonic() + LONGEST_WAIT
    while not (record.exists() and record.stat().st_size):
        if tracer.poll() is not None:
            assert tracer.stderr is not None
            raise RefusedTracerError(tracer.stderr.read().decode(errors="replace"))
        assert time.monotonic() < end
        time.sleep(0.0005)


class RefusedTracerError(Exception):
    """The system does not let strace look on."""


def _recorded(shape: Callable[[Path], Path], folder: Path) -> list[Call]:
    """Return the system calls between the marks that can fail."""
    outcome, record = _watched(shape(folder), folder.parent / "elsewhere.yaml")
    assert outcome == ("saved", "saved"), record
    counts: Counter[str] = Counter()
    calls, marks = [], 0
    for line in record.splitlines():
        name = line.split("(")[0].strip()
        counts[name] += 1
        marks += name == MARK
        if marks == 1 and not NO_FAULT.match(name):
            calls.append(Call(name, counts[name]))
    assert marks == 2
    return calls


def _of_the_save(record: str) -> str:
    """Return the part of a record that lies between the marks: the save itself."""
    return record.split(MARK + "(")[1]


@pytest.fixture
def fresh(tmp_path: Path) -> Callable[[], Path]:
    """Return a maker of folders, each inside one of its own."""
    count = iter(range(10**6))

    def make() -> Path:
        outer = tmp_path / str(next(count))
        (outer / "单位").mkdir(parents=True)
        return outer / "单位"

    return make


@pytest.mark.skipif(STRACE is None, reason="strace is not installed")
@pytest.mark.skipif(sys.platform != "linux", reason="strace is a program of Linux")
@pytest.mark.soak
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__.strip("_"))
def test_every_system_call_of_a_save_refused(
    fresh: Callable[[], Path], monkeypatch: pytest.MonkeyPatch, shape: Callable[[Path], Path]
) -> None:
    first = fresh()
    monkeypatch.setenv("XDG_STATE_HOME", str(first.parent / "state"))
    try:
        calls = _recorded(shape, first)
    except RefusedTracerError as refused:
        pytest.skip(f"strace may not look on here: {refused}")
    names = {call.name for call in calls}
    assert {"write", "fsync", "openat", "close"} <= names
    answers: Counter[str] = Counter()
    for number, call in enumerate(calls):
        # Left to `make test-all` are one reason for each call, and all of them by and by.
        for code in CODES if FULL else [CODES[number % len(CODES)]]:
            for lasting in ("", "+"):
                folder = fresh()
                path = shape(folder)
                fault = f"inject={call.name}:error={code}:when={call.number}{lasting}"
                outcome, record = _watched(path, folder.parent / "elsewhere.yaml", "-e", fault)
                assert "INJECTED" in _of_the_save(record), (call, code)
                _look(path, outcome, (fault, record), lasting=bool(lasting))
                answers[outcome.answer.split("\n")[0]] += 1
                shutil.rmtree(folder.parent)
    _tell(shape, calls, answers)


def _look(path: Path, outcome: Outcome, told: object, *, lasting: bool) -> None:
    """The file is whole and what the answer says it is, and nothing stays that a sweep leaves."""
    answer, *lines = outcome.answer.split("\n")
    folder = path.resolve().parent
    if answer == "saved":
        assert path.read_bytes() == NEW, told
    elif answer == "FileTorn":
        # Only in place, and only while the system refuses everything: then the backup is whole.
        assert lasting, told
        assert path.name != "new.yaml", told
        assert any(one.read_bytes() == OLD for one in folder.glob(".*.backup")), told
    else:
        assert lines, told
        assert len(lines) == 2, told
        assert all(lines), told
        assert path.exists() is (path.name != "new.yaml"), told
        assert not path.exists() or path.read_bytes() == OLD, told
    # The work is still there, to be saved in another place.
    assert lasting or outcome.elsewhere == "saved", told
    sweep(folder)
    left = {one.name for one in folder.iterdir()} - {"报告.yaml", "other.yaml", "new.yaml"}
    # A backup that could not be removed stays: it is somebody's content.
    assert all(name.endswith(".backup") for name in left), (left, told)
    assert lasting or not left or "unlink" in str(told), (left, told)


def _tell(shape: Callable[[Path], Path], calls: list[Call], answers: Counter[str]) -> None:
    names = {
        "_plain": "a plain file",
        "_linked": "a file with two names",
        "_behind_link": "a file behind a symbolic link",
        "_new": "a new file in a setgid folder",
    }
    told = (
        f"- {date.today().isoformat()}, {names[shape.__name__]}: {len(calls)} system calls "
        f"({', '.join(sorted({call.name for call in calls}))}); {sum(answers.values())} refusals "
        f"with {', '.join(CODES)}, once and lasting: 0 torn without a whole backup, 0 leftovers "
        f"after a sweep. Answers: "
        + ", ".join(f"{count} x {name}" for name, count in answers.most_common())
        + ".\n"
    )
    sys.stdout.write(told)
    if FULL:
        page = EVIDENCE / f"save-faults{shape.__name__.replace('_', '-')}.md"
        page.write_text(HEAD + told, encoding="utf-8")
