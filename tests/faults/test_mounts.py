"""File systems that are full or oddly put together, for real: in a name space of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOT_ALLOWED = 77
SMALL = 'mount -t tmpfs -o size=192k none "$1"'
ITSELF = 'mount --bind "$1/other.yaml" "$1/r.yaml"'
READ_ONLY = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1"'
SAVE = """
import hashlib, sys
from pathlib import Path
from disclosure_tui.errors import SaveError
from disclosure_tui.store.files import save
path = Path(sys.argv[1]) / "r.yaml"
try:
    done = save(path, b"a: 22\\n", expected_sha256=hashlib.sha256(path.read_bytes()).hexdigest())
    print("saved", *(note.zh for note in done.notes))
except SaveError as error:
    print(type(error).__name__, error.what.zh)
print(path.read_bytes(), sorted(one.name for one in path.parent.iterdir()))
"""


def _run_in(folder: Path, mount: str, *program: str) -> str:
    """Run a Python program where a mount is made first; nobody else sees the mount."""
    if shutil.which("unshare") is None:
        pytest.skip("the program unshare is not installed")
    script = f'{mount} || exit {NOT_ALLOWED}; shift; exec "$@"'
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script, "sh", str(folder), sys.executable, *program],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT / "tests")},
    )
    if done.returncode == NOT_ALLOWED or done.stderr.startswith("unshare:"):
        pytest.skip(f"this account may not mount: {done.stderr.strip()}")
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    path = tmp_path / "folder"
    path.mkdir()
    return path


def test_a_disk_that_is_full(folder: Path, tmp_path: Path) -> None:
    """Saving refuses, the reserved room takes the last step, and with room again all goes on."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    said = _run_in(folder, SMALL, "-m", "faults.full_disk", str(folder), str(elsewhere))
    assert said == "done\n"


def test_a_file_that_is_a_mount_of_its_own_is_written_over(folder: Path) -> None:
    """As containers put single files in place: nothing can be renamed over it."""
    (folder / "r.yaml").write_bytes(b"hidden below\n")
    (folder / "other.yaml").write_bytes(b"a: 1\n")
    said = _run_in(folder, ITSELF, "-c", SAVE, str(folder))
    assert said.startswith("saved 文件夹不允许换入新文件，已直接写入原文件（写入前做了备份）。\n")
    assert said.endswith("b'a: 22\\n' ['other.yaml', 'r.yaml']\n")
    assert (folder / "other.yaml").read_bytes() == b"a: 22\n"
    assert (folder / "r.yaml").read_bytes() == b"hidden below\n"


def test_a_file_system_for_reading_only(folder: Path) -> None:
    (folder / "r.yaml").write_bytes(b"a: 1\n")
    said = _run_in(folder, READ_ONLY, "-c", SAVE, str(folder))
    # A file there may not be written, whoever asks.
    assert said.splitlines()[0].endswith("没有写入。")
    assert said.endswith("b'a: 1\\n' ['r.yaml']\n")
