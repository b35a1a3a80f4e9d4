"""A save is done whole or not at all, keeps what the file was, and never hits another's."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest

from disclosure_tui.errors import DocumentError, SaveError
from disclosure_tui.language import Language
from disclosure_tui.store import raw_files
from disclosure_tui.store.files import Saved, read_bytes, save, sweep
from disclosure_tui.store.hidden_names import beside
from disclosure_tui.store.in_place import interrupted
from disclosure_tui.store.save_errors import (
    BrokenLink,
    FileChanged,
    FileGone,
    FileTorn,
    NotAFile,
    ReadOnlyPlace,
)
from disclosure_tui.store.temporary import Temporary


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "报告.yaml"
    path.write_bytes(b"a: 1\n")
    return path


def _alone(report: Path) -> bool:
    return [path.name for path in report.parent.iterdir()] == [report.name]


def test_a_save_replaces_the_content_and_leaves_nothing_else(report: Path) -> None:
    save(report, b"a: 2\n", expected_sha256=_hash(b"a: 1\n"))
    assert read_bytes(report) == b"a: 2\n"
    assert _alone(report)


def test_the_same_content_is_not_written(report: Path) -> None:
    before = report.stat()
    save(report, b"a: 1\n", expected_sha256=_hash(b"a: 1\n"))
    assert (report.stat().st_mtime_ns, report.stat().st_ino) == (
        before.st_mtime_ns,
        before.st_ino,
    )


def test_a_file_that_somebody_changed_is_left_alone(report: Path) -> None:
    with pytest.raises(SaveError, match="Somebody changed"):
        save(report, b"a: 2\n", expected_sha256=_hash(b"a: 0\n"))
    assert report.read_bytes() == b"a: 1\n"
    assert _alone(report)


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o644])
def test_the_mode_stays(report: Path, mode: int) -> None:
    report.chmod(mode)
    save(report, b"a: 2\n", expected_sha256=_hash(b"a: 1\n"))
    assert stat.S_IMODE(report.stat().st_mode) == mode


def test_a_symbolic_link_stays_one(report: Path) -> None:
    link = report.parent / "link.yaml"
    link.symlink_to(report.name)
    save(link, b"a: 2\n", expected_sha256=_hash(b"a: 1\n"))
    assert link.is_symlink()
    assert report.read_bytes() == b"a: 2\n"


def test_extended_attributes_stay(report: Path) -> None:
    try:
        os.setxattr(report, "user.note", b"x")
    except (AttributeError, OSError):
        pytest.skip("the file system here keeps no extended attributes")
    save(report, b"a: 2\n", expected_sha256=_hash(b"a: 1\n"))
    assert os.getxattr(report, "user.note") == b"x"


def test_a_new_file_gets_its_mode_from_the_mask(tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    old = os.umask(0o027)
    try:
        save(path, b"a: 1\n", expected_sha256=None)
    finally:
        os.umask(old)
    assert path.read_bytes() == b"a: 1\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert _alone(path)


def test_a_new_file_never_replaces_one(report: Path) -> None:
    with pytest.raises(SaveError, match="exists"):
        save(report, b"a: 2\n", expected_sha256=None)
    assert report.read_bytes() == b"a: 1\n"
    assert _alone(report)


def test_a_new_file_never_replaces_one_that_came_meanwhile(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "exists", lambda *_: False)
    with pytest.raises(SaveError, match="exists"):
        save(report, b"a: 2\n", expected_sha256=None)
    assert report.read_bytes() == b"a: 1\n"


def test_a_new_file_where_there_are_no_hard_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", _failing(errno.EPERM))
    save(tmp_path / "new.yaml", b"a: 1\n", expected_sha256=None)
    assert (tmp_path / "new.yaml").read_bytes() == b"a: 1\n"
    assert _alone(tmp_path / "new.yaml")


@pytest.mark.parametrize(
    ("code", "english"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EDQUOT, "quota"),
        (errno.EACCES, "may not write"),
        (errno.EROFS, "read-only"),
        (errno.EIO, "The file cannot be written: the disk has an error"),
    ],
)
def test_what_the_system_refuses_is_said_and_nothing_is_left(
    report: Path, monkeypatch: pytest.MonkeyPatch, code: int, english: str
) -> None:
    monkeypatch.setattr(os, "fsync", _failing(code))
    with pytest.raises(SaveError, match=english) as caught:
        save(report, b"a: 2\n", expected_sha256=_hash(b"a: 1\n"))
    assert "没有写入" in caught.value.what.zh
    assert report.read_bytes() == b"a: 1\n"
    assert _alone(report)


def test_a_folder_that_cannot_be_synced_is_no_obstacle(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "no")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    save(report, b"a: 2\n", expected_sha256=_hash(b"a: 1\n"))
    assert report.read_bytes() == b"a: 2\n"


def test_a_file_that_is_gone_is_not_made_again(report: Path) -> None:
    report.unlink()
    with pytest.raises(SaveError, match="gone"):
        save(report, b"a: 2\n", expected_sha256=_hash(b"a: 1\n"))


def test_a_name_of_the_longest_kind(tmp_path: Path) -> None:
    path = tmp_path / ("报" * 83 + ".yaml")
    save(path, b"a: 1\n", expected_sha256=None)
    save(path, b"a: 2\n", expected_sha256=_hash(b"a: 1\n"))
    assert read_bytes(path) == b"a: 2\n"


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="no such file"):
        read_bytes(tmp_path / "none.yaml")
    with pytest.raises(DocumentError, match="folder"):
        read_bytes(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DocumentError, match="pipe or a device"):
        read_bytes(tmp_path / "pipe")
    (tmp_path / "large").write_bytes(b"a" * (2 * 1024 * 1024 + 1))
    with pytest.raises(DocumentError, match="larger"):
        read_bytes(tmp_path / "large")


def test_a_file_that_may_not_be_read(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "open", _failing(errno.EACCES))
    with pytest.raises(DocumentError, match="may not be read"):
        read_bytes(report)


def test_the_bytes_of_the_other_come_with_the_refusal(report: Path) -> None:
    with pytest.raises(FileChanged) as caught:
        save(report, b"a: 2\n", expected_sha256=_hash(b"a: 0\n"))
    assert caught.value.content == b"a: 1\n"


def test_the_time_of_the_file_is_not_trusted(report: Path) -> None:
    before = report.stat()
    report.write_bytes(b"a: 9\n")
    os.utime(report, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(FileChanged):
        save(report, b"a: 2\n", expected_sha256=_hash(b"a: 1\n"))
    os.utime(report, (1, 1))
    assert save(report, b"a: 2\n", expected_sha256=_hash(b"a: 9\n")) == Saved(report)


def test_a_change_right_before_the_rename_is_seen(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def fsync(descriptor: int) -> None:
        real(descriptor)
        report.write_bytes(b"a: 9\n")

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(FileChanged) as caught:
        save(report, b"a: 2\n", expected_sha256=_hash(b"a: 1\n"))
    assert caught.value.content == b"a: 9\n"
    assert report.read_bytes() == b"a: 9\n"
    assert _alone(report)


def test_links_that_lead_nowhere_are_said(tmp_path: Path) -> None:
    (tmp_path / "dangling").symlink_to("none.yaml")
    (tmp_path / "one").symlink_to("two")
    (tmp_path / "two").symlink_to("one")
    for expected in (None, _hash(b"a: 1\n")):
        with pytest.raises(BrokenLink, match="does not exist") as caught:
            save(tmp_path / "dangling", b"a: 2\n", expected_sha256=expected)
        assert "【none.yaml】不存在" in caught.value.what.zh
        with pytest.raises(BrokenLink, match="circle"):
            save(tmp_path / "one", b"a: 2\n", expected_sha256=expected)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dangling", "one", "two"]


def test_a_link_into_another_folder(report: Path, tmp_path: Path) -> None:
    folder = tmp_path / "links"
    folder.mkdir()
    (folder / "link.yaml").symlink_to(report)
    done = save(folder / "link.yaml", b"a: 2\n", expected_sha256=_hash(b"a: 1\n"))
    assert done.path == report
    assert [path.name for path in folder.iterdir()] == ["link.yaml"]


def test_all_names_of_a_file_see_the_save(report: Path) -> None:
    other = report.parent / "other.yaml"
    other.hardlink_to(report)
    done = save(report, b"a: 2, longer\n", expected_sha256=_hash(b"a: 1\n"))
    assert other.read_bytes() == report.read_bytes() == b"a: 2, longer\n"
    assert other.samefile(report)
    assert "2 个名字" in done.notes[0].zh
    save(report, b"a\n", expected_sha256=_hash(b"a: 2, longer\n"))
    assert other.read_bytes() == b"a\n"
    assert len(list(report.parent.iterdir())) == 2


def test_a_second_name_left_by_a_killed_process_is_no_second_name(report: Path) -> None:
    left = report.parent / f".{report.name}.{_dead()}.tmp"
    left.hardlink_to(report)
    done = save(report, b"a: 2\n", expected_sha256=_hash(b"a: 1\n"))
    assert done.notes == ()
    assert _alone(report)


@pytest.mark.parametrize("code", [errno.EXDEV, errno.EPERM, errno.EBUSY, errno.EACCES])
def test_where_a_file_cannot_be_exchanged_it_is_written_over(
    report: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    inode = report.stat().st_ino
    monkeypatch.setattr(os, "replace", _failing(code))
    monkeypatch.setattr(Path, "replace", _failing(code))
    done = save(report, b"a: 2\n", expected_sha256=_hash(b"a: 1\n"))
    assert "备份" in done.notes[0].zh
    assert (report.read_bytes(), report.stat().st_ino) == (b"a: 2\n", inode)
    assert _alone(report)


def test_a_rename_that_was_done_though_the_server_says_no(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.replace

    def replace(source: Path, target: Path) -> None:
        real(source, target)
        raise FileNotFoundError(errno.ENOENT, "lost answer")

    monkeypatch.setattr(os, "replace", replace)
    assert save(report, b"a: 2\n", expected_sha256=_hash(b"a: 1\n")).notes == ()
    assert report.read_bytes() == b"a: 2\n"


def test_what_stands_there_now_is_no_file(report: Path) -> None:
    report.unlink()
    report.mkdir()
    with pytest.raises(NotAFile):
        save(report, b"a: 2\n", expected_sha256=_hash(b"a: 1\n"))
    report.rmdir()
    os.mkfifo(report)
    with pytest.raises(NotAFile):
        save(report, b"a: 2\n", expected_sha256=_hash(b"a: 1\n"))


def test_the_folder_is_gone(report: Path, tmp_path: Path) -> None:
    for expected in (None, _hash(b"a: 1\n")):
        with pytest.raises(FileGone):
            save(tmp_path / "none" / "a.yaml", b"a: 2\n", expected_sha256=expected)


def test_a_folder_that_cannot_be_synced_for_another_reason_is_said(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EIO, "no")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    done = save(report, b"a: 2\n", expected_sha256=_hash(b"a: 1\n"))
    assert "没有确认" in done.notes[0].zh


def test_a_save_goes_on_when_the_folder_is_held_for_long(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raw_files, "_LONGEST_WAIT", 0.05)
    descriptor = os.open(report.parent, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        save(report, b"a: 2\n", expected_sha256=_hash(b"a: 1\n"))
    finally:
        os.close(descriptor)
    assert report.read_bytes() == b"a: 2\n"


def test_only_leftovers_of_dead_processes_are_swept(tmp_path: Path) -> None:
    dead, alive = _dead(), os.getppid()
    gone = [
        f".a.yaml.{dead}.tmp",
        f".报告.YML.{dead}.tmp",
        f".a.yaml.lock.{dead}.tmp",
        f".a@2026.1.schema.json.{dead}.tmp",
        f".a@2026.2.schema.json.retired.{dead}-0a1b2c3d.tmp",
    ]
    stay = [
        f".a.yaml.{alive}.tmp",
        f".a.yaml.{os.getpid()}.tmp",
        f".a.yaml.{dead}.1.backup",
        f"a.yaml.{dead}.tmp",
        f".database.{dead}.tmp",
        f".a.json.{dead}.tmp",
        f".a.yaml.0{dead}.tmp",
        ".a.yaml.tmp",
        f".a.yaml.{dead}.tmp~",
        "a.yaml",
    ]
    for name in (*gone, *stay):
        (tmp_path / name).write_bytes(b"x")
    folder = tmp_path / f".b.yaml.{dead}.tmp"
    folder.mkdir()
    link = tmp_path / f".c.yaml.{dead}.tmp"
    link.symlink_to("a.yaml")
    assert {path.name for path in sweep(tmp_path)} == set(gone)
    assert {path.name for path in tmp_path.iterdir()} == {*stay, folder.name, link.name}
    assert sweep(tmp_path / "none") == ()


def test_a_leftover_that_is_held_belongs_to_another_machine(tmp_path: Path) -> None:
    path = tmp_path / f".a.yaml.{_dead()}.tmp"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    assert sweep(tmp_path) == ()
    os.close(descriptor)
    assert sweep(tmp_path) == (path,)


def test_the_backup_of_a_write_that_was_cut_off_is_found(report: Path) -> None:
    assert interrupted(report) == ()
    backup = beside(report, f".{_dead()}.1.backup")
    backup.write_bytes(b"a: 0\n")
    beside(report, f".{os.getpid()}.1.backup").write_bytes(b"a: 0\n")
    (report.parent / f".other.yaml.{_dead()}.1.backup").write_bytes(b"")
    sweep(report.parent)
    assert interrupted(report) == (backup,)


def test_long_names_get_hidden_names_of_their_own(tmp_path: Path) -> None:
    one, two = (tmp_path / ("报" * 82 + tail) for tail in ("一.yaml", "二.yaml"))
    names = {beside(path, suffix).name for path in (one, two) for suffix in (".lock", ".9.tmp")}
    assert len(names) == 4
    assert all(len(name.encode()) <= 255 for name in names)


def test_a_read_only_place(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(report.parent / "state"))
    real = os.open

    def opened(path: Any, flags: int, *more: Any, **named: Any) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR):
            raise OSError(errno.EROFS, "no")
        return real(path, flags, *more, **named)

    monkeypatch.setattr(os, "open", opened)
    with pytest.raises(ReadOnlyPlace) as caught:
        save(report, b"a: 2\n", expected_sha256=_hash(b"a: 1\n"))
    for language in Language:
        assert len(caught.value.told(language).splitlines()) == 2


def _dead() -> int:
    child = subprocess.Popen(["true"])
    child.wait()
    return child.pid


def _failing(code: int) -> Any:
    def fail(*args: Any, **kwargs: Any) -> Any:
        raise OSError(code, os.strerror(code))

    return fail


def test_a_colleague_on_another_server_with_our_process_number_is_not_disturbed(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two servers share a folder; both programs have the same number, and locks do not reach."""
    monkeypatch.setattr(fcntl, "flock", _failing(errno.ENOLCK))
    with Temporary(report) as theirs:
        theirs.write(b"a: 3\n")
        with Temporary(report) as ours:
            ours.write(b"a: ")
            theirs.replace(report)
            assert report.read_bytes() == b"a: 3\n"
            ours.write(b"2\n")
            ours.replace(report)
    assert report.read_bytes() == b"a: 2\n"
    assert _alone(report)


