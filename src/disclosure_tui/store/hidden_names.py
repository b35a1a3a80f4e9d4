"""Names of the hidden files that stand beside a report: lock, temporary file, backup."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from pathlib import Path

from disclosure_tui.data_class import dataclass

__all__ = ["Leftover", "backup_name", "beside", "leftover", "real_path", "temporary_name"]

_LONGEST = 255
"""The bytes that a file name may have."""

_TEMPORARY = re.compile(r"\.(.+)\.([1-9][0-9]{0,9})(?:-[0-9a-f]{8})?\.tmp", re.DOTALL)
_BACKUP = re.compile(r"\.(.+)\.([1-9][0-9]{0,9})\.[0-9]+\.backup", re.DOTALL)
_OURS = re.compile(r"\.(?:ya?ml|schema\.json)(?![^.])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Leftover:
    """What the name of a working file says.

    Attributes:
        name: The file that was being written.
        pid: The process that was writing it.
        is_backup: It holds the content from before, not a part of the new one.
    """

    name: str
    pid: int
    is_backup: bool


def real_path(path: Path) -> Path:
    """Return where a path leads when all links are followed, as far as it leads."""
    return Path(os.path.realpath(path))


def beside(target: Path, suffix: str) -> Path:
    """Return the hidden name of a file that belongs to another, in the same folder.

    A name that would be too long is cut; a digest keeps two of them apart, and its end (.yaml)
    stays, so that a leftover is still known as ours.
    """
    name = target.name
    if len(os.fsencode(f".{name}{suffix}")) > _LONGEST:
        digest = hashlib.sha256(os.fsencode(name)).hexdigest()[:8]
        ending = f"~{digest}{target.suffix[:16]}"
        room = _LONGEST - len(os.fsencode(f".{ending}{suffix}"))
        name = os.fsencode(name)[:room].decode(errors="ignore") + ending
    return target.with_name(f".{name}{suffix}")


def temporary_name(target: Path) -> Path:
    """Return where this process writes the new content of a file, under a name of its own.

    The number of the process tells whether it lives, but on a folder that several servers share
    two processes may have the same; so chance keeps their files apart.
    """
    return beside(target, f".{os.getpid()}-{secrets.token_hex(4)}.tmp")


def backup_name(target: Path, number: int) -> Path:
    """Return where this process keeps the old content while it writes in place."""
    return beside(target, f".{os.getpid()}.{number}.backup")


def leftover(folder: Path, name: str) -> Leftover | None:
    """Return what a working file of ours is, by its name; None for every other file.

    Other programs use names of this kind too: only what belongs to a YAML file or a schema, or to
    a file that stands beside it, is ours.
    """
    backup = _BACKUP.fullmatch(name)
    match = backup or _TEMPORARY.fullmatch(name)
    if match is None:
        return None
    owner = match[1]
    if _OURS.search(owner) is None and not (folder / owner).is_file():
        return None
    return Leftover(owner, int(match[2]), backup is not None)
