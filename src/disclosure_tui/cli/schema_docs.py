"""`disclosure schema docs`: a form as a document to read, print or publish."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from disclosure_tui.cli.exit_code import ExitCode
from disclosure_tui.cli.program import (
    Program,
    command,
    language_option,
    schema_folder_option,
    trusted_only_option,
)
from disclosure_tui.cli.written_pages import hand_out, output_option
from disclosure_tui.documenting import form_page, html_page, label_languages, markdown_page
from disclosure_tui.language import Text
from disclosure_tui.report_type import LoadedReportType

__all__ = ["docs_command"]

_WRITERS = {"html": html_page, "markdown": markdown_page}


def docs_command(
    program: Program, load: Callable[[Program, str, tuple[Path, ...]], LoadedReportType]
) -> click.Command:
    """Return the command.

    Args:
        program: What all commands share.
        load: Loads a report type by its name, or a schema by its file.
    """

    def docs(
        name: str,
        form: str,
        labels: tuple[str, ...],
        output: Path | None,
        schema_dir: tuple[Path, ...],
    ) -> int:
        loaded = load(program, name, schema_dir)
        known = label_languages(loaded.form)
        for tag in labels:
            if tag not in known:
                there = program.say("、", ", ").join(known)
                raise click.UsageError(
                    program.say(
                        f"没有【{tag}】的标题；有的：{there}",
                        f"no labels in {tag!r}; there are: {there}",
                    )
                )
        page = form_page(loaded, program.language_of(loaded.form), tuple(dict.fromkeys(labels)))
        hand_out(program, _WRITERS[form](page), output)
        return ExitCode.CLEAN

    text = Text(
        "把一种格式写成文档：各部分、印出来的表、键和位置、可填的值、校验规则和依据、扩展点。",
        "Write a form as a document: sections, tables as printed, keys and places, values, "
        "rules with their authority, extension points.",
    )
    options = [
        click.Argument(["name"], metavar=program.say("名称或格式文件", "NAME_OR_FILE")),
        click.Option(
            ["--to", "form"],
            type=click.Choice(sorted(_WRITERS)),
            default="markdown",
            help=program.say("格式，默认 markdown", "Format; markdown by default"),
        ),
        click.Option(
            ["--labels"],
            multiple=True,
            metavar=program.say("语言", "LANGUAGE"),
            help=program.say(
                "标题用哪种语言（如 zh、en），可多次使用",
                "Language of the labels (zh, en); may be repeated",
            ),
        ),
        output_option(program),
        schema_folder_option(program),
        trusted_only_option(program),
        language_option(program),
    ]
    summary = Text("把一种格式写成文档", "Write a form as a document")
    return command(program, "docs", docs, summary, text, options)
