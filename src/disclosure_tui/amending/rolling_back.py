"""Putting an earlier version of a schema, or of an overlay, back in force: what is to be done."""

from __future__ import annotations

from pathlib import Path

from disclosure_tui.amending import refusals
from disclosure_tui.amending.installing import Change, InForce
from disclosure_tui.amending.shelf import Kept, Shelf, Versioned
from disclosure_tui.report_type import LoadedReportType, loaded_entry
from disclosure_tui.schema.catalog import CatalogEntry
from disclosure_tui.schema.entry import read_schema
from disclosure_tui.schema.overlay_entry import OverlayEntry, chosen_overlay
from disclosure_tui.schema.versions import version_key
from disclosure_tui.schema_search import SchemaSearch

__all__ = ["rollback"]


def rollback(name: str, search: SchemaSearch, version: str = "") -> Change:
    """Plan to put an earlier version in force again.

    Args:
        name: The report type, `gov-info-annual/2021`; or the `$id` of an overlay.
        search: Where schemas are looked for.
        version: The version, or empty: the one before the one in force.

    Raises:
        SchemaError: There is none, or what is in force does not lie where it can be changed.
    """
    catalog = search.at(Path())
    for overlay in catalog.overlays():
        base = catalog.by_identifier(overlay.head.base)
        if overlay.head.identifier == name and base is not None:
            return _Rollback(search, base.name, version).of_overlay()
    return _Rollback(search, name, version).of_schema()


class _Rollback:
    """One rollback while it is planned."""

    def __init__(self, search: SchemaSearch, name: str, version: str) -> None:
        self._name, self._version = name, version
        self._folder = search.install_folder(Path())
        self._now = InForce.of(search, name)
        if self._now.entry is None:
            # With the names that come close.
            self._now.catalog.find(name)
            raise AssertionError(name)
        self._entry: CatalogEntry = self._now.entry

    def of_schema(self) -> Change:
        """Plan it for the schema itself."""
        now, catalog = self._entry, self._now.catalog
        if self._now.pin is not None:
            raise refusals.pinned(self._name, now.version, self._now.pin)
        shelf = self._shelf(now)
        here = self._before(shelf, now.version)
        if here is not None:
            entry = next(one for one in catalog.entries() if one.path == here.path)
            new = loaded_entry(entry, None, self._now.overlay)
            return self._change(shelf, now, here, new)
        own = {one.path for one in shelf.files}
        left = [
            one
            for one in catalog.entries()
            if one.name == self._name and one.path not in own and catalog.counts(one)
        ]
        if not left or (self._version and left[0].order != version_key(self._version)):
            raise refusals.nothing_before(now.version, shelf, self._version)
        return self._cleared(shelf, left[0], loaded_entry(left[0], None, self._now.overlay))

    def of_overlay(self) -> Change:
        """Plan it for what the district adds; before its first version there was nothing."""
        now, catalog = self._now.overlay, self._now.catalog
        if now is None:
            raise refusals.not_in_force(self._name)
        shelf = self._shelf(now)
        here = self._before(shelf, now.head.version)
        if here is not None:
            entry = next(one for one in catalog.overlays() if one.path == here.path)
            return self._change(shelf, now, here, loaded_entry(self._entry, self._now.pin, entry))
        if self._version:
            raise refusals.nothing_before(now.head.version, shelf, self._version)
        own = {one.path for one in shelf.files}
        others = [one for one in catalog.overlays() if one.path not in own]
        known = (one.identifier for one in catalog.entries())
        left = chosen_overlay(others, self._entry.identifier, known)
        new = loaded_entry(self._entry, self._now.pin, left)
        return self._cleared(shelf, left or now, new)

    def _shelf(self, now: CatalogEntry | OverlayEntry) -> Shelf:
        shelf = Shelf.read(self._folder, Versioned.of(now.head, now.path))
        if now.path not in {one.path for one in shelf.listed}:
            raise refusals.not_here(now.path, self._folder)
        return shelf

    def _before(self, shelf: Shelf, now: str) -> Kept | None:
        """Return the version to go back to, among those that reports find in the folder."""
        earlier = [one for one in shelf.listed if version_key(one.version) < version_key(now)]
        if self._version:
            key = version_key(self._version)
            earlier = [one for one in earlier if version_key(one.version) == key]
        return earlier[0] if earlier else None

    def _change(
        self, shelf: Shelf, now: CatalogEntry | OverlayEntry, here: Kept, new: LoadedReportType
    ) -> Change:
        stems = Versioned.of(now.head, now.path).stems
        wanted = Versioned(shelf.identifier, here.version, here.sha256, stems)
        plan = shelf.putting(here.version, read_schema(here.path))
        return Change(wanted, self._name, shelf, plan, self._now.loaded(), new)

    def _cleared(
        self, shelf: Shelf, left: CatalogEntry | OverlayEntry, new: LoadedReportType
    ) -> Change:
        wanted = Versioned.of(left.head, left.path)
        return Change(wanted, self._name, shelf, shelf.clearing(), self._now.loaded(), new)
