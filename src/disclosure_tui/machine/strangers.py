"""Accounts and groups that the list of a folder lets in, and the convention does not."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text
from disclosure_tui.machine.convention import Wanted
from disclosure_tui.machine.rights import Access, PathRights

__all__ = ["Stranger", "shut_out", "strangers", "told"]


@dataclass(frozen=True, slots=True)
class Stranger:
    """An entry of a list of rights that the convention does not know.

    Attributes:
        is_group: Whether it is a group.
        number: Of the account or group.
        may_write: Whether it may do more than read.
        is_handed_down: Whether it stands in the default list.
    """

    is_group: bool
    number: int
    may_write: bool
    is_handed_down: bool


def strangers(one: Wanted, found: PathRights, groups: Mapping[str, int]) -> Iterator[Stranger]:
    """Yield who is let in besides: further than everybody is, and than the convention says."""
    names = {name for name in (one.group, one.readers) if name}
    if not one.hands_down or not names <= groups.keys():
        return  # while a group is missing, its old entries have no name to be known by
    known = {groups[name] for name in names}
    for access, is_handed_down in ((found.access, False), (found.handed_down, True)):
        if access is not None:
            yield from _in(access, known, one.others, is_handed_down=is_handed_down)


def _in(
    access: Access, known: set[int], others: int, *, is_handed_down: bool
) -> Iterator[Stranger]:
    for is_group, entries in ((True, access.groups), (False, access.accounts)):
        for number, allowed in sorted(entries.items()):
            is_known = is_group and number in known
            if not is_known and allowed & ~others & 7:
                yield Stranger(is_group, number, bool(allowed & 2), is_handed_down)


def told(one: Stranger, name: str) -> Text:
    """Say who is let in."""
    zh = "写入" if one.may_write else "查看"
    en = "write" if one.may_write else "read"
    later = (
        Text("以后新建的文件，", "what is made in it later, ")
        if one.is_handed_down
        else Text("", "")
    )
    who = (
        Text(f"组【{name}】", f"the group {name}")
        if one.is_group
        else Text(f"账号【{name}】", f"the account {name}")
    )
    return later + who + Text(f"也能{zh}", f" may {en} too")


def shut_out(one: Stranger, name: str, path: str) -> str:
    """Return the command that takes the entry away."""
    entry = shlex.quote(f"{'g' if one.is_group else 'u'}:{name}")
    return f"setfacl{' -d' if one.is_handed_down else ''} -x {entry} {path}"
