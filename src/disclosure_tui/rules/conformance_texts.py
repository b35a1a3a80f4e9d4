"""The words of conformance findings, one for every keyword that the dialect allows.

Slots: {place} is the short label of the value; the others are named in the text.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import field
from decimal import Decimal
from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Language, Text, same
from disclosure_tui.model.cell_type import CellType
from disclosure_tui.model.finding import Argument
from disclosure_tui.model.form import ReportType
from disclosure_tui.model.origin import Overlay
from disclosure_tui.model.report import Plain, structure

__all__ = [
    "Worded",
    "blank_cells",
    "blank_prose",
    "dangling",
    "for_keyword",
    "missing_entry",
    "missing_overlay",
    "not_a_figure",
    "not_listed",
    "not_whole",
    "read_as_other",
    "required",
    "too_many_decimals",
    "unfit_key",
    "unknown_key",
    "unlisted_entry",
    "wrong_period",
    "wrong_shape",
    "wrong_year",
]

LONGEST_VALUE = 40
"""So many characters of a wrong value are quoted."""


@dataclass(frozen=True, slots=True)
class Worded:
    """Templates for the status line and the panel, with what fills their slots."""

    line: Text
    panel: Text
    arguments: Mapping[str, Argument] = field(default_factory=dict)


def _worded(line: Text, advice: Text, **arguments: Argument) -> Worded:
    return Worded(line, line + Text("。", ". ") + advice, arguments)


def _shown(value: Plain) -> str:
    if isinstance(value, Mapping | list):
        return structure(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + "~"


def required() -> Worded:
    """Word a missing key that every report must have."""
    return _worded(
        Text("{place}：没有填，这一项必须有", "{place} is missing and must be there"),
        Text("请补上。", "Please add it."),
    )


def unknown_key(key: str, known: Sequence[str]) -> Worded:
    """Word a key that the schema does not know, with the likeliest one meant."""
    close = difflib.get_close_matches(str(key), known, n=1, cutoff=0.66)
    hint = (
        Text("是不是 {meant}？请改正键名。", "Did you mean {meant}? Please correct the key.")
        if close
        else Text(
            "请核对键名；这里的内容不会校验，也不会印出。",
            "Please check the key: what stands under it is neither checked nor printed.",
        )
    )
    line = Text("不认识的键 {key}", "unknown key {key}")
    if close:
        line = line + Text("，是不是 {meant}？", ": did you mean {meant}?")
        return Worded(
            line,
            Text("不认识的键 {key}。", "Unknown key {key}. ") + hint,
            {"key": same(_shown(key)), "meant": same(close[0])},
        )
    return Worded(line, line + Text("。", ". ") + hint, {"key": same(_shown(key))})


def unfit_key(key: str) -> Worded:
    """Word a key that no row can have."""
    return _worded(
        Text("行的键【{key}】不能用", "{key} cannot be the key of a row"),
        Text(
            "请改成不含斜线、波浪号和控制字符的键。",
            "Choose a key without slash, tilde and control characters.",
        ),
        key=same(_shown(key)),
    )


def unlisted_entry(key: str, known: Sequence[str]) -> Worded:
    """Word a row whose key is not in the list that it belongs to."""
    close = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
    line = Text("{place}：【{source}】里没有【{key}】", "{place}: {key} is not in {source}")
    if close:
        return _worded(
            line + Text("，是不是【{meant}】？", ", did you mean {meant}?"),
            Text("请改正键，或在那里登记。", "Correct the key, or list it there."),
            key=same(_shown(key)),
            meant=same(_shown(close[0])),
        )
    advice = Text("请在那里登记，或删去这一行。", "List it there, or take this row out.")
    return _worded(line, advice, key=same(_shown(key)))


def missing_entry(key: str) -> Worded:
    """Word a row that is missing though its key is listed."""
    return _worded(
        Text("{place}：没有这一行", "{place}: there is no such row"),
        Text("请添加【{key}】行。", "Add the row {key}."),
        key=same(_shown(key)),
    )


def wrong_shape(wanted: frozenset[str], value: Plain) -> Worded:
    """Word a value where a group of values or a list belongs, or the reverse.

    Args:
        wanted: Names of the types that may stand here; empty where alternatives are left.
        value: What stands here.
    """
    shown = same(_shown(value))
    if "array" in wanted and "object" not in wanted:
        return _worded(
            Text("{place}：这里要逐条列出", "{place}: a list belongs here"),
            Text(
                "请每条写一行，行首写 - 和空格。", "Write one item a line, behind a - and a space."
            ),
        )
    if not wanted or "object" in wanted:
        return _worded(
            Text(
                "{place}：这里应是一组值，现在是【{value}】",
                "{place}: a group of values belongs here, not {value}",
            ),
            Text("请按样表逐项填写。", "Please fill in the items one by one."),
            value=shown,
        )
    if isinstance(value, Mapping | list):
        return _worded(
            Text("{place}：这里只能填一个值", "{place}: one value belongs here"),
            Text("请不要写成一组。", "Please do not write a group of values."),
        )
    if "string" in wanted:
        return _not_text(value)
    return _worded(
        Text("{place}：只能填数字，现在是【{value}】", "{place} takes figures only, not {value}"),
        Text("请填数字。", "Please fill in a figure."),
        value=shown,
    )


def _not_text(value: Plain) -> Worded:
    """Word a value that would be a text in quotation marks.

    The value is not shown: it is already read, and 007 would be told as 7.
    """
    kind = Text("数", "a number")
    if isinstance(value, bool):
        kind = Text("真假值", "true or false")
    return _worded(
        Text(
            "{place}：应是文字，不加引号会被读成{kind}",
            "{place} takes a text, but without quotation marks it is read as {kind}",
        ),
        Text("请给它加上引号。", "Please put it in quotation marks."),
        kind=kind,
    )


def not_a_figure(cell: CellType, value: str) -> Worded:
    """Word a text where a figure is wanted."""
    kind = _whole(cell)
    line = Text("{place}：", "{place} ") + kind + Text("，现在是【{value}】", ", not {value}")
    advice = Text(
        "没有发生的填 0，不填 /、- 或 无。",
        "Where nothing happened fill in 0, not /, - or a word.",
    )
    if cell.codes:
        advice = Text("也可以填 {codes}。", "{codes} may also stand here.")
    if isinstance(cell.read(value), int | Decimal):
        advice = Text("数字不要加引号，请去掉引号。", "Please remove the quotation marks.")
    codes = Text("、".join(cell.codes), ", ".join(cell.codes))
    return _worded(line, advice, value=same(_shown(value)), codes=codes)


def _whole(cell: CellType) -> Text:
    if cell.integral:
        return Text("只能填整数", "takes whole numbers only")
    return Text("只能填数字", "takes figures only")


def not_whole(cell: CellType, value: Plain) -> Worded:
    """Word a value of another type in a figure's place: 3.5 in a count, true."""
    return _worded(
        Text("{place}：", "{place} ") + _whole(cell) + Text("，现在是 {value}", ", not {value}"),
        Text(
            "请填 0、1、2 这样的数；没有发生的填 0。",
            "Fill in 0, 1, 2 and so on; where nothing happened fill in 0.",
        )
        if cell.integral
        else Text("请填数字。", "Please fill in a figure."),
        value=same(_shown(value)),
    )


