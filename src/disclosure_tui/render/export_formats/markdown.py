"""Markdown: one table row a line, the leaf label in the first cell; merged headers are repeated.

GitHub's tables know no merged cells. Labels stand whole and unjoined, so that the table can be
read back.
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure_tui.language import Text
from disclosure_tui.render.copies import Copy
from disclosure_tui.render.grid import CellRole, Grid, GridCell
from disclosure_tui.render.paragraphs import paragraphs

__all__ = ["NAME", "SUFFIX", "SUMMARY", "write"]

NAME = "markdown"
SUFFIX = ".md"
SUMMARY = Text("Markdown 文本", "Markdown text")

_ESCAPED = str.maketrans({character: f"\\{character}" for character in "\\`*_[]<>#|"})


def write(copy: Copy) -> bytes:
    """Return the text."""
    return ("\n".join(_lines(copy)).strip("\n") + "\n").encode()


def _lines(copy: Copy) -> Iterator[str]:
    if copy.sign:
        yield from (f"> {_text(copy.sign)}", "")
    yield from (f"# {_text(copy.view.title)}", "")
    for section in copy.view.sections:
        if section.heading:
            yield from (f"## {_text(section.heading)}", "")
        for paragraph in paragraphs(section.prose or ""):
            yield from (_paragraph(paragraph), "")
        if section.grid is not None:
            yield from (*_table(section.grid), "")
        for note in section.notes:
            yield from (_text(note), "")
    for line in copy.view.signature:
        yield from (_text(line), "")
    yield from _appendix(copy)
    yield from ("---", "", _text(copy.provenance.line(copy.language)))


def _appendix(copy: Copy) -> Iterator[str]:
    appendix = copy.appendix
    if appendix is None:
        return
    yield from (f"## {copy.say('送审', 'Sign-off')}", "")
    for label, value in appendix.people:
        yield f"- {_text(copy.say(f'{label}：{value}', f'{label}: {value}'))}"
    yield from ("", f"## {copy.say('未处理的问题', 'Open findings')}", "")
    for mark, sentence in appendix.findings:
        yield f"- {_text(mark)} {_text(sentence)}"
    yield from ("", f"## {copy.say('情况说明', 'Explanations')}", "")
    for sentence, text, signed in appendix.explanations:
        said = copy.say(f"说明：{text} {signed}", f"Explanation: {text} {signed}")
        yield f"- {_text(sentence)} {_text(said)}"
    yield ""


def _table(grid: Grid) -> Iterator[str]:
    """Yield a table for each block; every cell stands in all grid places that it covers."""
    blocks = _blocks(grid)
    for start, stop in blocks:
        rows = [_row(grid, number) for number in range(start, stop)]
        heads = [row for row in rows if not _holds_figures(row)]
        body = [row for row in rows if _holds_figures(row)]
        yield from _aligned(heads, body, grid)
        if (start, stop) != blocks[-1]:
            yield ""


def _aligned(
    heads: list[list[GridCell | None]], body: list[list[GridCell | None]], grid: Grid
) -> Iterator[str]:
    no_head: list[GridCell | None] = [None] * grid.column_count
    first, *others = heads or [no_head]
    yield _line(first, is_head=True)
    yield "|" + "---|" * grid.column_count
    for row in others:
        yield _line(row, is_head=True)
    for row in body:
        yield _line(row, is_head=False)


def _blocks(grid: Grid) -> list[tuple[int, int]]:
    starts = [cell.row for cell in grid.cells if cell.role is CellRole.CAPTION] or [0]
    if starts[0] != 0:
        starts.insert(0, 0)
    return list(zip(starts, [*starts[1:], grid.row_count], strict=True))


def _row(grid: Grid, number: int) -> list[GridCell | None]:
    """Return which cell covers each place of a grid row."""
    row: list[GridCell | None] = [None] * grid.column_count
    for cell in grid.cells:
        if cell.row <= number < cell.row + cell.rowspan:
            row[cell.column : cell.column + cell.colspan] = [cell] * cell.colspan
    return row


def _holds_figures(row: list[GridCell | None]) -> bool:
    return any(cell is not None and cell.role is CellRole.FIGURE for cell in row)


def _line(row: list[GridCell | None], *, is_head: bool) -> str:
    """Write a row; a cell over several places stands in the first, headers in all of them."""
    texts = []
    before: GridCell | None = None
    for cell in row:
        repeats = cell is not None and cell is before and not is_head
        texts.append("" if cell is None or repeats else _text(cell.text))
        before = cell
    return "| " + " | ".join(texts) + " |"


def _text(text: str) -> str:
    return " ".join(text.split("\n")).translate(_ESCAPED)


def _paragraph(text: str) -> str:
    """Escape what would make a list or a heading of a paragraph."""
    shown = _text(text)
    if shown[:1] in ("-", "+", "="):
        return "\\" + shown
    head, dot, rest = shown.partition(".")
    return f"{head}\\.{rest}" if dot and head.isdigit() else shown
