"""The folder that holds all installed versions, and the link that leads to the one in use."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from package import DESCRIPTION
from spoken import Refused

__all__ = ["STAGING", "Prefix"]

STAGING = ".partial-"
_CURRENT = "current"
_SETTLED = "install.json"
_LOCK = ".lock"
_NAME = "disclosure-tui"
_SCRIPTS = {"versions.sh": "versions", "uninstall.sh": "uninstall"}
_SCRIPT = """#!/bin/sh
exec {python} -I -B -X utf8 {setup} {act} --prefix {prefix} "$@"
"""


@dataclass(frozen=True, slots=True)
class Prefix:
    """The folder of all versions: `VERSION/`, and `current`, a link to one of them."""

    folder: Path

    @property
    def current(self) -> Path:
        """The link to the version in use."""
        return self.folder / _CURRENT

    @property
    def in_use(self) -> str:
        """The version in use, or nothing."""
        try:
            return self.current.readlink().name
        except OSError:
            return ""

    def make(self) -> None:
        """Make the folder; each part of the path that is new is open to all."""
        new = [one for one in (self.folder, *self.folder.parents) if not one.exists()]
        for one in reversed(new):
            one.mkdir()
            one.chmod(0o755)

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Keep other installations away, and clear what one that broke off has left."""
        with (self.folder / _LOCK).open("w") as stream:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise Refused(
                    f"另一个安装正在 {self.folder} 进行，请等它结束。",
                    f"another installation is at work in {self.folder}; wait for its end.",
                ) from error
            for left in self.folder.glob(f"{STAGING}*"):
                shutil.rmtree(left, ignore_errors=True)
            yield

    def versions(self) -> list[str]:
        """Return the installed versions."""
        if not self.folder.is_dir():
            return []
        return sorted(one.name for one in self.folder.iterdir() if _is_version(one))

    def digest_of(self, version: str) -> str | None:
        """Return which archive a version came from; None where there is no such version."""
        try:
            described = json.loads((self.folder / version / DESCRIPTION).read_bytes())
        except (OSError, ValueError):
            return None
        return str(described.get("digest"))

    def require_link(self, link: Path | None) -> None:
        """See that the link can be made, before anything is."""
        if link is None or not os.path.lexists(link) or self.is_own(link):
            return
        raise Refused(
            f"{link} 已有，不是本程序的链接，没有安装。请用 --link 换一个名称。",
            f"{link} is there, and no link of this program; nothing was installed. "
            "Name another with --link.",
        )

    def is_own(self, link: Path) -> bool:
        """Tell whether a link leads to the program here."""
        return link.is_symlink() and str(link.readlink()) == str(self._command)

    @property
    def _command(self) -> Path:
        return self.current / "bin" / "disclosure"

    def switch(self, version: str, link: Path | None) -> None:
        """Take a version into use: the last step, and whole at every moment."""
        for name, act in _SCRIPTS.items():
            self._write_script(name, act)
        if link is not None:
            self._settle(link)
        _point(self.current, Path(version))
        if link is not None and not self.is_own(link):
            link.parent.mkdir(parents=True, exist_ok=True)
            _point(link, self._command)

    @property
    def link(self) -> Path | None:
        """The link made before, or None."""
        try:
            return Path(json.loads((self.folder / _SETTLED).read_bytes())["link"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def remove(self, version: str) -> None:
        """Remove a version that is not in use."""
        shutil.rmtree(self.folder / version)

    def remove_all(self) -> list[str]:
        """Remove every version, the scripts and the link; return what is left of others."""
        link = self.link
        if link is not None and self.is_own(link):
            link.unlink()
        self.current.unlink(missing_ok=True)
        for version in self.versions():
            self.remove(version)
        for name in (*_SCRIPTS, _SETTLED):
            (self.folder / name).unlink(missing_ok=True)
        left = self.remove_if_empty()
        (self.folder / _LOCK).unlink(missing_ok=True)
        return left

    def remove_if_empty(self) -> list[str]:
        """Remove the folder if nothing is in it; else return what is."""
        left = sorted(path.name for path in self.folder.iterdir() if path.name != _LOCK)
        if not left:
            (self.folder / _LOCK).unlink(missing_ok=True)
            self.folder.rmdir()
        return left

    def _settle(self, link: Path) -> None:
        _write(self.folder / _SETTLED, json.dumps({"link": str(link)}) + "\n", 0o644)

    def _write_script(self, name: str, act: str) -> None:
        text = _SCRIPT.format(
            python=shlex.quote(str(self.current / "bin" / "python")),
            setup=shlex.quote(str(self.current / "setup")),
            prefix=shlex.quote(str(self.folder)),
            act=act,
        )
        _write(self.folder / name, text, 0o755)


def _is_version(path: Path) -> bool:
    """Tell whether a folder is a version of this program: nothing else is ever removed."""
    if path.is_symlink() or not path.is_dir() or path.name.startswith("."):
        return False
    try:
        return json.loads((path / DESCRIPTION).read_bytes()).get("name") == _NAME
    except (OSError, ValueError, AttributeError):
        return False


def _point(link: Path, target: Path) -> None:
    """Make a link, or turn it, in one step."""
    new = link.with_name(f".{link.name}.{os.getpid()}")
    new.unlink(missing_ok=True)
    new.symlink_to(target)
    new.replace(link)


def _write(path: Path, text: str, mode: int) -> None:
    """Write a file in one step."""
    new = path.with_name(f".{path.name}.{os.getpid()}")
    new.write_text(text, encoding="utf-8")
    new.chmod(mode)
    new.replace(path)
