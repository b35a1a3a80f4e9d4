"""Makes the folder of one version: an interpreter of its own, the libraries, the program.

Wheels are unpacked, not handed to pip: so nothing is asked of a network, of pip's settings or of
a package that Debian splits off (ensurepip). Every wheel was compared with its checksum before.
"""

from __future__ import annotations

import compileall
import json
import shlex
import shutil
import stat
import sys
import zipfile
from pathlib import Path, PurePosixPath
from py_compile import PycInvalidationMode

from package import DESCRIPTION, Package
from spoken import Refused

__all__ = ["open_to_all", "unpack"]

_SHARED = ("docs", "licences", "samples", "schemas", "README.md", "README.zh-CN.md", "CHANGELOG.md")
_LIBRARY_PARTS = ("purelib", "platlib")
_LAUNCHER = """#!/bin/sh
# UTF-8 whatever the locale says; nothing from the person's own Python settings and libraries.
python={python}
if [ ! -x "$python" ]; then
  echo "disclosure: the Python it was installed with is gone. Administrator: install it again." >&2
  echo "disclosure：安装时所用的 Python 已不在，请管理员重新安装本程序。" >&2
  exit 3
fi
exec "$python" -I -X utf8 -m disclosure_tui "$@"
"""


def unpack(package: Package, staging: Path, final: Path) -> None:
    """Make the folder of a version.

    Args:
        package: What is to be installed.
        staging: The folder to fill; it is there, and empty.
        final: What the folder will be called.

    Raises:
        Refused: The machine lacks something.
        OSError: The disk is full, or the like.
    """
    libraries = _interpreter(staging)
    for wheel in package.wheels:
        _unpack_wheel(wheel, libraries)
    shutil.copytree(package.folder / "setup", staging / "setup")
    for name in _SHARED:
        source, target = package.folder / name, staging / "share" / name
        target.parent.mkdir(exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copyfile(source, target)
    described = {**package.description, "digest": package.digest}
    (staging / DESCRIPTION).write_text(json.dumps(described, indent=1) + "\n", encoding="utf-8")
    launcher = staging / "bin" / "disclosure"
    python = shlex.quote(str(final / "bin" / "python"))
    launcher.write_text(_LAUNCHER.format(python=python), encoding="utf-8")
    _compile(staging, final)
    open_to_all(staging)


def _interpreter(staging: Path) -> Path:
    """Make an environment without pip; return the folder of its libraries."""
    try:
        import venv
    except ImportError as error:
        raise Refused(
            "本机的 Python 缺少 venv，没有安装。Debian 上请执行：apt-get install python3-venv",
            "this Python lacks venv; nothing was installed. Debian: apt-get install python3-venv",
        ) from error
    venv.EnvBuilder(symlinks=True, with_pip=False).create(staging)
    _name_version(staging / "bin")
    for path in (staging / "bin").iterdir():
        if "activate" in path.name.lower():
            path.unlink()  # they name the folder by what it is called now, and so does this line:
    settings = staging / "pyvenv.cfg"
    lines = settings.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("command ")]
    settings.write_text("".join(kept), encoding="utf-8")
    return next((staging / "lib").glob("python*")) / "site-packages"


def _name_version(folder: Path) -> None:
    """Lead to `python3.11` where the interpreter was called as `python3`.

    An upgrade of the system leads `python3` elsewhere, and another version finds no library here;
    that `python3.11` is gone the launcher can see, and says so.
    """
    wanted = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    called = folder / "python3"
    place = called.parent / called.readlink()
    while place.name != wanted and place.is_symlink():
        place = place.parent / place.readlink()
    if place.name != wanted or place.parent == folder:
        return
    for name, target in ((wanted, place), ("python3", Path(wanted)), ("python", Path(wanted))):
        (folder / name).unlink()
        (folder / name).symlink_to(target)


def _unpack_wheel(wheel: Path, libraries: Path) -> None:
    """Unpack what can be imported; a library's own commands are not wanted here."""
    with zipfile.ZipFile(wheel) as archive:
        for info in archive.infolist():
            parts = PurePosixPath(info.filename).parts
            if parts and parts[0].endswith(".data"):
                if len(parts) < 2 or parts[1] not in _LIBRARY_PARTS:
                    continue
                parts = parts[2:]
            if info.is_dir() or not parts:
                continue
            if ".." in parts or parts[0].startswith("/"):
                raise Refused(
                    f"{wheel.name} 里的路径 {info.filename} 不在它自己的文件夹里，没有安装。",
                    f"{wheel.name} names a path outside of itself: {info.filename}; "
                    "nothing was installed.",
                )
            target = libraries.joinpath(*parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(info) as source, target.open("wb") as stream:
                shutil.copyfileobj(source, stream)


def _compile(staging: Path, final: Path) -> None:
    """Compile once for everybody: who may not write here would compile at each start.

    The files never change, so their times, which a backup may alter, are not asked either.
    """
    compileall.compile_dir(
        staging / "lib",
        quiet=2,
        stripdir=str(staging),
        prependdir=str(final),
        invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
    )


def open_to_all(folder: Path) -> None:
    """Let everybody read, whatever the umask of the administrator says."""
    for path in (folder, *folder.rglob("*")):
        if path.is_symlink():
            continue
        is_command = path.parent.name == "bin" and path.parent.parent == folder
        open_mode = stat.S_IRWXU | stat.S_IRGRP | stat.S_IXGRP | stat.S_IROTH | stat.S_IXOTH
        path.chmod(open_mode if path.is_dir() or is_command else 0o644)
