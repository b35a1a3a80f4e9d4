"""A git repository, through the program `git`: the one place that runs it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import DocumentError
from disclosure_tui.language import Text, same

__all__ = ["Repository", "Version"]

_SETTINGS = ("-c", "core.fsmonitor=false", "-c", "core.quotepath=off")
"""No monitor is started and no name is spelt in escapes, whatever the repository says."""


@dataclass(frozen=True, slots=True)
class Version:
    """A file as one commit has it.

    Attributes:
        name: Its path from the top of the repository, in that commit.
        content: Its bytes.
    """

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Repository:
    """A working copy.

    Attributes:
        top: Its uppermost folder.
    """

    top: Path

    @classmethod
    def around(cls, place: Path) -> Repository:
        """Return the repository that a file or folder lies in.

        Raises:
            DocumentError: There is no git, or no repository there.
        """
        place = place.resolve()
        folder = place if place.is_dir() else place.parent
        if not folder.is_dir():
            raise DocumentError(
                Text("没有这个文件夹", "there is no such folder"), where=str(folder)
            )
        done = _git(folder, "rev-parse", "--show-toplevel")
        if done.returncode == 0:
            return cls(Path(os.fsdecode(done.stdout.rstrip(b"\n"))))
        if b"dubious ownership" in done.stderr:
            raise DocumentError(
                Text(
                    "这个版本库属于别的用户，git 不肯读",
                    "git refuses to read this repository: it belongs to another user",
                ),
                hint=Text(
                    "信得过的，请运行 git config --global --add safe.directory 加上该文件夹",
                    "if you trust it, run git config --global --add safe.directory FOLDER",
                ),
                where=str(place),
            )
        raise DocumentError(
            Text("不在版本库里", "this is not in a git repository"),
            hint=Text(
                "要比较两份文件，请写两个文件名：disclosure diff 旧文件 新文件",
                "to compare two files, name both: disclosure diff OLD NEW",
            ),
            where=str(place),
        )

    def commit(self, revision: str) -> str:
        """Return the full name of a commit.

        Raises:
            DocumentError: There is none of that name.
        """
        done = self.run(
            "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
        )
        if done.returncode == 0:
            return done.stdout.decode().strip()
        raise DocumentError(
            Text(f"版本库里没有【{revision}】这个版本", f"there is no revision {revision!r}"),
            hint=Text(
                "用 git log 查看有哪些版本；还没有提交过的，没有旧版本可比",
                "git log lists them; before the first commit there is none",
            ),
            where=str(self.top),
        )

    def version(self, file: Path, revision: str) -> Version:
        """Return a file as a commit has it, under its former name if it was renamed since.

        Raises:
            DocumentError: The commit is not there or does not hold the file.
        """
        commit = self.commit(revision)
        name = self.name_of(file)
        for candidate in (name, self._former_name(name, commit)):
            if candidate is not None:
                content = self._blob(f"{commit}:{candidate}")
                if content is not None:
                    return Version(candidate, content)
        raise DocumentError(
            Text(
                f"版本【{revision}】里没有这个文件，没有旧内容可比",
                f"revision {revision!r} does not hold this file: there is nothing to compare with",
            ),
            hint=Text(
                "新文件要先提交一次；改过名的，先 git add 新旧两个名字",
                "commit a new file first; after a renaming, git add both names",
            ),
            where=str(file),
        )

    def staged(self, file: Path | str) -> bytes | None:
        """Return a file as it is staged; None if it is not tracked."""
        name = file if isinstance(file, str) else self.name_of(file)
        return self._blob(f":{name}")

    def staged_names(self) -> tuple[str, ...]:
        """Return the files whose staged content differs from the last commit, those gone left out.

        Raises:
            DocumentError: Git cannot tell.
        """
        arguments = (
            "diff",
            "--cached",
            "--name-only",
            "-z",
            "--no-ext-diff",
            "--diff-filter=ACMRT",
        )
        done = self.run(*arguments)
        if done.returncode:
            raise DocumentError(
                Text("git 说不出暂存了哪些文件", "git cannot tell what is staged"),
                hint=same(done.stderr.decode(errors="replace").strip()),
                where=str(self.top),
            )
        return tuple(_names(done.stdout))

    def name_of(self, file: Path) -> str:
        """Return the path of a file from the top, as git writes it; a link is followed."""
        return Path(os.path.relpath(file.resolve(), self.top.resolve())).as_posix()

    def run(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        """Run git at the top of the working copy."""
        return _git(self.top, *arguments)

    def _blob(self, name: str) -> bytes | None:
        done = self.run("cat-file", "blob", name)
        return done.stdout if done.returncode == 0 else None

    def _former_name(self, name: str, commit: str) -> str | None:
        done = self.run(
            "diff", "--no-ext-diff", "--name-status", "-z", "-M", "--diff-filter=R", commit
        )
        fields = list(_names(done.stdout)) if done.returncode == 0 else []
        for _, old, new in zip(fields[::3], fields[1::3], fields[2::3], strict=False):
            if new == name:
                return old
        return None


def _names(listed: bytes) -> Iterator[str]:
    return (os.fsdecode(name) for name in listed.split(b"\0") if name)


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        return subprocess.run(  # noqa: S603 - a fixed program, arguments as a list
            ["git", *_SETTINGS, *arguments],  # noqa: S607 - which git, the PATH decides
            cwd=folder,
            env=environment,
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except FileNotFoundError as error:
        raise DocumentError(
            Text("没有找到 git，读不了版本库", "git is not installed: no repository can be read"),
            hint=Text("请安装 git，或写两个文件名来比较", "install git, or name two files"),
            where=str(folder),
        ) from error
