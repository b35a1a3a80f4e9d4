"""`disclosure schema impact`: what a new schema would change for the reports that are there."""

from __future__ import annotations

from pathlib import Path

import click

from disclosure_tui.amending.impact import ReportStatus, impacts
from disclosure_tui.amending.impact_json import write_impacts
from disclosure_tui.amending.impact_text import set_impacts
from disclosure_tui.amending.naming import schema_named
from disclosure_tui.cli.exit_code import ExitCode
from disclosure_tui.cli.output import data, lines_width, print_lines
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
from disclosure_tui.cli.schema_diff import output_options
from disclosure_tui.language import Text
from disclosure_tui.render.comparison_text import ComparisonPage

__all__ = ["impact_command"]


def impact_command(program: Program) -> click.Command:
    """Build the command."""

    def impact(
        new: str,
        paths: tuple[Path, ...],
        form: str,
        width: int | None,
        schema_dir: tuple[Path, ...],
    ) -> int:
        report_types = program.report_types(schema_dir)
        loaded = schema_named(new, report_types, overlaid=False)
        files = report_files(program, paths)
        progress = Progress(len(files), program.language)
        found = list(progress.over(impacts(files, loaded, report_types)))
        language = program.language_of(loaded.form)
        if form == "json":
            data(write_impacts(found, loaded, language))
        else:
            page = ComparisonPage(language, lines_width(width))
            print_lines(set_impacts(found, page), page.width or 0)
        if any(one.status is ReportStatus.UNREADABLE for one in found):
            return ExitCode.UNREADABLE
        changed = any(one.is_changed for one in found)
        return ExitCode.DIFFERENT if changed else ExitCode.CLEAN

    text = Text(
        "换用新格式文件以前，看各单位的报告会有什么变化：增加、消除、改级别的问题，失效的说明。"
        "变化大的单位在前，什么也不写入。"
        "退出码：0 没有变化；1 有变化；3 格式文件用不了或有报告打不开。",
        "See what a new schema would change in reports before it is installed: findings that "
        "appear, vanish or change grade, explanations that lapse. The office with most to do "
        "comes first, and nothing is written. "
        "Exit codes: 0 no change, 1 changes, 3 the schema or a report cannot be used.",
    )
    options = [
        click.Argument(["new"], metavar=program.say("新格式", "NEW")),
        paths_argument(program),
        *output_options(program),
        schema_folder_option(program),
        trusted_only_option(program),
        language_option(program),
    ]
    summary = Text("换用新格式会有什么变化", "Show what a new schema would change")
    return command(program, "impact", impact, summary, text, options)
