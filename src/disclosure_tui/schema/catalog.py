"""Which schemas exist, and where: the folders named by the user first, then the package's own."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text
from disclosure_tui.schema.loader import parse_json

__all__ = ["Catalog", "CatalogEntry", "package_folder"]

SUFFIX = ".schema.json"


@dataclass(frozen=True, slots=True)
class CatalogEntry:
    """A schema file that was found.

    Attributes:
        name: What a report file says: `gov-info-annual/2021`.
        identifier: `$id`.
        version: `2026.1`.
        path: The file.
        origin: `package`, or the folder the user named.
        first_year: First report year, or None.
        last_year: Last report year, or None.
        title: By language, the label of the report type; its own language first.
    """

    name: str
    identifier: str
    version: str
    path: Path
    origin: str
    first_year: int | None
    last_year: int | None
    title: Mapping[str, str]

    @property
    def kind(self) -> str:
        """The report type without its edition."""
        return self.name.partition("/")[0]

    @property
    def language(self) -> str:
        """The language of the report type."""
        return next(iter(self.title))

    def covers(self, year: int) -> bool:
        """Tell whether the edition is in force for a report year."""
        early = self.first_year is not None and year < self.first_year
        late = self.last_year is not None and year > self.last_year
        return not (early or late)


def package_folder() -> Path:
    """Return the folder of the schemas that come with the program.

    An installed copy carries them inside the package; in a checkout they lie at its top.
    """
    inside = Path(str(resources.files("disclosure_tui"))) / "schemas"
    return inside if inside.is_dir() else Path(__file__).parents[3] / "schemas"


@dataclass(frozen=True)
class Catalog:
    """The schemas of several folders; the first folder that has a report type wins."""

    folders: tuple[tuple[Path, str], ...]

    @classmethod
    def of(cls, extra: Iterable[Path] = ()) -> Catalog:
        """Build the catalogue of the user's folders, then the package."""
        named = [(folder, str(folder)) for folder in extra]
        return cls((*named, (package_folder(), "package")))

    def entries(self) -> tuple[CatalogEntry, ...]:
        """Return every schema there is, the winning one of each name first.

        Raises:
            SchemaError: A file cannot be read.
        """
        found: dict[tuple[str, str], CatalogEntry] = {}
        for folder, origin in self.folders:
            for path in sorted(folder.glob(f"*{SUFFIX}")):
                for entry in _entry(path, origin):
                    found.setdefault((entry.name, origin), entry)
        return tuple(found.values())

    def find(self, name: str) -> CatalogEntry:
        """Return the schema of a report type.

        Raises:
            SchemaError: There is none, with the names that come close.
        """
        entries = self.entries()
        for entry in entries:
            if entry.name == name:
                return entry
        names = sorted({entry.name for entry in entries})
        close = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
        hint = (
            Text(f"是不是 {close[0]}？", f"did you mean {close[0]}?")
            if close
            else Text(f"已有的格式：{'、'.join(names)}", f"known: {', '.join(names)}")
        )
        raise SchemaError(
            Text(f"没有找到【{name}】的格式文件", f"there is no schema for {name!r}"), hint=hint
        )

    def for_year(self, kind: str, year: int) -> CatalogEntry | None:
        """Return the edition of a report type that is in force for a report year."""
        for entry in self.entries():
            if entry.name.partition("/")[0] == kind and entry.covers(year):
                return entry
        return None


def _entry(path: Path, origin: str) -> Iterator[CatalogEntry]:
    try:
        contents: Any = parse_json(path.read_bytes(), str(path))
    except OSError as error:
        raise SchemaError(
            Text("格式文件打不开", "the schema file cannot be opened"), where=str(path)
        ) from error
    declared = contents.get("x-report") if isinstance(contents, dict) else None
    if not isinstance(declared, dict) or "type" not in declared or "edition" not in declared:
        return
    years = declared.get("years", {})
    language = declared.get("language", "zh")
    yield CatalogEntry(
        name=f"{declared['type']}/{declared['edition']}",
        identifier=str(contents.get("$id", "")),
        version=str(declared.get("version", "")),
        path=path,
        origin=origin,
        first_year=years.get("from"),
        last_year=years.get("to"),
        title={language: contents.get("title", ""), **contents.get("x-titles", {})},
    )
