"""Small files of a repository that this program writes a part of, without losing the rest."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text
from disclosure_tui.store.products import replace_file
from disclosure_tui.store.save_errors import refusal

__all__ = ["Done", "read_text", "refusing", "write_text"]


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that was done, or was as it should be.

    Attributes:
        text: What it is.
        changed: Something was written.
    """

    text: Text
    changed: bool


def read_text(path: Path) -> str:
    """Return what a file says, byte for byte; empty where there is none.

    Raises:
        SaveError: It is there and cannot be read: whoever writes it now would lose what it says.
    """
    with refusing(path):
        try:
            return path.read_bytes().decode(errors="surrogateescape")
        except FileNotFoundError:
            return ""


def write_text(path: Path, text: str) -> None:
    """Write a file; a link to it stays one.

    Raises:
        SaveError: It cannot be written; it says what it said before.
    """
    replace_file(path.resolve(), text.encode(errors="surrogateescape"))


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Tell in words what the system did not allow.

    Raises:
        SaveError: It did not.
    """
    try:
        yield
    except OSError as error:
        raise refusal(path, error) from error
