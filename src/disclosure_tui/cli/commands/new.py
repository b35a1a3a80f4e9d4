"""`disclosure new`: begin a report."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from disclosure_tui.cli.exit_code import ExitCode
from disclosure_tui.cli.output import data, narrate
from disclosure_tui.cli.program import Program, command, language_option, schema_folder_option
from disclosure_tui.drafting import NewReport, default_place, draft_text
from disclosure_tui.errors import SaveError, SchemaError
from disclosure_tui.language import Text
from disclosure_tui.model.cell_type import CellType
from disclosure_tui.model.form import Form
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.opening import open_document
from disclosure_tui.pinyin import initials
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.schema.catalog import Catalog
from disclosure_tui.settings import district_root
from disclosure_tui.store.files import save

__all__ = ["SUMMARY", "build"]

SUMMARY = Text("新建一份报告", "Begin a report")

FIRST_YEAR, LAST_YEAR = 1900, 2999


def build(program: Program) -> click.Command:
    """Return the command."""
    say = program.say

    def new(**options: Any) -> int:
        return _new(program, _Answers(program, options), ReportTypes(_catalog(options)))

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
            language_option(program),
        ],
    )


def _option(flag: str, text: str, name: str = "", **more: Any) -> click.Option:
    return click.Option([flag, name] if name else [flag], help=text, **more)


def _catalog(options: Mapping[str, Any]) -> Catalog:
    return Catalog.of(options["schema_dir"])


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
        keys = list(cell.values)
        for number, key in enumerate(keys, 1):
            data(f"  {number} {cell.label(key, self.program.language)}")
        choice: int = click.prompt(
            self.program.say("单位层级（填序号）", "Level (its number)"),
            type=click.IntRange(1, len(keys)),
        )
        return keys[choice - 1]


def _new(program: Program, answers: _Answers, report_types: ReportTypes) -> int:
    say = program.say
    last = _last_year(answers)
    year_text = answers.get(
        "year", "--year", say("报告年度", "Report year"), str(_likely_year(last))
    )
    if not year_text.isdecimal() or not FIRST_YEAR <= int(year_text) <= LAST_YEAR:
        raise click.UsageError(say(f"年度【{year_text}】不是四位数字", f"no year: {year_text!r}"))
    year = int(year_text)
    form = _form(answers, report_types, year, last)
    name = answers.get(
        "name", "--name", say("单位名称", "Name of the office"), last.get("name", "")
    )
    code = answers.get(
        "code", "--code", say("单位代码", "Code of the office"), last.get("code") or initials(name)
    )
    level = last.get("level", "") if answers.options.get("level") is None else ""
    level = level or answers.level(_level_type(form))
    if answers.missing:
        flags = " ".join(dict.fromkeys(answers.missing))
        raise click.UsageError(say(f"请写明：{flags}", f"please give: {flags}"))
    _refuse_unknown_level(program, form, level)
    place = _place(program, answers, code, year)
    region = answers.options.get("region") or last.get("region", "")
    prior = _prior(last, place)
    new = NewReport(year, name, code, level, region, prior)
    text = draft_text(form, new, program.language_of(form))
    _write(place, text)
    data(str(place))
    hint = say(f"填报：disclosure edit {place}", f"fill it in: disclosure edit {place}")
    narrate(hint)
    return ExitCode.CLEAN


def _last_year(answers: _Answers) -> dict[str, str]:
    """Read what last year's report says of the office."""
    path = answers.options.get("last_year")
    if path is None and answers.asking:
        question = answers.program.say(
            "上年年报文件（没有就直接回车）", "Last year's file (Enter: none)"
        )
        answer = click.prompt(question, default="", show_default=False).strip()
        path = Path(answer) if answer else None
    if path is None:
        return {}
    document = open_document(Path(path))
    organ = document.data.get("organ") or {}
    found = {key: str(value) for key, value in organ.items() if value is not None}
    year = document.data.get("year")
    kind = str(document.data.get("report_type", ""))
    found.update(file=str(path), sha256=document.sha256, kind=kind.partition("/")[0])
    if isinstance(year, int):
        found["year"] = str(year)
    return found


def _likely_year(last: Mapping[str, str]) -> int:
    """Reports are written in January for the year before."""
    return int(last["year"]) + 1 if "year" in last else date.today().year - 1


def _form(
    answers: _Answers,
    report_types: ReportTypes,
    year: int,
    last: Mapping[str, str],
) -> Form:
    entries = report_types.catalog.entries()
    kinds = list(dict.fromkeys(entry.name.partition("/")[0] for entry in entries))
    kind = answers.options.get("kind") or last.get("kind") or kinds[0]
    if "/" in kind:
        return report_types.load(kind).form
    entry = report_types.catalog.for_year(kind, year)
    if entry is None:
        raise SchemaError(
            Text(f"{kind} 没有用于 {year} 年的格式", f"{kind} has no edition for {year}"),
            hint=Text("请用 disclosure schema list 查看", "see disclosure schema list"),
        )
    return report_types.load(entry.name).form


def _level_type(form: Form) -> CellType:
    node = form.node(Pointer.of("organ", "level"))
    return node.cell if node is not None and node.cell is not None else CellType(frozenset())


def _refuse_unknown_level(program: Program, form: Form, level: str) -> None:
    cell = _level_type(form)
    if level and cell.values and level not in cell.values:
        known = "、".join(f"{key} {cell.label(key, program.language)}" for key in cell.values)
        raise click.UsageError(
            program.say(f"没有【{level}】这个层级，可选：{known}", f"no level {level!r}: {known}")
        )


def _place(program: Program, answers: _Answers, code: str, year: int) -> Path:
    usual = default_place(code, year, district_root(Path()))
    place = Path(answers.get("place", "--to", program.say("写到", "Write to"), str(usual)))
    place = place.expanduser()
    return place / usual.name if place.is_dir() or place.suffix == "" else place


def _prior(last: Mapping[str, str], place: Path) -> dict[str, str] | None:
    if "file" not in last:
        return None
    relative = os.path.relpath(Path(last["file"]).resolve(), place.resolve().parent)
    return {"file": relative, "sha256": last["sha256"]}


def _write(place: Path, text: str) -> None:
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SaveError(
            Text(f"建不了文件夹：{error.strerror}", f"the folder cannot be made: {error.strerror}"),
            where=str(place.parent),
        ) from error
    save(place, text.encode(), expected_sha256=None)
