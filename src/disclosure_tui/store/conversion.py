"""A file in another encoding, as UTF-8: recognised by its bytes, or read as it is asked."""

from __future__ import annotations

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import DocumentError
from disclosure_tui.language import Text
from disclosure_tui.store.encodings import recognised
from disclosure_tui.store.source import control_character

__all__ = ["Converted", "to_utf_8"]

_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Converted:
    """The content of a file as UTF-8, and the encoding that it was in."""

    content: bytes
    encoding: str


def to_utf_8(source: bytes, name: str, encoding: str | None = None) -> Converted:
    """Return the content of a file as UTF-8; line breaks stay as they are.

    Args:
        source: The bytes of the file.
        name: What to call it in messages.
        encoding: One of `encodings.ENCODINGS`; None to recognise it.

    Raises:
        DocumentError: It is UTF-8 already, or cannot be read in the encoding.
    """
    if encoding is None:
        _refuse_utf_8(source, name)
        encoding = recognised(source)
        if not encoding:
            raise DocumentError(
                Text("认不出文件的编码。", "The encoding of the file is not clear."),
                hint=Text(
                    "请用 --from 写明编码，例如 --from big5。",
                    "Say which with --from, for instance --from big5.",
                ),
                where=name,
            )
    try:
        text = source.decode(encoding).removeprefix(_MARK)
    except UnicodeDecodeError as error:
        raise _not_in(encoding, error.start, name) from None
    if control_character(text) is not None:
        raise _not_in(encoding, None, name)
    try:
        return Converted(text.encode("utf-8"), encoding)
    except UnicodeEncodeError:
        # Half a character of UTF-16.
        raise _not_in(encoding, None, name) from None


def _refuse_utf_8(source: bytes, name: str) -> None:
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError:
        return
    if "\0" in text:
        # Two bytes for each letter: UTF-16 without its mark.
        return
    raise DocumentError(
        Text("文件已经是 UTF-8 编码，不用转换。", "The file is UTF-8 already."),
        hint=Text("请直接打开。", "Open it as it is."),
        where=name,
    )


def _not_in(encoding: str, at: int | None, name: str) -> DocumentError:
    place = ("", "") if at is None else (f"第 {at + 1} 个字节", f"byte {at + 1} ")
    return DocumentError(
        Text(
            f"按 {encoding} 编码读不出来：{place[0] or '有看不见的控制字符'}。",
            f"The file cannot be read as {encoding}: {place[1] or 'control characters '}"
            "came out wrong.",
        ),
        hint=Text("请用 --from 写明另一种编码。", "Name another encoding with --from."),
        where=name,
    )
