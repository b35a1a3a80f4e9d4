"""`disclosure show`: print a report in its printed form."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from disclosure_tui.batch import Checked, check_file
from disclosure_tui.cli.exit_code import ExitCode
from disclosure_tui.cli.output import rendered, terminal_width
from disclosure_tui.cli.pager import show as page_through
from disclosure_tui.cli.program import Program, command, language_option, schema_folder_option
from disclosure_tui.cli.sections import places_of
from disclosure_tui.language import Text
from disclosure_tui.render.page import Page, set_page, set_section
from disclosure_tui.render.view import ReportView
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.reviewing import Reading, view_of
from disclosure_tui.schema.catalog import Catalog

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
        program, "show", lambda **given: _show(program, **given), SUMMARY, text, _options(program)
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
        language_option(program),
    ]


def _show(
    program: Program,
    *,
    path: Path,
    section: str | None,
    year_over_year: bool,
    changed: bool,
    findings: bool | None,
    width: int | None,
    ascii_only: bool,
    no_pager: bool,
    schema_dir: tuple[Path, ...],
) -> int:
    checked = check_file(path, ReportTypes(Catalog.of(schema_dir)))
    if checked.error is not None:
        raise checked.error
    assert checked.result is not None
    language = program.language_of(checked.result.form)
    reading = Reading(
        language, numbered=findings is True, beside=year_over_year or changed, changed_only=changed
    )
    view = view_of(checked, reading)
    if section is not None:
        view = _only(program, checked, view, section)
    cells = terminal_width(width)
    page = Page(cells, language, ascii_only=ascii_only, findings=findings is not False)
    if section is None:
        lines = set_page(view, page)
    else:
        lines = [line for item in view.sections for line in set_section(item, page)]
    page_through(rendered(lines, cells), wanted=not no_pager)
    return ExitCode.CLEAN


def _only(program: Program, checked: Checked, view: ReportView, section: str) -> ReportView:
    """Leave the sections that a person asked for."""
    assert checked.result is not None
    places = places_of(program, checked.result.form, section)
    return replace(view, sections=tuple(one for one in view.sections if one.pointer in places))
