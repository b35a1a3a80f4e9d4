"""Reads a published copy and compares it with the report file that it is a copy of."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from types import ModuleType

from disclosure_tui.data_class import dataclass
from disclosure_tui.discovery import modules_of
from disclosure_tui.exchange.labels import key
from disclosure_tui.exchange.mapping import Mapping, Unread, map_tables
from disclosure_tui.exchange.picture import MOST_PLACES, Block, PageUnreadable, Paragraph, Picture
from disclosure_tui.exchange.printed import Panel, panels_of
from disclosure_tui.language import Language, Text
from disclosure_tui.model.finding import Findings
from disclosure_tui.model.form import Form
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.publication.faults import heading_faults, label_faults, table_faults
from disclosure_tui.publication.figures import compare_figures
from disclosure_tui.publication.layout import lay_out_page
from disclosure_tui.publication.long_tables import read_long_tables
from disclosure_tui.publication.own_lines import OwnLines
from disclosure_tui.publication.proof import NotRead, Proof
from disclosure_tui.publication.texts import TextComparison, compare_texts
from disclosure_tui.render.view import build_view
from disclosure_tui.render.wording import Wording

__all__ = ["LARGEST_PAGE", "Page", "formats", "read_page", "verify"]

LARGEST_PAGE = 30_000_000
"""Bytes; a report with pictures has some millions."""
_MOST_TABLES = 500
_MOST_PARAGRAPHS = 20_000
_TOO_LARGE = Text(
    "大得不像一份报告，没有核对。", "it is far larger than any report and was not compared."
)
_TOO_LARGE_HINT = Text(
    "请核对是不是公开的报告；如果是，请把报告单独另存后再核对。",
    "Is it the published report? If so, save the report by itself and try again.",
)

_TABLES_ONLY = Text(
    "这种文件只有表格：标题和文字没有核对。",
    "A file of this kind holds tables only: headings and texts were not compared.",
)


@dataclass(frozen=True, slots=True)
class Page:
    """A published copy that was read.

    Attributes:
        name: The file, as it was named.
        sha256: Digest of its bytes.
        format: `html`, `docx` and so on.
        picture: What it shows.
    """

    name: str
    sha256: str
    format: str
    picture: Picture


def formats() -> dict[str, ModuleType]:
    """Return the readers by the name of their format."""
    return {module.NAME: module for module in modules_of("disclosure_tui.exchange.readers")}


def read_page(content: bytes, name: str, chosen: str | None = None) -> Page:
    """Read a published copy.

    Args:
        content: Its bytes.
        name: Its file name, whose ending says what it is.
        chosen: The name of a format that it is instead.

    Raises:
        DisclosureError: It cannot be read.
    """
    if len(content) > LARGEST_PAGE:
        raise PageUnreadable(_TOO_LARGE, hint=_TOO_LARGE_HINT, where=name)
    readers = formats()
    reader = readers.get(chosen or "") or _by_ending(readers, name)
    try:
        picture = reader.read(content)
    except PageUnreadable as error:
        raise PageUnreadable(error.what, hint=error.hint, where=name) from error
    places = sum(table.row_count * table.column_count for table in picture.tables)
    paragraphs = len(picture.blocks) - len(picture.tables)
    counts = (len(picture.tables), paragraphs, places)
    if any(map(int.__gt__, counts, (_MOST_TABLES, _MOST_PARAGRAPHS, MOST_PLACES))):
        raise PageUnreadable(_TOO_LARGE, hint=_TOO_LARGE_HINT, where=name)
    return Page(name, hashlib.sha256(content).hexdigest(), reader.NAME, picture)


def _by_ending(readers: dict[str, ModuleType], name: str) -> ModuleType:
    ending = PurePath(name).suffix.casefold()
    for reader in readers.values():
        if ending in reader.SUFFIXES:
            return reader
    known = ", ".join(ending for reader in readers.values() for ending in reader.SUFFIXES)
    raise PageUnreadable(
        Text("看不出是哪种文件。", "what kind of file it is cannot be told from its name."),
        hint=Text(
            f"能读的后缀：{known}；也可以用 --as 写明格式。",
            f"These endings are known: {known}. Or name the format with --as.",
        ),
        where=name,
    )


def verify(
    form: Form,
    report: Report,
    page: Page,
    *,
    file: str,
    sha256: str,
    language: Language | None = None,
) -> Proof:
    """Compare a published copy with its report.

    Args:
        form: The form of the report's type.
        report: The values.
        page: The copy.
        file: Name of the report file.
        sha256: Digest of the report file.
        language: Language of the sentences; None: the form's own.
    """
    form = form.populated(report)
    spoken = language or form.report_type.language
    year = report.value_at(("year",))
    wording = Wording(form, spoken, year if isinstance(year, int) else None)
    verification = _Verification(form, report, page, wording)
    return verification.proof(file, sha256)


class _Verification:
    """One comparison."""

    def __init__(self, form: Form, report: Report, page: Page, wording: Wording) -> None:
        self._form = form
        self._report = report
        self._page = page
        self._wording = wording
        self._own = OwnLines(form)

    def proof(self, file: str, sha256: str) -> Proof:
        mapping, printed, panels, is_long = self._mapping()
        layout = None
        texts = TextComparison()
        remarks = [*self._page.picture.remarks]
        if self._page.picture.has_prose and not is_long:
            layout = lay_out_page(
                self._form,
                printed,
                self._page.picture.blocks,
                _label_keys(panels),
                mapping.used,
            )
            faults = list(heading_faults(self._form, layout, printed))
            view = build_view(self._form, self._report, Findings(()), printed)
            texts = compare_texts(view, layout, self._own)
        else:
            faults = []
            remarks.append(_TABLES_ONLY)
        if not is_long:
            faults += table_faults(self._form, layout, mapping, printed)
            faults += label_faults(mapping)
        figures = compare_figures(self._form, self._report, mapping.readings, self._wording)
        remarks += [*self._own.remarks, *self._digest(sha256), *_outside(texts.outside)]
        if layout is not None:
            remarks += _other_tables(len(self._page.picture.tables) - len(mapping.used))
        return Proof(
            file=file,
            sha256=sha256,
            page=self._page.name,
            page_sha256=self._page.sha256,
            page_format=self._page.format,
            report_type=self._form.report_type.name,
            language=self._wording.language,
            cells=len(self._form.cells),
            compared=figures.compared,
            differences=figures.differences,
            texts=tuple(texts.differences),
            faults=tuple(faults),
            unread=(*self._unread(mapping.unread), *figures.unread, *texts.unread),
            remarks=tuple(dict.fromkeys(remarks)),
        )

    def _mapping(self) -> tuple[Mapping, Language, list[Panel], bool]:
        """Read the tables in the language in which most of them is found."""
        tables = self._page.picture.tables
        organ, year = self._report.value_at(("organ", "name")), self._report.value_at(("year",))
        long = read_long_tables(tables, self._form, str(organ or ""), str(year or ""))
        own = self._form.report_type.language
        if long is not None:
            return Mapping(long.readings, long.unread), own, panels_of(self._form, own), True
        best: tuple[Mapping, Language, list[Panel], bool] | None = None
        for language in sorted(Language, key=lambda language: language is not own):
            panels = panels_of(self._form, language)
            mapping = map_tables(tables, panels)
            if best is None or len(mapping.readings) > len(best[0].readings):
                best = mapping, language, panels, False
        assert best is not None
        return best

    def _unread(self, unread: Sequence[Unread]) -> Iterator[NotRead]:
        """Yield what was not read, what has one reason in one table together."""
        groups: dict[tuple[str, Text], list[Pointer]] = {}
        for item in unread:
            for pointer in item.pointers:
                groups.setdefault((self._wording.table(pointer), item.reason), []).append(pointer)
        for (table, reason), pointers in groups.items():
            yield NotRead(tuple(pointers), table, reason)

    def _digest(self, sha256: str) -> Iterator[Text]:
        """Say whether the copy was made from this state of the report file, if it says so."""
        found = {
            digest
            for text in _texts(self._page.picture.blocks)
            if (digest := self._own.digest_in(text))
        }
        if found == {sha256}:
            yield Text(
                "副本上的校验码与报告文件一致。", "The copy names the digest of this report file."
            )
        elif found:
            yield Text(
                "副本上的校验码与报告文件不一致：副本是用这份文件的另一个版本生成的。",
                "The copy names another digest: it was made from another state of the report file.",
            )


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (cell.text for cell in block.cells)


def _label_keys(panels: Sequence[Panel]) -> frozenset[str]:
    labels = (
        label
        for panel in panels
        for line in (*panel.rows, *panel.columns)
        for label in (panel.caption, panel.corner, *line.labels)
    )
    return frozenset(key(label) for label in labels) - {""}


def _other_tables(count: int) -> Iterator[Text]:
    if count:
        yield Text(
            f"页面上还有 {count} 张别的表，没有核对。",
            f"{count} other tables of the page were not compared.",
        )


def _outside(texts: Sequence[str]) -> Iterator[Text]:
    if texts:
        yield Text(
            f"页面上报告以外的文字 {len(texts)} 段，没有核对。",
            f"{len(texts)} paragraphs of the page are outside the report and were not compared.",
        )
