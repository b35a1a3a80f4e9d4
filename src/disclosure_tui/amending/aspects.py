"""What is different about a place that both forms have: its type, limits and print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from disclosure_tui.amending.changes import Aspect
from disclosure_tui.language import Language, Text, same
from disclosure_tui.model.cell_type import CellType, Code
from disclosure_tui.model.form import Form, Node, PriorType, ReportType, Role, Rows, localized
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.render.wording import Wording
from disclosure_tui.rules.formula import condition_text

__all__ = ["aspect", "cell_aspects", "head_aspects", "label_text", "place_aspects"]

_TYPES = {
    "integer": Text("整数", "whole number"),
    "number": Text("数", "number"),
    "string": Text("文字", "text"),
    "boolean": Text("是或否", "yes or no"),
}
_FORMATS = {"date": Text("日期", "date")}
_ROLES = {
    Role.PROSE: Text("文字部分", "prose"),
    Role.TABLE: Text("表", "table"),
    Role.ROW: Text("行", "row"),
    Role.GROUP: Text("组", "group"),
    Role.BLOCK: Text("段", "block"),
    Role.ENTRIES: Text("自填行", "rows added by the office"),
    Role.FIELD: Text("填写项", "field"),
    Role.MAP: Text("一组填写项", "group of fields"),
    Role.LIST: Text("列表", "list"),
    Role.OPEN_MAP: Text("自由填写", "free keys"),
}
_ROWS = {
    Rows.DOWN: Text("每行单独排", "one row below the other"),
    Rows.ACROSS: Text("各行排成一行", "all rows in one line"),
    Rows.STACKED: Text("分段排", "blocks below each other"),
}
_YES, _NO = Text("是", "yes"), Text("否", "no")


def label_text(texts: Mapping[str, str]) -> Text:
    """Return a label of the form in both languages."""
    return Text(localized(texts, Language.CHINESE), localized(texts, Language.ENGLISH))


def aspect(key: str, name: Text, old: Text | None, new: Text | None) -> Iterator[Aspect]:
    """Yield a property if it is different."""
    before, after = _or_none(old), _or_none(new)
    if before != after:
        yield Aspect(key, name, before, after)


def _or_none(text: Text | None) -> Text | None:
    return text if text is not None and (text.zh or text.en) else None


def place_aspects(forms: tuple[Form, Form], pair: tuple[Node, Node]) -> Iterator[Aspect]:
    """Yield what is different about a place outside rows, or about a row as a whole."""
    old, new = pair
    if old.role is not new.role:
        yield from aspect("role", Text("种类", "kind"), *_both(pair, lambda one: _ROLES[one.role]))
    yield from aspect(
        "short", Text("简称", "short label"), *_both(pair, lambda one: label_text(one.label.shorts))
    )
    yield from _section_aspects(forms, pair)
    yield from _table_aspects(pair)
    yield from _entry_aspects(pair)
    yield from aspect(
        "description",
        Text("说明", "description"),
        *_both(pair, lambda one: label_text(one.description)),
    )
    yield from aspect(
        "required", Text("必须有的", "required"), *_both(pair, lambda one: _keys(one.required))
    )
    if old.cell is not None and new.cell is not None:
        yield from cell_aspects(old.cell, new.cell)


def _both(pair: tuple[Any, Any], told: Any) -> tuple[Text | None, Text | None]:
    return told(pair[0]), told(pair[1])


def _keys(keys: tuple[str, ...]) -> Text:
    return Text("、".join(keys), ", ".join(keys))


def _section_aspects(forms: tuple[Form, Form], pair: tuple[Node, Node]) -> Iterator[Aspect]:
    marks = tuple(node.section for node in pair)
    numbers = [same(mark.number) if mark is not None else None for mark in marks]
    yield from aspect("number", Text("序号", "number"), *numbers)
    headings = [label_text(mark.heading) if mark is not None else None for mark in marks]
    yield from aspect("heading", Text("标题", "heading"), *headings)
    conditions = [
        condition_text(form, node.pointer, node.when or (mark.when if mark is not None else ""))
        for form, node, mark in zip(forms, pair, marks, strict=True)
    ]
    yield from aspect("when", Text("何时才有", "exists when"), *conditions)


def _table_aspects(pair: tuple[Node, Node]) -> Iterator[Aspect]:
    rows = [_ROWS[node.rows] if node.rows is not None else None for node in pair]
    yield from aspect("rows", Text("排法", "layout"), *rows)
    yield from aspect(
        "corner", Text("左上角", "corner"), *_both(pair, lambda one: label_text(one.corner))
    )
    yield from aspect(
        "unit", Text("计量单位", "unit"), *_both(pair, lambda one: label_text(one.unit))
    )


def _entry_aspects(pair: tuple[Node, Node]) -> Iterator[Aspect]:
    entries = [node.entries for node in pair]
    most = [same(str(one.most)) if one is not None else None for one in entries]
    yield from aspect("most", Text("最多几行", "most rows"), *most)
    labels = [same(one.label) if one is not None else None for one in entries]
    yield from aspect("label", Text("行名取自", "rows named by"), *labels)
    sources = [same(".".join(one.source)) if one is not None else None for one in entries]
    yield from aspect("source", Text("与哪里的行对应", "rows of"), *sources)
    complete = [_said(one.complete) if one is not None else None for one in entries]
    yield from aspect("complete", Text("每行都要有", "every row wanted"), *complete)


def _said(value: object) -> Text:
    return _YES if value else _NO


def cell_aspects(old: CellType, new: CellType) -> Iterator[Aspect]:
    """Yield what is different about the values that may stand at a place."""
    pair = (old, new)
    yield from aspect("type", Text("类型", "type"), *_both(pair, _type))
    yield from aspect("minimum", Text("最小值", "least value"), *_both(pair, _least))
    yield from aspect("maximum", Text("最大值", "greatest value"), *_both(pair, _greatest))
    yield from aspect(
        "unit", Text("计量单位", "unit"), *_both(pair, lambda one: label_text(one.unit))
    )
    if old.numeric and new.numeric:
        yield from aspect(
            "decimals",
            Text("小数位", "decimals"),
            *_both(pair, lambda one: same(str(one.decimals))),
        )
        yield from aspect(
            "signed", Text("印正号", "sign printed"), *_both(pair, lambda one: _said(one.signed))
        )
    yield from aspect("codes", Text("可填的代号", "codes"), *_both(pair, _codes))
    yield from aspect("values", Text("可选的值", "choices"), *_both(pair, _values))
    yield from aspect("longest", Text("最多字数", "most characters"), *_both(pair, _longest))
    yield from aspect("shortest", Text("最少字数", "least characters"), *_both(pair, _shortest))


def _type(cell: CellType) -> Text:
    if cell.format:
        return _FORMATS.get(cell.format, same(cell.format))
    named = [text for name, text in _TYPES.items() if name in cell.types]
    return Text("、".join(text.zh for text in named), ", ".join(text.en for text in named))


def _least(cell: CellType) -> Text | None:
    return None if cell.minimum is None else same(str(cell.minimum))


def _greatest(cell: CellType) -> Text | None:
    return None if cell.maximum is None else same(str(cell.maximum))


def _longest(cell: CellType) -> Text | None:
    return None if cell.longest is None else same(str(cell.longest))


def _shortest(cell: CellType) -> Text | None:
    return None if cell.shortest is None else same(str(cell.shortest))


_MEANINGS = {
    "not_applicable": Text("不适用", "not applicable"),
    "unknown": Text("未统计", "unknown"),
}


def _codes(cell: CellType) -> Text:
    parts = [_code(code) for code in cell.codes.values()]
    return Text("、".join(part.zh for part in parts), ", ".join(part.en for part in parts))


def _code(code: Code) -> Text:
    meaning = _MEANINGS.get(code.meaning)
    if meaning is None:
        meaning = Text(
            f"{code.lowest} 到 {code.below} 以下", f"from {code.lowest} to below {code.below}"
        )
    return same(code.text) + Text("（", " (") + meaning + Text("）", ")")


def _values(cell: CellType) -> Text:
    named = [label_text(texts) for texts in cell.values.values()]
    return Text("、".join(text.zh for text in named), ", ".join(text.en for text in named))


def head_aspects(old: Form, new: Form) -> Iterator[Aspect]:
    """Yield what is different about the report as a whole."""
    roots = old.root, new.root
    for key, name, told in (
        ("name", Text("名称", "name"), lambda one: label_text(one.label.titles)),
        ("short", Text("简称", "short label"), lambda one: label_text(one.label.shorts)),
        ("description", Text("说明", "description"), lambda one: label_text(one.description)),
    ):
        yield from aspect(key, name, *_both(roots, told))
    pair = old.report_type, new.report_type
    yield from aspect("years", Text("适用年度", "report years"), *_both(pair, _years))
    yield from aspect(
        "authority", Text("依据", "authority"), *_both(pair, lambda one: one.authority)
    )
    yield from aspect("title", Text("报告标题", "title"), *_both(pair, lambda one: same(one.title)))
    yield from aspect("period", Text("统计期限", "period"), *_both(pair, _period))
    yield from aspect(
        "within_year", Text("本年第几期", "number within the year"), *map(_within_year, (old, new))
    )
    yield from aspect(
        "language",
        Text("表样的语言", "language"),
        *_both(pair, lambda one: same(one.language.value)),
    )
    yield from aspect(
        "prior", Text("可比较的上年格式", "last year's forms"), *map(_priors, (old, new))
    )


def _years(kind: ReportType) -> Text:
    first, last = kind.first_year, kind.last_year
    if first is not None and last is not None:
        return Text(f"{first} 至 {last} 年", f"{first} to {last}")
    if first is not None:
        return Text(f"{first} 年起", f"from {first}")
    return Text(f"{last} 年以前", f"up to {last}") if last is not None else Text("不限", "any")


def _within_year(form: Form) -> Text:
    place = form.report_type.within_year
    return Text(*_place(form, ".".join(place))) if place else Text("", "")


def _period(kind: ReportType) -> Text:
    ends = [kind.period.get(key, "") for key in ("start", "end")]
    return Text(" 至 ".join(ends), " to ".join(ends)) if any(ends) else Text("", "")


def _priors(form: Form) -> Text:
    told = [_prior(form, prior) for prior in form.report_type.prior]
    return Text("；".join(text.zh for text in told), "; ".join(text.en for text in told))


def _prior(form: Form, prior: PriorType) -> Text:
    told = same(prior.name)
    if prior.without:
        zh, en = zip(*(_place(form, path) for path in prior.without), strict=True)
        told += Text(f"（没有对应项：{'、'.join(zh)}）", f" (no counterpart: {', '.join(en)})")
    if prior.renamed:
        zh, en = zip(*(_place(form, path) for path in prior.renamed), strict=True)
        told += Text(f"（换了位置：{'、'.join(zh)}）", f" (elsewhere: {', '.join(en)})")
    return told


def _place(form: Form, path: str) -> tuple[str, str]:
    """Name a place of the form by its short path."""
    pointer = Pointer(path.split("."))
    zh, en = (Wording(form, language).path(pointer) for language in Language)
    return zh, en
