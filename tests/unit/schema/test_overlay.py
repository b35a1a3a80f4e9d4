"""A district's overlay adds and narrows; what it must not say is refused with its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Language
from disclosure_tui.model.finding import Severity
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.prior import find_prior
from disclosure_tui.rules.checker import CheckResult
from disclosure_tui.rules.registry import item_schemas
from disclosure_tui.schema.compiler import compile_form
from disclosure_tui.schema.loader import load_schema
from disclosure_tui.schema.overlay import compose, points_of
from disclosure_tui.schema.restriction import check_restricts
from overlays import (
    BASE_ID,
    FILE,
    OVERLAY_ID,
    base,
    cells,
    checker,
    composed,
    extended,
    loaded_base,
    overlay,
    source,
)
from tiny import Data, pairs, row, table, words

ROOT = Path(__file__).parents[3]
ZH, EN = Language.CHINESE, Language.ENGLISH
DATES = {"from": 2024, "to": 2025}
BASIS = {"basis": "一号文", "note": "说明"}
ROWS = {"secret": {"a": 1, "b": 1, "c": 1}, "other": {"a": 0, "b": 0, "c": 0}}
FULL: Data = {"requests": {"denied": ROWS, "total": {"a": 1, "b": 1, "c": 1}}}


def refused(contents: Data, over: Data | None = None) -> SchemaError:
    with pytest.raises(SchemaError) as caught:
        checker(contents, over)
    error = caught.value
    for language in Language:
        assert "{" not in error.told(language)
    return error


def checked(contents: Data, data: Data, year: int = 2024) -> CheckResult:
    return checker(contents).check(Report({"report_type": "tiny/1", "year": year, **data}))


class TestAdding:
    ROW = row(cells(), title="商业秘密", **{"x-place": {"after": "secret"}})

    def test_a_row_stands_in_its_place_and_rules_of_the_base_reach_it(self) -> None:
        contents = extended("denied-extra", {"trade": self.ROW})
        form = compile_form(composed(contents))
        assert [node.key for node in form.rows()] == ["secret", "trade", "other", "total"]
        denied = {**ROWS, "trade": {"a": 5, "b": 0, "c": 0}}
        data = {"requests": {**FULL["requests"], "denied": denied}}
        assert pairs(checked(contents, data).findings) == [("COL", "")]

    def test_a_table_with_rules_of_its_own(self) -> None:
        own = table(
            "平台",
            {"site": {"$ref": "#row", "title": "网站"}, "total": {"$ref": "#row", "title": "合计"}},
            **{
                "x-rules": [{"id": "D-SUM", "each": "column", "total": "total", "of": ["*"]}],
                "x-place": {"after": "requests"},
            },
        )
        part = row({"n": {"title": "数", "type": ["integer", "null"]}}, **{"$anchor": "row"})
        contents = extended("report-extra", {"platforms": own})
        contents["$defs"]["row"] = part
        form = compile_form(composed(contents))
        keys = [node.key for node in form.root.children]
        assert keys[keys.index("requests") + 1] == "platforms"
        result = checked(contents, {**FULL, "platforms": {"site": {"n": 1}, "total": {"n": 2}}})
        (finding,) = result.findings.open
        assert finding.rule == "D-SUM"
        assert words(result, finding).endswith("（补充规定）")
        assert words(result, finding, "en").endswith("(补充规定)")
        found = result.form.overlay_of(finding)
        assert found is not None
        assert found.identifier == OVERLAY_ID

    def test_types_of_what_is_added_hold(self) -> None:
        contents = extended("denied-extra", {"trade": self.ROW})
        denied = {**ROWS, "trade": {"a": -1, "b": 0, "c": 0, "d": 1}}
        result = checked(contents, {"requests": {**FULL["requests"], "denied": denied}})
        rules = {finding.rule for finding in result.findings.open}
        assert {"schema.minimum", "schema.unevaluatedProperties"} <= rules
        placed = {f.rule: result.form.overlay_of(f) for f in result.findings.open}
        assert placed["schema.minimum"] is not None

    def test_the_report_type_is_that_of_the_base(self) -> None:
        form = compile_form(composed(extended("denied-extra", {"trade": self.ROW})))
        alone = compile_form(loaded_base())
        assert form.report_type == alone.report_type
        assert (form.identifier, form.sha256) == (alone.identifier, alone.sha256)
        assert form.overlay is not None
        assert form.overlay.title(ZH) == "补充规定"

    def test_an_empty_overlay_changes_no_verdict_and_no_place(self) -> None:
        form, alone = compile_form(composed(overlay())), compile_form(loaded_base())
        assert form.root == alone.root
        data = {"requests": {"denied": {"secret": {"a": -1, "x": 2}}}, "year": 1}
        assert pairs(checked(overlay(), data).findings) == pairs(
            checker(overlay(), base()).check(Report({"report_type": "tiny/1", **data})).findings
        )

    @pytest.mark.parametrize(
        ("point", "meant"), [("denied-xtra", "denied-extra"), ("zzz", "report-extra")]
    )
    def test_a_point_that_there_is_not(self, point: str, meant: str) -> None:
        error = refused(extended(point, {"trade": self.ROW}))
        assert error.where == f"{FILE}#/$defs/extra"
        assert error.hint is not None
        assert meant in error.hint.zh

    def test_a_point_filled_twice(self) -> None:
        contents = extended("denied-extra", {"trade": self.ROW})
        contents["$defs"]["again"] = {"$dynamicAnchor": "denied-extra"}
        assert "两遍" in refused(contents).what.zh

    def test_a_key_of_the_base_at_an_extension_point(self) -> None:
        error = refused(extended("denied-extra", {"secret": self.ROW}))
        assert error.where == f"{FILE}#/$defs/extra/properties/secret"

    def test_a_key_beside_an_extension_point(self) -> None:
        error = refused(overlay({"requests": {"properties": {"totl": {"title": "总计"}}}}))
        assert error.where == f"{FILE}#/properties/requests/properties"
        assert error.hint is not None
        assert "total" in error.hint.zh
        error = refused(overlay({"annex": self.ROW}))
        assert error.hint is not None
        assert "report-extra" in error.hint.zh


def at(path: str, **said: Any) -> Data:
    """Return an overlay that says something at a place of the base."""
    contents = said
    for key in reversed(path.split(".")):
        contents = {"properties": {key: contents}}
    return overlay(contents["properties"])


CELL = "requests.denied.secret.a"
LOOSER = [
    (CELL, {"minimum": -1}),
    (CELL, {"maximum": 1001}),
    (CELL, {"type": ["number", "null"]}),
    (CELL, {"type": ["integer", "string", "null"]}),
    (CELL, {"type": "integer"}),
    (CELL, {"enum": [1, 2, "x", None]}),
    (CELL, {"anyOf": [{"type": "string"}]}),
    (CELL, {"$ref": f"{BASE_ID}#/properties/name"}),
    (CELL, {"x-cell": {"decimals": 1}}),
    (CELL, {"x-cell": {"unit": "件"}}),
    (CELL, {"x-cell": {"codes": {"N/A": {"title": "无", "means": "unknown"}}}}),
    ("requests.denied.secret.b", {"x-cell": {"decimals": 3}}),
    ("requests.denied.secret.b", {"minimum": -1}),
    ("requests.denied.secret.b", {"type": ["string", "null"]}),
    ("requests.denied.secret.c", {"minimum": -1}),
    ("requests.denied.secret.c", {"anyOf": [{"type": "number"}]}),
    ("requests.denied.secret", {"unevaluatedProperties": True}),
    ("requests.denied.secret", {"additionalProperties": {}}),
    ("requests.denied.secret", {"type": ["object", "array", "null"]}),
    ("requests.denied.secret", {"x-row": {"when": "1 = 2"}}),
    ("requests.denied.secret", {"required": ["a"]}),
    ("requests", {"x-section": {"when": "1 = 2"}}),
    ("requests", {"x-table": {"rows": "across"}}),
    ("requests", {"x-entries": {"label": "a"}, "additionalProperties": {}, "maxProperties": 3}),
    ("requests", {"x-findings": {"blank": "off"}}),
    ("requests", {"x-findings": {"blank": {"id": "T-BLANK", "severity": "note"}}}),
    ("requests", {"x-findings": {"blank": {"id": "OTHER", "severity": "query"}}}),
    ("requests", {"x-findings": {"type": {"severity": "warning"}}}),
    (CELL, {"x-findings": {"blank": {"id": "T-BLANK", "severity": "warning"}}}),
    ("level", {"enum": ["county", "city", None]}),
    ("level", {"enum": ["county"]}),
    ("level", {"x-values": {"county": "市"}, "enum": ["county", None]}),
    ("name", {"maxLength": 21}),
    ("name", {"minLength": 1}),
    ("name", {"enum": ["a", None]}),
    ("day", {"format": "email"}),
    ("notes", {"maxProperties": 6}),
    ("notes", {"additionalProperties": {"maxLength": 10}}),
    ("notes", {"additionalProperties": {"type": ["integer", "string", "null"]}}),
    ("notes", {"items": {}}),
]


class TestNarrowing:
    @pytest.mark.parametrize(("path", "said"), LOOSER, ids=lambda item: str(item)[:60])
    def test_whatever_is_looser_is_refused_with_its_place(self, path: str, said: Data) -> None:
        error = refused(at(path, **said))
        place = "/properties/" + path.replace(".", "/properties/")
        assert error.where.startswith(f"{FILE}#{place}")
        assert error.hint is not None

    @pytest.mark.parametrize(
        "opening",
        [
            {"additionalProperties": True},
            {"additionalProperties": {}},
            {"unevaluatedProperties": True},
            {"unevaluatedProperties": {}},
            {"anyOf": [{"additionalProperties": True}]},
            {"$ref": "#open"},
            {"items": {}},
            {"maxProperties": 1},
        ],
    )
    @pytest.mark.parametrize("point", ["denied-extra", "report-extra"])
    def test_an_extension_point_opens_nothing_else(self, point: str, opening: Data) -> None:
        contents = extended(point, {}, **opening)
        contents["$defs"]["open"] = {"$anchor": "open", "additionalProperties": True}
        assert refused(contents).where.startswith(f"{FILE}#/$defs/extra")

    @pytest.mark.parametrize(
        ("path", "said", "good", "wrong"),
        [
            (CELL, {"minimum": 1}, 1, 0),
            (CELL, {"maximum": 9}, 9, 10),
            ("requests.denied.secret.b", {"type": ["integer", "null"]}, 1, "1.5"),
            ("requests.denied.secret.b", {"x-cell": {"decimals": 1}}, "1.5", "1.55"),
            ("level", {"enum": ["county", None]}, "county", "township"),
            ("name", {"maxLength": 3}, "abc", "abcd"),
            ("name", {"minLength": 3}, "abc", "ab"),
            ("notes", {"additionalProperties": {"maxLength": 2}}, {"x": "ab"}, {"x": "abc"}),
            ("notes", {"maxProperties": 1}, {"x": "a"}, {"x": "a", "y": "b"}),
        ],
    )
    def test_what_is_narrower_holds(self, path: str, said: Data, good: Any, wrong: Any) -> None:
        from decimal import Decimal

        for value, fine in ((good, True), (wrong, False)):
            data: Data = json.loads(json.dumps(FULL))
            place = data
            *above, last = path.split(".")
            for key in above:
                place = place.setdefault(key, {})
            number = isinstance(value, str) and value[0].isdigit()
            place[last] = Decimal(value) if number else value
            if path == CELL:
                data["requests"]["total"]["a"] = value
            found = checked(at(path, **said), data).findings.open
            assert (not [f for f in found if f.rule.startswith("schema.")]) is fine, found

    def test_the_form_knows_the_narrower_type(self) -> None:
        node = compile_form(
            composed(at("requests.denied.secret.b", type=["integer", "null"]))
        ).node(Pointer.of("requests", "denied", "secret", "b"))
        assert node is not None
        assert node.cell is not None
        assert node.cell.integral
        node = compile_form(composed(at("level", enum=["county", None]))).node(("level",))
        assert node is not None
        assert node.cell is not None
        assert list(node.cell.values) == ["county"]

    def test_a_finding_may_weigh_more(self) -> None:
        worse = {"blank": {"id": "T-BLANK", "severity": "error"}}
        result = checked(at("requests", **{"x-findings": worse}), {"requests": {}})
        assert {f.severity for f in result.findings if f.rule == "T-BLANK"} == {Severity.ERROR}


class TestLabels:
    @pytest.mark.parametrize(
        "said",
        [
            {"title": "申请"},
            {"title": "申请情况"},
            {"title": "申请情况", "x-titles": {"en": "Other"}, "x-short": {"zh": "表三"}},
            {"title": "申请情况", "x-titles": {"en": "Requests"}, "x-short": {"zh": "表四"}},
        ],
    )
    def test_a_label_is_changed_on_purpose_only(self, said: Data) -> None:
        error = refused(at("requests", **said))
        assert error.where == f"{FILE}#/properties/requests"
        assert error.hint is not None
        assert "x-relabel" in error.hint.zh
        node = compile_form(composed(at("requests", **said, **{"x-relabel": True}))).node(
            ("requests",)
        )
        assert node is not None
        assert node.label.title(ZH) == said["title"]
        assert node.labelled is not None
        assert node.labelled.added
        assert not node.added

    def test_the_title_of_the_form_itself(self) -> None:
        assert "x-relabel" in str(refused(overlay(title="别的")).hint)

    def test_the_same_label_again_is_no_change(self) -> None:
        said = {"title": "申请情况", "x-titles": {"en": "Requests"}, "x-short": {"zh": "表三"}}
        composed(at("requests", **said))


def with_rule(**item: Any) -> Data:
    return at("requests", **{"x-rules": [item]})


WRONG: Data = {"requests": {"denied": ROWS, "total": {"a": 7, "b": 1, "c": 1}}}


class TestRules:
    def test_a_rule_is_out_of_force_for_a_time(self) -> None:
        contents = with_rule(id="COL", off=True, **DATES, **BASIS)
        for year, expected in (
            (2023, [("COL", "")]),
            (2024, []),
            (2025, []),
            (2026, [("COL", "")]),
        ):
            assert pairs(checked(contents, WRONG, year).findings) == expected

    def test_a_rule_weighs_less_for_a_time(self) -> None:
        contents = with_rule(id="COL", severity="warning", **DATES, **BASIS)
        for year, severity in ((2023, "error"), (2024, "warning"), (2026, "error")):
            result = checked(contents, WRONG, year)
            (finding,) = result.findings.open
            assert finding.severity.value == severity
            assert result.form.overlay_of(finding) is not None

    def test_the_weight_follows_the_year_while_it_is_typed(self) -> None:
        check = checker(with_rule(id="COL", severity="warning", **DATES, **BASIS))
        before = Report({"report_type": "tiny/1", "year": 2023, **WRONG})
        result = check.check(before)
        after = Report({**before.data, "year": 2024})  # type: ignore[dict-item]
        again = check.recheck(result, after)
        assert again.findings == check.check(after).findings
        assert [f.severity for f in again.findings.open] == [Severity.WARNING]

    def test_a_rule_weighs_more_from_now_on(self) -> None:
        contents = with_rule(id="SOFT", severity="query", **BASIS)
        data = {"requests": {"denied": ROWS, "total": {"a": 100, "b": 1, "c": 1}}}
        weights = {f.rule: f.severity.value for f in checked(contents, data).findings.open}
        assert weights == {"COL": "error", "SOFT": "query"}

    def test_other_weight_keeps_explanations(self) -> None:
        plain = {rule.identifier: rule.digest for rule in checker(overlay()).rules}
        changed = checker(with_rule(id="COL", severity="warning", **DATES, **BASIS))
        assert {rule.identifier: rule.digest for rule in changed.rules} == plain

    @pytest.mark.parametrize(
        ("item", "missing"),
        [
            ({"off": True, **DATES, "note": "x"}, "basis"),
            ({"off": True, **DATES, "basis": "x"}, "note"),
            ({"off": True, **BASIS}, "from"),
            ({"off": True, "from": 2024, **BASIS}, "to"),
            ({"off": True}, "basis"),
            ({"severity": "warning", **BASIS}, "from"),
            ({"severity": "note", "from": 2024, **BASIS}, "to"),
            ({"severity": "error"}, "basis"),
            ({"severity": "query", **DATES}, "basis"),
        ],
    )
    def test_a_change_without_what_it_needs(self, item: Data, missing: str) -> None:
        error = refused(with_rule(id="COL", **item))
        assert missing in error.what.zh
        assert "COL" in error.what.zh
        assert error.where == f"{FILE}#/properties/requests/x-rules/0"
        assert error.hint is not None

    @pytest.mark.parametrize(
        "item",
        [
            {"from": 2030},
            {"from": 2024, "to": 2025, **BASIS},
            {"off": True, "severity": "note", **DATES, **BASIS},
            {"off": True, "from": 2025, "to": 2024, **BASIS},
            {"off": True, "from": 2025, "to": "2025-01-01", **BASIS},
        ],
    )
    def test_changes_that_say_nothing_or_two_things(self, item: Data) -> None:
        assert refused(with_rule(id="COL", **item)).where

    def test_a_rule_of_another_place_is_named_with_its_place(self) -> None:
        error = refused(overlay(**{"x-rules": [{"id": "COL", "severity": "error", **BASIS}]}))
        assert error.hint is not None
        assert "/requests" in error.hint.zh
        assert "rules list" in str(refused(with_rule(id="NONE", severity="error")).hint)

    @pytest.mark.parametrize("name", ["COL", "schema.type", "report.prior"])
    def test_names_that_are_taken(self, name: str) -> None:
        error = refused(overlay(**{"x-rules": [{"id": name, "check": "year > 0"}]}))
        assert name in error.what.zh
        own = row(cells(), title="行", **{"x-rules": [{"id": name, "check": "a > 0"}]})
        assert refused(extended("denied-extra", {"own": own})).where.startswith(
            f"{FILE}#/$defs/extra/properties/own/x-rules/0"
        )

    def test_a_rule_that_cannot_be_used_names_the_overlay(self) -> None:
        error = refused(with_rule(id="NEW", check="nothing = 1"))
        assert error.where == f"{FILE}#/properties/requests/x-rules/0"


class TestWholeFile:
    def test_over_itself(self) -> None:
        contents = overlay()
        contents["$id"] = BASE_ID
        assert refused(contents).where == f"{FILE}#/$id"

    def test_over_another_overlay(self) -> None:
        over = overlay()
        with pytest.raises(SchemaError) as caught:
            compose(composed(over), source({**over, "$ref": OVERLAY_ID}), FILE, item_schemas)
        assert caught.value.where == f"{FILE}#/$ref"

    @pytest.mark.parametrize("inside", ["urn:disclosure-tui:core:1", OVERLAY_ID, "urn:x:y"])
    def test_no_other_file_hides_inside(self, inside: str) -> None:
        part = {**base(), "$id": inside}
        error = refused(overlay(**{"$defs": {"core": part}}))
        assert error.where == f"{FILE}#/$defs/core"

    @pytest.mark.parametrize(
        "reference",
        ["https://127.0.0.1:9/x", "file:///etc/passwd", "../base.schema.json", "urn:none:x", "#no"],
    )
    def test_references_lead_nowhere_else(self, reference: str) -> None:
        error = refused(extended("denied-extra", {"own": {"$ref": reference, "title": "行"}}))
        assert error.where == f"{FILE}#/$defs/extra/properties/own"
        assert error.hint is not None

    @pytest.mark.parametrize(
        "reference", ["http://127.0.0.1:9/base", "file:///base", f"{BASE_ID}#p"]
    )
    def test_the_base_is_named_by_its_id(self, reference: str) -> None:
        assert refused({**overlay(), "$ref": reference}).where == f"{FILE}#/$ref"

    @pytest.mark.parametrize(
        ("bounds", "fits"),
        [
            ({"from": "2026.1"}, True),
            ({"from": "2026", "to": "2026"}, True),
            ({"to": "2026.1"}, True),
            ({"from": "2026.0.9", "to": "2026.10"}, True),
            ({"from": "2026.2"}, False),
            ({"to": "2026.0"}, False),
            ({"to": "2025"}, False),
            ({"from": "2027", "to": "2028"}, False),
        ],
    )
    def test_versions_of_the_base(self, bounds: Data, fits: bool) -> None:
        contents = overlay()
        contents["x-overlay"]["base"] = bounds
        if fits:
            checker(contents)
        else:
            error = refused(contents)
            assert "2026.1" in error.what.zh
            assert error.where == f"{FILE}#/x-overlay/base"

    @pytest.mark.parametrize(
        ("change", "where"),
        [
            ({"x-overlai": {}}, f"{FILE}#"),
            ({"x-report": base()["x-report"]}, f"{FILE}#"),
            ({"x-overlay": {"version": "1"}}, f"{FILE}#/x-overlay"),
            ({"x-overlay": {"version": "1", "title": "x", "titel": "x"}}, f"{FILE}#/x-overlay"),
            ({"properties": {"requests": {"x-rulez": []}}}, f"{FILE}#/properties/requests"),
        ],
    )
    def test_misspelt_words(self, change: Data, where: str) -> None:
        assert refused({**overlay(), **change}).where.startswith(where)

    def test_a_key_written_twice(self) -> None:
        twice = source(overlay()).replace(b'"x-dialect": 1', b'"x-dialect": 1, "x-dialect": 1')
        with pytest.raises(SchemaError) as caught:
            compose(loaded_base(), twice, FILE, item_schemas)
        assert caught.value.where.startswith(FILE)


def within_itself(levels: int) -> Data:
    inner: Data = {"title": "内", "$ref": BASE_ID}
    return extended("report-extra", {f"p{number}": inner for number in range(levels)})


def doubled(levels: int) -> Data:
    contents = extended("report-extra", {"own": {"$ref": "#d0", "title": "行"}})
    for number in range(levels):
        target = f"#d{number + 1}"
        contents["$defs"][f"d{number}"] = {
            "$anchor": f"d{number}",
            "type": ["object", "null"],
            "properties": {key: {"$ref": target, "title": key} for key in "abcd"},
        }
    contents["$defs"][f"d{levels}"] = {"$anchor": f"d{levels}", "type": ["integer", "null"]}
    return contents


def circle() -> Data:
    contents = extended("denied-extra", {"own": {"$ref": "#a", "title": "行"}})
    contents["$defs"]["a"] = {"$anchor": "a", "$ref": "#b"}
    contents["$defs"]["b"] = {"$anchor": "b", "$ref": "#a"}
    return contents


def point_in_itself() -> Data:
    again = {"title": "又", "type": ["object", "null"], "$ref": f"{BASE_ID}#/properties/requests"}
    return extended("denied-extra", {"again": again, "once_more": again})


def nested(levels: int) -> Data:
    inner: Data = {"title": "底"}
    for _ in range(levels):
        inner = {"title": "层", "type": ["object", "null"], "properties": {"x": inner}}
    return extended("report-extra", {"deep": inner})


def many_rules() -> Data:
    rules = [{"id": f"D-{number}", "check": "sum(**) >= 0"} for number in range(1001)]
    return at("requests", **{"x-rules": rules})


HOSTILE = {
    "the whole form in itself": lambda: within_itself(40),
    "references that double": lambda: doubled(12),
    "references in a circle": circle,
    "a point within itself": point_in_itself,
    "places inside each other": lambda: nested(29),
    "values inside each other": lambda: nested(80),
    "rules without end": many_rules,
    "a huge text": lambda: overlay(description="长" * 70_000),
    "many keys": lambda: extended(
        "report-extra", {f"k{number}": {"title": "格"} for number in range(9_000)}
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_overlays_are_refused(name: str) -> None:
    contents = HOSTILE[name]()
    error = refused(contents)
    assert FILE in error.where or "base.schema.json" in error.where


class TestOrigins:
    def test_every_part_says_where_it_stands(self) -> None:
        contents = extended("denied-extra", {"trade": TestAdding.ROW})
        contents["properties"] = {
            "requests": {"x-rules": [{"id": "COL", "severity": "error", **BASIS}]}
        }
        contents["x-rules"] = [{"id": "NEW", "check": "year > 0"}]
        form = compile_form(composed(contents))
        trade = form.node(("requests", "denied", "trade"))
        assert trade is not None
        assert trade.added
        assert list(map(str, trade.origins)) == [f"{FILE}#/$defs/extra/properties/trade"]
        requests = form.node(("requests",))
        assert requests is not None
        assert list(map(str, requests.origins)) == [
            f"{FILE}#/properties/requests",
            "base.schema.json#/properties/requests",
        ]
        assert not requests.added
        rules = {item.identifier: item for item in requests.declarations}
        assert rules["COL"].origin == "base.schema.json#/properties/requests/x-rules/0"
        (change,) = rules["COL"].changes
        assert str(change.origin) == f"{FILE}#/properties/requests/x-rules/0"
        assert not rules["COL"].added
        (new,) = form.root.declarations
        assert new.added
        assert not form.root.added
        untouched = form.node(("requests", "total"))
        assert untouched is not None
        assert [origin.file for origin in untouched.origins] == ["base.schema.json"]


class TestShipped:
    @pytest.mark.parametrize("path", sorted((ROOT / "schemas").glob("*.schema.json")), ids=str)
    def test_every_shipped_schema_can_be_extended_at_its_root(self, path: Path) -> None:
        found = load_schema(path.read_bytes(), path.name, item_schemas)
        assert "report-extra" in points_of(found)
        contents = extended("report-extra", {"own": {"title": "本级", "type": ["string", "null"]}})
        contents["$ref"] = found.identifier
        whole = compose(found, source(contents), FILE, item_schemas)
        check_restricts(whole)
        form = compile_form(whole)
        assert [node.key for node in form.root.children if node.added] == ["own"]

    def test_an_empty_overlay_leaves_the_shipped_forms_as_they_are(self) -> None:
        for path in sorted((ROOT / "schemas").glob("*.schema.json")):
            found = load_schema(path.read_bytes(), path.name, item_schemas)
            whole = compose(
                found, source({**overlay(), "$ref": found.identifier}), FILE, item_schemas
            )
            check_restricts(whole)
            assert compile_form(whole).root == compile_form(found).root

    def test_every_point_of_the_annual_report_takes_an_addition(self) -> None:
        path = ROOT / "schemas/gov-info-annual-2021.schema.json"
        found = load_schema(path.read_bytes(), path.name, item_schemas)
        part = "urn:disclosure-tui:gov-info-annual:core"
        rows = {
            "disputes-extra": f"{part}#outcomes",
            "litigation-extra": f"{part}#outcomes",
            **dict.fromkeys(
                (
                    "denied-extra",
                    "unable-extra",
                    "not-processed-extra",
                    "other-extra",
                    "results-extra",
                    "requests-extra",
                ),
                f"{part}#applicants",
            ),
            "article-20-1-extra": f"{found.identifier}#documents",
            "article-20-5-extra": f"{found.identifier}#decisions",
            "article-20-6-extra": f"{found.identifier}#decisions",
            "article-20-8-extra": f"{found.identifier}#fees",
        }
        for point in sorted(points_of(found)):
            own: Data = {"title": "本级"}
            own |= {"$ref": rows[point]} if point in rows else {"type": ["string", "null"]}
            if point == "proactive-extra":
                own = {
                    "title": "本级",
                    "type": ["object", "null"],
                    "unevaluatedProperties": False,
                    "properties": {"x": {"$ref": f"{found.identifier}#decisions", "title": "行"}},
                }
            contents = {**extended(point, {"own": own}), "$ref": found.identifier}
            whole = compose(found, source(contents), FILE, item_schemas)
            check_restricts(whole)
            form = compile_form(whole)
            assert any(node.added and node.key == "own" for node in form.nodes.values()), point


class TestLastYear:
    def test_a_row_added_since_is_compared_with_nothing(self, tmp_path: Path) -> None:
        over = base()
        over["x-report"]["prior"] = [{"report_type": "tiny/1"}]
        over["properties"]["requests"]["x-rules"].append(
            {"id": "SAME", "each": ["denied.*.a"], "check": "this = prior.this"}
        )
        over["properties"]["prior"] = {"title": "上年", "type": ["object", "null"]}
        check = checker(extended("denied-extra", {"trade": TestAdding.ROW}), over)
        before = tmp_path / "before.yaml"
        before.write_text(
            json.dumps({"report_type": "tiny/1", "year": 2023, **FULL}, ensure_ascii=False),
            encoding="utf-8",
        )
        denied = {**ROWS, "trade": {"a": 0, "b": 0, "c": 0}}
        requests = {**FULL["requests"], "denied": denied}
        report = Report(
            {
                "report_type": "tiny/1",
                "year": 2024,
                "prior": {"file": "before.yaml"},
                "requests": requests,
            }
        )
        found = find_prior(check.form, report, tmp_path / "now.yaml")
        result = check.check(report, found.context)
        assert [f for f in result.findings if f.rule == "SAME"] == []
        assert result.counts.undecided == 0
        assert result.counts.inapplicable >= 1
