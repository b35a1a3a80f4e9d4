"""A machine on which versions are installed, upgraded and removed."""

from __future__ import annotations

import subprocess
from pathlib import Path

from bundle.archives import Interpreter, clean_environment, make_archive

ENVIRONMENT = clean_environment()


class Server:
    """A machine on which versions are installed."""

    def __init__(self, place: Path, python: Interpreter) -> None:
        self.place, self.python = place, python
        self.prefix = place / "disclosure tui"
        self.link = place / "bin" / "disclosure"

    def archive(self, version: str, says: str = "") -> Path:
        folder = self.place / "from" / f"{version}{says}"
        return make_archive(folder, version, says=says, python=self.python.version)

    def command(self, archive: Path, *options: str) -> list[str]:
        target = ["--prefix", str(self.prefix), "--link", str(self.link)]
        return [str(archive / "install.sh"), *(options or target)]

    def install(self, archive: Path, *options: str) -> subprocess.CompletedProcess[str]:
        return self.run(self.command(archive, *options))

    def script(self, name: str, *options: str) -> subprocess.CompletedProcess[str]:
        return self.run([str(self.prefix / name), *options])

    def run(self, words: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words,
            env=ENVIRONMENT,
            capture_output=True,
            text=True,
            umask=0o077,
            cwd=self.place,
        )

    def printed(self, *arguments: str, account: int | None = None) -> str:
        groups = [] if account else None
        done = subprocess.run(
            [self.link, *arguments],
            env=ENVIRONMENT | {"PYTHONPATH": "/nonexistent", "PYTHONUTF8": "0"},
            capture_output=True,
            text=True,
            cwd="/",
            user=account,
            group=account,
            extra_groups=groups,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @property
    def held(self) -> list[str]:
        return sorted(path.name for path in self.prefix.iterdir())
