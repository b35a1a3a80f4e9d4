"""What git gives an external diff program, and what is shown of files that are no reports.

Source: git(1), GIT_EXTERNAL_DIFF: `path old-file old-hex old-mode new-file new-hex new-mode`,
behind them the new path and a text where the file was renamed; the path alone where it is
unmerged.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from pathlib import Path

from disclosure_tui.data_class import dataclass
from disclosure_tui.versioning.comparing import NOTHING, State, state_from

__all__ = ["GivenByGit", "called_by_git", "given_by_git", "plain_diff"]

_ARGUMENTS = 7
_ARGUMENTS_RENAMED = 9
_NO_FILE = "/dev/null"


@dataclass(frozen=True, slots=True)
class GivenByGit:
    """One file that git asks about.

    Attributes:
        old_name: Its path before.
        new_name: Its path now.
        old: The bytes before; None where there was no file.
        new: The bytes now; None where there is no file.
    """

    old_name: str
    new_name: str
    old: bytes | None
    new: bytes | None

    def states(self) -> tuple[State, State]:
        """Return both states as reports.

        Raises:
            DocumentError: One of them cannot be read, or is no report.
        """
        old, new = (
            NOTHING if content is None else state_from(content, f"{side}/{name}", name)
            for side, name, content in (
                ("a", self.old_name, self.old),
                ("b", self.new_name, self.new),
            )
        )
        return old, new

    @property
    def names_a_report(self) -> bool:
        """Tell whether one of the two says that it is a report."""
        return any(b"report_type" in content for content in (self.old, self.new) if content)


def called_by_git(arguments: Sequence[str]) -> bool:
    """Tell whether git calls: it says so, or gives as many arguments as only git does."""
    counted = "GIT_DIFF_PATH_COUNTER" in os.environ
    return counted or len(arguments) in (_ARGUMENTS, _ARGUMENTS_RENAMED)


def given_by_git(arguments: Sequence[str]) -> GivenByGit | None:
    """Read the two files that git names; None for a path that is not merged yet.

    Raises:
        OSError: A file that git names cannot be read.
    """
    if len(arguments) < _ARGUMENTS:
        return None
    name, old, new = arguments[0], arguments[1], arguments[4]
    renamed = arguments[7] if len(arguments) >= _ARGUMENTS_RENAMED else name
    return GivenByGit(name, renamed, _content(old), _content(new))


def plain_diff(given: GivenByGit) -> Iterator[str]:
    """Yield what changed line by line, for files that cannot be compared as reports."""
    old, new = (
        [] if content is None else content.decode(errors="replace").splitlines()
        for content in (given.old, given.new)
    )
    before = _NO_FILE if given.old is None else f"a/{given.old_name}"
    after = _NO_FILE if given.new is None else f"b/{given.new_name}"
    yield from unified_diff(old, new, before, after, lineterm="")


def _content(file: str) -> bytes | None:
    return None if file == _NO_FILE else Path(file).read_bytes()
