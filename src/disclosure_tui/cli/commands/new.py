"""`disclosure new`: begin a report."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from disclosure_tui.beginning import (
    LastReport,
    begin,
    is_folder,
    level_type,
    likely_period,
    placed,
    report_type_for,
    year_of,
)
from disclosure_tui.cli.exit_code import ExitCode
from disclosure_tui.cli.output import data, narrate
from disclosure_tui.cli.program import (
    Program,
    command,
    language_option,
    schema_folder_option,
    trusted_only_option,
)
from disclosure_tui.drafting import NewReport, default_place
from disclosure_tui.language import Text, counted
from disclosure_tui.model.cell_type import CellType
from disclosure_tui.model.form import Form, localized
from disclosure_tui.model.report_period import ReportPeriod
from disclosure_tui.pinyin import initials
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.settings import district_root

__all__ = ["SUMMARY", "build"]

SUMMARY = Text("新建一份报告", "Begin a report")


def build(program: Program) -> click.Command:
    """Return the command."""
    say = program.say

    def new(**options: Any) -> int:
        report_types = program.report_types(options["schema_dir"])
        return _new(program, _Answers(program, options), report_types)

    return command(
        program,
        "new",
        new,
        SUMMARY,
        Text(
            "新建一份报告：数字全部未填，每行后面写着表上的名称。没有写的内容会逐项询问。",
            "Begin a report: every figure blank, the printed label behind each row. "
            "What is not given is asked for.",
        ),
        [
            _option("--year", say("报告年度", "Report year"), type=click.INT),
            _option("--name", say("单位名称", "Name of the office")),
            _option("--code", say("单位代码（拼音首字母）", "Its short code, ASCII")),
            _option("--level", say("单位层级", "Its level")),
            _option("--region", say("所在地区", "Its region")),
            _option(
                "--from",
                say("上年年报文件：单位信息照抄，并记下校验码", "Last year's report file"),
                type=click.Path(path_type=Path),
                name="last_year",
            ),
            _option(
                "--to",
                say("写到哪里（文件或文件夹）", "Where to write it (file or folder)"),
                type=click.Path(path_type=Path),
                name="place",
            ),
            _option("--type", say("报告种类", "Report type"), name="kind"),
            schema_folder_option(program),
            trusted_only_option(program),
            language_option(program),
        ],
    )


def _option(flag: str, text: str, name: str = "", **more: Any) -> click.Option:
    return click.Option([flag, name] if name else [flag], help=text, **more)


@dataclass
class _Answers:
    """What the command line says, and the questions for the rest."""

    program: Program
    options: Mapping[str, Any]

    def __post_init__(self) -> None:
        self.asking = sys.stdin.isatty() and sys.stdout.isatty()
        self.missing: list[str] = []

    def get(self, key: str, flag: str, question: str, default: str = "") -> str:
        """Return an option, else ask; without a terminal take what needs no asking."""
        given = self.options.get(key)
        if given is not None:
            return str(given)
        if self.asking:
            answer: str = click.prompt(question, default=default, show_default=bool(default))
            return answer.strip()
        if not default:
            self.missing.append(flag)
        return default

    def level(self, cell: CellType) -> str:
        """Return the level, chosen from a numbered list."""
        given = self.options.get("level")
        if given is not None or not self.asking:
            if given is None:
                self.missing.append("--level")
            return given or ""
        labels = {key: cell.label(key, self.program.language) for key in cell.values}
        return self._chosen(labels, self.program.say("单位层级（填序号）", "Level (its number)"))

    @property
    def folder(self) -> Path:
        """Where the report is to stand, as far as it is said: its folder decides the schemas."""
        named: Path | None = self.options.get("place")
        if named is None:
            return Path()
        place = named.expanduser()
        return place if is_folder(place) else place.parent

    def kind(self, report_types: ReportTypes) -> str:
        """Return the report type, chosen from a numbered list where there are several.

        A level tells which one is meant if only one has it. Without a terminal it is otherwise
        the one in the language of the program.
        """
        level = self.options.get("level")
        entries = report_types.catalog_at(self.folder).entries()
        kinds = {entry.kind: entry for entry in entries}
        if level and len(kinds) > 1:
            of_level = {
                kind: entry
                for kind, entry in kinds.items()
                if level in level_type(report_types.load(entry.name, self.folder).form).values
            }
            kinds = of_level or kinds
        language = self.program.language.value
        if self.asking and len(kinds) > 1:
            labels = {
                kind: localized(entry.title, self.program.language) for kind, entry in kinds.items()
            }
            question = self.program.say("报告种类（填序号）", "Report type (its number)")
            return self._chosen(labels, question)
        own = [kind for kind, entry in kinds.items() if entry.language == language]
        if len(own) == 1 or len(kinds) == 1:
            return own[0] if own else next(iter(kinds))
        known = "、".join(kinds)
        raise click.UsageError(
            self.program.say(f"请写明：--type（{known}）", f"please give: --type ({known})")
        )

    def _chosen(self, labels: Mapping[str, str], question: str) -> str:
        """Ask for one of several, by its number."""
        for number, label in enumerate(labels.values(), 1):
            data(f"  {number} {label}")
        choice: int = click.prompt(question, type=click.IntRange(1, len(labels)))
        return list(labels)[choice - 1]


def _new(program: Program, answers: _Answers, report_types: ReportTypes) -> int:
    say = program.say
    last = _last_year(answers)
    organ = last.organ if last is not None else {}
    kind = answers.options.get("kind") or (last.kind if last is not None else "")
    kind = kind or answers.kind(report_types)
    likely = likely_period(last, report_types, answers.folder)
    year_text = answers.get("year", "--year", say("报告年度", "Report year"), str(likely.year))
    year = year_of(year_text)
    if year is None:
        raise click.UsageError(say(f"年度【{year_text}】不是四位数字", f"no year: {year_text!r}"))
    form = report_type_for(report_types, kind, year, answers.folder).form
    name = answers.get(
        "name", "--name", say("单位名称", "Name of the office"), organ.get("name", "")
    )
    code = answers.get(
        "code", "--code", say("单位代码", "Code of the office"), organ.get("code") or initials(name)
    )
    cell = level_type(form)
    level = organ.get("level", "") if answers.options.get("level") is None else ""
    level = level or (answers.level(cell) if cell.values else "")
    if answers.missing:
        flags = " ".join(dict.fromkeys(answers.missing))
        raise click.UsageError(say(f"请写明：{flags}", f"please give: {flags}"))
    _refuse_unknown_level(program, form, level)
    place = _place(program, answers, code, likely.within(year))
    # The answer may lead into another district: what holds there is what the report will have.
    loaded = report_type_for(report_types, kind, year, place.parent)
    form = loaded.form
    region = answers.options.get("region") or organ.get("region", "")
    prior = last.named_from(place) if last is not None else None
    before = last.at_places_of(form) if last is not None else None
    new = NewReport(year, name, code, level, region, prior, before)
    begun = begin(place, loaded, new, program.language_of(form))
    data(str(place))
    if begun.count:
        count, file = begun.count, begun.file
        narrate(
            say(
                f"从上年年报【{file}】填入 {count} 格",
                f"{counted(count, 'cell')} filled from {file}",
            )
        )
    hint = say(f"填报：disclosure edit {place}", f"fill it in: disclosure edit {place}")
    narrate(hint)
    return ExitCode.CLEAN


def _last_year(answers: _Answers) -> LastReport | None:
    """Read what last year's report says of the office."""
    path = answers.options.get("last_year")
    if path is None and answers.asking:
        question = answers.program.say(
            "上年年报文件（没有就直接回车）", "Last year's file (Enter: none)"
        )
        answer = click.prompt(question, default="", show_default=False).strip()
        path = Path(answer) if answer else None
    return None if path is None else LastReport.read(Path(path))


def _refuse_unknown_level(program: Program, form: Form, level: str) -> None:
    cell = level_type(form)
    if level and cell.values and level not in cell.values:
        known = "、".join(f"{key} {cell.label(key, program.language)}" for key in cell.values)
        raise click.UsageError(
            program.say(f"没有【{level}】这个层级，可选：{known}", f"no level {level!r}: {known}")
        )


def _place(program: Program, answers: _Answers, code: str, period: ReportPeriod) -> Path:
    usual = default_place(code, period, district_root(answers.folder))
    named = answers.get("place", "--to", program.say("写到", "Write to"), str(usual))
    return placed(Path(named), usual)
