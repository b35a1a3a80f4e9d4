"""Where rules repeat: instances, the cells of each, and what is refused when a schema loads."""

from __future__ import annotations

import re

import pytest

from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Language
from disclosure_tui.model.report import Report
from disclosure_tui.report_type import load_report_type
from disclosure_tui.rules.checker import Checker
from disclosure_tui.rules.registry import Instance
from tiny import Data, checker, figure, group, row, schema, table

CELLS = {key: figure(key) for key in ("a", "b", "total")}
ROWS = {
    "one": row(CELLS, title="一"),
    "group": group("组", {"x": row(CELLS, title="子"), "y": row(CELLS, title="丑")}),
    "total": row(CELLS, title="总计"),
}


def with_rules(*rules: Data) -> Checker:
    return checker(schema({"t": table("表", ROWS, **{"x-rules": list(rules)})}))


def instances(*rules: Data) -> list[Instance]:
    checking = with_rules(*rules)
    return list(checking.instances(checking.form))


def operands(instance: Instance) -> list[str]:
    return [str(item.pointer).removeprefix("/t/") for item in instance.evaluator.operands]


def test_rows_at_any_depth_totals_included() -> None:
    found = instances({"id": "R", "each": "row", "check": "a <= total"})
    assert [item.name for item in found] == ["one", "group.x", "group.y", "total"]
    assert operands(found[1]) == ["group/x/a", "group/x/total"]


def test_columns_of_the_first_row_named() -> None:
    found = instances({"id": "C", "each": "column", "check": "one <= group.x + group.y"})
    assert [item.name for item in found] == ["a", "b", "total"]
    assert operands(found[1]) == ["one/b", "group/x/b", "group/y/b"]


def test_listed_places() -> None:
    found = instances({"id": "P", "each": ["group.*", "one"], "check": "a >= 0"})
    assert [item.name for item in found] == ["group.x", "group.y", "one"]


def test_once() -> None:
    (found,) = instances({"id": "L", "check": "one.a = group.x.a"})
    assert found.name == ""
    assert operands(found) == ["one/a", "group/x/a"]


def test_a_total_is_left_out_by_a_pattern_in_its_own_direction_only() -> None:
    rule_row = {"id": "R", "each": "row", "total": "total", "of": ["*"]}
    rule_column = {"id": "C", "each": "column", "total": "total", "of": ["**"]}
    found = {(item.rule.identifier, item.name): item for item in instances(rule_row, rule_column)}
    assert operands(found["R", "total"]) == ["total/a", "total/b", "total/total"]
    expected = ["one/total", "group/x/total", "group/y/total", "total/total"]
    assert operands(found["C", "total"]) == expected


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ({"each": "row", "check": "c = 1"}, "c"),
        ({"each": "column", "check": "two = 1"}, "two"),
        ({"each": "column", "total": "total", "of": ["*"]}, r"\*\*"),
        ({"each": "column", "check": "one = this"}, "this"),
        ({"each": "column", "check": "report.year = 1"}, "一行"),
        ({"each": ["nothing"], "check": "this = 1"}, "nothing"),
        ({"check": "one = 1"}, "one"),
        ({"check": "one.a.b = 1"}, "one.a.b"),
        ({"each": "row", "check": "report.one.a = a"}, "report.one.a"),
        ({"each": "column", "total": "nothing", "of": ["one"]}, "nothing"),
        ({"check": "one.a = @"}, "@ 没有对应的"),
        ({"each": "row", "check": "a = report.t.@.a"}, "@ 没有对应的"),
        ({"each": ["*.a"], "check": "this = report.t.@1.b"}, "最多写到 @"),
        ({"each": ["@.a"], "check": "this = 1"}, "@ 没有对应的"),
    ],
)
def test_paths_that_name_nothing_are_refused_at_load(rule: Data, says: str) -> None:
    with pytest.raises(SchemaError) as caught:
        with_rules({"id": "BAD", **rule})
    told = caught.value.told(Language.CHINESE)
    assert "BAD" in told
    assert re.search(says, told)
    assert caught.value.where == "tiny.schema.json#/properties/t/x-rules/0"


