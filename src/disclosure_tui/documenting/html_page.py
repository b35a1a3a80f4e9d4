"""A document as one HTML file that needs nothing else, readable with any reading program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import count

from disclosure_tui.documenting.blocks import Block, Heading, Items, Page, Paragraph, Printed, Table
from disclosure_tui.language import Language
from disclosure_tui.render.html_table import table_html

__all__ = ["html_page"]

_CHINESE = re.compile("[\u4e00-\u9fff]")
_STYLE = """\
body { max-width: 70em; margin: 2em auto; padding: 0 1em; color: #000; background: #fff;
  font: 16px/1.6 "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
h1 { font-size: 1.6em; line-height: 1.3; } h2 { font-size: 1.3em; margin: 2em 0 .5em; }
h3 { font-size: 1.05em; margin: 1.5em 0 .3em; }
table { border-collapse: collapse; width: 100%; margin: .5em 0 1em; font-size: .9em; }
caption { text-align: left; font-weight: bold; padding: .2em 0; }
th, td { border: 1px solid #666; padding: .25em .4em; text-align: left; vertical-align: top;
  font-weight: normal; }
thead th { background: #f2f2f2; }
code { font-family: monospace; white-space: nowrap; }
a { color: #00439c; }
.wide { overflow-x: auto; }
footer { margin-top: 2em; border-top: 1px solid #666; font-size: .85em; overflow-wrap: anywhere; }
@media print { body { margin: 0; max-width: none; } thead { display: table-header-group; }
  tr { break-inside: avoid; } h2, h3 { break-after: avoid; } .wide { overflow: visible; } }"""


def html_page(page: Page) -> str:
    """Return the page."""
    return "\n".join(_Html(page).lines()) + "\n"


class _Html:
    def __init__(self, page: Page) -> None:
        self._page = page
        self._numbers = count(1)

    def lines(self) -> Iterator[str]:
        page = self._page
        yield "<!DOCTYPE html>"
        yield f'<html lang="{"zh-CN" if page.language is Language.CHINESE else "en"}">'
        yield "<head>"
        yield '<meta charset="utf-8">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield f"<title>{escape(page.title)}</title>"
        yield f"<style>\n{_STYLE}\n</style>"
        yield "</head>"
        yield "<body>"
        yield "<main>"
        yield f"<h1>{escape(page.title)}</h1>"
        for block in page.blocks:
            yield from self._block(block)
        yield "</main>"
        yield f"<footer>{escape(page.foot)}</footer>"
        yield "</body>"
        yield "</html>"

    def _block(self, block: Block) -> Iterator[str]:
        if isinstance(block, Heading):
            name = f' id="{escape(block.name)}"' if block.name else ""
            yield f"<h{block.level}{name}>{escape(block.text)}</h{block.level}>"
        elif isinstance(block, Paragraph):
            yield f"<p{self._spoken(block.text)}>{escape(block.text)}</p>"
        elif isinstance(block, Items):
            yield "<ul>"
            for line in block.lines:
                yield f"<li{self._spoken(line)}>{escape(line)}</li>"
            yield "</ul>"
        elif isinstance(block, Printed):
            yield from self._wide(block.grid.title, table_html(block.grid, self._name()))
        else:
            yield from self._wide(block.caption, self._table(block))

    def _wide(self, title: str, lines: Iterator[str]) -> Iterator[str]:
        """Let a table be moved on a narrow screen, by keys as well."""
        number = next(self._numbers)
        label = escape(f"{title} {number}")
        yield f'<div class="wide" tabindex="0" role="group" aria-label="{label}">'
        yield from lines
        yield "</div>"

    def _name(self) -> str:
        return f"t{next(self._numbers)}"

    def _table(self, table: Table) -> Iterator[str]:
        yield "<table>"
        yield f"<caption>{escape(table.caption)}</caption>"
        head = "".join(f'<th scope="col">{escape(word)}</th>' for word in table.head)
        yield f"<thead>\n<tr>{head}</tr>\n</thead>"
        yield "<tbody>"
        for row in table.rows:
            first, *others = (self._cell(table, column, text) for column, text in enumerate(row))
            cells = "".join(f"<td{self._spoken(cell)}>{cell}</td>" for cell in others)
            yield f'<tr><th scope="row">{first}</th>{cells}</tr>'
        yield "</tbody>"
        yield "</table>"

    def _cell(self, table: Table, column: int, text: str) -> str:
        shown = escape(text)
        if not text or column not in table.code:
            return shown
        code = f"<code>{shown}</code>"
        return f'<a href="#{shown}">{code}</a>' if table.links and column == 0 else code

    def _spoken(self, text: str) -> str:
        """Name the language of a label where the page is in another one."""
        foreign = self._page.language is not Language.CHINESE and _CHINESE.search(text)
        return ' lang="zh-CN"' if foreign else ""
