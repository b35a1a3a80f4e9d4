"""`disclosure explain`: answer a query of a report with an explanation, from the command line."""

from __future__ import annotations

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
from disclosure_tui.language import Text
from disclosure_tui.model.finding import Finding, Severity
from disclosure_tui.render.width import printable
from disclosure_tui.render.wording import Wording
from disclosure_tui.rules.explanations import answering, entry_for, reasons_for
from disclosure_tui.session import Session
from disclosure_tui.store.person import current_person

__all__ = ["SUMMARY", "build"]

SUMMARY = Text("对待核实的问题填写说明", "Explain a query of a report")


def build(program: Program) -> click.Command:
    """Return the command."""
    text = Text(
        "对待核实的问题填写说明，写进报告文件。不写编号时列出可以说明的问题；"
        "数字或规则改了以后，说明自动失效。",
        "Write an explanation of a query into the report. Without a rule the queries are listed. "
        "An explanation lapses when its figures or the rule change.",
    )
    return command(
        program,
        "explain",
        lambda **options: _explain(program, **options),
        SUMMARY,
        text,
        _options(program),
    )


def _options(program: Program) -> list[click.Parameter]:
    say = program.say
    return [
        click.Argument(["path"], type=click.Path(path_type=Path), metavar=say("文件", "FILE")),
        click.Argument(["rule"], required=False, metavar=say("[编号]", "[RULE]")),
        click.Argument(["instance"], required=False, metavar=say("[所指]", "[INSTANCE]")),
        click.Option(["--text", "text"], help=say("说明内容", "What the office says")),
        click.Option(
            ["--reason"],
            help=say(
                "原因：规则所列原因的序号，或自己写",
                "Reason: its number in the rule's list, or words of your own",
            ),
        ),
        click.Option(
            ["--by"],
            help=say("说明人，默认当前用户", "Who explains; the present user by default"),
        ),
        click.Option(
            ["--dismiss", "dismissed"],
            is_flag=True,
            help=say(
                "文字部分的问题：标为无关（不是这个数）",
                "Of a finding in prose: not this figure",
            ),
        ),
        schema_folder_option(program),
        trusted_only_option(program),
        language_option(program),
    ]


def _explain(
    program: Program,
    *,
    path: Path,
    rule: str | None,
    instance: str | None,
    text: str | None,
    reason: str | None,
    by: str | None,
    dismissed: bool,
    schema_dir: tuple[Path, ...],
) -> int:
    session = Session.open(path, program.report_types(schema_dir), journaled=False)
    try:
        return _answer(program, session, rule, instance, text, reason, by, dismissed=dismissed)
    finally:
        session.close(drop=True)


def _answer(
    program: Program,
    session: Session,
    rule: str | None,
    instance: str | None,
    text: str | None,
    reason: str | None,
    by: str | None,
    *,
    dismissed: bool,
) -> int:
    asked = _answerable(session)
    if rule is None:
        _list(program, session, asked)
        narrate(_stamp(program, session))
        return ExitCode.CLEAN
    finding = _chosen(program, session, asked, rule, instance)
    reasons = reasons_for(session.report_type.checker.rules, finding)
    language = program.language_of(session.form)
    if text is None and not dismissed:
        wording = Wording(session.form, language, _year(session))
        data(printable(wording.panel(finding)))
        for number, item in enumerate(reasons, start=1):
            data(f"  {number}  {item.in_(language)}")
        raise click.UsageError(program.say("请用 --text 写说明", "say why with --text"))
    entry = entry_for(
        finding,
        text or "",
        by=by or current_person().name,
        at=datetime.now().astimezone().isoformat(timespec="minutes"),
        reason=_reason(program, reasons, reason).in_(session.form.report_type.language),
        dismissed=dismissed,
    )
    session.apply(answering(session.form, session.report, entry))
    session.save()
    done = Text("已写入说明：", "explained: ").in_(program.language)
    narrate(done + " ".join(filter(None, (finding.rule, finding.instance))))
    narrate(_stamp(program, session))
    return ExitCode.CLEAN


def _stamp(program: Program, session: Session) -> str:
    """Say by which schema the report was checked."""
    words = Text("校验所用", "Checked by ") + session.report_type.stamp.words()
    return words.in_(program.language_of(session.form))


def _answerable(session: Session) -> list[Finding]:
    return [
        finding
        for finding in session.result.findings.open
        if finding.severity is not Severity.ERROR
    ]


def _year(session: Session) -> int | None:
    year = session.report.value_at(("year",))
    return year if isinstance(year, int) else None


def _list(program: Program, session: Session, asked: Sequence[Finding]) -> None:
    if not asked:
        narrate(program.say("没有要说明的问题", "nothing to explain"))
    wording = Wording(session.form, program.language_of(session.form), _year(session))
    for finding in asked:
        name = " ".join(filter(None, (finding.rule, finding.instance)))
        data(printable(f"{finding.severity.mark} {name}: {wording.message(finding.line)}"))


def _chosen(
    program: Program,
    session: Session,
    asked: Sequence[Finding],
    rule: str,
    instance: str | None,
) -> Finding:
    """Find the one finding that is meant, by rule, and by instance or address where needed."""
    named = [f for f in session.result.findings if f.rule.casefold() == rule.casefold()]
    found = [
        finding
        for finding in named
        if instance is None or instance in (finding.instance, str(finding.primary))
    ]
    waiting = [finding for finding in found if finding in asked]
    if len(waiting) == 1 or (not waiting and len(found) == 1):
        return (waiting or found)[0]
    if not found:
        raise click.UsageError(
            program.say(f"报告里没有【{rule}】这个问题", f"the report has no finding {rule!r}")
        )
    names = ", ".join(finding.instance or str(finding.primary) for finding in waiting or found)
    raise click.UsageError(
        program.say(
            f"【{rule}】有几处，请写明是哪一处：{names}",
            f"{rule} stands at several places: {names}",
        )
    )


def _reason(program: Program, reasons: Sequence[Text], given: str | None) -> Text:
    if given is None:
        return Text("", "")
    if not given.isdecimal():
        return Text(given, given)
    if not 0 < int(given) <= len(reasons):
        raise click.UsageError(
            program.say(f"原因没有第 {given} 项", f"there is no reason number {given}")
        )
    return reasons[int(given) - 1]
