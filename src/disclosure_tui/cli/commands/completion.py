"""`disclosure completion`: the script that lets a shell complete commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from disclosure_tui.cli.exit_code import ExitCode
from disclosure_tui.cli.output import data
from disclosure_tui.cli.program import Program, ProgramGroup, command, language_option
from disclosure_tui.language import Text

__all__ = ["SUMMARY", "build"]

SUMMARY = Text("输出命令补全脚本", "Print a completion script for a shell")
SHELLS = ("bash", "zsh", "fish")


def build(program: Program) -> click.Command:
    """Return the command."""

    def completion(shell: str) -> int:
        found = get_completion_class(shell)
        assert found is not None
        group = ProgramGroup(program, lambda _program: ExitCode.CLEAN)
        data(found(group, {}, "disclosure", "_DISCLOSURE_COMPLETE").source())
        return ExitCode.CLEAN

    text = Text(
        '输出补全脚本。bash 用户可在 ~/.bashrc 加一行：eval "$(disclosure completion bash)"',
        'Print the script. In bash add to ~/.bashrc: eval "$(disclosure completion bash)"',
    )
    options = [
        click.Argument(["shell"], type=click.Choice(SHELLS)),
        language_option(program),
    ]
    return command(program, "completion", completion, SUMMARY, text, options)
