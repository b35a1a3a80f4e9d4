"""What journals of dead processes hold of a report, and what becomes of them."""

from __future__ import annotations

import codecs
import contextlib
import os
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from pathlib import Path

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import DisclosureError, DocumentError
from disclosure_tui.language import Text, same
from disclosure_tui.model.edit import Transaction
from disclosure_tui.model.form import Form
from disclosure_tui.model.report import Report
from disclosure_tui.render.differing import Difference, differences_between
from disclosure_tui.session.commit import Commit
from disclosure_tui.store.document import Change, Document
from disclosure_tui.store.files import read_bytes, save, sweep
from disclosure_tui.store.history import set_aside
from disclosure_tui.store.journal import (
    FoundJournal,
    Reason,
    Recovery,
    Step,
    Writer,
    discard,
    find_journals,
    read_journal,
    recover,
    remove,
)
from disclosure_tui.store.person import plain
from disclosure_tui.store.recovery import before

__all__ = [
    "Offer",
    "begun_before",
    "commits_of",
    "give_up",
    "offers_for",
    "offers_in",
    "remove_spent",
    "write_elsewhere",
]


@dataclass(frozen=True, slots=True)
class Offer:
    """Work of a session that broke off, to be recovered, looked at, or discarded.

    Attributes:
        journal: Where it stands.
        recovery: What the file lacks of it.
    """

    journal: FoundJournal
    recovery: Recovery

    @property
    def report(self) -> Path:
        """The report, its links followed."""
        return self.journal.report

    @property
    def when(self) -> datetime:
        """When it was last written."""
        return self.journal.written

    @property
    def person(self) -> str:
        """Whose it is."""
        header = self.journal.contents.header
        return "" if header is None else plain(header.person)

    @property
    def count(self) -> int:
        """Number of changes that the file does not hold."""
        return self.recovery.count

    @property
    def text(self) -> Text:
        """What there is, as a question to the person begins."""
        return self._head + self.recovery.message

    @property
    def listed(self) -> Text:
        """What there is, for a list: nothing is done with it yet."""
        count = self.count
        what = Text(
            f"填报中断，{count} 处改动没有保存，可以找回",
            f"a session broke off; its unsaved changes ({count}) can be recovered",
        )
        more = {
            Reason.MERGE: Text("；文件后来在别处改过", "; the file was changed elsewhere since"),
            Reason.GONE: Text("；文件已经不在了", "; the file is gone"),
        }
        return self._head + what + more.get(self.recovery.reason, Text("", ""))

    @property
    def _head(self) -> Text:
        when = same(f"{self.when:%Y-%m-%d %H:%M}")
        who = Text(f"，{self.person}：", f", {self.person}: ") if self.person else Text("：", ": ")
        return when + who

    def mine(self) -> Document:
        """Return the report as the person left it.

        Raises:
            DocumentError: It cannot be read.
        """
        return self.recovery.mine_document(str(self.report))

    def base(self) -> Document:
        """Return the report as it was before.

        Raises:
            DocumentError: It cannot be read.
        """
        return self.recovery.base_document(str(self.report))

    def differences(self, form: Form) -> tuple[Form, tuple[Difference, ...]]:
        """Return what was done, texts being typed included, and the form with the labels.

        Raises:
            DocumentError: The journal holds no report that can be read.
        """
        base, mine = self.base().data, self.mine().data
        form, found = differences_between(form, base, mine)
        report = Report(mine)
        typed = {**self.recovery.prose, **self.recovery.cells}
        drafts = (Difference(p, report.value_at(p), text) for p, text in typed.items())
        return form, (*found, *drafts)


def offers_for(report: Path) -> tuple[Offer, ...]:
    """Return what can be recovered of a report, the latest last. Changes nothing.

    Journals that are still being written, hold nothing that the file lacks, or cannot be read
    are left out.
    """
    found = find_journals(report)
    if not found:
        return ()
    try:
        disk: bytes | None = read_bytes(report)
    except DocumentError:
        if report.exists():
            return ()
        disk = None
    offers = (Offer(one, recover(one.contents, disk)) for one in found if not one.in_use)
    return tuple(offer for offer in offers if offer.recovery.text is not None)


def offers_in(folder: Path) -> tuple[tuple[Path, Offer], ...]:
    """Return what can be recovered of the reports in a folder and below, each with its file.

    Reports that are gone are included. Hidden and linked folders are not entered.

    Raises:
        DocumentError: The folder may not be looked into.
    """

    def cannot_enter(error: OSError) -> None:
        if Path(error.filename) == folder:
            read_bytes(folder)

    offers: list[tuple[Path, Offer]] = []
    for place, folders, names in os.walk(folder, onerror=cannot_enter):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        offers.extend(_offers_among(Path(place), sorted(names)))
    return tuple(offers)


def _offers_among(folder: Path, names: list[str]) -> Iterator[tuple[Path, Offer]]:
    reports = {name for name in names if name.endswith((".yaml", ".yml")) and name[0] != "."}
    for name in names:
        if name.startswith(".") and name.endswith(".journal"):
            with contextlib.suppress(DisclosureError):
                header = read_journal(folder / name).header
                reports.update([Path(header.report).name] if header is not None else [])
    for name in sorted(reports):
        yield from ((folder / name, offer) for offer in offers_for(folder / name))


def remove_spent(report: Path, disk: bytes) -> None:
    """Delete journals of dead processes on this machine that hold nothing the file lacks."""
    for one in find_journals(report):
        if one.writer is Writer.DEAD and recover(one.contents, disk).reason is Reason.NOTHING:
            remove(one)


def give_up(offer: Offer, now: datetime) -> tuple[Path, tuple[Text, ...]]:
    """Put work aside that the person does not want: the report with it, and the journal itself.

    Returns:
        Where the journal is now, and notes for the person.

    Raises:
        SaveError: It cannot be moved; it is where it was.
    """
    sweep(offer.report.parent)
    text = offer.recovery.text
    notes: tuple[Text, ...] = ()
    if text is not None and offer.report.exists():
        notes = set_aside(offer.report, offer.mine().encode(), now) if _is_whole(offer) else ()
    return discard(offer.journal, now), notes


def write_elsewhere(offer: Offer, target: Path) -> None:
    """Write the report of a journal to a new file; the journal stays.

    Raises:
        DocumentError: It cannot be read.
        SaveError: It cannot be written, or there is a file of that name.
    """
    save(target, offer.mine().encode(), expected_sha256=None)


def begun_before(offer: Offer) -> bytes | None:
    """Return the file as it was before the earlier steps; None if they do not fit."""
    recovery = offer.recovery
    text = before(recovery.base, [step.change for step in reversed(recovery.earlier)])
    if text is None:
        return None
    return (codecs.BOM_UTF8 if recovery.has_mark else b"") + text.encode()


def commits_of(steps: tuple[Step, ...], numbers: count[int]) -> list[Commit]:
    """Return the steps of a journal as commits, which undo takes back as they were done."""
    return [
        Commit(
            Transaction((), step.title),
            Change(step.change.replacements),
            step.followed,
            next(numbers),
            step.pointers,
        )
        for step in steps
    ]


def _is_whole(offer: Offer) -> bool:
    try:
        offer.mine()
    except DisclosureError:
        return False
    return True
