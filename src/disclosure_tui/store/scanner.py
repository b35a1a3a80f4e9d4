"""The scanner of ruamel.yaml behind one function: text in, marks of tokens out.

Only the places and kinds of the tokens are taken from it. What a scalar says is decoded from
our own text (`decoding`), because the scanner follows YAML 1.1 in its line breaks.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from disclosure_tui.errors import DocumentError
from disclosure_tui.store.source import fault
from disclosure_tui.store.syntax_messages import TOO_DEEP, UNCLOSED, explain

__all__ = ["Token", "scan"]

_TABBED_LINE = re.compile(r"^([ \t]*)([^ \t\r\n][^\r\n]*\t[^\r\n]*)", re.MULTILINE)
_BLOCK_ONLY = re.compile(r"[|>][-+0-9]*[ \t]*(?:#|$)|-[ \t]", re.MULTILINE)
# YAML 1.1 takes these for line breaks and ruamel does not count the byte order mark as a column;
# an ordinary letter in their place keeps every index right.
_LETTERS = {0x85: "x", 0x2028: "x", 0x2029: "x", 0xFEFF: "x"}


class Token(NamedTuple):
    """A token: its kind as ruamel calls it, where it stands, and what it says."""

    kind: str
    start: int
    end: int
    column: int
    value: Any
    style: str


def scan(text: str, name: str) -> list[Token]:
    """Return the tokens of a text.

    Raises:
        DocumentError: The text is no YAML, or nested too deep.
    """
    from disclosure_tui.store import guarded_scanner as guarded

    scanner, reader = guarded.over(_readable(text))
    tokens = []
    try:
        while scanner.check_token():
            tokens.append(_token(scanner.get_token()))
    except guarded.TooDeep as error:
        raise fault(text, error.at, name, *TOO_DEEP) from None
    except guarded.YAMLError as error:
        raise _explained(text, error, name, scanner.opened) from None
    except (ValueError, OverflowError):
        # An escape for a character that does not exist: ruamel lets the failed chr() through.
        raise fault(text, min(reader.index, len(text)), name, *explain("escape", "")) from None
    return tokens


def _token(token: Any) -> Token:
    return Token(
        token.id,
        token.start_mark.index,
        token.end_mark.index,
        token.start_mark.column,
        getattr(token, "value", None),
        getattr(token, "style", None) or "",
    )


def _readable(text: str) -> str:
    """Return the text as ruamel can scan it; every character keeps its index."""
    if not text.isascii():
        text = text.translate(_LETTERS)
    if "\t" in text:
        # Tabs between tokens are fine in YAML, but ruamel knows only blanks there.
        text = _TABBED_LINE.sub(lambda line: line[1] + line[2].replace("\t", " "), text)
    return text


def _explained(text: str, error: Exception, name: str, opened: list[int]) -> DocumentError:
    """Return our error for one of ruamel's, at the place where the mistake was made."""
    problem = str(getattr(error, "problem", None) or getattr(error, "context", None) or "")
    found = getattr(error, "problem_mark", None)
    begun = getattr(error, "context_mark", None)
    # A quotation mark that is never closed is noticed far below, but made at its start.
    early = ("end of stream", "document separator", "could not find expected ':'")
    mark = begun if begun and any(part in problem for part in early) else found or begun
    at = min(mark.index, len(text)) if mark is not None else 0
    if opened and _BLOCK_ONLY.match(text, at) and text.find("\n", opened[-1], at) >= 0:
        # What only stands outside brackets, below one: that one was left open.
        return fault(text, opened[-1], name, *UNCLOSED)
    what, hint = explain(problem, text[at : at + 1])
    return fault(text, at, name, what, hint)
