"""`disclosure rules`: the rules of a form, and what one of them checks and why."""

from __future__ import annotations

import difflib
from pathlib import Path

import click

from disclosure_tui.cli.exit_code import ExitCode
from disclosure_tui.cli.output import data
from disclosure_tui.cli.program import (
    Program,
    command,
    language_option,
    reports_folder_option,
    schema_folder_option,
    trusted_only_option,
)
from disclosure_tui.explaining import explained, rule_rows
from disclosure_tui.language import Text
from disclosure_tui.report_type import LoadedReportType

__all__ = ["SUMMARY", "build"]

SUMMARY = Text("查看校验规则", "List and explain the rules")


def build(program: Program) -> click.Command:
    """Return the group of commands."""
    group = click.Group(
        "rules",
        help=SUMMARY.in_(program.language),
        options_metavar=program.say("[选项]", "[OPTIONS]"),
        subcommand_metavar=program.say("命令 [参数]", "COMMAND [ARGS]"),
        params=[language_option(program)],
    )
    group.add_command(_list_command(program))
    group.add_command(_explain_command(program))
    return group


def _type_option(program: Program) -> click.Option:
    return click.Option(
        ["--type", "name"],
        help=program.say(
            "报告种类（见 schema list），默认全部",
            "Report type (see schema list); all by default",
        ),
    )


def _types(
    program: Program, name: str | None, folder: Path, schema_dir: tuple[Path, ...]
) -> list[LoadedReportType]:
    report_types = program.report_types(schema_dir)
    if name is not None:
        return [report_types.load(name, folder)]
    return [report_types.load(each, folder) for each in report_types.catalog_at(folder).names()]


def _list_command(program: Program) -> click.Command:
    def list_rules(name: str | None, folder: Path, schema_dir: tuple[Path, ...]) -> int:
        for loaded in _types(program, name, folder, schema_dir):
            language = program.language_of(loaded.form)
            data(f"{loaded.form.report_type.name}")
            for row in rule_rows(loaded, language):
                data("  " + "  ".join(row))
            data(loaded.stamp.words().in_(language))
        return ExitCode.CLEAN

    text = Text("列出校验规则：级别、编号、内容。", "List the rules: weight, id, what they check.")
    options = [
        _type_option(program),
        reports_folder_option(program),
        schema_folder_option(program),
        trusted_only_option(program),
        language_option(program),
    ]
    summary = Text("列出校验规则", "List the rules")
    return command(program, "list", list_rules, summary, text, options)


def _explain_command(program: Program) -> click.Command:
    def explain(rule: str, name: str | None, folder: Path, schema_dir: tuple[Path, ...]) -> int:
        found = False
        known: set[str] = set()
        for loaded in _types(program, name, folder, schema_dir):
            language = program.language_of(loaded.form)
            known.update(row[1] for row in rule_rows(loaded, language))
            text = explained(loaded, rule, language)
            if text:
                stamp = loaded.stamp.words().in_(language)
                name_line = loaded.form.report_type.name
                data(("\n" if found else "") + f"{name_line}\n{text}\n{stamp}")
                found = True
        if not found:
            raise click.UsageError(_unknown(program, rule, sorted(known)))
        return ExitCode.CLEAN

    text = Text(
        "说明一条校验规则：内容、算式、依据、例子、怎么改。",
        "Explain a rule: what it checks, formula, authority, example, how to fix.",
    )
    options = [
        click.Argument(["rule"], metavar=program.say("编号", "ID")),
        _type_option(program),
        reports_folder_option(program),
        schema_folder_option(program),
        trusted_only_option(program),
        language_option(program),
    ]
    summary = Text("说明一条校验规则", "Explain a rule")
    return command(program, "explain", explain, summary, text, options)


def _unknown(program: Program, rule: str, known: list[str]) -> str:
    close = difflib.get_close_matches(rule.upper(), known, n=1, cutoff=0.4)
    if close:
        return program.say(
            f"没有【{rule}】这条规则，是不是 {close[0]}？", f"no rule {rule!r}: {close[0]}?"
        )
    return program.say(
        f"没有【{rule}】这条规则，可查：{'、'.join(known)}", f"no rule {rule!r}: {', '.join(known)}"
    )
