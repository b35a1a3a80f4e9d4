"""`disclosure schema dialect`: what an editor needs to complete and check schema files."""

from __future__ import annotations

import json
from pathlib import Path

import click

from disclosure_tui.cli.exit_code import ExitCode
from disclosure_tui.cli.output import narrate
from disclosure_tui.cli.program import Program, command, language_option
from disclosure_tui.cli.written_pages import hand_out, output_option
from disclosure_tui.language import Text
from disclosure_tui.rules.registry import item_schemas
from disclosure_tui.schema.dialect import editor_settings, whole_dialect

__all__ = ["dialect_command"]

_SCHEMA, _SETTINGS = "json-schema", "vscode"


def dialect_command(program: Program) -> click.Command:
    """Return the command."""

    def dialect(form: str, output: Path | None) -> int:
        found = whole_dialect(item_schemas(), program.language)
        if form == _SETTINGS:
            found = editor_settings(found)
            if output is not None and output.exists():
                # An editor keeps other settings in the same file; they are not ours to lose.
                narrate(
                    program.say(
                        f"{output}：已经有设置，没有改动；请打印出来，把【json.schemas】并进去",
                        f"{output}: has settings already and was left alone; print these "
                        "and put json.schemas among them",
                    )
                )
                return ExitCode.UNREADABLE
        hand_out(program, json.dumps(found, ensure_ascii=False, indent=2) + "\n", output)
        return ExitCode.CLEAN

    text = Text(
        "给出格式文件的写法，是一个 JSON 文件：写格式文件时，编辑器据此补全、说明和检查。",
        "Print the JSON Schema of schema files: by it an editor completes, explains and checks "
        "while a schema is written.",
    )
    options = [
        click.Option(
            ["--to", "form"],
            type=click.Choice([_SCHEMA, _SETTINGS]),
            default=_SCHEMA,
            help=program.say(
                "json-schema（默认），或 vscode 编辑器的设置",
                "json-schema (default), or the settings of vscode that hold it",
            ),
        ),
        output_option(program),
        language_option(program),
    ]
    summary = Text("给编辑器用的格式写法", "What editors complete schemas from")
    return command(program, "dialect", dialect, summary, text, options)
