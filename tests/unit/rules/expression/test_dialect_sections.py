"""Sections 4 to 7 of the dialect, sentence by sentence, from a schema to the verdict on a report.

What single parts of the language do on their own is tested beside this file; here every case goes
the whole way: a schema is loaded, its rules stand at their places, a report is checked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Language
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.rules.checker import CheckContext, Counts
from disclosure_tui.rules.context import PriorReport
from tiny import Data, check, checker, figure, group, row, schema, table

HELD, FAILED = Counts(held=1), Counts(failed=1)
UNDECIDED, NO_PRIOR = Counts(undecided=1), Counts(no_prior=1)
INAPPLICABLE = Counts(inapplicable=1)

CODES = {
    "N/A": {"title": {"zh": "不适用"}, "means": "not_applicable"},
    "?": {"title": {"zh": "不详"}, "means": "unknown"},
    "<1": {"means": "range", "from": 0, "below": 1},
    "<10": {"means": "range", "from": 0, "below": 10},
    "10+": {"means": "range", "from": 10, "below": 1000},
}
TEXT: Data = {"title": "文", "type": ["string", "null"]}


def coded(title: str) -> Data:
    """Return a cell for a figure or one of the codes."""
    values = [{"type": ["number", "null"]}, {"enum": list(CODES)}]
    return {"title": title, "anyOf": values, "x-cell": {"decimals": 2, "codes": CODES}}


CELLS: Data = {
    "a": coded("甲"),
    "b": coded("乙"),
    "c": coded("丙"),
    "新收": coded("新收"),
    "if": coded("若"),
    "sum": coded("合"),
    "2 号.x": coded("二号"),
    "１": coded("全角一"),
    "s": TEXT,
}


def verdict(text: str, values: Mapping[str, Any], prior: Mapping[str, Any] | None = None) -> Counts:
    """Return the verdict on a check over the cells of one row."""
    rule = {"id": "R", "check": text, "each": "row"}
    made = schema({"t": table("表", {"one": row(CELLS, title="一")}, **{"x-rules": [rule]})})
    context = CheckContext()
    if prior is not None:
        context = CheckContext(PriorReport(Report({"year": 2023, "t": {"one": dict(prior)}})))
    return check(made, {"t": {"one": dict(values)}}, context).counts


# 4. Paths and expressions ----------------------------------------------------------------------

GRAMMAR: dict[str, Counts] = {
    # check: if or then or; or binds weaker than and, and weaker than not
    "if a = 1 or a = 9 then b = 2 and c = 3": HELD,
    "if a = 1 and b = 9 or c = 3 then a = 9": FAILED,
    "a = 1 or b = 9 and c = 9": HELD,
    "(a = 1 or b = 9) and c = 9": FAILED,
    "not a = 9 and b = 2": HELD,
    "not (a = 9 and b = 2)": HELD,
    "not a = 1 or b = 2": HELD,
    # cmp
    "a != 1": FAILED,
    "a < 1": FAILED,
    "a <= 1": HELD,
    "a > 1": FAILED,
    "a >= 1": HELD,
    # sum and product: from left to right, products first, the sign before the product
    "c - b - a = 0": HELD,
    "c - (b - a) = 2": HELD,
    "a + b * 2 = 5": HELD,
    "(a + b) * 2 = 6": HELD,
    "2 * 3 * a = 6": HELD,
    "-a + b = 1": HELD,
    "-(a + b) = 0 - c": HELD,
    "c - -a = 4": HELD,
    "-2 * b = -4": HELD,
    # atoms
    "0.5 * b = 1": HELD,
    "s = 'N/A, ＝'": HELD,
    "s = ''": FAILED,
    # every function
    "sum(a, b, c) = 6": HELD,
    "count(a, b, c) = 3": HELD,
    "min(c, a, b) = 1": HELD,
    "max(a, c, b) = 3": HELD,
    "abs(a - c) = 2": HELD,
    "round(0.25 * a, 1) = 0.3": HELD,
    "present(a)": HELD,
    "length(s) = 6": HELD,
    "contains(s, '＝')": HELD,
    "sum(min(a, b), max(b, c)) = 4": HELD,
    # a function only before its bracket, white space or not
    "sum = 7": HELD,
    "sum (sum, a) = 8": HELD,
    # `*` is a segment after ( and , and . and multiplies elsewhere
    "count(report.t.one.*) = 9": HELD,
    "2*a = 2": HELD,
    "(a)*2 = 2": HELD,
    "sum(a)*2 = 2": HELD,
    "count(a, report.t.*.a) = 2": HELD,
    "sum(report.t.**.a) = 1": HELD,
    # keys: in Chinese, quoted, equal to words of the language
    "新收 = 5": HELD,
    '"新收" = 5': HELD,
    '"if" = 6': HELD,
    '"2 号.x" = 8': HELD,
    '"sum" = 7': HELD,
    '"１" = 9': HELD,
    'report.t.one."2 号.x" = 8': HELD,
    # full-width forms outside quotes
    "a＋b＝c": HELD,
    "（a＋b）＊２＝６": HELD,
    "sum（a，b）≥c": HELD,
    "b－a＜c": HELD,
    "a＞b": FAILED,
    "a！＝b": HELD,
    "a≠b": HELD,
    "b　≤　2": HELD,
    "report．t。one.a ＝ 1．0": HELD,
    "count（report.t.＊.a，report.t.＊＊.b）＝2": HELD,
}
ONE_TO_NINE = {"a": 1, "b": 2, "c": 3, "新收": 5, "if": 6, "sum": 7, "2 号.x": 8, "１": 9}


@pytest.mark.parametrize(("text", "counts"), GRAMMAR.items(), ids=GRAMMAR)
def test_grammar(text: str, counts: Counts) -> None:
    assert verdict(text, {**ONE_TO_NINE, "s": "N/A, ＝"}) == counts


REFUSED: dict[str, tuple[int, str]] = {
    "a < b < c": (6, "不能连写"),
    "a = b = c": (6, "不能连写"),
    "not not a = 1": (4, "not"),
    "--a = 1": (1, "数、文字或路径"),
    "if = 6": (3, "数、文字或路径"),
    "prior = 1": (0, "prior"),
    "2 号.x = 8": (2, "号"),
    "新收. 2 = 8": (4, "双引号"),
    "total(a) = 1": (0, "不是函数"),
    "a ** b = 1": (3, "数、文字或路径"),
    "a.* = 1": (0, r"\*"),
    "abs(a.*) = 1": (4, r"\*"),
    "a + b": (0, "判断"),
    "a = 1 and 新收": (10, "判断"),
    "a = ［b］": (4, "不能用"),
    "s = “文”": (4, "单引号"),
    "ｓｕｍ（a） = 1": (0, "不是函数"),
}


@pytest.mark.parametrize(("text", "told"), REFUSED.items(), ids=REFUSED)
@pytest.mark.parametrize("keyword", ["check", "when"])
def test_what_the_grammar_does_not_have(keyword: str, text: str, told: tuple[int, str]) -> None:
    position, words = told
    rule: Data = {"id": "R", "each": "row", "check": "a = 1", keyword: text}
    made = schema({"t": table("表", {"one": row(CELLS)}, **{"x-rules": [rule]})})
    with pytest.raises(SchemaError) as caught:
        checker(made)
    error = caught.value
    assert error.where == "tiny.schema.json#/properties/t/x-rules/0"
    for language, place in (
        (Language.CHINESE, "第 {} 个字："),
        (Language.ENGLISH, "character {}:"),
    ):
        assert place.format(position + 1) in error.what.in_(language)
    assert re.search(words, error.what.zh)
    assert error.hint is not None
    wide = sum(2 if ord(c) > 0x2000 and c != "“" else 1 for c in text[:position])
    assert error.hint.zh == error.hint.en == f"{text}\n{' ' * wide}^"


@pytest.mark.parametrize("keyword", ["x-row", "x-section"])
@pytest.mark.parametrize(
    ("text", "column", "told"),
    [
        ("新收 ＝ 1", 0, ("【新收】在这里没有指到任何格", "'新收' names nothing")),
        (
            "report.year ＝ 1 and 新收 ＞ 1",
            21,
            ("【新收】在这里没有指到任何格", "'新收' names nothing"),
        ),
        ("新收 ＝", 7, ("算式已结束", "the text ends")),
    ],
)
def test_a_condition_of_a_row_or_section_is_marked(
    keyword: str, text: str, column: int, told: tuple[str, str]
) -> None:
    cells = {"a": figure("甲")}
    if keyword == "x-row":
        pointer, made = "/t/one", table("表", {"one": row(cells, **{"x-row": {"when": text}})})
    else:
        section = {"number": "一", "when": text}
        pointer, made = "/t", table("表", {"one": row(cells)}, **{"x-section": section})
    with pytest.raises(SchemaError) as caught:
        checker(schema({"t": made}))
    for language, words in zip(Language, told, strict=True):
        lines = caught.value.told(language).splitlines()
        assert words in lines[0]
        assert f"{pointer} 的【when】" in lines[0] or f"when of {pointer}" in lines[0]
        assert lines[0].startswith(
            f"tiny.schema.json#/properties{pointer.replace('/one', '/properties/one')}: "
        )
        assert lines[-2:] == [text, " " * column + "^"]


@pytest.mark.parametrize(
    ("each", "text", "counts"),
    [
        ("row", "report.year = 2024", HELD),
        ("row", "prior.a = 7", HELD),
        ("row", "prior.report.year = 2023", HELD),
        ("row", "prior.report.t.one.a = 7", HELD),
        (["one.a"], "this = 1 and prior.this = 7", HELD),
        (["*.*"], "this = report.t.@.@1", Counts(held=2, undecided=7)),
        (["*.a"], "this = report.t.@.a and @.b > 0", None),
    ],
)
def test_where_paths_start(each: Any, text: str, counts: Counts | None) -> None:
    rule = {"id": "R", "check": text, "each": each}
    made = schema({"t": table("表", {"one": row(CELLS)}, **{"x-rules": [rule]})})
    context = CheckContext(PriorReport(Report({"year": 2023, "t": {"one": {"a": 7}}})))
    if counts is None:  # `@.b` begins at the cell, which has nothing below it
        with pytest.raises(SchemaError, match="names nothing"):
            check(made, {}, context)
    else:
        assert check(made, {"t": {"one": {"a": 1, "b": 2}}}, context).counts == counts


# 5. Each ---------------------------------------------------------------------------------------

FIGURES = {key: figure(key) for key in ("a", "b", "total")}
SHEET = {
    "one": row(FIGURES, title="一"),
    "组": group("组", {"甲": row(FIGURES, title="甲"), "乙": row(FIGURES, title="乙")}),
    "e": {
        "type": "object",
        "maxProperties": 9,
        "x-entries": {},
        "additionalProperties": row(FIGURES),
    },
    "total": row(FIGURES, title="总计"),
}
ENTRIES = {"某 局": {"a": 1}, "b": {"a": 1}}


def places(rule: Data, entries: Data, sheet: Data = SHEET, rows: str = "down") -> list[str]:
    """Return the names of the instances in a report with some entries."""
    made = schema({"t": table("表", sheet, rows, **{"x-rules": [{"id": "R", **rule}]})})
    checking = checker(made)
    report = Report({"report_type": "tiny/1", "year": 2024, "t": {"e": entries}})
    return [item.name for item in checking.instances(checking.form.populated(report))]


@pytest.mark.parametrize(
    ("rule", "names"),
    [
        ({"check": "one.a = total.a"}, [""]),
        (
            {"each": "row", "check": "a = b"},
            ["one", "组.甲", "组.乙", "e.某 局", "e.b", "total"],
        ),
        ({"each": "column", "check": "one <= 组.甲"}, ["a", "b", "total"]),
        ({"each": "column", "check": "one <= sum(e.*)"}, ["a", "b", "total"]),
        ({"each": ["组.*"], "check": "a = b"}, ["组.甲", "组.乙"]),
        ({"each": ["e.*.a"], "check": "this > 0"}, ["e.某 局.a", "e.b.a"]),
        ({"each": ["组.*", "one"], "check": "a = b"}, ["组.甲", "组.乙", "one"]),
        (
            {"each": ["**.total"], "check": "this > 0"},
            None,  # names a row too: refused
        ),
        ({"each": ["*.*.total"], "check": "this > 0"}, [f"{x}.total" for x in
            ("组.甲", "组.乙", "e.某 局", "e.b")]),
    ],
)  # fmt: skip
def test_each(rule: Data, names: list[str] | None) -> None:
    if names is None:
        with pytest.raises(SchemaError):
            places(rule, ENTRIES)
    else:
        assert places(rule, ENTRIES) == names


def test_entry_rows_come_and_go_with_the_report() -> None:
    rule = {"each": ["e.*"], "check": "a = b"}
    assert places(rule, {}) == []
    assert places(rule, {"x": {}}) == ["e.x"]


def test_a_column_is_not_appended_behind_report() -> None:
    rule = {"id": "R", "each": "column", "check": "one = report.t.total.a"}
    made = schema({"t": table("表", SHEET, **{"x-rules": [rule]})})
    row_of = {"one": {"a": 1, "b": 2, "total": 1}, "total": {"a": 1}}
    assert check(made, {"t": row_of}).counts == Counts(held=2, failed=1)


@pytest.mark.parametrize(
    "rule",
    [
        {"each": "row", "check": "a = c"},
        {"each": "column", "check": "one = odd"},
        {"each": "column", "total": "total", "of": ["one", "odd"]},
        {"each": "row", "total": "b", "of": ["a"]},
    ],
)
def test_a_row_of_another_shape_is_refused(rule: Data) -> None:
    rows = {"one": row(FIGURES), "odd": row({"a": figure("a")}), "total": row(FIGURES)}
    with pytest.raises(SchemaError):
        checker(schema({"t": table("表", rows, **{"x-rules": [{"id": "R", **rule}]})}))


def test_a_list_reaches_rows_of_several_shapes() -> None:
    rows = {"one": row(FIGURES), "odd": row({"a": figure("a")})}
    rule = {"each": ["*"], "check": "a > 0"}
    assert places(rule, {}, rows, "across") == ["one", "odd"]


# 6. Total --------------------------------------------------------------------------------------


def totals(rules: Sequence[Data], sheet: Data = SHEET) -> dict[str, list[str]]:
    """Return the parts of every total of a report with two entries."""
    listed = [{"id": f"R{number}", **rule} for number, rule in enumerate(rules)]
    checking = checker(schema({"t": table("表", sheet, **{"x-rules": listed})}))
    form = checking.form.populated(Report({"t": {"e": ENTRIES}}))
    return {
        ".".join(total.target[1:]): [".".join(part[1:]) for parts in total.sums for part in parts]
        for total in checking.totals(form)
    }


def test_a_pattern_never_yields_a_total_of_the_same_direction() -> None:
    rules = [
        {"each": "column", "total": "组.乙", "of": ["组.甲"]},
        {"each": "column", "total": "total", "of": ["**"]},
    ]
    assert totals(rules)["total.a"] == ["one.a", "组.甲.a", "e.某 局.a", "e.b.a"]


def test_an_exact_name_always_counts() -> None:
    rules = [
        {"each": "column", "total": "组.乙", "of": ["组.甲"]},
        {"each": "column", "total": "total", "of": ["one", "组.乙"]},
    ]
    assert totals(rules)["total.a"] == ["one.a", "组.乙.a"]


def test_a_total_of_the_other_direction_counts() -> None:
    rules = [
        {"each": "row", "total": "total", "of": ["*"]},
        {"each": "column", "total": "total", "of": ["one", "组.*"]},
    ]
    found = totals(rules)
    assert found["one.total"] == ["one.a", "one.b"]
    corner = ["one.total", "组.甲.total", "组.乙.total", "total.a", "total.b"]
    assert sorted(found["total.total"]) == sorted(corner)


def test_in_a_row_patterns_match_figures_only() -> None:
    sheet = {"one": row({"s": TEXT, **FIGURES})}
    rules = [{"each": "row", "total": "total", "of": ["*"]}]
    assert totals(rules, sheet) == {"one.total": ["one.a", "one.b"]}


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ({"each": "column", "total": "total", "of": ["*"]}, r"\*\*"),
        ({"each": "column", "check": "total = sum(*)"}, r"\*\*"),
        ({"each": "column", "total": "total", "of": []}, "至少写一项"),
        ({"each": "column", "total": "total", "of": ["total.*"]}, "没有指到"),
        ({"each": "column", "total": "total", "of": ["没有"]}, "没有指到"),
        ({"each": "column", "total": "nothing", "of": ["one"]}, "没有指到"),
        ({"each": "column", "total": "组.*", "of": ["one"]}, "只能指一格"),
        ({"each": "column", "total": "total", "of": ["total"]}, "互相包含"),
    ],
)
def test_totals_that_are_refused(rule: Data, says: str) -> None:
    with pytest.raises(SchemaError) as caught:
        totals([rule])
    assert re.search(says, caught.value.told(Language.CHINESE))


# 7. Values and verdicts ------------------------------------------------------------------------

VERDICTS: list[tuple[str, Data, Counts]] = [
    ("a = 1", {}, UNDECIDED),
    ("a = 1", {"a": None}, UNDECIDED),
    ("a = 1", {"a": "一"}, UNDECIDED),
    ("s = 'x'", {}, UNDECIDED),
    ("a = 1", {"a": "?"}, UNDECIDED),
    ("a = 'N/A'", {"a": "?"}, FAILED),
    ("a = b", {"a": "?", "b": "?"}, UNDECIDED),
    # three-valued logic
    ("if a != 0 then b > 0", {"a": 0}, HELD),
    ("if a != 0 then b > 0", {"a": 1}, UNDECIDED),
    ("if a != 0 then b > 0", {"b": 1}, HELD),
    ("a = 1 and b = 1", {"b": 0}, FAILED),
    ("a = 1 or b = 1", {"b": 1}, HELD),
    ("a = 1 or b = 1", {"b": 0}, UNDECIDED),
    ("not a = 1", {}, UNDECIDED),
    # not applicable
    ("a = 1", {"a": "N/A"}, INAPPLICABLE),
    ("a + b = 1", {"a": "N/A", "b": 1}, INAPPLICABLE),
    ("abs(a) = 1", {"a": "N/A"}, INAPPLICABLE),
    ("a = 'N/A'", {"a": "N/A"}, HELD),
    ("a != 'N/A'", {"a": "N/A"}, FAILED),
    ("'N/A' != a", {"a": "<1"}, HELD),
    ("a = 'N/A'", {"a": 3}, FAILED),
    ("a != 'N/A'", {"a": 3}, HELD),
    ("a < 'N/A'", {"a": 3}, UNDECIDED),
    ("sum(a, b) = 2", {"a": "N/A", "b": 2}, HELD),
    ("min(a, b) = 2 and max(a, b) = 2", {"a": "N/A", "b": 2}, HELD),
    ("count(a, b) = 1", {"a": "N/A", "b": 2}, HELD),
    ("sum(a, b) = 0", {"a": "N/A", "b": "N/A"}, INAPPLICABLE),
    ("max(a) = 0", {"a": "N/A"}, INAPPLICABLE),
    ("count(a, b) = 0", {"a": "N/A", "b": "N/A"}, HELD),
    ("sum(a, b) = 2", {"b": 2}, UNDECIDED),
    ("count(a, b) = 1", {"b": 2}, UNDECIDED),
    # present
    ("present(a)", {}, FAILED),
    ("present(a)", {"a": "N/A"}, HELD),
    ("present(a)", {"a": "一"}, HELD),
    ("present(a)", {"a": 0}, HELD),
    ("present(s)", {"s": None}, FAILED),
    # ranges are intervals
    ("a < 1", {"a": "<1"}, HELD),
    ("a >= 1", {"a": "<1"}, FAILED),
    ("a >= 0", {"a": "<1"}, HELD),
    ("a = 0", {"a": "<1"}, UNDECIDED),
    ("a = 1", {"a": "<1"}, FAILED),
    ("a != 1", {"a": "<1"}, HELD),
    ("a + b >= 1 and a + b < 2", {"a": "<1", "b": 1}, HELD),
    ("2 * a < 2", {"a": "<1"}, HELD),
    ("-a > -1", {"a": "<1"}, HELD),
    ("a < b", {"a": "<10", "b": "10+"}, HELD),
    ("a = b", {"a": "<1", "b": "<1"}, HELD),
    ("a < b", {"a": "<1", "b": "<1"}, FAILED),
    ("a = b", {"a": "<1", "b": "<10"}, UNDECIDED),
    ("c = min(a, b)", {"a": "<1", "b": 5, "c": "<1"}, HELD),
    ("c = max(a, b)", {"a": "10+", "b": 5, "c": "10+"}, HELD),
    ("c = min(a, b)", {"a": "<10", "b": 5, "c": "<10"}, UNDECIDED),
    ("c = max(a, b)", {"a": "<1", "b": "N/A", "c": "<1"}, HELD),
    # without last year's report
    ("prior.a = 1", {}, NO_PRIOR),
    ("a = prior.a", {"a": 1}, NO_PRIOR),
    ("present(prior.a)", {}, FAILED),
    ("a = 1 or prior.a = 1", {"a": 1}, HELD),
]


@pytest.mark.parametrize(("text", "values", "counts"), VERDICTS)
def test_verdicts(text: str, values: Data, counts: Counts) -> None:
    assert verdict(text, values) == counts


WHEN: list[tuple[str, Data, Counts]] = [
    ("b = 1", {"a": 1, "b": 1}, FAILED),
    ("b = 1", {"a": 1, "b": 0}, INAPPLICABLE),
    ("b = 1", {"a": 1, "b": "N/A"}, INAPPLICABLE),
    ("b = 1", {"a": 1}, UNDECIDED),
    ("count(report.t.e.*.a) > 1", {"a": 1}, INAPPLICABLE),
    ("sum(report.t.e.*.a) > 1", {"a": 1}, INAPPLICABLE),
]


@pytest.mark.parametrize(("when", "values", "counts"), WHEN)
def test_conditions(when: str, values: Data, counts: Counts) -> None:
    rule = {"id": "R", "each": ["one"], "check": "a = 2", "when": when}
    made = schema({"t": table("表", SHEET, **{"x-rules": [rule]})})
    coded_row = {**SHEET, "one": row({**FIGURES, "b": coded("乙")})}
    made["properties"]["t"]["properties"] = coded_row
    assert check(made, {"t": {"one": values}}).counts == counts


@pytest.mark.parametrize(("entries", "counts"), [({}, INAPPLICABLE), (ENTRIES, FAILED)])
def test_a_row_that_does_not_exist(entries: Data, counts: Counts) -> None:
    condition = {"x-row": {"when": "count(report.t.e.*.a) > 1"}}
    rule = {"id": "R", "check": "total.a = 1"}
    sheet = {**SHEET, "total": row(FIGURES, **condition)}
    made = schema({"t": table("表", sheet, **{"x-rules": [rule]})})
    assert check(made, {"t": {"e": entries, "total": {"a": 2}}}).counts == counts


def test_what_last_year_had_no_place_for_and_entries_it_lacks() -> None:
    rule = {"id": "R", "each": ["e.*", "one"], "check": "a = prior.a"}
    made = schema({"t": table("表", SHEET, **{"x-rules": [rule]})})
    this = {"t": {"e": {"old": {"a": 1}, "new": {"a": 1}}, "one": {"a": 1}}}
    before = PriorReport(Report({"t": {"e": {"old": {"a": 1}}, "one": {"a": 2}}}))
    assert check(made, this, CheckContext(before)).counts == Counts(
        held=1, failed=1, inapplicable=1
    )
    excepted = replace(before, without=(Pointer.of("t", "one"),))
    assert check(made, this, CheckContext(excepted)).counts == Counts(held=1, inapplicable=2)


def test_a_shared_rule_at_several_levels_is_told_apart() -> None:
    rule = {"id": "R", "each": "row", "check": "a = 1"}
    tables = {key: table(key, {"one": row(FIGURES)}, **{"x-rules": [rule]}) for key in ("t", "u")}
    result = check(schema(tables), {"t": {"one": {"a": 2}}, "u": {"one": {"a": 3}}})
    found = [(f.rule, f.level, f.instance) for f in result.findings if f.rule == "R"]
    assert found == [("R", Pointer.of("t"), "one"), ("R", Pointer.of("u"), "one")]
