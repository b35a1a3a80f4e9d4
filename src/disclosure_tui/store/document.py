"""A report file as an immutable value: its text, its data, and edits that touch nothing else."""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import dataclass, field

from disclosure_tui.errors import DocumentError, EditRefused
from disclosure_tui.language import Text
from disclosure_tui.model.edit import Edit, InsertValue, SetValue, Transaction
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Plain, Report
from disclosure_tui.store.confinement import is_confined
from disclosure_tui.store.decoding import decode, place_of
from disclosure_tui.store.insertion import insert_value
from disclosure_tui.store.paths import find, references
from disclosure_tui.store.plain_data import duplicate_keys, plain_data
from disclosure_tui.store.reader import Placed, read_documents
from disclosure_tui.store.removal import remove_value
from disclosure_tui.store.source import LineIndex, Position, Source, fault, line_break_of
from disclosure_tui.store.splice import Draft, Replacement, set_value
from disclosure_tui.store.tree import Collection, ScalarNode, same_node, same_value

__all__ = ["Change", "Document", "Notice", "Position", "Replacement"]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something in the file that the person should know, though it can be read."""

    text: Text
    pointer: Pointer
    position: Position


@dataclass(frozen=True, slots=True)
class Change:
    """What a transaction did to the text: replacements, one after the other.

    Each place counts in the text as the replacements before it left it. The trees on both sides
    are kept beside them, so that going back needs no reading; a change that was built from a
    journal has none.
    """

    replacements: tuple[Replacement, ...]
    tree_before: Placed | None = field(default=None, compare=False, repr=False)
    tree_after: Placed | None = field(default=None, compare=False, repr=False)

    def inverse(self) -> Change:
        """Return the change that goes back."""
        turned = tuple(
            Replacement(one.start, one.after, one.before) for one in reversed(self.replacements)
        )
        return Change(turned, self.tree_after, self.tree_before)


class Document:
    """A report file. Every change gives a new document; this one stays as it is."""

    __slots__ = ("_aliases", "_data", "_has_data", "_has_mark", "_lines", "name", "root", "text")

    def __init__(self, source: Source, root: Placed, aliases: frozenset[str]) -> None:
        self.name = source.name
        self.text = source.text
        self._has_mark = source.has_mark
        self.root = root  # the places of all values; for this package only
        self._aliases = aliases
        self._data: Plain = None
        self._has_data = False
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
        root = _only_document(decoded)
        document = cls(decoded, root, references(root))
        document._data = plain_data(root, decoded.text, name)
        document._has_data = True
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
        if not self._has_data:
            self._data = plain_data(self.root, self.text, self.name)
            self._has_data = True
        return self._data

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What the person should know of this file: keys that stand twice."""
        return tuple(
            Notice(_twice(found.pointer.key), found.pointer, self._position(found.at))
            for found in duplicate_keys(self.root)
        )

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
        draft = self._draft()
        for edit in transaction.edits:
            draft = _edited(draft, edit)
        change = Change(draft.done, self.root, draft.root)
        return self._with(draft.text, draft.root), change

    def verify(self, before: Document, transaction: Transaction) -> None:
        """Read this text from scratch and compare it with what the transaction should have done.

        Args:
            before: The document that the transaction was applied to.
            transaction: The transaction that gave this document.

        Raises:
            EditRefused: The data differ elsewhere or otherwise than asked, other text changed, or
                the places are not what reading gives.
        """
        try:
            again = Document.read(self.encode(), self.name)
        except DocumentError as error:
            raise _unfaithful("the text cannot be read any more", transaction) from error
        expected = _expected(before.data, transaction)
        if not same_value(again.data, expected):
            raise _unfaithful("other data", transaction)
        if again.root.at != self.root.at or not same_node(again.root.node, self.root.node):
            raise _unfaithful("other places", transaction)
        text = _confined(before._draft(), transaction)
        if self._has_mark != before._has_mark or text != self.text:
            raise _unfaithful("other text", transaction)

    def revert(self, change: Change) -> Document:
        """Take a change back: the text is what it was, to the byte.

        To do it again, revert `change.inverse()`.

        Raises:
            EditRefused: The text is not the one that the change left.
        """
        text = self.text
        for one in reversed(change.replacements):
            end = one.start + len(one.after)
            if text[one.start : end] != one.after:
                raise EditRefused(
                    Text(
                        "文件内容已经变了，这一步不能撤销。",
                        "The text is no longer the one that this change left.",
                    )
                )
            text = text[: one.start] + one.before + text[end:]
        if change.tree_before is not None and change.tree_after is self.root:
            return self._with(text, change.tree_before)
        return self._with(text, _only_document(Source(text, self._has_mark, self.name)))

    def _draft(self) -> Draft:
        return Draft(self.text, self.root, self._aliases, line_break_of(self.text))

    def _with(self, text: str, root: Placed) -> Document:
        return Document(Source(text, self._has_mark, self.name), root, self._aliases)

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


