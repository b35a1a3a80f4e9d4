"""Lays a panel of the form over rows of a page table: header rows, columns, rows, figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from disclosure_tui.exchange.finding_lines import Found, find_lines
from disclosure_tui.exchange.labels import key
from disclosure_tui.exchange.picture import PageCell, PageTable, distinct
from disclosure_tui.exchange.printed import Line, Panel
from disclosure_tui.exchange.spreading import spread
from disclosure_tui.language import Text
from disclosure_tui.model.pointer import Pointer

__all__ = ["Fit", "Reading", "fit_panel"]


_MOST_HEADER_ROWS = 60
"""So many rows may stand over the figures; a sheet can hold another table there."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands in the place of a figure.

    Attributes:
        text: As the page has it.
        trouble: Why it cannot be relied on, or None.
    """

    text: str
    trouble: Text | None = None


@dataclass
class Fit:
    """A panel found in a page table.

    Attributes:
        rows: The rows of the page table that belong to it.
        readings: By pointer.
        unread: Pointers, and why they could not be read.
        labels: All texts that stand for labels.
        replaced: Altered labels of rows and columns, by the form's own.
        strange: Labels of rows and columns that the form does not have.
    """

    rows: set[int] = field(default_factory=set)
    readings: dict[Pointer, Reading] = field(default_factory=dict)
    unread: list[tuple[tuple[Pointer, ...], Text]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    replaced: dict[str, str] = field(default_factory=dict)
    strange: list[str] = field(default_factory=list)


def fit_panel(table: PageTable, panel: Panel, start: int, stop: int) -> Fit | None:
    """Return what a stretch of rows says of a panel; None if it is another table.

    Args:
        table: The table of the page.
        panel: The panel of the form.
        start: First row to look at.
        stop: Row behind the last.
    """
    first_row = _first_data_row(table, panel, start, stop)
    if first_row is None or first_row - start > _MOST_HEADER_ROWS:
        return None
    return _Fitting(table, panel, start, first_row, stop).fit()


def _first_data_row(table: PageTable, panel: Panel, start: int, stop: int) -> int | None:
    """Return where the figures begin: at the first row label, else below the column labels."""
    columns = {line.path[-1] for line in panel.columns if line.path}
    rows = {line.path[-1] for line in panel.rows if line.path} - columns
    last_header = None
    for row in range(start, stop):
        names = {key(cell.text) for cell in table.distinct(row)}
        if names & rows:
            return row if last_header is not None else None
        if names & columns:
            last_header = row
    return last_header + 1 if last_header is not None else None


class _Fitting:
    """One panel over one stretch of rows."""

    def __init__(self, table: PageTable, panel: Panel, start: int, first: int, stop: int) -> None:
        self._table = table
        self._panel = panel
        self._start = start
        self._first = first
        self._stop = stop
        self._fit = Fit()
        width = table.column_count
        header = [[_text(cell) for cell in row] for row in table.places[start:first]]
        if not table.spans_known:
            header = spread(header)
        self._over = [_path(header[row][at] for row in range(len(header))) for at in range(width)]
        self._header = header

    def fit(self) -> Fit | None:
        columns = find_lines(self._panel.columns, self._grouped_paths())
        if not columns.lines:
            return None
        groups = {index: self._groups[place] for index, place in columns.lines.items()}
        left = min(group[0] for group in groups.values())
        rows = self._rows(left)
        if rows is None:
            return None
        self._note_labels(columns, left)
        found, places = rows
        refusal = self._refusal(columns, left, found, places)
        for index, line in enumerate(self._panel.figures):
            self._read_row(index, line, found, places, groups, columns, left, refusal)
        self._fit.rows.update(self._header_rows())
        self._fit.rows.update(places[place] for place in found.lines.values())
        return self._fit

    def _header_rows(self) -> Iterator[int]:
        """Yield the rows over the figures that hold labels of the panel, not what is above them."""
        lines = (*self._panel.columns, *self._panel.rows)
        known = {name for line in lines for name in line.path}
        known |= {key(self._panel.caption), key(self._panel.corner)} - {""}
        for row in range(self._start, self._first):
            if any(key(cell.text) in known for cell in self._table.distinct(row)):
                yield row

    def _grouped_paths(self) -> list[tuple[str, ...]]:
        """Group neighbouring places under one header cell; return the path over each group."""
        self._groups: list[list[int]] = []
        owner: object = None
        for at, path in enumerate(self._over):
            leaf: object = path
            if self._table.spans_known:
                leaf = next(
                    (
                        id(cell)
                        for row in range(self._first - 1, self._start - 1, -1)
                        if (cell := self._table.places[row][at]) is not None and key(cell.text)
                    ),
                    None,
                )
            if path and leaf == owner:
                self._groups[-1].append(at)
            else:
                self._groups.append([at])
            owner = leaf
        return [self._over[group[0]] for group in self._groups]

    def _rows(self, left: int) -> tuple[Found, list[int]] | None:
        """Find the rows of the panel, by the labels left of the figures."""
        if not self._panel.rows:
            return self._only_row()
        places = list(range(self._first, self._stop))
        texts = [[_text(cell) for cell in self._table.places[row][:left]] for row in places]
        if not self._table.spans_known:
            texts = [list(line) for line in zip(*spread(_transposed(texts)), strict=True)]
        paths = [_path(line) for line in texts]
        found = find_lines(self._panel.rows, paths)
        if not found.lines:
            return None
        self._label_columns = left
        used = [places[place] for place in found.lines.values()]
        for row in used:
            self._fit.labels += [cell.text for cell in self._table.distinct(row, 0, left)]
        for place in found.strange:
            if self._holds_figures(places[place], left):
                self._fit.strange.append(self._label_of(places[place], left))
        for index, place in found.lines.items():
            self._note_replaced(self._panel.rows[index], self._label_of(places[place], left))
        return found, places

    def _only_row(self) -> tuple[Found, list[int]] | None:
        """Find the one line of figures below labels that hold the rows too."""
        places = [
            row
            for row in range(self._first, self._stop)
            if len([cell for cell in self._table.places[row] if cell is not None]) > 1
            and len(self._table.distinct(row)) > 1
        ]
        full = [row for row in places if any(key(c.text) for c in self._table.distinct(row))]
        chosen = full if len(full) == 1 else places[:1] if not full else []
        if not chosen:
            return None
        return Found({0: 0}, frozenset(), ()), chosen

    def _note_labels(self, columns: Found, left: int) -> None:
        for row in range(self._start, self._first):
            self._fit.labels += [cell.text for cell in self._table.distinct(row)]
        for index, place in columns.lines.items():
            at = self._groups[place][0]
            self._note_replaced(self._panel.columns[index], self._header_text(at))
        self._fit.strange += [
            self._header_text(self._groups[place][0])
            for place in columns.strange
            if self._groups[place][0] > left
        ]

    def _note_replaced(self, line: Line, text: str) -> None:
        if line.labels and key(line.labels[-1]) != key(text):
            self._fit.replaced[line.labels[-1]] = text

    def _header_text(self, at: int) -> str:
        return next((line[at] for line in reversed(self._header) if key(line[at])), "")

    def _label_of(self, row: int, left: int) -> str:
        texts = [cell.text for cell in self._table.distinct(row, 0, left) if key(cell.text)]
        return texts[-1] if texts else ""

    def _holds_figures(self, row: int, left: int) -> bool:
        label = self._table.distinct(row, 0, left)
        return any(
            cell.text.strip() for cell in self._table.distinct(row, left) if cell not in label
        )

    def _refusal(self, columns: Found, left: int, found: Found, places: list[int]) -> Text | None:
        """Say why no figure of the panel can be relied on, or None.

        The labels over the figures have to form a rectangle; a column without a label is harmless
        only if no label is missing; columns in another order have to stand under their own groups.
        """
        if len({self._extent(row) for row in self._header_rows()}) > 1:
            return _RAGGED
        order = [self._groups[columns.lines[index]][0] for index in sorted(columns.lines)]
        if order != sorted(order):
            for index, place in columns.lines.items():
                if set(self._panel.columns[index].path) - set(self._over[self._groups[place][0]]):
                    return _RAGGED
        if len(self._panel.columns) == len(columns.lines) + len(columns.twice):
            return None
        known = {at for place in columns.lines.values() for at in self._groups[place]}
        rows = [places[place] for place in found.lines.values()]
        for at in range(left, self._table.column_count):
            if at not in known and any(self._table.places[row][at] is not None for row in rows):
                return _UNLABELLED
        return None

    def _extent(self, row: int) -> int:
        """Return how many places a row fills without a gap; -1 if it has one."""
        line = self._table.places[row]
        filled = [at for at, cell in enumerate(line) if cell is not None]
        return len(filled) if filled == list(range(len(filled))) else -1

    def _read_row(
        self,
        index: int,
        pointers: Sequence[Pointer],
        found: Found,
        places: list[int],
        groups: dict[int, list[int]],
        columns: Found,
        left: int,
        refusal: Text | None,
    ) -> None:
        label = self._panel.rows[index].labels[-1] if self._panel.rows else ""
        if index not in found.lines:
            reason = _row_twice(label) if index in found.twice else _no_row(label)
            self._fit.unread.append((tuple(pointers), reason))
            return
        row = places[found.lines[index]]
        cells = None if refusal is not None else self._cells(row, groups, columns, left)
        if cells is None:
            self._fit.unread.append((tuple(pointers), refusal or _uneven(label)))
            return
        for column, pointer in enumerate(pointers):
            if column in cells:
                cell = cells[column]
                self._fit.readings[pointer] = Reading(cell.text, cell.trouble)
            else:
                name = self._panel.columns[column].labels[-1]
                reason = _column_twice(name) if column in columns.twice else _no_column(name)
                self._fit.unread.append(((pointer,), reason))

    def _cells(
        self, row: int, groups: dict[int, list[int]], columns: Found, left: int
    ) -> dict[int, PageCell] | None:
        """Return the cell of each column in a row, or None where that is not certain."""
        line = self._table.places[row]
        if self._extent(row) not in {self._extent(header) for header in self._header_rows()}:
            return None
        figures = distinct(line[left:])
        if any(cell.row != row or cell.rowspan > 1 or cell.column < left for cell in figures):
            return None
        under = {index: distinct(line[at] for at in group) for index, group in groups.items()}
        held = [id(cell) for cells in under.values() for cell in cells]
        if len(held) == len(set(held)) and all(map(self._is_single, under.values())):
            return {index: cells[0] for index, cells in under.items()}
        if not self._table.spans_known:
            return None
        # Headers and figures divide the width differently; as many cells as labels settle it.
        heads = [group for group in self._groups if group[0] >= left and self._over[group[0]]]
        if len(figures) != len(heads) or columns.twice:
            return None
        order = {group[0]: position for position, group in enumerate(heads)}
        return {index: figures[order[group[0]]] for index, group in groups.items()}

    def _is_single(self, cells: list[PageCell]) -> bool:
        """Tell whether one cell stands under a label; in a text file empty ones may follow it."""
        if self._table.spans_known:
            return len(cells) == 1
        return not any(cell.text.strip() for cell in cells[1:])


_RAGGED = Text(
    "表头的格子对不齐，分不清哪一格属于哪一列",
    "the cells of the header do not line up, so it is not clear which cell is in which column",
)
_UNLABELLED = Text(
    "表头少了列的名称，分不清哪一格属于哪一列",
    "labels of columns are missing, so it is not clear which cell is in which column",
)


def _text(cell: PageCell | None) -> str:
    return cell.text if cell is not None else ""


def _transposed(lines: list[list[str]]) -> list[list[str]]:
    return [list(line) for line in zip(*lines, strict=True)]


def _path(texts: Iterator[str] | Sequence[str]) -> tuple[str, ...]:
    """Return the keys of labels along a line, those of merged cells once."""
    names: list[str] = []
    for text in texts:
        name = key(text)
        if name and name not in names[-1:]:
            names.append(name)
    return tuple(names)


def _no_row(label: str) -> Text:
    return Text(f"页面上没有找到【{label}】这一行", f"the page has no row “{label}”")


def _row_twice(label: str) -> Text:
    return Text(f"页面上有不止一行像【{label}】", f"several rows could be “{label}”")


def _no_column(label: str) -> Text:
    return Text(f"页面上没有找到【{label}】这一列", f"the page has no column “{label}”")


def _column_twice(label: str) -> Text:
    return Text(f"页面上有不止一列像【{label}】", f"several columns could be “{label}”")


def _uneven(label: str) -> Text:
    where = Text(f"【{label}】这一行", f"the row “{label}”") if label else Text("这一行", "the row")
    return where + Text(
        "的格数与表头不符，分不清哪一格属于哪一列",
        " has not as many cells as there are columns, so it is not clear which is which",
    )
