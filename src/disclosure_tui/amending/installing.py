"""Putting a version of a schema, or of an overlay, in force: what is to be done."""

from __future__ import annotations

from pathlib import Path

from disclosure_tui.amending import refusals
from disclosure_tui.amending.naming import under_overlay
from disclosure_tui.amending.received import Received
from disclosure_tui.amending.shelf import Plan, Shelf, Versioned
from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Language, Text, same
from disclosure_tui.report_type import LoadedReportType, loaded_entry
from disclosure_tui.schema.catalog import Catalog, CatalogEntry
from disclosure_tui.schema.overlay_entry import OverlayEntry, OverlayHead
from disclosure_tui.schema.pins import Pin
from disclosure_tui.schema.places import PlaceKind, place_at
from disclosure_tui.schema.versions import version_key
from disclosure_tui.schema_search import SchemaSearch

__all__ = ["Change", "InForce", "installation"]


@dataclass(frozen=True, slots=True)
class InForce:
    """What reports of a type are judged by where one stands.

    Attributes:
        catalog: All there is.
        pin: The version that the district asks for, or None.
        entry: The schema, or None.
        overlay: What the district adds to it, or None.
    """

    catalog: Catalog
    pin: Pin | None
    entry: CatalogEntry | None
    overlay: OverlayEntry | None

    @classmethod
    def of(cls, search: SchemaSearch, name: str) -> InForce:
        """Find it.

        Args:
            search: Where schemas are looked for.
            name: The report type.

        Raises:
            SchemaError: It cannot be told: a file cannot be read, or two say different things.
        """
        catalog, pin = search.at(Path()), search.pin_at(Path(), name)
        if name not in catalog.names():
            return cls(catalog, pin, None, None)
        entry = catalog.find(name, pin)
        return cls(catalog, pin, entry, catalog.overlay_of(entry))

    def loaded(self) -> LoadedReportType | None:
        """Return it ready to use.

        Raises:
            SchemaError: It cannot be used.
        """
        return None if self.entry is None else loaded_entry(self.entry, self.pin, self.overlay)

    def holds(self, wanted: Versioned) -> Path | None:
        """Return the file that holds just this version, if it is in force."""
        for found in (self.entry, self.overlay):
            if found is not None and found.head.identifier == wanted.identifier:
                return found.path if found.head.sha256 == wanted.sha256 else None
        return None


@dataclass(frozen=True)
class Change:
    """A change of the version in force.

    Attributes:
        wanted: The version that comes into force.
        name: The report type.
        shelf: The folder.
        plan: What is to be done there.
        old: What is in force now, or None.
        new: What comes into force.
        is_done: It is in force already, from this folder.
    """

    wanted: Versioned
    name: str
    shelf: Shelf
    plan: Plan
    old: LoadedReportType | None
    new: LoadedReportType
    is_done: bool = False

    @property
    def is_of_overlay(self) -> bool:
        """Tell whether it is about what a district adds, not about the schema itself."""
        sides = (self.old, self.new)
        overlays = [side.form.overlay for side in sides if side is not None]
        return self.wanted.identifier in {one.identifier for one in overlays if one is not None}

    @property
    def leaves_nothing(self) -> bool:
        """Tell whether no overlay is in force afterwards."""
        gone = self.plan.content is None and self.is_of_overlay
        return gone and self.new.form.overlay is None

    @property
    def title(self) -> Text:
        """What the schema is called in a sentence."""
        for side in (self.new, self.old):
            over = side.form.overlay if side is not None else None
            if over is not None and over.identifier == self.wanted.identifier:
                zh, en = over.title(Language.CHINESE), over.title(Language.ENGLISH)
                return Text(f"补充规定【{zh}】", f"overlay {en!r}")
        return same(self.name)

    @property
    def undone_by(self) -> str:
        """What `schema rollback` is to be told to undo it."""
        return self.wanted.identifier if self.is_of_overlay else self.name

    def carry_out(self) -> None:
        """Do it.

        Raises:
            DisclosureError: It cannot be done; what is in force is the old or the new version.
        """
        self.shelf.carry_out(self.plan, self.wanted)


def installation(found: Received, search: SchemaSearch, *, older: bool = False) -> Change:
    """Plan to put a received schema or overlay in force.

    Args:
        found: The schema.
        search: Where schemas are looked for.
        older: It may be older than what is there.

    Raises:
        SchemaError: It must not be: the version is known with other contents, it is older, the
            folder is open to everybody, or schema and overlay would not fit.
    """
    head, name = found.head, found.loaded.form.report_type.name
    wanted = Versioned.of(head, found.path)
    folder = search.install_folder(Path())
    doubt = place_at(PlaceKind.DISTRICT, folder).doubt
    if doubt is not None:
        raise refusals.not_trusted(folder, doubt)
    shelf, now = Shelf.read(folder, wanted), InForce.of(search, name)
    _refuse_other_contents(wanted, shelf, now.catalog)
    if isinstance(head, OverlayHead):
        _refuse_second(head, folder, now.catalog)
    known = [one.head for one in (now.entry, now.overlay) if one is not None]
    versions = [one.version for one in shelf.listed[:1]]
    versions += [one.version for one in known if one.identifier == wanted.identifier]
    for version in versions:
        if version_key(wanted.version) < version_key(version) and not older:
            raise refusals.older(wanted, version, found.path)
    new = found.loaded
    if now.overlay is not None and not isinstance(head, OverlayHead):
        # What the district adds has to fit the new schema.
        new = under_overlay(new, str(now.overlay.path), now.overlay.head.sha256)
    held = now.holds(wanted)
    return Change(
        wanted,
        name,
        shelf,
        shelf.putting(wanted.version, found.content),
        now.loaded(),
        new,
        held is not None and held in {one.path for one in shelf.listed},
    )


def _refuse_other_contents(wanted: Versioned, shelf: Shelf, catalog: Catalog) -> None:
    """Stop where the version is known with other bytes, be it out of force or elsewhere."""
    key = version_key(wanted.version)
    known = [(one.path, one.sha256) for one in shelf.of_version(wanted.version)]
    elsewhere: list[CatalogEntry | OverlayEntry] = [*catalog.entries(), *catalog.overlays()]
    known += [
        (one.path, one.head.sha256)
        for one in elsewhere
        if one.head.identifier == wanted.identifier and version_key(one.head.version) == key
    ]
    for path, sha256 in known:
        if sha256 != wanted.sha256:
            raise refusals.other_contents(wanted, path, sha256)


def _refuse_second(head: OverlayHead, folder: Path, catalog: Catalog) -> None:
    """Stop where the folder has another overlay over the same schema: there can be one only."""
    for one in catalog.overlays():
        same_base = one.head.base == head.base and one.head.identifier != head.identifier
        if same_base and one.path.parent == folder:
            raise refusals.second_overlay(one)
