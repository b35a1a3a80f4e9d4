"""From schema to form: roles, labels, layers, header trees; the examples of the dialect."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Language
from disclosure_tui.model.form import ColumnHeader, Role, Rows
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from tiny import DRAFT, Data, check, checker, figure, form, group, pairs, row, schema, table, words

ZH, EN = Language.CHINESE, Language.ENGLISH


def headers(columns: tuple[ColumnHeader, ...]) -> list[Any]:
    """Return a header tree as nested lists: titles, merged ones with what stands under them."""
    return [
        [header.label.title(ZH), headers(header.columns)]
        if header.columns
        else header.label.title(ZH)
        for header in columns
    ]


CELLS = {"a": figure("甲"), "b": figure("乙"), "c": figure("丙")}


class TestRoles:
    def test_every_role(self) -> None:
        nested = row({"x": group("组", {"p": figure("子"), "q": figure("丑")}), "y": figure("寅")})
        contents = schema(
            {
                "organ": group("单位", {"name": {"title": "名称", "type": "string"}}),
                "notes": {
                    "title": "注",
                    "type": "object",
                    "additionalProperties": {"type": "string"},
                },
                "list": {"title": "条", "type": ["array", "null"]},
                "prose": {
                    "title": "总体",
                    "type": ["string", "null"],
                    "x-section": {"number": "一"},
                },
                "down": table("表", {"group": group("组", {"one": nested})}),
                "stacked": table("叠", {"block": group("块", {"three": row(CELLS)})}, "stacked"),
            }
        )
        roles = {str(pointer): node.role for pointer, node in form(contents).nodes.items()}
        assert roles[""] is Role.REPORT
        assert roles["/organ"] is Role.MAP
        assert roles["/organ/name"] is Role.FIELD
        assert roles["/notes"] is Role.OPEN_MAP
        assert roles["/list"] is Role.LIST
        assert roles["/prose"] is Role.PROSE
        assert roles["/down"] is Role.TABLE
        assert roles["/down/group/one"] is Role.ROW
        assert roles["/down/group/one/x"] is Role.COLUMN_GROUP
        assert roles["/down/group/one/x/p"] is Role.CELL
        assert roles["/down/group"] is Role.GROUP
        assert roles["/stacked/block"] is Role.BLOCK
        assert roles["/stacked/block/three/a"] is Role.CELL

    @pytest.mark.parametrize("rows", ["down", "across", "stacked"])
    def test_ways_to_print(self, rows: str) -> None:
        blocks = {"x": group("块", {"one": row(CELLS, title="行")})}
        found = form(schema({"t": table("表", blocks, rows)}))
        assert found.tables[0].rows is Rows(rows)
        assert [str(node.pointer) for node in found.rows()] == ["/t/x/one"]

    def test_a_child_is_a_row_by_its_keyword_not_by_its_name(self) -> None:
        inner = group("其他", {"total": row(CELLS, title="总计")})
        found = form(schema({"t": table("表", {"other": inner})}))
        node = found.node(("t", "other"))
        assert node is not None
        assert node.role is Role.GROUP


class TestColumns:
    def columns(self, declared: list[Any] | None, cells: Data = CELLS) -> list[Any]:
        options = {} if declared is None else {"columns": declared}
        one = row(cells, title="行", **{"x-row": options})
        node = form(schema({"t": table("表", {"one": one})})).node(("t", "one"))
        assert node is not None
        return headers(node.columns)

    def test_without_a_declaration_the_properties_in_order(self) -> None:
        assert self.columns(None) == ["甲", "乙", "丙"]

    def test_merged_headers(self) -> None:
        merged = {
            "title": {"zh": "合"},
            "columns": ["b", {"title": {"zh": "内"}, "columns": ["c"]}],
        }
        assert self.columns(["a", merged]) == ["甲", ["合", ["乙", ["内", ["丙"]]]]]

    def test_nested_and_flat_data_give_the_same_headers(self) -> None:
        nested = {"a": figure("甲"), "x": group("合", {"b": figure("乙"), "c": figure("丙")})}
        assert self.columns(["a", "x"], nested) == ["甲", ["合", ["乙", "丙"]]]
        merged = {"title": {"zh": "合"}, "columns": ["x.b", "x.c"]}
        assert self.columns(["a", merged], nested) == ["甲", ["合", ["乙", "丙"]]]

    @pytest.mark.parametrize("declared", [["a", "b"], ["a", "b", "c", "nothing"]])
    def test_columns_left_out_or_unknown_are_refused(self, declared: list[Any]) -> None:
        with pytest.raises(SchemaError):
            self.columns(declared)


class TestLabels:
    def test_title_titles_and_short_come_from_one_layer(self) -> None:
        part = {
            "$anchor": "part",
            **row(CELLS, title="共用", **{"x-titles": {"en": "shared"}, "x-short": "共"}),
        }
        contents = schema({"t": table("表", {"one": {"$ref": "#part", "title": "自己的"}})})
        contents["$defs"] = {"part": part}
        node = form(contents).node(("t", "one"))
        assert node is not None
        assert node.label.title(ZH) == node.label.short(ZH) == "自己的"
        assert node.label.title(EN) == "自己的"

    def test_options_are_merged_key_by_key(self) -> None:
        contents = schema(
            {
                "t": table(
                    "表",
                    {
                        "one": row(
                            {"a": {"$ref": "#count", "title": "甲", "x-cell": {"signed": True}}},
                            title="行",
                        )
                    },
                )
            }
        )
        count = {"type": ["integer", "null"], "x-cell": {"unit": "件", "signed": False}}
        contents["$defs"] = {"count": {"$anchor": "count", **count}}
        cell = form(contents).cells[0].cell
        assert cell is not None
        assert cell.signed
        assert cell.unit == {"zh": "件"}

    def test_the_members_of_all_of_are_layers_the_first_one_nearest(self) -> None:
        count = {"type": ["integer", "null"], "minimum": 0}
        parts = [
            {"$ref": "#/$defs/count"},
            {"x-cell": {"unit": "件", "signed": True}},
            {"title": "远", "x-cell": {"unit": "个", "decimals": 2}},
        ]
        cells = {"a": {"title": "甲", "x-cell": {"signed": False}, "allOf": parts}}
        contents = schema({"t": table("表", {"one": row(cells, title="行")})})
        contents["$defs"] = {"count": count}
        (node,) = form(contents).cells
        assert node.cell is not None
        assert node.label.title(ZH) == "甲"
        assert (node.cell.unit, node.cell.decimals, node.cell.signed) == ({"zh": "件"}, 2, False)
        assert (node.cell.types, node.cell.minimum) == (frozenset({"integer"}), 0)

    def test_properties_of_all_of_come_last(self) -> None:
        parts = {
            "first": {"properties": {"a": figure("甲", minimum=0)}},
            "third": {"properties": {"c": figure("丙"), "a": {"minimum": 1}}},
            "fourth": {"properties": {"d": figure("丁")}},
        }
        both = [{"$ref": "#/$defs/third"}, {"$ref": "#/$defs/fourth"}]
        one = row({"b": figure("乙")}, title="行", **{"$ref": "#/$defs/first"}, allOf=both)
        found = form(schema({"t": table("表", {"one": one})}, **{"$defs": parts}))
        assert [node.key for node in found.cells] == ["a", "b", "c", "d"]
        assert found.cells[0].cell is not None
        assert found.cells[0].cell.minimum == 0, "that of $ref is nearer"


BASE_ID = "urn:disclosure-tui:base:1"


POINT: Data = {"$dynamicRef": "#denied-extra"}
EMPTY: Data = {"$dynamicAnchor": "denied-extra"}


def base(*, apart: bool = False) -> Data:
    """Return a base with an extension point, and rules over whatever rows there are.

    Args:
        apart: The point's empty content stands under `$defs`, not beside the point.
    """
    denied = group(
        "不予公开",
        {"secret": row(CELLS, title="秘密"), "third_party": row(CELLS, title="第三方")},
        **(POINT if apart else {"allOf": [EMPTY, POINT]}),
    )
    rows = {"denied": denied, "total": row(CELLS, title="总计")}
    rules = [
        {"id": "COL", "each": "column", "total": "total", "of": ["denied.*"]},
        {"id": "ROW", "each": "row", "check": "a <= b", "severity": "error"},
    ]
    contents = schema({"requests": table("申请情况", rows, **{"x-rules": rules})})
    contents["$id"] = BASE_ID
    if apart:
        contents["$defs"] = {"denied-extra": EMPTY}
    return contents


def overlay(**more: Any) -> Data:
    """Return an extension of the base with a row of its own (dialect, `x-place`)."""
    extra = row(CELLS, title="商业秘密", **{"x-place": {"after": "secret"}})
    return {
        "$schema": DRAFT,
        "$id": "urn:disclosure-tui:dept:1",
        "x-dialect": 1,
        "$ref": BASE_ID,
        "x-report": {
            "type": "tiny",
            "edition": "1",
            "version": "1",
            "language": "zh",
            "title": "{year}",
        },
        "$defs": {
            "denied-extra": {
                "$dynamicAnchor": "denied-extra",
                "properties": {"commercial_secret": extra},
            },
            "base": base(),
        },
        **more,
    }


class TestOverlay:
    @pytest.mark.parametrize("apart", [False, True])
    def test_the_row_stands_in_its_place(self, *, apart: bool) -> None:
        contents = overlay()
        contents["$defs"]["base"] = base(apart=apart)
        found = form(contents)
        keys = [node.key for node in found.rows()]
        assert keys == ["secret", "commercial_secret", "third_party", "total"]

    def test_rules_of_the_base_reach_the_row(self) -> None:
        cells = {"a": 1, "b": 2, "c": 0}
        denied = {"secret": cells, "third_party": cells, "commercial_secret": cells}
        wrong = {"requests": {"denied": denied, "total": {"a": 2, "b": 6, "c": 0}}}
        assert pairs(check(overlay(), wrong).findings) == [("COL", "a")]

    def test_the_base_alone_does_not_know_the_row(self) -> None:
        data = {"requests": {"denied": {"commercial_secret": {}}}}
        found = pairs(check(base(), data).findings)
        assert ("schema.unevaluatedProperties", "denied.commercial_secret") in found

    def test_a_changed_label_has_to_be_meant(self) -> None:
        renamed = {"requests": {"title": "申请情况（本部门）"}}
        with pytest.raises(SchemaError) as caught:
            form(overlay(properties=renamed))
        assert caught.value.hint is not None
        assert "x-relabel" in caught.value.hint.zh
        assert caught.value.where.endswith("#/properties/requests")
        renamed["requests"]["x-relabel"] = True  # type: ignore[assignment]
        node = form(overlay(properties=renamed)).node(("requests",))
        assert node is not None
        assert node.label.title(ZH) == "申请情况（本部门）"

    def test_severity_changed_and_rule_switched_off(self) -> None:
        data = {"requests": {"denied": {"secret": {"a": 3, "b": 1, "c": 0}}}}
        softer = {"requests": {"x-rules": [{"id": "ROW", "severity": "query"}]}}
        result = check(overlay(properties=softer), data)
        (finding,) = [item for item in result.findings if item.rule == "ROW" and item.counts]
        assert finding.severity.value == "query"
        off = {"requests": {"x-rules": [{"id": "ROW", "off": True}]}}
        result = check(overlay(properties=off), data)
        assert "ROW" not in {item.rule for item in result.findings}

    def test_an_override_of_no_rule_is_refused(self) -> None:
        unknown = {"requests": {"x-rules": [{"id": "NONE", "severity": "query"}]}}
        with pytest.raises(SchemaError) as caught:
            checker(overlay(properties=unknown))
        assert "NONE" in caught.value.what.zh

    def test_a_second_full_declaration_is_refused(self) -> None:
        again = {"requests": {"x-rules": [{"id": "ROW", "each": "row", "check": "a = b"}]}}
        with pytest.raises(SchemaError) as caught:
            checker(overlay(properties=again))
        assert "ROW" in caught.value.what.zh

    def test_a_neighbour_that_is_not_there_is_refused(self) -> None:
        contents = overlay()
        extra = contents["$defs"]["denied-extra"]["properties"]["commercial_secret"]
        extra["x-place"] = {"after": "nobody"}
        with pytest.raises(SchemaError) as caught:
            form(contents)
        assert "nobody" in caught.value.what.zh


def components() -> Data:
    """Return the entry rows of the dialect's example: pending requests by component."""
    cells = {
        "start": figure("期初"),
        "received": figure("收到"),
        "processed": figure("办结"),
        "end": figure("期末"),
    }
    pending = {"$anchor": "pending", **row(cells)}
    entries = {
        "type": ["object", "null"],
        "maxProperties": 3,
        "x-entries": {"of": "components", "label": "name"},
        "additionalProperties": {"$ref": "#pending"},
    }
    overall = {
        "$ref": "#pending",
        "title": "合计",
        "x-row": {"when": "count(report.components.*.name) > 1"},
    }
    names = {
        "title": "组成单位",
        "type": ["object", "null"],
        "maxProperties": 3,
        "x-entries": {"label": "name"},
        "additionalProperties": {
            "type": "object",
            "unevaluatedProperties": False,
            "properties": {"name": {"title": "名称", "type": "string"}},
        },
    }
    rules = [
        {"id": "VA-BAL", "each": "row", "check": "start + received = processed + end"},
        {"id": "VA-SUM", "each": "column", "total": "overall", "of": ["components.*"]},
    ]
    contents = schema(
        {
            "components": names,
            "va": table(
                "收到的申请", {"components": entries, "overall": overall}, **{"x-rules": rules}
            ),
        }
    )
    contents["$defs"] = {"pending": pending}
    return contents


