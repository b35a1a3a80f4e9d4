"""POSIX access lists as the kernel hands them out, as far as saving has to understand them."""

from __future__ import annotations

import struct
from dataclasses import replace

from disclosure_tui.data_class import dataclass

__all__ = ["ACCESS", "DEFAULT", "AccessEntry", "entries_of", "grants", "packed", "without_group"]

ACCESS = "system.posix_acl_access"
DEFAULT = "system.posix_acl_default"

_VERSION = struct.pack("<I", 2)
_ENTRY = struct.Struct("<HHI")
_USER, _GROUP, _MASK, _OTHER = 2, 4, 16, 32


@dataclass(frozen=True, slots=True)
class AccessEntry:
    """Who (a tag and an account or group) may do what (4 read, 2 write, 1 execute)."""

    tag: int
    allowed: int
    number: int


def entries_of(packed_list: bytes) -> tuple[AccessEntry, ...]:
    """Return the entries of an access list; none where it is of a kind not known."""
    body = packed_list[4:]
    if packed_list[:4] != _VERSION or len(body) % _ENTRY.size:
        return ()
    return tuple(AccessEntry(*fields) for fields in _ENTRY.iter_unpack(body))


def packed(entries: tuple[AccessEntry, ...]) -> bytes:
    """Return entries as the kernel takes them."""
    return _VERSION + b"".join(_ENTRY.pack(one.tag, one.allowed, one.number) for one in entries)


def without_group(packed_list: bytes) -> bytes:
    """Return the list with the owning group allowed no more than everybody.

    For a file whose group could not be kept: the rights were meant for another group.
    """
    entries = entries_of(packed_list)
    others = next((one.allowed for one in entries if one.tag == _OTHER), 0)
    if not entries:
        return packed_list
    return packed(
        tuple(
            replace(one, allowed=one.allowed & others) if one.tag == _GROUP else one
            for one in entries
        )
    )


def grants(packed_list: bytes, uid: int) -> tuple[int, int]:
    """Return what the list allows the owning group, and an account by its own entry."""
    entries = entries_of(packed_list)
    mask = next((one.allowed for one in entries if one.tag == _MASK), 7)
    group = next((one.allowed for one in entries if one.tag == _GROUP), 0)
    user = next((one.allowed for one in entries if one.tag == _USER and one.number == uid), 0)
    return group & mask, user & mask
