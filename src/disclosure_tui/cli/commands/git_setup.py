"""`disclosure git-setup`: have git show changes of reports in printed labels, and check them."""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from disclosure_tui.cli.exit_code import ExitCode
from disclosure_tui.cli.output import data, narrate
from disclosure_tui.cli.program import Program, command, language_option
from disclosure_tui.language import Text
from disclosure_tui.versioning.hook import Hook, HookState
from disclosure_tui.versioning.own_files import Done
from disclosure_tui.versioning.repository import Repository
from disclosure_tui.versioning.setup import PATTERNS, Setup

__all__ = ["SUMMARY", "build"]

SUMMARY = Text("让 git 按表样显示报告的改动", "Have git show changes of reports as printed")


def build(program: Program) -> click.Command:
    """Return the command."""
    say = program.say
    text = Text(
        "设置一个 git 版本库：git diff 和 git log 用表样上的名称显示报告的改动；"
        "加 --hook 的，提交前校验暂存的报告。可以反复运行，--remove 去掉。",
        "Set a git repository up: git diff and git log show changes of reports in printed labels; "
        "with --hook staged reports are checked before a commit. May be run again; "
        "--remove takes it away.",
    )
    options: list[click.Parameter] = [
        click.Argument(
            ["folder"],
            default=".",
            type=click.Path(exists=True, file_okay=False, path_type=Path),
            metavar=say("[文件夹]", "[FOLDER]"),
        ),
        click.Option(
            ["--hook/--no-hook"],
            default=None,
            help=say(
                "提交前校验暂存的报告；已有别人的 pre-commit 时先问，原来的保留并先运行",
                "Check staged reports before a commit; asks where there is another pre-commit, "
                "which is kept and runs first",
            ),
        ),
        click.Option(
            ["--pattern"],
            multiple=True,
            metavar=say("样式", "PATTERN"),
            help=say(
                "哪些文件是报告（默认 *.yaml 和 *.yml，可多次使用）",
                "Files that are reports (default: *.yaml and *.yml; may be repeated)",
            ),
        ),
        click.Option(["--remove"], is_flag=True, help=say("去掉设置", "Take the set-up away")),
        language_option(program),
    ]
    return command(
        program, "git-setup", lambda **given: _set_up(program, **given), SUMMARY, text, options
    )


def _set_up(
    program: Program, *, folder: Path, hook: bool | None, pattern: tuple[str, ...], remove: bool
) -> int:
    repository = Repository.around(folder)
    setup = Setup(repository, _program(), pattern or PATTERNS)
    check = Hook(repository, setup.program)
    if remove:
        _tell(program, [*setup.remove(), check.remove()])
        return ExitCode.CLEAN
    _tell(program, setup.install())
    if not _wants_hook(program, check, asked=hook):
        return ExitCode.CLEAN
    if check.state == HookState.FOREIGN and not _may_move(program):
        narrate(
            program.say(
                "已有别的 pre-commit，没有改动。要加校验的，请在其中加一行："
                f"{check.program} check-staged",
                "There is another pre-commit; it was left alone. To check reports, add a line to "
                f"it: {check.program} check-staged",
            )
        )
        return ExitCode.FINDINGS
    _tell(program, [check.install()])
    return ExitCode.CLEAN


def _tell(program: Program, done: Iterable[Done]) -> None:
    for one in done:
        mark = program.say("已设置", "done") if one.changed else program.say("没有变", "as it was")
        data(f"{mark}  {one.text.in_(program.language)}")


def _wants_hook(program: Program, check: Hook, *, asked: bool | None) -> bool:
    """Tell whether the hook is wanted; a person is asked once, a script has to say so."""
    if asked is not None:
        return asked
    if check.state == HookState.OURS:
        return True
    if not sys.stdin.isatty():
        narrate(
            program.say(
                "提交前要校验的，再加 --hook。",
                "Add --hook to have reports checked before a commit.",
            )
        )
        return False
    question = program.say("提交前校验暂存的报告吗", "Check staged reports before a commit?")
    return click.confirm(question, err=True)


def _may_move(program: Program) -> bool:
    if not sys.stdin.isatty():
        return False
    question = program.say(
        "已有别的 pre-commit。保留它并先运行它，然后校验报告，可以吗",
        "There is another pre-commit. Keep it, run it first, then check the reports?",
    )
    return click.confirm(question, err=True)


def _program() -> str:
    """Return how this program is started, wherever a shell stands."""
    started = Path(sys.argv[0])
    found = shutil.which("disclosure")
    if started.name == "disclosure" and started.exists():
        return shlex.quote(str(started.absolute()))
    if found is not None:
        return shlex.quote(found)
    return f"{shlex.quote(sys.executable)} -m disclosure_tui"
