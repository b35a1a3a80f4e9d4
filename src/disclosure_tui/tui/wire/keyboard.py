"""From the bytes of a keyboard to characters, whole escape sequences and pasted text.

Over a slow line a key's sequence arrives in pieces, from a terminal set to another encoding come
bytes that are no UTF-8, and a line that drops leaves halves behind. Nothing of that may be taken
for text: what cannot be understood is left out, and said where a person can do something about it.

There is no clock in here; whoever feeds it says what time it is.
"""

from __future__ import annotations

import re
from enum import Enum

from disclosure_tui.data_class import dataclass
from disclosure_tui.tui.wire.bracketed_paste import BEGIN, BracketedPaste, Fate

__all__ = ["Keyboard", "Pasted", "Sequence", "Strange", "Token", "Typed"]


@dataclass(frozen=True, slots=True)
class Typed:
    """Characters, control characters among them; a lone Escape is one."""

    text: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """A whole escape sequence."""

    text: str


@dataclass(frozen=True, slots=True)
class Pasted:
    """Text that was pasted."""

    text: str


class Strange(Enum):
    """What was left out, and can be helped."""

    ENCODING = "encoding"
    PASTE_CUT = "paste cut"
    PASTE_TOO_LONG = "paste too long"


Token = Typed | Sequence | Pasted | Strange

_ESC = 0x1B
_UNFINISHED = 1.0
"""Seconds after which the rest of a sequence or of a character is not waited for any more."""
_ORPHAN = 2.0
"""Seconds after a lone Escape in which the rest of a sequence still belongs to it."""
_LONGEST = 4096
"""Bytes of the longest answer of a terminal."""

_WHOLE = re.compile(
    rb"\x1b(?:\[\[[ -~]|\[M[ -\xff]{3}|\[(?![\[M])[0-?]*[ -/]*[@-~]|O[0-9;]*[@-~]"
    rb"|\][0-9]{1,4};[^\x07\x1b]{0,4096}(?:\x07|\x1b\\)"
    rb"|(?:P[01>!]|_G)[^\x1b]{0,4096}\x1b\\)",
    re.DOTALL,
)
_BEGUN = re.compile(
    rb"\x1b(?:\[(?:\[|M[ -\xff]{0,2}|[0-?]*[ -/]*)|O[0-9;]*"
    rb"|\](?:[0-9]{1,4}(?:;[^\x07\x1b]{0,4096}\x1b?)?)?"
    rb"|P(?:[01>!][^\x1b]{0,4096}\x1b?)?|_(?:G[^\x1b]{0,4096}\x1b?)?)?\Z",
    re.DOTALL,
)
_BROKEN = re.compile(rb"\x1b(?:\[[\[M]?[0-?]*[ -/]*|O[0-9;]*|[\]P_][^\x07\x1b]*)", re.DOTALL)
"""The beginning of a sequence that something else broke off."""
_MAY_BE_TYPED = (b"\x1b]", b"\x1bP", b"\x1b_")
"""Escape and a key right behind it, if nothing follows."""
_TAIL = re.compile(rb"\[200~|(?:\[M[ -\xff]{3}|\[\[?[0-?]*[ -/]*[@-~]|O[A-DFHMP-S])(?=\x1b|\Z)")
"""The rest of a sequence whose Escape came alone. A person's own `[` comes alone as well."""
_ASCII = re.compile(rb"[\x00-\x1a\x1c-\x7f]+")
_HIGH = re.compile(rb"[\x80-\xff]+")
_CHARACTER = re.compile(rb"[\x81-\xfe][0-9][\x81-\xfe][0-9]|[\x81-\xfe][@-~\x80-\xfe]|[\x80-\xff]")
"""One character of GB18030, whose later bytes may be ASCII signs; else a stray byte."""
_BEGUN_CHARACTER = re.compile(rb"[\x81-\xfe](?:[0-9][\x81-\xfe]?)?\Z")


