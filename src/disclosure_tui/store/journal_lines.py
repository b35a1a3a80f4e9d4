"""The lines of a journal: what was done to a report, one entry a line, each with a checksum.

A line is a JSON object that begins with its number and ends with a checksum over all before it.
A line that a dead process or a power cut left half-written is therefore never taken for data:
reading stops in front of it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import DocumentError
from disclosure_tui.language import Text
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.store.document import Change, Replacement

__all__ = [
    "Base",
    "Draft",
    "Entry",
    "Header",
    "JournalContents",
    "Saved",
    "Step",
    "encode",
    "parse",
    "read_journal",
]

FORMAT = "disclosure-journal/1"
LARGEST_JOURNAL = 64 * 1024 * 1024
"""More than this is not read; a journal holds the report and what was typed into it."""

Kind = TypeVar("Kind")

_SEAL = re.compile(rb',"check":"([0-9a-f]{16})"}\Z')


@dataclass(frozen=True, slots=True)
class Header:
    """Who writes a journal, and for which report.

    Attributes:
        tool: Name and version of the program.
        report: The real path of the report.
        base_sha256: The hash of what the journal begins with.
        person: Who is filling in.
        started: When, in ISO form with the offset.
        locked: The writer holds a lock on the journal for as long as it lives.
    """

    tool: str
    report: str
    base_sha256: str
    person: str
    host: str
    pid: int
    boot_id: str
    started: str
    locked: bool


@dataclass(frozen=True, slots=True)
class Base:
    """The whole text to go on from: what was opened, or what was merged onto later."""

    text: str
    has_mark: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the person.

    Attributes:
        kind: `commit`, `undo` or `redo`.
        change: What happened to the text; for `undo` the change that goes back.
        title: What the person did.
        pointers: The places it was about.
        followed: The totals that followed.
    """

    kind: str
    change: Change
    title: Text = Text("", "")
    pointers: tuple[Pointer, ...] = ()
    followed: tuple[Pointer, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """The text being typed, not yet committed; None where the typing ended without a change."""

    kind: str  # `prose` or `cell`
    pointer: Pointer
    text: str | None


@dataclass(frozen=True, slots=True)
class Saved:
    """The report was saved with this hash."""

    sha256: str


Entry: TypeAlias = Base | Step | Draft | Saved


@dataclass(frozen=True, slots=True)
class JournalContents:
    """What a journal holds.

    Attributes:
        header: None where not even that is whole: no journal, or one of a newer program.
        entries: What was done, in order.
        torn: Something follows that is no whole line; it was left out.
    """

    header: Header | None
    entries: tuple[Entry, ...]
    torn: bool


def encode(number: int, item: Header | Entry) -> bytes:
    """Return the line for the header (number 0) or for an entry."""
    body = json.dumps(
        {"seq": number, **_plain(item)}, ensure_ascii=False, separators=(",", ":")
    ).encode("utf-8", "surrogatepass")[:-1]
    return body + f',"check":"{_checksum(body)}"}}\n'.encode()


def parse(content: bytes) -> JournalContents:
    """Read the lines of a journal up to the first that is not whole."""
    lines = content.split(b"\n")
    items: list[Header | Entry] = []
    for line in lines[:-1]:
        item = _item(line, len(items))
        if item is None:
            break
        items.append(item)
    torn = len(items) < len(lines) - 1 or lines[-1] != b""
    header = items[0] if items else None
    if not isinstance(header, Header):
        return JournalContents(None, (), torn)
    entries = tuple(item for item in items[1:] if not isinstance(item, Header))
    return JournalContents(header, entries, torn)


def read_journal(path: Path) -> JournalContents:
    """Read a journal; a torn end is left out, never taken for data.

    Raises:
        DocumentError: It is not there, is no plain file, may not be read, or is too large.
    """
    # A pipe or a link that somebody put there must neither block nor lead elsewhere.
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        with os.fdopen(os.open(path, flags), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST_JOURNAL:
                raise _unreadable(path)
            return parse(file.read(LARGEST_JOURNAL))
    except OSError as error:
        raise _unreadable(path) from error


def _checksum(body: bytes) -> str:
    return hashlib.blake2b(body, digest_size=8).hexdigest()


def _plain(item: Header | Entry) -> dict[str, Any]:
    if isinstance(item, Header):
        return {"entry": "header", "format": FORMAT, **asdict(item)}
    if isinstance(item, Base):
        return {"entry": "base", "text": item.text, "has_mark": item.has_mark}
    if isinstance(item, Saved):
        return {"entry": "saved", "sha256": item.sha256}
    if isinstance(item, Draft):
        return {"entry": item.kind, "pointer": str(item.pointer), "text": item.text}
    return {
        "entry": item.kind,
        "title": [item.title.zh, item.title.en],
        "pointers": [str(pointer) for pointer in item.pointers],
        "followed": [str(pointer) for pointer in item.followed],
        "replacements": [[one.start, one.before, one.after] for one in item.change.replacements],
    }


def _item(line: bytes, number: int) -> Header | Entry | None:
    """Return what a line says, or None if it is not whole or not the one expected here."""
    seal = _SEAL.search(line)
    if seal is None or seal[1].decode() != _checksum(line[: seal.start()]):
        return None
    try:
        said = json.loads(line.decode("utf-8", "surrogatepass"))
        if said["seq"] != number or (said["entry"] == "header") is not (number == 0):
            return None
        return _READERS[_of(str, said["entry"])](said)
    except (ValueError, KeyError, TypeError, RecursionError):
        # The checksum holds, so this is no torn line but one of a program that is newer, or one
        # that somebody made up.
        return None


def _header(said: dict[str, Any]) -> Header:
    if said["format"] != FORMAT:
        raise ValueError(said["format"])
    return Header(
        tool=_of(str, said["tool"]),
        report=_of(str, said["report"]),
        base_sha256=_of(str, said["base_sha256"]),
        person=_of(str, said["person"]),
        host=_of(str, said["host"]),
        pid=_of(int, said["pid"]),
        boot_id=_of(str, said["boot_id"]),
        started=_of(str, said["started"]),
        locked=_of(bool, said["locked"]),
    )


def _step(said: dict[str, Any]) -> Step:
    zh, en = _of(list, said["title"])
    return Step(
        said["entry"],
        Change(tuple(_replacement(one) for one in _of(list, said["replacements"]))),
        Text(_of(str, zh), _of(str, en)),
        _pointers(said["pointers"]),
        _pointers(said["followed"]),
    )


def _replacement(said: Any) -> Replacement:
    start, before, after = _of(list, said)
    return Replacement(_of(int, start), _of(str, before), _of(str, after))


def _pointers(said: Any) -> tuple[Pointer, ...]:
    return tuple(_pointer(text) for text in _of(list, said))


def _pointer(said: Any) -> Pointer:
    return Pointer.parse(_of(str, said))


def _draft(said: dict[str, Any]) -> Draft:
    text = said["text"]
    return Draft(said["entry"], _pointer(said["pointer"]), None if text is None else _of(str, text))


def _base(said: dict[str, Any]) -> Base:
    return Base(_of(str, said["text"]), _of(bool, said["has_mark"]))


def _saved(said: dict[str, Any]) -> Saved:
    return Saved(_of(str, said["sha256"]))


def _of(kind: type[Kind], value: Any) -> Kind:
    """Return a value that is of a kind; true is no number here."""
    if type(value) is not kind:
        raise TypeError(kind.__name__)
    return value


_READERS: dict[str, Callable[[dict[str, Any]], Header | Entry]] = {
    "header": _header,
    "base": _base,
    "commit": _step,
    "undo": _step,
    "redo": _step,
    "prose": _draft,
    "cell": _draft,
    "saved": _saved,
}


def _unreadable(path: Path) -> DocumentError:
    return DocumentError(
        Text("自动记录打不开。", "The journal cannot be read."),
        hint=Text("请联系管理员查看这个文件。", "Ask the administrator to look at this file."),
        where=str(path),
    )