def not_listed(cell: CellType, value: Plain) -> Worded:
    """Word a value outside of an enumeration."""
    return _worded(
        Text("{place}：不能填【{value}】", "{place} cannot be {value}"),
        Text("可以填：{known}。", "Known here: {known}."),
        value=same(_shown(value)),
        known=Text(
            "、".join(f"{cell.label(item, 'zh')}（{item}）" for item in cell.values),
            ", ".join(f"{item} ({cell.label(item, 'en')})" for item in cell.values),
        ),
    )


def read_as_other(cell: CellType, value: Plain) -> Worded:
    """Word a value that YAML reads as another type than the form wants."""
    if "string" in cell.types:
        return _not_text(value)
    return not_whole(cell, value)


def too_many_decimals(cell: CellType, value: Decimal) -> Worded:
    """Word an amount with more decimals than the form prints."""
    return _worded(
        Text(
            "{place}：最多 {most} 位小数，现在是 {value}",
            "{place} takes at most {most} decimals, not {value}",
        ),
        Text("请核对单位和小数位。", "Please check the unit and the decimals."),
        value=same(_shown(value)),
        most=cell.decimals,
    )


def wrong_year(year: int, kind: ReportType) -> Worded:
    """Word a report year that the edition is not in force for."""
    first = "" if kind.first_year is None else str(kind.first_year)
    last = "" if kind.last_year is None else str(kind.last_year)
    span = Text(f"{first} 至 {last} 年", f"{first} to {last}")
    if not last:
        span = Text(f"{first} 年及以后", f"{first} and later")
    if not first:
        span = Text(f"{last} 年及以前", f"up to {last}")
    return Worded(
        Text("{edition} 年格式用于 {span}，这份年报是 {year} 年的", "")
        + Text("", "the {edition} edition is for {span}, this report is for {year}"),
        Text(
            "{edition} 年格式用于 {span}的年报，这份年报是 {year} 年的。请改用这一年度的格式。",
            "The {edition} edition is for the reports of {span}, this one is for {year}. "
            "Please use the edition in force for that year.",
        ),
        {"edition": same(kind.edition), "span": span, "year": year},
    )


def missing_overlay(named: str, present: Overlay | None) -> Worded:
    """Word that the overlay a report was filled in with is not the one that is in force."""
    now = Text("现在没有用补充规定", "none is in force")
    if present is not None:
        zh, en = present.title(Language.CHINESE), present.title(Language.ENGLISH)
        now = Text(f"现在用的是【{zh}】（{present.identifier}）", f"{en} is in force")
    line = Text(
        "本年报按补充规定【{named}】填写，{now}",
        "this report was filled in with the overlay {named}; {now}",
    )
    return Worded(
        line,
        line
        + Text(
            "。它增加的内容没有校验，也不会印出，文件里都保留着。"
            "请把这份补充规定放进本级总文件夹的 schemas；不再适用的，清空【本级补充规定】这一格。",
            ". What it adds is neither checked nor printed, and stays in the file. "
            "Put that overlay into schemas of the district's folder; "
            "if it no longer applies, clear this field.",
        ),
        {"named": same(_shown(named)), "now": now},
    )


