"""What `disclosure schema check` says about a sound schema, and what it refuses."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from case_files import contents, written
from disclosure_tui.authoring.notice import Notice, Subject, notices_of
from disclosure_tui.authoring.surroundings import Surroundings
from disclosure_tui.cli.main import run
from disclosure_tui.model.finding import Severity
from disclosure_tui.report_type import load_schema_file
from tiny import Data, figure, row, schema, table

TRIED = {
    "RIGHT": "rule: RIGHT\nfails:\n- {set: {t.one.a: 9}, at: one}\n",
}


def found(folder: Path, made: Data, cases: str = "") -> list[Notice]:
    path = written(folder, cases)
    path.write_text(json.dumps(made), encoding="utf-8")
    loaded = load_schema_file(path, "")
    notices = notices_of(Subject(loaded, Surroundings.read([path])))
    for notice in notices:
        assert re.search("[一-鿿]", notice.what.zh)
        assert not re.search("[一-鿿]", notice.what.en.replace("一行", "").replace("表", ""))
        assert notice.where.startswith("tiny.schema.json")
        assert notice.hint.zh
        assert notice.hint.en
    return list(notices)


def of_kind(kind: str, notices: list[Notice]) -> list[tuple[str, Severity, str]]:
    return [(each.rule, each.severity, each.what.en) for each in notices if each.kind == kind]


def rules(*items: Data) -> Data:
    return contents([{"id": f"R{n}", "each": "row", **item} for n, item in enumerate(items)])


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ({"check": "a <= b", "when": "a > 5 and a < 3"}, "its when can never hold"),
        ({"check": "a = a"}, "its check always holds"),
        ({"check": "a - a = 1"}, "its check can never hold"),
        ({"check": "a >= b or a < b or report.year != report.year"}, None),
        ({"check": "a <= b", "to": 2019}, "in force for -2019 only, the form is for 2020-"),
        ({"check": "a <= b", "from": 2024}, None),
        ({"check": "a <= b", "when": "report.year = 1 or report.year = 2"}, None),
    ],
)
def test_conditions(tmp_path: Path, item: Data, words: str | None) -> None:
    told = of_kind("condition", found(tmp_path, rules(item)))
    assert [what[: len(words or "")] for _, _, what in told] == ([words] if words else [])
    assert all((rule, weight) == ("R0", Severity.WARNING) for rule, weight, _ in told)


def test_a_row_that_can_never_exist(tmp_path: Path) -> None:
    one = row({"a": figure("甲", minimum=0)}, title="一行")
    two = {**one, "x-row": {"when": "t.one.a < 0"}, "title": "二行"}
    two["x-row"] = {"when": "report.t.one.a < 0"}
    told = found(tmp_path, schema({"t": table("表", {"one": one, "two": two})}))
    assert of_kind("condition", told) == [
        ("", Severity.WARNING, "/t/two: its condition can never hold")
    ]


def test_rules_that_follow_from_others(tmp_path: Path) -> None:
    told = found(tmp_path, rules({"check": "a = b"}, {"check": "2 * a = 2 * b"}))
    assert of_kind("implied", told) == [("R0", Severity.NOTE, "follows from R1")]


def test_paths_that_name_nothing(tmp_path: Path) -> None:
    made = rules({"check": "a <= b"})
    prior = {"report_type": "tiny/1", "except": ["t.on"], "map": {"t.tow": "t.two"}}
    made["x-report"]["prior"] = [prior]
    told = of_kind("path", found(tmp_path, made))
    assert told == [
        ("", Severity.ERROR, "the path 't.on' names nothing"),
        ("", Severity.ERROR, "the path 't.tow' names nothing"),
    ]


def test_entries_of_a_map_that_is_none(tmp_path: Path) -> None:
    entries: Data = {
        "type": "object",
        "maxProperties": 9,
        "x-entries": {"of": "units"},
        "additionalProperties": row({"a": figure("甲")}),
    }
    made = schema({"t": table("表", {"each": entries})})
    assert of_kind("path", found(tmp_path, made)) == [
        ("", Severity.ERROR, "the path 'units' names nothing")
    ]


def test_comparisons_with_last_year_that_never_take_place(tmp_path: Path) -> None:
    made = rules({"check": "a = prior.b"}, {"check": "a <= b"})
    made["x-report"]["prior"] = [{"report_type": "tiny/1", "except": ["t"]}]
    told = of_kind("path", found(tmp_path, made))
    assert [(rule, weight) for rule, weight, _ in told] == [("R0", Severity.WARNING)]
    made["x-report"]["prior"].append({"report_type": "tiny/0", "except": ["t.one"]})
    assert of_kind("path", found(tmp_path, made)) == []


def test_rules_that_nothing_makes_fail(tmp_path: Path) -> None:
    made = rules({"id": "RIGHT", "check": "a <= b"}, {"id": "LEFT", "check": "b >= 0"})
    near = of_kind("untried", found(tmp_path, made, TRIED["RIGHT"]))
    assert near == [("LEFT", Severity.WARNING, "no case and no sample makes it fail")]
    (tmp_path / "samples").mkdir()
    sample = "report_type: tiny/1\nyear: 2024\nt: {one: {a: 1, b: -2}}\n"
    (tmp_path / "samples/one.yaml").write_text(sample, encoding="utf-8")
    assert of_kind("untried", found(tmp_path, made, TRIED["RIGHT"])) == []


def test_nothing_near_a_schema_is_said_once(tmp_path: Path) -> None:
    (notice,) = found(tmp_path, rules({"check": "a <= b"}, {"check": "a <= 2 * b"}))
    assert (notice.kind, notice.severity, notice.rule) == ("untried", Severity.NOTE, "")


def test_the_cost_of_a_rule_that_takes_much(tmp_path: Path) -> None:
    cells = {"a": figure("甲"), "b": figure("乙")}
    rows = {f"r{n}": row(cells, title=f"{n}") for n in range(100)}
    listed = [{"id": "DEAR", "each": "row", "check": "a <= sum(report.t.**)"}]
    made = schema({"t": table("表", rows, **{"x-rules": listed})})
    (told,) = of_kind("cost", found(tmp_path, made))
    assert told == (
        "DEAR",
        Severity.WARNING,
        (
            "stands at 100 places and reads 20100 cells; the limits for all rules are "
            "5000 places and 60000 cells"
        ),
    )


@pytest.mark.parametrize(
    ("check", "words"),
    [
        ("s = 1", "/t/one/s (文) is no figure"),
        ("a + s = 1", "/t/one/s (文) is no figure"),
        ("2 * s = a", "/t/one/s (文) is no figure"),
        ("sum(s, a) = 1", "/t/one/s (文) is no figure"),
        ("s < a", "/t/one/s (文) is no figure"),
        ("a = 1 or abs(s) = 1", "/t/one/s (文) is no figure"),
        ("length(a) = 3", "/t/one/a (甲) is no text"),
        ("contains(a, '1')", "/t/one/a (甲) is no text"),
        ("length(s) = a", None),
        ("s = 'x' or contains(s, 'x')", None),
        ("a = 'N/A'", None),
        ("present(s) and present(a) and count(s, a) = 2", None),
        ("a = b and a + 1 > b", None),
    ],
)
def test_cells_that_are_not_what_is_wanted(tmp_path: Path, check: str, words: str | None) -> None:
    text = {"title": "文", "type": ["string", "null"]}
    one = row({"a": figure("甲"), "b": figure("乙"), "s": text}, title="一行")
    listed = [{"id": "R", "each": "row", "check": check}]
    made = schema({"t": table("表", {"one": one}, **{"x-rules": listed})})
    path = tmp_path / "tiny.schema.json"
    path.write_text(json.dumps(made), encoding="utf-8")
    loaded = load_schema_file(path, "")
    notices = notices_of(Subject(loaded, Surroundings.read([path])))
    told = [what for _, _, what in of_kind("type", list(notices))]
    assert told == ([f"{words}: the rule can never be decided"] if words else [])


class TestCommand:
    def test_notices_are_printed_and_counted(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = self.written(tmp_path, {"check": "a = a"})
        assert run(["schema", "check", str(path)]) == 0
        notice, _, summary = capsys.readouterr().out.splitlines()
        assert notice == (
            "tiny.schema.json#/properties/t/x-rules/0: * [R0] "
            "算式总是成立，规则查不出任何问题。请改正算式，或删去规则。"
        )
        assert summary.endswith(
            "提示 2 条；4 格，校验规则 1 条，展开 2 项、读取 4 格（最多：R0 4）"
        )
        assert run(["schema", "check", "--fail-on", "warning", str(path)]) == 1
        assert run(["schema", "check", "--fail-on", "query", str(path)]) == 0

    def test_json(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        sound = self.written(tmp_path, {"check": "a = a"})
        refused = tmp_path / "refused.schema.json"
        refused.write_text(json.dumps(rules({"check": "a = c"})), encoding="utf-8")
        files = [str(sound), str(refused)]
        assert run(["--lang", "en", "schema", "check", "--format", "json", *files]) == 3
        told: dict[str, Any] = json.loads(capsys.readouterr().out)
        assert told["format"] == "disclosure-schema-notices/1"
        first, second = told["schemas"]
        assert (first["status"], first["cells"], first["places"], first["terms"]) == (
            "sound",
            4,
            2,
            4,
        )
        assert first["costs"] == [{"rule": "R0", "places": 2, "terms": 4}]
        assert {notice["kind"] for notice in first["notices"]} == {"condition", "untried"}
        (notice,) = second["notices"]
        assert second["status"] == notice["kind"] == "refused"
        assert notice["severity"] == "error"
        assert notice["where"] == "refused.schema.json#/properties/t/x-rules/0"
        assert "'c' names nothing here" in notice["message"]

    def test_cases_that_cannot_be_read(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = written(tmp_path, "rule: LESS\nholds: 1\n")
        assert run(["schema", "check", str(path)]) == 3
        assert "cases.yaml:2" in capsys.readouterr().err

    def test_totals_in_a_circle(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = tmp_path / "circle.schema.json"
        circle = contents(
            [
                {"id": "A", "total": "one.a", "of": ["one.b"]},
                {"id": "B", "total": "one.b", "of": ["one.a"]},
            ]
        )
        path.write_text(json.dumps(circle), encoding="utf-8")
        assert run(["--lang", "en", "schema", "check", str(path)]) == 3
        told = capsys.readouterr().err
        assert told.startswith("circle.schema.json#/properties/t/x-rules/0: rule A, B: totals are")
        assert "/t/one/a -> /t/one/b -> /t/one/a" in told or "/t/one/b -> /t/one/a" in told

    @staticmethod
    def written(folder: Path, item: Data) -> Path:
        path = folder / "tiny.schema.json"
        path.write_text(json.dumps(rules(item)), encoding="utf-8")
        return path


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_the_shipped_schemas_leave_nothing_to_say(
    edition: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path(__file__).parents[3] / f"schemas/gov-info-annual-{edition}.schema.json"
    assert run(["schema", "check", "--fail-on", "note", str(path)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


def slips(folder: Path, made: Data) -> list[str]:
    return [what for _, _, what in of_kind("slip", found(folder, made))]


def test_the_tiny_schema_has_no_slips(tmp_path: Path) -> None:
    assert slips(tmp_path, rules({"check": "a <= b"})) == []


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ({"type": "integer", "minimum": 0}, "/t/one/a and 1 more: no blank is allowed"),
        ({"type": ["integer", "null"], "enum": [1, 2]}, "/t/one/a and 1 more: no blank is allowed"),
        (
            {"type": ["integer", "null"], "x-cell": {"decimals": 2}},
            "/t/one/a is a whole number: its 2 decimals mean nothing",
        ),
        (
            {
                "anyOf": [{"type": ["number", "null"]}, {"enum": ["N/A", "-"]}],
                "x-cell": {"codes": {"N/A": {"means": "not_applicable"}}},
            },
            "/t/one/a: - in enum is no code: the cell holds no figures then",
        ),
        (
            {"type": ["integer", "null"], "x-cell": {"unit": {"cn": "件"}}},
            "/t/one/a and 1 more: a text is neither Chinese nor English",
        ),
    ],
)
def test_slips_of_a_cell(tmp_path: Path, cell: Data, words: str) -> None:
    rows = {
        key: row({"a": {"title": "甲", "$ref": "#/$defs/c"}}, title=key) for key in ("one", "two")
    }
    told = slips(tmp_path, schema({"t": table("表", rows)}) | {"$defs": {"c": cell}})
    assert any(what.startswith(words) for what in told), told


def test_a_row_without_label_and_an_open_one(tmp_path: Path) -> None:
    one = row({"a": figure("甲")})
    two = row({"a": figure("甲")}, title="二行")
    del two["unevaluatedProperties"]
    one.pop("title", None)
    told = slips(tmp_path, schema({"t": table("表", {"one": one, "two": two})}))
    assert "/t/one: no label: nothing is printed there" in told
    assert any(what.startswith("/t/two: not closed") for what in told)


def test_entry_rows_named_by_what_they_do_not_have(tmp_path: Path) -> None:
    entries: Data = {
        "type": ["object", "null"],
        "maxProperties": 9,
        "x-entries": {"label": "nmae"},
        "additionalProperties": row({"a": figure("甲")}),
    }
    made = schema({"t": table("表", {"each": entries})})
    assert "label 'nmae' of x-entries is nothing in the row" in slips(tmp_path, made)


def test_one_id_for_two_rules(tmp_path: Path) -> None:
    one, two = ({"id": "SAME", "check": check} for check in ("one.a <= one.b", "one.a >= one.b"))
    rows = {"one": row({"a": figure("甲"), "b": figure("乙")}, title="一行")}

    def told(first: Data, second: Data) -> bool:
        tables = {"t": table("表", rows, **{"x-rules": [first]})}
        tables["u"] = table("又", rows, **{"x-rules": [second]})
        found = slips(tmp_path, schema(tables))
        return any(what.startswith("another rule of this id") for what in found)

    said = {"description": {"zh": "一条", "en": "one"}}
    assert told(one, two)
    assert not told(one, one)
    assert not told(one | said, two | said)


def test_a_report_type_without_year(tmp_path: Path) -> None:
    made = rules({"check": "a <= b"})
    made["properties"].pop("year", None)
    assert "there is no year: every report has it" in slips(tmp_path, made)


def test_a_comparison_with_last_year_of_a_type_without_prior(tmp_path: Path) -> None:
    made = rules({"check": "a = prior.b"})
    del made["x-report"]["prior"]
    (notice,) = [each for each in found(tmp_path, made) if each.kind == "path"]
    assert "x-report" in notice.hint.en
    assert "except" not in notice.hint.en