def test_a_file_exchanged_while_it_is_written_in_place_is_noticed(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was written went into a file that has no name any more: that is no save."""
    (report.parent / "other.yaml").hardlink_to(report)
    real = os.ftruncate

    def exchange(descriptor: int, length: int) -> None:
        real(descriptor, length)
        new = report.with_name("new")
        new.write_bytes(b"a: 3\n")
        new.replace(report)

    monkeypatch.setattr(os, "ftruncate", exchange)
    with pytest.raises(FileChanged) as caught:
        save(report, b"a: 2\n", expected_sha256=_hash(b"a: 1\n"))
    assert caught.value.content == b"a: 3\n"
    assert report.read_bytes() == b"a: 3\n"


@pytest.mark.parametrize("name", ["posix_fallocate", "ftruncate", "fsync", "write"])
def test_an_interrupt_while_writing_in_place_leaves_the_old_content(
    report: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Ctrl+C right behind a call: what the call did is undone."""
    (report.parent / "other.yaml").hardlink_to(report)
    real, calls = getattr(os, name), []

    def interrupted(*args: Any) -> Any:
        done = real(*args)
        calls.append(args)
        if os.fstat(args[0]).st_nlink == 2 and len(calls) <= 3:
            calls.extend([args] * 3)
            raise KeyboardInterrupt
        return done

    monkeypatch.setattr(os, name, interrupted)
    with pytest.raises(KeyboardInterrupt):
        save(report, b"a: 22222222\n", expected_sha256=_hash(b"a: 1\n"))
    assert report.read_bytes() == b"a: 1\n"
    assert sorted(path.name for path in report.parent.iterdir()) == ["other.yaml", report.name]


def test_a_second_interrupt_does_not_take_the_backup_along(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (report.parent / "other.yaml").hardlink_to(report)
    real = os.write

    def interrupted(to: int, data: bytes) -> int:
        if os.fstat(to).st_nlink == 2:
            real(to, bytes(data)[:2])
            raise KeyboardInterrupt
        return real(to, data)

    monkeypatch.setattr(os, "write", interrupted)
    with pytest.raises(FileTorn) as caught:
        save(report, b"b: 2\n", expected_sha256=_hash(b"a: 1\n"))
    assert caught.value.backup.read_bytes() == b"a: 1\n"
