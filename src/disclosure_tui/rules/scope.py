"""Where a rule repeats: `each`, and what its paths name at every repetition.

Source: dialect, sections 4 and 5.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text
from disclosure_tui.model.form import Form, Node, Role
from disclosure_tui.model.pointer import ROOT, Pointer
from disclosure_tui.rules.expression import (
    AnyDepth,
    AnyOne,
    Matched,
    Operand,
    Origin,
    Path,
    Segment,
    parse_path,
    shown,
    write_path,
)
from disclosure_tui.rules.path_hints import hint_for

__all__ = ["Direction", "PathError", "Scope", "scopes"]

_LEAVES = frozenset({Role.CELL, Role.FIELD, Role.PROSE})


class Direction(Enum):
    """What a rule repeats over."""

    LEVEL = "level"
    ROW = "row"
    COLUMN = "column"
    PLACE = "place"


class PathError(SchemaError):
    """A path of a rule names what it must not.

    Attributes:
        path: The path.
    """

    def __init__(self, what: Text, path: Path, *, hint: Text) -> None:
        super().__init__(what, hint=hint)
        self.path = path


@dataclass(frozen=True, slots=True)
class Scope:
    """One repetition of a rule.

    Attributes:
        form: The form, with the entry rows of the report.
        level: Where the rule is declared.
        direction: What it repeats over.
        place: The level, the row, or the place matched by an item of `each`.
        name: The instance name: keys below the level, joined by dots.
        column: In a column, the keys from a row to its cell.
        matches: The keys matched by the `*` of the item of `each`.
    """

    form: Form
    level: Pointer
    direction: Direction
    place: Pointer
    name: str = ""
    column: tuple[str, ...] = ()
    matches: tuple[str, ...] = ()

    def operands(
        self, path: Path, *, excluded: frozenset[Pointer] = frozenset(), numeric: bool = False
    ) -> tuple[Operand, ...]:
        """Return the cells that a path names here.

        Args:
            path: As written in the rule.
            excluded: Rows (in a column) or cells that a pattern does not yield; an exact
                name always counts.
            numeric: A pattern yields figures only.

        Raises:
            SchemaError: The path names nothing, a group, or a row without the column.
        """
        if (beyond := _unmatched(path.segments, self.matches)) is not None:
            raise PathError(_BEYOND, path, hint=_matched_hint(beyond, len(self.matches)))
        prior = path.origin in (Origin.PRIOR, Origin.PRIOR_REPORT)
        absolute = path.origin in (Origin.REPORT, Origin.PRIOR_REPORT)
        in_column = self.direction is Direction.COLUMN and not absolute
        start = ROOT if absolute else self._start
        node = self.form.place(start)
        pattern = any(isinstance(segment, AnyOne | AnyDepth) for segment in path.segments)
        found = [] if node is None else _named(node, path.segments, self.matches, former=prior)
        wanted = frozenset({Role.ROW}) if in_column else _LEAVES
        if pattern:
            if any(self._meets_group(item, path, wanted) for item in found):
                raise self._refused(path, _GROUP)
            found = [item for item in found if item.role in wanted]
            found = [item for item in found if item.pointer not in excluded]
            if numeric and not in_column:
                found = [item for item in found if item.cell is not None and item.cell.numeric]
        if (not found and not self._entries_may_be_empty(path)) or any(
            item.role not in wanted for item in found
        ):
            raise self._refused(path, _NOTHING)
        return tuple(Operand(self._cell(item, path, in_column=in_column), prior) for item in found)

    def _cell(self, node: Node, path: Path, *, in_column: bool) -> Pointer:
        if not in_column:
            return node.pointer
        if all(leaf.path != self.column for leaf in node.leaf_columns()):
            raise self._refused(path, _NO_COLUMN)
        return node.pointer.joined(self.column)

    @staticmethod
    def _meets_group(node: Node, path: Path, wanted: frozenset[Role]) -> bool:
        last = path.segments[-1]
        return isinstance(last, AnyOne) and node.role not in wanted and bool(node.children)

    def _entries_may_be_empty(self, path: Path) -> bool:
        """A pattern over entry rows may name none in a report that has none."""
        return self.form.may_lack_entries and any(
            isinstance(segment, AnyOne | AnyDepth) for segment in path.segments
        )

    def _refused(self, path: Path, reason: Text) -> SchemaError:
        text = write_path(path)
        start = ROOT if path.origin.is_root else self._start
        return PathError(
            Text(f"路径【{shown(text)}】", f"the path {shown(text)!r} ") + reason,
            path,
            hint=hint_for(self.form.place(start), path),
        )

    @property
    def _start(self) -> Pointer:
        """Where the paths of the rule begin: in a column at the level, else at the place."""
        return self.level if self.direction is Direction.COLUMN else self.place


def _unmatched(segments: tuple[Segment, ...], matches: tuple[str, ...]) -> int | None:
    """Return the number of an `@` that stands for no `*`, or None."""
    for segment in segments:
        if isinstance(segment, Matched) and segment.index >= len(matches):
            return segment.index
    return None


def _matched_hint(index: int, number: int) -> Text:
    sign = f"@{index or ''}"
    if not number:
        return Text(
            f"{sign} 代表【each】列表中 * 指到的键，这里没有 *",
            f"{sign} stands for the key that a * in the list of each has matched; there is none",
        )
    last = f"@{number - 1 or ''}"
    return Text(f"这里最多写到 {last}", f"the last one here is {last}")


_BEYOND = Text("路径里的 @ 没有对应的 *", "an @ in the path stands for no *")
_NOTHING = Text("在这里没有指到任何格", "names nothing here")
_GROUP = Text(
    "指到了一组而不是一行，请写 ** 或逐项列出", "meets a group: write ** or list its rows"
)
_NO_COLUMN = Text("所在的行没有这一列", "names a row that does not have this column")


def scopes(form: Form, level: Pointer, each: Any, paths: tuple[Path, ...]) -> Iterator[Scope]:
    """Yield the repetitions of a rule, in printed order.

    Args:
        form: The form, with the entry rows of the report.
        level: Where the rule is declared.
        each: As in the schema: None, `row`, `column` or a list of patterns.
        paths: The paths of the rule: in a column the first row named gives the columns.
    """
    if each is None:
        yield Scope(form, level, Direction.LEVEL, level)
    elif each == "row":
        for row in form.rows(level):
            name = ".".join(row.pointer.below(level))
            yield Scope(form, level, Direction.ROW, row.pointer, name)
    elif each == "column":
        first = _first_row(form, level, paths)
        if first is None:
            _refuse_without_row(form, level, paths)
        else:
            for leaf in first.leaf_columns():
                name = ".".join(leaf.path)
                yield Scope(form, level, Direction.COLUMN, level, name, leaf.path)
    else:
        yield from _listed(form, level, each)


def _listed(form: Form, level: Pointer, each: list[str]) -> Iterator[Scope]:
    """Yield the places of a list: those of this report, then what only last year's has."""
    paths = [(item, parse_path(item)) for item in each]
    here: set[Pointer] = set()
    for item, path in paths:
        if not path.origin.is_prior:
            for scope in _places(form, level, item, path):
                here.add(scope.place)
                yield scope
    for item, path in paths:
        if path.origin.is_prior:
            found = _places(form, level, item, path)
            yield from (scope for scope in found if scope.place not in here)


