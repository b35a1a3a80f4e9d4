"""`disclosure schema check`: whether schemas are sound, and what there is to say about them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from disclosure_tui.authoring.notice import Notice, Subject, notices_of
from disclosure_tui.authoring.surroundings import Surroundings
from disclosure_tui.cli.exit_code import ExitCode
from disclosure_tui.cli.output import data, narrate
from disclosure_tui.cli.program import Program, command, language_option
from disclosure_tui.cli.schema_tests import folder_options
from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import DisclosureError, SchemaError
from disclosure_tui.language import Text
from disclosure_tui.model.finding import Severity
from disclosure_tui.report_type import load_schema_file

__all__ = ["check_command"]

FORMAT = "disclosure-schema-notices/1"
DEAREST = 3
"""So many of the dearest rules are named."""


@dataclass(frozen=True)
class _Checked:
    """A schema file: what is to say about it, or why it is refused."""

    path: Path
    subject: Subject | None = None
    notices: tuple[Notice, ...] = ()
    error: DisclosureError | None = None


def check_command(program: Program) -> click.Command:
    """Build the command."""

    def check(
        files: tuple[Path, ...],
        form: str,
        fail_on: str,
        cases: tuple[Path, ...],
        samples: tuple[Path, ...],
    ) -> int:
        checked = [_checked(path, cases, samples) for path in files]
        if form == "json":
            data(json.dumps(_as_json(program, checked), ensure_ascii=False, indent=2))
        else:
            for each in checked:
                _print(program, each)
        return _exit_code(checked, Severity(fail_on))

    text = Text(
        "校验格式文件：写法、引用、路径、算式；并指出推得出的规则、不可能成立的条件、"
        "没有用例的规则和展开的规模。"
        "退出码：0 没有问题；1 有达到 --fail-on 的提示；3 格式文件用不了。",
        "Check schema files: spelling, references, paths, expressions; and tell of rules that "
        "follow from others, conditions that never hold, rules without cases, and the cost. "
        "Exit codes: 0 sound, 1 notices at or above --fail-on, 3 a schema cannot be used.",
    )
    options = [
        click.Argument(
            ["files"],
            nargs=-1,
            required=True,
            type=click.Path(path_type=Path),
            metavar=program.say("格式文件...", "FILE..."),
        ),
        *_options(program),
        *folder_options(program),
        language_option(program),
    ]
    summary = Text("校验格式文件", "Check schema files")
    return command(program, "check", check, summary, text, options)


def _options(program: Program) -> list[click.Parameter]:
    return [
        click.Option(
            ["--format", "form"],
            type=click.Choice(["json", "text"]),
            default="text",
            help=program.say("输出格式", "Format of the output"),
        ),
        click.Option(
            ["--fail-on"],
            type=click.Choice([severity.value for severity in Severity]),
            default=Severity.ERROR.value,
            help=program.say(
                "从哪一级提示起退出码为 1（默认 error 错误）",
                "Weight from which notices make the exit code 1 (default: error)",
            ),
        ),
    ]


def _checked(path: Path, cases: tuple[Path, ...], samples: tuple[Path, ...]) -> _Checked:
    try:
        loaded = load_schema_file(path, str(path.parent))
        subject = Subject(loaded, Surroundings.read([path], cases, samples))
        return _Checked(path, subject, notices_of(subject))
    except DisclosureError as error:
        return _Checked(path, error=error)


def _exit_code(checked: list[_Checked], threshold: Severity) -> ExitCode:
    if any(each.error is not None for each in checked):
        return ExitCode.UNREADABLE
    weights = [notice.severity.weight for each in checked for notice in each.notices]
    over = any(weight <= threshold.weight for weight in weights)
    return ExitCode.FINDINGS if over else ExitCode.CLEAN


def _print(program: Program, checked: _Checked) -> None:
    if checked.error is not None:
        narrate(checked.error.told(program.language))
    if checked.subject is None:
        return
    for notice in checked.notices:
        data(_line(program, notice))
    data(f"{checked.path}: {_summary(checked.subject, checked.notices).in_(program.language)}")


def _line(program: Program, notice: Notice) -> str:
    rule = f"[{notice.rule}] " if notice.rule else ""
    told = notice.what + Text("。", ": ") + notice.hint + Text("。", "")
    return f"{notice.where}: {notice.severity.mark} {rule}{told.in_(program.language)}"


def _summary(subject: Subject, notices: tuple[Notice, ...]) -> Text:
    form, costs = subject.loaded.form, subject.costs
    cells, rules = len(form.cells), len(subject.declared)
    places, terms = (sum(getattr(cost, name) for cost in costs) for name in ("places", "terms"))
    dearest = [f"{cost.rule} {cost.terms}" for cost in costs[:DEAREST]]
    told = (
        Text(f"提示 {len(notices)} 条", f"{len(notices)} notice{'s' * (len(notices) > 1)}")
        if notices
        else Text("没有问题", "sound")
    )
    zh = f"{told.zh}；{cells} 格，校验规则 {rules} 条，展开 {places} 项、读取 {terms} 格"
    en = f"{told.en}; {cells} cells, {rules} rules at {places} places, reading {terms} cells"
    if dearest:
        zh += f"（最多：{'、'.join(dearest)}）"
        en += f" (most: {', '.join(dearest)})"
    return Text(zh, en)


def _as_json(program: Program, checked: list[_Checked]) -> dict[str, Any]:
    return {"format": FORMAT, "schemas": [_schema(program, each) for each in checked]}


def _schema(program: Program, checked: _Checked) -> dict[str, Any]:
    found: dict[str, Any] = {
        "file": str(checked.path),
        "status": _status(checked.error),
    }
    if checked.subject is not None:
        form, costs = checked.subject.loaded.form, checked.subject.costs
        found |= {
            "report_type": form.report_type.name,
            "sha256": form.sha256,
            "cells": len(form.cells),
            "places": sum(cost.places for cost in costs),
            "terms": sum(cost.terms for cost in costs),
            "costs": [
                {"rule": cost.rule, "places": cost.places, "terms": cost.terms} for cost in costs
            ],
        }
    return found | {"notices": list(_notices(program, checked))}


def _status(error: DisclosureError | None) -> str:
    if error is None:
        return "sound"
    return "refused" if isinstance(error, SchemaError) else "unreadable"


def _notices(program: Program, checked: _Checked) -> Iterator[dict[str, str]]:
    language = program.language
    error = checked.error
    if error is not None:
        yield {
            "kind": _status(error),
            "severity": Severity.ERROR.value,
            "rule": "",
            "where": error.where,
            "message": error.what.in_(language),
            "hint": error.hint.in_(language) if error.hint is not None else "",
        }
    for notice in checked.notices:
        yield {
            "kind": notice.kind,
            "severity": notice.severity.value,
            "rule": notice.rule,
            "where": notice.where,
            "message": notice.what.in_(language),
            "hint": notice.hint.in_(language),
        }
