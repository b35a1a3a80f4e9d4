"""The files of a batch one after the other, or shared out between processes.

Either way the results come in the order of the files and are the same; only the time differs.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import field, replace
from pathlib import Path

from disclosure_tui.batch import check_file, located
from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import DisclosureError, SchemaError
from disclosure_tui.language import Language, Text
from disclosure_tui.model.form import Form
from disclosure_tui.model.schema_source import SchemaStamp
from disclosure_tui.render.located import LocatedReport
from disclosure_tui.report_type import ReportTypes, loaded_from
from disclosure_tui.schema_search import SchemaSearch

__all__ = ["MOST_JOBS", "Batch"]

MOST_JOBS = 64
"""The most processes that may be asked for."""

_SHARE = 8
"""A process gets so many files at a time: few, so that none has to wait for another at the end."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What all files of a batch have in common.

    Attributes:
        schemas: Where schemas are looked for.
        language: The language somebody chose, or None: then each report's own.
        tell: Called once for everything a person should know of the places of schemas.
    """

    schemas: SchemaSearch = field(default_factory=SchemaSearch)
    language: Language | None = None
    tell: Callable[[SchemaError], None] | None = None

    def check(self, paths: Sequence[Path], jobs: int = 1) -> Iterator[LocatedReport]:
        """Yield what was found in each file, in their order.

        Args:
            paths: The files.
            jobs: So many processes share them; with 1 there are no others.

        Raises:
            DisclosureError: A process was ended from outside.
        """
        jobs = min(jobs, MOST_JOBS, -(-len(paths) // _SHARE))
        if jobs <= 1:
            report_types = self._report_types()
            for path in paths:
                yield located(check_file(path, report_types), self.language)
        else:
            yield from self._shared_out(paths, jobs)

    def _report_types(self) -> ReportTypes:
        return ReportTypes(self.schemas, self.tell)

    def _shared_out(self, paths: Sequence[Path], jobs: int) -> Iterator[LocatedReport]:
        shares = [paths[at : at + _SHARE] for at in range(0, len(paths), _SHARE)]
        # A fresh interpreter each: a copy of this one would copy its locks as well.
        context = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(jobs, context, _begin, (replace(self, tell=None),))
        try:
            with _interrupts_ignored():
                # The processes begin here, and leave Ctrl+C to this one.
                waiting = [pool.submit(_check_share, share) for share in shares]
            for future in waiting:
                for report in _result(future):
                    yield _with_form(report)
        finally:
            # What a process has begun it ends; that takes no longer than one share.
            pool.shutdown(wait=True, cancel_futures=True)


@dataclass(frozen=True, slots=True)
class _FormOf:
    """Stands for a form on the way between processes: both have its file."""

    stamp: SchemaStamp


_working: list[tuple[Batch, ReportTypes]] = []
"""In a process that was begun here: what its files have in common."""


def _begin(batch: Batch) -> None:
    _working[:] = [(batch, ReportTypes(batch.schemas))]


def _check_share(paths: Sequence[Path]) -> list[LocatedReport]:
    batch, report_types = _working[0]
    found = (located(check_file(path, report_types), batch.language) for path in paths)
    return [_without_form(report) for report in found]


def _without_form(report: LocatedReport) -> LocatedReport:
    """Leave out of the form what the other process has, or does not need."""
    form = report.form
    if form is None or report.stamp is None:
        return report
    if not form.has_entries:
        return replace(report, form=_FormOf(report.stamp))  # type: ignore[arg-type]
    plain = Form(form.identifier, form.sha256, form.report_type, form.root, overlay=form.overlay)
    return replace(report, form=plain)


def _with_form(report: LocatedReport) -> LocatedReport:
    standing: object = report.form
    if not isinstance(standing, _FormOf):
        return report
    return replace(report, form=loaded_from(standing.stamp).form)


def _result(future: Future[list[LocatedReport]]) -> list[LocatedReport]:
    try:
        return future.result()
    except BrokenProcessPool as error:
        raise DisclosureError(
            Text("一个校验进程被系统终止", "one of the processes was ended from outside"),
            hint=Text(
                "可能是内存不足，请减少 --jobs 的数目再试",
                "memory may have run out; try again with fewer --jobs",
            ),
        ) from error


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Begin processes that inherit to ignore Ctrl+C; a terminal sends it to all of them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
