"""`disclosure check`: check report files and folders."""

from __future__ import annotations

from pathlib import Path

import click

from disclosure_tui.batch import check_file, find_files, located
from disclosure_tui.cli.exit_code import exit_code
from disclosure_tui.cli.output import data, narrate
from disclosure_tui.cli.program import Program, command, language_option, schema_folder_option
from disclosure_tui.discovery import modules_of
from disclosure_tui.language import Text
from disclosure_tui.model.finding import Severity
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.schema.catalog import Catalog

__all__ = ["SUMMARY", "build"]

SUMMARY = Text("校验报告文件，可以是多个文件和文件夹", "Check report files and folders")


def build(program: Program) -> click.Command:
    """Return the command."""
    formats = {
        module.NAME: module for module in modules_of("disclosure_tui.render.finding_formats")
    }

    def check(
        paths: tuple[Path, ...], form: str, fail_on: str, schema_dir: tuple[Path, ...]
    ) -> int:
        report_types = ReportTypes(Catalog.of(schema_dir))
        checked = [check_file(path, report_types) for path in _files(program, paths)]
        data(formats[form].write([located(item, program.chosen) for item in checked]))
        return exit_code(checked, Severity(fail_on))

    text = Text(
        "校验报告。退出码：0 没有问题；1 有问题；2 用法有误；3 有文件打不开。",
        "Check reports. Exit codes: 0 clean, 1 findings, 2 usage, 3 something unreadable.",
    )
    options = _options(program, sorted(formats))
    return command(program, "check", check, SUMMARY, text, options)


def _options(program: Program, formats: list[str]) -> list[click.Parameter]:
    say = program.say
    return [
        click.Argument(
            ["paths"],
            nargs=-1,
            required=True,
            type=click.Path(path_type=Path),
            metavar=say("文件或文件夹...", "PATH..."),
        ),
        click.Option(
            ["--format", "form"],
            type=click.Choice(formats),
            default="text",
            help=say("输出格式", "Format of the output"),
        ),
        click.Option(
            ["--fail-on"],
            type=click.Choice([severity.value for severity in Severity]),
            default=Severity.QUERY.value,
            help=say(
                "从哪一级问题起退出码为 1（默认 query 待核实）",
                "Weight from which findings make the exit code 1 (default: query)",
            ),
        ),
        schema_folder_option(program),
        language_option(program),
    ]


def _files(program: Program, paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return the report files meant, telling of those left out."""
    selection = find_files(paths)
    for path in selection.skipped:
        narrate(
            program.say(f"{path}：没有写明报告种类，已跳过", f"{path}: no report_type, skipped")
        )
    if not selection.files:
        narrate(program.say("没有找到报告文件", "no report files found"))
    return selection.files
