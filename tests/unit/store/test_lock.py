"""Who fills in a report is written beside it, and nobody is pushed aside unasked."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import pwd
import stat
import subprocess
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from disclosure_tui.store import lock_record, processes
from disclosure_tui.store.lock import Holder, HolderState, LockFile, holder
from disclosure_tui.store.lock_record import LockRecord
from disclosure_tui.store.person import Person, current_person
from disclosure_tui.store.save_errors import LockRefused
from unit.store.accounts import (
    CLERK,
    COLLEAGUE,
    REVIEW_GROUP,
    REVIEWER,
    UNIT_GROUP,
    as_account,
    forked,
    living,
    needs_root,
    shared_folder,
)

ZHANG, LI = Person("张某", "tyj01"), Person("李某", "tyj02")


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    folder = tmp_path / "unit"
    folder.mkdir()
    path = folder / "tyj-2025.yaml"
    path.write_bytes(b"a: 1\n")
    return path


@pytest.fixture
def lock(report: Path) -> Iterator[LockFile]:
    taken = LockFile.acquire(report, ZHANG)
    assert isinstance(taken, LockFile)
    yield taken
    taken.release()


def _sidecar(report: Path) -> Path:
    return report.with_name(f".{report.name}.lock")


def _write(report: Path, **changes: Any) -> None:
    """Write a lock file of a process that is gone, changed as the test wants it."""
    data = json.loads(LockRecord.of(ZHANG).encode())
    data["pid"] = _dead()
    _sidecar(report).write_text(json.dumps(data | changes), encoding="utf-8")


def _dead() -> int:
    child = subprocess.Popen(["true"])
    child.wait()
    return child.pid


def _ago(seconds: float) -> str:
    return (datetime.now().astimezone() - timedelta(seconds=seconds)).isoformat()


def _names(report: Path) -> list[str]:
    return sorted(path.name for path in report.parent.iterdir())


# --- taking, holding, releasing ---------------------------------------------------------------


def test_a_lock_says_who_and_where_and_is_held(report: Path, lock: LockFile) -> None:
    data = json.loads(_sidecar(report).read_bytes())
    assert (data["person"], data["user"], data["pid"]) == ("张某", "tyj01", os.getpid())
    assert set(data) == {
        *("person", "user", "host", "pid", "boot_id", "terminal"),
        *("started", "heartbeat", "tool"),
    }
    with _sidecar(report).open("rb") as file, pytest.raises(BlockingIOError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    assert _names(report) == [_sidecar(report).name, report.name]


def test_the_second_person_is_told(report: Path, lock: LockFile) -> None:
    found = LockFile.acquire(report, LI)
    assert isinstance(found, Holder)
    assert (found.name, found.user, found.state) == ("张某", "tyj01", HolderState.ALIVE)
    assert holder(report) == found
    assert "张某正在填报" in found.told(datetime.now().astimezone()).zh


def test_a_link_to_the_report_has_the_same_lock(
    report: Path, tmp_path: Path, lock: LockFile
) -> None:
    link = tmp_path / "link.yaml"
    link.symlink_to(report)
    assert isinstance(LockFile.acquire(link, LI), Holder)


def test_release_leaves_nothing_and_may_be_repeated(report: Path, lock: LockFile) -> None:
    lock.release()
    lock.release()
    assert _names(report) == [report.name]
    assert holder(report) is None
    assert lock.lost() is None
    lock.refresh()
    assert _names(report) == [report.name]


def test_a_save_in_between_does_not_matter(report: Path, lock: LockFile) -> None:
    report.rename(report.with_name("old"))
    report.write_bytes(b"a: 2\n")
    assert isinstance(LockFile.acquire(report, LI), Holder)
    assert lock.lost() is None


def test_other_openings_of_the_lock_file_do_not_let_it_go(report: Path, lock: LockFile) -> None:
    _sidecar(report).read_bytes()
    found = holder(report)
    assert found is not None
    with _sidecar(report).open("rb") as file, pytest.raises(BlockingIOError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_the_heartbeat(report: Path, lock: LockFile, monkeypatch: pytest.MonkeyPatch) -> None:
    later = datetime.now().astimezone() + timedelta(minutes=5)
    monkeypatch.setattr(lock_record, "datetime", SimpleNamespace(now=lambda: later))
    lock.refresh()
    data = json.loads(_sidecar(report).read_bytes())
    assert data["heartbeat"] == later.isoformat(timespec="seconds")
    assert data["started"] != data["heartbeat"]


def test_the_heartbeat_is_cheap_and_never_raises(
    report: Path, lock: LockFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        for name in ("fsync", "fdatasync"):
            patch.setattr(os, name, lambda _: pytest.fail("the disk is waited for"))
        begun = time.thread_time()
        for _ in range(100):
            lock.refresh()
        # What this thread computes: what else the machine does is no matter.
        assert time.thread_time() - begun < 1
    for name in ("pwrite", "ftruncate", "fstat", "lstat"):
        with monkeypatch.context() as patch:
            patch.setattr(os, name, _failing(errno.EIO))
            lock.refresh()
            assert lock.lost() is None


def test_the_lock_may_be_read_by_whoever_may_read_the_report(report: Path) -> None:
    report.chmod(0o664)
    old = os.umask(0o077)
    try:
        taken = LockFile.acquire(report, ZHANG)
    finally:
        os.umask(old)
    assert stat.S_IMODE(_sidecar(report).stat().st_mode) == 0o644
    assert isinstance(taken, LockFile)
    taken.release()


def test_where_there_are_no_hard_links(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", _failing(errno.EPERM))
    taken = LockFile.acquire(report, ZHANG)
    assert isinstance(taken, LockFile)
    assert isinstance(LockFile.acquire(report, LI), Holder)
    taken.release()
    assert _names(report) == [report.name]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
@pytest.mark.parametrize("call", ["open", "write", "link"])
def test_a_lock_that_cannot_be_written_is_said(
    report: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int
) -> None:
    monkeypatch.setattr(os, call, _failing(code))
    with pytest.raises(LockRefused) as caught:
        LockFile.acquire(report, ZHANG)
    monkeypatch.undo()
    assert "没能登记" in caught.value.what.zh
    assert _names(report) == [report.name]


# --- dead and silent holders ------------------------------------------------------------------


def test_the_lock_of_a_dead_process_is_replaced(report: Path) -> None:
    _write(report)
    found = holder(report)
    assert found is not None
    assert found.state is HolderState.STALE
    assert "断开" in found.told(datetime.now().astimezone()).zh
    taken = LockFile.acquire(report, LI)
    assert isinstance(taken, LockFile)
    assert json.loads(_sidecar(report).read_bytes())["person"] == "李某"
    taken.release()


def test_the_lock_from_before_the_machine_started_is_replaced(report: Path) -> None:
    _write(report, boot_id="another", pid=os.getpid())
    taken = LockFile.acquire(report, LI)
    assert isinstance(taken, LockFile)
    taken.release()


def test_of_several_who_find_a_dead_lock_one_gets_it(report: Path) -> None:
    for _ in range(20):
        _write(report)
        winners = _race(report)
        assert winners == 1
        _sidecar(report).unlink()


def _race(report: Path) -> int:
    start, go = os.pipe()
    stay, leave = os.pipe()
    answers, answer = os.pipe()
    children = []
    for _ in range(6):
        child = forked()
        if child == 0:
            os.close(go)
            os.close(leave)
            os.read(start, 1)
            taken = LockFile.acquire(report, LI)
            os.write(answer, b"1" if isinstance(taken, LockFile) else b"0")
            os.read(stay, 1)
            os._exit(0)
        children.append(child)
    os.close(go)
    said = b"".join(os.read(answers, 1) for _ in children)
    os.close(leave)
    for child in children:
        os.waitpid(child, 0)
    for descriptor in (start, stay, answers, answer):
        os.close(descriptor)
    return said.count(b"1")


def test_a_silent_holder_on_another_machine_is_stale_but_never_pushed_aside(report: Path) -> None:
    _write(report, host="elsewhere", heartbeat=_ago(60))
    found = LockFile.acquire(report, LI)
    assert isinstance(found, Holder)
    assert found.state is HolderState.ALIVE
    _write(report, host="elsewhere", heartbeat=_ago(120))
    found = LockFile.acquire(report, LI)
    assert isinstance(found, Holder)
    assert (found.state, found.is_local) == (HolderState.STALE, False)
    assert "主机 elsewhere" in found.told(datetime.now().astimezone()).zh


def test_a_live_process_that_does_not_hold_its_lock_any_more(report: Path) -> None:
    _write(report, pid=os.getpid(), heartbeat=_ago(30))
    found = holder(report)
    assert found is not None
    assert found.state is HolderState.ALIVE
    _write(report, pid=os.getpid(), heartbeat=_ago(300))
    found = LockFile.acquire(report, LI)
    assert isinstance(found, Holder)
    assert found.state is HolderState.UNKNOWN
    assert "可能正在填报" in found.told(datetime.now().astimezone()).zh


def test_a_system_that_cannot_lock_goes_by_the_process(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fcntl, "flock", _failing(errno.ENOLCK))
    taken = LockFile.acquire(report, ZHANG)
    assert isinstance(taken, LockFile)
    assert isinstance(LockFile.acquire(report, LI), Holder)
    taken.release()


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"pid": 1}', b"\xff\xfe", b"[" * 3000, b'"' + b"x" * 5000],
)
def test_a_lock_file_that_says_nothing_is_asked(report: Path, content: bytes) -> None:
    _sidecar(report).write_bytes(content)
    found = LockFile.acquire(report, LI)
    assert isinstance(found, Holder)
    assert found.state is HolderState.UNKNOWN
    told = found.told(datetime.now().astimezone())
    assert (told.zh, told.en) == ("有人可能正在填报", "Somebody may be filling this in")


@pytest.mark.parametrize("changes", [{"pid": "7"}, {"pid": 2**40}, {"person": 3}, {"pid": True}])
def test_a_lock_file_with_odd_values_is_asked(report: Path, changes: dict[str, Any]) -> None:
    _write(report, **changes)
    found = holder(report)
    assert found is not None
    assert found.state in (HolderState.UNKNOWN, HolderState.ALIVE)


def test_names_of_others_cannot_touch_the_terminal(report: Path) -> None:
    _write(report, person="\x1b[2J张\u202e某\n" + "x" * 500, started="yesterday", heartbeat="x")
    found = holder(report)
    assert found is not None
    assert found.name.startswith("[2J张某xxx")
    assert len(found.name) <= 60
    assert found.told(datetime.now().astimezone()).zh.isprintable()


def test_a_folder_or_link_in_the_place_of_the_lock(report: Path) -> None:
    _sidecar(report).symlink_to("/dev/null")
    assert isinstance(LockFile.acquire(report, LI), Holder)
    _sidecar(report).unlink()
    _sidecar(report).mkdir()
    assert isinstance(LockFile.acquire(report, LI), Holder)
    with pytest.raises(LockRefused):
        LockFile.take_over(report, LI)


# --- taking over ------------------------------------------------------------------------------


def test_the_displaced_notices_by_whom(report: Path, lock: LockFile) -> None:
    taken = LockFile.take_over(report, LI)
    found = lock.lost()
    assert found is not None
    assert (found.name, found.state) == ("李某", HolderState.ALIVE)
    lock.refresh()
    lock.release()
    assert json.loads(_sidecar(report).read_bytes())["person"] == "李某"
    assert taken.lost() is None
    taken.release()
    assert lock.lost() == found


def test_taking_what_nobody_holds(report: Path) -> None:
    taken = LockFile.take_over(report, LI)
    assert taken.lost() is None
    taken.release()


def test_a_deleted_lock_is_put_back(report: Path, lock: LockFile) -> None:
    _sidecar(report).unlink()
    lock.refresh()
    assert isinstance(LockFile.acquire(report, LI), Holder)
    assert lock.lost() is None


def test_several_take_over_at_once_and_only_the_last_keeps_it(report: Path) -> None:
    locks = [LockFile.take_over(report, ZHANG) for _ in range(5)]
    assert [lock.lost() is None for lock in locks] == [False] * 4 + [True]
    for lock in locks:
        lock.release()
    assert _names(report) == [report.name]


# --- other accounts ---------------------------------------------------------------------------


@needs_root
def test_a_live_process_of_another_account_counts_as_alive() -> None:
    with shared_folder(0o2770, UNIT_GROUP) as folder:
        path = folder / "tyj-2025.yaml"
        path.write_bytes(b"a: 1\n")
        path.chmod(0o660)

        def state() -> str:
            found = LockFile.acquire(path, LI)
            return found.state.value if isinstance(found, Holder) else "taken"

        with living(CLERK, [UNIT_GROUP], lambda: LockFile.acquire(path, ZHANG)) as pid:
            assert as_account(COLLEAGUE, [UNIT_GROUP], lambda: processes.is_running(pid)) == "True"
            assert as_account(COLLEAGUE, [UNIT_GROUP], state) == "alive"
            # Also where the system cannot tell who holds the file.
            text = _sidecar(path).read_bytes()
            _sidecar(path).unlink()
            _sidecar(path).write_bytes(text)
            _sidecar(path).chmod(0o644)
            assert as_account(COLLEAGUE, [UNIT_GROUP], state) == "alive"
        assert as_account(COLLEAGUE, [UNIT_GROUP], state) == "taken"


@needs_root
def test_a_colleague_takes_over() -> None:
    with shared_folder(0o2770, UNIT_GROUP) as folder:
        path = folder / "tyj-2025.yaml"
        path.write_bytes(b"a: 1\n")
        lock = LockFile.acquire(path, ZHANG)
        assert isinstance(lock, LockFile)
        as_account(COLLEAGUE, [UNIT_GROUP], lambda: LockFile.take_over(path, LI))
        found = lock.lost()
        assert found is not None
        assert found.name == "李某"
        lock.release()


@needs_root
def test_a_reader_sees_the_holder_and_creates_nothing() -> None:
    with shared_folder(0o755, UNIT_GROUP) as folder:
        path = folder / "tyj-2025.yaml"
        path.write_bytes(b"a: 1\n")

        def seen() -> str:
            found = holder(path)
            return found.name if found else ""

        assert as_account(REVIEWER, [REVIEW_GROUP], seen) == ""
        lock = LockFile.acquire(path, ZHANG)
        assert isinstance(lock, LockFile)
        assert as_account(REVIEWER, [REVIEW_GROUP], seen) == "张某"
        lock.release()
        assert _names(path) == [path.name]


@needs_root
def test_in_a_closed_folder_the_lock_is_with_the_person() -> None:
    with shared_folder(0o755, UNIT_GROUP) as folder:
        path = folder / "tyj-2025.yaml"
        path.write_bytes(b"a: 1\n")
        os.chown(path, CLERK, UNIT_GROUP)
        state = folder.parent / "state"
        state.mkdir()
        os.chown(state, CLERK, UNIT_GROUP)

        def twice() -> str:
            os.environ["XDG_STATE_HOME"] = str(state)
            lock = LockFile.acquire(path, ZHANG)
            assert isinstance(lock, LockFile)
            again = LockFile.acquire(path, ZHANG)
            assert isinstance(again, Holder)
            lock.release()
            assert holder(path) is None
            return "well"

        assert as_account(CLERK, [UNIT_GROUP], twice) == "well"
        assert _names(path) == [path.name]
        lock = LockFile.acquire(path, LI)
        assert isinstance(lock, LockFile)
        answer = as_account(CLERK, [UNIT_GROUP], lambda: LockFile.acquire(path, ZHANG))
        assert "李某" in answer
        lock.release()


# --- the person -------------------------------------------------------------------------------


def test_the_name_of_the_person(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = SimpleNamespace(pw_name="tyj01", pw_gecos="张某,2 号机房,,")
    monkeypatch.setattr(pwd, "getpwuid", lambda _: entry)
    assert current_person({"DISCLOSURE_NAME": " 李\x1b某 "}) == Person("李某", "tyj01")
    assert current_person({}) == ZHANG
    entry.pw_gecos = ",,,"
    assert current_person({"DISCLOSURE_NAME": "  "}) == Person("tyj01", "tyj01")
    monkeypatch.setattr(pwd, "getpwuid", lambda _: {}["none"])
    number = str(os.geteuid())
    assert current_person({}) == Person(number, number)


def _failing(code: int) -> Any:
    def fail(*args: Any, **kwargs: Any) -> Any:
        raise OSError(code, os.strerror(code))

    return fail
