"""`disclosure schema diff`: what a new schema says otherwise, in the words of the form."""

from __future__ import annotations

from pathlib import Path

import click

from disclosure_tui.amending.comparing import compare_schemas
from disclosure_tui.amending.json_format import write_schema_comparison
from disclosure_tui.amending.naming import is_file_name, schema_in_file, schema_named
from disclosure_tui.amending.pairing import Mapped
from disclosure_tui.amending.text_format import set_schema_comparison
from disclosure_tui.cli.exit_code import ExitCode
from disclosure_tui.cli.output import data, lines_width, print_lines
from disclosure_tui.cli.program import (
    Program,
    command,
    language_option,
    schema_folder_option,
    trusted_only_option,
)
from disclosure_tui.language import Text
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.render.comparison_text import ComparisonPage
from disclosure_tui.report_type import LoadedReportType

__all__ = ["diff_command", "output_options"]


def diff_command(program: Program) -> click.Command:
    """Build the command."""

    def diff(
        old: str,
        new: str,
        mapping: tuple[str, ...],
        form: str,
        width: int | None,
        schema_dir: tuple[Path, ...],
    ) -> int:
        report_types = program.report_types(schema_dir)
        # An overlay is compared with what is in force, additions included; a schema without them.
        named = [name for name in (old, new) if is_file_name(name)]
        files = [schema_in_file(Path(name), report_types) for name in named]
        overlaid = any(loaded.form.overlay is not None for loaded in files)
        before, after = (schema_named(name, report_types, overlaid=overlaid) for name in (old, new))
        mapped = _mapping(program, mapping, before, after)
        comparison = compare_schemas(before, after, mapped)
        language = program.language_of(comparison.new.form)
        if form == "json":
            data(write_schema_comparison(comparison, language))
        else:
            page = ComparisonPage(language, lines_width(width))
            print_lines(set_schema_comparison(comparison, page), page.width or 0)
        return ExitCode.CLEAN if comparison.is_same else ExitCode.DIFFERENT

    text = Text(
        "比较两个格式，可以写文件，也可以写名称（种类/版本，或 种类/版本@格式文件的版本）。"
        "用表样上的名称列出：增加、删去、改名、拆分、移动的行和列，"
        "改动、改级别、暂停的校验规则。"
        "退出码：0 相同；1 不同；3 格式文件用不了。",
        "Compare two schemas, named by file, TYPE/EDITION or TYPE/EDITION@VERSION. "
        "Told in printed labels: rows and columns added, removed, renamed, split "
        "or moved; rules changed, re-graded or suspended. "
        "Exit codes: 0 same, 1 different, 3 a schema cannot be used.",
    )
    options = [
        click.Argument(["old"], metavar=program.say("旧格式", "OLD")),
        click.Argument(["new"], metavar=program.say("新格式", "NEW")),
        click.Option(
            ["--map", "mapping"],
            multiple=True,
            metavar=program.say("新位置=旧位置", "NEW=OLD"),
            help=program.say(
                "两处是同一项；几处等于同一处的，是从它拆分出来的。可多次使用",
                "Two places are the same one; several that equal one were split from it. "
                "May be repeated",
            ),
        ),
        *output_options(program),
        schema_folder_option(program),
        trusted_only_option(program),
        language_option(program),
    ]
    summary = Text("比较两个格式文件", "Compare two schemas")
    return command(program, "diff", diff, summary, text, options)


def output_options(program: Program) -> list[click.Parameter]:
    """Return the options that say how to print."""
    return [
        click.Option(
            ["--format", "form"],
            type=click.Choice(["text", "json"]),
            default="text",
            help=program.say("输出格式", "Format of the output"),
        ),
        click.Option(
            ["--width"],
            type=click.IntRange(min=40),
            help=program.say("行宽，默认为终端的宽度", "Width of lines; that of the terminal"),
        ),
    ]


def _mapping(
    program: Program, given: tuple[str, ...], old: LoadedReportType, new: LoadedReportType
) -> tuple[Mapped, ...]:
    """Read what a person says is the same.

    Raises:
        click.UsageError: A place is not in its form.
    """
    found = []
    for text in given:
        here, sign, there = text.partition("=")
        pair = Pointer(there.strip().split(".")), Pointer(here.strip().split("."))
        if not sign:
            raise click.UsageError(
                program.say(f"--map {text} 要写成 新位置=旧位置", f"--map {text}: write NEW=OLD")
            )
        for pointer, form in zip(pair, (old.form, new.form), strict=True):
            if form.node(pointer) is None:
                name, place = form.report_type.name, ".".join(pointer)
                raise click.UsageError(
                    program.say(
                        f"--map {text}：{name} 里没有【{place}】",
                        f"--map {text}: {name} has no place {place!r}",
                    )
                )
        found.append(pair)
    return tuple(found)
