"""`disclosure diff`: what changed between two states of a report."""

from __future__ import annotations

from pathlib import Path

import click

from disclosure_tui.cli.exit_code import ExitCode
from disclosure_tui.cli.output import data, lines_width, narrate, print_lines
from disclosure_tui.cli.program import (
    Program,
    command,
    language_option,
    schema_folder_option,
    trusted_only_option,
)
from disclosure_tui.cli.sections import places_of
from disclosure_tui.errors import DisclosureError
from disclosure_tui.language import Language, Text
from disclosure_tui.model.report import Report
from disclosure_tui.opening import open_document, report_type_of
from disclosure_tui.render.comparison import Comparison
from disclosure_tui.render.comparison_json import write_comparison
from disclosure_tui.render.comparison_text import ComparisonPage, set_comparison
from disclosure_tui.render.spelled_out import spelled_out
from disclosure_tui.render.width import printable
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.versioning.comparing import State, compare_states, state_at, state_of
from disclosure_tui.versioning.external_diff import called_by_git, given_by_git, plain_diff

__all__ = ["SUMMARY", "build"]

SUMMARY = Text("比较两份报告，或报告与版本库里的旧版本", "Show what changed in a report")


def build(program: Program) -> click.Command:
    """Return the command."""
    text = Text(
        "逐格比较两份报告，文字逐句比较，用表样上的名称。只写一个文件时，"
        "与版本库里上次提交的内容比较。年度不同的也可以比较。"
        "退出码：0 相同；1 不同；3 有文件打不开。",
        "Compare two reports cell by cell in printed labels, prose by sentence. One file alone is "
        "compared with its last commit. They may be of different years and editions. "
        "Exit codes: 0 same, 1 different, 3 something unreadable.",
    )
    return command(
        program, "diff", lambda **given: _diff(program, **given), SUMMARY, text, _options(program)
    )


def _options(program: Program) -> list[click.Parameter]:
    say = program.say
    return [
        click.Argument(
            ["paths"], nargs=-1, required=True, metavar=say("[旧文件] 文件", "[OLD] FILE")
        ),
        click.Option(
            ["--rev"],
            metavar=say("版本", "REV"),
            help=say(
                "与这个版本比较（默认上次提交 HEAD）；旧..新 是两个版本之间",
                "Compare with this revision (default: HEAD); OLD..NEW is between two",
            ),
        ),
        click.Option(
            ["--format", "form"],
            type=click.Choice(["text", "json"]),
            default="text",
            help=say("输出格式", "Format of the output"),
        ),
        click.Option(
            ["--section"],
            help=say(
                "只比较一部分：三、表三、requests 都可以",
                "One section only: its number, short label or key",
            ),
        ),
        click.Option(
            ["--width"],
            type=click.IntRange(40, 400),
            help=say(
                "宽度（列）；默认按终端，写到管道时不折行",
                "Width in cells; the terminal's by default, unbroken in a pipe",
            ),
        ),
        click.Option(
            ["--textconv"],
            is_flag=True,
            help=say(
                "不比较，把一份报告写成一行一个值，供 git 比较",
                "Compare nothing: write one report as one value a line, for git",
            ),
        ),
        schema_folder_option(program),
        trusted_only_option(program),
        language_option(program),
    ]


def _diff(
    program: Program,
    *,
    paths: tuple[str, ...],
    rev: str | None,
    form: str,
    section: str | None,
    width: int | None,
    textconv: bool,
    schema_dir: tuple[Path, ...],
) -> int:
    report_types = program.report_types(schema_dir)
    if textconv:
        return _spell_out(program, paths, report_types)
    if called_by_git(paths):
        return _for_git(program, paths, report_types)
    old, new = _states(program, paths, rev)
    comparison = compare_states(old, new, report_types)
    if section is not None:
        comparison = comparison.below(places_of(program, comparison.form, section))
    language = program.language_of(comparison.form)
    if form == "json":
        data(write_comparison(comparison, old.side, new.side, language))
    else:
        _print(comparison, (old, new), language, lines_width(width))
    if not comparison.changes and old.side.sha256 != new.side.sha256:
        narrate(
            program.say(
                "各处的值都相同，只是写法不同（空格、注释、引号）。",
                "All values are the same; only the way they are written differs.",
            )
        )
    return ExitCode.DIFFERENT if comparison.changes else ExitCode.CLEAN


def _states(program: Program, paths: tuple[str, ...], rev: str | None) -> tuple[State, State]:
    if len(paths) == 2 and rev is None:
        return state_of(Path(paths[0])), state_of(Path(paths[1]))
    if len(paths) != 1:
        raise click.UsageError(
            program.say(
                "请写一个文件（与版本库比较），或两个文件；--rev 只用于一个文件",
                "name one file, to compare it with a revision, or two; --rev goes with one",
            )
        )
    path = Path(paths[0])
    first, dots, last = (rev or "HEAD").partition("..")
    old = state_at(path, first or "HEAD")
    return old, state_at(path, last or "HEAD") if dots else state_of(path)


def _print(
    comparison: Comparison, states: tuple[State, State], language: Language, width: int | None
) -> None:
    old, new = states
    page = ComparisonPage(language, width)
    print_lines(set_comparison(comparison, (_named(old), _named(new)), page), width or 0)


def _named(state: State) -> str:
    year = f" {state.side.year}" if state.side.year is not None else ""
    return f"{state.name}{year}"


def _spell_out(program: Program, paths: tuple[str, ...], report_types: ReportTypes) -> int:
    """Write a report for git; what cannot be read goes to it as it is."""
    if len(paths) != 1:
        raise click.UsageError(program.say("请写一个文件", "name one file"))
    path = Path(paths[0])
    try:
        document = open_document(path)
        form = report_type_of(document, path, report_types).form
    except DisclosureError:
        data(path.read_bytes().decode(errors="replace") if path.is_file() else "")
        return ExitCode.CLEAN
    lines = spelled_out(form, Report(document.data), program.language_of(form))
    data("\n".join(lines))
    return ExitCode.CLEAN


def _for_git(program: Program, arguments: tuple[str, ...], report_types: ReportTypes) -> int:
    """Show one file to git. It takes any other exit code than 0 for a fault and stops."""
    given = given_by_git(arguments)
    if given is None:
        say = program.say("没有处理完的合并，还不能比较", "not merged yet, nothing to compare")
        data(printable(f"* {arguments[0]}: {say}"))
        return ExitCode.CLEAN
    try:
        old, new = given.states()
        comparison = compare_states(old, new, report_types)
    except DisclosureError as error:
        if given.names_a_report:
            data("\n".join(printable(line) for line in error.told(program.language).split("\n")))
        data("\n".join(printable(line) for line in plain_diff(given)))
        return ExitCode.CLEAN
    _print(comparison, (old, new), program.language_of(comparison.form), None)
    if not comparison.changes:
        data(program.say("（只是写法不同）", "(only the way it is written differs)"))
    return ExitCode.CLEAN
