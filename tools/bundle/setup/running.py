"""Who has a version open: the processes whose interpreter was started from its folder."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

__all__ = ["running_from"]

_PROCESSES = Path("/proc")


def running_from(version: Path) -> list[str]:
    """Return account and number of each process that runs from the folder of a version.

    Where the system does not show processes, none are found.
    """
    interpreters = os.fsencode(version / "bin") + b"/"
    found = []
    for place in sorted(_PROCESSES.glob("[0-9]*"), key=lambda one: int(one.name)):
        try:
            words = (place / "cmdline").read_bytes()
            account = place.stat().st_uid
        except OSError:
            continue  # it has ended, or is shown to its own account only
        if words.startswith(interpreters) and int(place.name) != os.getpid():
            found.append(f"{_name(account)} {place.name}")
    return found


def _name(account: int) -> str:
    try:
        return pwd.getpwuid(account).pw_name
    except KeyError:
        return str(account)