class Keyboard:
    """Takes bytes as they come and gives what they mean."""

    def __init__(self, escape_delay: float) -> None:
        """Begin.

        Args:
            escape_delay: Seconds after which an Escape that nothing follows was meant as one.
        """
        self._escape_delay = escape_delay
        self._rest = b""
        self._since = 0.0
        self._paste: BracketedPaste | None = None
        self._orphan_until = 0.0

    def feed(self, data: bytes, now: float) -> list[Token]:
        """Take bytes.

        Args:
            data: The bytes that were read at once.
            now: The time, in seconds.
        """
        tokens = self.tick(now)
        if now < self._orphan_until and not self._rest and _TAIL.match(data):
            # The Escape before it was told already; what follows is still no text.
            data = b"\x1b" + data
        self._orphan_until = 0.0
        self._rest += data
        self._since = now
        while self._rest:
            before = len(self._rest)
            self._take(tokens, now)
            if len(self._rest) == before:
                break
        return tokens

    def tick(self, now: float) -> list[Token]:
        """Give up what was waited for long enough."""
        tokens: list[Token] = []
        if self._paste is not None:
            if self._paste.is_abandoned(now):
                self._paste, self._rest = None, b""
                tokens.append(Strange.PASTE_CUT)
            return tokens
        rest, waited = self._rest, now - self._since
        if rest == b"\x1b" and waited >= self._escape_delay:
            tokens.append(Typed("\x1b"))
            self._rest = b""
            self._orphan_until = now + _ORPHAN
        elif rest in _MAY_BE_TYPED and waited >= self._escape_delay:
            tokens.append(Typed(rest.decode()))
            self._rest = b""
        elif rest and waited >= max(_UNFINISHED, self._escape_delay):
            if rest[0] != _ESC:
                tokens.append(Strange.ENCODING)
            self._rest = b""
        return tokens

    @property
    def is_waiting(self) -> bool:
        """Tell whether time alone will bring something."""
        return bool(self._rest) or self._paste is not None

    def _take(self, tokens: list[Token], now: float) -> None:
        """Take the first thing off what came, if it is whole."""
        if self._paste is not None:
            self._take_paste(self._paste, tokens)
        elif self._rest[0] == _ESC:
            self._take_sequence(tokens, now)
        elif self._rest[0] < 0x80:
            run = _ASCII.match(self._rest)
            assert run is not None
            tokens.append(Typed(run.group().decode()))
            self._rest = self._rest[run.end() :]
        else:
            self._take_high(tokens)

    def _take_sequence(self, tokens: list[Token], now: float) -> None:
        rest = self._rest
        whole = _WHOLE.match(rest)
        if whole is not None:
            self._rest = rest[whole.end() :]
            if whole.group() == BEGIN:
                self._paste = BracketedPaste(now)
            else:
                tokens.append(Sequence(whole.group().decode("latin-1")))
        elif len(rest) <= _LONGEST and _BEGUN.match(rest):
            return  # the rest of it is waited for
        elif rest[1:2] in (b"[", b"O") or _is_answer(rest):
            broken = _BROKEN.match(rest)
            assert broken is not None
            self._rest = rest[broken.end() :]
        else:
            # Escape, and a key typed right behind it.
            tokens.append(Typed("\x1b"))
            self._rest = rest[1:]

    def _take_high(self, tokens: list[Token]) -> None:
        """Take a run of bytes beyond ASCII."""
        high = _HIGH.match(self._rest)
        assert high is not None
        run = high.group()
        is_last = high.end() == len(self._rest)
        try:
            text = run.decode()
        except UnicodeDecodeError as error:
            if is_last and error.reason == "unexpected end of data" and len(run) - error.start < 4:
                if error.start:
                    tokens.append(Typed(run[: error.start].decode()))
                self._rest = run[error.start :]
                return
            self._drop_foreign(tokens)
        else:
            tokens.append(Typed(text))
            self._rest = self._rest[high.end() :]

    def _drop_foreign(self, tokens: list[Token]) -> None:
        """Leave out characters of another encoding, their ASCII bytes included."""
        at, rest = 0, self._rest
        while at < len(rest) and rest[at] >= 0x80:
            if _BEGUN_CHARACTER.match(rest, at):
                break  # the next byte may be a sign that must not be taken for a key
            character = _CHARACTER.match(rest, at)
            assert character is not None
            at = character.end()
        self._rest = rest[at:]
        if at and (not tokens or tokens[-1] is not Strange.ENCODING):
            tokens.append(Strange.ENCODING)

    def _take_paste(self, paste: BracketedPaste, tokens: list[Token]) -> None:
        self._rest = paste.take(self._rest)
        if paste.fate is Fate.WHOLE:
            tokens.append(Pasted(paste.text))
        elif paste.fate is Fate.TOO_LONG:
            tokens.append(Strange.PASTE_TOO_LONG)
        elif paste.fate is Fate.FOREIGN:
            tokens.append(Strange.ENCODING)
        if paste.fate is not Fate.OPEN:
            self._paste = None


def _is_answer(rest: bytes) -> bool:
    """Tell whether this began as a terminal's answer does, and not as a key behind Escape."""
    return re.match(rb"\x1b(?:\][0-9]|P[01>!]|_G)", rest) is not None
