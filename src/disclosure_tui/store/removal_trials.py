"""Ways to take an entry out that stands closely with others, from the neatest to the plainest.

Each is tried by reading the text anew, so a way may be wrong for some texts; it must only never
touch more than the entry, its own comment, and the blanks and commas around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from disclosure_tui.store.draft import Draft, column, own_indent
from disclosure_tui.store.paths import Step
from disclosure_tui.store.scalar_style import line_end
from disclosure_tui.store.tree import Layout
from disclosure_tui.store.trial import Candidate

__all__ = ["candidates"]

_BREAK = re.compile(r"\r\n|\n|\r")
_COMMENT = re.compile(r"[ \t]+#[^\r\n]*")
_COMMA = re.compile(r"[ \t]*,")
# Blanks, line breaks and comments up to the comma behind an entry.
_FAR_COMMA = re.compile(r"(?:[ \t]*(?:[ \t]#[^\r\n]*)?(?:\r\n|\n|\r))*[ \t]*,")


def candidates(draft: Draft, steps: list[Step]) -> Iterator[Candidate]:
    """Yield the ways to take out the last entry on the way."""
    target = steps[-1]
    if target.node.layout is Layout.FLOW:
        if len(target.node.entries) == 1:
            yield from _alone_in_brackets(draft, steps)
        else:
            yield from _in_brackets(draft.text, target)
        return
    brackets = "{}" if target.node.is_map else "[]"
    start, end = target.at, target.at + target.node.length
    if len(target.node.entries) == 1:
        yield [(start, end, brackets)]
        yield [(start, _behind_comment(draft.text, end), brackets)]
        return
    yield from _in_block(draft.text, target)


def _in_block(text: str, target: Step) -> Iterator[Candidate]:
    start = target.at + target.entry.at
    end = line_end(text, target.at + target.entry.end)
    line = _line_start(text, start)
    line_break = _BREAK.match(text, end)
    if text[line:start].strip(" ") == "":
        if line_break is not None:
            yield [(line, line_break.end(), "")]
            yield [(line, end, "")]
        else:
            yield [(_before_break(text, line), end, "")]
            yield [(line, end, "")]
        return
    if target.index + 1 < len(target.node.entries):
        # It shares its line with a dash: the next entry takes its place beside it.
        following = target.at + target.node.entries[target.index + 1].at
        if text[end:following].strip(" \t\r\n") == "":
            yield [(start, following, "")]
    # Comments between keep the next entry where it is; the dash stays alone.
    yield [(_trimmed(text, line, start), end, "")]


def _in_brackets(text: str, target: Step) -> Iterator[Candidate]:
    entry = target.entry
    start, end = target.at + entry.at, target.at + entry.end
    line = _line_start(text, start)
    comma = _COMMA.match(text, end)
    behind = comma.end() if comma else end
    stop = _behind_comment(text, behind)
    line_break = _BREAK.match(text, stop)
    if line_break and text[line:start].strip(" \t") == "" and line > target.at:
        yield [(line, line_break.end(), "")]
    if comma:
        after = _skip_blanks(text, comma.end())
        if text[after : after + 1] != "#":
            yield [(start, after, "")]
        yield [(start, comma.end(), "")]
    far = _FAR_COMMA.match(text, end)
    if far is not None:
        yield [(far.end() - 1, far.end(), ""), (start, end, "")]
    if target.index:
        before = target.at + target.node.entries[target.index - 1].end
        if text[before:start].strip(" \t\r\n,") == "":
            # A bracket straight behind a colon is part of the word for some readers.
            yield [(before, end, " " if text[before - 1] == ":" else "")]
    yield [(start, end, "")]


def _alone_in_brackets(draft: Draft, steps: list[Step]) -> Iterator[Candidate]:
    """Yield the ways to empty brackets; some readers want the closing one further in then."""
    target = steps[-1]
    last = target.at + target.node.length - 1
    start, end = target.at + target.entry.at, target.at + target.entry.end
    inside = draft.text[target.at + 1 : start] + draft.text[end:last]
    if inside.strip(" \t\r\n,") == "":
        yield [(target.at + 1, last, "")]
        return
    blocks = [step for step in steps if step.node.layout is Layout.BLOCK]
    least = own_indent(draft, blocks[-1]) + 1 if blocks else 0
    margin = " " * max(least - column(draft.text, last), 0)
    for way in _in_brackets(draft.text, target):
        yield [(last, last, margin), *way] if margin else way


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def _before_break(text: str, line: int) -> int:
    start = max(line - 1, 0)
    return start - 1 if text[max(start - 1, 0) : line] == "\r\n" else start


def _trimmed(text: str, line: int, at: int) -> int:
    """Return where the text before a place on its line ends."""
    return line + len(text[line:at].rstrip(" \t"))


def _behind_comment(text: str, at: int) -> int:
    """Return the end of the line if nothing but a comment follows, else the place itself."""
    comment = _COMMENT.match(text, at)
    if comment is not None:
        return comment.end()
    stop = line_end(text, at)
    return stop if text[at:stop].strip(" \t") == "" else at


def _skip_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t":
        at += 1
    return at
