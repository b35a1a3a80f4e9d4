"""ruamel's scanner with limits, and with what YAML 1.2 allows and it does not.

Importing this module imports ruamel, which takes as long as the rest of the program; so it is
imported when the first file is read.
"""

from __future__ import annotations

from typing import Any

from ruamel.yaml.error import YAMLError
from ruamel.yaml.reader import Reader
from ruamel.yaml.scanner import Scanner

__all__ = ["DEEPEST", "GuardedScanner", "TooDeep", "YAMLError", "over"]

DEEPEST = 64
"""How many brackets, and how many indentations, may be open at once."""

_ENDS = " \t\r\n\0"
_CLOSING = ",]}"


class TooDeep(Exception):  # noqa: N818 - it never leaves the scanner
    """Brackets or indentation are nested beyond the limit at a place."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.at = at


class _Loader:
    """The least that ruamel's reader and scanner ask of a loader; no comments are kept."""

    processing_version = (1, 2)


def over(text: str) -> tuple[GuardedScanner, Reader]:
    """Return a scanner over a text, and its reader.

    Raises:
        YAMLError: The text holds characters that YAML does not know.
    """
    loader = _Loader()
    reader = Reader(text, loader=loader)
    return GuardedScanner(loader=loader), reader


class GuardedScanner(Scanner):
    """The scanner of ruamel, mended where reports need it.

    Attributes:
        opened: Where the brackets stand that are open.
    """

    def __init__(self, loader: Any) -> None:
        super().__init__(loader=loader)
        self.opened: list[int] = []

    def fetch_flow_collection_start(self, TokenClass: Any, to_push: str) -> None:  # noqa: N803
        """Open a bracket."""
        if self.flow_level >= DEEPEST:
            raise TooDeep(self.reader.index)
        self.opened.append(self.reader.index)
        super().fetch_flow_collection_start(TokenClass, to_push)

    def fetch_flow_collection_end(self, TokenClass: Any) -> None:  # noqa: N803
        """Close a bracket."""
        if self.opened:
            self.opened.pop()
        super().fetch_flow_collection_end(TokenClass)

    def add_indent(self, column: int) -> bool:
        """Begin a deeper indentation."""
        if len(self.indents) > DEEPEST:
            raise TooDeep(self.reader.index)
        return bool(super().add_indent(column))

    def scan_to_next_token(self) -> Any:
        """Skip blanks and comments, also blank lines and comments that begin with tabs."""
        super().scan_to_next_token()
        while self.reader.peek() == "\t" and self._only_comment_follows():
            while self.reader.peek() in " \t":
                self.reader.forward()
            super().scan_to_next_token()

    def _only_comment_follows(self) -> bool:
        ahead = 0
        while self.reader.peek(ahead) in " \t":
            ahead += 1
        return self.reader.peek(ahead) in "#\r\n\0"

    def scan_yaml_directive_value(self, start_mark: Any) -> Any:  # noqa: ARG002
        """Skip the version: files are read as YAML 1.2, whichever they name."""
        while self.reader.peek() not in "#\r\n\0":
            self.reader.forward()

    def scan_block_scalar_indentation(self) -> Any:
        """Find the indentation of a block text.

        The first line that is not blank decides; ruamel refuses some blank lines before it.
        """
        chunks: list[str] = []
        widest = 0
        end = self.reader.get_mark()
        while self.reader.peek() in " \r\n":
            if self.reader.peek() == " ":
                self.reader.forward()
                widest = max(widest, self.reader.column)
            else:
                chunks.append(self.scan_line_break())
                end = self.reader.get_mark()
        if self.reader.peek() == "\0":
            return chunks, widest, end
        return chunks, self.reader.column, end

    def scan_plain(self) -> Any:
        """Scan an unquoted word; in brackets `a:,` is a key without a value, not a word."""
        token = super().scan_plain()
        reader = self.reader
        at_end = token.end_mark.index == reader.index and reader.peek() in _CLOSING
        if self.flow_level and at_end and token.value.endswith(":"):
            # Back to the colon, and the word ends before the blanks in front of it.
            word = token.value[:-1].rstrip(" \t")
            self._step_back(len(token.value) - len(word))
            token.end_mark = reader.get_mark()
            token.value = word
        return token

    def _step_back(self, count: int) -> None:
        """Read characters of the same line again."""
        self.reader.pointer -= count
        self.reader.index -= count
        self.reader.column -= count

    def check_value(self) -> bool:
        """Tell whether a `:` stands between a key and its value."""
        if self.flow_level and self.reader.peek(1) in _CLOSING:
            return True
        return bool(super().check_value())

    def check_key(self) -> bool:
        """Tell whether a `?` begins a key: also in brackets only with a blank behind it."""
        return self.reader.peek(1) in _ENDS

    def check_plain(self) -> bool:
        """Tell whether an unquoted word begins here."""
        if self.reader.peek() == "?":
            return self.reader.peek(1) not in _ENDS
        return bool(super().check_plain())
