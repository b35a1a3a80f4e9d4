"""`disclosure schema list`: every schema there is, where it lies, and which one is used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from disclosure_tui.cli.exit_code import ExitCode
from disclosure_tui.cli.output import data
from disclosure_tui.cli.program import (
    Program,
    command,
    language_option,
    reports_folder_option,
    schema_folder_option,
    trusted_only_option,
)
from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text
from disclosure_tui.model.form import localized
from disclosure_tui.model.schema_source import SHOWN_DIGITS, origin_words
from disclosure_tui.schema.catalog import Catalog, CatalogEntry
from disclosure_tui.schema.overlay_entry import OVERLAY_SUFFIX
from disclosure_tui.schema_search import SchemaSearch

if TYPE_CHECKING:
    import click

__all__ = ["list_command", "standing_of"]


def list_command(program: Program) -> click.Command:
    """Return the command."""

    def list_schemas(folder: Path, schema_dir: tuple[Path, ...]) -> int:
        search = program.schema_search(schema_dir)
        catalog = search.at(folder)
        for entry in catalog.entries():
            data("\t".join(_row(program, search, folder, catalog, entry)))
        doubled = list(_overlay_rows(program, search, folder, catalog))
        faults = (*catalog.faults(), *catalog.conflicts(), *doubled, *search.unmatched_at(folder))
        for notice in (*catalog.doubts(), *search.notices_at(folder), *faults):
            program.tell(notice)
        return ExitCode.UNREADABLE if faults else ExitCode.CLEAN

    text = Text(
        "列出各处已有的格式，先找的在前：名称、版本、适用年度、标题、来源、文件、校验码、用不用。"
        "带 * 的来源不可信，只在没有可信的同名格式时才用。"
        "退出码：0 正常；3 有的文件读不出来，或者同一版本有两种内容。",
        "List the schemas of all places, in the order of the search: name, version, years, title, "
        "origin, file, digest, whether it is used. Those with * are not trusted, and used only "
        "where no trusted one has the name. Exit codes: 0 in order, 3 a file cannot be read, or "
        "one version has different contents.",
    )
    options = [
        reports_folder_option(program),
        schema_folder_option(program),
        trusted_only_option(program),
        language_option(program),
    ]
    summary = Text("列出已有的格式", "List the schemas")
    return command(program, "list", list_schemas, summary, text, options)


def _row(
    program: Program, search: SchemaSearch, folder: Path, catalog: Catalog, entry: CatalogEntry
) -> tuple[str, ...]:
    first, last = entry.head.first_year, entry.head.last_year
    return (
        entry.name,
        entry.version,
        f"{first or ''}-{last or ''}",
        localized(entry.title, program.language),
        origin_words(entry.origin).in_(program.language),
        str(entry.path),
        entry.sha256[:SHOWN_DIGITS],
        standing_of(search, folder, catalog, entry).in_(program.language),
    )


def _overlay_rows(
    program: Program, search: SchemaSearch, folder: Path, catalog: Catalog
) -> Iterator[SchemaError]:
    """Print the overlays, and yield why some of them cannot be used."""
    used: set[Path] = set()
    told = {error.where for error in catalog.faults()}
    for name in catalog.names():
        try:
            overlay = catalog.overlay_of(catalog.find(name, search.pin_at(folder, name)))
        except SchemaError as error:
            if OVERLAY_SUFFIX in error.where and error.where not in told:
                told.add(error.where)
                yield error
            continue
        if overlay is not None:
            used.add(overlay.path)
    for overlay in catalog.overlays():
        over = [entry.name for entry in catalog.entries() if entry.identifier == overlay.head.base]
        name = over[0] if over else overlay.head.base
        mark = Text("", "") if overlay.trusted else Text("* ", "* ")
        standing = Text("采用", "used") if overlay.path in used else Text("不用", "not used")
        row = (
            overlay.head.identifier,
            overlay.head.version,
            "",
            Text(f"补充规定：{name}", f"overlay of {name}").in_(program.language),
            origin_words(overlay.place.origin).in_(program.language),
            str(overlay.path),
            overlay.head.sha256[:SHOWN_DIGITS],
            (mark + standing).in_(program.language),
        )
        data("\t".join(row))


def standing_of(search: SchemaSearch, folder: Path, catalog: Catalog, entry: CatalogEntry) -> Text:
    """Say whether reports of a folder are judged by a schema; `*` where it is not trusted."""
    mark = Text("", "") if entry.trusted else Text("* ", "* ")
    if not catalog.counts(entry):
        return mark + Text("不用", "not used")
    pin = search.pin_at(folder, entry.name)
    if not catalog.is_in_use(entry, pin):
        return mark + Text("备用", "kept")
    return mark + (Text("采用", "used") if pin is None else Text("采用，本级指定", "used, pinned"))
