"""A changed text is read from scratch and compared with what was asked."""

from __future__ import annotations

from disclosure_tui.errors import DocumentError, EditRefused
from disclosure_tui.language import Text
from disclosure_tui.model.edit import Transaction
from disclosure_tui.model.report import Plain
from disclosure_tui.model.value import same_value
from disclosure_tui.store.applying import done
from disclosure_tui.store.confinement import is_confined
from disclosure_tui.store.draft import BY_HAND, Draft
from disclosure_tui.store.plain_data import plain_data
from disclosure_tui.store.reader import Placed, read_report
from disclosure_tui.store.source import Source
from disclosure_tui.store.tree import same_node
from disclosure_tui.store.trial import expected_data

__all__ = ["verify_content"]


def verify_content(
    content: bytes, root: Placed, before: Draft, data: Plain, transaction: Transaction
) -> None:
    """Make sure that the content of a file is what a transaction should have made of it.

    Args:
        content: The bytes as they would be saved.
        root: The places of all values, as they were counted.
        before: The text before the transaction.
        data: Its data.
        transaction: What was done.

    Raises:
        EditRefused: The data differ elsewhere or otherwise than asked, other text changed, or
            the places are not what reading gives.
    """
    try:
        source = Source.decode(content, "")
        again = read_report(source.text, "")
        found = plain_data(again, source.text, "")
    except DocumentError as error:
        raise _unfaithful("the text cannot be read any more", transaction) from error
    try:
        expected = expected_data(data, transaction.edits)
    except KeyError as error:
        raise _unfaithful("no such place", transaction) from error
    if not same_value(found, expected):
        raise _unfaithful("other data", transaction)
    if again.at != root.at or not same_node(again.node, root.node):
        raise _unfaithful("other places", transaction)
    if _confined(before, transaction) != source.text:
        raise _unfaithful("other text", transaction)


def _confined(draft: Draft, transaction: Transaction) -> str | None:
    """Return the text after a transaction; None where an edit reaches beyond its own place."""
    for edit in transaction.edits:
        for smaller, after in done(draft, edit):
            if not is_confined(draft, smaller, after):
                return None
            draft = after
    return draft.text


def _unfaithful(reason: str, transaction: Transaction) -> EditRefused:
    places = ", ".join(map(str, transaction.pointers))
    return EditRefused(
        Text(
            "这次修改会影响文件里的其他内容，已经取消。",
            f"The edit would change more of the file than asked ({reason}); it was not made.",
        ),
        hint=BY_HAND,
        where=places,
    )
