"""What the program returns to the shell."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from disclosure_tui.model.finding import Finding, Severity, State
from disclosure_tui.render.located import LocatedReport

__all__ = ["ExitCode", "exit_code"]


class ExitCode(IntEnum):
    """The meaning of each code."""

    CLEAN = 0
    """Every error rule holds, every query holds or is explained, no required blank."""
    FINDINGS = 1
    """There are findings at or above the threshold."""
    DIFFERENT = 1
    """Two states that were compared differ."""
    USAGE = 2
    """The command line was wrong."""
    UNREADABLE = 3
    """Some input could not be read or checked, whatever the rest is like."""
    INTERRUPTED = 130
    """Ctrl+C."""


def exit_code(checked: Iterable[LocatedReport], threshold: Severity) -> ExitCode:
    """Return the code for a batch: the worst of what its files deserve."""
    code = ExitCode.CLEAN
    for item in checked:
        if item.rules is None:
            return ExitCode.UNREADABLE
        if any(_weighs(found.finding, threshold) for found in item.findings):
            code = ExitCode.FINDINGS
    return code


def _weighs(finding: Finding, threshold: Severity) -> bool:
    if finding.severity.weight > threshold.weight:
        return False
    waiting = finding.state is State.UNDECIDED and finding.reason != "no_prior"
    return finding.counts or waiting
