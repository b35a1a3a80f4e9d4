"""The rows of labels over the figures of a panel: which places of a table stand under which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from disclosure_tui.exchange.finding_lines import Found
from disclosure_tui.exchange.labels import Path, key
from disclosure_tui.exchange.picture import PageCell, PageTable
from disclosure_tui.exchange.printed import Panel
from disclosure_tui.exchange.spreading import spread
from disclosure_tui.language import Text

__all__ = ["PanelHeader", "path_of", "text_of"]

_RAGGED = Text(
    "表头的格子对不齐，分不清哪一格属于哪一列",
    "the cells of the header do not line up, so it is not clear which cell is in which column",
)
_UNLABELLED = Text(
    "表头少了列的名称，分不清哪一格属于哪一列",
    "labels of columns are missing, so it is not clear which cell is in which column",
)


class PanelHeader:
    """The header of a panel in a page table.

    Attributes:
        groups: Neighbouring places under one label, from left to right.
        paths: Keys of the labels over each group, outermost first.
    """

    def __init__(self, table: PageTable, panel: Panel, start: int, first: int) -> None:
        self._table = table
        self._start = start
        self._first = first
        lines = (*panel.columns, *panel.rows)
        self._known = {name for line in lines for name in line.path}
        self._known |= {key(panel.caption), key(panel.corner)} - {""}
        self._above = self._known - {line.path[-1] for line in panel.columns if line.path}
        self._panel = panel
        self._texts = [[text_of(cell) for cell in row] for row in table.places[start:first]]
        if not table.spans_known:
            self._texts = spread(self._texts)
        over = [path_of(line[at] for line in self._texts) for at in range(table.column_count)]
        self.groups = list(self._grouped(over))
        self.paths: list[Path] = [over[group[0]] for group in self.groups]

    def rows(self) -> Iterator[int]:
        """Yield the rows that hold labels of the panel, not what stands above them."""
        for row in range(self._start, self._first):
            if any(key(cell.text) in self._known for cell in self._table.distinct(row)):
                yield row

    def texts(self) -> Iterator[str]:
        """Yield the texts of all cells."""
        for row in range(self._start, self._first):
            yield from (cell.text for cell in self._table.distinct(row))

    def label(self, group: int) -> str:
        """Return the lowest text over a group, as printed."""
        at = self.groups[group][0]
        return next((line[at] for line in reversed(self._texts) if key(line[at])), "")

    def extent(self, row: int) -> int:
        """Return how many places a row fills without a gap; -1 if it has one."""
        line = self._table.places[row]
        filled = [at for at, cell in enumerate(line) if cell is not None]
        return len(filled) if filled == list(range(len(filled))) else -1

    def refusal(self, columns: Found, left: int, rows: Iterable[int]) -> Text | None:
        """Say why no figure of the panel can be relied on, or None.

        The labels have to form a rectangle; columns in another order than the form's have to
        stand under their own groups; and a place without a label of its own may be there only
        where no label is missing and nothing is written.

        Args:
            columns: The columns found.
            left: First place of the figures.
            rows: The rows with figures that were found.
        """
        if len({self.extent(row) for row in self.rows()}) > 1:
            return _RAGGED
        order = [self.groups[columns.lines[index]][0] for index in sorted(columns.lines)]
        if order != sorted(order):
            for index, place in columns.lines.items():
                if set(self._panel.columns[index].path) - set(self.paths[place]):
                    return _RAGGED
        is_missing = len(self._panel.columns) > len(columns.lines) + len(columns.twice)
        matched = set(columns.lines.values())
        for number, group in enumerate(self.groups):
            if number in matched or group[-1] < left:
                continue
            is_named = self.paths[number][-1:] and self.paths[number][-1] not in self._above
            cells = [self._table.places[row][at] for row in rows for at in group if at >= left]
            there = [cell for cell in cells if cell is not None]
            if there and is_missing:
                return _UNLABELLED
            if not is_named and any(cell.text.strip() for cell in there):
                return _UNLABELLED
        return None

    def _grouped(self, over: list[Path]) -> Iterator[list[int]]:
        owner: object = None
        group: list[int] = []
        for at, path in enumerate(over):
            leaf = self._lowest(at) if self._table.spans_known else path
            if group and path and leaf == owner:
                group.append(at)
            else:
                if group:
                    yield group
                group = [at]
            owner = leaf
        if group:
            yield group

    def _lowest(self, at: int) -> int | None:
        """Return which cell is the lowest with a text over a place."""
        for row in range(self._first - 1, self._start - 1, -1):
            cell = self._table.places[row][at]
            if cell is not None and key(cell.text):
                return id(cell)
        return None


def text_of(cell: PageCell | None) -> str:
    """Return the text of a place."""
    return cell.text if cell is not None else ""


def path_of(texts: Iterable[str]) -> Path:
    """Return the keys of labels along a line, those of merged cells once."""
    names: list[str] = []
    for text in texts:
        name = key(text)
        if name and name not in names[-1:]:
            names.append(name)
    return tuple(names)
