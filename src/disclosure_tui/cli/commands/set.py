"""`disclosure set`: put values into a report as one verified transaction."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from disclosure_tui.cli.exit_code import ExitCode
from disclosure_tui.cli.output import data, narrate
from disclosure_tui.cli.pointers import pointer_from
from disclosure_tui.cli.program import (
    Program,
    command,
    language_option,
    schema_folder_option,
    trusted_only_option,
)
from disclosure_tui.errors import EditRefused, SchemaError
from disclosure_tui.language import Text
from disclosure_tui.model.form import Form
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Plain
from disclosure_tui.opening import open_document, report_type_of
from disclosure_tui.render.width import printable
from disclosure_tui.render.wording import Wording, number_text
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.session import Commit, ReportHeld, Session
from disclosure_tui.session.editing import Editing

__all__ = ["SUMMARY", "build"]

SUMMARY = Text("修改报告里的值", "Put values into a report")


def build(program: Program) -> click.Command:
    """Return the command."""

    def set_values(
        path: Path,
        pairs: tuple[str, ...],
        *,
        dry_run: bool,
        anyway: bool,
        schema_dir: tuple[Path, ...],
    ) -> int:
        wanted = _wanted(program, pairs)
        report_types = program.report_types(schema_dir)
        if dry_run:
            return _tried(program, path, wanted, report_types)
        session = Session.open(path, report_types, journaled=False)
        try:
            return _done(program, session, wanted, report_types, anyway=anyway)
        finally:
            session.close(drop=True)

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
        click.Option(
            ["--anyway"],
            is_flag=True,
            help=program.say(
                "有人正在填报也照改，两边的改动合并",
                "Change it even while somebody fills it in; both are merged",
            ),
        ),
        schema_folder_option(program),
        trusted_only_option(program),
        language_option(program),
    ]
    built = command(program, "set", set_values, SUMMARY, text, options)
    built.ignore_unknown_options = True  # a value may be a negative figure
    return built


def _tried(
    program: Program, path: Path, wanted: Mapping[Pointer, str], report_types: ReportTypes
) -> int:
    """Show what would change; there is no session, so nothing is locked or created."""
    document = open_document(path)
    editing = Editing(document, report_type_of(document, path, report_types), path)
    if editing.set_values(_values(editing.form, wanted)) is None:
        narrate(_nothing(program))
    else:
        data(_difference(document.text, editing.document.text, str(path)))
    return ExitCode.CLEAN


def _done(
    program: Program,
    session: Session,
    wanted: Mapping[Pointer, str],
    report_types: ReportTypes,
    *,
    anyway: bool,
) -> int:
    try:
        if anyway:
            session.edit_anyway()
        _refuse_unknown_schema(session, wanted, report_types)
        commit = session.set_values(_values(session.form, wanted))
    except ReportHeld as held:
        held.hint = Text(
            "没有改动。请先与对方联系；要照改的，加上 --anyway。",
            "Nothing was changed. Talk to them, or add --anyway.",
        )
        raise
    if commit is None:
        narrate(_nothing(program))
        return ExitCode.CLEAN
    result = session.save()
    _tell(program, session, commit)
    language = program.language_of(session.form)
    notes = [news.text for news in session.poll()] + list(result.notes if result else ())
    for note in notes:
        narrate(note.in_(language))
    return ExitCode.CLEAN


def _refuse_unknown_schema(
    session: Session, wanted: Mapping[Pointer, str], report_types: ReportTypes
) -> None:
    """Refuse to name a schema that there is not: no command could open the report any more.

    Raises:
        SchemaError: There is no such schema.
    """
    if any(pointer[:1] in _NAMING for pointer in wanted):
        path = session.path
        editing = Editing(open_document(path), session.report_type, path)
        editing.set_values(_values(editing.form, wanted))
        try:
            report_type_of(editing.document, path, report_types)
        except SchemaError as error:
            left = Text("；没有改动", "; nothing was changed")
            raise SchemaError(error.what + left, hint=error.hint, where=error.where) from error


_NAMING = (("schema",), ("report_type",))
"""Places that decide which schema a report is judged by."""


def _tell(program: Program, session: Session, commit: Commit) -> None:
    wording = Wording(session.form, program.language_of(session.form))
    changed = {leaf: v for place in commit.pointers for leaf, v in session.report.leaves(place)}
    for pointer, value in changed.items():
        data(f"{wording.path(pointer)}: {printable(_text(value))}")


def _nothing(program: Program) -> str:
    return program.say("没有要改的", "nothing to change")


def _wanted(program: Program, pairs: tuple[str, ...]) -> dict[Pointer, str]:
    if len(pairs) % 2:
        raise click.UsageError(program.say("地址和值要成对写", "pointers and values come in pairs"))
    return dict(zip(map(pointer_from, pairs[::2]), pairs[1::2], strict=True))


def _values(form: Form, wanted: Mapping[Pointer, str]) -> dict[Pointer, Plain]:
    """Understand the texts by the types of their places; a place must be one of the form."""
    values: dict[Pointer, Plain] = {}
    for pointer, text in wanted.items():
        node = form.node(pointer)
        if node is None or node.cell is None:
            raise EditRefused(
                Text(f"表上没有【{pointer}】这一格", f"the form has no value at {pointer}"),
                hint=Text("地址可用 disclosure schema show 查看", "see disclosure schema show"),
            )
        values[pointer] = node.cell.read(text)
    return values


def _text(value: Plain) -> str:
    return "" if value is None else number_text(value)


def _difference(before: str, after: str, name: str) -> str:
    """Return a unified diff; exact where it goes to a file or a pipe."""
    old, new = _lines(before), _lines(after)
    lines = difflib.unified_diff(old, new, name, name)
    show = printable if sys.stdout.isatty() else str
    shown = (show(line.removesuffix("\n")) + "\n" for line in lines)
    return "".join(shown).replace(_OPEN_END + "\n", "\n\\ No newline at end of file\n")


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    ended = [line + "\n" for line in lines[:-1]]
    return ended if lines[-1] == "" else [*ended, lines[-1] + _OPEN_END]


_OPEN_END = "\ue000"
"""Marks a last line without a line break, which `patch` wants to be told of."""
