"""`disclosure prior`: what a report is compared with, and what to compare it with instead."""

from __future__ import annotations

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
from disclosure_tui.language import Text
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Plain
from disclosure_tui.naming_prior import name_file, type_figures, wanted_figures
from disclosure_tui.prior import PriorStatus
from disclosure_tui.render.width import printable
from disclosure_tui.render.wording import Wording
from disclosure_tui.session import Session
from disclosure_tui.store.person import current_person

__all__ = ["SUMMARY", "build"]

SUMMARY = Text("查看和指定上年年报", "Show or name last year's report")

_STATUS = {
    PriorStatus.USED: Text("已与上年年报核对", "compared with"),
    PriorStatus.TYPED: Text("已与录入的上年数核对", "compared with figures typed in"),
    PriorStatus.NONE: Text("没有找到上年年报", "no report of last year"),
    PriorStatus.DIGEST_DIFFERS: Text("已核对，但文件改过", "compared, but it was changed since"),
}
_UNUSABLE = Text("上年年报不能用", "last year's report cannot be used")


def build(program: Program) -> click.Command:
    """Return the command."""
    say = program.say
    text = Text(
        "查看与哪一份上年年报核对、还缺哪些上年的数。可以指定文件，也可以按纸质年报录入。",
        "Show which report of last year is compared with and which figures are missing. "
        "Name a file, or type the figures of a printed report.",
    )
    options: list[click.Parameter] = [
        click.Argument(["path"], type=click.Path(path_type=Path), metavar=say("文件", "FILE")),
        click.Option(
            ["--file", "file"],
            type=click.Path(path_type=Path),
            help=say("上年年报的文件", "Last year's file"),
        ),
        click.Option(
            ["--figure", "figures"],
            type=(str, str),
            multiple=True,
            metavar=say("地址 数", "POINTER FIGURE"),
            help=say(
                "按纸质年报录入一个上年的数（可多次使用）",
                "A figure of the printed report (may be repeated)",
            ),
        ),
        schema_folder_option(program),
        trusted_only_option(program),
        language_option(program),
    ]
    return command(
        program, "prior", lambda **given: _prior(program, **given), SUMMARY, text, options
    )


def _prior(
    program: Program,
    *,
    path: Path,
    file: Path | None,
    figures: tuple[tuple[str, str], ...],
    schema_dir: tuple[Path, ...],
) -> int:
    if file is not None and figures:
        raise click.UsageError(
            program.say("--file 和 --figure 只能用一个", "use --file or --figure, not both")
        )
    session = Session.open(path, program.report_types(schema_dir), journaled=False)
    try:
        if file is not None:
            name_file(session, file)
        elif figures:
            typed = {pointer_from(pointer): text for pointer, text in figures}
            type_figures(session, _read(session, typed), by=current_person().name)
        if session.save():
            narrate(program.say("已写入", "written"))
        _tell(program, session)
    finally:
        session.close(drop=True)
    return ExitCode.CLEAN


def _read(session: Session, typed: dict[Pointer, str]) -> dict[Pointer, Plain]:
    """Understand the texts by the types of their places."""
    values: dict[Pointer, Plain] = {}
    for pointer, text in typed.items():
        node = session.form.node(pointer)
        values[pointer] = text if node is None or node.cell is None else node.cell.read(text)
    return values


def _tell(program: Program, session: Session) -> None:
    language = program.language_of(session.form)
    wording = Wording(session.form, language)
    found = session.prior
    status = _STATUS.get(found.status, _UNUSABLE).in_(language)
    data(printable(" ".join(filter(None, (status, found.file)))))
    for finding in found.findings:
        data(printable(f"{finding.severity.mark} {wording.panel(finding)}"))
    for pointer in wanted_figures(session.report_type.checker, session.form, found):
        data(printable(f"_ {pointer}  {wording.path(pointer)}"))
