"""Files made from reports: they can be made again, so the old one is simply replaced, whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from disclosure_tui.store.file_rights import share_with_folder_group
from disclosure_tui.store.save_errors import NotAFile, refusal
from disclosure_tui.store.temporary import Temporary

__all__ = ["Product", "product", "replace_file"]


def replace_file(path: Path, content: bytes) -> None:
    """Write a file, in the place of one of that name; its folder is made where it is missing.

    Whoever reads it meanwhile sees the old or the new one.

    Raises:
        SaveError: It cannot be written; what stood there stands there still.
    """
    with product(path) as made:
        made.write(content)
        made.finish()


class Product:
    """A file in the making; under its name it is there when it is finished, not before."""

    def __init__(self, path: Path, temporary: Temporary) -> None:
        self.path = path
        self._temporary = temporary

    def write(self, content: bytes) -> None:
        """Put more content in.

        Raises:
            SaveError: The system refuses.
        """
        try:
            self._temporary.write(content)
        except OSError as error:
            raise refusal(self.path, error) from error

    def finish(self) -> None:
        """Let it take its place.

        Raises:
            SaveError: The system refuses; what stood there stands there still.
        """
        try:
            share_with_folder_group(self._temporary.descriptor, self.path.parent)
            self._temporary.sync()
            self._temporary.replace(self.path)
        except OSError as error:
            raise refusal(self.path, error) from error


@contextmanager
def product(path: Path) -> Iterator[Product]:
    """Begin a file; it is gone again unless it is finished. Its folder is made if missing.

    Raises:
        SaveError: Nothing can be written there.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file():
            raise NotAFile(str(path))
        temporary = Temporary(path, 0o666)
    except OSError as error:
        raise refusal(path, error) from error
    with temporary:
        yield Product(path, temporary)
