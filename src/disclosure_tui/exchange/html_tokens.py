"""The tags and texts of an HTML page, in one pass over it.

The parser of the standard library goes over the rest of a page again for every comment or tag
that never ends; a page of some megabytes can keep it busy for hours. Here every character is
looked at a fixed number of times. What tags mean is not this module's matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from html import unescape

from disclosure_tui.data_class import dataclass

__all__ = ["Tag", "tokens"]

_NAME = re.compile(r"[a-zA-Z][^\s/>]{0,40}")
_ATTRIBUTE = re.compile(
    r"""[\s/]*([^\s/>=][^\s/>=]{0,100})(?:\s{0,20}=\s{0,20}("[^"]*"|'[^']*'|[^\s>]*))?"""
)
_LONGEST_TAG = 20_000
"""Characters; what is longer is no tag but text."""
_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
"""Within these only their own end tag counts."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A start or an end tag.

    Attributes:
        name: In lower case.
        is_end: `</p>`.
        attributes: By name in lower case.
    """

    name: str
    is_end: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)


def tokens(page: str) -> Iterator[Tag | str]:
    """Yield the tags of a page, and as strings the texts between them."""
    at, start = 0, 0
    while (at := page.find("<", at)) >= 0:
        following = page[at + 1 : at + 2]
        if following in ("!", "?"):
            yield from _text(page[start:at])
            at = start = _after_comment(page, at)
            continue
        is_end = following == "/"
        name = _NAME.match(page, at + 1 + is_end)
        if name is None:
            at += 1
            continue
        attributes, end = _attributes(page, name.end())
        if end < 0:
            # Looked through once and never again: it stays text.
            at = min(len(page), name.end() + _LONGEST_TAG)
            continue
        yield from _text(page[start:at])
        tag = Tag(name[0].casefold(), is_end, attributes)
        yield tag
        at = start = end
        if tag.name in _RAW and not is_end:
            at = start = _end_of(page, tag.name, at)
    yield from _text(page[start:])


def _text(text: str) -> Iterator[str]:
    if text:
        yield unescape(text)


def _after_comment(page: str, at: int) -> int:
    """Return where a comment or a declaration is over; without an end that is the end."""
    comment = page.startswith("<!--", at)
    end = page.find("-->" if comment else ">", at + 2)
    return len(page) if end < 0 else end + (3 if comment else 1)


def _attributes(page: str, at: int) -> tuple[dict[str, str], int]:
    """Read to the end of a tag; return its attributes, and -1 if it does not end."""
    limit = min(len(page), at + _LONGEST_TAG)
    found: dict[str, str] = {}
    if page.find(">", at, limit) < 0:
        return found, -1
    while at < limit:
        if page[at] == ">":
            return found, at + 1
        match = _ATTRIBUTE.match(page, at, limit)
        if match is None or match.end() == at:
            at += 1
            continue
        value = match[2] or ""
        if value[:1] in ("'", '"') and len(value) > 1:
            value = value[1:-1]
        found.setdefault(match[1].casefold(), unescape(value))
        at = match.end()
    return found, -1


def _end_of(page: str, name: str, at: int) -> int:
    """Return where the end tag of an element with raw text begins."""
    found = re.compile(rf"</{name}\b", re.IGNORECASE).search(page, at)
    return len(page) if found is None else found.start()
