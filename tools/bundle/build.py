"""Put everything that a machine without a network needs into one archive (make bundle).

build.py [--python 3.13] [--platform manylinux_2_17_x86_64 ...] [--to dist]

The archive holds the wheels of the lock file, each compared with its hash, the program's own
wheel, schemas, samples, documentation, licences, the installer and the checksums of all of it.
The same sources and the same wheels give the same bytes: names are sorted, times are that of the
last commit (SOURCE_DATE_EPOCH if set), owners are nobody in particular.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from licences import write_licences

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements" / "bundle.txt"
EXECUTABLE = frozenset({"install.sh"})
COPIED = (
    "README.md",
    "README.zh-CN.md",
    "CHANGELOG.md",
    "docs",
    "samples",
    "schemas",
)
OWN = Path(__file__).resolve().parent
_UNWANTED = shutil.ignore_patterns("__pycache__", ".*")
_NO_COMMIT = 1577836800
"""2020-01-01: for sources that are not in git."""


def main() -> int:
    """Build the archive and print its name."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    here = f"{sys.version_info[0]}.{sys.version_info[1]}"
    parser.add_argument("--python", default=here, help="version of the target (%(default)s)")
    parser.add_argument("--platform", action="append", default=[], help="wheels of the target")
    parser.add_argument("--to", type=Path, default=ROOT / "dist", help="folder of the archive")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="disclosure-bundle-") as place:
        folder = Path(place) / "content"
        description = gather(folder, options.python, options.platform)
        name = "-".join(
            (
                description["name"],
                description["version"],
                f"cp{options.python.replace('.', '')}",
                f"{description['system']}_{description['machine']}",
            )
        )
        options.to.mkdir(parents=True, exist_ok=True)
        archive = options.to / f"{name}.tar.gz"
        write_archive(folder, name, archive)
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    archive.with_name(f"{archive.name}.sha256").write_text(f"{digest}  {archive.name}\n")
    print(f"{archive}\nsha256 {digest}")
    return 0


def gather(folder: Path, python: str, platforms: list[str]) -> dict[str, str]:
    """Put all files of the archive into a folder; return what is told of it."""
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    download(wheels, python, platforms)
    version = build_own(wheels)
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=_UNWANTED)
        else:
            shutil.copyfile(source, folder / name)
    shutil.copytree(OWN / "setup", folder / "setup", ignore=_UNWANTED)
    shutil.copyfile(OWN / "install.sh", folder / "install.sh")
    shutil.copyfile(LOCK, folder / "requirements.txt")
    write_licences(wheels, ROOT / "LICENSE", folder / "licences")
    description = {
        "name": "disclosure-tui",
        "version": version,
        "python": python,
        "system": sys.platform,
        "machine": machine_of(platforms),
    }
    (folder / "python-version").write_text(f"{python}\n")
    (folder / "bundle.json").write_text(json.dumps(description, indent=1) + "\n")
    sums = "".join(f"{digest(path)}  {name}\n" for name, path in files(folder))
    (folder / "SHA256SUMS").write_text(sums, encoding="utf-8")
    return description


def download(wheels: Path, python: str, platforms: list[str]) -> None:
    """Fetch the wheels of the lock file; pip compares every one with its hash."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    command += ["--no-deps", "--only-binary", ":all:", "--require-hashes"]
    if platforms or python != f"{sys.version_info[0]}.{sys.version_info[1]}":
        command += ["--implementation", "cp", "--python-version", python]
        for one in platforms:
            command += ["--platform", one]
    command += ["--requirement", str(LOCK), "--dest", str(wheels)]
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        told = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        reason = "\n".join(told) or done.stderr.strip()
        raise SystemExit(
            f"make bundle: the wheels of {LOCK.relative_to(ROOT)} could not be fetched. "
            "It needs a package index: the network, or a mirror named in pip's settings.\n"
            f"{reason}"
        )


def build_own(wheels: Path) -> str:
    """Build the program's own wheel; return its version."""
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"]
    command += ["--no-deps", "--no-build-isolation", "--wheel-dir", str(wheels), str(ROOT)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(source_date())}
    subprocess.run(command, check=True, env=environment)
    own = next(wheels.glob("disclosure_tui-*.whl"))
    return own.name.split("-")[1]


def machine_of(platforms: list[str]) -> str:
    """Return the processor that the wheels are for."""
    if not platforms:
        return platform.machine()
    found = re.search(r"(x86_64|aarch64|loongarch64|ppc64le|s390x|riscv64)$", platforms[0])
    if found is None:
        raise SystemExit(f"make bundle: no processor known in {platforms[0]}")
    return found[1]


def files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files of a folder by name, in the order of the archive."""
    names = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    yield from sorted(names.items())


def digest(path: Path) -> str:
    """Return the checksum of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def source_date() -> int:
    """Return the time that all files of the archive have."""
    settled = os.environ.get("SOURCE_DATE_EPOCH")
    if settled:
        return int(settled)
    asked = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True
    )
    return int(asked.stdout) if asked.returncode == 0 and asked.stdout.strip() else _NO_COMMIT


def write_archive(folder: Path, name: str, target: Path) -> None:
    """Write the archive: nothing in it depends on who makes it, where and when."""
    date = source_date()
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for file_name, path in files(folder):
            info = tarfile.TarInfo(f"{name}/{file_name}")
            info.size = path.stat().st_size
            info.mtime = date
            info.mode = 0o755 if file_name in EXECUTABLE else 0o644
            with path.open("rb") as stream:
                archive.addfile(info, stream)
    new = target.with_name(f".{target.name}.new")
    with new.open("wb") as stream, gzip.GzipFile("", "wb", 6, stream, mtime=date) as zipped:
        zipped.write(packed.getbuffer())
    new.replace(target)


if __name__ == "__main__":
    sys.exit(main())
