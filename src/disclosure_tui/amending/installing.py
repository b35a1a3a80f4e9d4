"""Putting a version of a schema in force, and the one before it again: what is to be done."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from disclosure_tui.amending.received import Received
from disclosure_tui.amending.shelf import Kept, Plan, Shelf
from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text
from disclosure_tui.report_type import LoadedReportType, loaded_entry
from disclosure_tui.schema.catalog import Catalog, CatalogEntry
from disclosure_tui.schema.entry import SchemaHead, read_schema
from disclosure_tui.schema.pins import Pin
from disclosure_tui.schema.places import PlaceKind, place_at
from disclosure_tui.schema.versions import version_key
from disclosure_tui.schema_search import SchemaSearch

__all__ = ["Change", "current_entry", "installation", "rollback"]


@dataclass(frozen=True)
class Change:
    """A change of the version in force.

    Attributes:
        head: What the version that comes into force says of itself.
        shelf: The folder.
        plan: What is to be done there.
        old: What is in force now, or None.
        new: What comes into force.
        pin: The version that the district asks for, whatever is newest; or None.
    """

    head: SchemaHead
    shelf: Shelf
    plan: Plan
    old: LoadedReportType | None
    new: LoadedReportType
    pin: Pin | None = None

    @property
    def is_done(self) -> bool:
        """Tell whether the folder has it in force already; another place may have it too."""
        if self.old is None or self.old.form.sha256 != self.new.form.sha256:
            return False
        return self.old.path in {one.path for one in self.shelf.listed}

    def carry_out(self) -> None:
        """Do it.

        Raises:
            DisclosureError: It cannot be done; what is in force is the old or the new version.
        """
        self.shelf.carry_out(self.plan, self.head)


def current_entry(search: SchemaSearch, name: str, pin: Pin | None = None) -> CatalogEntry | None:
    """Return the schema that reports are judged by where one stands; None if there is none.

    Raises:
        SchemaError: It cannot be told: a file cannot be read, or two say different things.
    """
    catalog = search.at(Path())
    return catalog.find(name, pin) if name in catalog.names() else None


def installation(found: Received, search: SchemaSearch, *, older: bool = False) -> Change:
    """Plan to put a received schema in force.

    Args:
        found: The schema.
        search: Where schemas are looked for.
        older: It may be older than what is there.

    Raises:
        SchemaError: It must not be: the version is known with other contents, it is older, or
            the folder is open to everybody.
    """
    head = found.head
    folder = search.install_folder(Path())
    _require_trusted(folder)
    shelf = Shelf.read(folder, head)
    _refuse_other_contents(head, shelf, search.at(Path()))
    pin = search.pin_at(Path(), head.name)
    now = current_entry(search, head.name, pin)
    newest = shelf.listed[0].version if shelf.listed else ""
    known = [version for version in (newest, now.version if now is not None else "") if version]
    for version in known:
        if version_key(head.version) < version_key(version) and not older:
            raise _older(head, version, found.path)
    old = loaded_entry(now) if now is not None else None
    return Change(head, shelf, shelf.putting(head.version, found.content), old, found.loaded, pin)


def _require_trusted(folder: Path) -> None:
    place = place_at(PlaceKind.DISTRICT, folder)
    if place.doubt is not None:
        raise SchemaError(
            Text("放在这里的格式不会采用：", "a schema in this folder would not be used: ")
            + place.doubt,
            where=str(folder),
        )


def _refuse_other_contents(head: SchemaHead, shelf: Shelf, catalog: Catalog) -> None:
    """Stop where the version is known with other bytes, be it out of force or elsewhere."""
    here = [(one.path, one.sha256) for one in shelf.of_version(head.version)]
    elsewhere = [
        (entry.path, entry.sha256)
        for entry in catalog.entries()
        if entry.identifier == head.identifier and entry.order == version_key(head.version)
    ]
    for path, sha256 in (*here, *elsewhere):
        if sha256 != head.sha256:
            raise SchemaError(
                Text(
                    f"版本 {head.version} 已经有了，内容不同：【{path}】的校验码是 {sha256}，"
                    f"这个文件的是 {head.sha256}",
                    f"version {head.version} is there with other contents: {path} has the digest "
                    f"{sha256}, this file {head.sha256}",
                ),
                hint=Text(
                    "内容改了就要换版本号，请向发文单位核对",
                    "what is different needs another version; ask whoever issued it",
                ),
            )


def _older(head: SchemaHead, version: str, path: Path) -> SchemaError:
    return SchemaError(
        Text(
            f"这个文件是版本 {head.version}，比现有的 {version} 旧",
            f"this file is version {head.version}, older than {version}, which is there",
        ),
        hint=Text(
            f"要换回旧版本的，用 disclosure schema rollback {head.name}；"
            "确实要用这个文件的，加 --older",
            f"to go back use disclosure schema rollback {head.name}; "
            "to install this file nevertheless add --older",
        ),
        where=str(path),
    )


def rollback(name: str, search: SchemaSearch, version: str = "") -> Change:
    """Plan to put an earlier version in force again.

    Args:
        name: The report type: `gov-info-annual/2021`.
        search: Where schemas are looked for.
        version: The version, or empty: the one before the one in force.

    Raises:
        SchemaError: There is none, or what is in force does not lie where it can be changed.
    """
    folder = search.install_folder(Path())
    catalog = search.at(Path())
    pin = search.pin_at(Path(), name)
    now = catalog.find(name, pin)
    if pin is not None:
        raise _pinned(name, now, pin)
    shelf = Shelf.read(folder, now.head)
    if now.path not in {one.path for one in shelf.listed}:
        raise _not_here(now, folder)
    here = _before(shelf, now, version)
    if here is not None:
        content = read_schema(here.path)
        target = _entry_of(catalog, here)
        return Change(
            target.head,
            shelf,
            shelf.putting(here.version, content),
            loaded_entry(now),
            loaded_entry(target),
        )
    elsewhere = _elsewhere(catalog, now, shelf)
    if elsewhere is None or (version and elsewhere.order != version_key(version)):
        raise _nothing_before(now, shelf, version)
    return Change(
        elsewhere.head, shelf, shelf.clearing(), loaded_entry(now), loaded_entry(elsewhere)
    )


def _before(shelf: Shelf, now: CatalogEntry, version: str) -> Kept | None:
    """Return the version to go back to, among those that reports find in the folder."""
    earlier = [one for one in shelf.listed if version_key(one.version) < now.order]
    if version:
        earlier = [one for one in earlier if version_key(one.version) == version_key(version)]
    return earlier[0] if earlier else None


def _entry_of(catalog: Catalog, kept: Kept) -> CatalogEntry:
    return next(entry for entry in catalog.entries() if entry.path == kept.path)


def _elsewhere(catalog: Catalog, now: CatalogEntry, shelf: Shelf) -> CatalogEntry | None:
    """Return what decides when the folder has no version any more: the next place."""
    own = {one.path for one in shelf.files}
    left = [
        entry
        for entry in catalog.entries()
        if entry.name == now.name and entry.path not in own and catalog.counts(entry)
    ]
    return left[0] if left else None


def _pinned(name: str, now: CatalogEntry, pin: Pin) -> SchemaError:
    return SchemaError(
        Text(
            f"本级已指定【{name}】用版本 {now.version}，换版本要改这个指定",
            f"the district asks for version {now.version} of {name}; change it there",
        ),
        hint=Text(
            f"请在 schema_versions 下改写 {name} 的版本，或者删去这一行",
            f"write another version of {name} under schema_versions, or remove the line",
        ),
        where=pin.where,
    )


def _not_here(now: CatalogEntry, folder: Path) -> SchemaError:
    return SchemaError(
        Text(
            f"现在采用的格式是【{now.path}】，不在【{folder}】里，没有可以撤回的",
            f"the schema in force is {now.path}, not one in {folder}; nothing to roll back",
        ),
        hint=Text(
            "它在别的文件夹里的，请用 --schema-dir 写明那个文件夹",
            "if it lies in another folder, name that folder with --schema-dir",
        ),
    )


def _nothing_before(now: CatalogEntry, shelf: Shelf, version: str) -> SchemaError:
    known = [one.version for one in shelf.files if not one.is_retired]
    what = Text(
        f"没有比 {now.version} 早的版本可以换回", f"there is no version before {now.version}"
    )
    if version:
        what = Text(
            f"没有比 {now.version} 早的版本 {version}",
            f"there is no version {version} before {now.version}",
        )
    listed = list(dict.fromkeys(known))
    return SchemaError(
        what,
        hint=Text(
            f"这个文件夹里有：{'、'.join(listed)}", f"there are in this folder: {', '.join(listed)}"
        ),
        where=str(shelf.folder),
    )
