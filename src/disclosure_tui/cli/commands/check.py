"""`disclosure check`: check report files and folders."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from disclosure_tui.batch_jobs import MOST_JOBS, Batch
from disclosure_tui.cli.exit_code import ExitCode, code_of
from disclosure_tui.cli.finding_outputs import FindingOutputs
from disclosure_tui.cli.finding_targets import refuse_inputs, targets_of
from disclosure_tui.cli.interrupts import whole_step
from disclosure_tui.cli.output import narrate
from disclosure_tui.cli.program import (
    Program,
    command,
    language_option,
    paths_argument,
    schema_folder_option,
    trusted_only_option,
)
from disclosure_tui.cli.progress import Progress
from disclosure_tui.cli.report_files import report_files
from disclosure_tui.discovery import modules_of
from disclosure_tui.language import Text
from disclosure_tui.model.finding import Severity
from disclosure_tui.render.finding_writing import Occasion
from disclosure_tui.render.located import LocatedReport
from disclosure_tui.render.office.faults import CannotExport, require

__all__ = ["SUMMARY", "build"]

SUMMARY = Text("校验报告文件，可以是多个文件和文件夹", "Check report files and folders")


def build(program: Program) -> click.Command:
    """Return the command."""
    formats = {
        module.NAME: module for module in modules_of("disclosure_tui.render.finding_formats")
    }

    def check(
        *,
        paths: tuple[Path, ...],
        named: tuple[str, ...],
        outputs: tuple[str, ...],
        details: bool,
        fail_on: str,
        schema_dir: tuple[Path, ...],
        jobs: int,
    ) -> int:
        targets = targets_of(program, formats, named, outputs)
        for target in targets:
            if not hasattr(target.form, "LIBRARIES"):
                continue
            try:
                require(target.form.NAME, target.form.EXTRA, target.form.LIBRARIES)
            except CannotExport as error:
                narrate(error.told(program.language))
                return ExitCode.USAGE
        files = report_files(program, paths)
        refuse_inputs(program, targets, files)
        is_overview = not details and len(files) > 1 and any(path.is_dir() for path in paths)
        run = _Run(program, Severity(fail_on), Progress(len(files), program.language))
        batch = Batch(program.schema_search(schema_dir), program.chosen, program.tell)
        with FindingOutputs(targets, Occasion(program.language, is_overview)) as written:
            code = run.over(batch.check(files, jobs), written)
        if is_overview and code is not ExitCode.INTERRUPTED and sys.stdout.isatty():
            narrate(program.say("每份的全部问题：加 --details", "add --details for all findings"))
        return code

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
        *_output_options(program, formats),
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
        trusted_only_option(program),
        language_option(program),
    ]


def _output_options(program: Program, formats: list[str]) -> list[click.Parameter]:
    say = program.say
    return [
        click.Option(
            ["--format", "named"],
            type=click.Choice(formats),
            multiple=True,
            help=say(
                "输出格式（默认 text），可多次使用；用了 --output 的写成文件",
                "Format (default: text), may be repeated; printed unless --output takes it",
            ),
        ),
        click.Option(
            ["--output", "outputs"],
            multiple=True,
            metavar=say("[格式=]文件或文件夹", "[FORMAT=]PLACE"),
            help=say(
                "写成文件，可多次使用；不写格式的，用 --format 的格式，或者看文件名的结尾",
                "Write a file, may be repeated; without a format it takes those of --format, "
                "or goes by its ending",
            ),
        ),
        click.Option(
            ["--details"],
            is_flag=True,
            help=say(
                "校验文件夹时也列出每份的全部问题（默认每份一行，问题多的在前）",
                "List all findings of a folder as well (default: one line a report, worst first)",
            ),
        ),
    ]


@dataclass
class _Run:
    """The reports of one run, as far as they matter when they are gone."""

    program: Program
    threshold: Severity
    progress: Progress
    code: int = ExitCode.CLEAN
    faulty: int = 0
    unread: int = 0
    done: int = 0

    def over(self, reports: Iterator[LocatedReport], outputs: FindingOutputs) -> int:
        """Write what is found, report by report; return the exit code."""
        on_terminal = outputs.prints and sys.stdout.isatty()
        try:
            for report in self.progress.over(reports):
                if on_terminal:
                    self.progress.clear()
                # What is printed is counted: both are said when it is broken off.
                with whole_step():
                    outputs.add(report)
                    self._count(report)
            written = outputs.finish()
        except KeyboardInterrupt:
            if self.done:
                outputs.break_off()
            self._tell_interrupted()
            return ExitCode.INTERRUPTED
        for told in written:
            narrate((Text("已写入 ", "written: ") + told).in_(self.program.language))
        return self.code

    def _count(self, report: LocatedReport) -> None:
        self.done += 1
        self.faulty += any(item.finding.counts for item in report.findings)
        self.unread += report.rules is None
        self.code = max(self.code, code_of(report, self.threshold))

    def _tell_interrupted(self) -> None:
        """Say what was done before Ctrl+C."""
        total = self.progress.total
        narrate(
            self.program.say(
                f"已中止：{total} 份中校验了 {self.done} 份，{self.faulty} 份有问题，"
                f"{self.unread} 份打不开。",
                f"Interrupted: {self.done} of {total} reports were checked, {self.faulty} with "
                f"findings, {self.unread} could not be checked.",
            )
        )
