"""Writes findings where they were asked for, while the reports come: nothing waits for the last.

A file appears under its name when it is whole. What is printed and of use without its end is
printed as it comes; the rest is held back, on the disk if it is long, so that half a document
is never taken for a whole one.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from disclosure_tui.cli.finding_targets import Target
from disclosure_tui.exporting import usable_name
from disclosure_tui.language import Text, counted, same
from disclosure_tui.render.finding_writing import FindingWriter, Occasion, written
from disclosure_tui.render.located import LocatedReport
from disclosure_tui.store.products import Product, product, replace_file

__all__ = ["FindingOutputs"]

_IN_MEMORY = 4_000_000
"""Bytes held back in memory; more goes to the disk."""
_END = Text("修改意见", " (points to correct)")


class _Output(Protocol):
    """One of the outputs."""

    def add(self, report: LocatedReport) -> None:
        """Write what a report adds."""

    def finish(self) -> Iterable[Text]:
        """Write the rest; return what is there now."""

    def break_off(self) -> None:
        """Write what can be written of a run that was interrupted."""


class FindingOutputs:
    """All outputs of a run."""

    def __init__(self, targets: Sequence[Target], occasion: Occasion) -> None:
        self._targets = targets
        self._occasion = occasion
        self._outputs: list[_Output] = []
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        """Begin every output: what cannot be written is told before anything is checked.

        Raises:
            SaveError: A file cannot be written.
        """
        with ExitStack() as stack:
            for target in self._targets:
                self._outputs.append(_begun(target, self._occasion, stack))
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    @property
    def prints(self) -> bool:
        """Tell whether something is printed while reports are checked."""
        return any(isinstance(output, _Streamed) for output in self._outputs)

    def add(self, report: LocatedReport) -> None:
        """Write what a report adds to each output."""
        for output in self._outputs:
            output.add(report)

    def finish(self) -> tuple[Text, ...]:
        """Write the rest; return what was written, for a line each."""
        return tuple(told for output in self._outputs for told in output.finish())

    def break_off(self) -> None:
        """Write what is of use without the reports that were not checked any more."""
        for output in self._outputs:
            output.break_off()


def _begun(target: Target, occasion: Occasion, stack: ExitStack) -> _Output:
    if target.place is not None and target.is_apart:
        return _Apart(target, target.place)
    writer: FindingWriter = target.form.begin(occasion)
    if target.place is not None:
        return _Filed(writer, stack.enter_context(product(target.place)))
    if target.form.STREAMS:
        return _Streamed(writer)
    return _HeldBack(writer, stack)


class _Streamed:
    """Printed as it comes."""

    def __init__(self, writer: FindingWriter) -> None:
        self._writer = writer

    def add(self, report: LocatedReport) -> None:
        sys.stdout.write(self._writer.add(report).decode())

    def finish(self) -> Iterator[Text]:
        sys.stdout.write(self._writer.end().decode())
        return iter(())

    def break_off(self) -> None:
        self.finish()


class _HeldBack:
    """Printed when it is whole."""

    def __init__(self, writer: FindingWriter, stack: ExitStack) -> None:
        self._writer = writer
        self._held = stack.enter_context(tempfile.SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115

    def add(self, report: LocatedReport) -> None:
        self._held.write(self._writer.add(report))

    def finish(self) -> Iterator[Text]:
        self._held.write(self._writer.end())
        self._held.seek(0)
        shutil.copyfileobj(io.TextIOWrapper(self._held, "utf-8", newline=""), sys.stdout)
        return iter(())

    def break_off(self) -> None:
        """Leave it: half a document could be taken for the whole."""


class _Filed:
    """A file."""

    def __init__(self, writer: FindingWriter, made: Product) -> None:
        self._writer = writer
        self._made = made

    def add(self, report: LocatedReport) -> None:
        self._made.write(self._writer.add(report))

    def finish(self) -> Iterator[Text]:
        self._made.write(self._writer.end())
        self._made.finish()
        yield same(str(self._made.path))

    def break_off(self) -> None:
        """Leave it: the file does not appear."""


class _Apart:
    """A file for each report that the format has something to say of, written at once."""

    def __init__(self, target: Target, folder: Path) -> None:
        self._target = target
        self._folder = folder
        self._written: dict[Path, None] = {}

    def add(self, report: LocatedReport) -> None:
        form = self._target.form
        if not form.concerns(report):
            return
        path = self._free(report)
        replace_file(path, written(form, [report], Occasion(report.language)))
        self._written[path] = None

    def finish(self) -> Iterator[Text]:
        count = len(self._written)
        yield Text(
            f"{self._folder}（{count} 个文件）", f"{self._folder} ({counted(count, 'file')})"
        )

    def break_off(self) -> None:
        """Leave it: each file is complete."""

    def _free(self, report: LocatedReport) -> Path:
        """Return a name that no report of this run has had."""
        name = report.title or Path(report.file).stem
        end, number = _END.in_(report.language), 1
        while True:
            counted = end if number == 1 else f"{end} {number}"
            path: Path = self._folder / (usable_name(name, counted) + self._target.form.SUFFIX)
            if path not in self._written:
                return path
            number += 1
