"""`disclosure check`: check report files and folders."""

from __future__ import annotations

from pathlib import Path

import click

from disclosure_tui.batch import find_files
from disclosure_tui.batch_jobs import MOST_JOBS, Batch
from disclosure_tui.cli.exit_code import ExitCode, exit_code
from disclosure_tui.cli.output import data, narrate
from disclosure_tui.cli.program import (
    Program,
    command,
    language_option,
    paths_argument,
    schema_folder_option,
)
from disclosure_tui.cli.progress import Progress
from disclosure_tui.discovery import modules_of
from disclosure_tui.language import Text
from disclosure_tui.model.finding import Severity
from disclosure_tui.render.located import LocatedReport

__all__ = ["SUMMARY", "build"]

SUMMARY = Text("校验报告文件，可以是多个文件和文件夹", "Check report files and folders")


def build(program: Program) -> click.Command:
    """Return the command."""
    formats = {
        module.NAME: module for module in modules_of("disclosure_tui.render.finding_formats")
    }

    def check(
        paths: tuple[Path, ...],
        form: str,
        fail_on: str,
        schema_dir: tuple[Path, ...],
        jobs: int,
    ) -> int:
        files = _files(program, paths)
        batch = Batch(schema_dir, program.chosen)
        checked: list[LocatedReport] = []
        progress = Progress(len(files), program.language)
        try:
            for report in progress.over(batch.check(files, jobs)):
                checked.append(report)  # noqa: PERF402 - an interruption keeps what is there
        except KeyboardInterrupt:
            if checked and form == "text":
                # A document of half the reports could be taken for all of them.
                data(formats[form].write(checked))
            _tell_interrupted(program, checked, len(files))
            return ExitCode.INTERRUPTED
        data(formats[form].write(checked))
        return exit_code(checked, Severity(fail_on))

    text = Text(
        "校验报告。退出码：0 没有问题；1 有问题；2 用法有误；3 有文件打不开；130 中途停止。",
        "Check reports. Exit codes: 0 clean, 1 findings, 2 usage, 3 something unreadable, "
        "130 interrupted.",
    )
    options = _options(program, sorted(formats))
    return command(program, "check", check, SUMMARY, text, options)


def _options(program: Program, formats: list[str]) -> list[click.Parameter]:
    say = program.say
    return [
        paths_argument(program),
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
        click.Option(
            ["--jobs"],
            type=click.IntRange(1, MOST_JOBS),
            default=1,
            metavar=say("个数", "N"),
            help=say(
                "用几个进程同时校验（默认 1）；输出的内容和次序不变",
                "Number of processes that check at the same time (default: 1); "
                "the output stays the same",
            ),
        ),
        schema_folder_option(program),
        language_option(program),
    ]


def _tell_interrupted(program: Program, checked: list[LocatedReport], count: int) -> None:
    """Say what was done before Ctrl+C."""
    found = sum(any(item.finding.counts for item in report.findings) for report in checked)
    unread = sum(report.rules is None for report in checked)
    narrate(
        program.say(
            f"已中止：{count} 份中校验了 {len(checked)} 份，{found} 份有问题，{unread} 份打不开。",
            f"Interrupted: {len(checked)} of {count} reports were checked, {found} with findings, "
            f"{unread} could not be checked.",
        )
    )


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
