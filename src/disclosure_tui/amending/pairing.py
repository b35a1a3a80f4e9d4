"""Which place of one form is which place of another.

What has the same key is the same. What a mapping names is the same: `x-report.prior.map`, or what
a person says. What is left over and has the same printed label, of the same kind and once on
either side, has moved. A row that became a group of rows was split.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from disclosure_tui.model.form import Form, Node, PriorType, Role
from disclosure_tui.model.pointer import Pointer

__all__ = ["INSIDE_ROWS", "Mapped", "Pairing", "declared_mapping", "pair_forms"]

Mapped = tuple[Pointer, Pointer]
"""A place of the older form, and what it is in the newer one."""

INSIDE_ROWS = frozenset({Role.CELL, Role.COLUMN_GROUP})
_LIKE_GROUPS = frozenset({Role.GROUP, Role.BLOCK})


@dataclass
class Pairing:
    """The places of two forms side by side; what stands inside rows is left to the columns.

    Attributes:
        pairs: The same place in both, in the order of the newer form.
        splits: A place of the older form and those it became.
        merges: Places of the older form and what they became.
        removed: The topmost places of the older form that the newer one does not have.
        added: The topmost places of the newer form that the older one does not have.
        moved: Pairs that stand below another parent or under another key.
    """

    pairs: list[tuple[Node, Node]] = field(default_factory=list)
    splits: list[tuple[Node, tuple[Node, ...]]] = field(default_factory=list)
    merges: list[tuple[tuple[Node, ...], Node]] = field(default_factory=list)
    removed: list[Node] = field(default_factory=list)
    added: list[Node] = field(default_factory=list)
    moved: list[tuple[Node, Node]] = field(default_factory=list)


def declared_mapping(old: Form, new: Form) -> tuple[Mapped, ...]:
    """Return what either form says of the other's places, as last year's report."""
    found: dict[Mapped, None] = {}
    for here, there in _renamed(new, old):
        found[there, here] = None
    for here, there in _renamed(old, new):
        found[here, there] = None
    return tuple(pair for pair in found if pair[0] != pair[1])


def _renamed(form: Form, other: Form) -> Iterator[Mapped]:
    """Yield the places that a form has under other names than an edition before it."""
    priors: tuple[PriorType, ...] = form.report_type.prior
    for prior in priors:
        # A report type may name itself: then both sides are of one form.
        if prior.name == other.report_type.name != form.report_type.name:
            for here, there in prior.renamed.items():
                yield _dotted(here), _dotted(there)


def _dotted(path: str) -> Pointer:
    return Pointer(path.split("."))


def pair_forms(old: Form, new: Form, mapping: Iterable[Mapped] = ()) -> Pairing:
    """Pair the places of two forms.

    Args:
        old: The older form.
        new: The newer form.
        mapping: Places that are the same under another name, or parts of each other.
    """
    return _Pairer(old, new, tuple(mapping)).paired()


class _Pairer:
    """Pairs what a mapping names, then from the top by key, then the left-over places."""

    def __init__(self, old: Form, new: Form, mapping: tuple[Mapped, ...]) -> None:
        self._old, self._new = old, new
        self._named = [
            (theirs, ours)
            for there, here in mapping
            if (theirs := old.node(there)) is not None
            and (ours := new.node(here)) is not None
            and not {theirs.role, ours.role} & INSIDE_ROWS
        ]
        self._found = Pairing()
        self._taken_old = {inner.pointer for node, _ in self._named for inner in node.walk()}
        self._taken_new = {inner.pointer for _, node in self._named for inner in node.walk()}

    def paired(self) -> Pairing:
        self._pair_named()
        self._pair(self._old.root, self._new.root)
        self._match_left_over()
        order = {pointer: at for at, pointer in enumerate(self._new.nodes)}
        self._found.pairs.sort(key=lambda pair: order[pair[1].pointer])
        return self._found

    def _pair_named(self) -> None:
        """Take what the mapping says: one for one, one for several, several for one."""
        parts: dict[Pointer, list[Node]] = {}
        wholes: dict[Pointer, list[Node]] = {}
        for old, new in self._named:
            parts.setdefault(old.pointer, []).append(new)
            wholes.setdefault(new.pointer, []).append(old)
        done: set[Pointer] = set()
        for old, new in self._named:
            if len(wholes[new.pointer]) > 1:
                if new.pointer not in done:
                    done.add(new.pointer)
                    self._found.merges.append((tuple(wholes[new.pointer]), new))
            elif len(parts[old.pointer]) > 1:
                if parts[old.pointer][0] is new:
                    self._found.splits.append((old, tuple(parts[old.pointer])))
            else:
                self._found.moved.append((old, new))
                self._pair(old, new, named=True)

    def _pair(self, old: Node, new: Node, *, named: bool = False) -> None:
        """Take two places as one, and what is below them by key."""
        if old.role is Role.ROW and new.role in _LIKE_GROUPS:
            self._found.splits.append((old, _rows(new)))
            return
        if old.role in _LIKE_GROUPS and new.role is Role.ROW:
            self._found.merges.append((_rows(old), new))
            return
        self._found.pairs.append((old, new))
        if old.role is Role.ROW or new.role is Role.ROW:
            return
        # The mapping has had its say about what it names, and about what is below that.
        taken_old = set() if named else self._taken_old
        taken_new = set() if named else self._taken_new
        theirs = {child.key: child for child in old.children if child.pointer not in taken_old}
        ours = {child.key: child for child in new.children if child.pointer not in taken_new}
        for key, child in theirs.items():
            if key in ours:
                self._pair(child, ours[key], named=named)
            elif not _is_spent(child, taken_old):
                self._found.removed.append(child)
        self._found.added += [
            child
            for key, child in ours.items()
            if key not in theirs and not _is_spent(child, taken_new)
        ]

    def _match_left_over(self) -> None:
        """Find what stands elsewhere under the same label."""
        while (found := next(self._same_labels(), None)) is not None:
            old, new = found
            self._found.removed.remove(old)
            self._found.added.remove(new)
            self._found.moved.append(found)
            self._pair(old, new)

    def _same_labels(self) -> Iterator[tuple[Node, Node]]:
        for old in self._found.removed:
            alike = [node for node in self._found.added if _alike(old, node)]
            others = [node for node in self._found.removed if _alike(old, node)]
            if len(alike) == 1 and len(others) == 1:
                yield old, alike[0]


def _is_spent(node: Node, taken: set[Pointer]) -> bool:
    """Tell whether all rows of a group are parts of something else: then it is only their frame."""
    rows = _rows(node)
    return bool(rows) and all(row.pointer in taken for row in rows)


def _alike(one: Node, other: Node) -> bool:
    """Tell whether two places are called the same and are of one kind."""
    return one.role is other.role and bool(one.label) and one.label.titles == other.label.titles


def _rows(node: Node) -> tuple[Node, ...]:
    return tuple(inner for inner in node.walk() if inner.role is Role.ROW)
