"""`disclosure convert`: write a UTF-8 copy of a file in another encoding."""

from __future__ import annotations

from pathlib import Path

import click

from disclosure_tui.cli.exit_code import ExitCode
from disclosure_tui.cli.output import data, narrate
from disclosure_tui.cli.program import Program, command, language_option
from disclosure_tui.errors import DocumentError
from disclosure_tui.language import Text
from disclosure_tui.render.width import printable
from disclosure_tui.store.conversion import to_utf_8
from disclosure_tui.store.document import Document
from disclosure_tui.store.encodings import ENCODINGS
from disclosure_tui.store.files import read_bytes, save

__all__ = ["SUMMARY", "build"]

SUMMARY = Text("把其他编码的文件另存为 UTF-8", "Write a UTF-8 copy of a file")


def build(program: Program) -> click.Command:
    """Return the command."""
    say = program.say

    def convert(path: Path, new: Path, encoding: str | None) -> int:
        return _convert(program, path, new, encoding)

    return command(
        program,
        "convert",
        convert,
        SUMMARY,
        Text(
            "把 GB18030（GBK、GB2312）或 UTF-16 编码的文件另存为 UTF-8 的新文件。"
            "原文件不动，已有的文件不覆盖，换行照旧。Big5 要用 --from 写明。",
            "Write a UTF-8 copy of a file in GB18030 (GBK, GB2312) or UTF-16. The file itself "
            "stays, no other file is overwritten, line breaks are kept. Big5 has to be named "
            "with --from.",
        ),
        [
            click.Argument(["path"], type=click.Path(path_type=Path), metavar=say("文件", "FILE")),
            click.Option(
                ["--to", "new"],
                type=click.Path(path_type=Path),
                required=True,
                metavar=say("新文件", "NEW"),
                help=say("新文件", "The new file"),
            ),
            click.Option(
                ["--from", "encoding"],
                type=click.Choice(ENCODINGS, case_sensitive=False),
                help=say("原来的编码，默认自动识别", "Its encoding; recognised by default"),
            ),
            language_option(program),
        ],
    )


def _convert(program: Program, path: Path, new: Path, encoding: str | None) -> int:
    converted = to_utf_8(read_bytes(path), str(path), encoding)
    save(new, converted.content, expected_sha256=None)
    narrate(
        program.say(
            f"已由 {converted.encoding} 转为 UTF-8，写入 {new}。请核对这一行的文字：",
            f"Converted from {converted.encoding} to UTF-8 and written to {new}. "
            "Check that this line reads well:",
        )
    )
    data(printable(_sample(converted.content.decode("utf-8"))))
    try:
        Document.read(converted.content, str(new))
    except DocumentError as error:
        # The copy is right; what stands in it is to be mended in it.
        narrate(error.told(program.language))
        return ExitCode.UNREADABLE
    return ExitCode.CLEAN


def _sample(text: str) -> str:
    """Return the first line with letters beyond ASCII: a wrong encoding shows there."""
    lines = text.splitlines() or [""]
    return next((line for line in lines if not line.isascii()), lines[0])