def _first_row(form: Form, level: Pointer, paths: tuple[Path, ...]) -> Node | None:
    start = form.node(level)
    for path in paths:
        if start is not None and path.origin in (Origin.HERE, Origin.PRIOR):
            for node, _ in _match(start, path.segments, ()):
                if node.role is Role.ROW:
                    return node
    return None


def _refuse_without_row(form: Form, level: Pointer, paths: tuple[Path, ...]) -> None:
    """Refuse a rule over columns that names no row, unless its entry rows are yet to come.

    Raises:
        SchemaError: A path names nothing, or none is relative to the level.
    """
    here = [path for path in paths if path.origin in (Origin.HERE, Origin.PRIOR)]
    for path in here:
        Scope(form, level, Direction.COLUMN, level).operands(path)
    if not here:
        raise SchemaError(
            Text("按列重复的规则没有指到任何一行", "a rule over columns names no row here")
        )


def _places(form: Form, level: Pointer, item: str, path: Path) -> Iterator[Scope]:
    if _unmatched(path.segments, ()) is not None:
        raise PathError(_BEYOND, path, hint=_matched_hint(0, 0))
    start = form.node(level)
    nothing = True
    former = path.origin.is_prior
    found = [] if start is None else _match(start, path.segments, (), former=former)
    for node, matches in found:
        nothing = False
        name = ".".join(node.pointer.below(level))
        yield Scope(form, level, Direction.PLACE, node.pointer, name, matches=matches)
    if nothing and not form.may_lack_entries:
        raise SchemaError(
            Text(f"【each】的【{item}】没有指到任何地方", f"each: {item!r} names nothing"),
            hint=hint_for(form.place(level), path),
        )


def _named(
    node: Node, segments: tuple[Segment, ...], outer: tuple[str, ...], *, former: bool
) -> list[Node]:
    """Return the nodes that a pattern names from here, none twice, however often it meets them."""
    found = _Matching(outer, set(), once=True, former=former).of(node, segments)
    return list({node.pointer: node for node, _ in found}.values())


def _match(
    node: Node, segments: tuple[Segment, ...], outer: tuple[str, ...], *, former: bool = False
) -> Iterator[tuple[Node, tuple[str, ...]]]:
    """Yield the nodes that a pattern names from here, each with the keys its `*` matched.

    Of last year's report every node once.
    """
    return _Matching(outer, set(), once=former, former=former).of(node, segments)


@dataclass(slots=True)
class _Matching:
    """One search. Where the rest of a pattern was seen to lead nowhere it is not tried again.

    Attributes:
        outer: The keys that `@` stands for.
        closed: Places and lengths of the rest that need not be looked at again.
        once: Nor where it led somewhere.
        former: Stars stand for the entry rows of last year's report.
    """

    outer: tuple[str, ...]
    closed: set[tuple[Pointer, int]]
    once: bool = False
    former: bool = False

    def of(
        self, node: Node, segments: tuple[Segment, ...], got: tuple[str, ...] = ()
    ) -> Iterator[tuple[Node, tuple[str, ...]]]:
        """Yield the nodes named from one node on."""
        state = (node.pointer, len(segments))
        if state in self.closed:
            return
        if self.once:
            self.closed.add(state)
        nothing = True
        for found in self._inside(node, segments, got):
            nothing = False
            yield found
        if nothing:
            self.closed.add(state)

    def _inside(
        self, node: Node, segments: tuple[Segment, ...], got: tuple[str, ...]
    ) -> Iterator[tuple[Node, tuple[str, ...]]]:
        if not segments:
            yield node, got
            return
        head, rest = segments[0], segments[1:]
        if isinstance(head, AnyDepth):
            yield from self.of(node, rest, got)
            for child in self._children(node):
                yield from self.of(child, segments, got)
        elif isinstance(head, AnyOne):
            for child in self._children(node):
                yield from self.of(child, rest, (*got, child.key))
        else:
            key = self.outer[head.index] if isinstance(head, Matched) else head.key
            below = node.at(key)
            if below is not None:
                yield from self.of(below, rest, got)

    def _children(self, node: Node) -> tuple[Node, ...]:
        return node.former_children if self.former else node.children
