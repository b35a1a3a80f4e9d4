"""Whether a process lives, and which machine and start of it this is."""

from __future__ import annotations

import contextlib
import fcntl
import os
import socket
from pathlib import Path

__all__ = ["boot_id", "host_name", "is_locked", "is_running"]

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def is_running(pid: int) -> bool:
    """Tell whether a process of this machine lives, whoever owns it."""
    if pid <= 0:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OverflowError:
        return False
    except OSError:
        # It lives and belongs to somebody else.
        return True
    return True


def host_name() -> str:
    """Return the name of this machine."""
    return socket.gethostname()


def boot_id() -> str:
    """Return what tells this start of the machine from others; empty where it cannot be had."""
    with contextlib.suppress(OSError):
        return _BOOT_ID.read_text(encoding="ascii").strip()
    return ""


def is_locked(descriptor: int) -> bool | None:
    """Tell whether somebody holds an open file (flock); None where that cannot be found out.

    A shared lock is tried for a moment, so that two who look at the same time do not take each
    other for the holder.
    """
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return None
    with contextlib.suppress(OSError):
        fcntl.flock(descriptor, fcntl.LOCK_UN)
    return False
