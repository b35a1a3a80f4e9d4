"""Lays a panel of the form over rows of a page table: header rows, columns, rows, figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from disclosure_tui.data_class import dataclass
from disclosure_tui.exchange.finding_lines import Found, find_lines
from disclosure_tui.exchange.labels import key
from disclosure_tui.exchange.panel_header import PanelHeader, path_of, text_of
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
        self._first = first
        self._stop = stop
        self._header = PanelHeader(table, panel, start, first)
        self._columns = find_lines(panel.columns, self._header.paths)
        self._groups = {
            index: self._header.groups[place] for index, place in self._columns.lines.items()
        }
        self._left = min((group[0] for group in self._groups.values()), default=0)
        self._fit = Fit()

    def fit(self) -> Fit | None:
        """Return what was found, or None if it is another table."""
        if not self._groups:
            return None
        rows = self._rows(self._left) if self._panel.rows else self._only_row()
        if rows is None:
            return None
        self._note_labels()
        found, places = rows
        used = [places[place] for place in found.lines.values()]
        refusal = self._header.refusal(self._columns, self._left, used)
        for index, pointers in enumerate(self._panel.figures):
            row = places[found.lines[index]] if index in found.lines else None
            self._read_row(index, pointers, row, refusal, is_twice=index in found.twice)
        self._fit.rows.update(self._header.rows())
        self._fit.rows.update(used)
        return self._fit

    def _rows(self, left: int) -> tuple[Found, list[int]] | None:
        """Find the rows of the panel, by the labels left of the figures."""
        places = list(range(self._first, self._stop))
        texts = [[text_of(cell) for cell in self._table.places[row][:left]] for row in places]
        if not self._table.spans_known:
            texts = [list(line) for line in zip(*spread(_transposed(texts)), strict=True)]
        paths = [path_of(line) for line in texts]
        found = find_lines(self._panel.rows, paths)
        if not found.lines:
            return None
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

    def _note_labels(self) -> None:
        self._fit.labels += self._header.texts()
        for index, place in self._columns.lines.items():
            self._note_replaced(self._panel.columns[index], self._header.label(place))
        self._fit.strange += [
            self._header.label(place)
            for place in self._columns.strange
            if self._header.groups[place][0] > self._left
        ]

    def _note_replaced(self, line: Line, text: str) -> None:
        if line.own and key(line.own) != key(text):
            self._fit.replaced[line.own] = text

    def _label_of(self, row: int, left: int) -> str:
        texts = [cell.text for cell in self._table.distinct(row, 0, left) if key(cell.text)]
        return texts[-1] if texts else ""

    def _holds_figures(self, row: int, left: int) -> bool:
        label = self._table.distinct(row, 0, left)
        return any(
            cell.text.strip() for cell in self._table.distinct(row, left) if cell not in label
        )

    def _read_row(
        self,
        index: int,
        pointers: Sequence[Pointer],
        row: int | None,
        refusal: Text | None,
        *,
        is_twice: bool,
    ) -> None:
        label = self._panel.rows[index].own if self._panel.rows else ""
        if row is None:
            reason = _row_twice(label) if is_twice else _no_row(label)
            self._fit.unread.append((tuple(pointers), reason))
            return
        cells = self._cells(row) if refusal is None else None
        if cells is None:
            self._fit.unread.append((tuple(pointers), refusal or _uneven(label)))
            return
        for column, pointer in enumerate(pointers):
            if column in cells:
                cell = cells[column]
                self._fit.readings[pointer] = Reading(cell.text, cell.trouble)
            else:
                name = self._panel.columns[column].own
                is_claimed = column in self._columns.twice
                self._fit.unread.append(
                    ((pointer,), _column_twice(name) if is_claimed else _no_column(name))
                )

    def _cells(self, row: int) -> dict[int, PageCell] | None:
        """Return the cell of each column in a row, or None where that is not certain."""
        line = self._table.places[row]
        if self._header.extent(row) not in map(self._header.extent, self._header.rows()):
            return None
        figures = distinct(line[self._left :])
        if any(cell.row != row or cell.rowspan > 1 or cell.column < self._left for cell in figures):
            return None
        under = {index: distinct(line[at] for at in group) for index, group in self._groups.items()}
        if _is_settled(list(under.values()), spans_known=self._table.spans_known):
            return {index: cells[0] for index, cells in under.items()}
        return self._in_order(figures) if self._table.spans_known else None

    def _in_order(self, figures: list[PageCell]) -> dict[int, PageCell] | None:
        """Give each label its cell where labels and figures divide the same width differently.

        Only as many cells as labels settle that.
        """
        heads = [
            group
            for group, path in zip(self._header.groups, self._header.paths, strict=True)
            if group[0] >= self._left and path
        ]
        if len(figures) != len(heads) or self._columns.twice:
            return None
        order = {group[0]: position for position, group in enumerate(heads)}
        return {index: figures[order[group[0]]] for index, group in self._groups.items()}


def _is_settled(under: list[list[PageCell]], *, spans_known: bool) -> bool:
    """Tell whether one cell stands under each label, and under no other.

    In a text file, empty ones may follow it: merged places.
    """
    held = [id(cell) for cells in under for cell in cells]
    if len(held) != len(set(held)):
        return False
    if spans_known:
        return all(len(cells) == 1 for cells in under)
    return not any(cell.text.strip() for cells in under for cell in cells[1:])


def _transposed(lines: list[list[str]]) -> list[list[str]]:
    return [list(line) for line in zip(*lines, strict=True)]


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
