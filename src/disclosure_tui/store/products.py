"""Files made from reports: they can be made again, so the old one is simply replaced, whole."""

from __future__ import annotations

from pathlib import Path

from disclosure_tui.store.file_rights import share_with_folder_group
from disclosure_tui.store.save_errors import refusal
from disclosure_tui.store.temporary import Temporary

__all__ = ["replace_file"]


def replace_file(path: Path, content: bytes) -> None:
    """Write a file, in the place of one of that name; its folder is made where it is missing.

    Whoever reads it meanwhile sees the old or the new one.

    Raises:
        SaveError: It cannot be written; what stood there stands there still.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with Temporary(path, 0o666) as temporary:
            temporary.write(content)
            share_with_folder_group(temporary.descriptor, path.parent)
            temporary.sync()
            temporary.replace(path)
    except OSError as error:
        raise refusal(path, error) from error
