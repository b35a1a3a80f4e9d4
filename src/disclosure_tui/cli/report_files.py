"""The report files that a command line means."""

from __future__ import annotations

from pathlib import Path

from disclosure_tui.batch import find_files
from disclosure_tui.cli.output import narrate
from disclosure_tui.cli.program import Program

__all__ = ["report_files"]


def report_files(program: Program, paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return the report files meant, telling of those left out."""
    selection = find_files(paths)
    for path in selection.skipped:
        narrate(
            program.say(f"{path}：没有写明报告种类，已跳过", f"{path}: no report_type, skipped")
        )
    if not selection.files:
        narrate(program.say("没有找到报告文件", "no report files found"))
    return selection.files
