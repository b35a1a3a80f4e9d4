"""Several files of one folder changed together: each step whole or not at all, one person a time.

For versions of a schema that are kept, put in force and taken out of it. The order of the steps
is the caller's: after any of them the folder must make sense, since the program may be killed.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from disclosure_tui.store.access_list import DEFAULT
from disclosure_tui.store.file_rights import Rights, share_with_folder_group
from disclosure_tui.store.raw_files import sync_folder, turn
from disclosure_tui.store.save_errors import MetadataLost, refusal
from disclosure_tui.store.temporary import Temporary, sweep

__all__ = ["Arranging", "arranging"]

_SHARED = 0o664
"""What a folder may lend to its files: never that everybody writes."""


@contextmanager
def arranging(folder: Path) -> Iterator[Arranging]:
    """Change files of a folder while nobody else who uses this program does.

    The folder is made where it is missing. What a killed process left unfinished is removed.

    Raises:
        SaveError: The system refuses; the steps done so far stay.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with turn(folder) as descriptor:
            sweep(folder)
            yield Arranging(folder)
            sync_folder(descriptor)
    except OSError as error:
        raise refusal(folder, error) from error


class Arranging:
    """The steps; each is there or not, also after a power cut."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, path: Path, content: bytes, like: Path | None = None) -> None:
        """Let a file hold content, in the place of one of that name; whoever reads sees no half.

        Args:
            path: The file; it keeps its mode, group and access list.
            content: All its bytes.
            like: Where it is new: the file whose rights it gets, or None for those of the folder.

        Raises:
            SaveError: It cannot be written, or would lose rights that others rely on.
        """
        try:
            model = path if path.exists() else like
            with Temporary(path, 0o666) as temporary:
                temporary.write(content)
                self._give_rights(temporary.descriptor, path, model)
                temporary.sync()
                temporary.replace(path)
            self._sync()
        except OSError as error:
            raise refusal(path, error) from error

    def move(self, old: Path, new: Path) -> None:
        """Let a file have another name; one of that name is replaced.

        Raises:
            SaveError: The system refuses.
        """
        try:
            old.replace(new)
            self._sync()
        except OSError as error:
            raise refusal(old, error) from error

    def drop(self, path: Path) -> None:
        """Remove a file, if it is there.

        Raises:
            SaveError: The system refuses.
        """
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise refusal(path, error) from error

    def _give_rights(self, descriptor: int, path: Path, model: Path | None) -> None:
        if model is not None:
            given = Rights.of(model).give_to(descriptor)
            if given.lost and model == path:
                raise MetadataLost(str(path), given.lost)
            return
        share_with_folder_group(descriptor, self._folder)
        if not _has_default_list(self._folder):
            # A mask of 077 would hide from everybody what is there for all.
            lent = stat.S_IMODE(self._folder.stat().st_mode) & _SHARED
            os.fchmod(descriptor, stat.S_IMODE(os.fstat(descriptor).st_mode) | lent)

    def _sync(self) -> None:
        """Make one step last before the next: after a power cut none is there without it."""
        with suppress(OSError):
            descriptor = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            try:
                sync_folder(descriptor)
            finally:
                os.close(descriptor)


def _has_default_list(folder: Path) -> bool:
    """Tell whether an access list of the folder settles the rights of new files."""
    try:
        return DEFAULT in os.listxattr(folder)
    except OSError:
        return False
