"""Where a page that a command makes goes: to stdout, or into a file."""

from __future__ import annotations

from pathlib import Path

import click

from disclosure_tui.cli.output import data
from disclosure_tui.cli.program import Program
from disclosure_tui.store.products import replace_file

__all__ = ["hand_out", "output_option"]


def output_option(program: Program) -> click.Option:
    """Return `--output`."""
    return click.Option(
        ["--output"],
        type=click.Path(path_type=Path, dir_okay=False),
        metavar=program.say("文件", "FILE"),
        help=program.say("写到这个文件，默认打印出来", "Write into this file; printed by default"),
    )


def hand_out(program: Program, text: str, output: Path | None) -> None:
    """Print a text, or write it into a file and say so.

    Raises:
        SaveError: The file cannot be written.
    """
    if output is None:
        data(text)
        return
    content = text.encode()
    replace_file(output, content)
    size = len(content)
    data(program.say(f"{output}  {size} 字节", f"{output}  {size} bytes"))
