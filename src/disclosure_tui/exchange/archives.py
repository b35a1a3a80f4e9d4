"""The parts of an office file: a ZIP archive of XML, opened so that nothing in it can do harm.

Sizes are counted while unpacking, not believed; a document type declaration is refused, and with
it every entity; nesting and the number of elements are bounded.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from disclosure_tui.exchange.picture import PageUnreadable
from disclosure_tui.language import Text

__all__ = ["Archive", "Element"]

_MOST_UNPACKED = 40_000_000
"""Bytes of all parts together."""
_MOST_PARTS = 5_000
_MOST_ELEMENTS = 2_000_000
_DEEPEST = 200
_PIECE = 1 << 16


_HINT = Text(
    "请用办公软件打开，另存一份再核对。",
    "Open it in an office program, save it under a new name and try again.",
)


class Archive:
    """An office file."""

    def __init__(self, content: bytes) -> None:
        """Open the archive.

        Raises:
            PageUnreadable: It is none, is encrypted or has too many parts.
        """
        self._unpacked = 0
        if content.startswith(b"\xd0\xcf\x11\xe0"):
            raise PageUnreadable(
                Text(
                    "这是旧格式（97-2003）或者加了密码的文件，读不了。",
                    "the file is of the old format (97-2003) or locked with a password; it "
                    "cannot be read.",
                ),
                hint=Text(
                    "请去掉密码，另存为新格式（docx、xlsx）后再核对。",
                    "Save it without a password in the new format (docx, xlsx) and try again.",
                ),
            )
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            names = self._zip.namelist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise _broken() from error
        if len(names) > _MOST_PARTS:
            raise _swollen()
        self._names = frozenset(names)

    def has(self, name: str) -> bool:
        """Tell whether there is a part."""
        return name in self._names

    def xml(self, name: str) -> Element:
        """Return a part as its root element.

        Raises:
            PageUnreadable: It is not there, is not well-formed, or is more than a report needs.
        """
        if name not in self._names:
            raise _broken()
        return _parsed(self._bytes(name))

    def _bytes(self, name: str) -> bytes:
        pieces = []
        try:
            with self._zip.open(name) as stream:
                while piece := stream.read(_PIECE):
                    self._unpacked += len(piece)
                    if self._unpacked > _MOST_UNPACKED:
                        raise _swollen()
                    pieces.append(piece)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            RuntimeError,
            NotImplementedError,
            ValueError,
            OSError,
        ) as error:
            raise _broken() from error
        return b"".join(pieces)


class _Parser:
    """Builds the tree of a part, within bounds."""

    def __init__(self) -> None:
        self._tree = TreeBuilder()
        self._depth = 0
        self._count = 0
        self._parser = expat.ParserCreate(namespace_separator="}")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._tree.data
        self._parser.StartDoctypeDeclHandler = self._doctype

    def tree(self, content: bytes) -> Element:
        self._parser.Parse(content, True)
        return self._tree.close()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > _DEEPEST or self._count > _MOST_ELEMENTS:
            raise _swollen()
        self._tree.start(_name(name), {_name(key): text for key, text in attributes.items()})

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._tree.end(_name(name))

    def _doctype(self, *_: object) -> None:
        raise PageUnreadable(
            Text(
                "文件里有文档类型声明（DTD），办公软件不会这样写，没有读。",
                "the file has a document type declaration, which no office program writes; it "
                "was not read.",
            ),
            hint=_HINT,
        )


def _name(name: str) -> str:
    return "{" + name if "}" in name else name


def _parsed(content: bytes) -> Element:
    try:
        return _Parser().tree(content)
    except (expat.ExpatError, ValueError) as error:
        raise _broken() from error


def _broken() -> PageUnreadable:
    return PageUnreadable(
        Text(
            "文件损坏，或者不是这种格式的文件。",
            "the file is damaged, or is not of the format that its name says.",
        ),
        hint=_HINT,
    )


def _swollen() -> PageUnreadable:
    return PageUnreadable(
        Text(
            "文件展开后大得不像一份报告，没有读完。",
            "unpacked, the file is far larger than any report; it was not read to the end.",
        ),
        hint=Text(
            "请核对是不是公开的报告；如果是，请去掉图片和附件，另存后再核对。",
            "Is it the published report? If so, save it without pictures and attachments.",
        ),
    )
