"""`disclosure schema`: the forms there are, what a form holds, and whether a schema is sound."""

from __future__ import annotations

from pathlib import Path

import click

from disclosure_tui.cli.exit_code import ExitCode
from disclosure_tui.cli.output import data
from disclosure_tui.cli.program import (
    Program,
    command,
    language_option,
    schema_folder_option,
    trusted_only_option,
)
from disclosure_tui.cli.schema_checks import check_command
from disclosure_tui.cli.schema_dialect import dialect_command
from disclosure_tui.cli.schema_docs import docs_command
from disclosure_tui.cli.schema_list import list_command
from disclosure_tui.cli.schema_tests import test_command
from disclosure_tui.language import Language, Text
from disclosure_tui.model.form import Node, Role
from disclosure_tui.render.view import heading
from disclosure_tui.report_type import LoadedReportType, load_schema_file

__all__ = ["SUMMARY", "build"]

SUMMARY = Text("查看和校验格式文件", "List, show and check schemas")


def build(program: Program) -> click.Command:
    """Return the group of commands."""
    group = click.Group(
        "schema",
        help=SUMMARY.in_(program.language),
        options_metavar=program.say("[选项]", "[OPTIONS]"),
        subcommand_metavar=program.say("命令 [参数]", "COMMAND [ARGS]"),
        params=[language_option(program)],
    )
    commands = (
        list_command(program),
        _show_command(program),
        check_command(program),
        test_command(program),
        docs_command(program, _load),
        dialect_command(program),
    )
    for each in commands:
        group.add_command(each)
    return group


def _show_command(program: Program) -> click.Command:
    def show(name: str, schema_dir: tuple[Path, ...]) -> int:
        loaded = _load(program, name, schema_dir)
        language = program.language_of(loaded.form)
        data("\n".join(_described(loaded, language)))
        return ExitCode.CLEAN

    text = Text(
        "显示一种格式的各部分、各行各列和校验规则。",
        "Show the sections, rows, columns and rules of a form.",
    )
    options = [
        click.Argument(["name"], metavar=program.say("名称或格式文件", "NAME_OR_FILE")),
        schema_folder_option(program),
        trusted_only_option(program),
        language_option(program),
    ]
    summary = Text("显示一种格式的内容", "Show a form")
    return command(program, "show", show, summary, text, options)


def _load(program: Program, name: str, schema_dir: tuple[Path, ...]) -> LoadedReportType:
    """Load a report type by its name, or a schema by its file."""
    if name.endswith(".json"):
        return load_schema_file(Path(name), str(Path(name).parent))
    return program.report_types(schema_dir).load(name)


def _described(loaded: LoadedReportType, language: Language) -> list[str]:
    form, kind = loaded.form, loaded.form.report_type
    authority = "" if kind.authority is None else kind.authority.in_(language)
    lines = [
        f"{kind.name}  {form.root.label.title(language)}",
        f"{form.identifier}  {kind.version}  sha256 {form.sha256}",
        f"{authority}  {loaded.path}",
    ]
    for section in form.sections:
        lines.extend(["", heading(section, language) or section.label.title(language)])
        for node in section.walk():
            if node is not section:
                lines.extend(_node(node, section, language))
        lines.extend(
            f"  [{rule.identifier}] {rule.description.in_(language) if rule.description else ''}"
            for rule in loaded.checker.rules
            if rule.level.starts_with(section.pointer)
        )
    return [*lines, "", loaded.stamp.words().in_(language)]


def _node(node: Node, section: Node, language: Language) -> list[str]:
    depth = len(node.pointer) - len(section.pointer)
    if node.role in (Role.CELL, Role.COLUMN_GROUP):
        return []
    columns = " | ".join(leaf.label.title(language) for leaf in node.leaf_columns())
    title = node.label.title(language)
    return [f"{'  ' * depth}{title}  ({node.key})" + (f": {columns}" if columns else "")]
