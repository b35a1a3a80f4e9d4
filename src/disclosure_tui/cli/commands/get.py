"""`disclosure get`: print values of a report."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from disclosure_tui.cli.exit_code import ExitCode
from disclosure_tui.cli.output import data
from disclosure_tui.cli.pointers import POINTER
from disclosure_tui.cli.program import Program, command, language_option
from disclosure_tui.errors import DocumentError
from disclosure_tui.language import Text
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.opening import open_document
from disclosure_tui.render.width import printable

__all__ = ["SUMMARY", "build"]

SUMMARY = Text("读出报告里的值", "Print values of a report")


def build(program: Program) -> click.Command:
    """Return the command."""

    def get(path: Path, pointers: tuple[Pointer, ...]) -> int:
        report = Report(open_document(path).data)
        for pointer in pointers:
            if not report.has(pointer):
                raise DocumentError(
                    Text(f"没有【{pointer}】这个地方", f"there is no place {pointer}"),
                    where=str(path),
                )
            data(_shown(report.value_at(pointer)))
        return ExitCode.CLEAN

    text = Text(
        "按地址读出值，一行一个：文字照原样，未填是空行，一组值写成 JSON。",
        "Print values by address, one a line: texts as they are, a blank as an empty line, "
        "groups of values as JSON.",
    )
    options = [
        click.Argument(
            ["path"], type=click.Path(path_type=Path), metavar=program.say("文件", "FILE")
        ),
        click.Argument(
            ["pointers"],
            nargs=-1,
            required=True,
            type=POINTER,
            metavar=program.say("地址...", "POINTER..."),
        ),
        language_option(program),
    ]
    return command(program, "get", get, SUMMARY, text, options)


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return "\n".join(printable(line) for line in value.split("\n"))
    return json.dumps(value, ensure_ascii=False, default=_decimal)


def _decimal(value: object) -> str:
    """Keep an amount exact inside of a group: JSON readers would round it."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)
