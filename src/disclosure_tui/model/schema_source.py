"""Where the schema that a result rests on came from, and the line that says so."""

from __future__ import annotations

from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Language, Text
from disclosure_tui.model.origin import Overlay

__all__ = ["SHOWN_DIGITS", "SchemaSource", "SchemaStamp", "origin_words"]

SHOWN_DIGITS = 12
"""So many digits of a digest are shown to people; machines get them all."""

_PLACES = {
    "named": Text("指定的文件夹", "named folder"),
    "district": Text("本级", "district"),
    "system": Text("本机", "system"),
    "package": Text("程序自带", "package"),
    "project": Text("报告旁的文件夹", "folder beside the report"),
    "user": Text("个人文件夹", "personal folder"),
}
_NOT_TRUSTED = Text(" *不可信", " *not trusted")
_PINNED = {
    "report": Text("，报告指定", ", as the report asks"),
    "district": Text("，本级指定", ", as the district asks"),
}


def origin_words(origin: str) -> Text:
    """Return what people call an origin: the kind of place in their words, a folder as it is."""
    return _PLACES.get(origin, Text(origin, origin))


@dataclass(frozen=True, slots=True)
class SchemaSource:
    """Where a schema was found.

    Attributes:
        place: Kind of the place: `package`, `district` and so on.
        folder: The folder; not for the public to see.
        file: The file; not for the public to see.
        trusted: Whether the place may settle what a report type is.
        pinned_by: `report` or `district` if one of them asks for this version, else empty.
        overlay: The file of the overlay over it, or empty; not for the public to see.
        overlay_sha256: Digest of that file, or empty.
    """

    place: str = "package"
    folder: str = ""
    file: str = ""
    trusted: bool = True
    pinned_by: str = ""
    overlay: str = ""
    overlay_sha256: str = ""

    @property
    def origin(self) -> str:
        """What the machine formats call it: the kind of place, or the folder that was named."""
        return self.folder if self.place == "named" else self.place

    def words(self, *, public: bool = False) -> Text:
        """Say where it was found; `*` where that is not trusted.

        Args:
            public: Leave out the folder: no path of a machine belongs in a copy.
        """
        where = origin_words(self.place)
        if self.folder and not public and self.place != "package":
            where = where + Text(f" {self.folder}", f" {self.folder}")
        return where if self.trusted else where + _NOT_TRUSTED


@dataclass(frozen=True, slots=True)
class SchemaStamp:
    """Format, version, digest and origin: what every result ends with.

    Attributes:
        report_type: Report type and edition: `gov-info-annual/2021`.
        identifier: `$id` of the schema.
        version: Version of the schema.
        sha256: Digest of the schema's bytes.
        source: Where it was found.
        overlay: What a district added, or None.
    """

    report_type: str
    identifier: str
    version: str
    sha256: str
    source: SchemaSource = SchemaSource()
    overlay: Overlay | None = None

    @property
    def digest(self) -> str:
        """The digits of the digest that people are shown."""
        return self.sha256[:SHOWN_DIGITS]

    def words(self, *, public: bool = False) -> Text:
        """Say it in one line.

        Args:
            public: The result is for others: no path of this machine.
        """
        pinned = Text("", "") if public else _PINNED.get(self.source.pinned_by, Text("", ""))
        head = Text(
            f"格式 {self.report_type}，版本 {self.version}，校验码 {self.digest}，来源 ",
            f"schema {self.report_type}, version {self.version}, digest {self.digest}, from ",
        )
        return head + self.source.words(public=public) + pinned + _overlay_words(self.overlay)

    def record(self) -> dict[str, Any]:
        """Return it for the machine formats."""
        source, overlay = self.source, self.overlay
        return {
            "id": self.identifier,
            "version": self.version,
            "sha256": self.sha256,
            "origin": source.origin,
            "overlay": overlay.identifier if overlay is not None else None,
            "overlay_version": overlay.version if overlay is not None else None,
            "overlay_sha256": overlay.sha256 if overlay is not None else None,
            "place": source.place,
            "file": source.file or None,
            "trusted": source.trusted,
            "pinned_by": source.pinned_by or None,
        }


def _overlay_words(overlay: Overlay | None) -> Text:
    """Say which overlay is in force, by title, version and digest."""
    if overlay is None:
        return Text("", "")
    digest = overlay.sha256[:SHOWN_DIGITS]
    zh, en = overlay.title(Language.CHINESE), overlay.title(Language.ENGLISH)
    return Text(
        f"；补充规定【{zh}】，版本 {overlay.version}，校验码 {digest}",
        f"; overlay {en!r}, version {overlay.version}, digest {digest}",
    )
