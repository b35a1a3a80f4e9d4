"""The place of the reader in the tokens of one text."""

from __future__ import annotations

from collections.abc import Sequence

from disclosure_tui.language import Text
from disclosure_tui.rules.expression.fault import ExpressionError, shown
from disclosure_tui.rules.expression.scanner import Kind, Token

__all__ = ["Tokens"]


class Tokens:
    """The tokens of a text and how far they have been read."""

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self._text = text
        self._tokens = tokens
        self._index = 0

    @property
    def current(self) -> Token:
        """The token to be read next; behind the last one the end."""
        return self._tokens[self._index]

    @property
    def following(self) -> Token:
        """The token after the current one."""
        return self._tokens[min(self._index + 1, len(self._tokens) - 1)]

    @property
    def end(self) -> int:
        """Where the token read last ends in the text."""
        return self._tokens[self._index - 1].end if self._index else 0

    def advance(self) -> Token:
        """Read the current token."""
        token = self.current
        if token.kind is not Kind.END:
            self._index += 1
        return token

    def take_word(self, word: str) -> bool:
        """Read the current token if it is the bare word, and tell whether it was."""
        found = self.current.is_word(word)
        if found:
            self.advance()
        return found

    def require_end(self) -> None:
        """Make sure that nothing is left.

        Raises:
            ExpressionError: There is more text.
        """
        if self.current.kind is not Kind.END:
            raise self.expected(Text("运算符，或到此结束", "an operator or the end"))

    def expected(self, wanted: Text) -> ExpressionError:
        """Return the error that something else is needed at the current token."""
        token = self.current
        if token.kind is Kind.END:
            found = Text("算式已结束", "the text ends")
        else:
            written = shown(self._text[token.start : token.end])
            found = Text(f"现在是 {written} ", f"not {written}")
        message = Text(
            f"这里请写{wanted.zh}，{found.zh}。", f"{wanted.en} is needed here, {found.en}"
        )
        return self.error(message, token.start)

    def error(self, message: Text, position: int) -> ExpressionError:
        """Return an error at a position of this text."""
        return ExpressionError(message, position, self._text)
