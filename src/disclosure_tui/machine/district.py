"""Compares the folders of a district with the convention, and words the commands that repair.

Nothing is ever changed here: the administrator reads the commands, and runs them or not.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import PurePath
from types import MappingProxyType

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text
from disclosure_tui.machine.convention import (
    REVIEWERS,
    SCHEMA_KEEPERS,
    Wanted,
    unit_group,
    wanted,
)
from disclosure_tui.machine.rights import Access, PathRights
from disclosure_tui.machine.strangers import Stranger, shut_out, strangers
from disclosure_tui.machine.strangers import told as told_stranger

__all__ = ["Departure", "DistrictFacts", "Stray", "departures"]


@dataclass(frozen=True, slots=True)
class Stray:
    """Files inside the folder of a unit that somebody is locked out of.

    Attributes:
        folder: The folder, its parts below the root.
        first: One of them, as it is shown.
        count: How many.
    """

    folder: tuple[str, ...]
    first: str
    count: int


@dataclass(frozen=True, slots=True)
class DistrictFacts:
    """A district as it was found.

    Attributes:
        root: Its folder.
        codes: The codes of its units.
        rights: By path below the root; None for what is not there.
        groups: The groups of the convention that exist, with their numbers.
        strays: Files that somebody is locked out of.
        has_tools: Whether `setfacl` is installed.
        unseen: Paths that could not be looked at, with the reason.
        not_codes: Folders and entries of the roster that cannot name a group.
        dangling: Links that lead nowhere, where something is missing.
        names: Of accounts (False) and groups (True) in the lists of rights, by number.
    """

    root: PurePath
    codes: tuple[str, ...]
    rights: Mapping[tuple[str, ...], PathRights | None]
    groups: Mapping[str, int]
    strays: tuple[Stray, ...] = ()
    has_tools: bool = True
    unseen: Mapping[tuple[str, ...], Text] = field(default_factory=lambda: MappingProxyType({}))
    not_codes: tuple[str, ...] = ()
    dangling: frozenset[tuple[str, ...]] = frozenset()
    names: Mapping[tuple[bool, int], str] = field(default_factory=lambda: MappingProxyType({}))

    def name_of(self, one: Stranger) -> str:
        """Return the name of an account or group, or its number."""
        return self.names.get((one.is_group, one.number), str(one.number))

    def path(self, parts: tuple[str, ...]) -> str:
        """Return a path as a shell takes it."""
        return shlex.quote(str(self.root.joinpath(*parts)))


@dataclass(frozen=True, slots=True)
class Departure:
    """Something that is not as the convention wants it.

    Attributes:
        where: The path below the root, `.` for the root itself, or empty.
        what: What is the matter.
        commands: What repairs it, as root.
    """

    where: str
    what: Text
    commands: tuple[str, ...] = ()


def departures(facts: DistrictFacts) -> Iterator[Departure]:
    """Yield what is not as the convention wants it, in the order in which it is repaired."""
    yield from _whole(facts)
    for one in wanted(facts.codes):
        departure = _at(facts, one)
        if departure is not None:
            yield departure
    for stray in facts.strays:
        yield _stray(facts, stray)


def _whole(facts: DistrictFacts) -> Iterator[Departure]:
    """Yield what concerns the whole district: tools, file system, names, groups."""
    if not facts.has_tools:
        yield Departure(
            "",
            Text("没有装 setfacl，改不了访问权限表", "setfacl is missing: no list can be set"),
            ("apt-get install acl",),
        )
    root = facts.rights.get(())
    if root is not None and not root.keeps_lists:
        yield Departure(
            "",
            Text(
                "这个磁盘不保存访问权限表，审核人员看不到各单位的报告；请换用 ext4、xfs 等",
                "this file system keeps no access lists, so reviewers cannot read what units "
                "write; use ext4, xfs or the like",
            ),
        )
    for code in facts.not_codes:
        what = Text(
            f"【{code}】不是单位代码：只能用字母、数字、- 和 _，最多 29 个；请改名",
            f"{code!r} is no code of a unit: letters, digits, - and _, 29 at most; rename it",
        )
        yield Departure("", what)
    for name in _group_names(facts.codes):
        if name not in facts.groups:
            what = Text(f"没有组【{name}】", f"there is no group {name}")
            yield Departure("", what, (f"groupadd {shlex.quote(name)}",))


def _at(facts: DistrictFacts, one: Wanted) -> Departure | None:
    """Return what is the matter with one path, or None."""
    where = "/".join(one.path) or "."
    if one.path in facts.unseen:
        return Departure(where, Text("看不了：", "cannot be looked at: ") + facts.unseen[one.path])
    found = facts.rights.get(one.path)
    if one.path in facts.dangling:
        what = Text(
            "是一个链接，指向的位置不存在；请改正或者删去这个链接",
            "a link that leads nowhere: mend or remove it",
        )
        return Departure(where, what)
    if found is None:
        made = tuple(_made(facts, one))
        return None if one.is_optional else Departure(where, Text("没有", "missing"), made)
    troubles = list(_troubles(facts, one, found))
    if not troubles:
        return None
    return Departure(where, _joined(troubles), tuple(_repaired(facts, one, found)))


def _group_names(codes: tuple[str, ...]) -> Iterator[str]:
    yield REVIEWERS
    yield SCHEMA_KEEPERS
    for code in codes:
        yield unit_group(code)


def _troubles(facts: DistrictFacts, one: Wanted, found: PathRights) -> Iterator[Text]:
    """Yield what is the matter with a path that is there."""
    if found.is_folder != one.is_folder:
        yield (
            Text("不是文件夹，请移到别处", "not a folder: move it away")
            if one.is_folder
            else Text("不是文件，请移到别处", "not a file: move it away")
        )
        return
    if one.group and found.group != facts.groups.get(one.group):
        yield Text(f"所属的组不是【{one.group}】", f"does not belong to the group {one.group}")
    if one.is_folder and one.group and not found.passes_group_on:
        yield Text("里面新建的文件不会归这个组", "what is made in it gets another group")
    yield from _access_troubles(facts, one, found.access)
    if one.hands_down and found.keeps_lists:
        yield from _default_troubles(facts, one, found.handed_down)
    for stranger in strangers(one, found, facts.groups):
        yield told_stranger(stranger, facts.name_of(stranger))


def _access_troubles(facts: DistrictFacts, one: Wanted, access: Access) -> Iterator[Text]:
    if one.group and access.owning & one.owning != one.owning:
        yield Text(
            f"组【{one.group}】没有{_zh(one.owning)}的权限",
            f"the group {one.group} may not {_en(one.owning)}",
        )
    if access.others & one.others != one.others:
        yield Text("别人不能查看", "others cannot look into it")
    elif access.others & ~one.others & 7:
        excess = access.others & ~one.others & 7
        yield Text(f"别人也能{_zh(excess)}", f"others may {_en(excess)} too")
    if one.readers and _of(facts, one.readers, access) & 5 != 5:
        yield Text(f"组【{one.readers}】不能查看", f"the group {one.readers} cannot read it")


def _default_troubles(
    facts: DistrictFacts, one: Wanted, handed_down: Access | None
) -> Iterator[Text]:
    if handed_down is None:
        yield Text(
            "没有默认的访问权限表，新建的文件按各人的设置，别人可能打不开",
            "no default list: each file has the rights of its maker's umask",
        )
        return
    right = handed_down.owning == 7 and handed_down.others & 7 == one.others
    if one.readers:
        right = right and _of(facts, one.readers, handed_down) & 5 == 5
    if not right:
        yield Text("默认的访问权限表不符", "the default list says otherwise")


def _of(facts: DistrictFacts, group: str, access: Access) -> int:
    number = facts.groups.get(group)
    return 0 if number is None else access.groups.get(number, 0)


def _made(facts: DistrictFacts, one: Wanted) -> Iterator[str]:
    """Yield the commands that make what is missing."""
    path = facts.path(one.path)
    group = f" -g {shlex.quote(one.group)}" if one.group else ""
    if one.is_folder:
        yield f"install -d -m {_mode(one)}{group} {path}"
        yield from _listed(facts, one)
    else:
        yield f"install -m {_mode(one)}{group} /dev/null {path}"


def _repaired(facts: DistrictFacts, one: Wanted, found: PathRights) -> Iterator[str]:
    """Yield the commands that put right what is there; the mode comes after the group."""
    path = facts.path(one.path)
    if found.is_folder != one.is_folder:
        return
    if one.group and found.group != facts.groups.get(one.group):
        yield f"chgrp {shlex.quote(one.group)} {path}"
    # Before the mode: it would widen what an entry to be taken away may do.
    for stranger in strangers(one, found, facts.groups):
        yield shut_out(stranger, facts.name_of(stranger), path)
    yield f"chmod {_mode(one)} {path}"
    yield from _listed(facts, one)


def _listed(facts: DistrictFacts, one: Wanted) -> Iterator[str]:
    """Yield the commands that set the lists of rights."""
    root = facts.rights.get(())
    if not one.hands_down or (root is not None and not root.keeps_lists):
        return
    path = facts.path(one.path)
    if one.readers:
        yield f"setfacl -m {_entries(one, only_readers=True)} {path}"
    yield f"setfacl -d -m {_entries(one)} {path}"


def _entries(one: Wanted, *, only_readers: bool = False) -> str:
    parts = [] if only_readers else ["g::rwX"]
    if one.readers:
        parts.append(f"g:{one.readers}:rX")
    if not only_readers:
        parts.append(f"o::{'rX' if one.others else '-'}")
    return shlex.quote(",".join(parts))


def _mode(one: Wanted) -> str:
    """Return the mode to set: new files get the group of a folder that belongs to one."""
    special = 2 if one.is_folder and one.group else 0
    owner = 7 if one.is_folder else 6
    return f"{special}{owner}{one.owning}{one.others}"


def _stray(facts: DistrictFacts, stray: Stray) -> Departure:
    """Say what is the matter inside a folder. Hidden files are the program's own and stay."""
    one = next(each for each in wanted(facts.codes) if each.path == stray.folder)
    path, group = facts.path(stray.folder), shlex.quote(one.group)
    visible = f"find {path} -mindepth 1 -name '.*' -prune -o"
    return Departure(
        "/".join(stray.folder),
        Text(
            f"里面有 {stray.count} 个文件或文件夹，该看、该改的人看不到或者改不了，"
            f"第一个是 {stray.first}",
            f"{stray.count} files or folders in it are closed to those who should read or write "
            f"them, the first is {stray.first}",
        ),
        (
            f"{visible} -exec chgrp {group} {{}} + -exec setfacl -m {_entries(one)} {{}} +",
            f"{visible} -type d -exec chmod g+s {{}} + -exec setfacl -d -m {_entries(one)} {{}} +",
        ),
    )


def _joined(troubles: list[Text]) -> Text:
    zh = "；".join(one.zh for one in troubles)
    return Text(zh, "; ".join(one.en for one in troubles))


def _zh(allowed: int) -> str:
    if allowed & 2:
        return "写入" if not allowed & 4 else "读写"
    return "查看"


def _en(allowed: int) -> str:
    if allowed & 2:
        return "write" if not allowed & 4 else "read and write"
    return "read"
