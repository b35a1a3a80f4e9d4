"""A disk that is full for real: a small file system in a name space of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MOUNT = 'mount -t tmpfs -o size=192k none "$1" || exit 77; shift; exec "$@"'
NOT_ALLOWED = 77


def test_a_disk_that_is_full(tmp_path: Path) -> None:
    """Saving refuses, the reserved room takes the last step, and with room again all goes on."""
    if shutil.which("unshare") is None:
        pytest.skip("the program unshare is not installed")
    folder, elsewhere = tmp_path / "small", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    program = [sys.executable, "-m", "faults.full_disk", str(folder), str(elsewhere)]
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", MOUNT, "sh", str(folder), *program],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT / "tests")},
    )
    if done.returncode == NOT_ALLOWED or "unshare" in done.stderr.split(":")[0]:
        pytest.skip("this account may not mount a small file system")
    assert done.stdout == "done\n", done.stderr
