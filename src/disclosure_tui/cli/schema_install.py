"""`disclosure schema install` and `schema rollback`: another version of a schema in force."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from disclosure_tui.amending.comparing import compare_schemas
from disclosure_tui.amending.installing import Change, InForce, installation
from disclosure_tui.amending.received import Received, expected_digest, prove_received
from disclosure_tui.amending.rolling_back import rollback
from disclosure_tui.amending.text_format import set_schema_comparison
from disclosure_tui.cli.exit_code import ExitCode
from disclosure_tui.cli.output import data, lines_width, narrate, print_lines
from disclosure_tui.cli.program import Program, command, language_option, schema_folder_option
from disclosure_tui.cli.schema_tests import folder_options, shown
from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text
from disclosure_tui.model.finding import Severity
from disclosure_tui.model.schema_source import SHOWN_DIGITS
from disclosure_tui.render.comparison_text import ComparisonPage
from disclosure_tui.schema_search import SchemaSearch

__all__ = ["install_command", "rollback_command"]


def install_command(program: Program) -> click.Command:
    """Build the command."""

    def install(
        path: Path,
        sha256: str | None,
        cases: tuple[Path, ...],
        samples: tuple[Path, ...],
        schema_dir: tuple[Path, ...],
        *,
        older: bool,
        yes: bool,
    ) -> int:
        search = program.schema_search(schema_dir)
        expected = expected_digest(path, sha256)
        found = prove_received(path, expected, cases, samples, catalog=search.at(Path()))
        _tell_received(program, found, is_checked=expected is not None)
        if found.problems:
            for problem in found.problems:
                narrate(problem.in_(program.language))
            raise _not_sound(path, len(found.problems))
        change = installation(found, search, older=older)
        if change.is_done:
            done = program.say(
                "已经安装过，没有改动。", "It is installed already; nothing was changed."
            )
            narrate(done)
            return ExitCode.CLEAN
        _show(program, change)
        return _carry_out(program, change, search, yes=yes)

    text = Text(
        "安装格式文件：先核对校验码，检验格式文件和用例，显示与现用版本的不同，再问要不要安装。"
        "原来的版本留着。放在本级的 schemas 文件夹，或者 --schema-dir 写明的文件夹。"
        "退出码：0 已安装；1 没有安装；3 格式文件用不了或写不进去。",
        "Install a schema: its digest is compared, it and its cases are tried, the difference to "
        "the version in force is shown, then you are asked. The version before is kept. It goes "
        "into the district's schemas folder, or the one that --schema-dir names. "
        "Exit codes: 0 installed, 1 not installed, 3 the schema cannot be used or written.",
    )
    say = program.say
    options = [
        click.Argument(["path"], type=click.Path(path_type=Path), metavar=say("格式文件", "FILE")),
        click.Option(
            ["--sha256"],
            metavar=say("校验码", "HEX"),
            help=say(
                "文件应有的校验码；不写时看旁边的校验码文件",
                "The digest that the file must have; without it FILE.sha256 beside the file",
            ),
        ),
        click.Option(
            ["--older"],
            is_flag=True,
            help=say("比现有的版本旧也安装", "Install it though it is older than what is there"),
        ),
        _yes_option(program),
        *folder_options(program),
        schema_folder_option(program),
        language_option(program),
    ]
    summary = Text("安装格式文件", "Install a schema")
    return command(program, "install", install, summary, text, options)


def rollback_command(program: Program) -> click.Command:
    """Build the command."""

    def roll_back(name: str, schema_dir: tuple[Path, ...], *, yes: bool) -> int:
        search = program.schema_search(schema_dir)
        kind, _, version = name.partition("@")
        change = rollback(kind, search, version)
        _show(program, change)
        return _carry_out(program, change, search, yes=yes)

    text = Text(
        "换回格式文件的上一个版本，或者 @ 后面写明的版本；补充规定写它的标识。"
        "新的版本留着但不再采用，可以再安装。"
        "退出码：0 已换回；1 没有换；3 没有上一个版本，或写不进去。",
        "Put the version of a schema before the one in force back, or the one named behind @. "
        "It is named TYPE/EDITION, an overlay by its $id. "
        "The newer one is kept out of force, and can be installed again. "
        "Exit codes: 0 put back, 1 nothing done, 3 there is none before it or no writing there.",
    )
    options = [
        click.Argument(["name"], metavar=program.say("名称[@版本]", "NAME[@VERSION]")),
        _yes_option(program),
        schema_folder_option(program),
        language_option(program),
    ]
    summary = Text("换回格式文件的上一个版本", "Put the version of a schema before it back")
    return command(program, "rollback", roll_back, summary, text, options)


def _yes_option(program: Program) -> click.Option:
    return click.Option(
        ["--yes"],
        is_flag=True,
        help=program.say("不再询问", "Do not ask"),
    )


def _tell_received(program: Program, found: Received, *, is_checked: bool) -> None:
    """Say what was received, and whether it is what it should be."""
    head, trials = found.head, found.trials
    over = found.loaded.form.overlay
    title = found.loaded.form.report_type.name if over is None else over.title(program.language)
    narrate(f"{title} {head.version}  {found.path}")
    digest = program.say("校验码 ", "digest ") + head.sha256
    compared = program.say("（相符）", " (as expected)") if is_checked else ""
    narrate(digest + compared)
    if not is_checked:
        narrate(
            program.say(
                "没有可比的校验码，请与发文单位公布的核对。",
                "There is nothing to compare it with: see what its issuer has published.",
            )
        )
    warnings = sum(notice.severity is not Severity.ERROR for notice in found.notices)
    if trials.is_empty:
        narrate(program.say("没有用例和样本可试。", "No cases or samples to try it on."))
    else:
        cases, samples = len(trials.cases), len(trials.samples)
        narrate(
            program.say(
                f"已试用例 {cases} 个、样本 {samples} 份。",
                f"Tried: {cases} cases, {samples} samples.",
            )
        )
    if warnings:
        narrate(
            program.say(
                f"格式文件有提示 {warnings} 条，见 disclosure schema check。",
                f"{warnings} notices on the schema, see disclosure schema check.",
            )
        )


def _not_sound(path: Path, count: int) -> SchemaError:
    return SchemaError(
        Text(f"有 {count} 处与预期不同，没有安装", f"{count} not as told; it was not installed"),
        hint=Text("请发文单位改正后再安装", "have its issuer correct it first"),
        where=str(path),
    )


def _show(program: Program, change: Change) -> None:
    """Show what will be different."""
    if change.old is None:
        narrate(program.say("这是新的报告种类。", "This is a new report type."))
        return
    comparison = compare_schemas(change.old, change.new)
    page = ComparisonPage(program.language_of(change.new.form), lines_width(None))
    print_lines(set_schema_comparison(comparison, page), page.width or 0)


def _carry_out(program: Program, change: Change, search: SchemaSearch, *, yes: bool) -> int:
    if not yes and not _agreed(program, change):
        narrate(program.say("没有改动。", "Nothing was changed."))
        return ExitCode.FINDINGS
    change.carry_out()
    title = change.title.in_(program.language)
    if change.leaves_nothing:
        data(program.say(f"{title} 不再采用", f"no longer in force: {title}"))
    else:
        place = shown(change.plan.main if change.plan.content is not None else change.new.path)
        version, digest = change.wanted.version, change.wanted.sha256[:SHOWN_DIGITS]
        data(
            program.say(
                f"现用 {title} 版本 {version}（校验码 {digest}）：{place}",
                f"in force: {title} version {version} (digest {digest}): {place}",
            )
        )
    _tell_undo(program, change, search)
    _tell_if_not_used(program, change, search)
    return ExitCode.CLEAN


def _agreed(program: Program, change: Change) -> bool:
    """Ask; a script has to say so on the command line."""
    if not sys.stdin.isatty():
        raise click.UsageError(
            program.say("不在终端上，确定要做的请加 --yes", "not on a terminal: add --yes to do it")
        )
    title, version = change.title.in_(program.language), change.wanted.version
    if change.leaves_nothing:
        question = program.say(f"不再采用 {title} 吗", f"Take {title} out of force?")
        return click.confirm(question, err=True)
    question = program.say(
        f"换用 {title} 版本 {version} 吗", f"Put {title} version {version} in force?"
    )
    return click.confirm(question, err=True)


def _tell_undo(program: Program, change: Change, search: SchemaSearch) -> None:
    """Say where the version before is, and how to go back."""
    kept = change.plan.kept
    if kept is not None:
        place = shown(kept)
        data(program.say(f"原来的版本留在 {place}", f"the version before is kept: {place}"))
    retired = change.plan.retired
    if retired:
        newest = change.shelf.retired_name(retired[0].version)
        undo = f"install {shlex.quote(shown(newest))}"
    elif change.old is not None:
        undo = f"rollback {change.undone_by}"
    else:
        return
    if search.named:
        undo += f" --schema-dir {shlex.quote(str(search.named[0]))}"
    data(program.say("要恢复原样：", "to undo it: ") + f"disclosure schema {undo}")


def _tell_if_not_used(program: Program, change: Change, search: SchemaSearch) -> None:
    """Say so if reports are judged by another version nevertheless."""
    try:
        now = InForce.of(search, change.name)
    except SchemaError as error:
        program.tell(error)
        return
    found = now.overlay if change.is_of_overlay else now.entry
    if found is None or change.leaves_nothing or now.holds(change.wanted) is not None:
        return
    why = str(found.path) if now.pin is None else f"{now.pin.where}: {now.pin.version}"
    narrate(
        program.say(
            f"注意：这里的报告仍按版本 {found.head.version} 校验（{why}）。",
            f"Note: reports here are still judged by version {found.head.version} ({why}).",
        )
    )
