"""What the installer says, in Chinese or English."""

from __future__ import annotations

import os
import sys

__all__ = ["Refused", "said", "say"]


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
