"""The journal: nothing before the first entry, everything after it, and never in the way."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from disclosure_tui.errors import DocumentError, SaveError
from disclosure_tui.language import Text
from disclosure_tui.model.edit import SetValue, Transaction
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.store import journal_file, journal_places
from disclosure_tui.store.document import Change, Document
from disclosure_tui.store.journal import (
    Journal,
    Reason,
    Writer,
    discard,
    find_journals,
    read_journal,
    recover,
    remove,
    sweep_journals,
)
from disclosure_tui.store.journal_lines import Base, Draft, Saved, Step, encode, parse
from disclosure_tui.store.state_folder import private_place

BASE = "甲: 1  # one\n乙: |-\n  x\n  y\n".encode()
A, B = Pointer.parse("/甲"), Pointer.parse("/乙")
NOW = datetime(2026, 1, 12, 16, 40).astimezone()

LONGEST_WAIT = 60.0


class Filling:
    """A person filling in: a document that goes on, with its journal."""

    def __init__(self, path: Path, **options: Any) -> None:
        path.write_bytes(BASE)
        self.path = path
        self.document = Document.read(BASE)
        self.journal = Journal.begin(path, BASE, "张某", **options)

    def set(self, pointer: Pointer, value: Any) -> Change:
        self.document, change = self.document.apply(Transaction((SetValue(pointer, value),)))
        self.journal.commit(change, title=Text("改", "Change"), pointers=[pointer])
        return change

    def undo(self, change: Change) -> None:
        self.document = self.document.revert(change)
        self.journal.undo(change)

    def redo(self, change: Change) -> None:
        self.document = self.document.revert(change.inverse())
        self.journal.redo(change)

    def save(self) -> None:
        self.path.write_bytes(self.document.encode())
        self.journal.saved(self.document.sha256)

    def flush(self) -> None:
        assert self.journal.flush(LONGEST_WAIT)

    def entries(self) -> tuple[Any, ...]:
        self.flush()
        assert self.journal.path is not None
        return read_journal(self.journal.path).entries


@pytest.fixture
def filling(tmp_path: Path) -> Iterator[Filling]:
    one = Filling(tmp_path / "tyj-2025.yaml")
    yield one
    one.journal.close(keep=True)


@pytest.fixture(autouse=True)
def _own_state_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: Any) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_reader_creates_nothing(filling: Filling, tmp_path: Path) -> None:
    assert filling.journal.flush(LONGEST_WAIT)
    assert find_journals(filling.path) == ()
    filling.journal.close(keep=True)
    assert _names(tmp_path) == {"tyj-2025.yaml"}
    assert not private_place(filling.path).exists()


def test_what_is_done_is_written_beside_the_report_for_the_person_only(filling: Filling) -> None:
    change = filling.set(A, 22)
    filling.undo(change)
    filling.redo(change)
    filling.save()
    base, commit, undo, redo, saved = filling.entries()
    path = filling.path.with_name(".tyj-2025.yaml.journal")
    assert filling.journal.path == path
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert base == Base(BASE.decode(), has_mark=False)
    assert commit == Step("commit", change, Text("改", "Change"), (A,))
    assert undo == Step("undo", change.inverse())
    assert redo == Step("redo", change)
    assert saved == Saved(filling.document.sha256)
    header = read_journal(path).header
    assert header is not None
    assert (header.report, header.person, header.pid) == (str(filling.path), "张某", os.getpid())
    assert header.base_sha256 == Document.read(BASE).sha256


def test_a_clean_exit_removes_the_journal_and_closing_twice_is_nothing(filling: Filling) -> None:
    filling.set(A, 2)
    filling.flush()
    filling.journal.close(keep=False)
    filling.journal.close(keep=False)
    filling.set(A, 3)
    assert find_journals(filling.path) == ()
    assert _names(filling.path.parent) == {"tyj-2025.yaml"}


def test_a_text_being_typed_is_written_once_and_ends_with_its_commit(filling: Filling) -> None:
    for text in ("字", "字字", "字字字"):
        filling.journal.prose(B, text)
    filling.journal.cell(A, "12")
    assert filling.entries()[1:] == (Draft("prose", B, "字字字"), Draft("cell", A, "12"))
    recovery = recover(_contents(filling), BASE)
    assert (recovery.reason, recovery.count) == (Reason.ON_DISK, 2)
    assert (recovery.prose, recovery.cells) == ({B: "字字字"}, {A: "12"})
    filling.set(B, "字字字")
    filling.journal.cell(A, None)
    filling.flush()
    recovery = recover(_contents(filling), BASE)
    assert (recovery.count, recovery.prose, recovery.cells) == (1, {}, {})


def test_a_text_is_written_without_asking(filling: Filling) -> None:
    filling.journal.prose(B, "字")

    def is_written() -> bool:
        found = find_journals(filling.path)
        return bool(found) and recover(found[0].contents, BASE).prose == {B: "字"}

    # How soon is measured where editors are killed (tests/faults); here, that nobody has to ask.
    assert _soon(is_written)


def _soon(happens: Callable[[], bool]) -> bool:
    end = time.monotonic() + LONGEST_WAIT
    while not happens():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def _contents(filling: Filling) -> Any:
    assert filling.journal.path is not None
    return read_journal(filling.journal.path)


def test_the_caller_never_waits_for_the_disk(filling: Filling, monkeypatch: Any) -> None:
    goes_on, reached = threading.Event(), threading.Event()
    sync = os.fsync

    def slow(descriptor: int) -> None:
        reached.set()
        assert goes_on.wait(LONGEST_WAIT)
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", slow)
    filling.set(A, 2)
    assert reached.wait(LONGEST_WAIT)
    filling.set(A, 3)
    assert not filling.journal.flush(0.05)
    goes_on.set()
    filling.flush()
    assert len(filling.entries()) == 3


def test_an_idle_thread_is_not_woken(filling: Filling) -> None:
    filling.set(A, 2)
    filling.flush()
    assert filling.journal._writing._due is None
    thread = filling.journal._thread
    assert thread is not None
    before = _switches(thread)
    time.sleep(1)
    # It may just have been on its way to sleep; a thread that looks around wakes again and again.
    assert _switches(thread) <= before + 2


def _switches(thread: threading.Thread) -> int:
    status = Path(f"/proc/self/task/{thread.native_id}/status").read_text(encoding="ascii")
    return next(int(x.split()[1]) for x in status.splitlines() if x.startswith("voluntary"))


def test_flush_may_be_called_in_a_signal_handler(filling: Filling) -> None:
    results: list[bool] = []

    def leave(*_: Any) -> None:
        results.append(filling.journal.flush(LONGEST_WAIT))

    before = signal.signal(signal.SIGUSR1, leave)
    try:
        for number in range(300):
            if number % 20 == 0:
                os.kill(os.getpid(), signal.SIGUSR1)
            filling.set(A, number)
    finally:
        signal.signal(signal.SIGUSR1, before)
    assert len(results) == 15
    assert all(results)


def test_what_was_noted_last_is_written_when_the_interpreter_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(BASE)
    code = """if True:
        import sys
        from pathlib import Path
        from disclosure_tui.model.pointer import Pointer
        from disclosure_tui.store.journal import Journal
        path = Path(sys.argv[1])
        Journal.begin(path, path.read_bytes(), "x").prose(Pointer.of("b"), "text")
    """
    subprocess.run([sys.executable, "-c", code, str(path)], check=True, timeout=LONGEST_WAIT)
    (found,) = find_journals(path)
    assert (found.writer, found.in_use) == (Writer.DEAD, False)
    assert recover(found.contents, BASE).prose == {Pointer.of("b"): "text"}


class Disk:
    """A disk that takes so many bytes and then says why not."""

    def __init__(self, monkeypatch: Any, code: int) -> None:
        self.room = 10**9
        self.code = code
        self.pwrite = os.pwrite
        monkeypatch.setattr(os, "pwrite", self.write)

    def write(self, descriptor: int, content: Any, at: int) -> int:
        if self.room <= 0:
            raise OSError(self.code, os.strerror(self.code))
        written = self.pwrite(descriptor, content[: self.room], at)
        self.room -= written
        return written


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EACCES])
def test_what_the_disk_does_not_take_is_kept_and_tried_again(
    filling: Filling, monkeypatch: Any, code: int
) -> None:
    filling.set(A, 2)
    filling.flush()
    disk = Disk(monkeypatch, code)
    disk.room = 10
    filling.set(A, 3)
    filling.set(B, "z")
    assert not filling.journal.flush(5)
    failure = filling.journal.failure
    assert failure is not None
    assert failure.zh.startswith("自动记录写不进去")
    assert failure.en.isascii()
    contents = _contents(filling)
    assert contents.torn
    assert len(contents.entries) == 2
    disk.room = 10**9
    filling.flush()
    assert filling.journal.failure is None
    contents = _contents(filling)
    assert not contents.torn
    assert recover(contents, BASE).text == filling.document.text


def test_a_reserved_file_makes_room_once(tmp_path: Path, monkeypatch: Any) -> None:
    disk = Disk(monkeypatch, errno.ENOSPC)
    asked: list[int] = []

    def make_room() -> bool:
        asked.append(disk.room)
        disk.room = 10_000 if len(asked) == 1 else 0
        return len(asked) == 1

    filling = Filling(tmp_path / "a.yaml", make_room=make_room)
    disk.room = 100
    filling.set(A, 2)
    filling.flush()
    assert asked == [0]
    assert filling.journal.failure is None
    disk.room = 0
    filling.set(A, 3)
    assert not filling.journal.flush(5)
    assert not filling.journal.flush(5)
    assert len(asked) == 2
    filling.journal.close(keep=True)


def test_a_journal_that_cannot_even_begin_leaves_nothing(
    filling: Filling, monkeypatch: Any
) -> None:
    disk = Disk(monkeypatch, errno.ENOSPC)
    disk.room = 20
    filling.set(A, 2)
    assert not filling.journal.flush(5)
    assert _names(filling.path.parent) == {"tyj-2025.yaml"}
    disk.room = 10**9
    filling.flush()
    assert recover(_contents(filling), BASE).text == filling.document.text


def test_after_a_failed_sync_all_that_is_uncertain_is_written_again(
    filling: Filling, monkeypatch: Any
) -> None:
    filling.set(A, 2)
    filling.flush()
    sync = os.fsync

    def fails(descriptor: int) -> None:
        raise OSError(errno.EIO, "no")

    monkeypatch.setattr(os, "fsync", fails)
    filling.set(A, 3)
    assert not filling.journal.flush(5)
    assert filling.journal.path is not None
    os.truncate(filling.journal.path, filling.journal._writing.file._size)
    monkeypatch.setattr(os, "fsync", sync)
    assert len(filling.entries()) == 3


def test_a_journal_that_was_deleted_comes_back_with_all_it_held(filling: Filling) -> None:
    filling.set(A, 2)
    filling.flush()
    assert filling.journal.path is not None
    filling.journal.path.unlink()
    filling.set(A, 3)
    assert len(filling.entries()) == 3
    assert recover(_contents(filling), BASE).text == filling.document.text


def test_journals_of_several_sessions_are_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    fillings = [Filling(path) for _ in range(3)]
    for number, one in enumerate(fillings, 2):
        one.set(A, number)
        one.flush()
    found = find_journals(path)
    pid = os.getpid()
    assert {journal.path.name for journal in found} == {
        ".a.yaml.journal",
        f".a.yaml.{pid}.journal",
        f".a.yaml.{pid}-2.journal",
    }
    assert all(journal.in_use for journal in found)
    fillings[0].journal.close(keep=False)
    fillings[1].journal.close(keep=True)
    assert [journal.in_use for journal in find_journals(path)].count(False) == 1
    fillings[2].journal.close(keep=True)
    texts = {recover(journal.contents, BASE).text for journal in find_journals(path)}
    assert texts == {one.document.text for one in fillings[1:]}


def test_journals_of_other_reports_are_not_found(tmp_path: Path) -> None:
    long = "某" * 80
    names = ["a.yaml", "a.yaml.1", "a.yaml.1.journal", long + ".yaml", long + "某.yaml"]
    fillings = [Filling(tmp_path / name) for name in names]
    for one in fillings:
        one.set(A, 2)
        one.flush()
    for one in fillings:
        (found,) = find_journals(one.path)
        assert found.path == one.journal.path
        one.journal.close(keep=False)


def test_where_the_folder_may_not_be_written_the_journal_lies_with_the_person(
    filling: Filling, monkeypatch: Any
) -> None:
    new = journal_places.open_new

    def refused(path: Path, mode: int) -> int:
        if path.parent == filling.path.parent:
            raise PermissionError(errno.EACCES, "no")
        return new(path, mode)

    monkeypatch.setattr(journal_places, "open_new", refused)
    filling.set(A, 2)
    filling.flush()
    (found,) = find_journals(filling.path)
    assert found.path.parent == private_place(filling.path)
    assert stat.S_IMODE(found.path.parent.stat().st_mode) == 0o700
    assert found.in_use
    assert _names(filling.path.parent) == {"tyj-2025.yaml"}


def test_a_link_to_the_report_finds_the_same_journal(filling: Filling, tmp_path: Path) -> None:
    filling.set(A, 2)
    filling.flush()
    link = tmp_path / "link.yaml"
    link.symlink_to(filling.path)
    assert [found.path for found in find_journals(link)] == [filling.journal.path]


def test_a_leftover_without_content_goes_and_every_other_stays(filling: Filling) -> None:
    torn = filling.path.with_name(".tyj-2025.yaml.journal")
    torn.write_bytes(b'{"seq":0,"entry":"header"')
    filling.set(A, 3)
    filling.flush()
    assert filling.journal.path == torn
    begun = filling.path.with_name(".tyj-2025.yaml.78.journal")
    begun.write_bytes(torn.read_bytes().split(b"\n")[0] + b'\n{"seq":1')
    newer = filling.path.with_name(".tyj-2025.yaml.77.journal")
    newer.write_bytes(b'{"seq":0,"entry":"header","format":"disclosure-journal/2"}\n')
    assert [found.path for found in find_journals(filling.path)] == [torn, begun]
    sweep_journals(filling.path)
    assert [found.path for found in find_journals(filling.path)] == [torn]
    assert newer.exists()
    assert not begun.exists()


def test_pipes_and_links_in_the_place_of_a_journal_do_no_harm(filling: Filling) -> None:
    name = filling.path.with_name(".tyj-2025.yaml.journal")
    os.mkfifo(name)
    with pytest.raises(DocumentError):
        read_journal(name)
    other = filling.path.with_name("other")
    other.write_bytes(b"")
    link = filling.path.with_name(f".tyj-2025.yaml.{os.getpid()}.journal")
    link.symlink_to(other)
    filling.set(A, 2)
    filling.flush()
    (found,) = find_journals(filling.path)
    assert found.path.name == f".tyj-2025.yaml.{os.getpid()}-2.journal"
    assert other.read_bytes() == b""


@pytest.mark.parametrize(
    ("boot", "host", "pid", "writer"),
    [
        (None, None, os.getpid(), Writer.ALIVE),
        (None, None, 2**22 + 1, Writer.DEAD),
        ("other", None, os.getpid(), Writer.DEAD),
        ("other", "far", os.getpid(), Writer.ELSEWHERE),
    ],
    ids=["alive", "dead", "before the last boot", "another machine"],
)
def test_who_writes_a_journal_without_a_lock(
    filling: Filling, monkeypatch: Any, boot: Any, host: Any, pid: int, writer: Writer
) -> None:
    monkeypatch.setattr(journal_file, "lock", lambda _: False)
    monkeypatch.setattr(journal_places, "lock", lambda _: False)
    monkeypatch.setattr(os, "getpid", lambda: pid)
    if boot is not None:
        monkeypatch.setattr(journal_file, "boot_id", lambda: boot)
    if host is not None:
        monkeypatch.setattr(journal_file, "host_name", lambda: host)
    filling.set(A, 2)
    filling.flush()
    (found,) = find_journals(filling.path)
    assert found.writer is writer


def test_what_is_given_up_is_kept(filling: Filling) -> None:
    filling.set(A, 2)
    filling.flush()
    (found,) = find_journals(filling.path)
    with pytest.raises(SaveError, match="in use"):
        discard(found, NOW)
    filling.journal.close(keep=True)
    (found,) = find_journals(filling.path)
    kept = discard(found, NOW)
    folder = filling.path.parent / ".history" / "tyj-2025.yaml"
    assert kept == folder / "2026-01-12T16-40-00.journal"
    assert recover(read_journal(kept), BASE).text == filling.document.text
    assert find_journals(filling.path) == ()
    other = Filling(filling.path)
    other.set(A, 3)
    other.journal.close(keep=True)
    (found,) = find_journals(filling.path)
    assert discard(found, NOW) == folder / "2026-01-12T16-40-00-2.journal"
    assert recover(read_journal(kept), BASE).text == filling.document.text


def test_a_journal_taken_over_by_another_is_removed(filling: Filling) -> None:
    filling.set(A, 2)
    filling.flush()
    (found,) = find_journals(filling.path)
    remove(found)
    assert find_journals(filling.path) != ()
    filling.journal.close(keep=True)
    (found,) = find_journals(filling.path)
    remove(found)
    assert find_journals(filling.path) == ()


def test_the_journal_stays_short_and_undo_across_the_save_too(
    filling: Filling, monkeypatch: Any
) -> None:
    monkeypatch.setattr(journal_file, "LONGEST", 20_000)
    monkeypatch.setattr(journal_file, "KEPT", 4_000)
    changes = [filling.set(B, f"{number}\n" * 50) for number in range(60)]
    filling.journal.cell(A, "12")
    filling.flush()
    assert filling.journal.path is not None
    assert filling.journal.path.stat().st_size > 20_000
    filling.save()
    filling.flush()
    assert filling.journal.path.stat().st_size < 6_000
    (found,) = find_journals(filling.path)
    assert found.in_use
    recovery = recover(found.contents, filling.document.encode())
    assert recovery.cells == {A: "12"}
    count = len(recovery.earlier)
    assert 3 < count < 60
    assert [step.change for step in recovery.earlier] == changes[-count:]
    for change in reversed(changes):
        filling.undo(change)
    filling.set(A, 5)
    filling.flush()
    recovery = recover(_contents(filling), filling.path.read_bytes())
    assert recovery.text == filling.document.text == BASE.decode().replace("1  #", "5  #")
    assert _names(filling.path.parent) == {"tyj-2025.yaml", ".tyj-2025.yaml.journal"}


def test_a_line_of_another_place_or_kind_ends_the_reading() -> None:
    lines = [encode(0, Saved("x")), encode(1, Saved("y"))]
    assert parse(b"".join(lines)).header is None
    assert parse(b"") == parse(b"").__class__(None, (), torn=False)


def test_no_base_that_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(DocumentError):
        Journal.begin(tmp_path / "a.yaml", b"\xff\xfe", "x")


def test_a_sweep_never_removes_the_journal_that_has_just_taken_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two sweep an empty journal at once; between the two a third begins one of that name."""
    report = tmp_path / "a.yaml"
    report.write_bytes(BASE)
    path = tmp_path / ".a.yaml.journal"
    path.write_bytes(b"")
    real = journal_places.lock

    def meanwhile(descriptor: int) -> bool:
        path.unlink()
        path.write_bytes(b"the work of another")
        return real(descriptor)

    monkeypatch.setattr(journal_places, "lock", meanwhile)
    sweep_journals(report)
    assert path.read_bytes() == b"the work of another"


