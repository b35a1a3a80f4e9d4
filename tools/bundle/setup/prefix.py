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
from running import running_from
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
                if left.is_dir() and not left.is_symlink():
                    shutil.rmtree(left, ignore_errors=True)
                else:
                    left.unlink(missing_ok=True)
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
        if link is None or self.is_own(link):
            return
        if not os.path.lexists(link):
            _require_writable(link.parent)
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
        if link is not None and link not in self.links:
            self._settle(link)
        _point(self.current, Path(version), self.folder / f"{STAGING}{_CURRENT}")
        if link is not None and not self.is_own(link):
            link.parent.mkdir(parents=True, exist_ok=True)
            _point(link, self._command, link.with_name(f".{link.name}.new"))

    @property
    def links(self) -> list[Path]:
        """The links made so far: each `--link` of an installation adds one."""
        try:
            settled = json.loads((self.folder / _SETTLED).read_bytes())
            return [Path(one) for one in settled.get("links", [settled.get("link")])]
        except (OSError, ValueError, AttributeError, TypeError):
            return []

    def remove(self, version: str) -> None:
        """Remove a version that is not in use.

        Raises:
            Refused: Somebody has it open.
        """
        self._require_idle(version)
        shutil.rmtree(self.folder / version)

    def remove_all(self) -> list[str]:
        """Remove every version, the scripts and the links; return what is left of others.

        Raises:
            Refused: Somebody has one open; nothing was removed.
        """
        for version in self.versions():
            self._require_idle(version)
        for link in self.links:
            if self.is_own(link):
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

    def _require_idle(self, version: str) -> None:
        """A program that runs loads parts of itself later: they must still be there."""
        running = running_from(self.folder / version)
        if running:
            told = ", ".join(running)
            raise Refused(
                f"还有人开着 {version}，没有删去：{told}（账号 进程号）。请让他们退出；"
                "找不到人的，可以执行 kill 进程号：没有保存的内容下次打开时可以找回。",
                f"{version} is open and was not removed: {told} (account, process). Have them "
                "leave it; or kill PROCESS: what is unsaved is offered when the report is opened.",
            )

    def _settle(self, link: Path) -> None:
        links = [str(one) for one in (*self.links, link)]
        self._write(_SETTLED, json.dumps({"links": links}) + "\n", 0o644)

    def _write_script(self, name: str, act: str) -> None:
        text = _SCRIPT.format(
            python=shlex.quote(str(self.current / "bin" / "python")),
            setup=shlex.quote(str(self.current / "setup")),
            prefix=shlex.quote(str(self.folder)),
            act=act,
        )
        self._write(name, text, 0o755)

    def _write(self, name: str, text: str, mode: int) -> None:
        """Write a file in one step; a new one left by an interruption is cleared by the next."""
        new = self.folder / f"{STAGING}{name}"
        new.write_text(text, encoding="utf-8")
        new.chmod(mode)
        new.replace(self.folder / name)


def _is_version(path: Path) -> bool:
    """Tell whether a folder is a version of this program: nothing else is ever removed."""
    if path.is_symlink() or not path.is_dir() or path.name.startswith("."):
        return False
    try:
        return json.loads((path / DESCRIPTION).read_bytes()).get("name") == _NAME
    except (OSError, ValueError, AttributeError):
        return False


def _require_writable(folder: Path) -> None:
    there = next(one for one in (folder, *folder.parents) if one.exists())
    if not os.access(there, os.W_OK | os.X_OK):
        raise Refused(
            f"不能在 {there} 里建链接，没有安装。请用 root 执行，或者用 --link 换一个位置。",
            f"no link can be made in {there}; nothing was installed. "
            "Run it as root, or name another place with --link.",
        )


def _point(link: Path, target: Path, new: Path) -> None:
    """Make a link, or turn it, in one step."""
    new.unlink(missing_ok=True)
    new.symlink_to(target)
    new.replace(link)
