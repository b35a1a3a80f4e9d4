"""Where the schemas for a report are looked for, and which version a district asks for.

The folders named on the command line come first, then the district's, the system's and the
package's own. A folder beside the report and the person's own come last; they are not trusted.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import DisclosureError, SchemaError
from disclosure_tui.language import Text
from disclosure_tui.schema.catalog import Catalog
from disclosure_tui.schema.file_trust import file_doubt, folder_doubt, is_own, real_path
from disclosure_tui.schema.pin_faults import misread_pins, unmatched_pins
from disclosure_tui.schema.pins import Pin
from disclosure_tui.schema.places import Place, PlaceKind, in_order, package_folder, place_at
from disclosure_tui.settings import (
    DISTRICT_FILE,
    Settings,
    district_roots,
    system_folder,
    user_file,
)
from disclosure_tui.store.document import Document
from disclosure_tui.store.files import read_bytes

__all__ = ["SCHEMAS_FOLDER", "VERSIONS_KEY", "SchemaSearch"]

SCHEMAS_FOLDER = "schemas"
VERSIONS_KEY = "schema_versions"
"""In `disclosure.yaml`: report types, and the version of each that is in force."""


@dataclass(frozen=True, slots=True)
class SchemaSearch:
    """Where schemas are looked for, the same for all reports of a run.

    Attributes:
        named: Folders named by the person, to look in first.
        trusted_only: What is not trusted is refused.
        district: The root of the district where none is found around a report, or None.
        system: The system's folders.
        user: The person's own folders.
    """

    named: tuple[Path, ...] = ()
    trusted_only: bool = False
    district: Path | None = None
    system: tuple[Path, ...] = ()
    user: tuple[Path, ...] = ()

    @classmethod
    def of(
        cls,
        settings: Settings,
        named: Iterable[Path] = (),
        *,
        trusted_only: bool = False,
        environment: Mapping[str, str] = os.environ,
    ) -> SchemaSearch:
        """Return the search that the settings ask for.

        Args:
            settings: What is settled in files.
            named: Folders named by the person, to look in first.
            trusted_only: What is not trusted is refused.
            environment: Environment variables.
        """
        return cls(
            tuple(named),
            trusted_only,
            settings.district,
            (*settings.system_schemas, system_folder(environment) / SCHEMAS_FOLDER),
            (*settings.schemas, user_file(environment).parent / SCHEMAS_FOLDER),
        )

    def at(self, folder: Path) -> Catalog:
        """Return the catalogue that holds for reports of a folder."""
        return Catalog(self.places(folder), self.trusted_only)

    def notices_at(self, folder: Path) -> tuple[SchemaError, ...]:
        """Return what a person should know of the district's own file."""
        root = self.district_of(folder)
        doubt = None if root is None else file_doubt(root / DISTRICT_FILE)
        if root is None:
            return ()
        if doubt is None:
            path = root / DISTRICT_FILE
            asked = self._asked(path)
            if asked is None:
                return ()
            return tuple(misread_pins(asked, self.at(folder), VERSIONS_KEY, str(path)))
        what = Text("其中指定的格式版本没有采用：", "the versions it asks for are not used: ")
        return (SchemaError(what + doubt, where=str(root / DISTRICT_FILE)),)

    def unmatched_at(self, folder: Path) -> tuple[SchemaError, ...]:
        """Return why versions that the district asks for cannot be used."""
        root = self.district_of(folder)
        if root is None or file_doubt(root / DISTRICT_FILE) is not None:
            return ()
        path = root / DISTRICT_FILE
        return tuple(unmatched_pins(self._asked(path), self.at(folder), str(path)))

    @staticmethod
    def _asked(path: Path) -> Any:
        """Return what a district's file asks for; nothing where it cannot be read."""
        try:
            return _asked(path, _state(path))
        except DisclosureError:
            return None  # the settings tell of it

    def places(self, folder: Path) -> tuple[Place, ...]:
        """Return the places that count for reports of a folder, in the order of the search."""
        found = [place_at(PlaceKind.NAMED, place) for place in self.named]
        found += [
            place_at(PlaceKind.DISTRICT, root / SCHEMAS_FOLDER, doubt)
            for root, doubt in self._districts(folder)
            if _is_there(root / SCHEMAS_FOLDER)
        ]
        found += [place_at(PlaceKind.SYSTEM, place) for place in self.system if _is_there(place)]
        found.append(place_at(PlaceKind.PACKAGE, package_folder()))
        beside = (folder / SCHEMAS_FOLDER, Path(SCHEMAS_FOLDER))
        found += [place_at(PlaceKind.PROJECT, place) for place in beside if _is_folder(place)]
        found += [place_at(PlaceKind.USER, place) for place in self.user if _is_there(place)]
        return in_order(found)

    def district_of(self, folder: Path) -> Path | None:
        """Return the root of the district that reports of a folder belong to, if it is trusted."""
        return next((root for root, doubt in self._districts(folder) if doubt is None), None)

    def install_folder(self, folder: Path) -> Path:
        """Return the folder that a new schema goes into: the one named, else the district's.

        Args:
            folder: Where one stands.

        Raises:
            SchemaError: No folder is named, and there is no district.
        """
        if self.named:
            return self.named[0]
        root = self.district_of(folder)
        if root is None:
            raise SchemaError(
                Text(
                    f"不在任何一级的总文件夹里（没有找到 {DISTRICT_FILE}），不知道放到哪里",
                    f"this is no district ({DISTRICT_FILE} was not found): where is it to go?",
                ),
                hint=Text(
                    "请到总文件夹里执行，或者用 --schema-dir 写明文件夹",
                    "run it inside the district's folder, or name a folder with --schema-dir",
                ),
            )
        return root / SCHEMAS_FOLDER

    def pin_at(self, folder: Path, name: str) -> Pin | None:
        """Return the version of a report type that the district asks for, or None.

        Raises:
            DisclosureError: Only trusted schemas may be used, and the district's file cannot be
                read.
        """
        root = self.district_of(folder)
        if root is None or file_doubt(root / DISTRICT_FILE) is not None:
            return None
        path = root / DISTRICT_FILE
        try:
            versions = _asked(path, _state(path))
        except DisclosureError:
            # Others are told by the settings, and go on with what is newest.
            if self.trusted_only:
                raise
            return None
        wanted = versions.get(name) if isinstance(versions, Mapping) else None
        return Pin.of(wanted, str(path), by_district=True)

    def _districts(self, folder: Path) -> Iterator[tuple[Path, Text | None]]:
        """Yield the roots around a folder, the outermost first; else the one that is settled.

        A root inside of another one cannot replace what the outer one has. A root of another
        account counts only if the settings name it: anybody can make a file of that name.
        """
        settled = None if self.district is None else real_path(self.district)
        found = [(root, _doubt(root, settled)) for root in district_roots(folder)]
        yield from found
        if self.district is not None and all(doubt is not None for _, doubt in found):
            yield self.district, _doubt(real_path(self.district), settled)


def _doubt(root: Path, settled: Path | None) -> Text | None:
    if root != settled and not is_own(root):
        return Text(
            f"【{root}】归别的账号所有；确认可信的，请管理员在设置文件里写 district",
            f"{root} belongs to another account; if it can be trusted, have the administrator "
            "write it as district into the settings",
        )
    return folder_doubt(root)


def _is_folder(place: Path) -> bool:
    try:
        return place.is_dir()
    except OSError:
        return False


def _is_there(folder: Path) -> bool:
    """Tell whether there is anything of that name; a link that leads nowhere is to be told."""
    return os.path.lexists(folder)


def _state(path: Path) -> tuple[int, ...]:
    try:
        found = path.stat()
    except OSError:
        return ()
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


@lru_cache(maxsize=8)
def _asked(path: Path, state: tuple[int, ...]) -> Any:
    del state
    data = Document.read(read_bytes(path), str(path)).data
    return data.get(VERSIONS_KEY) if isinstance(data, Mapping) else None
