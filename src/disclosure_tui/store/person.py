"""Who sits at the terminal."""

from __future__ import annotations

import os
import pwd
from collections.abc import Mapping

from disclosure_tui.data_class import dataclass

__all__ = ["Person", "current_person", "plain"]

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Person:
    """A person.

    Attributes:
        name: What colleagues call them: 张某.
        user: Their account.
    """

    name: str
    user: str


def current_person(environment: Mapping[str, str] = os.environ) -> Person:
    """Return who runs the program.

    The name is what `DISCLOSURE_NAME` says, else the full name of the account, else its login.
    """
    uid = os.geteuid()
    try:
        entry = pwd.getpwuid(uid)
        user, full = entry.pw_name, entry.pw_gecos.split(",")[0]
    except KeyError:
        user, full = str(uid), ""
    name = plain(environment.get("DISCLOSURE_NAME", "")) or plain(full) or user
    return Person(name, user)


def plain(text: str) -> str:
    """Return a name as it may be shown: on one line, no control or direction marks, not long."""
    letters = "".join(letter for letter in text if letter.isprintable())
    return letters.strip()[:_LONGEST]
