"""Last year's report: found as the report says, and brought to the places of this edition.

It is named by path and digest, typed in by hand, or found by its content in the district's
folders: the same report type, the same office, the year before. Merged offices have several;
their figures are added.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from disclosure_tui.errors import DisclosureError
from disclosure_tui.language import Text
from disclosure_tui.model.form import Form, PriorType
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Plain, Report
from disclosure_tui.opening import open_document, report_type_name
from disclosure_tui.rules.reading import PriorReport
from disclosure_tui.settings import district_root
from disclosure_tui.store.document import Document

__all__ = ["FoundPrior", "PriorStatus", "find_prior"]


class PriorStatus:
    """What became of last year's report; the values are those of the JSON output."""

    USED = "used"
    NONE = "none"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    DIGEST_DIFFERS = "digest_differs"
    WRONG_REPORT = "wrong_report"


@dataclass(frozen=True, slots=True)
class FoundPrior:
    """Last year's report, or why there is none.

    Attributes:
        status: One of `PriorStatus`.
        prior: Its values at this edition's places, or None.
        file: The file as named, or empty.
        sha256: Digest of the file read, or empty.
        reason: What is wrong with a named one, or None.
    """

    status: str
    prior: PriorReport | None = None
    file: str = ""
    sha256: str = ""
    reason: Text | None = None


_NO_FILE = Text("找不到这个文件", "there is no such file")
_OTHER_BYTES = Text(
    "文件内容与记下的校验码不同，可能在记下之后改过",
    "its digest is not the one noted: it was changed since",
)
_MOST_SEARCHED = 40
"""So many files of last year's folder are looked into."""


def find_prior(form: Form, report: Report, path: Path) -> FoundPrior:
    """Find last year's report of a report.

    Args:
        form: The report's form.
        report: The report.
        path: Its file: paths in it start at its folder.
    """
    named = report.value_at(("prior",))
    items = named if isinstance(named, list) else [named] if isinstance(named, Mapping) else []
    if not items:
        found = _by_content(form, report, path)
        return FoundPrior(PriorStatus.NONE) if found is None else found
    parts = [_named(form, item, path) for item in items if isinstance(item, Mapping)]
    broken = [part for part in parts if part.prior is None]
    if broken:
        return broken[0]
    return parts[0] if len(parts) == 1 else _added(form, parts)


def _named(form: Form, item: Mapping[str, Any], path: Path) -> FoundPrior:
    values = item.get("values")
    if isinstance(values, Mapping):
        return FoundPrior(PriorStatus.USED, PriorReport(Report(_from_pointers(values))))
    file = item.get("file")
    if not isinstance(file, str) or not file:
        return FoundPrior(PriorStatus.NONE)
    place = path.parent / file
    if not place.is_file():
        return FoundPrior(PriorStatus.MISSING, file=file, reason=_NO_FILE)
    try:
        document = open_document(place)
        found = _mapped(form, document, file)
    except DisclosureError as error:
        return FoundPrior(PriorStatus.UNREADABLE, file=file, reason=error.what)
    noted = item.get("sha256")
    if isinstance(noted, str) and noted and noted != document.sha256:
        return FoundPrior(
            PriorStatus.DIGEST_DIFFERS, found.prior, file, document.sha256, _OTHER_BYTES
        )
    return found


def _by_content(form: Form, report: Report, path: Path) -> FoundPrior | None:
    """Look in the district's folder of the same unit, a year before."""
    year, code = report.value_at(("year",)), report.value_at(("organ", "code"))
    root = district_root(path.parent)
    if root is None or not isinstance(year, int) or not isinstance(code, str):
        return None
    folder = root / "units" / code / str(year - 1)
    candidates = sorted(folder.glob("*.y*ml"))[:_MOST_SEARCHED] if folder.is_dir() else []
    matching = [place for place in candidates if _is_of(place, code, year - 1)]
    if not matching:
        return None
    if len(matching) > 1:
        names = "、".join(place.name for place in matching)
        reason = Text(f"有两份上年年报：{names}", f"there are two of last year: {names}")
        return FoundPrior(PriorStatus.WRONG_REPORT, file=str(folder), reason=reason)
    try:
        return _mapped(form, open_document(matching[0]), str(matching[0]))
    except DisclosureError as error:
        return FoundPrior(PriorStatus.UNREADABLE, file=str(matching[0]), reason=error.what)


def _is_of(place: Path, code: str, year: int) -> bool:
    try:
        data = open_document(place).data
    except DisclosureError:
        return False
    organ, found = Report(data).value_at(("organ", "code")), Report(data).value_at(("year",))
    return (organ, found) == (code, year)


def _mapped(form: Form, document: Document, file: str) -> FoundPrior:
    """Bring a report of one of the types that last year's may have to this edition's places."""
    name = report_type_name(document)
    kind = next((item for item in form.report_type.prior if item.name == name), None)
    if kind is None:
        known = "、".join(item.name for item in form.report_type.prior)
        reason = Text(f"不是可比的格式，可用：{known}", f"not comparable; known: {known}")
        return FoundPrior(PriorStatus.WRONG_REPORT, file=file, reason=reason)
    prior = PriorReport(Report(_renamed(kind, document.data)), tuple(_without(kind)))
    return FoundPrior(PriorStatus.USED, prior, file, document.sha256)


def _without(kind: PriorType) -> Iterator[Pointer]:
    for text in kind.without:
        yield Pointer(text.split("."))


def _renamed(kind: PriorType, data: Plain) -> Plain:
    """Put the values of renamed paths where this edition has them."""
    result = data
    for here, there in kind.renamed.items():
        value = Report(data).value_at(tuple(there.split(".")))
        result = _with(result, here.split("."), value)
    return result


def _with(node: Plain, keys: list[str], value: Plain) -> Plain:
    if not keys:
        return value
    copy = dict(node) if isinstance(node, Mapping) else {}
    copy[keys[0]] = _with(copy.get(keys[0]), keys[1:], value)
    return copy


def _from_pointers(values: Mapping[str, Plain]) -> Plain:
    result: Plain = {}
    for text, value in values.items():
        try:
            result = _with(result, list(Pointer.parse(text)), value)
        except ValueError:
            continue
    return result


def _added(form: Form, parts: list[FoundPrior]) -> FoundPrior:
    """Add the figures of merged offices; a figure that one of them lacks is blank."""
    result: Plain = {}
    without = {pointer for part in parts if part.prior for pointer in part.prior.without}
    for node in form.cells:
        figures = [part.prior.report.value_at(node.pointer) for part in parts if part.prior]
        if all(_is_figure(figure) for figure in figures):
            result = _with(result, list(node.pointer), sum(figures))
    files = "、".join(part.file for part in parts)
    return FoundPrior(PriorStatus.USED, PriorReport(Report(result), tuple(without)), files)


def _is_figure(value: Plain) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)
