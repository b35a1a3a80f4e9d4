"""The person's own folder for what cannot stand beside a report."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

from disclosure_tui.store.hidden_names import real_path

__all__ = ["private_place", "state_folder"]


def state_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the folder where the program keeps what belongs to the person.

    Raises:
        FileNotFoundError: The account has no home folder.
    """
    chosen = environment.get("XDG_STATE_HOME", "")
    if chosen.startswith("/"):
        return Path(chosen) / "disclosure-tui"
    try:
        home = Path.home()
    except RuntimeError as error:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), "~") from error
    return home / ".local" / "state" / "disclosure-tui"


def private_place(report: Path) -> Path:
    """Return the folder kept for one report, whose name comes from its real path.

    It is not made here: whoever only looks creates nothing.

    Raises:
        FileNotFoundError: The account has no home folder.
    """
    digest = hashlib.sha256(os.fsencode(real_path(report))).hexdigest()[:16]
    return state_folder() / "reports" / digest
