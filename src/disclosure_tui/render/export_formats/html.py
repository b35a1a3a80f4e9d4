"""A page of its own: semantic, readable on a screen, and printed as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from disclosure_tui.language import Language, Text
from disclosure_tui.render.copies import Copy
from disclosure_tui.render.html_table import table_html
from disclosure_tui.render.paragraphs import paragraphs
from disclosure_tui.render.view import SectionView

__all__ = ["NAME", "SUFFIX", "SUMMARY", "write"]

_CHINESE = re.compile("[\u4e00-\u9fff]")

NAME = "html"
SUFFIX = ".html"
SUMMARY = Text("网页，单个文件，可直接打印", "A web page, one file, ready to print")

_STYLE = """\
@page { size: A4; margin: 25mm 20mm 20mm 25mm; }
body { max-width: 60em; margin: 2em auto; padding: 0 1em; color: #000; background: #fff;
  font: 16px/1.8 FangSong, 仿宋, STFangsong, "Noto Serif CJK SC", serif; }
h1 { text-align: center; font-size: 1.6em; line-height: 1.4;
  word-break: keep-all; overflow-wrap: anywhere; }
h2 { font-size: 1.15em; margin: 1.5em 0 .5em; }
p { margin: 0 0 .4em; text-indent: 2em; }
table { border-collapse: collapse; width: 100%; margin: .5em 0 1em; font-size: .85em;
  line-height: 1.4; }
caption { text-align: left; font-size: 1em; padding: .2em 0; }
th, td { border: 1px solid #000; padding: .25em .35em; font-weight: normal; text-align: center; }
tbody th { text-align: left; }
tbody th[scope=colgroup], tbody th[scope=col] { text-align: center; }
.note, footer { font-size: .85em; text-indent: 0; }
.signature { text-align: right; text-indent: 0; }
.sign { text-align: center; text-indent: 0; color: #900; border: 1px solid #900; padding: .2em; }
footer { margin-top: 2em; border-top: 1px solid #666; color: #333; overflow-wrap: anywhere; }
.people th { width: 12em; }
@media screen and (max-width: 50em) { .wide { overflow-x: auto; } .wide table { min-width: 44em; } }
@media print { body { margin: 0; max-width: none; padding: 0; font-size: 12pt; }
  thead { display: table-header-group; } tr { break-inside: avoid; } h2 { break-after: avoid; }
  .wide { overflow: visible; break-inside: avoid; }
  table { font-size: 9pt; line-height: 1.25; } th, td { padding: .15em .3em; }
  .sign { position: fixed; top: 40%; left: 0; right: 0; border: 0; color: #ccc; font-size: 40pt;
    line-height: 1; transform: rotate(-30deg); z-index: -1; } }"""


def write(copy: Copy) -> bytes:
    """Return the page."""
    return ("\n".join(_page(copy)) + "\n").encode()


def _page(copy: Copy) -> Iterator[str]:
    language = copy.say("zh-CN", "en")
    title = escape(copy.view.title)
    yield "<!DOCTYPE html>"
    yield f'<html lang="{language}">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f'<meta name="generator" content="{escape(copy.provenance.line(copy.language))}">'
    yield f"<title>{title}</title>"
    yield f"<style>\n{_STYLE}\n</style>"
    yield "</head>"
    yield "<body>"
    if copy.sign:
        # Who jumps from landmark to landmark must not miss it.
        yield f'<header><p class="sign">{escape(copy.sign)}</p></header>'
    yield "<main>"
    yield f"<h1{_spoken(copy.view.title, copy)}>{_divided(title, escape(copy.organ))}</h1>"
    for number, section in enumerate(copy.view.sections, 1):
        yield from _section(section, f"s{number}", copy)
    for line in copy.view.signature:
        yield f'<p class="signature"{_spoken(line, copy)}>{escape(line)}</p>'
    yield from _appendix(copy)
    yield "</main>"
    yield f"<footer>{escape(copy.provenance.line(copy.language))}</footer>"
    yield "</body>"
    yield "</html>"


def _section(section: SectionView, identifier: str, copy: Copy) -> Iterator[str]:
    if section.heading:
        yield f"<h2>{escape(section.heading)}</h2>"
    for paragraph in paragraphs(section.prose or ""):
        yield f"<p{_spoken(paragraph, copy)}>{escape(paragraph)}</p>"
    if section.grid is not None:
        yield f'<div class="wide" tabindex="0" role="group" aria-label="{escape(section.heading)}">'
        yield from table_html(section.grid, identifier)
        yield "</div>"
    for note in section.notes:
        yield f'<p class="note"{_spoken(note, copy)}>{escape(note)}</p>'


def _divided(title: str, organ: str) -> str:
    """Let a long title be divided behind the office, as it is on paper, rather than anywhere."""
    if not organ or not title.startswith(organ):
        return title
    return f"{organ}<wbr>{title[len(organ) :]}"


def _spoken(text: str, copy: Copy) -> str:
    """Name the language of what the office wrote where the page is in another one.

    Without it a reading program would pronounce Chinese as English.
    """
    foreign = copy.language is not Language.CHINESE and _CHINESE.search(text)
    return ' lang="zh-CN"' if foreign else ""


def _appendix(copy: Copy) -> Iterator[str]:
    appendix = copy.appendix
    if appendix is None:
        return
    yield f"<h2>{copy.say('送审', 'Sign-off')}</h2>"
    yield '<table class="people">'
    yield f"<caption>{copy.say('送审表', 'Sign-off table')}</caption>"
    yield "<tbody>"
    for label, value in appendix.people:
        yield f'<tr><th scope="row">{escape(label)}</th><td>{escape(value)}</td></tr>'
    yield "</tbody>"
    yield "</table>"
    yield f"<h2>{copy.say('未处理的问题', 'Open findings')}</h2>"
    if not appendix.findings:
        yield f"<p>{copy.say('没有。', 'None.')}</p>"
    for mark, sentence in appendix.findings:
        yield f"<p>{escape(mark)} {escape(sentence)}</p>"
    yield f"<h2>{copy.say('情况说明', 'Explanations')}</h2>"
    if not appendix.explanations:
        yield f"<p>{copy.say('没有。', 'None.')}</p>"
    for sentence, text, signed in appendix.explanations:
        yield f"<p>{escape(sentence)}</p>"
        said = copy.say(f"说明：{text}", f"Explanation: {text}")
        yield f"<p>{escape(said)} {escape(signed)}</p>"
