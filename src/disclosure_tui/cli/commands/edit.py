"""`disclosure edit`: fill in a report in the full screen."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import click

from disclosure_tui.cli.exit_code import ExitCode
from disclosure_tui.cli.output import full_screen, is_dumb, narrate
from disclosure_tui.cli.program import (
    Program,
    command,
    language_option,
    schema_folder_option,
    trusted_only_option,
)
from disclosure_tui.language import Text
from disclosure_tui.session import Session

__all__ = ["SUMMARY", "build"]

SUMMARY = Text("填报一份报告", "Fill in a report")


def build(program: Program) -> click.Command:
    """Return the command."""
    say = program.say

    def edit(
        path: Path, *, linear: bool, schema_dir: tuple[Path, ...], mouse: bool, ascii_only: bool
    ) -> int:
        if linear:
            return _line_by_line(program, path, schema_dir)
        if is_dumb():
            return _as_printed(program, path, schema_dir)
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
        gc.disable()  # until the first screen is shown: nothing that is made by then is garbage
        from disclosure_tui.tui.app import open_editor

        ending = open_editor(
            path,
            program.chosen,
            program.schema_search(schema_dir),
            program.settings,
            mouse=mouse,
            ascii_only=ascii_only,
        )
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
            click.Option(
                ["--ascii", "ascii_only"],
                is_flag=True,
                help=say(
                    "引号、破折号等用一格宽的符号代替显示，文件不变",
                    "Show signs of one cell for quotation marks, dashes and the like",
                ),
            ),
            click.Option(
                ["--mouse"],
                is_flag=True,
                help=say(
                    "由程序使用鼠标；不加时鼠标归终端，可选中复制",
                    "Use the mouse; else it is the terminal's, to select and copy",
                ),
            ),
            schema_folder_option(program),
            trusted_only_option(program),
            language_option(program),
        ],
    )


def _as_printed(program: Program, path: Path, schema_dir: tuple[Path, ...]) -> int:
    """Print the report where the terminal cannot show a full screen."""
    from disclosure_tui.cli.printed_report import print_report

    code = print_report(program, path, schema_dir=schema_dir, ascii_only=True, no_pager=True)
    narrate(
        program.say(
            f"这个终端不能全屏显示，上面是报告内容。填报用 disclosure edit --linear {path}",
            "this terminal has no full screen, so the report is printed; "
            f"to fill it in: disclosure edit --linear {path}",
        )
    )
    return code


def _line_by_line(program: Program, path: Path, schema_dir: tuple[Path, ...]) -> int:
    """Fill in question by question."""
    from disclosure_tui.linear import fill_in

    session = Session.open(path, program.report_types(schema_dir))
    language = program.language_of(session.form)
    left = fill_in(session, language, sys.stdin, sys.stdout)
    return ExitCode.CLEAN if left else ExitCode.INTERRUPTED
