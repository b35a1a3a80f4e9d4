"""A report type ready to use: its form, its checker and where its schema came from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text
from disclosure_tui.model.form import Form
from disclosure_tui.model.schema_source import SchemaSource, SchemaStamp
from disclosure_tui.rules.checker import Checker
from disclosure_tui.schema.catalog import Catalog, CatalogEntry
from disclosure_tui.schema.compiler import compile_form
from disclosure_tui.schema.entry import read_schema
from disclosure_tui.schema.loader import load_schema
from disclosure_tui.schema.overlay import base_of, compose
from disclosure_tui.schema.overlay_entry import OverlayEntry, no_base
from disclosure_tui.schema.pins import Pin
from disclosure_tui.schema.places import Place
from disclosure_tui.schema.restriction import check_restricts

__all__ = [
    "LoadedReportType",
    "ReportTypes",
    "SchemaPlaces",
    "load_report_type",
    "load_schema_file",
    "loaded_entry",
    "loaded_from",
]


@dataclass(frozen=True)
class LoadedReportType:
    """A report type, ready to check reports.

    Attributes:
        checker: Checks reports; holds the form.
        path: The schema file.
        origin: `package`, another kind of place, or the folder the user named.
        source: Where it came from, and whether that is trusted.
    """

    checker: Checker
    path: Path
    origin: str
    source: SchemaSource = field(default_factory=SchemaSource)

    @property
    def form(self) -> Form:
        """The compiled form."""
        return self.checker.form

    @property
    def stamp(self) -> SchemaStamp:
        """Format, version, digest and origin: what every result ends with."""
        kind = self.form.report_type
        return SchemaStamp(
            kind.name,
            self.form.identifier,
            kind.version,
            self.form.sha256,
            self.source,
            self.form.overlay,
        )


class SchemaPlaces(Protocol):
    """Tells which schemas there are for the reports of a folder."""

    def at(self, folder: Path) -> Catalog:
        """Return the catalogue that holds for reports of a folder."""

    def pin_at(self, folder: Path, name: str) -> Pin | None:
        """Return the version of a report type that is asked for there, or None."""

    def notices_at(self, folder: Path) -> tuple[SchemaError, ...]:
        """Return what a person should know besides what the catalogue tells."""


def load_schema_file(path: Path, origin: str, catalog: Catalog | None = None) -> LoadedReportType:
    """Load one schema file; an overlay with the schema that it is over.

    Args:
        path: The file.
        origin: What results call the place it lies in.
        catalog: Where the base of an overlay is looked for; by default beside it, and among the
            schemas that come with the program.

    Raises:
        SchemaError: It cannot be read, is not of the dialect, or a rule is wrong; or it is an
            overlay of a schema that there is not.
    """
    source = read_schema(path)
    base = base_of(source, path.name)
    if not base:
        return _loaded(path, origin, None)
    known = catalog or Catalog.of((path.parent,))
    found = known.by_identifier(base)
    if found is None:
        raise no_base(f"{path}#/$ref", base, (entry.identifier for entry in known.entries()))
    return _loaded(found.path, found.origin, path)


@lru_cache(maxsize=32)
def _cached(
    path: Path, origin: str, sha256: str, overlay: Path | None = None, overlay_sha256: str = ""
) -> LoadedReportType:
    del sha256, overlay_sha256
    return _loaded(path, origin, overlay)


def _loaded(path: Path, origin: str, overlay: Path | None) -> LoadedReportType:
    """Load a report type from its file, and from that of an overlay over it."""
    schema = load_schema(read_schema(path), path.name, _rule_kinds)
    source = SchemaSource("named", str(path.parent), str(path))
    if overlay is None:
        checker = Checker(compile_form(schema), is_proved=schema.is_proved)
        return LoadedReportType(checker, path, origin, source)
    try:
        schema = compose(schema, read_schema(overlay), overlay.name, _rule_kinds)
        check_restricts(schema)
        checker = Checker(compile_form(schema))
    except SchemaError as error:
        raise _with_overlay(error, overlay) from error
    source = replace(source, overlay=str(overlay), overlay_sha256=schema.sha256)
    return LoadedReportType(checker, path, origin, source)


def _rule_kinds() -> Mapping[str, Any]:
    """Load the rule kinds: what they add to the dialect is asked of schemas not known yet."""
    from disclosure_tui.rules.registry import item_schemas

    return item_schemas()


def _with_overlay(error: SchemaError, overlay: Path) -> SchemaError:
    """Name the overlay where a place of the base cannot be used because of it."""
    if overlay.name in error.where:
        return error
    beside = Text(f"（加上补充规定【{overlay.name}】以后）", f" (with the overlay {overlay.name})")
    return SchemaError(error.what + beside, hint=error.hint, where=error.where)


class ReportTypes:
    """The report types of a run, each loaded once."""

    def __init__(
        self, places: SchemaPlaces, tell: Callable[[SchemaError], None] | None = None
    ) -> None:
        """Begin with nothing loaded.

        Args:
            places: Where schemas are looked for; a catalogue is the same for all folders.
            tell: Called once for everything a person should know of the places.
        """
        self._places = places
        self._tell = tell
        self._told: set[tuple[str, str]] = set()
        self._catalogs: dict[tuple[Place, ...], Catalog] = {}
        self._by_folder: dict[Path, Catalog] = {}
        self._notices: dict[Path, tuple[SchemaError, ...]] = {}
        self._entries: dict[tuple[int, str, Pin | None], CatalogEntry] = {}

    @property
    def catalog(self) -> Catalog:
        """The catalogue that holds where one stands."""
        return self.catalog_at(Path())

    def catalog_at(self, folder: Path) -> Catalog:
        """Return the catalogue that holds for reports of a folder."""
        if folder not in self._by_folder:
            found = self._places.at(folder)
            found = self._catalogs.setdefault(found.places, found)
            self._by_folder[folder] = found
            self._notices[folder] = (*found.notices(), *self._places.notices_at(folder))
            for notice in self._notices[folder]:
                self._pass_on(notice)
        return self._by_folder[folder]

    def notices_for(self, folder: Path) -> tuple[SchemaError, ...]:
        """Return what a person should know of the places for reports of a folder."""
        self.catalog_at(folder)
        return self._notices[folder]

    def load(
        self, name: str, folder: Path | None = None, pin: Pin | None = None
    ) -> LoadedReportType:
        """Return a report type by the name that report files use.

        Args:
            name: As in a report file: kind, slash, edition.
            folder: Where the report stands; by default where one is.
            pin: The version that the report asks for, or None: what the district asks for.

        Raises:
            SchemaError: There is none, its schema cannot be used, or it is not trusted where
                nothing else may be used.
        """
        place = Path() if folder is None else folder
        catalog = self.catalog_at(place)
        pin = pin or self._places.pin_at(place, name)
        key = (id(catalog), name, pin)
        if key not in self._entries:
            self._entries[key] = catalog.find(name, pin)
        entry = self._entries[key]
        return loaded_entry(entry, pin, catalog.overlay_of(entry))

    def _pass_on(self, notice: SchemaError) -> None:
        key = (notice.where, notice.what.en)
        if self._tell is not None and key not in self._told:
            self._told.add(key)
            self._tell(notice)


def loaded_from(stamp: SchemaStamp) -> LoadedReportType:
    """Load again what another process has loaded.

    Args:
        stamp: What it was.

    Raises:
        SchemaError: The schema cannot be used.
    """
    source = stamp.source
    overlay = Path(source.overlay) if source.overlay else None
    found = _cached(Path(source.file), source.origin, stamp.sha256, overlay, source.overlay_sha256)
    return replace(found, source=source)


def loaded_entry(
    entry: CatalogEntry, pin: Pin | None = None, overlay: OverlayEntry | None = None
) -> LoadedReportType:
    """Load the schema of a catalogue's entry.

    Args:
        entry: What was found.
        pin: What asked for just this version, or None.
        overlay: What is in force over it, or None.

    Raises:
        SchemaError: Its schema cannot be used.
    """
    pinned_by = "" if pin is None else "district" if pin.by_district else "report"
    over = (None, "") if overlay is None else (overlay.path, overlay.head.sha256)
    loaded = _cached(entry.path, entry.origin, entry.sha256, *over)
    place = entry.place
    source = SchemaSource(
        place.kind.value,
        str(place.folder),
        str(entry.path),
        entry.trusted,
        pinned_by,
        loaded.source.overlay,
        loaded.source.overlay_sha256,
    )
    return loaded if loaded.source == source else replace(loaded, source=source)


def load_report_type(name: str, schema_folders: Iterable[Path] = ()) -> LoadedReportType:
    """Return a report type by its name.

    Args:
        name: As in a report file: kind, slash, edition.
        schema_folders: Folders to look in before the package's own.

    Raises:
        SchemaError: There is none, or its schema cannot be used.
    """
    return ReportTypes(Catalog.of(schema_folders)).load(name)
