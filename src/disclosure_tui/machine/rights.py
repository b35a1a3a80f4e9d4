"""Who may do what with a file or folder, as the system has it written down."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from types import MappingProxyType

from disclosure_tui.data_class import dataclass
from disclosure_tui.store.access_list import ACCESS, DEFAULT, entries_of

__all__ = ["Access", "PathRights", "path_rights"]

_ACCOUNT, _GROUP_OBJECT, _GROUP, _MASK, _OTHER = 2, 4, 8, 16, 32
_NO_LIST = frozenset({errno.ENODATA, errno.ENOTSUP, errno.EOPNOTSUPP})


@dataclass(frozen=True, slots=True)
class Access:
    """What a list of rights allows (4 read, 2 write, 1 execute or enter).

    Attributes:
        owning: The owning group, after the mask.
        others: Everybody else.
        groups: Groups that have an entry of their own, by number, after the mask.
        accounts: Accounts that have one, likewise.
    """

    owning: int
    others: int
    groups: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))
    accounts: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class PathRights:
    """The rights of one file or folder.

    Attributes:
        is_folder: Whether it is a folder.
        group: The number of its group.
        passes_group_on: Whether what is made in it gets its group.
        access: Who may do what.
        handed_down: What those may who find what is made in it later; None without a default list.
        keeps_lists: Whether its file system keeps lists of rights.
    """

    is_folder: bool
    group: int
    passes_group_on: bool
    access: Access
    handed_down: Access | None = None
    keeps_lists: bool = True


def path_rights(path: Path) -> PathRights | None:
    """Return the rights of a path, or None where there is nothing.

    Raises:
        OSError: It is not allowed to look.
    """
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    access, keeps_lists = _list(path, ACCESS)
    handed_down, _ = _list(path, DEFAULT) if path.is_dir() else (None, True)
    mode = status.st_mode
    return PathRights(
        is_folder=stat.S_ISDIR(mode),
        group=status.st_gid,
        passes_group_on=bool(mode & stat.S_ISGID),
        access=access or Access(mode >> 3 & 7, mode & 7),
        handed_down=handed_down,
        keeps_lists=keeps_lists,
    )


def _list(path: Path, name: str) -> tuple[Access | None, bool]:
    """Return a list of rights, and whether the file system keeps such lists."""
    if not hasattr(os, "getxattr"):
        return None, False
    try:
        content = os.getxattr(path, name)
    except OSError as error:
        if error.errno in _NO_LIST:
            return None, error.errno == errno.ENODATA
        raise
    return access_of(content), True


def access_of(content: bytes) -> Access | None:
    """Return what a list allows, as the system hands it out; None for a kind not known."""
    entries = entries_of(content)
    if not entries:
        return None
    mask = next((one.allowed for one in entries if one.tag == _MASK), 7)
    return Access(
        owning=next((one.allowed for one in entries if one.tag == _GROUP_OBJECT), 0) & mask,
        others=next((one.allowed for one in entries if one.tag == _OTHER), 0),
        groups={one.number: one.allowed & mask for one in entries if one.tag == _GROUP},
        accounts={one.number: one.allowed & mask for one in entries if one.tag == _ACCOUNT},
    )
