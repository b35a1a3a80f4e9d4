"""Small archives as `make bundle` lays them out, with stand-ins for the program and libraries."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import os
import platform
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = ROOT / "tools" / "bundle"
_LIBRARIES = ("docx", "lxml", "openpyxl", "typst", "xlsxwriter")


@dataclass(frozen=True, slots=True)
class Interpreter:
    """A Python that accounts other than the tester's can run."""

    path: Path
    version: str


def system_python() -> Interpreter:
    """Return the machine's own Python, or skip: one in somebody's home is closed to others."""
    for name in ("/usr/bin/python3", "/usr/local/bin/python3"):
        path = Path(name)
        if path.exists() and not str(path.resolve()).startswith("/root/"):
            ask = "import sys, venv; print('%d.%d' % sys.version_info[:2])"
            done = subprocess.run([path, "-I", "-c", ask], capture_output=True, text=True)
            version = done.stdout.strip()
            if done.returncode == 0 and tuple(map(int, version.split("."))) >= (3, 11):
                return Interpreter(path, version)
    pytest.skip("the machine has no Python 3.11 or later with venv outside of home folders")


def make_archive(folder: Path, version: str, *, says: str = "", python: str) -> Path:
    """Make an unpacked archive whose program prints its version and what it was told to say.

    What says that it is `broken` ends with a fault; what `waits` goes on once there is a file `go`
    beside the folder of all versions, and tells by a file `tried` that it waits.
    """
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    program = {
        "disclosure_tui/__init__.py": f"VERSION = {version!r}\n",
        "disclosure_tui/__main__.py": _PROGRAM.format(says=says),
    }
    own = wheels / f"disclosure_tui-{version}-py3-none-any.whl"
    write_wheel(own, "disclosure_tui", version, program)
    libraries = {f"{name}/__init__.py": "" for name in _LIBRARIES} | {"lxml/etree.py": ""}
    libraries["libraries-1.data/scripts/vba_extract.py"] = "raise SystemExit"
    libraries["libraries-1.data/purelib/beside.py"] = ""
    wheel = wheels / "libraries-1-py3-none-any.whl"
    write_wheel(wheel, "libraries", "1", libraries)
    for name in ("docs", "licences", "samples/complete", "schemas"):
        (folder / name).mkdir(parents=True)
    (folder / "samples/complete/sqs-2023.yaml").write_text("year: 2023\n")
    for name in ("README.md", "README.zh-CN.md", "CHANGELOG.md"):
        (folder / name).write_text(f"# {version}\n")
    shutil.copytree(TOOLS / "setup", folder / "setup", ignore=shutil.ignore_patterns("__pyc*"))
    shutil.copy(TOOLS / "install.sh", folder / "install.sh")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    (folder / "requirements.txt").write_text(f"libraries==1 --hash=sha256:{digest}\n")
    (folder / "python-version").write_text(python + "\n")
    described = {
        "name": "disclosure-tui",
        "version": version,
        "python": python,
        "system": sys.platform,
        "machine": platform.machine(),
    }
    (folder / "bundle.json").write_text(json.dumps(described))
    seal(folder)
    return folder


_PROGRAM = """
import pathlib, sys, time
from disclosure_tui import VERSION
says = {says!r}
if says == "broken":
    sys.exit("a library is missing")
if says == "waits":
    place = pathlib.Path(sys.prefix).parents[1]
    while not (place / "go").exists():
        (place / "tried").touch()
        time.sleep(0.01)
print(VERSION, says, sys.flags.utf8_mode, sys.flags.isolated, *sys.argv[1:], flush=True)
if says == "stays" and sys.argv[1:2] != ["check"]:
    sys.stdin.read()
"""


def write_wheel(path: Path, name: str, version: str, files: Mapping[str, str]) -> None:
    """Write a wheel, with its list of files."""
    about = f"{name}-{version}.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    record = io.StringIO()
    writer = csv.writer(record)
    with zipfile.ZipFile(path, "w") as archive:
        for file, text in {**files, f"{about}/METADATA": metadata}.items():
            archive.writestr(file, text)
            digest = hashlib.sha256(text.encode()).digest()
            encoded = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
            writer.writerow((file, f"sha256={encoded}", len(text.encode())))
        archive.writestr(f"{about}/RECORD", record.getvalue())


def seal(folder: Path) -> None:
    """Write the checksums of what is there now."""
    (folder / "SHA256SUMS").unlink(missing_ok=True)
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder)}\n"
        for path in paths
    ]
    (folder / "SHA256SUMS").write_text("".join(lines))


def clean_environment(**settings: str) -> dict[str, str]:
    """Return the environment of somebody who has settled nothing."""
    return {"PATH": os.defpath, "HOME": "/nonexistent", "LANG": "C", **settings}