def wrong_period(wanted: Mapping[str, str], given: Mapping[str, str]) -> Worded:
    """Word a statistic period that does not fit the year."""
    whole = Text(" 至 ".join(wanted.values()), " to ".join(wanted.values()))
    return _worded(
        Text(
            "{place}：应为 {wanted}，现在写的是 {given}", "{place} should be {wanted}, not {given}"
        ),
        Text(
            "请核对年度和统计期限，是不是沿用了旧稿。",
            "Please check year and period: was last year's file copied?",
        ),
        wanted=whole,
        given=same("、".join(_shown(value) for value in given.values())),
    )


def dangling(pointer: str) -> Worded:
    """Word a note or remark that names no place of the form."""
    return _worded(
        Text("注释指的地方 {pointer} 不在表上", "a note names {pointer}, which is not on the form"),
        Text("请核对写法，否则这条注释不会印出。", "Please check it: the note is not printed."),
        pointer=same(_shown(pointer)),
    )


def many_dangling(pointer: str, count: int) -> Worded:
    """Word so many notes or remarks that name no place that one finding has to do for all."""
    return _worded(
        Text(
            "{count} 条注释指的地方不在表上，第一处是 {pointer}",
            "{count} notes name places that are not on the form, the first is {pointer}",
        ),
        Text("请核对写法，否则这些注释不会印出。", "Please check them: they are not printed."),
        pointer=same(_shown(pointer)),
        count=count,
    )


def blank_cells(count: int) -> Worded:
    """Word the blanks of one table or block."""
    if count == 1:
        return Worded(
            Text(
                "{first} 未填，没有发生的请填 0",
                "{first} is blank; where nothing happened fill in 0",
            ),
            Text(
                "{first} 未填。未填不等于 0，用到这一格的勾稽关系暂不判定。没有发生的请填 0。",
                "{first} is blank. A blank is not 0: the sums it belongs to are not decided. "
                "Where nothing happened please fill in 0.",
            ),
            {"count": count},
        )
    return Worded(
        Text(
            "{place} 还有 {count} 格未填，没有发生的请填 0",
            "{place}: {count} cells are blank; where nothing happened fill in 0",
        ),
        Text(
            "{place} 还有 {count} 格未填，第一格是 {first}。未填不等于 0，有关的勾稽关系暂不判定。"
            "没有发生的请填 0。",
            "{place}: {count} cells are blank, the first is {first}. A blank is not 0: the sums "
            "it belongs to are not decided. Where nothing happened please fill in 0.",
        ),
        {"count": count},
    )


def blank_prose() -> Worded:
    """Word a section without text."""
    return _worded(
        Text("{place}：还没有写", "{place} is not written yet"),
        Text("请补写这一部分。", "Please write this section."),
    )


_KEYWORDS: Mapping[str, tuple[Text, Text]] = {
    "minimum": (
        Text(
            "{place}：不能小于 {limit}，现在是 {value}", "{place} cannot be below {limit}: {value}"
        ),
        Text("请核对正负号和数字。", "Please check sign and digits."),
    ),
    "maximum": (
        Text(
            "{place}：不能大于 {limit}，现在是 {value}", "{place} cannot be above {limit}: {value}"
        ),
        Text("请核对数字和单位。", "Please check digits and unit."),
    ),
    "minLength": (
        Text("{place}：至少要 {limit} 个字", "{place} needs at least {limit} characters"),
        Text("请补充。", "Please add to it."),
    ),
    "maxLength": (
        Text("{place}：最多 {limit} 个字", "{place} takes at most {limit} characters"),
        Text("请精简。", "Please shorten it."),
    ),
    "format": (
        Text(
            "{place}：要写成日期，如 2024-01-31，现在是【{value}】",
            "{place} takes a date such as 2024-01-31, not {value}",
        ),
        Text("请按 年-月-日 填写。", "Please write year-month-day."),
    ),
    "maxItems": (
        Text("{place}：最多 {limit} 条", "{place} takes at most {limit} items"),
        Text("请核对是否重复。", "Please look for items written twice."),
    ),
    "maxProperties": (
        Text("{place}：最多 {limit} 行", "{place} takes at most {limit} rows"),
        Text("请核对是否重复。", "Please look for rows written twice."),
    ),
}


def for_keyword(keyword: str, limit: Any, value: Plain) -> Worded:
    """Word a failure of one of the plain keywords: a limit and the value beside it."""
    line, advice = _KEYWORDS.get(
        keyword,
        (
            Text(
                "{place}：不合格式要求，现在是【{value}】",
                "{place} is not as the form wants: {value}",
            ),
            Text("请对照样表核对。", "Please compare with the form."),
        ),
    )
    shown = _shown(limit) if not isinstance(limit, Mapping | list) else ""
    return _worded(line, advice, limit=same(shown), value=same(_shown(value)))
