"""`disclosure history`: the versions that are kept of a report, compared and brought back."""

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
from disclosure_tui.errors import DocumentError
from disclosure_tui.language import Text
from disclosure_tui.model.form import Form
from disclosure_tui.opening import open_document, report_type_of
from disclosure_tui.render.comparison import Comparison, compared
from disclosure_tui.render.comparison_text import ComparisonPage, set_comparison
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.session import Session, Version
from disclosure_tui.session.restoring import document_of, made_again
from disclosure_tui.store.document import Document
from disclosure_tui.store.history import versions

__all__ = ["SUMMARY", "build"]

SUMMARY = Text("查看、比较、还原历史版本", "List, compare and restore earlier versions")


def build(program: Program) -> click.Command:
    """Return the command."""
    say = program.say

    def history(
        path: Path,
        *,
        compare: int | None,
        other: int | None,
        restore: int | None,
        schema_dir: tuple[Path, ...],
    ) -> int:
        if (compare is not None and restore is not None) or (other is not None and compare is None):
            raise click.UsageError(
                say(
                    "--compare 和 --restore 不能同时用，--with 要和 --compare 一起用",
                    "--compare and --restore exclude each other; --with goes with --compare",
                )
            )
        report_types = program.report_types(schema_dir)
        if compare is not None:
            return _compare(program, path, compare, other, report_types)
        if restore is not None:
            return _restore(program, path, restore, report_types)
        return _list(program, path)

    number = click.IntRange(min=1)
    options = [
        click.Argument(["path"], type=click.Path(path_type=Path), metavar=say("文件", "FILE")),
        click.Option(
            ["--compare"],
            type=number,
            metavar=say("序号", "N"),
            help=say("第几个版本与现在相比，改了哪些格", "What changed from version N to now"),
        ),
        click.Option(
            ["--with", "other"],
            type=number,
            metavar=say("序号", "M"),
            help=say("不与现在比，与这个版本比", "Compare with version M instead of now"),
        ),
        click.Option(
            ["--restore"],
            type=number,
            metavar=say("序号", "N"),
            help=say(
                "还原这个版本；现在的内容先留存为一个版本",
                "Restore version N; the present state is kept as a version first",
            ),
        ),
        schema_folder_option(program),
        trusted_only_option(program),
        language_option(program),
    ]
    text = Text(
        "列出报告旁边留存的历史版本，最新的在前。每天保留最后一次保存的内容。",
        "List the versions kept beside a report, the newest first. Of each day the last save is "
        "kept.",
    )
    return command(program, "history", history, SUMMARY, text, options)


def _list(program: Program, path: Path) -> int:
    found = versions(path)
    if not found:
        _require(path)
        narrate(program.say("还没有历史版本", "there are no earlier versions yet"))
    now = open_document(path).sha256 if path.exists() else ""
    for number, version in enumerate(found, 1):
        notes = []
        if version.is_set_aside:
            notes.append(
                Text(
                    "另存（放弃的改动，或还原前的内容）",
                    "set aside (given up, or from before a restore)",
                )
            )
        if version.sha256 == now:
            notes.append(Text("与现在相同", "same as now"))
        note = "".join(f"  {one.in_(program.language)}" for one in notes)
        size = program.say(f"{version.size} 字节", f"{version.size} bytes")
        data(f"{number:>2}  {version.when:%Y-%m-%d %H:%M}  {size}{note}")
    return ExitCode.CLEAN


def _compare(
    program: Program, path: Path, number: int, other: int | None, report_types: ReportTypes
) -> int:
    old = document_of(_version(path, number))
    new = open_document(path) if other is None else document_of(_version(path, other))
    found = compared(_form(new, path, report_types), old.data, new.data)
    later = str(path) if other is None else _named(path, _version(path, other))
    _show(program, found, (_named(path, _version(path, number)), later))
    return ExitCode.CLEAN


def _restore(program: Program, path: Path, number: int, report_types: ReportTypes) -> int:
    version = _version(path, number)
    if not path.exists():
        made_again(path, version)
        narrate(program.say(f"已还原 {path}", f"restored {path}"))
        return ExitCode.CLEAN
    session = Session.open(path, report_types, journaled=False)
    try:
        found = compared(session.form, session.report.data, document_of(version).data)
        if session.restore(version) is None:
            narrate(program.say("没有不同，不用还原", "no differences, nothing to restore"))
            return ExitCode.CLEAN
        result = session.save()
        language = program.language_of(found.form)
        _show(program, found, (str(path), _named(path, version)))
        for note in result.notes if result is not None else ():
            narrate(note.in_(language))
        narrate(
            program.say(
                f"已还原 {version.when:%Y-%m-%d %H:%M} 的版本；还原前的内容也留存在历史版本里",
                f"restored the version of {version.when:%Y-%m-%d %H:%M}; "
                "the state from before is kept as a version too",
            )
        )
        return ExitCode.CLEAN
    finally:
        session.close(drop=True)


def _version(path: Path, number: int) -> Version:
    found = versions(path)
    if number <= len(found):
        return found[number - 1]
    if not found:
        _require(path)
    raise DocumentError(
        Text(
            f"没有第 {number} 个历史版本，一共 {len(found)} 个",
            f"there is no version {number}, only {len(found)}",
        ),
        hint=Text(
            "不带选项的 disclosure history 列出全部版本",
            "disclosure history without options lists them all",
        ),
        where=str(path),
    )


def _require(path: Path) -> None:
    """Say what is wrong with a file that has no versions and cannot be read either.

    Raises:
        DocumentError: It cannot be read.
    """
    open_document(path)


def _form(document: Document, path: Path, report_types: ReportTypes) -> Form:
    return report_type_of(document, path, report_types).form


def _named(path: Path, version: Version) -> str:
    """Name a version by its day and time."""
    return f"{path} {version.when:%Y-%m-%d %H:%M}"


def _show(program: Program, found: Comparison, names: tuple[str, str]) -> None:
    page = ComparisonPage(program.language_of(found.form), lines_width(None))
    print_lines(set_comparison(found, names, page), page.width or 0)
