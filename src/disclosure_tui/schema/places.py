"""Where schemas are looked for: kinds of places, and which of them count as trusted."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text
from disclosure_tui.schema.file_trust import file_doubt, folder_doubt, real_path

__all__ = ["Place", "PlaceKind", "in_order", "package_folder", "place_at"]


class PlaceKind(StrEnum):
    """What a place is; the order is that of the search."""

    NAMED = "named"
    DISTRICT = "district"
    SYSTEM = "system"
    PACKAGE = "package"
    PROJECT = "project"
    USER = "user"

    @property
    def is_trusted(self) -> bool:
        """Whether such a place may settle what a report type is."""
        return self not in (PlaceKind.PROJECT, PlaceKind.USER)


@dataclass(frozen=True, slots=True)
class Place:
    """A folder that schemas are looked for in.

    Attributes:
        kind: What it is.
        folder: The folder.
        doubt: Why it is not trusted although its kind is, or None.
    """

    kind: PlaceKind
    folder: Path
    doubt: Text | None = None

    @property
    def trusted(self) -> bool:
        """Whether its schemas may settle what a report type is."""
        return self.kind.is_trusted and self.doubt is None

    @property
    def origin(self) -> str:
        """What results call it: its kind, or the folder that was named."""
        return str(self.folder) if self.kind is PlaceKind.NAMED else self.kind.value

    def doubt_about(self, path: Path) -> Text | None:
        """Return why a file of this place is not trusted, or None; the package's own is."""
        if self.trusted and self.kind is not PlaceKind.PACKAGE:
            return file_doubt(path)
        return self.doubt


def place_at(kind: PlaceKind, folder: Path, doubt: Text | None = None) -> Place:
    """Return a place, looked at for who may change it.

    Args:
        kind: What it is.
        folder: The folder.
        doubt: Why it is not trusted, if that is known before.
    """
    # Who may change the program's own folder may change the program.
    if doubt is None and kind.is_trusted and kind is not PlaceKind.PACKAGE:
        doubt = folder_doubt(folder)
    return Place(kind, folder, doubt)


def in_order(places: Iterable[Place]) -> tuple[Place, ...]:
    """Return places in the order of the search: trusted ones first, each folder once."""
    found: dict[Path, Place] = {}
    for place in sorted(places, key=lambda each: not each.trusted):
        found.setdefault(real_path(place.folder), place)
    return tuple(found.values())


def package_folder() -> Path:
    """Return the folder of the schemas that come with the program.

    An installed copy carries them inside the package; in a checkout they lie at its top.
    """
    inside = Path(__file__).parents[1] / "schemas"
    return inside if inside.is_dir() else Path(__file__).parents[3] / "schemas"
