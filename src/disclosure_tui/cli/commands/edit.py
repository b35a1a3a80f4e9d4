"""`disclosure edit`: fill in a report in the full screen."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from disclosure_tui.cli.exit_code import ExitCode
from disclosure_tui.cli.output import full_screen, narrate
from disclosure_tui.cli.program import Program, command, language_option, schema_folder_option
from disclosure_tui.language import Text
from disclosure_tui.linear import fill_in
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.schema.catalog import Catalog
from disclosure_tui.session import Session

__all__ = ["SUMMARY", "build"]

SUMMARY = Text("填报一份报告", "Fill in a report")


def build(program: Program) -> click.Command:
    """Return the command."""
    say = program.say

    def edit(path: Path, *, linear: bool, schema_dir: tuple[Path, ...]) -> int:
        if linear:
            return _line_by_line(program, path, schema_dir)
        if not full_screen():
            narrate(
                say(
                    f"这里不是全屏终端。逐项填报用 disclosure edit --linear {path}，"
                    f"查看用 disclosure show {path}，校验用 disclosure check {path}",
                    "this is no full-screen terminal; here use "
                    f"disclosure edit --linear {path}, disclosure show {path} or "
                    f"disclosure check {path}",
                )
            )
            return ExitCode.USAGE
        from disclosure_tui.tui.app import open_editor

        ending = open_editor(path, program.chosen, schema_dir, program.settings)
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
            click.Option(
                ["--linear"],
                is_flag=True,
                help=say(
                    "逐项问答，只用普通文字行：供读屏软件和很差的线路使用",
                    "Question by question in plain lines: for screen readers and poor lines",
                ),
            ),
            schema_folder_option(program),
            language_option(program),
        ],
    )


def _line_by_line(program: Program, path: Path, schema_dir: tuple[Path, ...]) -> int:
    """Fill in question by question."""
    session = Session.open(path, ReportTypes(Catalog.of(schema_dir)))
    language = program.language_of(session.form)
    left = fill_in(session, language, sys.stdin, sys.stdout)
    return ExitCode.CLEAN if left else ExitCode.INTERRUPTED
