"""What the editor is measured beside: Textual as it comes, saying hello or showing a table.

`python stock_textual.py` says hello; with the name of a CSV file it shows it in a `DataTable`, and
an `Input` below takes a figure.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App, ComposeResult
from textual.widgets import DataTable, Input, Static

if TYPE_CHECKING:
    from textual import events


class Hello(App[None]):
    def compose(self) -> ComposeResult:
        yield Static("Hello, world 1 2 3")


class Table(App[None]):
    def __init__(self, path: Path) -> None:
        super().__init__()
        with path.open(encoding="utf-8", newline="") as file:
            self._rows = list(csv.reader(file))

    def compose(self) -> ComposeResult:
        yield DataTable(cursor_type="cell")
        yield Input()

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns(*self._rows[0])
        table.add_rows(self._rows[1:])
        table.focus()

    def on_key(self, event: events.Key) -> None:
        if isinstance(self.focused, DataTable) and event.character and event.character.isdigit():
            field = self.query_one(Input)
            field.value = event.character
            field.focus()
            field.cursor_position = 1

    def on_input_submitted(self, event: Input.Submitted) -> None:
        table = self.query_one(DataTable)
        table.update_cell_at(table.cursor_coordinate, event.value)
        table.focus()
        table.move_cursor(row=table.cursor_row + 1)


if __name__ == "__main__":
    app = Table(Path(sys.argv[1])) if len(sys.argv) > 1 else Hello()
    app.run()
