"""`disclosure doctor`: whether this machine is as the program needs it, and what to do if not."""

from __future__ import annotations

from pathlib import Path

import click

from disclosure_tui.cli.condition_lines import (
    condition_lines,
    departure_lines,
    repair_lines,
    summary,
)
from disclosure_tui.cli.exit_code import ExitCode
from disclosure_tui.cli.output import data, lines_width, narrate, print_lines
from disclosure_tui.cli.program import Program, command, language_option, schema_folder_option
from disclosure_tui.errors import DisclosureError
from disclosure_tui.language import Text
from disclosure_tui.machine.condition import State
from disclosure_tui.machine.district import departures
from disclosure_tui.machine.district_probe import district_facts
from disclosure_tui.machine.examining import conditions, inquiries
from disclosure_tui.system_reasons import reason

__all__ = ["SUMMARY", "build"]

SUMMARY = Text("环境检查：逐项说明是否正常、怎么办", "See whether this machine is set up well")


def build(program: Program) -> click.Command:
    """Return the command."""
    say = program.say

    def doctor(
        folder: Path,
        *,
        district: Path | None,
        unit: tuple[str, ...],
        commands: bool,
        schema_dir: tuple[Path, ...],
    ) -> int:
        if district is not None:
            return _district(program, district, unit, only_commands=commands)
        if unit or commands:
            raise click.UsageError(
                say(
                    "--unit 和 --commands 要和 --district 一起用",
                    "--unit and --commands go with --district",
                )
            )
        return _machine(program, folder, schema_dir)

    text = Text(
        "检查终端、语言环境、文件夹权限、剩余空间、格式、字体、时钟等，逐项说明正常，"
        "或者怎么办；什么也不改动。用 --district 检查本级文件夹的组和权限，并显示改正的命令，"
        "不执行。",
        "Look at terminal, locale, rights, space, schemas, faces, clock and more: each line says "
        "ok, or what to do; nothing is changed. With --district it compares groups and rights of "
        "a district's folders with the convention and prints the commands that repair them; it "
        "runs none of them.",
    )
    return command(program, "doctor", doctor, SUMMARY, text, _options(program))


def _options(program: Program) -> list[click.Parameter]:
    say = program.say
    return [
        click.Argument(
            ["folder"],
            type=click.Path(readable=False, path_type=Path),  # what is closed is an answer
            default=Path(),
            metavar=say("[报告文件夹]", "[FOLDER]"),
        ),
        click.Option(
            ["--district"],
            type=click.Path(readable=False, path_type=Path),  # what is closed is an answer
            metavar=say("文件夹", "ROOT"),
            help=say(
                "检查本级文件夹的组和权限，显示改正的命令",
                "Look at groups and rights of a district, print what repairs them",
            ),
        ),
        click.Option(
            ["--unit"],
            multiple=True,
            metavar=say("单位代码", "CODE"),
            help=say(
                "还没有文件夹的单位也算上（可多次使用）",
                "Count a unit in that has no folder yet (may be repeated)",
            ),
        ),
        click.Option(
            ["--commands"],
            is_flag=True,
            help=say("只显示改正的命令", "Print nothing but the commands that repair"),
        ),
        schema_folder_option(program),
        language_option(program),
    ]


def _machine(program: Program, folder: Path, schema_dir: tuple[Path, ...]) -> int:
    search = program.schema_search(schema_dir)
    found = conditions(inquiries(folder, program.settings, lambda: search.at(folder)))
    width = lines_width(None)
    print_lines(list(condition_lines(found, program.language, width)), width or 0)
    narrate(summary(found).in_(program.language))
    is_faulty = any(one.found.state is State.FAULT for one in found)
    return ExitCode.FINDINGS if is_faulty else ExitCode.CLEAN


def _district(program: Program, root: Path, units: tuple[str, ...], *, only_commands: bool) -> int:
    try:
        facts = district_facts(root, units)
    except OSError as error:
        # Only a relative path in a folder that is gone.
        raise DisclosureError(reason(error), where=str(root)) from error
    told = list(departures(facts))
    if not told:
        narrate(program.say("组和权限都对。", "All groups and rights are as agreed."))
        return ExitCode.CLEAN
    width = lines_width(None)
    repairable = [one for one in told if one.commands]
    if not only_commands:
        print_lines(list(departure_lines(told, program.language, width)), width or 0)
        if not repairable:
            return ExitCode.FINDINGS
        narrate(
            program.say(
                "以管理员身份执行下面的命令可以改正；本程序不执行：",
                "As root, these commands repair it; none of them was run:",
            )
        )
    for line in repair_lines(told if only_commands else repairable, program.language):
        data(line)
    return ExitCode.FINDINGS