def _edited(draft: Draft, edit: Edit) -> Draft:
    if isinstance(edit, SetValue):
        return set_value(draft, edit, edit.value)
    if isinstance(edit, InsertValue):
        return insert_value(draft, edit)
    return remove_value(draft, edit)


def _confined(draft: Draft, transaction: Transaction) -> str | None:
    """Return the text after a transaction; None where an edit reaches beyond its own place."""
    for edit in transaction.edits:
        after = _edited(draft, edit)
        if not is_confined(draft, edit, after):
            return None
        draft = after
    return draft.text


def _expected(data: Plain, transaction: Transaction) -> Plain:
    """Return the data after a transaction; adding to a blank makes it a map."""
    report = Report(data)
    for edit in transaction.edits:
        above = edit.pointer.parent
        if isinstance(edit, InsertValue) and report.value_at(above) is None and report.has(above):
            edit = SetValue(above, {edit.pointer.key: edit.value})
        report = report.after(Transaction((edit,)))
    return report.data


def _only_document(source: Source) -> Placed:
    """Return the root of the one document that has content.

    Raises:
        DocumentError: There is none or more than one, or it is no map.
    """
    roots = [
        root
        for root in read_documents(source.text, source.name)
        if not isinstance(root.node, ScalarNode) or root.node.length
    ]
    if not roots:
        raise DocumentError(
            Text("文件是空的。", "The file is empty."),
            hint=Text("请新建一份报告。", "Make a new report."),
            where=f"{source.name}:1:1" if source.name else "1:1",
        )
    if len(roots) > 1:
        raise fault(source.text, roots[1].at, source.name, *_TWO_DOCUMENTS)
    if not isinstance(roots[0].node, Collection) or not roots[0].node.is_map:
        raise fault(source.text, roots[0].at, source.name, *_NO_MAP)
    return roots[0]


def _twice(key: str) -> Text:
    return Text(
        f"【{key}】在同一组里出现了两次，以最后一次为准，请删去多余的一行。",
        f"`{key}` stands twice in the same map; the last one counts. Delete the other line.",
    )


def _unfaithful(reason: str, transaction: Transaction) -> EditRefused:
    places = ", ".join(map(str, transaction.pointers))
    return EditRefused(
        Text(
            "这次修改会影响文件里的其他内容，已经取消。",
            f"The edit would change more of the file than asked ({reason}); it was not made.",
        ),
        hint=Text("请在文本编辑器里改写这一处。", "Change this place in a text editor."),
        where=places,
    )


_TWO_DOCUMENTS = (
    Text("一个文件里有两份内容。", "The file holds more than one document."),
    Text("请把每份报告存为单独的文件。", "Save every report as a file of its own."),
)
_NO_MAP = (
    Text("文件内容不是一份报告。", "The content of the file is no report."),
    Text("请核对打开的是不是报告文件。", "Check that this is the report file."),
)
