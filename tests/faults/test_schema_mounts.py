"""A schema installed where the disk is full, or for reading only: for real."""

from __future__ import annotations

from pathlib import Path

import pytest

from faults.test_mounts import READ_ONLY, _run_in
from unit.amending.versions import District, content_of

SMALL = 'mount -t tmpfs -o size=16k,mode=755 none "$1"'
INSTALL = """
import sys
from pathlib import Path
from disclosure_tui.cli.main import run
folder, *files = sys.argv[1:]
for number, name in enumerate(files):
    if number == 1:
        filler = Path(folder, "filler").open("wb", buffering=0)
        try:
            while True:
                filler.write(b"x" * 512)
        except OSError:
            pass
    code = run(["schema", "install", name, "--schema-dir", folder, "--yes", "--lang", "zh"])
    print("code", code, sorted(path.name for path in Path(folder).iterdir() if path.name[0] != "f"))
"""


@pytest.fixture
def district(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> District:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    found = District(tmp_path)
    found.schemas.mkdir()
    return found


def test_a_full_disk_keeps_the_version_in_force(district: District) -> None:
    """Nothing half is left, whatever could still be written."""
    files = [str(district.file(version)) for version in ("2026.1", "2026.2")]
    said = _run_in(district.schemas, SMALL, "-c", INSTALL, str(district.schemas), *files)
    codes = [line for line in said.splitlines() if line.startswith("code")]
    assert codes[0] == "code 0 ['tiny-1.schema.json']"
    assert codes[1].startswith("code 3")
    assert ".tmp" not in codes[1]


def test_a_folder_for_reading_only(district: District) -> None:
    path = district.schemas / "tiny-1.schema.json"
    path.write_bytes(content_of("2026.1"))
    new = str(district.file("2026.2"))
    said = _run_in(district.schemas, READ_ONLY, "-c", INSTALL, str(district.schemas), new)
    assert said.splitlines()[-1] == "code 3 ['tiny-1.schema.json']"
    assert path.read_bytes() == content_of("2026.1")
    assert district.names == [path.name]
