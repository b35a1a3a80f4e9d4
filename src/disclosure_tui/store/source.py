"""From bytes to text: encoding, limits, and which line and column a place has."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import DocumentError
from disclosure_tui.language import Text
from disclosure_tui.store.encodings import recognised

__all__ = [
    "LARGEST_FILE",
    "LineIndex",
    "Position",
    "Source",
    "control_character",
    "fault",
    "line_break_of",
    "too_large",
]

LARGEST_FILE = 2 * 1024 * 1024
"""The largest report file in bytes."""

_MOST_SIGNS = 100_000
_SIGNS = ",:[]{}'\"\\#&*!?|>-"
_LINE_WEIGHT = 3
_BLANKS_A_SIGN = 4

_LINE_BREAK = re.compile(r"\r\n|\n|\r")
_CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: |$)", re.MULTILINE)
# What YAML does not allow in a text; to say what it allows takes ten times as long to compile.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a text file: line and column from 1, columns in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Source:
    """The decoded text of a file, without the byte order mark."""

    text: str
    has_mark: bool
    name: str

    @classmethod
    def decode(cls, source: bytes, name: str) -> Source:
        """Decode a file and refuse what can be no report.

        Raises:
            DocumentError: Too large, not UTF-8, control characters, or merge conflicts.
        """
        if len(source) > LARGEST_FILE:
            raise too_large(name)
        has_mark = source.startswith(codecs.BOM_UTF8)
        body = source[3:] if has_mark else source
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError as error:
            raise _not_utf_8(body, error.start, name) from None
        _refuse_too_much(text, name)
        _refuse_control_characters(text, name)
        conflict = _CONFLICT.search(text)
        if conflict is not None:
            raise _conflicted(text, conflict.start(), name)
        return cls(text, has_mark, name)


class LineIndex:
    """Turns places in a text into lines and columns."""

    __slots__ = ("_starts",)

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in _LINE_BREAK.finditer(text))]

    def position(self, at: int) -> Position:
        """Return line and column of a character."""
        line = bisect_right(self._starts, at)
        return Position(line, at - self._starts[line - 1] + 1)


def line_break_of(text: str) -> str:
    """Return the line break that the text uses; a text of one line gets the usual one."""
    match = _LINE_BREAK.search(text)
    return match.group() if match else "\n"


def fault(text: str, at: int, name: str, what: Text, hint: Text | None = None) -> DocumentError:
    """Return the error for a place in a text."""
    position = LineIndex(text).position(at)
    place = f"{position.line}:{position.column}"
    return DocumentError(what, hint=hint, where=f"{name}:{place}" if name else place)


def too_large(name: str) -> DocumentError:
    """Return the error for a file beyond the limit."""
    megabytes = LARGEST_FILE // 1024 // 1024
    return DocumentError(
        Text(
            f"文件超过 {megabytes} 兆字节，不是一份报告。",
            f"The file is larger than {megabytes} MB; that is no report.",
        ),
        hint=Text("请核对打开的是不是报告文件。", "Check that this is the report file."),
        where=f"{name}:1:1" if name else "1:1",
    )


def _not_utf_8(body: bytes, at: int, name: str) -> DocumentError:
    found = recognised(body).upper()
    head = body[:at].decode("utf-8", errors="replace")
    what = Text(
        f"文件不是 UTF-8 编码，第 {at + 1} 个字节读不出来。",
        f"The file is not UTF-8: byte {at + 1} cannot be read.",
    )
    command = f"disclosure convert {name or 'FILE'} --to NEW"
    seems = Text(f"看起来是 {found} 编码。", f"It looks like {found}. ") if found else Text("", "")
    hint = seems + Text(
        f"请用 {command} 另存一份 UTF-8 的文件再打开。",
        f"Make a UTF-8 copy with {command} and open that.",
    )
    return fault(head, len(head), name, what, hint)


def _refuse_too_much(text: str, name: str) -> None:
    """Refuse what would keep the reader busy for long: far more values than a report has.

    Signs of the syntax and lines are counted, wherever they stand; that takes no time.
    """
    signs = sum(text.count(sign) for sign in _SIGNS)
    blanks = text.count(" ") + text.count("\t")
    lines = text.count("\n") + text.count("\r")
    if signs + blanks // _BLANKS_A_SIGN + lines * _LINE_WEIGHT > _MOST_SIGNS:
        raise fault(
            text[:1],
            0,
            name,
            Text("文件内容太多，不是一份报告。", "The file holds too much; that is no report."),
            Text("请核对打开的是不是报告文件。", "Check that this is the report file."),
        )


def control_character(text: str) -> int | None:
    """Return where the first character stands that no YAML text may hold; None if none does."""
    match = _CONTROL.search(text)
    return None if match is None else match.start()


def _refuse_control_characters(text: str, name: str) -> None:
    at = control_character(text)
    if at is None:
        return
    raise fault(
        text,
        at,
        name,
        Text(
            "这里有一个看不见的控制字符。",
            f"A control character (U+{ord(text[at]):04X}) is here.",
        ),
        Text(
            "请在文本编辑器里删去这个字符，或者检查文件是否损坏。",
            "Delete the character in a text editor, or check whether the file is damaged.",
        ),
    )


def _conflicted(text: str, at: int, name: str) -> DocumentError:
    return fault(
        text,
        at,
        name,
        Text("文件里有没有处理完的合并冲突标记。", "The file holds an unsettled merge conflict."),
        Text(
            "请先决定保留哪一边，删去以 <<<<<<<、=======、>>>>>>> 开头的行。",
            "Decide which side stays and delete the lines that begin with <<<<<<<, =======, "
            ">>>>>>>.",
        ),
    )
