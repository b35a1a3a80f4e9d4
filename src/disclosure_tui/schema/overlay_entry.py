"""Overlays of a catalogue: which of the files in its places adds to which report type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text
from disclosure_tui.schema.file_trust import real_path
from disclosure_tui.schema.known_names import meant_or_known
from disclosure_tui.schema.places import Place
from disclosure_tui.schema.versions import version_key

__all__ = [
    "OVERLAY_SUFFIX",
    "OverlayEntry",
    "OverlayHead",
    "chosen_overlay",
    "no_base",
    "overlay_head",
]

OVERLAY_SUFFIX = ".overlay.schema.json"
"""How the file of an overlay is called, so that a broken one is known for what it is."""


@dataclass(frozen=True, slots=True)
class OverlayHead:
    """What the file of an overlay says of itself.

    Attributes:
        identifier: `$id`.
        base: `$id` of the schema that it is over.
        version: Its version, as far as it says one.
        sha256: Digest of the file's bytes.
    """

    identifier: str
    base: str
    version: str
    sha256: str


def overlay_head(head: Mapping[str, Any], sha256: str) -> OverlayHead | None:
    """Return what an overlay says of itself, or None: the file is none."""
    declared = head.get("x-overlay")
    if declared is None:
        return None
    version = declared.get("version") if isinstance(declared, Mapping) else None
    base = head.get("$ref")
    return OverlayHead(
        str(head.get("$id") or ""),
        base.removesuffix("#") if isinstance(base, str) else "",
        version if isinstance(version, str) else "",
        sha256,
    )


@dataclass(frozen=True, slots=True)
class OverlayEntry:
    """An overlay that was found.

    Attributes:
        head: What it says of itself.
        path: The file.
        place: Where it was found.
        doubt: Why it is not trusted, or None.
    """

    head: OverlayHead
    path: Path
    place: Place
    doubt: Text | None = None

    @classmethod
    def of(cls, head: OverlayHead, path: Path, place: Place) -> OverlayEntry:
        """Return the entry of a file, looked at for who may change it."""
        return cls(head, path, place, place.doubt_about(path))

    @property
    def trusted(self) -> bool:
        """Whether it may add to a report type."""
        return self.place.trusted and self.doubt is None


def chosen_overlay(
    overlays: Sequence[OverlayEntry], base: str, known: Iterable[str]
) -> OverlayEntry | None:
    """Return the overlay that is in force over a schema, or None.

    The first trusted place that has one decides, by its newest version.

    Args:
        overlays: What was found, by place.
        base: `$id` of the schema.
        known: `$id` of every schema there is.

    Raises:
        SchemaError: An overlay is over a schema that there is not, lies outside of its folder,
            or there are several where one is meant.
    """
    trusted = [overlay for overlay in overlays if overlay.trusted]
    identifiers = set(known)
    for overlay in trusted:
        _check_within(overlay)
        _check_base(overlay, identifiers, trusted)
    over = [overlay for overlay in trusted if overlay.head.base == base]
    if not over:
        return None
    here = [overlay for overlay in over if overlay.place == over[0].place]
    newest = max(here, key=lambda overlay: version_key(overlay.head.version))
    for other in here:
        same = version_key(other.head.version) == version_key(newest.head.version)
        if other.head.identifier != newest.head.identifier or (
            same and other.head.sha256 != newest.head.sha256
        ):
            raise _several(newest, other)
    return newest


def _check_within(overlay: OverlayEntry) -> None:
    """Make sure that a file lies where it seems to: a link could lead to anything."""
    real, folder = real_path(overlay.path), real_path(overlay.place.folder)
    if folder not in real.parents:
        raise SchemaError(
            Text(
                f"补充规定是指向文件夹之外的链接：【{real}】",
                f"this overlay is a link out of its folder, to {real}",
            ),
            hint=Text("请把文件本身放进来", "put the file itself here"),
            where=str(overlay.path),
        )


def _check_base(
    overlay: OverlayEntry, identifiers: set[str], overlays: Sequence[OverlayEntry]
) -> None:
    """Make sure that an overlay is over something: it would be passed over in silence."""
    base = overlay.head.base
    if base in identifiers:
        return
    if any(base == other.head.identifier for other in overlays):
        raise SchemaError(
            Text("补充规定不能补充另一份补充规定", "an overlay cannot be over another overlay")
            if base != overlay.head.identifier
            else Text("补充规定的【$ref】指的是它自己", "this overlay is over itself"),
            hint=Text("【$ref】请写报告格式的 $id", "let $ref name the schema of a report type"),
            where=f"{overlay.path}#/$ref",
        )
    raise no_base(f"{overlay.path}#/$ref", base, identifiers)


def no_base(where: str, base: str, identifiers: Iterable[str]) -> SchemaError:
    """The schema that an overlay is over is not there."""
    return SchemaError(
        Text(
            f"没有找到补充规定的底本【{base}】",
            f"the schema {base!r} that this overlay is over was not found",
        ),
        hint=meant_or_known(base, identifiers),
        where=where,
    )


def _several(one: OverlayEntry, other: OverlayEntry) -> SchemaError:
    return SchemaError(
        Text(
            f"同一格式有两份补充规定：【{one.path}】和【{other.path}】",
            f"there are two overlays of one schema: {one.path} and {other.path}",
        ),
        hint=Text(
            "一级只能有一份：请并到一份，或者移走一份；新版本用原来的 $id，换版本号",
            "there can be one only: join them, or move one away; a new version keeps the $id "
            "and changes its version",
        ),
        where=str(one.path),
    )
