"""A report file as an immutable value: its text, its data, and edits that touch nothing else.

What edits need is imported with the first of them: most programs only read.
"""

from __future__ import annotations

import codecs
import hashlib

from disclosure_tui.language import Text
from disclosure_tui.model.edit import RemoveDuplicates, Transaction
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Plain
from disclosure_tui.store.change import Change
from disclosure_tui.store.decoding import decode, place_of
from disclosure_tui.store.draft import Draft, Replacement
from disclosure_tui.store.notices import Notice, notices_of
from disclosure_tui.store.paths import find, references
from disclosure_tui.store.plain_data import plain_data
from disclosure_tui.store.quick_reader import quick_root
from disclosure_tui.store.reader import Placed, read_report
from disclosure_tui.store.source import LineIndex, Position, Source, line_break_of
from disclosure_tui.store.spelling import requoting, spelling
from disclosure_tui.store.tree import ScalarNode

__all__ = ["Change", "Document", "Notice", "Position", "Replacement"]


class Document:
    """A report file. Every change gives a new document; this one stays as it is."""

    __slots__ = ("_data", "_has_mark", "_lines", "name", "root", "text")

    def __init__(self, source: Source, root: Placed) -> None:
        self.name = source.name
        self.text = source.text
        self._has_mark = source.has_mark
        self.root = root  # the places of all values; for this package only
        self._data: Plain = _NOT_YET
        self._lines: LineIndex | None = None

    @classmethod
    def read(cls, source: bytes, name: str = "") -> Document:
        """Read a report file.

        Args:
            source: The bytes of the file.
            name: What to call it in messages.

        Raises:
            DocumentError: It is no report that can be read; `where` is `name:line:column`.
        """
        decoded = Source.decode(source, name)
        root = quick_root(decoded.text) or read_report(decoded.text, name)
        document = cls(decoded, root)
        document._data = plain_data(root, decoded.text, name)
        return document

    def __repr__(self) -> str:
        return f"Document({self.name!r}, {len(self.text)} characters)"

    def encode(self) -> bytes:
        """Return the bytes of the file."""
        body = self.text.encode("utf-8")
        return codecs.BOM_UTF8 + body if self._has_mark else body

    @property
    def sha256(self) -> str:
        """The hash of the bytes of the file, in hexadecimal."""
        return hashlib.sha256(self.encode()).hexdigest()

    @property
    def data(self) -> Plain:
        """The data of the report, in file order; not to be changed in place."""
        if self._data is _NOT_YET:
            self._data = plain_data(self.root, self.text, self.name)
        return self._data

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What the person should know of this file: keys that stand twice."""
        return notices_of(self.root, self._position)

    def spelling(self, pointer: Pointer) -> str:
        """Return a single value as the file spells it, quotation marks and all.

        A reference is followed. What is no single value or is not there is spelt with nothing.
        """
        return spelling(self.root, self.text, pointer)

    def locate(self, pointer: Pointer, offset: int = 0) -> Position | None:
        """Return where a value stands.

        Args:
            pointer: The value. Where it does not exist, the nearest one above it that does is
                taken, and its key located.
            offset: For a text, the number of the character to locate, from 0.
        """
        found = find(self.root, pointer)
        at = found.value.at
        if not found.complete:
            return self._position(found.key_at if found.key_at >= 0 else at)
        return self._position(_character(self.text, found.value, offset) if offset > 0 else at)

    def locate_key(self, pointer: Pointer) -> Position | None:
        """Return where the key of a value stands; for a list item, where its value does."""
        found = find(self.root, pointer)
        return self._position(found.key_at if found.key_at >= 0 else found.value.at)

    def apply(self, transaction: Transaction) -> tuple[Document, Change]:
        """Write a transaction into the text; nothing but its own places changes.

        Raises:
            EditRefused: An edit cannot be written; nothing of the transaction is done.
        """
        from disclosure_tui.store.applying import edited

        draft = self._draft()
        for edit in transaction.edits:
            draft = edited(draft, edit)
        change = Change(draft.done, self.root, draft.root)
        return self._with(draft.text, draft.root), change

    def detached(self, transaction: Transaction) -> Transaction:
        """Return a transaction that also does what was refused for values that are shared.

        Before an edit of a value that stands there by reference, is merged in or is referred to
        by others, the value is made one of its own (`DetachValue`); the others keep theirs. To be
        offered where `EditRefused.detachable` is set, never done unasked.

        Raises:
            EditRefused: An edit cannot be written for another reason.
        """
        from disclosure_tui.store.applying import detached

        return detached(self._draft(), transaction)

    def requote(self, pointer: Pointer) -> Transaction:
        """Return the transaction that makes an unquoted value the text that the file spells.

        `007` becomes "007". What is a text already stays as it is: there is nothing to do then.
        """
        return requoting(self.root, self.text, pointer)

    def without_duplicate(self, pointer: Pointer) -> Transaction:
        """Return the transaction that removes the pairs of a key that do not count.

        The pair that counts, the last one, stays as it is, and so do the data.
        """
        return Transaction((RemoveDuplicates(pointer),), _UNUSED_GONE)

    def verify(self, before: Document, transaction: Transaction) -> None:
        """Read this text from scratch and compare it with what the transaction should have done.

        Args:
            before: The document that the transaction was applied to.
            transaction: The transaction that gave this document.

        Raises:
            EditRefused: The data differ elsewhere or otherwise than asked, other text changed, or
                the places are not what reading gives.
        """
        from disclosure_tui.store.verification import verify_content

        # A byte order mark that came or went makes it another file: no content is right then.
        content = self.encode() if self._has_mark is before._has_mark else b""
        verify_content(content, self.root, before._draft(), before.data, transaction)

    def revert(self, change: Change) -> Document:
        """Take a change back: the text is what it was, to the byte.

        To do it again, revert `change.inverse()`.

        Raises:
            EditRefused: The text is not the one that the change left.
        """
        text = change.taken_back(self.text)
        if change.tree_before is not None and change.tree_after is self.root:
            return self._with(text, change.tree_before)
        return self._with(text, read_report(text, self.name))

    def _draft(self) -> Draft:
        # Most reports have no references: then the tree need not be searched for them.
        aliases = references(self.root) if "*" in self.text else frozenset[str]()
        return Draft(self.text, self.root, aliases, line_break_of(self.text))

    def _with(self, text: str, root: Placed) -> Document:
        return Document(Source(text, self._has_mark, self.name), root)

    def _position(self, at: int) -> Position:
        if self._lines is None:
            self._lines = LineIndex(self.text)
        return self._lines.position(at)


def _character(text: str, placed: Placed, offset: int) -> int:
    """Return where a character of a text stands; values of other kinds have only a beginning."""
    node = placed.node
    if not isinstance(node, ScalarNode) or not isinstance(node.value, str):
        return placed.at
    end = placed.at + node.length
    return place_of(decode(text, placed.at, end, node.style, node.indent), offset, end)


_NOT_YET = object()
_UNUSED_GONE = Text("删去重复的一项", "Remove the duplicate")