def test_a_path_that_names_nothing_is_shown_with_a_caret() -> None:
    with pytest.raises(SchemaError) as caught:
        with_rules({"id": "BAD", "check": "one.a ＝ 一.a ＋ tow.b"})
    assert caught.value.hint is not None
    hint = caught.value.hint.in_(Language.CHINESE)
    assert hint.splitlines()[-2:] == ["one.a ＝ 一.a ＋ tow.b", "         ^"]


def test_unknown_columns_of_entry_rows_are_refused_at_load() -> None:
    entries = {
        "type": "object",
        "maxProperties": 5,
        "x-entries": {},
        "additionalProperties": row(CELLS),
    }
    for check, is_right in (("sum(e.*.a) = 1", True), ("sum(e.*.c) = 1", False)):
        rules = [{"id": "R", "check": check}]
        made = schema({"t": table("表", {"e": entries}, **{"x-rules": rules})})
        if is_right:
            checking = checker(made)
            report = Report({"report_type": "tiny/1", "year": 2024})
            assert checking.check(report).counts.inapplicable == 1
        else:
            with pytest.raises(SchemaError, match="names nothing"):
                checker(made)


def test_a_row_without_the_column_is_refused() -> None:
    rows = {"one": row(CELLS, title="一"), "odd": row({"a": figure("a")}, title="二")}
    rule = {"id": "C", "each": "column", "check": "one = odd"}
    with pytest.raises(SchemaError):
        checker(schema({"t": table("表", rows, **{"x-rules": [rule]})}))


def test_too_many_instances_are_refused() -> None:
    rules = [{"id": f"R{n}", "each": "row", "check": "a >= 0"} for n in range(1300)]
    with pytest.raises(SchemaError):
        with_rules(*rules)


@pytest.mark.parametrize(
    ("edition", "counts"),
    [
        ("2019", {"T3-ROW": 23, "T3-COL": 7, "T3-BAL": 7, "T4-SUM": 3}),
        ("2021", {"T3-ROW": 25, "T3-COL": 7, "T3-BAL": 7, "T4-SUM": 3, "T2-STOCK": 2}),
    ],
)
def test_the_annual_report(edition: str, counts: dict[str, int]) -> None:
    checking = load_report_type(f"gov-info-annual/{edition}").checker
    found = [item.rule.identifier for item in checking.instances(checking.form)]
    assert {name: found.count(name) for name in counts} == counts
    assert sum(counts[name] for name in ("T3-ROW", "T3-COL", "T3-BAL")) == (
        39 if edition == "2021" else 37
    )


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ({"each": "row", "check": "丙 = 1"}, "/t/one 里有：a、b、total"),
        ({"each": "row", "check": "b = 1", "when": "aa = 1"}, "是不是【a】？"),
        ({"check": "一.a = 1"}, "路径里写键，不写标题：【one】"),
        ({"check": "one.a = report.nothing"}, "报告的最外层 里有："),
        ({"check": "one.a.deeper = 1"}, "/t/one/a 里面没有别的了"),
        ({"each": ["gruop.*"], "check": "a = 1"}, "是不是【group】？"),
        ({"each": ["丁.*"], "check": "a = 1"}, "/t 里有：one、group、total"),
    ],
)
def test_a_path_that_names_nothing_is_told_with_what_there_is(rule: Data, says: str) -> None:
    with pytest.raises(SchemaError) as caught:
        instances({"id": "R", **rule})
    assert caught.value.hint is not None
    assert says in caught.value.hint.in_(Language.CHINESE)


def test_a_condition_of_a_section_is_told_with_file_and_place() -> None:
    mark = {"number": "一", "when": "yaer = 1"}
    with pytest.raises(SchemaError) as caught:
        checker(schema({"t": table("表", ROWS, **{"x-section": mark})}))
    assert caught.value.where == "tiny.schema.json#/properties/t"
