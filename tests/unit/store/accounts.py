"""Steps done as another account, in a process of its own; and folders that all accounts reach."""

from __future__ import annotations

import os
import shutil
import tempfile
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

CLERK, COLLEAGUE, REVIEWER = 61001, 61002, 61003
UNIT_GROUP, REVIEW_GROUP = 62001, 62002

needs_root = pytest.mark.skipif(
    os.geteuid() != 0, reason="only root can work as two accounts; run the tests as root"
)
needs_acl_tools = pytest.mark.skipif(
    shutil.which("setfacl") is None or shutil.which("getfacl") is None,
    reason="the programs setfacl and getfacl are not installed",
)


@contextmanager
def shared_folder(mode: int, group: int) -> Iterator[Path]:
    """Make a folder outside the tester's own, which other accounts cannot enter."""
    with tempfile.TemporaryDirectory(prefix="disclosure-") as name:
        Path(name).chmod(0o755)
        folder = Path(name) / "单位"
        folder.mkdir()
        os.chown(folder, -1, group)
        folder.chmod(mode)
        yield folder


def as_account(
    uid: int,
    groups: list[int],
    step: Callable[[], object],
    mask: int = 0o022,
    *,
    has_home: bool = True,
) -> str:
    """Do a step as another account and return what it returns, as text; errors come back too.

    The account has a state folder of its own for this step, as it would in its home, or none at
    all: service accounts are often made without a home.
    """
    with tempfile.TemporaryDirectory(prefix="disclosure-home-") as home:
        os.chown(home, uid, groups[0])
        state = home if has_home else f"{os.devnull}/none"
        return _in_a_process(uid, groups, step, mask, state)


def _in_a_process(
    uid: int, groups: list[int], step: Callable[[], object], mask: int, state: str
) -> str:
    reading, writing = os.pipe()
    child = forked()
    if child == 0:
        os.close(reading)
        try:
            os.environ["XDG_STATE_HOME"] = state
            become(uid, groups, mask)
            answer = str(step())
        except BaseException:
            answer = traceback.format_exc()
        os.write(writing, answer.encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read().decode()
    os.waitpid(child, 0)
    return answer


@contextmanager
def living(uid: int, groups: list[int], step: Callable[[], object]) -> Iterator[int]:
    """Do a step as another account in a process that lives until the block ends."""
    ready, tell = os.pipe()
    wait, go = os.pipe()
    child = forked()
    if child == 0:
        os.close(go)
        try:
            become(uid, groups, 0o022)
            held = step()
            os.write(tell, b"." if held is not None else b"!")
            os.read(wait, 1)
        finally:
            os._exit(0)
    os.close(wait)
    os.close(tell)
    try:
        assert os.read(ready, 1) == b"."
        yield child
    finally:
        os.close(go)
        os.close(ready)
        os.waitpid(child, 0)


def become(uid: int, groups: list[int], mask: int) -> None:
    os.umask(mask)
    os.setgroups(groups)
    os.setgid(groups[0])
    os.setuid(uid)


def forked() -> int:
    with warnings.catch_warnings():
        # The child does one step and ends; it takes no lock of another thread.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()
