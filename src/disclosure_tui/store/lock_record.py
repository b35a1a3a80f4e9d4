"""What a lock file says, and what that means: somebody is there, was there, or nobody knows."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, fields, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text
from disclosure_tui.store.person import Person, plain
from disclosure_tui.store.processes import boot_id, host_name, is_running

__all__ = ["Holder", "HolderState", "LockRecord", "judge"]

TOOL = "disclosure-tui"
SILENT_AFTER = timedelta(seconds=90)
"""A program refreshes its lock every 15 seconds; after six misses it is taken for gone."""

_LARGEST_NUMBER = 2**31


class HolderState(StrEnum):
    """Whether whoever holds a report is still there."""

    ALIVE = "alive"
    STALE = "stale"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class LockRecord:
    """The content of a lock file; all names as they were written there."""

    person: str
    user: str
    host: str
    pid: int
    boot_id: str
    terminal: str
    started: str
    heartbeat: str
    tool: str

    @classmethod
    def of(cls, person: Person) -> Self:
        """Return the record of this process, as of now."""
        now = _written(datetime.now().astimezone())
        return cls(
            person.name,
            person.user,
            host_name(),
            os.getpid(),
            boot_id(),
            _terminal(),
            now,
            now,
            TOOL,
        )

    @classmethod
    def parse(cls, content: bytes) -> Self | None:
        """Read a lock file; None for one that is empty, cut off or somebody else's."""
        try:
            data = json.loads(content)
            values = {field.name: data[field.name] for field in fields(cls)}
        except (ValueError, KeyError, TypeError, RecursionError):
            return None
        pid = values.pop("pid")
        is_number = isinstance(pid, int) and 0 < pid < _LARGEST_NUMBER
        if not is_number or not all(isinstance(value, str) for value in values.values()):
            return None
        # Others wrote this: nothing of it may move the cursor or turn the text around.
        return cls(pid=pid, **{name: plain(value) for name, value in values.items()})

    def encode(self) -> bytes:
        """Return the content of the lock file."""
        return json.dumps(asdict(self), ensure_ascii=False).encode(errors="replace") + b"\n"

    def refreshed(self) -> LockRecord:
        """Return the record with the heartbeat of now."""
        return replace(self, heartbeat=_written(datetime.now().astimezone()))

    @property
    def is_local(self) -> bool:
        """Tell whether it was written on this machine."""
        return self.host == host_name()


@dataclass(frozen=True, slots=True)
class Holder:
    """Who works on a report.

    Attributes:
        name: What colleagues call them; empty if that cannot be read.
        user: Their account.
        host: The machine.
        terminal: The terminal there; empty if there is none.
        pid: The process.
        started: Since when; None if that cannot be read.
        heartbeat: When their program last said that it lives.
        state: Whether they are still there.
        is_local: It is this machine.
    """

    name: str
    user: str
    host: str
    terminal: str
    pid: int
    started: datetime | None
    heartbeat: datetime | None
    state: HolderState
    is_local: bool

    def told(self, now: datetime) -> Text:
        """Return one line about them, with times as of `now`."""
        where, since = self._where(), _clock(self.started, now)
        seen = _clock(self.heartbeat, now)
        if self.state is HolderState.ALIVE:
            head = Text(f"{self.name}正在填报", f"{self.name} is filling this in")
            tail = Text("，在线", ", connected")
        elif self.state is HolderState.STALE:
            head = Text(f"{self.name}填报时断开了", f"{self.name} was cut off filling this in")
            tail = Text(f"，最后在线 {seen}", f", last seen {seen}")
        else:
            name = Text(self.name, self.name) if self.name else Text("有人", "Somebody")
            head = Text(f"{name.zh}可能正在填报", f"{name.en} may be filling this in")
            tail = Text(f"，最后在线 {seen}", f", last seen {seen}") if seen else Text("", "")
        start = Text(f"，{since} 起", f", since {since}") if since else Text("", "")
        inner = Text(where.zh + start.zh + tail.zh, where.en + start.en + tail.en)
        inner = Text(inner.zh.strip("，"), inner.en.strip(", "))
        if not inner.zh:
            return head
        return Text(f"{head.zh}（{inner.zh}）", f"{head.en} ({inner.en})")

    def _where(self) -> Text:
        if self.is_local and self.terminal:
            return Text(f"终端 {self.terminal}", f"terminal {self.terminal}")
        if self.is_local or not self.host:
            return Text("", "")
        return Text(f"主机 {self.host} {self.terminal}", f"host {self.host} {self.terminal}")


def judge(record: LockRecord | None, now: datetime, *, held: bool | None) -> Holder:
    """Return who holds a report, from what the lock file says and whether it is held (flock).

    On this machine a process that is gone, or was there before the machine started, is stale. A
    process that lives counts as there, whoever owns it; unless its number has passed to another
    program, which the missing hold and an old heartbeat show: then nobody knows, and the person
    is asked. Of another machine only the heartbeat is known.
    """
    if record is None:
        return Holder("", "", "", "", 0, None, None, HolderState.UNKNOWN, is_local=False)
    heartbeat = _read(record.heartbeat)
    fresh = heartbeat is not None and abs(now - heartbeat) <= SILENT_AFTER
    return Holder(
        record.person or record.user,
        record.user,
        record.host,
        record.terminal,
        record.pid,
        _read(record.started),
        heartbeat,
        _state(record, held=held, fresh=fresh),
        record.is_local,
    )


def _state(record: LockRecord, *, held: bool | None, fresh: bool) -> HolderState:
    if not record.is_local:
        return HolderState.ALIVE if fresh else HolderState.STALE
    if held:
        return HolderState.ALIVE
    here = boot_id()
    if record.boot_id and here and record.boot_id != here:
        return HolderState.STALE
    if not is_running(record.pid):
        return HolderState.STALE
    if held is None or fresh:
        return HolderState.ALIVE
    return HolderState.UNKNOWN


def _terminal() -> str:
    for descriptor in (0, 1, 2):
        try:
            return os.ttyname(descriptor).removeprefix("/dev/")
        except OSError:
            continue
    return ""


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _read(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def _clock(moment: datetime | None, now: datetime) -> str:
    """Return a time of day, with the date unless it is today."""
    if moment is None:
        return ""
    there = moment.astimezone(now.tzinfo)
    pattern = "%H:%M" if there.date() == now.date() else "%Y-%m-%d %H:%M"
    return there.strftime(pattern)
