"""`disclosure show`: print a report in its printed form."""

from __future__ import annotations

from pathlib import Path

import click

from disclosure_tui.cli.printed_report import print_report
from disclosure_tui.cli.program import Program, command, language_option, schema_folder_option
from disclosure_tui.language import Text

__all__ = ["SUMMARY", "build"]

SUMMARY = Text("按表样显示报告", "Print a report as its form prints it")


def build(program: Program) -> click.Command:
    """Return the command."""
    say = program.say
    return command(
        program,
        "show",
        lambda **options: print_report(program, **options),
        SUMMARY,
        Text(
            "按表样显示报告，问题标在格内，列在表下。写到文件或管道时是纯文本。",
            "Print a report in its printed form, with findings at their cells. "
            "Plain text when written to a file or pipe.",
        ),
        [
            click.Argument(["path"], type=click.Path(path_type=Path), metavar=say("文件", "FILE")),
            click.Option(
                ["--section"],
                help=say(
                    "只显示一部分：三、表三、requests 都可以",
                    "One section only: its number, short label or key",
                ),
            ),
            click.Option(
                ["--width"],
                type=click.IntRange(40, 400),
                help=say("宽度（列），默认按终端", "Width in cells; the terminal's by default"),
            ),
            click.Option(
                ["--ascii", "ascii_only"],
                is_flag=True,
                help=say("表格线用 + - | 画", "Draw rules with + - |"),
            ),
            click.Option(
                ["--no-findings", "bare"],
                is_flag=True,
                help=say("不列出问题", "Leave the findings out"),
            ),
            schema_folder_option(program),
            language_option(program),
        ],
    )
