"""`disclosure check-staged`: check reports as they are staged for the next commit."""

from __future__ import annotations

from pathlib import Path

import click

from disclosure_tui.batch import Checked, located
from disclosure_tui.cli.exit_code import ExitCode, code_of
from disclosure_tui.cli.output import data, narrate
from disclosure_tui.cli.program import (
    Program,
    command,
    language_option,
    schema_folder_option,
    trusted_only_option,
)
from disclosure_tui.language import Text
from disclosure_tui.model.finding import Severity
from disclosure_tui.render.located import LocatedReport
from disclosure_tui.render.width import printable
from disclosure_tui.render.wording import Wording
from disclosure_tui.versioning.repository import Repository
from disclosure_tui.versioning.staged import check_staged

__all__ = ["SUMMARY", "build"]

SUMMARY = Text("校验 git 暂存的报告，供提交前使用", "Check the reports staged in git")

_MOST_SHOWN = 5
"""So many findings of one report are listed; `disclosure check` shows all."""


def build(program: Program) -> click.Command:
    """Return the command."""
    say = program.say
    text = Text(
        "校验暂存的报告，按暂存的内容，不看工作文件。没有写文件时，校验这次要提交的。"
        "不是报告的文件跳过。退出码：0 可以提交；1 有问题；3 有报告打不开。",
        "Check reports as they are staged, whatever the working copy holds. Without files, those "
        "of the next commit. Other files are passed over. Exit codes: 0 may be committed, "
        "1 findings, 3 something unreadable.",
    )
    options: list[click.Parameter] = [
        click.Argument(
            ["files"],
            nargs=-1,
            type=click.Path(path_type=Path),
            metavar=say("[文件...]", "[FILE...]"),
        ),
        click.Option(
            ["--fail-on"],
            type=click.Choice([severity.value for severity in Severity]),
            default=Severity.ERROR.value,
            help=say(
                "从哪一级问题起退出码为 1（默认 error 错误）",
                "Weight from which findings make the exit code 1 (default: error)",
            ),
        ),
        schema_folder_option(program),
        trusted_only_option(program),
        language_option(program),
    ]
    return command(
        program, "check-staged", lambda **given: _check(program, **given), SUMMARY, text, options
    )


def _check(
    program: Program, *, files: tuple[Path, ...], fail_on: str, schema_dir: tuple[Path, ...]
) -> int:
    threshold = Severity(fail_on)
    repository = Repository.around(files[0] if files else Path.cwd())
    reports: list[LocatedReport] = []
    failing, worst = 0, ExitCode.CLEAN
    for checked in check_staged(repository, files, program.report_types(schema_dir)):
        report = located(checked, program.chosen)
        reports.append(report)
        code = code_of(report, threshold)
        worst = max(worst, code)
        if code is not ExitCode.CLEAN:
            failing += 1
            _tell(_name(checked, repository), report, threshold)
    if reports:
        narrate(_summary(program, len(reports), failing))
    return worst


def _name(checked: Checked, repository: Repository) -> str:
    path = checked.path
    return str(path.relative_to(repository.top) if path.is_absolute() else path)


def _tell(name: str, report: LocatedReport, threshold: Severity) -> None:
    """Say why one report may not be committed."""
    if report.form is None:
        where = report.where or name
        reason = report.reason.in_(report.language) if report.reason is not None else ""
        data(printable(f"{where}: {reason}"))
        return
    wording = Wording(report.form, report.language, report.year)
    weighty = [
        item
        for item in report.findings
        if item.finding.counts and item.finding.severity.weight <= threshold.weight
    ]
    for item in weighty[:_MOST_SHOWN]:
        place = f"{name}:{item.line}:{item.column}" if item.line else name
        data(printable(f"{place}: {wording.line(item.finding)}"))
    left = len(weighty) - _MOST_SHOWN
    if left > 0:
        more = Text(f"{name}: 还有 {left} 处", f"{name}: {left} more")
        data(printable(more.in_(report.language)))


def _summary(program: Program, count: int, failing: int) -> str:
    reports = "1 staged report" if count == 1 else f"{count} staged reports"
    if failing:
        told = Text(
            f"暂存的 {count} 份报告中，{failing} 份有问题。请改正后重新 git add。",
            f"{failing} of {reports} may not be committed. Correct and git add again.",
        )
    else:
        told = Text(f"暂存的 {count} 份报告可以提交。", f"{reports} may be committed.")
    return told.in_(program.language)
