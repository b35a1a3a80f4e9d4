"""Whatever system call of a save the system refuses: the old or the new file is there, whole."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from disclosure_tui.errors import SaveError
from disclosure_tui.language import Language
from disclosure_tui.store.files import Saved, save, sweep
from disclosure_tui.store.save_errors import FileTorn

OLD = b"a: 1\n" * 300
NEW = b"a: 22, longer\n" * 400
OLD_HASH = hashlib.sha256(OLD).hexdigest()

CODES = [errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EIO, errno.EROFS]
CALLS = [
    *("open", "close", "read", "write", "fsync", "ftruncate", "posix_fallocate", "lseek"),
    *("fchmod", "fchown", "listxattr", "getxattr", "setxattr", "removexattr"),
    *("stat", "lstat", "fstat", "access", "readlink", "listdir", "mkdir"),
    *("rename", "replace", "link", "unlink"),
]


class Fault:
    """A system call that fails at its n-th use, and from then on if it is to last."""

    def __init__(self, name: str, code: int, at: int, *, lasts: bool) -> None:
        self.name, self.code, self.at, self.lasts = name, code, at, lasts
        self.count = 0
        self.real: Callable[..., Any] = getattr(os, name)

    def __call__(self, *args: Any, **named: Any) -> Any:
        self.count += 1
        if self.count == self.at or (self.lasts and self.count > self.at):
            if self.name == "close":
                # The system frees the number also when it reports an error.
                self.real(*args, **named)
            raise OSError(self.code, os.strerror(self.code))
        return self.real(*args, **named)


@contextlib.contextmanager
def fault(name: str, code: int, at: int, *, lasts: bool) -> Iterator[Fault]:
    one = Fault(name, code, at, lasts=lasts)
    setattr(os, name, one)
    try:
        yield one
    finally:
        setattr(os, name, one.real)


def _attempt(path: Path, expected: str | None, one: Fault) -> Saved | SaveError:
    try:
        return save(path, NEW, expected_sha256=expected)
    except SaveError as error:
        return error


def _plain(folder: Path) -> Path:
    path = folder / "报告.yaml"
    path.write_bytes(OLD)
    path.chmod(0o664)
    with contextlib.suppress(OSError):
        os.setxattr(path, "user.note", b"x")
    if os.geteuid() == 0:
        os.chown(path, 61001, 62001)
    return path


def _linked(folder: Path) -> Path:
    path = _plain(folder)
    (folder / "other.yaml").hardlink_to(path)
    return path


def _behind_link(folder: Path) -> Path:
    (folder / "real").mkdir()
    path = _plain(folder / "real")
    (folder / "link.yaml").symlink_to(path)
    return folder / "link.yaml"


def _new(folder: Path) -> Path:
    folder.chmod(0o2770)
    return folder / "new.yaml"


SHAPES: list[Callable[[Path], Path]] = [_plain, _linked, _behind_link, _new]


@pytest.mark.parametrize("lasts", [False, True], ids=["once", "lasting"])
@pytest.mark.parametrize("code", CODES, ids=errno.errorcode.get)
@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_old_or_new_and_whole(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    shape: Callable[[Path], Path],
    name: str,
    code: int,
    lasts: bool,
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for at in itertools.count(1):
        folder = tmp_path / str(at)
        folder.mkdir()
        path = shape(folder)
        expected = None if shape is _new else OLD_HASH
        with fault(name, code, at, lasts=lasts) as one:
            done = _attempt(path, expected, one)
        _look(path, done, is_new=shape is _new)
        _look_for_leftovers(path, done)
        if one.count < at:
            assert isinstance(done, Saved)
            break
    assert at < 60


def _look(path: Path, done: Saved | SaveError, *, is_new: bool) -> None:
    """The file is whole, and it is what the answer says it is."""
    if isinstance(done, Saved):
        assert path.read_bytes() == NEW
        return
    for language in Language:
        lines = done.told(language).splitlines()
        assert len(lines) == 2, lines
        assert all(lines)
    if isinstance(done, FileTorn):
        assert done.backup.read_bytes() == OLD
    elif is_new:
        assert not path.exists()
    else:
        assert path.read_bytes() == OLD


def _look_for_leftovers(path: Path, done: Saved | SaveError) -> None:
    """Nothing is left, or only what the next save or a sweep takes away."""
    folder = path.resolve().parent
    left = [one for one in folder.iterdir() if one.name.endswith(".tmp")]
    if left:
        dead = os.fork()
        if dead == 0:
            os._exit(0)
        os.waitpid(dead, 0)
        left[0].rename(folder / left[0].name.replace(f".{os.getpid()}-", f".{dead}-"))
        assert len(sweep(folder)) == len(left) == 1
    if path.is_symlink() or isinstance(done, FileTorn):
        return
    allowed = {"报告.yaml", "other.yaml", "new.yaml"}
    left = [one for one in folder.iterdir() if one.name not in allowed]
    # A backup that could not be removed stays: it is somebody's content.
    assert all(one.name.endswith(".backup") for one in left)


@pytest.mark.parametrize("size", [1, 7, 1000])
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_writes_in_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shape: Callable[[Path], Path], size: int
) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda to, data: real(to, bytes(data)[:size]))
    path = shape(tmp_path)
    save(path, NEW, expected_sha256=None if shape is _new else OLD_HASH)
    assert path.read_bytes() == NEW


@pytest.mark.parametrize("at", [1, 2, 3, 5])
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_a_disk_that_fills_up_in_the_middle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shape: Callable[[Path], Path], at: int
) -> None:
    """The first pieces are taken, then there is no room; what was overwritten is put back."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    real, count = os.write, itertools.count(1)

    def write(to: int, data: bytes) -> int:
        number = next(count)
        if number == at + 4:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(to, bytes(data)[:800])

    monkeypatch.setattr(os, "write", write)
    path = shape(tmp_path)
    with contextlib.suppress(SaveError):
        save(path, NEW, expected_sha256=None if shape is _new else OLD_HASH)
    monkeypatch.undo()
    if shape is _new:
        assert not path.exists() or path.read_bytes() == NEW
    else:
        assert path.read_bytes() in (OLD, NEW)
    assert not list(tmp_path.rglob("*.tmp"))


def test_a_write_that_takes_nothing_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _plain(tmp_path)
    monkeypatch.setattr(os, "write", lambda *_: 0)
    with pytest.raises(SaveError, match="cannot be written"):
        save(path, NEW, expected_sha256=OLD_HASH)
    assert path.read_bytes() == OLD


def test_a_file_half_written_in_place_names_its_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _linked(tmp_path)
    real, count = os.write, itertools.count(1)

    def write(to: int, data: bytes) -> int:
        number = next(count)
        if number > 2:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        # First the whole backup, then a part of the file itself, then nothing any more.
        return real(to, data if number == 1 else bytes(data)[:9])

    monkeypatch.setattr(os, "write", write)
    with pytest.raises(FileTorn) as caught:
        save(path, NEW, expected_sha256=OLD_HASH)
    assert caught.value.backup.read_bytes() == OLD
    assert str(caught.value.backup) in caught.value.told(Language.CHINESE)
