"""Looks at the folders of a district, and changes nothing in them."""

from __future__ import annotations

import csv
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from disclosure_tui.language import Text
from disclosure_tui.machine.accounts import account_name, group_name, group_number
from disclosure_tui.machine.convention import (
    REVIEWERS,
    ROSTER,
    SCHEMA_KEEPERS,
    unit_group,
    wanted,
)
from disclosure_tui.machine.district import DistrictFacts, Stray
from disclosure_tui.machine.rights import PathRights, path_rights
from disclosure_tui.system_reasons import reason

__all__ = ["district_facts"]

_CODE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,28}")
"""What can stand in the name of a group, which is 32 characters long at most."""
_MOST_FILES = 20_000
_SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def district_facts(root: Path, extra: Iterable[str] = ()) -> DistrictFacts:
    """Look at a district.

    Args:
        root: Its folder; it need not be there yet.
        extra: Codes of units that are to come.
    """
    root = root.absolute()
    found = {*extra, *_folders(root / "units"), *_roster(root / ROSTER)}
    codes = tuple(sorted(code for code in found if _CODE.fullmatch(code)))
    names = (REVIEWERS, SCHEMA_KEEPERS, *map(unit_group, codes))
    groups = {name: number for name in names if (number := group_number(name)) is not None}
    rights: dict[tuple[str, ...], PathRights | None] = {}
    unseen: dict[tuple[str, ...], Text] = {}
    for one in wanted(codes):
        try:
            rights[one.path] = path_rights(root.joinpath(*one.path))
        except OSError as error:
            unseen[one.path] = reason(error)
    missing = [parts for parts, one in rights.items() if one is None]
    return DistrictFacts(
        root=root,
        codes=codes,
        rights=rights,
        groups=groups,
        strays=tuple(_strays(root, codes, groups)),
        has_tools=_is_installed("setfacl"),
        unseen=unseen,
        not_codes=tuple(sorted(found.difference(codes))),
        dangling=frozenset(one for one in missing if root.joinpath(*one).is_symlink()),
        names=_names(rights.values()),
    )


def _is_installed(program: str) -> bool:
    """Tell whether root, who runs the commands, would find a program: not by this PATH alone."""
    return any(shutil.which(program, path=path) for path in (None, _SYSTEM_PATH))


def _names(rights: Iterable[PathRights | None]) -> dict[tuple[bool, int], str]:
    """Return the names of all accounts and groups in some lists of rights."""
    lists = [
        access
        for one in rights
        if one is not None
        for access in (one.access, one.handed_down)
        if access is not None
    ]
    groups = {number for access in lists for number in access.groups}
    accounts = {number for access in lists for number in access.accounts}
    return {(True, number): group_name(number) for number in groups} | {
        (False, number): account_name(number) for number in accounts
    }


def _folders(path: Path) -> list[str]:
    try:
        with os.scandir(path) as entries:
            return [one.name for one in entries if one.is_dir() and not one.name.startswith(".")]
    except OSError:
        return []


def _roster(path: Path) -> list[str]:
    """Return the codes of a roster; one that cannot be read names none."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error):
        return []
    return [code for row in rows if (code := (row.get("code") or "").strip())]


def _strays(root: Path, codes: tuple[str, ...], groups: dict[str, int]) -> Iterator[Stray]:
    """Find files that the convention opens to somebody, and their own rights do not."""
    for one in wanted(codes):
        if not one.readers or one.group not in groups or one.readers not in groups:
            continue
        needed = 6 if one.path[0] == "units" else 4
        top = root.joinpath(*one.path)
        closed = [
            path
            for path in _visible(top)
            if _is_closed(path, groups[one.group], needed, groups[one.readers])
        ]
        if closed:
            yield Stray(one.path, str(closed[0].relative_to(top)), len(closed))


def _visible(top: Path) -> Iterator[Path]:
    """Yield what is in a folder at any depth; hidden names are the program's own business."""
    seen = 0
    for place, folders, files in os.walk(top):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in (*folders, *sorted(files)):
            path = Path(place, name)
            if not name.startswith(".") and not path.is_symlink():
                seen += 1
                if seen > _MOST_FILES:
                    return
                yield path


def _is_closed(path: Path, group: int, needed: int, readers: int) -> bool:
    try:
        rights = path_rights(path)
    except OSError:
        return True
    if rights is None:
        return False
    enter = 1 if rights.is_folder else 0
    access = rights.access
    for_group = rights.group == group and access.owning & (needed | enter) == needed | enter
    for_readers = access.groups.get(readers, 0) & (4 | enter) == 4 | enter
    return not (for_group and for_readers)
