"""A save is done whole or not at all, keeps what the file was, and never hits another's."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from disclosure_tui.errors import DocumentError, SaveError
from disclosure_tui.store.files import read_bytes, save


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
        (errno.EIO, "could not write"),
    ],
)
def test_what_the_system_refuses_is_said_and_nothing_is_left(
    report: Path, monkeypatch: pytest.MonkeyPatch, code: int, english: str
) -> None:
    monkeypatch.setattr(os, "fsync", _failing(code))
    with pytest.raises(SaveError, match=english) as caught:
        save(report, b"a: 2\n", expected_sha256=_hash(b"a: 1\n"))
    assert "没有保存" in caught.value.what.zh
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
    with pytest.raises(DocumentError, match="could not read"):
        read_bytes(tmp_path / "pipe")
    (tmp_path / "large").write_bytes(b"a" * (2 * 1024 * 1024 + 1))
    with pytest.raises(DocumentError, match="larger"):
        read_bytes(tmp_path / "large")


def test_a_file_that_may_not_be_read(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "open", _failing(errno.EACCES))
    with pytest.raises(DocumentError, match="may not be read"):
        read_bytes(report)


def _failing(code: int) -> Any:
    def fail(*args: Any, **kwargs: Any) -> Any:
        raise OSError(code, os.strerror(code))

    return fail
