"""Room kept for the last entry of the journal."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest

from disclosure_tui.store.reserve import release, reserve
from unit.store.accounts import needs_root

SIZE = 64 * 1024


def test_room_is_really_taken_and_given_back(tmp_path: Path) -> None:
    path = tmp_path / ".a.reserve"
    assert reserve(path, SIZE)
    status = path.stat()
    assert stat.S_IMODE(status.st_mode) == 0o600
    assert status.st_blocks * 512 >= SIZE
    assert release(path)
    assert not release(path)
    assert list(tmp_path.iterdir()) == []


def test_room_that_is_there_is_used_again(tmp_path: Path) -> None:
    path = tmp_path / ".a.reserve"
    reserve(path, SIZE)
    before = path.stat().st_ino
    assert reserve(path, SIZE)
    assert path.stat().st_ino == before
    assert reserve(path, 2 * SIZE)
    assert path.stat().st_size == 2 * SIZE


def test_a_file_with_holes_is_no_room(tmp_path: Path) -> None:
    path = tmp_path / ".a.reserve"
    with path.open("wb") as file:
        file.truncate(SIZE)
    assert reserve(path, SIZE)
    assert path.stat().st_blocks * 512 >= SIZE


@pytest.mark.parametrize("call", ["open", "write", "fsync"])
def test_without_room_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def fail(*args: Any, **kwargs: Any) -> Any:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, call, fail)
    assert not reserve(tmp_path / ".a.reserve", SIZE)
    monkeypatch.undo()
    assert list(tmp_path.iterdir()) == []


@needs_root
def test_the_last_write_fits_on_a_full_disk() -> None:
    with tempfile.TemporaryDirectory() as name:
        mount = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=1m", "none", name],
            capture_output=True,
            check=False,
        )
        if mount.returncode:
            pytest.skip("no file system can be mounted here")
        try:
            folder = Path(name)
            path = folder / ".a.reserve"
            assert reserve(path, SIZE)
            _fill(folder / "others")
            with pytest.raises(OSError, match="No space"):
                (folder / "journal").write_bytes(b"x" * 1000)
            assert release(path)
            (folder / "journal").write_bytes(b"x" * SIZE)
        finally:
            subprocess.run(["umount", name], check=True)


def _fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        while True:
            try:
                file.write(b"x" * 4096)
            except OSError:
                return
