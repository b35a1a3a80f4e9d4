"""A report type ready to use: its form, its checker and where its schema came from."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text
from disclosure_tui.model.form import Form
from disclosure_tui.rules.checker import Checker
from disclosure_tui.rules.registry import item_schemas
from disclosure_tui.schema.catalog import Catalog, CatalogEntry
from disclosure_tui.schema.compiler import compile_form
from disclosure_tui.schema.loader import load_schema

__all__ = ["LoadedReportType", "ReportTypes", "load_report_type", "load_schema_file"]


@dataclass(frozen=True)
class LoadedReportType:
    """A report type, ready to check reports.

    Attributes:
        checker: Checks reports; holds the form.
        path: The schema file.
        origin: `package`, or the folder the user named.
    """

    checker: Checker
    path: Path
    origin: str

    @property
    def form(self) -> Form:
        """The compiled form."""
        return self.checker.form


def load_schema_file(path: Path, origin: str) -> LoadedReportType:
    """Load one schema file.

    Raises:
        SchemaError: It cannot be read, is not of the dialect, or a rule is wrong.
    """
    try:
        source = path.read_bytes()
    except OSError as error:
        raise SchemaError(
            Text("格式文件打不开", "the schema file cannot be opened"), where=str(path)
        ) from error
    form = compile_form(load_schema(source, path.name, item_schemas()))
    return LoadedReportType(Checker(form), path, origin)


@lru_cache(maxsize=32)
def _cached(path: Path, origin: str, modified: int) -> LoadedReportType:
    del modified
    return load_schema_file(path, origin)


class ReportTypes:
    """The report types of a catalogue, each loaded once."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._entries: dict[str, CatalogEntry] = {}

    def load(self, name: str) -> LoadedReportType:
        """Return a report type by the name that report files use.

        Raises:
            SchemaError: There is none, or its schema cannot be used.
        """
        if name not in self._entries:
            self._entries[name] = self.catalog.find(name)
        entry = self._entries[name]
        return _cached(entry.path, entry.origin, entry.path.stat().st_mtime_ns)


def load_report_type(name: str, schema_folders: Iterable[Path] = ()) -> LoadedReportType:
    """Return a report type by its name.

    Args:
        name: As in a report file: kind, slash, edition.
        schema_folders: Folders to look in before the package's own.

    Raises:
        SchemaError: There is none, or its schema cannot be used.
    """
    return ReportTypes(Catalog.of(schema_folders)).load(name)
