"""`disclosure edit`: fill in a report in the full screen."""

from __future__ import annotations

from pathlib import Path

import click

from disclosure_tui.cli.exit_code import ExitCode
from disclosure_tui.cli.output import full_screen, narrate
from disclosure_tui.cli.program import Program, command, language_option, schema_folder_option
from disclosure_tui.language import Text

__all__ = ["SUMMARY", "build"]

SUMMARY = Text("填报一份报告", "Fill in a report")


def build(program: Program) -> click.Command:
    """Return the command."""
    say = program.say

    def edit(path: Path, schema_dir: tuple[Path, ...]) -> int:
        if not full_screen():
            narrate(
                say(
                    f"这里不是全屏终端，不能填报。查看用 disclosure show {path}，"
                    f"校验用 disclosure check {path}",
                    "filling in needs a full-screen terminal; here use "
                    f"disclosure show {path} or disclosure check {path}",
                )
            )
            return ExitCode.USAGE
        from disclosure_tui.tui.app import open_editor

        ending = open_editor(path, program.chosen, schema_dir)
        for note in ending.notes:
            narrate(note)
        return ending.code

    return command(
        program,
        "edit",
        edit,
        SUMMARY,
        Text(
            "在全屏中填报一份报告：逐格填数，总计自动计算，问题标在格内。按 F1 查看各键。",
            "Fill in a report in the full screen: totals follow, findings stand at their cells. "
            "F1 lists the keys.",
        ),
        [
            click.Argument(["path"], type=click.Path(path_type=Path), metavar=say("文件", "FILE")),
            schema_folder_option(program),
            language_option(program),
        ],
    )
