"""The reports that a person opened last. A convenience: what goes wrong with it is no matter."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from disclosure_tui.store.state_folder import state_folder

__all__ = ["note_opened", "recently_opened"]

_NAME = "recent"
_MOST = 20
_LARGEST = 200_000
"""Bytes of the list that are read; whatever is longer was not written by the program."""


def recently_opened() -> tuple[Path, ...]:
    """Return the files, the last first; some may be gone."""
    try:
        with (state_folder() / _NAME).open("rb") as stream:
            lines = stream.read(_LARGEST).split(b"\n")
    except OSError:
        return ()
    paths = (Path(os.fsdecode(line)) for line in lines if line.startswith(b"/"))
    return tuple(dict.fromkeys(paths))[:_MOST]


def note_opened(path: Path) -> None:
    """Put a file at the top of the list."""
    with contextlib.suppress(OSError):
        place = Path.cwd() / path
        if b"\n" in os.fsencode(place):
            return
        listed = dict.fromkeys((place, *recently_opened()))
        _write(b"".join(os.fsencode(one) + b"\n" for one in list(listed)[:_MOST]))


def _write(contents: bytes) -> None:
    folder = state_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = folder / f"{_NAME}.{secrets.token_hex(4)}.tmp"
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(contents)
        temporary.replace(folder / _NAME)
    finally:
        temporary.unlink(missing_ok=True)