def _sealed(*lines: dict[str, Any]) -> bytes:
    """Return lines whose checksums are right, whatever they say."""
    sealed = b""
    for number, line in enumerate(lines):
        body = json.dumps({"seq": number, **line}, ensure_ascii=False).encode()[:-1]
        digest = hashlib.blake2b(body, digest_size=8).hexdigest()
        sealed += body + f',"check":"{digest}"}}\n'.encode()
    return sealed


HEADER: dict[str, Any] = {
    "entry": "header", "format": "disclosure-journal/1", "tool": "t", "report": "/r.yaml",
    "base_sha256": "0", "person": "张某", "host": "h", "pid": 7, "boot_id": "b",
    "started": "2026-01-12", "locked": True,
}  # fmt: skip
TEXT_BASE: dict[str, Any] = {"entry": "base", "text": "a: 1\n", "has_mark": False}
STEP: dict[str, Any] = {
    "entry": "commit", "title": ["", ""], "pointers": ["/a"], "followed": [],
    "replacements": [[3, "1", "2"]],
}  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        *({**TEXT_BASE, name: wrong} for name in ("text", "has_mark") for wrong in (None, 7, [])),
        *(
            {**STEP, name: wrong}
            for name in ("title", "pointers", "followed", "replacements")
            for wrong in (None, 7, "x", [7], [[7]], {"x": 1}, [[3, 1, 2]], [["3", "1", "2"]])
        ),
        *({"entry": "prose", "pointer": wrong, "text": "x"} for wrong in (None, 7, "no", ["/a"])),
        *({"entry": "cell", "pointer": "/a", "text": wrong} for wrong in (7, ["x"], {})),
        *({"entry": "saved", "sha256": wrong} for wrong in (None, 7, [])),
        *({"entry": wrong} for wrong in (None, 7, "other", ["base"], {})),
    ],
)
def test_a_line_that_makes_no_sense_ends_the_journal(line: dict[str, Any]) -> None:
    """Somebody who may write in the folder may put any line there, with its checksum."""
    assert len(parse(_sealed(HEADER, TEXT_BASE, STEP)).entries) == 2
    contents = parse(_sealed(HEADER, TEXT_BASE, line, STEP))
    assert contents.entries == (Base("a: 1\n", has_mark=False),)
    assert contents.torn
    assert recover(contents, b"a: 1\n").count == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {name: value}
        for name in HEADER
        for value in (None, [], {"x": 1}, "7" if name in ("pid", "locked") else 7)
    ],
)
def test_a_header_that_makes_no_sense_is_none(wrong: dict[str, Any]) -> None:
    assert parse(_sealed({**HEADER, **wrong}, TEXT_BASE)).header is None


def test_a_line_nested_beyond_all_measure_ends_the_journal() -> None:
    body = b'{"seq":0,"entry":' + b"[" * 100_000
    digest = hashlib.blake2b(body, digest_size=8).hexdigest()
    contents = parse(body + f',"check":"{digest}"}}\n'.encode())
    assert contents.header is None
