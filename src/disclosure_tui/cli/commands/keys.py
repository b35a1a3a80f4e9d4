"""`disclosure keys`: the keys of the editor as they are settled, and what of that is not used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_tui.cli.exit_code import ExitCode
from disclosure_tui.cli.output import data, narrate
from disclosure_tui.cli.program import Program, command, language_option
from disclosure_tui.language import Text
from disclosure_tui.settings import user_file

if TYPE_CHECKING:
    import click

__all__ = ["SUMMARY", "build"]

SUMMARY = Text("列出填报界面的键", "List the keys of the editor")


def build(program: Program) -> click.Command:
    """Return the command."""
    text = Text(
        "列出填报界面各命令的名称和键。要换键，在设置文件的 [keys] 里写命令和键；"
        "没有采用的会说明在哪一行、为什么。",
        "List the commands of the editor with their keys. To change keys write command and key "
        "into [keys] of the settings file; what is not used is told with its line.",
    )
    return command(
        program, "keys", lambda: _keys(program), SUMMARY, text, [language_option(program)]
    )


def _keys(program: Program) -> int:
    from disclosure_tui.tui.key_listing import Keymap, key_lines

    keymap = Keymap.of(program.settings.keys)
    for line in key_lines(keymap, program.language):
        data(line)
    narrate(program.say(f"设置文件：{user_file()}", f"settings file: {user_file()}"))
    for fault in keymap.faults:
        narrate(fault.told(program.language))
    return ExitCode.FINDINGS if keymap.faults or program.settings.faults else ExitCode.CLEAN
