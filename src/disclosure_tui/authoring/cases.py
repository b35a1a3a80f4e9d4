"""Rule cases as data: what a rule must come to on a report that is changed a little.

A folder of cases holds base reports (they say `report_type`) and files of cases (they say `rule`).
docs/reference/rule-cases.md tells the format.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Plain, Report
from disclosure_tui.opening import open_document
from disclosure_tui.store.document import Document

__all__ = ["Case", "CaseFolder", "Expected", "read_cases"]

SUFFIXES = (".yaml", ".yml")


class Expected(StrEnum):
    """What a case says that the rule comes to; the value is the key in the file."""

    HOLDS = "holds"
    FAILS = "fails"
    NOTES = "notes"
    """Right, and worth a note."""
    SILENT = "silent"
    """The rule has nothing to say."""
    UNDECIDED = "undecided"
    NO_PRIOR = "no_prior"
    """Undecided, since a figure of last year is missing."""


@dataclass(frozen=True, slots=True)
class Case:
    """One case.

    Attributes:
        rule: The rule it is about.
        expected: What it must come to.
        where: File and line.
        values: What is put into the base report, by place.
        zeroed: Below these places every figure becomes 0 first.
        before: What last year's report differs in from the base report; None: there is none.
        before_edition: The edition of last year's report, or empty: the same.
        editions: Only for these editions, or None: for all that have the rule.
        at: The instances that come to it, or None: not told.
        says: Pieces of text that the findings must have, in either language.
    """

    rule: str
    expected: Expected
    where: str
    values: Mapping[Pointer, Plain]
    zeroed: tuple[Pointer, ...] = ()
    before: Mapping[Pointer, Plain] | None = None
    before_edition: str = ""
    editions: frozenset[str] | None = None
    at: tuple[str, ...] | None = None
    says: tuple[str, ...] = ()

    def is_for(self, report_type: str) -> bool:
        """Tell whether the case is meant for a report type of its folder."""
        return self.editions is None or report_type.partition("/")[2] in self.editions


@dataclass(frozen=True, slots=True)
class CaseFolder:
    """The cases of one folder.

    Attributes:
        path: The folder.
        bases: Base report by report type.
        cases: In the order of files and verdicts.
    """

    path: Path
    bases: Mapping[str, Report]
    cases: tuple[Case, ...]

    def of(self, report_type: str) -> Iterator[Case]:
        """Yield the cases for a report type."""
        if report_type in self.bases:
            yield from (case for case in self.cases if case.is_for(report_type))


def read_cases(folders: Iterable[Path]) -> tuple[CaseFolder, ...]:
    """Read the cases in some folders and the folders below them.

    Raises:
        SchemaError: A file of cases is not written as it must be.
        DocumentError: A file cannot be read.
    """
    found: dict[Path, CaseFolder] = {}
    for folder in folders:
        for root, names, files in os.walk(folder):
            names.sort()
            paths = [Path(root) / name for name in sorted(files) if name.endswith(SUFFIXES)]
            if paths and (loaded := _folder(Path(root), paths)) is not None:
                found[loaded.path.resolve()] = loaded
    return tuple(found.values())


def _folder(path: Path, files: list[Path]) -> CaseFolder | None:
    """Read one folder; None if it holds no cases, but reports alone."""
    documents = [open_document(file) for file in files]
    written = [item for item in documents if _has(item, "rule")]
    if not written:
        return None
    bases: dict[str, Report] = {}
    for document in documents:
        if _has(document, "rule"):
            continue
        name = _mapping(document.data).get("report_type")
        if not isinstance(name, str) or name in bases:
            raise SchemaError(
                Text(
                    "用例文件夹里只放用例（写有 rule）和底稿（写有 report_type，每种格式一份）",
                    "a folder of cases holds cases (with rule) and one base report for each "
                    "report type (with report_type)",
                ),
                where=document.name,
            )
        bases[name] = Report(document.data)
    cases = tuple(case for document in written for case in _FileOfCases(document).cases())
    return CaseFolder(path, bases, cases)


def _has(document: Document, key: str) -> bool:
    return key in _mapping(document.data)


def _mapping(value: Plain) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


_ITEM_KEYS = (
    "say",
    "in",
    "set",
    "zero",
    "before",
    "before_edition",
    "editions",
    "at",
    "says",
    "why",
)
_FILE_KEYS = ("rule", "set", "zero", "before", "before_edition", "editions", "in", *Expected)
_TEXT = Text("文字", "a text")
_TEXTS = Text("文字或文字列表", "a text or a list of texts")
_NAMED_SECTION = Text(
    "写明放进哪一部分的文字：in: 键", "a text with the section that it goes into: in: its key"
)
_VALUES = Text("路径和值的对应表", "a map of values by path")


class _FileOfCases:
    """Reads one file; every complaint names its line."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._data = _mapping(document.data)

    def cases(self) -> Iterator[Case]:
        """Yield the cases in the order they are written."""
        self._known(Pointer(), self._data, _FILE_KEYS)
        rule = self._of(Pointer(), self._data, "rule", str, _TEXT)
        for expected in Expected:
            place = Pointer.of(expected.value)
            listed = self._data.get(expected.value)
            if listed is None:
                continue
            if not isinstance(listed, list):
                raise self._wrong(place, Text("用例列表", "a list of cases"))
            for number, item in enumerate(listed):
                yield self._case(str(rule), expected, place / str(number), item)

    def _case(self, rule: str, expected: Expected, place: Pointer, item: Any) -> Case:
        item = {"say": item} if isinstance(item, str) else item
        if not isinstance(item, Mapping):
            raise self._wrong(place, Text("一句话，或一组键", "a sentence or a map"))
        self._known(place, item, _ITEM_KEYS)
        values = {**self._values(Pointer(), self._data, "set"), **self._values(place, item, "set")}
        if "say" in item:
            target = self._of(place, item, "in", str, _TEXT) or self._data.get("in")
            if not isinstance(target, str):
                raise self._wrong(place, _NAMED_SECTION)
            values[_pointer(target)] = self._of(place, item, "say", str, _TEXT)
        holder, at = (item, place) if "before" in item else (self._data, Pointer())
        has_prior = holder.get("before") is not None
        zeroed = self._texts(place, item, "zero") or self._texts(Pointer(), self._data, "zero")
        editions = self._texts(place, item, "editions")
        if editions is None:
            editions = self._texts(Pointer(), self._data, "editions")
        return Case(
            rule=rule,
            expected=expected,
            where=self._where(place),
            values=values,
            zeroed=tuple(map(_pointer, zeroed or ())),
            before=self._values(at, holder, "before") if has_prior else None,
            before_edition=str(item.get("before_edition", self._data.get("before_edition", ""))),
            editions=None if editions is None else frozenset(editions),
            at=self._texts(place, item, "at"),
            says=self._texts(place, item, "says") or (),
        )

    def _values(self, place: Pointer, item: Mapping[str, Any], key: str) -> dict[Pointer, Plain]:
        written = self._of(place, item, key, Mapping, _VALUES) or {}
        return {_pointer(str(path)): value for path, value in written.items()}

    def _texts(self, place: Pointer, item: Mapping[str, Any], key: str) -> tuple[str, ...] | None:
        value = item.get(key)
        if value is None:
            return None
        listed = value if isinstance(value, list) else [value]
        if not all(isinstance(each, str) for each in listed):
            raise self._wrong(place / key, _TEXTS)
        return tuple(listed)

    def _of(
        self, place: Pointer, item: Mapping[str, Any], key: str, kind: type, wanted: Text
    ) -> Any:
        value = item.get(key)
        if value is not None and not isinstance(value, kind):
            raise self._wrong(place / key, wanted)
        return value

    def _known(self, place: Pointer, item: Mapping[str, Any], keys: Iterable[str]) -> None:
        allowed = [str(key) for key in keys]
        for key in map(str, item):
            if key not in allowed:
                close = difflib.get_close_matches(key, allowed, n=1, cutoff=0.6)
                hint = (
                    Text(f"是不是 {close[0]}？", f"did you mean {close[0]}?")
                    if close
                    else Text(f"可用的键：{'、'.join(allowed)}", f"known: {', '.join(allowed)}")
                )
                raise SchemaError(
                    Text(f"用例里不能写【{key}】", f"a case has no key {key!r}"),
                    hint=hint,
                    where=self._where(place / key, key=True),
                )

    def _wrong(self, place: Pointer, wanted: Text) -> SchemaError:
        keys = [key for key in place if not key.isdecimal()]
        key = keys[-1] if keys else ""
        return SchemaError(
            Text(f"用例的【{key}】请写{wanted.zh}", f"{key!r} of a case must be {wanted.en}"),
            where=self._where(place),
        )

    def _where(self, place: Pointer, *, key: bool = False) -> str:
        locate = self._document.locate_key if key else self._document.locate
        position = locate(place)
        return f"{self._document.name}:{position.line if position else 1}"


def _pointer(path: str) -> Pointer:
    """Read a place: keys joined by dots, or a JSON Pointer where a key has dots itself."""
    return Pointer.parse(path) if path.startswith("/") else Pointer(path.split("."))
