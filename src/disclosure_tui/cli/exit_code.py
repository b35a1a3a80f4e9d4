"""What the program returns to the shell."""

from __future__ import annotations

from enum import IntEnum

from disclosure_tui.model.finding import Finding, Severity, State
from disclosure_tui.render.located import LocatedReport

__all__ = ["ExitCode", "code_of"]


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


def code_of(report: LocatedReport, threshold: Severity) -> ExitCode:
    """Return what one report deserves; a batch gets the greatest of its reports' codes."""
    if report.rules is None:
        return ExitCode.UNREADABLE
    if any(_weighs(found.finding, threshold) for found in report.findings):
        return ExitCode.FINDINGS
    return ExitCode.CLEAN


def _weighs(finding: Finding, threshold: Severity) -> bool:
    if finding.severity.weight > threshold.weight:
        return False
    waiting = finding.state is State.UNDECIDED and finding.reason != "no_prior"
    return finding.counts or waiting
