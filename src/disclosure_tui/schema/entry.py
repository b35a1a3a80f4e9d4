"""One schema file of a catalogue: what it says of itself, and where it was found."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text
from disclosure_tui.schema.head import head_of, partial_head
from disclosure_tui.schema.limits import LARGEST
from disclosure_tui.schema.overlay_entry import OverlayHead, overlay_head
from disclosure_tui.schema.places import Place
from disclosure_tui.schema.versions import VersionKey, version_key
from disclosure_tui.system_reasons import reason

__all__ = [
    "SUFFIX",
    "CatalogEntry",
    "SchemaHead",
    "named_by",
    "read_head",
    "read_schema",
    "schema_files",
]

SUFFIX = ".schema.json"


@dataclass(frozen=True, slots=True)
class SchemaHead:
    """What a schema file says of itself.

    Attributes:
        name: What a report file says: `gov-info-annual/2021`.
        identifier: `$id`.
        version: `2026.1`.
        sha256: Digest of the file's bytes.
        base: `$id` of the schema that this one extends and does not hold, or empty.
        first_year: First report year, or None.
        last_year: Last report year, or None.
        title: By language, the label of the report type; its own language first.
    """

    name: str
    identifier: str
    version: str
    sha256: str
    base: str
    first_year: int | None
    last_year: int | None
    title: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CatalogEntry:
    """A schema file that was found.

    Attributes:
        head: What it says of itself.
        path: The file.
        place: Where it was found.
        doubt: Why it is not trusted, or None.
    """

    head: SchemaHead
    path: Path
    place: Place
    doubt: Text | None = None

    @property
    def name(self) -> str:
        """What a report file says: `gov-info-annual/2021`."""
        return self.head.name

    @property
    def identifier(self) -> str:
        """Its `$id`."""
        return self.head.identifier

    @property
    def version(self) -> str:
        """Its version: `2026.1`."""
        return self.head.version

    @property
    def order(self) -> VersionKey:
        """What versions are ordered by; the greatest is the newest."""
        return version_key(self.head.version)

    @property
    def sha256(self) -> str:
        """Digest of the file's bytes."""
        return self.head.sha256

    @property
    def title(self) -> Mapping[str, str]:
        """By language, the label of the report type; its own language first."""
        return self.head.title

    @property
    def origin(self) -> str:
        """`package`, another kind of place, or the folder the user named."""
        return self.place.origin

    @property
    def trusted(self) -> bool:
        """Whether it may settle what its report type is."""
        return self.place.trusted and self.doubt is None

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
        first, last = self.head.first_year, self.head.last_year
        return not ((first is not None and year < first) or (last is not None and year > last))

    @classmethod
    def of(cls, head: SchemaHead, path: Path, place: Place) -> CatalogEntry:
        """Return the entry of a file, looked at for who may change it."""
        return cls(head, path, place, place.doubt_about(path))


def schema_files(folder: Path) -> tuple[Path, ...]:
    """Return the schema files of a folder by name; none where there is no folder.

    Raises:
        OSError: The folder cannot be read; it is no folder; or its link leads nowhere.
    """
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries]
    except FileNotFoundError:
        if folder.is_symlink():
            raise
        return ()
    wanted = (name for name in names if name.endswith(SUFFIX) and not name.startswith("."))
    return tuple(folder / name for name in sorted(wanted))


def read_schema(path: Path) -> bytes:
    """Return the bytes of a schema file; one byte more than allowed where it is too large.

    Raises:
        SchemaError: It cannot be read.
    """
    try:
        # What is no file (a pipe) would keep the program waiting.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as stream:
            _require_regular(os.fstat(descriptor).st_mode)
            return stream.read(LARGEST + 1)
    except OSError as error:
        raise _unreadable(path, error) from error


def _require_regular(mode: int) -> None:
    if not stat.S_ISREG(mode):
        code = errno.EISDIR if stat.S_ISDIR(mode) else errno.ENODEV
        raise OSError(code, os.strerror(code))


def read_head(path: Path) -> SchemaHead | OverlayHead | None:
    """Return what a schema file says of itself; None where it is no report type nor an overlay.

    Raises:
        SchemaError: It cannot be read, or does not say what it must.
    """
    source = read_schema(path)
    head = head_of(source, str(path))
    declared = head.get("x-report")
    if not isinstance(declared, Mapping):
        return overlay_head(head, hashlib.sha256(source).hexdigest())
    said = {key: declared.get(key) for key in ("type", "edition", "version")}
    said["$id"] = head.get("$id")
    for key, value in said.items():
        if not isinstance(value, str) or not value:
            raise _unsaid(path, key)
    years = declared.get("years")
    years = years if isinstance(years, Mapping) else {}
    return SchemaHead(
        name=f"{said['type']}/{said['edition']}",
        identifier=str(said["$id"]),
        version=str(said["version"]),
        sha256=hashlib.sha256(source).hexdigest(),
        base=_base(head, source),
        first_year=_year(years.get("from")),
        last_year=_year(years.get("to")),
        title=_titles(head, declared),
    )


def named_by(source: bytes, path: Path) -> str:
    """Return the report type that a broken file is about: as far as it says, else by its name."""
    declared = partial_head(source).get("x-report")
    if isinstance(declared, Mapping) and isinstance(declared.get("type"), str):
        return f"{declared['type']}/{declared.get('edition')}"
    stem = path.name.removesuffix(SUFFIX).partition("@")[0]
    kind, dash, edition = stem.rpartition("-")
    return f"{kind}/{edition}" if dash else stem


def _titles(head: Mapping[str, Any], declared: Mapping[str, Any]) -> dict[str, str]:
    others = head.get("x-titles")
    others = others if isinstance(others, Mapping) else {}
    own = {str(declared.get("language") or "zh"): str(head.get("title") or "")}
    return {**own, **{key: value for key, value in others.items() if isinstance(value, str)}}


def _year(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _base(head: Mapping[str, Any], source: bytes) -> str:
    """Return the schema that the root refers to where it is another file's."""
    reference = head.get("$ref")
    named = reference.partition("#")[0] if isinstance(reference, str) else ""
    if not named or named == head.get("$id"):
        return ""
    held = rb'"\$id"\s*:\s*' + re.escape(f'"{named}"'.encode())
    return "" if re.search(held, source) else named


def _unsaid(path: Path, key: str) -> SchemaError:
    where = "$id" if key == "$id" else f"x-report.{key}"
    return SchemaError(
        Text(f"格式文件没有写明【{where}】", f"the schema does not say {where}"),
        hint=Text(
            "请用 disclosure schema check 核对这个文件",
            "look at the file with disclosure schema check",
        ),
        where=str(path),
    )


def _unreadable(path: Path, error: OSError) -> SchemaError:
    if isinstance(error, FileNotFoundError) and path.is_symlink():
        target = path.readlink()
        return SchemaError(
            Text(f"链接所指的【{target}】不存在", f"a link to {target}, which does not exist"),
            hint=Text("请改正或删去这个链接", "correct the link or remove it"),
            where=str(path),
        )
    what = Text("格式文件打不开：", "the schema file cannot be opened: ")
    return SchemaError(what + reason(error), where=str(path))
