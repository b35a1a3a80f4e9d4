"""Accounts and groups of this machine, as far as rights depend on them."""

from __future__ import annotations

import grp
import os
import pwd

from disclosure_tui.machine.storage import Group

__all__ = ["account_name", "group_name", "group_number", "group_of"]


def group_of(status: os.stat_result) -> Group:
    """Return the group of a file or folder, as this session stands to it."""
    number = status.st_gid
    name = group_name(number)
    is_mine = number in {os.getegid(), *os.getgroups()}
    return Group(name, bool(status.st_mode & 0o020), is_mine, is_mine or number in _on_paper())


def group_number(name: str) -> int | None:
    """Return the number of a group; None where there is no such group."""
    try:
        return grp.getgrnam(name).gr_gid
    except KeyError:
        return None


def group_name(number: int) -> str:
    """Return the name of a group, or its number where it has none."""
    try:
        return grp.getgrgid(number).gr_name
    except KeyError:
        return str(number)


def account_name(number: int) -> str:
    """Return the name of an account, or its number where it has none."""
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def _on_paper() -> set[int]:
    """Return the groups that the account has by now; a session has those of its login."""
    try:
        account = pwd.getpwuid(os.geteuid())
    except KeyError:
        return set()
    return set(os.getgrouplist(account.pw_name, account.pw_gid))
