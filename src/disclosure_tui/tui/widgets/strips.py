"""From painted pieces to what Textual draws: styles of the 16-colour palette, never more."""

from __future__ import annotations

from collections.abc import Iterable

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from disclosure_tui.render.grid import CellRole, Tone
from disclosure_tui.render.painting import Line, Piece
from disclosure_tui.render.width import MEASURE

__all__ = [
    "BOLD",
    "DIM",
    "PLAIN",
    "REVERSE",
    "TONE_STYLES",
    "UNDERLINE",
    "line_strip",
    "style_of",
    "text_strip",
]

PLAIN = Style()
BOLD = Style(bold=True)
DIM = Style(dim=True)
REVERSE = Style(reverse=True)
UNDERLINE = Style(underline=True)

TONE_STYLES = {
    Tone.PLAIN: PLAIN,
    Tone.ERROR: Style(color="red", bold=True),
    Tone.QUERY: Style(color="magenta", bold=True),
    Tone.WARNING: Style(color="cyan"),
    Tone.NOTE: DIM,
    Tone.COMPUTED: PLAIN,
    Tone.CARRIED: PLAIN,
    Tone.BLANK: DIM,
    Tone.REMOVED: Style(color="red"),
    Tone.ADDED: Style(color="green"),
}
"""How a tone looks, on a light and on a dark background. The marks say the same."""


def style_of(piece: Piece) -> Style:
    """Return the style of a piece of a painted table."""
    if piece.role is CellRole.CAPTION:
        return BOLD
    return TONE_STYLES[piece.tone]


def line_strip(line: Line) -> Strip:
    """Return a painted line as a strip."""
    return Strip(
        [Segment(piece.text, style_of(piece)) for piece in line],
        sum(piece.width for piece in line),
    )


def text_strip(parts: Iterable[tuple[str, Style]], width: int, fill: Style = PLAIN) -> Strip:
    """Return texts on one line of exactly so many cells, clipped with `~` or filled up."""
    segments: list[Segment] = []
    left = width
    for text, style in parts:
        shown = MEASURE.clip(text, left)
        used = MEASURE.width(shown)
        if used:
            segments.append(Segment(shown, style))
        left -= used
        if left <= 0:
            break
    if left > 0:
        segments.append(Segment(" " * left, fill))
    return Strip(segments, width)
