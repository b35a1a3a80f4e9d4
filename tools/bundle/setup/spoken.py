"""What the installer says, in Chinese or English."""

from __future__ import annotations

import errno
import os
import sys

__all__ = ["Refused", "remedy", "said", "say"]


_REMEDIES = {
    errno.ENOSPC: ("磁盘满了，请腾出空间再试。", "The disk is full: make room and try again."),
    errno.EDQUOT: ("磁盘限额用完了。", "The quota is used up."),
    errno.EACCES: ("请用 root 执行。", "Run it as root."),
    errno.EPERM: ("请用 root 执行。", "Run it as root."),
    errno.EROFS: (
        "这个磁盘是只读的，请改为可写，或者换一个位置。",
        "The disk is read-only: make it writable, or name another place.",
    ),
}


class Refused(Exception):  # noqa: N818 - it names what happened
    """Nothing was changed; the message says why, and what to do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(said(zh, en))


def said(zh: str, en: str) -> str:
    """Pick one of two wordings.

    Unlike the program, the installer goes by the locale: there are no settings yet, and on a
    terminal that is not set to UTF-8 Chinese would be unreadable.
    """
    names = ("DISCLOSURE_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    named = next((value for name in names if (value := os.environ.get(name))), "")
    return zh if named.lower().startswith("zh") else en


def say(zh: str, en: str) -> None:
    """Tell the administrator something."""
    sys.stderr.write(said(zh, en) + "\n")


def remedy(error: OSError) -> tuple[str, str]:
    """Return what to do about what the system says, in Chinese and English."""
    fallback = ("请排除后再试。", "Try again when that is settled.")
    return _REMEDIES.get(error.errno or 0, fallback)
