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

READ = """
import io, contextlib, sys
from pathlib import Path
from disclosure_tui.cli.main import run
root, new = sys.argv[1:]
report, schemas = f"{root}/units/a.yaml", f"{root}/schemas"
for words in (
    ["schema", "list", "--for", report],
    ["schema", "diff", "tiny/1", new, "--schema-dir", schemas],
    ["schema", "impact", new, report],
    ["schema", "rollback", "tiny/1", "--yes", "--schema-dir", schemas],
    ["check", report],
    ["show", report],
    ["set", report, "/requests/new/people", "2"],
):
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = run([*words, "--lang", "zh"])
    told = ["2026.2", "只能读取", "能写这个文件夹的人", "没有修改这个文件的权限"]
    print(code, *words[:2], *(one for one in told if one in said.getvalue()))
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


def test_a_whole_district_for_reading_only(district: District) -> None:
    """As reviewers see it: all that reads works, and what would write says why it does not."""
    district.install("2026.1")
    district.install("2026.2")
    report = district.root / "units/a.yaml"
    report.parent.mkdir()
    report.write_text("report_type: tiny/1\nyear: 2024\nrequests: {new: {people: 1, total: 2}}\n")
    before = report.read_bytes(), district.names
    new = str(district.file("2026.3"))
    said = _run_in(district.root, READ_ONLY, "-c", READ, str(district.root), new)
    assert said.replace(str(report), "REPORT").splitlines() == [
        "0 schema list 2026.2",
        "0 schema diff 2026.2",
        "0 schema impact",
        "3 schema rollback 2026.2 只能读取 能写这个文件夹的人",
        "1 check REPORT 2026.2",
        "0 show REPORT 2026.2",
        "3 set REPORT 没有修改这个文件的权限",
    ]
    assert before == (report.read_bytes(), district.names)