def pending(start: int, received: int, processed: int, end: int) -> Data:
    return {"start": start, "received": received, "processed": processed, "end": end}


NAMES = {"hq": {"name": "本部"}, "north": {"name": "北区"}}


class TestEntries:
    def data(self, overall: Data) -> Data:
        rows = {"hq": pending(3, 4, 5, 2), "north": pending(1, 1, 1, 1)}
        return {"components": NAMES, "va": {"components": rows, "overall": overall}}

    def test_two_components_that_agree(self) -> None:
        result = check(components(), self.data(pending(4, 5, 6, 3)))
        assert pairs(result.findings) == []
        assert result.counts.held == 3 + 4

    def test_balance_of_an_entry_and_of_all(self) -> None:
        data = self.data(pending(4, 5, 6, 4))
        assert pairs(check(components(), data).findings) == [
            ("VA-BAL", "overall"),
            ("VA-SUM", "end"),
        ]
        data["va"]["components"]["north"]["end"] = 2
        found = check(components(), data).findings
        assert pairs(found) == [("VA-BAL", "components.north"), ("VA-BAL", "overall")]

    def test_a_row_is_named_by_the_report(self) -> None:
        data = self.data(pending(4, 5, 6, 4))
        data["va"]["components"]["north"]["end"] = 2
        result = check(components(), data)
        finding = next(f for f in result.findings if f.instance == "components.north")
        assert "北区" in words(result, finding)

    def test_the_order_of_the_file_is_that_of_the_rows(self) -> None:
        found = form(components()).populated(Report(self.data({})))
        assert [node.key for node in found.rows(("va",))] == ["hq", "north", "overall"]

    def test_the_overall_row_exists_only_beside_two(self) -> None:
        rows = {"hq": pending(3, 4, 5, 2)}
        one = {"components": {"hq": {"name": "本部"}}, "va": {"components": rows}}
        result = check(components(), one)
        assert pairs(result.findings) == []
        assert result.counts.held == 1

    def test_none_at_all(self) -> None:
        result = check(components(), {})
        assert [f for f in result.findings if f.rule.startswith("VA")] == []

    def test_blanks_of_an_entry_count(self) -> None:
        data = self.data(pending(4, 5, 6, 3))
        data["va"]["components"]["north"] = {"start": 1}
        result = check(components(), data)
        assert result.blanks[Pointer.of("va")] == tuple(
            Pointer.of("va", "components", "north", key) for key in ("received", "processed", "end")
        )

    def test_too_many(self) -> None:
        rows = {key: pending(0, 0, 0, 0) for key in "abcd"}
        data = {"components": NAMES, "va": {"components": rows, "overall": pending(0, 0, 0, 0)}}
        assert ("schema.maxProperties", "components") in pairs(check(components(), data).findings)

    def test_one_checker_serves_reports_with_different_rows(self) -> None:
        checking = checker(components())
        head = {"report_type": "tiny/1", "year": 2024}
        two = self.data(pending(4, 5, 6, 3))
        three = copy.deepcopy(two)
        three["va"]["components"]["south"] = pending(1, 0, 0, 0)
        three["components"] = {**NAMES, "south": {"name": "南区"}}
        for _ in range(2):
            assert pairs(checking.check(Report({**head, **two})).findings) == []
            found = pairs(checking.check(Report({**head, **three})).findings)
            assert found == [("VA-BAL", "components.south"), ("VA-SUM", "start")]


def test_a_schema_without_a_report_type_is_refused() -> None:
    contents = schema({})
    del contents["x-report"]
    with pytest.raises(SchemaError):
        form(contents)


def test_names_of_rows_that_no_column_has_belong_into_a_list_apart() -> None:
    cells = {"name": {"title": "名称", "type": ["string", "null"]}, "a": figure("甲")}
    made = schema({"t": table("表", {"one": {**row(cells), "x-row": {"columns": ["a"]}}})})
    with pytest.raises(SchemaError) as caught:
        form(made)
    assert caught.value.hint is not None
    assert "x-entries 的 of" in caught.value.hint.zh
