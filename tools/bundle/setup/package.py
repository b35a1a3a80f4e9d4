"""The unpacked archive: whether it is whole, and whether this machine can use it."""

from __future__ import annotations

import hashlib
import json
import platform
import sys
from dataclasses import dataclass
from pathlib import Path

from spoken import Refused

__all__ = ["Package"]

SUMS = "SHA256SUMS"
DESCRIPTION = "bundle.json"
LOCK = "requirements.txt"
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Package:
    """What is to be installed.

    Attributes:
        folder: The unpacked archive.
        version: Of the program.
        digest: Of the list of all files with their digests: it stands for every byte.
        description: The content of `bundle.json`.
    """

    folder: Path
    version: str
    digest: str
    description: dict[str, str]

    @classmethod
    def checked(cls, folder: Path) -> Package:
        """Read an archive, and compare every byte with its checksums.

        Raises:
            Refused: It is damaged, or made for another machine.
        """
        try:
            listed = (folder / SUMS).read_bytes()
            sums = dict(_sums(listed.decode("utf-8")))
            _require_whole(folder, sums)
            description = json.loads((folder / DESCRIPTION).read_bytes())
        except (OSError, ValueError) as error:
            raise Refused(
                f"安装包不完整（{error}），没有安装。请重新复制整个安装包再试。",
                f"the bundle is damaged ({error}); nothing was installed. "
                "Copy the whole archive again.",
            ) from error
        _require_this_machine(description)
        digest = hashlib.sha256(listed).hexdigest()
        return cls(folder, description["version"], digest, description)

    @property
    def wheels(self) -> list[Path]:
        """The libraries and the program."""
        return sorted((self.folder / "wheels").glob("*.whl"))


def _sums(text: str) -> list[tuple[str, str]]:
    """Read the list of checksums: digest and name of each file."""
    return [(name, digest) for digest, name in (line.split("  ", 1) for line in text.splitlines())]


def _require_whole(folder: Path, sums: dict[str, str]) -> None:
    wrong = [name for name, digest in sums.items() if _digest(folder / name) != digest]
    there = {str(path.relative_to(folder)) for path in (folder / "wheels").iterdir()}
    strange = sorted(there - set(sums))
    if wrong or strange:
        told = ", ".join((*wrong, *strange)[:_SHOWN])
        raise Refused(
            f"安装包里有 {len(wrong) + len(strange)} 个文件与校验码不符（{told}），没有安装。"
            "请重新复制整个安装包再试。",
            f"{len(wrong) + len(strange)} files of the bundle differ from their checksums "
            f"({told}); nothing was installed. Copy the whole archive again.",
        )
    lock = (folder / LOCK).read_text(encoding="utf-8")
    for name, digest in sums.items():
        is_library = name.startswith("wheels/") and not name.startswith("wheels/disclosure_tui-")
        if is_library and f"sha256:{digest}" not in lock:
            raise Refused(
                f"{name} 不是锁定的版本，没有安装。",
                f"{name} is not the locked version; nothing was installed.",
            )


def _digest(path: Path) -> str | None:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def _require_this_machine(description: dict[str, str]) -> None:
    here = {
        "python": f"{sys.version_info[0]}.{sys.version_info[1]}",
        "system": sys.platform,
        "machine": platform.machine(),
    }
    for key, value in here.items():
        if description[key] != value:
            raise Refused(
                f"这个安装包用于 {key} {description[key]}，本机是 {value}，没有安装。",
                f"this bundle is for {key} {description[key]}, this machine has {value}; "
                "nothing was installed.",
            )
