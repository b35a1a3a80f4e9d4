"""Where the schema that a result rests on came from, and the line that says so."""

from __future__ import annotations

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Language, Text
from disclosure_tui.model.origin import Overlay

__all__ = ["SHOWN_DIGITS", "SchemaSource", "source_words"]

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
        where = _PLACES.get(self.place, Text(self.place, self.place))
        if self.folder and not public and self.place != "package":
            where = where + Text(f" {self.folder}", f" {self.folder}")
        return where if self.trusted else where + _NOT_TRUSTED


def source_words(
    name: str,
    version: str,
    sha256: str,
    source: SchemaSource,
    overlay: Overlay | None = None,
    *,
    public: bool = False,
) -> Text:
    """Return format, version, digest and origin: how every result ends.

    Args:
        name: Report type and edition.
        version: Version of the schema.
        sha256: Its digest; the first digits are shown.
        source: Where it was found.
        overlay: What a district adds to it, or None.
        public: The result is for the public: no path of a machine.
    """
    pinned = _PINNED.get(source.pinned_by, Text("", "")) if not public else Text("", "")
    digest = sha256[:SHOWN_DIGITS]
    head = Text(
        f"格式 {name}，版本 {version}，校验码 {digest}，来源 ",
        f"schema {name}, version {version}, digest {digest}, from ",
    )
    return head + source.words(public=public) + pinned + _overlay_words(overlay)


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
