"""How the file spells single values, and the fix for words that are read as figures."""

from __future__ import annotations

from disclosure_tui.language import Text
from disclosure_tui.model.edit import SetValue, Transaction
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.store.paths import find, referred
from disclosure_tui.store.reader import Placed
from disclosure_tui.store.tree import ScalarNode

__all__ = ["requoting", "spelling"]


def spelling(root: Placed, text: str, pointer: Pointer) -> str:
    """Return a single value as it is spelt, quotation marks and all; empty where there is none."""
    at, node = _single(root, pointer)
    return text[at : at + node.length]


def requoting(root: Placed, text: str, pointer: Pointer) -> Transaction:
    """Return the transaction that makes an unquoted value the text that it is spelt with."""
    at, node = _single(root, pointer)
    if node.length == 0 or node.style or isinstance(node.value, str):
        return Transaction((), _QUOTED)
    return Transaction((SetValue(pointer, text[at : at + node.length]),), _QUOTED)


def _single(root: Placed, pointer: Pointer) -> tuple[int, ScalarNode]:
    """Return a single value and its place, through references; a blank one for anything else."""
    found = find(root, pointer)
    value = referred(root, found.value)
    if found.complete and isinstance(value.node, ScalarNode):
        return value.at, value.node
    return value.at, ScalarNode(0, None)


_QUOTED = Text("加上引号，作为文字", "Quote as text")
