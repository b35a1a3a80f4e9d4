"""Runs a command line: language first, then the command, then every error as a message."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
import traceback
from pathlib import Path

import click

from disclosure_tui.cli.chinese import speak
from disclosure_tui.cli.exit_code import ExitCode
from disclosure_tui.cli.output import full_screen, narrate
from disclosure_tui.cli.program import Program, ProgramGroup
from disclosure_tui.errors import DisclosureError
from disclosure_tui.language import Text
from disclosure_tui.settings import Settings, chosen_language

__all__ = ["run"]

_LAST_STREAM = 2


def run(arguments: list[str]) -> int:
    """Run the program with the arguments of a command line and return its exit code."""
    _open_streams()
    settings = Settings.read()
    program = Program(chosen_language(_asked_language(arguments), settings), settings)
    speak(program.language)
    group = ProgramGroup(program, _desk)
    for fault in settings.faults:
        narrate(fault.told(program.language))
    try:
        code = group.main(args=arguments, prog_name="disclosure", standalone_mode=False)
        # Here, not at exit: a pager that was left early is no fault.
        sys.stdout.flush()
    except click.exceptions.Abort:
        narrate(program.say("已中止。", "Interrupted."))
        return ExitCode.INTERRUPTED
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except DisclosureError as error:
        narrate(error.told(program.language))
        return ExitCode.UNREADABLE
    except KeyboardInterrupt:
        narrate(program.say("已中止。", "Interrupted."))
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        # The reader of a pipe went away: there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.CLEAN
    except Exception as error:
        return _unexpected(program, error)
    return int(code or 0)


def _open_streams() -> None:
    """Give the program its three streams where it was started without: then nobody reads them.

    Some job runners close them. A file opened later would get the number of one, and what is
    printed would end up in it.
    """
    while True:
        descriptor = os.open(os.devnull, os.O_RDWR)
        if descriptor > _LAST_STREAM:
            os.close(descriptor)
            break
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            mode = "w" if number else "r"
            stream = open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115 - stays open
            setattr(sys, name, stream)


def _asked_language(arguments: list[str]) -> str | None:
    """Find `--lang` wherever it stands: help and usage errors need it before click reads it."""
    for index, argument in enumerate(arguments):
        if argument == "--lang" and index + 1 < len(arguments):
            return arguments[index + 1]
        if argument.startswith("--lang="):
            return argument.partition("=")[2]
    return None


def _unexpected(program: Program, error: Exception) -> int:
    """Tell of a fault of the program itself; the details go to a file, not to the person."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix="disclosure-", suffix=".log", delete=False
    ) as stream:
        stream.write("".join(traceback.format_exception(error)))
    message = Text(
        f"程序自身出错，文件没有改动。详情已写入 {Path(stream.name)}，请转给管理员。",
        f"the program itself failed; no file was changed. The details are in {stream.name}: "
        "please pass that file on.",
    )
    narrate(message.in_(program.language))
    for note in getattr(error, "__notes__", ()):
        narrate(note)
    return ExitCode.UNREADABLE


def _desk(program: Program) -> int:
    """Open the desk; without a terminal say what commands there are."""
    if not full_screen():
        click.echo(click.get_current_context().get_help())
        return ExitCode.CLEAN
    gc.disable()  # until the first screen is shown: nothing that is made by then is garbage
    from disclosure_tui.tui.app import open_desk

    ending = open_desk(program.chosen, program.schema_search(), program.settings)
    for note in ending.notes:
        narrate(note)
    return ending.code
