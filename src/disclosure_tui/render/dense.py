from __future__ import annotations
from disclosure_tui.render.painting import Painting


def paint_dense(grid, width, measure) -> Painting: ...
