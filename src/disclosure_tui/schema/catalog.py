"""Which schemas exist, where, and which of them is meant: the first trusted place decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import SchemaError
from disclosure_tui.schema import catalog_errors as errors
from disclosure_tui.schema.entry import (
    CatalogEntry,
    named_by,
    read_head,
    read_schema,
    schema_files,
)
from disclosure_tui.schema.overlay_entry import (
    OVERLAY_SUFFIX,
    OverlayEntry,
    OverlayHead,
    chosen_overlay,
)
from disclosure_tui.schema.pins import Pin
from disclosure_tui.schema.places import Place, PlaceKind, in_order, package_folder, place_at

__all__ = ["Catalog", "CatalogEntry", "package_folder"]


@dataclass(frozen=True, slots=True)
class _Broken:
    """A file, or a whole folder, that cannot be read.

    Attributes:
        place: Where it lies.
        names: The report type it is probably about, or empty.
        error: What is the matter.
        is_older: By its name it is an older version, kept beside the present one.
        is_overlay: By its name it adds to a report type.
    """

    place: Place
    names: str
    error: SchemaError
    is_older: bool = False
    is_overlay: bool = False


@dataclass(frozen=True)
class Catalog:
    """The schemas of several places, looked at once.

    A report type is settled by the first trusted place that has it, by the newest version there.
    What lies in other places counts only for report types that no trusted place has.

    Attributes:
        places: Where to look, in this order.
        trusted_only: What lies in other places than trusted ones is refused.
    """

    places: tuple[Place, ...]
    trusted_only: bool = False

    @classmethod
    def of(cls, extra: Iterable[Path] = ()) -> Catalog:
        """Build the catalogue of named folders, then the package; nothing else is looked at."""
        named = [place_at(PlaceKind.NAMED, folder) for folder in extra]
        return cls(in_order((*named, place_at(PlaceKind.PACKAGE, package_folder()))))

    def at(self, folder: Path) -> Catalog:
        """Return the catalogue that holds for reports of a folder: this one, for all."""
        del folder
        return self

    def pin_at(self, folder: Path, name: str) -> Pin | None:
        """Return the version that a place asks for: none, this is only a catalogue."""
        del folder, name
        return None

    def notices_at(self, folder: Path) -> tuple[SchemaError, ...]:
        """Return what there is to tell besides `notices`: nothing."""
        del folder
        return ()

    @cached_property
    def _found(
        self,
    ) -> tuple[tuple[CatalogEntry, ...], tuple[_Broken, ...], tuple[OverlayEntry, ...]]:
        entries: list[CatalogEntry] = []
        overlays: list[OverlayEntry] = []
        broken: list[_Broken] = []
        for place in self.places:
            here: list[CatalogEntry] = []
            for path in _files(place, broken):
                found = _entry(place, path)
                if isinstance(found, _Broken):
                    broken.append(found)
                elif isinstance(found, OverlayEntry):
                    overlays.append(found)
                elif found is not None:
                    here.append(found)
            entries.extend(sorted(here, key=lambda entry: entry.order, reverse=True))
        return tuple(entries), tuple(broken), tuple(overlays)

    def entries(self) -> tuple[CatalogEntry, ...]:
        """Return every schema there is: by place, and there the newest first."""
        return self._found[0]

    def overlays(self) -> tuple[OverlayEntry, ...]:
        """Return every overlay there is, by place."""
        return self._found[2]

    def overlay_of(self, entry: CatalogEntry) -> OverlayEntry | None:
        """Return the overlay that is in force over a schema, or None.

        Raises:
            SchemaError: One cannot be read, or it cannot be told which is meant.
        """
        for item in self._found[1]:
            if item.is_overlay and item.place.trusted:
                raise item.error
        known = (each.identifier for each in self.entries())
        return chosen_overlay(self.overlays(), entry.identifier, known)

    def names(self) -> tuple[str, ...]:
        """Return the names of all report types, in the order they were found."""
        return tuple(dict.fromkeys(entry.name for entry in self.entries()))

    def notices(self) -> tuple[SchemaError, ...]:
        """Return what a person should know of the places: `doubts` and `faults`."""
        return (*self.doubts(), *self.faults())

    def faults(self) -> tuple[SchemaError, ...]:
        """Return what is the matter with files and folders that cannot be read."""
        return tuple(item.error for item in self._found[1])

    def doubts(self) -> tuple[SchemaError, ...]:
        """Return why places and files are not trusted that should be."""
        entries = self.entries()
        doubted = [place for place in self.places if place.doubt is not None]
        told = [errors.doubted(place.folder, place.doubt) for place in doubted if place.doubt]
        told += [
            errors.doubted(entry.path, entry.doubt)
            for entry in entries
            if entry.doubt is not None and entry.place.doubt is None
        ]
        told += [
            errors.doubted(overlay.path, overlay.doubt)
            for overlay in self.overlays()
            if overlay.doubt is not None and overlay.place.doubt is None
        ]
        told += [
            errors.unused_overlay(overlay.path)
            for overlay in self.overlays()
            if not overlay.place.kind.is_trusted
        ]
        return tuple(told)

    def find(self, name: str, pin: Pin | None = None) -> CatalogEntry:
        """Return the schema of a report type.

        Args:
            name: What report files call it.
            pin: The version that is asked for, or None: the newest of the first trusted place.

        Raises:
            SchemaError: There is none, with the names that come close; not the version that is
                asked for; or several places say different things of one version.
        """
        pool = self._counting(name)
        if pin is not None:
            found = self._pinned(name, pool, pin)
        else:
            self._refuse_broken(name, pool)
            if not pool:
                raise errors.unknown(name, self.names())
            found = _newest([entry for entry in pool if entry.place == pool[0].place])
        self._refuse_conflict(found)
        return found

    def for_year(self, kind: str, year: int) -> CatalogEntry | None:
        """Return the edition of a report type that is in force for a report year.

        Raises:
            SchemaError: As for `find`.
        """
        for name in self.names():
            if name.partition("/")[0] == kind:
                entry = self.find(name)
                if entry.covers(year):
                    return entry
        return None

    def by_identifier(self, identifier: str, version: str = "") -> CatalogEntry | None:
        """Return the schema with an `$id`, as an overlay names its base; None if there is none.

        Raises:
            SchemaError: Several places say different things of one version.
        """
        pin = Pin(version)
        named = [entry for entry in self.entries() if entry.identifier == identifier]
        pool = [entry for entry in named if entry.trusted]
        if named and not pool and self.trusted_only:
            raise errors.not_trusted(named[0])
        pool = pool or named
        pool = [entry for entry in pool if pin.has_version(entry)]
        if not pool:
            return None
        found = _newest([entry for entry in pool if entry.place == pool[0].place])
        self._refuse_conflict(found)
        return found

    def counts(self, entry: CatalogEntry) -> bool:
        """Tell whether a schema may be used at all: it is trusted, or replaces nothing that is."""
        try:
            return entry in self._counting(entry.name)
        except SchemaError:
            return False

    def is_in_use(self, entry: CatalogEntry, pin: Pin | None = None) -> bool:
        """Tell whether a schema is the one that reports are judged by that ask for no other."""
        try:
            return self.find(entry.name, pin) == entry
        except SchemaError:
            return False

    def conflicts(self) -> tuple[SchemaError, ...]:
        """Return where one version of one schema has different contents in two files."""
        found: dict[tuple[str, object], CatalogEntry] = {}
        told = []
        for entry in self.entries():
            first = found.setdefault((entry.identifier, entry.order), entry)
            if first.sha256 != entry.sha256:
                told.append(errors.conflict(first, entry))
        return tuple(told)

    def _counting(self, name: str) -> list[CatalogEntry]:
        named = [entry for entry in self.entries() if entry.name == name]
        trusted = [entry for entry in named if entry.trusted]
        if trusted:
            return trusted
        if named and self.trusted_only:
            raise errors.not_trusted(named[0])
        taken = {entry.identifier for entry in self.entries() if entry.trusted}
        return [entry for entry in named if entry.identifier not in taken]

    def _pinned(self, name: str, pool: Sequence[CatalogEntry], pin: Pin) -> CatalogEntry:
        of_version = [entry for entry in pool if pin.has_version(entry)]
        found = [entry for entry in of_version if pin.has_digest(entry)]
        if found:
            return found[0]
        if of_version:
            raise errors.other_digest(pin, of_version[0])
        known = [entry for entry in self.entries() if entry.name == name]
        self._refuse_broken(name, (), older=True)
        if not known:
            raise errors.unknown(name, self.names())
        raise errors.no_such_version(name, pin, known)

    def _refuse_conflict(self, entry: CatalogEntry) -> None:
        for other in self.entries():
            same = other.identifier == entry.identifier and other.order == entry.order
            if same and other.sha256 != entry.sha256 and (other.trusted or not self.trusted_only):
                raise errors.conflict(entry, other)

    def _refuse_broken(
        self, name: str, pool: Sequence[CatalogEntry], *, older: bool = False
    ) -> None:
        """Stop where a file that cannot be read might be the one that decides.

        Args:
            name: The report type that is looked for.
            pool: What was found for it.
            older: An older version that is kept beside the present one (`NAME@VERSION`) might
                decide as well.
        """
        for item in self._found[1]:
            if item.names != name or (item.is_older and not older and pool):
                continue
            if not pool or (
                item.place.trusted
                and self.places.index(item.place) <= self.places.index(pool[0].place)
            ):
                raise item.error


def _files(place: Place, broken: list[_Broken]) -> tuple[Path, ...]:
    try:
        return schema_files(place.folder)
    except OSError as error:
        broken.append(_Broken(place, "", errors.unreadable_folder(place.folder, error)))
        return ()


def _entry(place: Place, path: Path) -> CatalogEntry | OverlayEntry | _Broken | None:
    try:
        head = read_head(path)
    except SchemaError as error:
        try:
            source = read_schema(path)
        except SchemaError:
            source = b""
        is_overlay = path.name.endswith(OVERLAY_SUFFIX)
        named = named_by(source, path)
        return _Broken(place, named, error, "@" in path.name, is_overlay)
    if isinstance(head, OverlayHead):
        return OverlayEntry.of(head, path, place)
    return None if head is None else CatalogEntry.of(head, path, place)


def _newest(entries: Sequence[CatalogEntry]) -> CatalogEntry:
    """Return the newest of the schemas that one place has for a report type.

    An overlay stands for the schema that it extends. Two schemas that are not one another's
    overlay cannot both say what the report type is.
    """
    bases = {entry.head.base for entry in entries}
    left = [entry for entry in entries if entry.identifier not in bases] or list(entries)
    first = left[0]
    for other in left:
        if other.identifier != first.identifier:
            raise errors.ambiguous(first, other)
    return first
