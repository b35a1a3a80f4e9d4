"""The report files that a command line means."""

from __future__ import annotations

from pathlib import Path

from disclosure_tui.batch import find_files
from disclosure_tui.cli.output import narrate
from disclosure_tui.cli.program import Program

__all__ = ["report_files"]


def report_files(program: Program, paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return the report files meant, telling of those left out.

    A folder that cannot be looked into is one of them: what cannot be opened is named, and counts.
    """
    selection = find_files(paths)
    for path in selection.skipped:
        narrate(
            program.say(f"{path}：没有写明报告种类，已跳过", f"{path}: no report_type, skipped")
        )
    for path in selection.linked:
        narrate(
            program.say(
                f"{path}：是指向文件夹的链接，没有进去。要包括它，请在命令里写明它",
                f"{path}: a link to a folder, not entered; to include it, name it in the command",
            )
        )
    if not selection.files and not selection.closed:
        narrate(program.say("没有找到报告文件", "no report files found"))
    return selection.closed + selection.files
