"""`disclosure verify-published`: compare a published copy with the report file."""

from __future__ import annotations

from dataclasses import replace
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
from disclosure_tui.language import Text
from disclosure_tui.model.report import Report
from disclosure_tui.opening import open_document, report_type_of
from disclosure_tui.publication import Proof, json_format, read_page, text_format, verify
from disclosure_tui.publication.verifying import LARGEST_PAGE, formats
from disclosure_tui.store.files import read_head

__all__ = ["SUMMARY", "build"]

SUMMARY = Text("核对公开稿与报告文件是否一致", "Compare a published copy with the report")

_WRITERS = {module.NAME: module for module in (text_format, json_format)}


def build(program: Program) -> click.Command:
    """Return the command."""

    def verify_published(
        path: Path, page: Path, form: str, chosen: str | None, schema_dir: tuple[Path, ...]
    ) -> int:
        proof = _proof(program, path, page, chosen, schema_dir)
        data(_WRITERS[form].write(proof))
        return _code(proof)

    return command(
        program,
        "verify-published",
        verify_published,
        SUMMARY,
        Text(
            "把已公开的网页、Word、Excel、CSV 或 Markdown 文件读回来，与报告文件逐格、逐句核对，"
            "标题和标签与格式核对。读不出来的列出来，不猜。"
            "退出码：0 一致；1 有不同；2 用法有误；3 有读不出来的。",
            "Read back a published web page, Word, Excel, CSV or Markdown file and compare every "
            "figure and sentence with the report, headings and labels with the form. What cannot "
            "be read is listed, never guessed. Exit codes: 0 same, 1 differences, 2 usage, "
            "3 something could not be read.",
        ),
        _parameters(program),
    )


def _parameters(program: Program) -> list[click.Parameter]:
    say = program.say
    return [
        click.Argument(["path"], type=click.Path(path_type=Path), metavar=say("报告文件", "FILE")),
        click.Argument(["page"], type=click.Path(path_type=Path), metavar=say("公开稿", "PAGE")),
        click.Option(
            ["--format", "form"],
            type=click.Choice(sorted(_WRITERS, reverse=True)),
            default=text_format.NAME,
            help=say("输出格式", "Format of the output"),
        ),
        click.Option(
            ["--as", "chosen"],
            type=click.Choice(sorted(formats())),
            help=say(
                "公开稿是哪种文件，默认看后缀", "What the copy is, if its ending does not tell"
            ),
        ),
        schema_folder_option(program),
        trusted_only_option(program),
        language_option(program),
    ]


def _proof(
    program: Program, path: Path, page: Path, chosen: str | None, schema_dir: tuple[Path, ...]
) -> Proof:
    document = open_document(path)
    report_type = report_type_of(document, path, program.report_types(schema_dir))
    proof = verify(
        report_type.form,
        Report(document.data),
        read_page(read_head(page, LARGEST_PAGE + 1), str(page), chosen),
        file=str(path),
        sha256=document.sha256,
        language=program.chosen,
    )
    return replace(proof, schema=report_type.stamp)


def _code(proof: Proof) -> ExitCode:
    if proof.unread:
        return ExitCode.UNREADABLE
    return ExitCode.CLEAN if proof.is_same else ExitCode.FINDINGS
