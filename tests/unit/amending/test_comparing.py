"""What differs between two schemas, told of the places and rules that a person knows."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_tui.amending.changes import (
    PlaceChange,
    PlaceChangeKind,
    RuleChangeKind,
    SchemaComparison,
    What,
)
from disclosure_tui.amending.comparing import compare_schemas
from disclosure_tui.amending.order import out_of_order
from disclosure_tui.amending.pairing import Mapped
from disclosure_tui.amending.text_format import set_schema_comparison
from disclosure_tui.language import Language
from disclosure_tui.model.finding import Severity
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.render.comparison_text import ComparisonPage
from disclosure_tui.report_type import LoadedReportType, load_report_type
from disclosure_tui.rules.checker import Checker
from disclosure_tui.schema.catalog import Catalog
from tiny import Data, figure, form, group, row, schema, table

CELLS = {"people": figure("自然人"), "firms": figure("企业"), "total": figure("总计")}
TABLE = table(
    "申请情况",
    {
        "new": row(CELLS, title="一、新收"),
        "results": group(
            "二、结果", {"granted": row(CELLS, title="公开"), "other": row(CELLS, title="其他")}
        ),
    },
    **{
        "x-rules": [
            {"id": "R-ROW", "each": "row", "total": "total", "of": ["*"]},
            {"id": "R-SUM", "each": "column", "check": "new = results.granted + results.other"},
        ]
    },
)
PLAIN = schema({"requests": TABLE})


def loaded(contents: Data) -> LoadedReportType:
    return LoadedReportType(Checker(form(contents)), Path("tiny.schema.json"), "tiny")


def changed(*steps: Any) -> Data:
    """Return the plain schema after some changes of its table."""
    # Not a deep copy: the rows share their cells, and one alone is to be changed.
    contents: Data = json.loads(json.dumps(PLAIN))
    for step in steps:
        step(contents["properties"]["requests"])
    return contents


def compared(new: Data, mapping: tuple[Mapped, ...] = (), old: Data = PLAIN) -> SchemaComparison:
    return compare_schemas(loaded(old), loaded(new), mapping)


def told(change: PlaceChange) -> tuple[str, str, list[str], list[str]]:
    return (
        change.kind.value,
        change.what.value,
        [spot.label.zh for spot in change.old],
        [spot.label.zh for spot in change.new],
    )


def only(comparison: SchemaComparison) -> PlaceChange:
    (change,) = comparison.places
    return change


class TestPlaces:
    def test_nothing_is_different_from_itself(self) -> None:
        for entry in Catalog.of().entries():
            one = load_report_type(entry.name)
            assert compare_schemas(one, one).is_same

    def test_a_row_that_came_and_one_that_went(self) -> None:
        def change(at: Data) -> None:
            results = at["properties"]["results"]["properties"]
            results["denied"] = row(CELLS, title="不予公开")
            del results["granted"]
            at["x-rules"] = []

        found = compared(changed(change))
        assert [told(one) for one in found.places] == [
            ("removed", "row", ["公开"], []),
            ("added", "row", [], ["不予公开"]),
        ]
        assert {one.within.zh for one in found.places} == {"二、结果"}
        assert {one.heading.zh for one in found.places} == {"一、申请情况"}
        assert [one.cells for one in found.places] == [3, 3]

    def test_another_label_with_the_same_key_is_a_new_name(self) -> None:
        def change(at: Data) -> None:
            at["properties"]["new"]["title"] = "一、本年新收"

        assert told(only(compared(changed(change)))) == (
            "renamed", "row", ["一、新收"], ["一、本年新收"],
        )  # fmt: skip

    def test_the_same_label_under_another_key_has_moved(self) -> None:
        def change(at: Data) -> None:
            rows = at["properties"]
            rows["results"]["properties"]["received"] = rows.pop("new")
            at["x-rules"] = []

        moved = only(compared(changed(change)))
        assert told(moved) == ("moved", "row", ["一、新收"], ["一、新收"])
        (place,) = moved.aspects
        assert place.old is not None
        assert place.new is not None
        assert (place.old.zh, place.new.zh) == ("requests.new", "requests.results.received")

    def test_another_order_names_the_one_that_moved(self) -> None:
        old = changed(lambda at: at["properties"].update(carried=row(CELLS, title="三、结转")))
        new = copy.deepcopy(old)
        rows = new["properties"]["requests"]["properties"]
        rows["new"] = rows.pop("new")
        moved = only(compared(new, old=old))
        assert told(moved) == ("moved", "row", ["一、新收"], ["一、新收"])
        assert moved.aspects[0].new is not None
        assert moved.aspects[0].new.zh == "在【三、结转】之后"

    def test_a_row_that_became_a_group_was_split(self) -> None:
        def change(at: Data) -> None:
            parts = {"late": row(CELLS, title="1.逾期"), "rest": row(CELLS, title="2.其余")}
            at["properties"]["results"]["properties"]["other"] = group("其他", parts)
            at["x-rules"] = []

        split = only(compared(changed(change)))
        assert told(split) == ("split", "row", ["其他"], ["1.逾期", "2.其余"])
        back = only(compared(PLAIN, old=changed(change)))
        assert told(back) == ("merged", "row", ["1.逾期", "2.其余"], ["其他"])

    def test_a_mapping_tells_parts_that_no_form_can_show(self) -> None:
        def change(at: Data) -> None:
            results = at["properties"]["results"]["properties"]
            del results["other"]
            results["late"] = row(CELLS, title="逾期")
            results["rest"] = row(CELLS, title="其余")
            at["x-rules"] = []

        new = changed(change)
        assert [one.kind for one in compared(new).places] == [
            PlaceChangeKind.REMOVED, PlaceChangeKind.ADDED, PlaceChangeKind.ADDED,
        ]  # fmt: skip
        whole = Pointer.of("requests", "results", "other")
        mapping = tuple((whole, Pointer.of("requests", "results", key)) for key in ("late", "rest"))
        assert told(only(compared(new, mapping))) == ("split", "row", ["其他"], ["逾期", "其余"])

    def test_what_the_schema_says_of_last_years_edition_is_known(self) -> None:
        old = copy.deepcopy(PLAIN)
        old["x-report"]["edition"] = "0"

        def change(at: Data) -> None:
            rows = at["properties"]
            rows["incoming"] = {**rows.pop("new"), "title": "一、收到"}
            at["x-rules"] = []

        new = changed(change)
        new["x-report"]["prior"] = [
            {"report_type": "tiny/0", "map": {"requests.incoming": "requests.new"}}
        ]
        kinds = {told(one)[0] for one in compared(new, old=old).places}
        assert kinds == {"moved", "renamed"}

    def test_what_all_rows_share_is_told_once(self) -> None:
        def change(at: Data) -> None:
            for name in ("new", "granted", "other"):
                holder = at["properties"] if name == "new" else _results(at)
                cells = holder[name]["properties"]
                cells["charity"] = figure("公益组织")
                cells["people"]["title"] = "公民"

        places = compared(changed(change)).places
        assert [told(one)[:2] for one in places] == [("renamed", "column"), ("added", "column")]
        assert all(not one.rows for one in places)

    def test_what_one_row_has_alone_names_the_row(self) -> None:
        def change(at: Data) -> None:
            at["properties"]["new"]["properties"]["people"]["minimum"] = 0

        change_ = only(compared(changed(change)))
        assert change_.what is What.COLUMN
        assert [spot.label.zh for spot in change_.rows] == ["一、新收"]
        (least,) = change_.aspects
        assert (least.key, least.old) == ("minimum", None)
        assert least.new is not None
        assert least.new.zh == "0"

    @pytest.mark.parametrize(
        ("keyword", "value", "aspect"),
        [
            ("type", ["number", "null"], "type"),
            ("maximum", 9, "maximum"),
            ("x-cell", {"unit": "件"}, "unit"),
            ("x-cell", {"signed": True}, "signed"),
            ("x-short", "人", "short"),
        ],
    )
    def test_types_and_limits(self, keyword: str, value: Any, aspect: str) -> None:
        def change(at: Data) -> None:
            at["properties"]["new"]["properties"]["people"][keyword] = value

        assert [one.key for one in only(compared(changed(change))).aspects] == [aspect]

    def test_columns_of_one_label_are_told_apart_and_together(self) -> None:
        nested = {
            key: {
                "title": title,
                "type": ["object", "null"],
                "unevaluatedProperties": False,
                "properties": {"most": figure("最多"), "least": figure("最少")},
            }
            for key, title in (("simple", "简单"), ("complex", "复杂"))
        }
        old = schema({"requests": table("天数", {"new": row(nested, title="新收")})})
        new: Data = json.loads(json.dumps(old))
        for part in new["properties"]["requests"]["properties"]["new"]["properties"].values():
            part["properties"]["most"]["maximum"] = 365
        found = compared(new, old=old)
        assert [told(one)[3] for one in found.places] == [["简单 最多"], ["复杂 最多"]]
        lines = set_schema_comparison(found, ComparisonPage(Language.CHINESE))
        texts = ["".join(piece.text for piece in line) for line in lines]
        assert "  ~ 改动 2 列：【简单 最多】【复杂 最多】" in texts
        assert texts.count("      最大值：（没有） -> 365") == 1

    def test_fields_outside_of_sections(self) -> None:
        new = copy.deepcopy(PLAIN)
        new["properties"]["phone"] = {"title": "电话", "type": "string"}
        change = only(compared(new))
        assert told(change) == ("added", "field", [], ["电话"])
        assert change.heading.zh == ""


def _results(at: Data) -> Data:
    found: Data = at["properties"]["results"]["properties"]
    return found


class TestRules:
    def rule(self, new: Data) -> Any:
        (change,) = compared(new).rules
        return change

    def test_a_formula_is_told_in_printed_labels(self) -> None:
        def change(at: Data) -> None:
            at["x-rules"][1]["check"] = "new >= results.granted + results.other"

        found = self.rule(changed(change))
        assert (found.kind, found.rule, found.lapses) == (RuleChangeKind.CHANGED, "R-SUM", False)
        (formula,) = found.aspects
        assert formula.old.zh == "一、新收 = 公开 + 其他"
        assert formula.new.zh == "一、新收 不小于 公开 + 其他"

    def test_explanations_of_a_query_lapse_with_its_formula_only(self) -> None:
        old = changed(lambda at: at["x-rules"][1].update(severity="query"))
        other = copy.deepcopy(old)
        other["properties"]["requests"]["x-rules"][1]["check"] = "new <= results.granted"
        (change,) = compared(other, old=old).rules
        assert change.lapses
        worded = copy.deepcopy(old)
        worded["properties"]["requests"]["x-rules"][1]["advice"] = "请核对。"
        (change,) = compared(worded, old=old).rules
        assert not change.lapses
        assert [aspect.key for aspect in change.aspects] == ["advice"]

    def test_a_rule_that_weighs_less(self) -> None:
        found = self.rule(changed(lambda at: at["x-rules"][0].update(severity="warning")))
        assert found.is_regraded
        assert (found.old_severity, found.new_severity) == (Severity.ERROR, Severity.WARNING)

    def test_rules_that_came_and_went(self) -> None:
        def change(at: Data) -> None:
            at["x-rules"][0]["id"] = "R-OTHER"

        found = compared(changed(change)).rules
        assert [(one.kind.value, one.rule) for one in found] == [
            ("added", "R-OTHER"),
            ("removed", "R-ROW"),
        ]
        assert found[0].formula.zh == "合计（其余各列） = 总计"

    def test_dates_and_conditions(self) -> None:
        def change(at: Data) -> None:
            at["x-rules"][0].update({"from": 2025, "when": "report.year > 2020"})

        keys = {aspect.key: aspect for aspect in self.rule(changed(change)).aspects}
        assert set(keys) == {"force", "when"}
        assert keys["force"].new.zh == "2025 年年报，以后的也适用"
        assert keys["when"].new.zh == "年度 > 2020"

    def test_a_suspended_rule(self) -> None:
        pause = {
            "id": "R-SUM", "off": True, "from": 2024, "to": 2024,
            "basis": "会议纪要", "note": "补录",
        }  # fmt: skip
        base = copy.deepcopy(PLAIN)
        base["$defs"] = {"requests": base["properties"]["requests"]}
        base["properties"]["requests"] = {"$ref": "#/$defs/requests"}
        new = copy.deepcopy(base)
        new["properties"]["requests"]["x-rules"] = [pause]
        (change,) = compared(new, old=base).rules
        (aspect,) = change.aspects
        assert aspect.key == "suspended"
        assert aspect.new is not None
        assert "会议纪要" in aspect.new.zh

    def test_words_that_a_rule_looks_for(self) -> None:
        rules = load_report_type("gov-info-annual/2021")
        change = compare_schemas(load_report_type("gov-info-annual/2019"), rules)
        texts = next(one for one in change.rules if one.rule == "TX-RULES")
        (formula,) = [one for one in texts.aspects if one.key == "formula"]
        # Only the figures that differ are repeated, not what both have.
        assert formula.old is not None
        assert "规章 新公开" in formula.old.zh

    def test_the_weight_of_a_blank(self) -> None:
        policy = {"x-findings": {"blank": {"id": "R-BLANK", "severity": "query"}}}
        old = changed(lambda at: at.update(policy))
        new = copy.deepcopy(old)
        new["properties"]["requests"]["x-findings"]["blank"]["severity"] = "error"
        (change,) = compared(new, old=old).rules
        assert (change.rule, change.is_regraded) == ("R-BLANK", True)


@given(st.permutations(range(8)), st.integers(0, 8))
def test_the_fewest_moves_explain_an_order(order: list[int], left: int) -> None:
    """Without what moved, both orders are the same; no smaller set would do."""
    old, new = list(range(8))[:left], [one for one in order if one < left]
    moved = set(out_of_order(old, new))
    assert [one for one in old if one not in moved] == [one for one in new if one not in moved]
    rises = [1] * len(new)
    for at, one in enumerate(new):
        rises[at] += max((rises[before] for before in range(at) if new[before] < one), default=0)
    assert len(moved) == len(new) - max(rises, default=0)


def test_labels_are_there_in_both_languages() -> None:
    for names in (("2019", "2021"), ("2021", "2019")):
        pair = [load_report_type(f"gov-info-annual/{name}") for name in names]
        found = compare_schemas(*pair)
        for change in found.places:
            for spot in (*change.old, *change.new):
                assert spot.label.in_(Language.CHINESE)
                assert spot.label.in_(Language.ENGLISH).isascii()
