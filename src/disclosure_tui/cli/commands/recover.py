"""`disclosure recover`: bring back what a session that broke off had not saved."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from disclosure_tui.cli.exit_code import ExitCode
from disclosure_tui.cli.output import data, narrate
from disclosure_tui.cli.program import (
    Program,
    command,
    language_option,
    schema_folder_option,
    trusted_only_option,
)
from disclosure_tui.errors import DocumentError
from disclosure_tui.language import Text, counted
from disclosure_tui.model.form import Form
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.opening import report_type_of
from disclosure_tui.render.differing import value_text
from disclosure_tui.render.width import printable
from disclosure_tui.render.wording import Wording
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.session import (
    Choice,
    Conflict,
    Merging,
    Offer,
    Session,
    Unsettled,
    offers_for,
)
from disclosure_tui.session.recovering import give_up, offers_in

__all__ = ["SUMMARY", "build"]

SUMMARY = Text("找回上次中断时没有保存的改动", "Recover what a broken session had not saved")

_SIDES = {
    Choice.MINE: Text("找回的", "recovered"),
    Choice.THEIRS: Text("文件里现在的", "in the file now"),
    Choice.BASE: Text("改动前的", "from before"),
}


def build(program: Program) -> click.Command:
    """Return the command."""
    say = program.say

    def recover(
        path: Path,
        *,
        act: str | None,
        target: Path | None,
        prefer: str | None,
        schema_dir: tuple[Path, ...],
    ) -> int:
        is_listed = act is None and target is None
        if is_listed and path.is_dir():
            return _list(program, path, offers_in(path))
        offers = () if path.is_dir() else offers_for(path)
        _require(program, path, offers, is_needed=not is_listed)
        if is_listed:
            return _list(program, path, tuple((path, offer) for offer in offers))
        report_types = program.report_types(schema_dir)
        if target is not None:
            _rescue(program, offers[-1], target, report_types)
        elif act == "show":
            for offer in offers:
                _show(program, offer, report_types)
        elif act == "discard":
            for offer in offers:
                kept, notes = give_up(offer, datetime.now().astimezone())
                narrate(say(f"已放弃，记录留存在 {kept}", f"discarded; the journal is in {kept}"))
                for note in notes:
                    narrate(note.in_(program.language))
        else:
            for _ in offers:
                _recover(program, path, report_types, None if prefer is None else Choice(prefer))
        return ExitCode.CLEAN

    text = Text(
        "不带选项时列出可以找回的内容：一份报告的，或者一个文件夹和下级文件夹里所有报告的。",
        "Without options it lists what can be recovered, of one report, or of all in a folder "
        "and those below it.",
    )
    return command(program, "recover", recover, SUMMARY, text, _options(program))


def _options(program: Program) -> Sequence[click.Parameter]:
    say = program.say
    return [
        click.Argument(
            ["path"],
            type=click.Path(path_type=Path),
            default=Path(),
            metavar=say("[文件或文件夹]", "[FILE OR FOLDER]"),
        ),
        click.Option(
            ["--show", "act"],
            flag_value="show",
            help=say("逐格显示会找回什么，不改文件", "Show what would be recovered, cell by cell"),
        ),
        click.Option(
            ["--save", "act"],
            flag_value="save",
            help=say("找回并保存到文件", "Recover into the file and save it"),
        ),
        click.Option(
            ["--discard", "act"],
            flag_value="discard",
            help=say("放弃，另存一份到历史版本", "Discard; a copy is kept in the history"),
        ),
        click.Option(
            ["--to", "target"],
            type=click.Path(path_type=Path),
            metavar=say("新文件", "NEW"),
            help=say("找回到一个新文件，原文件不动", "Recover into a new file instead"),
        ),
        click.Option(
            ["--prefer"],
            type=click.Choice([choice.value for choice in Choice]),
            help=say(
                "两边都改过的格：mine 用找回的，theirs 用文件里现在的，base 用改动前的",
                "Cells changed on both sides: mine is the recovered value, theirs the one in "
                "the file, base the one from before",
            ),
        ),
        schema_folder_option(program),
        trusted_only_option(program),
        language_option(program),
    ]


def _list(program: Program, path: Path, offers: Sequence[tuple[Path, Offer]]) -> int:
    for where, offer in offers:
        data(printable(f"{where}: {offer.listed.in_(program.language)}"))
    if offers:
        narrate(
            program.say(
                "逐格查看用 disclosure recover 文件 --show，找回用 --save，放弃用 --discard",
                "look with disclosure recover FILE --show, recover with --save, "
                "discard with --discard",
            )
        )
    else:
        narrate(program.say(f"{path}: 没有要找回的", f"{path}: nothing to recover"))
    return ExitCode.CLEAN


def _require(program: Program, path: Path, offers: Sequence[Offer], *, is_needed: bool) -> None:
    if path.is_dir():
        raise click.UsageError(program.say("请写明是哪个文件", "name the file"))
    if not offers and not path.exists():
        raise DocumentError(
            Text(
                "没有这个文件，也没有留下可以找回的内容。",
                "There is no such file, and nothing of it to recover.",
            ),
            hint=Text(
                "请核对文件名；不知道是哪个文件的，写它所在的文件夹。",
                "Check the name; or name the folder that it was in.",
            ),
            where=str(path),
        )
    if is_needed and not offers:
        raise DocumentError(Text("没有要找回的", "nothing to recover"), where=str(path))


def _show(program: Program, offer: Offer, report_types: ReportTypes) -> None:
    loaded = report_type_of(offer.mine(), offer.report, report_types)
    form, found = offer.differences(loaded.form)
    language = program.language_of(form)
    narrate(offer.listed.in_(language))
    wording = Wording(form, language)
    for one in found:
        data(printable(one.told(wording)))


def _recover(
    program: Program, path: Path, report_types: ReportTypes, prefer: Choice | None
) -> None:
    """Recover what is first in line, and save it: then the next one continues that."""
    if not path.exists():
        _rescue(program, offers_for(path)[0], path, report_types)
        return
    session = Session.open(path, report_types)
    try:
        offer = session.recoveries()[0]
        try:
            session.recover(offer)
        except Unsettled as question:
            choices = _choices(program, session.form, question.merging, prefer)
            if choices is None:
                question.hint = Text(
                    "请加 --prefer 选定以哪一边为准。",
                    "Choose with --prefer which side is to stand.",
                )
                raise
            session.settle(question.merging, choices)
        _saved(program, session)
    except BaseException:
        # What was recovered and could not be saved is there to be recovered again.
        session.hang_up()
        raise
    session.close()
    narrate(
        program.say(
            f"已找回 {offer.count} 处改动并保存到 {path}",
            f"recovered {counted(offer.count, 'change')} and saved them to {path}",
        )
    )


def _rescue(program: Program, offer: Offer, target: Path, report_types: ReportTypes) -> None:
    session = Session.rescue(offer, target, report_types)
    try:
        _saved(program, session)
    except BaseException:
        session.hang_up()
        raise
    session.close()
    narrate(program.say(f"已找回到 {target}", f"recovered to {target}"))


def _saved(program: Program, session: Session) -> None:
    """Save what was recovered; texts that were being typed are put in, there is no one to ask."""
    for pointer, text in dict(session.drafts).items():
        session.set_text(pointer, text)
    result = session.save()
    language = program.language_of(session.form)
    for note in result.notes if result is not None else ():
        narrate(note.in_(language))


def _choices(
    program: Program, form: Form, found: Merging, prefer: Choice | None
) -> dict[Pointer, Choice] | None:
    """Return what is to stand: as the option says, as the person says, or None."""
    if prefer is not None:
        return {conflict.pointer: prefer for conflict in found.conflicts}
    wording = Wording(form, program.language_of(form))
    if sys.stdin.isatty():
        return {one.pointer: _asked(program, wording, one) for one in found.conflicts}
    for one in found.conflicts:
        sides = "；".join(
            f"{_SIDES[choice].in_(wording.language)} {_side(wording, one, choice)}"
            for choice in Choice
        )
        data(printable(f"{wording.path(one.pointer)}：{sides}"))
    return None


def _asked(program: Program, wording: Wording, conflict: Conflict) -> Choice:
    narrate(printable(wording.path(conflict.pointer)))
    for number, choice in enumerate(Choice, 1):
        name = _SIDES[choice].in_(wording.language)
        narrate(printable(f"  {number}  {name}: {_side(wording, conflict, choice)}"))
    number = click.prompt(
        program.say("用哪一个", "which one"), type=click.IntRange(1, len(Choice)), err=True
    )
    return list(Choice)[number - 1]


def _side(wording: Wording, conflict: Conflict, choice: Choice) -> str:
    side = {
        Choice.MINE: conflict.mine,
        Choice.THEIRS: conflict.theirs,
        Choice.BASE: conflict.base,
    }[choice]
    return wording.text(value_text(side))
