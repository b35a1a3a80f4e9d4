"""The report files of the desk and their state, found out file by file. No Textual."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from disclosure_tui.batch import Checked, check_file, find_files
from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Language, Text
from disclosure_tui.model.finding import Severity
from disclosure_tui.model.report import Report
from disclosure_tui.render.width import MEASURE
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.store.recent import recently_opened

__all__ = ["DeskFile", "DeskState", "FileState"]

_MOST_RECENT = 5
_NAME, _STATE = 30, 14
_GAP = 2
_CONTINUE = Text("继续填报", "Go on with")
_HERE = Text("本文件夹", "In this folder")
_CANNOT = Text("打不开", "unreadable")
_CLEAN = Text("没有问题", "clean")
_WAITING = Text("待校验", "to be checked")


@dataclass(frozen=True, slots=True)
class FileState:
    """What a check of one file came to.

    Attributes:
        name: Year and office, or empty.
        state: Errors, queries and blanks in marks; or that it is clean, or cannot be opened.
        reason: Why it cannot be opened, or empty.
    """

    name: Text
    state: Text
    reason: Text

    @classmethod
    def of(cls, checked: Checked) -> FileState:
        """Sum a check up."""
        data = checked.document.data if checked.document is not None else None
        report = Report(data)
        organ, year = report.value_at(("organ", "name")), report.value_at(("year",))
        name = f"{year or ''} {organ or ''}".strip()
        if checked.result is None:
            what = checked.error.what if checked.error is not None else _CANNOT
            return cls(Text(name, name), _CANNOT, what)
        weights = [finding.severity for finding in checked.result.findings.open]
        parts = [
            f"{one.mark}{weights.count(one)}"
            for one in (Severity.ERROR, Severity.QUERY)
            if one in weights
        ]
        if checked.result.blank:
            parts.append(f"_{checked.result.blank}")
        marks = " ".join(parts)
        return cls(Text(name, name), Text(marks, marks) if marks else _CLEAN, Text("", ""))


@dataclass(frozen=True, slots=True)
class DeskFile:
    """One line of the desk.

    Attributes:
        path: The file.
        shown: How its place is written.
        is_recent: It is offered to go on with.
    """

    path: Path
    shown: str
    is_recent: bool


class DeskState:
    """The files of a folder and those opened last; what is known of each."""

    def __init__(self, folder: Path, report_types: ReportTypes) -> None:
        self.folder = folder
        self.files: tuple[DeskFile, ...] = ()
        self.states: Mapping[Path, FileState] = {}
        self._report_types = report_types
        self._seen: dict[Path, tuple[int, int]] = {}

    def find(self) -> tuple[DeskFile, ...]:
        """Look for the files. May take long on a slow disk: called in a thread."""
        recent = [path for path in recently_opened() if path.is_file()][:_MOST_RECENT]
        listed = find_files((self.folder,)).files
        return (
            *(DeskFile(path, _beside(path, self.folder), is_recent=True) for path in recent),
            *(DeskFile(path, _beside(path, self.folder), is_recent=False) for path in listed),
        )

    @property
    def headings(self) -> Mapping[int, Text]:
        """The headings, by the position of the file they stand before; none over one group."""
        recent = sum(file.is_recent for file in self.files)
        if not recent:
            return {}
        here = {recent: _HERE} if recent < len(self.files) else {}
        return {0: _CONTINUE, **here}

    def forget(self) -> None:
        """Have every file checked again."""
        self._seen.clear()

    def to_check(self) -> Iterator[Path]:
        """Yield the files that changed since they were checked, each once."""
        for path in dict.fromkeys(file.path for file in self.files):
            if self._seen.get(path) != _signature(path):
                yield path

    def check(self, path: Path) -> FileState:
        """Check one file. Called in a thread."""
        signature = _signature(path)
        found = FileState.of(check_file(path, self._report_types))
        self._seen[path] = signature
        return found

    def line(self, file: DeskFile, width: int, language: Language) -> str:
        """Return the line of a file: year and office, its place, its state."""
        known = self.states.get(file.path)
        state = MEASURE.clip((known.state if known else _WAITING).in_(language), _STATE)
        room = max(0, width - _STATE - _GAP)
        name_room = min(_NAME, room // 2)
        name = MEASURE.fit(known.name.in_(language) if known else "", name_room)
        place = _tail(file.shown, max(1, room - name_room - _GAP))
        return f"{name}  {MEASURE.fit(place, max(1, room - name_room - _GAP))}  {state}"


def _signature(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


def _beside(path: Path, folder: Path) -> str:
    """Write a place as seen from a folder."""
    try:
        return str(path.resolve().relative_to(folder.resolve()))
    except (ValueError, OSError):
        return str(path)


def _tail(text: str, width: int) -> str:
    """Return the end of a path, where the name of the file is, marked if it was cut."""
    if MEASURE.width(text) <= width:
        return text
    shown = text
    while shown and MEASURE.width(shown) > width - 1:
        shown = shown[1:]
    return "~" + shown
