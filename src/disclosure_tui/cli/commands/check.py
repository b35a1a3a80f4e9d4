"""`disclosure check`: check report files and folders."""

from __future__ import annotations

from pathlib import Path

import click

from disclosure_tui.batch import Checked, check_file, find_files
from disclosure_tui.cli.exit_code import exit_code
from disclosure_tui.cli.output import data, narrate
from disclosure_tui.cli.program import Program, command, language_option, schema_folder_option
from disclosure_tui.discovery import modules_of
from disclosure_tui.language import Text
from disclosure_tui.model.finding import Severity
from disclosure_tui.model.report import Report
from disclosure_tui.render.located import LocatedFinding, LocatedReport
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.schema.catalog import Catalog

__all__ = ["SUMMARY", "build", "located"]

SUMMARY = Text("校验报告文件，可以是多个文件和文件夹", "Check report files and folders")


def build(program: Program) -> click.Command:
    """Return the command."""
    say = program.say
    formats = {
        module.NAME: module for module in modules_of("disclosure_tui.render.finding_formats")
    }

    def check(
        paths: tuple[Path, ...], form: str, fail_on: str, schema_dir: tuple[Path, ...]
    ) -> int:
        report_types = ReportTypes(Catalog.of(schema_dir))
        selection = find_files(paths)
        for path in selection.skipped:
            narrate(say(f"{path}：没有写明报告种类，已跳过", f"{path}: no report_type, skipped"))
        if not selection.files:
            narrate(say("没有找到报告文件", "no report files found"))
        checked = [check_file(path, report_types) for path in selection.files]
        data(formats[form].write([located(item, program) for item in checked]))
        return exit_code(checked, Severity(fail_on))

    return command(
        program,
        "check",
        check,
        SUMMARY,
        Text(
            "校验报告。退出码：0 没有问题；1 有问题；2 用法有误；3 有文件打不开。",
            "Check reports. Exit codes: 0 clean, 1 findings, 2 usage, 3 something unreadable.",
        ),
        [
            click.Argument(
                ["paths"],
                nargs=-1,
                required=True,
                type=click.Path(path_type=Path),
                metavar=say("文件或文件夹...", "PATH..."),
            ),
            click.Option(
                ["--format", "form"],
                type=click.Choice(sorted(formats)),
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
        ],
    )


def located(item: Checked, program: Program) -> LocatedReport:
    """Join findings and positions for the finding formats."""
    sha256 = item.document.sha256 if item.document is not None else ""
    if item.result is None or item.document is None or item.report_type is None:
        error = item.error
        hint = error.hint if error is not None and error.hint is not None else None
        reason = error.what if error is not None else None
        if reason is not None and hint is not None:
            reason = reason + Text("。", ". ") + hint
        return LocatedReport(
            file=str(item.path),
            language=program.language,
            sha256=sha256,
            reason=reason,
            where=error.where if error is not None else "",
        )
    report = Report(item.document.data)
    year, organ = report.value_at(("year",)), report.value_at(("organ", "name"))
    counts = item.result.counts
    findings = []
    for finding in item.result.findings:
        place = item.locate(finding)
        findings.append(
            LocatedFinding(finding, place.line if place else None, place.column if place else None)
        )
    return LocatedReport(
        file=str(item.path),
        language=program.language_of(item.result.form),
        sha256=sha256,
        form=item.result.form,
        year=year if isinstance(year, int) else None,
        organ=organ if isinstance(organ, str) else "",
        origin=item.report_type.origin,
        prior=_prior(report),
        rules={
            "held": counts.held,
            "failed": counts.failed,
            "undecided": counts.undecided,
            "no_prior": counts.no_prior,
            "inapplicable": counts.inapplicable,
        },
        blank=item.result.blank,
        findings=tuple(findings),
        notices=tuple(
            (notice.text, notice.position.line, notice.position.column)
            for notice in item.document.notices
        ),
    )


def _prior(report: Report) -> dict[str, str | None] | None:
    """Say which file the report names; comparing with it is not done yet."""
    file = report.value_at(("prior", "file"))
    if not isinstance(file, str):
        return None
    digest = report.value_at(("prior", "sha256"))
    sha256 = digest if isinstance(digest, str) else None
    return {"file": file, "sha256": sha256, "status": "not_compared"}
