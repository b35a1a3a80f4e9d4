"""`disclosure show`: print a report in its printed form."""

from __future__ import annotations

from pathlib import Path

import click

from disclosure_tui.cli.printed_report import print_report
from disclosure_tui.cli.program import (
    Program,
    command,
    language_option,
    schema_folder_option,
    trusted_only_option,
)
from disclosure_tui.language import Text

__all__ = ["SUMMARY", "build"]

SUMMARY = Text("按表样显示报告", "Print a report as its form prints it")


def build(program: Program) -> click.Command:
    """Return the command."""
    text = Text(
        "按表样显示报告，问题标在格内，列在表下；长的在终端里分页显示。"
        "写到文件或管道时是纯文本。--year-over-year 先核对上年结转，再把上年的数列在旁边。",
        "Print a report in its printed form, with findings at their cells, through a pager if it "
        "is long. Plain text when written to a file or pipe. --year-over-year shows what was "
        "handed over from last year first, then last year's figures beside this year's.",
    )
    return command(
        program,
        "show",
        lambda **given: print_report(program, **given),
        SUMMARY,
        text,
        _options(program),
    )


def _options(program: Program) -> list[click.Parameter]:
    say = program.say
    return [
        click.Argument(["path"], type=click.Path(path_type=Path), metavar=say("文件", "FILE")),
        click.Option(
            ["--section"],
            help=say(
                "只显示一部分：三、表三、requests 都可以",
                "One section only: its number, short label or key",
            ),
        ),
        click.Option(
            ["--year-over-year"],
            is_flag=True,
            help=say("把上年的数列在旁边", "Show last year's figures beside this year's"),
        ),
        click.Option(
            ["--changed"],
            is_flag=True,
            help=say(
                "只显示与上年不同的行和句子",
                "Show only rows and sentences that differ from last year's",
            ),
        ),
        click.Option(
            ["--findings/--no-findings"],
            default=None,
            help=say(
                "给问题编号，标在格内和文字里；--no-findings 不列出问题",
                "Number the findings, at the cells and in the text too; --no-findings leaves them "
                "out",
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
            ["--no-pager"], is_flag=True, help=say("不分页", "Print all at once, without a pager")
        ),
        schema_folder_option(program),
        trusted_only_option(program),
        language_option(program),
    ]
