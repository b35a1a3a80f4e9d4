"""`disclosure set`: put values into a report as one verified transaction."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path

import click

from disclosure_tui.cli.exit_code import ExitCode
from disclosure_tui.cli.output import data, narrate
from disclosure_tui.cli.pointers import pointer_from
from disclosure_tui.cli.program import Program, command, language_option, schema_folder_option
from disclosure_tui.errors import EditRefused
from disclosure_tui.language import Text
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Plain
from disclosure_tui.render.width import printable
from disclosure_tui.render.wording import Wording
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.schema.catalog import Catalog
from disclosure_tui.session import Commit, Session

__all__ = ["SUMMARY", "build"]

SUMMARY = Text("修改报告里的值", "Put values into a report")


def build(program: Program) -> click.Command:
    """Return the command."""

    def set_values(
        path: Path, pairs: tuple[str, ...], *, dry_run: bool, schema_dir: tuple[Path, ...]
    ) -> int:
        wanted = _wanted(program, pairs)
        session = Session.open(path, ReportTypes(Catalog.of(schema_dir)))
        before = session.document.text
        commit = session.set_values(_values(session, wanted))
        if commit is None:
            narrate(program.say("没有要改的", "nothing to change"))
            return ExitCode.CLEAN
        if dry_run:
            data(_difference(before, session.document.text, str(path)))
            return ExitCode.CLEAN
        session.save()
        wording = Wording(session.form, program.language_of(session.form))
        for pointer, value in _changed(session, commit).items():
            data(f"{wording.path(pointer)}: {printable(_text(value))}")
        return ExitCode.CLEAN

    text = Text(
        "按地址修改值，一次改完、一次校验；相符的总计跟着变。空的值表示清除。",
        "Put values into places as one verified transaction; totals in step follow. "
        "An empty value blanks the place.",
    )
    options = [
        click.Argument(
            ["path"], type=click.Path(path_type=Path), metavar=program.say("文件", "FILE")
        ),
        click.Argument(
            ["pairs"],
            nargs=-1,
            required=True,
            metavar=program.say("地址 值 [地址 值]...", "POINTER VALUE [POINTER VALUE]..."),
        ),
        click.Option(
            ["--dry-run"],
            is_flag=True,
            help=program.say("只显示会改哪里，不写文件", "Show what would change; write nothing"),
        ),
        schema_folder_option(program),
        language_option(program),
    ]
    built = command(program, "set", set_values, SUMMARY, text, options)
    built.ignore_unknown_options = True  # a value may be a negative figure
    return built


def _wanted(program: Program, pairs: tuple[str, ...]) -> dict[Pointer, str]:
    if len(pairs) % 2:
        raise click.UsageError(program.say("地址和值要成对写", "pointers and values come in pairs"))
    return dict(zip(map(pointer_from, pairs[::2]), pairs[1::2], strict=True))


def _values(session: Session, wanted: Mapping[Pointer, str]) -> dict[Pointer, Plain]:
    """Understand the texts by the types of their places; a place must be one of the form."""
    values: dict[Pointer, Plain] = {}
    for pointer, text in wanted.items():
        node = session.form.node(pointer)
        if node is None or node.cell is None:
            raise EditRefused(
                Text(f"表上没有【{pointer}】这一格", f"the form has no value at {pointer}"),
                hint=Text("地址可用 disclosure schema show 查看", "see disclosure schema show"),
            )
        values[pointer] = node.cell.read(text)
    return values


def _changed(session: Session, commit: Commit) -> dict[Pointer, Plain]:
    """Return the values that were put in, and those that followed; of a new map its values."""
    places = commit.transaction.pointers
    return {leaf: value for place in places for leaf, value in session.report.leaves(place)}


def _text(value: Plain) -> str:
    return "" if value is None else str(value)


def _difference(before: str, after: str, name: str) -> str:
    lines = difflib.unified_diff(
        before.splitlines(), after.splitlines(), name, name, lineterm="", n=0
    )
    return "".join(printable(line) + "\n" for line in lines)
