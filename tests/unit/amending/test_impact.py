"""What a new schema would change for reports: found, told worst first, and nothing written."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from disclosure_tui.amending.impact import ImpactKind, ReportImpact, ReportStatus, impacts
from disclosure_tui.amending.impact_text import set_impacts, totals
from disclosure_tui.batch import check_file
from disclosure_tui.language import Language
from disclosure_tui.model.finding import Severity, State
from disclosure_tui.render.comparison_text import ComparisonPage
from disclosure_tui.report_type import ReportTypes, load_schema_file
from disclosure_tui.schema.catalog import Catalog
from tiny import Data, figure, row, schema, table

CELLS = {"people": figure("自然人"), "firms": figure("企业"), "total": figure("总计")}
NAME = {"title": "名称", "type": "string"}
RULES: list[Data] = [
    {"id": "R-ROW", "each": "row", "total": "total", "of": ["*"]},
    {"id": "R-LESS", "severity": "query", "check": "new.total <= 5"},
]


def contents(rules: list[Data] = RULES, **more: Any) -> Data:
    return schema(
        {
            "organ": {"title": "单位", "type": "object", "properties": {"name": NAME}},
            "explanations": {"title": "说明", "type": "array", "items": {"type": "object"}},
            "requests": table(
                "申请", {"new": row(CELLS, title="新收")}, **{"x-rules": rules, **more}
            ),
        }
    )  # fmt: skip


class Place:
    """A folder of reports, a schema in force and a new one."""

    def __init__(self, folder: Path) -> None:
        self.reports = folder / "units"
        self.schemas = folder / "schemas"
        for one in (self.reports, self.schemas):
            one.mkdir()
        self.in_force(contents())

    def in_force(self, schema: Data) -> None:
        (self.schemas / "tiny.schema.json").write_text(json.dumps(schema), encoding="utf-8")

    def report(self, name: str, people: int, firms: int, total: int, rest: str = "") -> Path:
        path = self.reports / f"{name}.yaml"
        path.write_text(
            f"report_type: tiny/1\nyear: 2024\norgan: {{name: {name}}}\nrequests:\n"
            f"  new: {{people: {people}, firms: {firms}, total: {total}}}\n{rest}",
            encoding="utf-8",
        )
        return path

    def impacts(self, new: Data) -> list[ReportImpact]:
        path = self.schemas.parent / "new.schema.json"
        path.write_text(json.dumps(new), encoding="utf-8")
        types = ReportTypes(Catalog.of([self.schemas]))
        files = sorted(self.reports.glob("*.yaml"))
        return list(impacts(files, load_schema_file(path, "new"), types))

    def impact(self, new: Data) -> list[tuple[ImpactKind, str, Severity]]:
        (found,) = self.impacts(new)
        return [(one.kind, one.told.rule, one.severity) for one in found.changes]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def ruled(change: Callable[[list[Data]], object]) -> Data:
    rules: list[Data] = json.loads(json.dumps(RULES))
    change(rules)
    return contents(rules)


def explanation(place: Place) -> str:
    """Return the entry that answers R-LESS in a report of 4 and 2 requests."""
    place.report("甲局", 4, 2, 6)
    (found,) = place.impacts(ruled(lambda rules: rules.pop()))
    assert found.old is not None
    (finding,) = found.old.findings.open
    values = json.dumps(dict(finding.values))
    return (
        f"explanations:\n- {{rule: R-LESS, level: {finding.level}, values: {values}, "
        f"digest: '{finding.digest}', text: 机构改革并入, by: 李某, at: '2025-01-12'}}\n"
    )


class TestFindings:
    def test_the_same_schema_changes_nothing(self, place: Place) -> None:
        place.report("甲局", 4, 3, 6)
        (found,) = place.impacts(contents())
        assert not found.is_changed

    def test_one_that_appears(self, place: Place) -> None:
        place.report("甲局", 1, 1, 2)
        new = ruled(lambda rules: rules[1].update(check="new.total <= 1"))
        assert place.impact(new) == [(ImpactKind.APPEARS, "R-LESS", Severity.QUERY)]

    def test_one_that_vanishes(self, place: Place) -> None:
        place.report("甲局", 4, 3, 6)
        new = ruled(lambda rules: rules.pop(0))
        assert place.impact(new) == [(ImpactKind.VANISHES, "R-ROW", Severity.ERROR)]

    def test_one_that_weighs_more(self, place: Place) -> None:
        place.report("甲局", 4, 2, 6)
        new = ruled(lambda rules: rules[1].update(severity="error"))
        assert place.impact(new) == [(ImpactKind.REGRADED, "R-LESS", Severity.ERROR)]

    def test_an_explanation_that_lapses_with_the_formula(self, place: Place) -> None:
        place.report("甲局", 4, 2, 6, explanation(place))
        (same,) = place.impacts(contents())
        assert same.old is not None
        assert [finding.state for finding in same.old.findings] == [State.EXPLAINED]
        assert not same.is_changed
        new = ruled(lambda rules: rules[1].update(check="new.total <= 4"))
        (found,) = place.impacts(new)
        (change,) = found.changes
        assert change.kind is ImpactKind.LAPSES
        assert change.told.state is State.LAPSED

    def test_an_explanation_that_cannot_answer_an_error(self, place: Place) -> None:
        place.report("甲局", 4, 2, 6, explanation(place))
        new = ruled(lambda rules: rules[1].update(severity="error"))
        assert place.impact(new) == [(ImpactKind.LAPSES, "R-LESS", Severity.ERROR)]

    def test_wording_alone_changes_nothing(self, place: Place) -> None:
        place.report("甲局", 4, 2, 6, explanation(place))
        assert place.impact(ruled(lambda rules: rules[1].update(advice="请核对。"))) == []

    def test_a_row_more_is_blank(self, place: Place) -> None:
        place.report("甲局", 1, 1, 2)
        new = contents([RULES[1]])
        new["properties"]["requests"]["properties"]["old"] = row(CELLS, title="结转")
        (found,) = place.impacts(new)
        assert found.blanks == (0, 3)
        assert [one.told.rule for one in found.changes] == ["schema.blank"]

    def test_a_place_that_the_new_form_does_not_have(self, place: Place) -> None:
        place.report("甲局", 1, 1, 2)
        new = contents([])
        cells = new["properties"]["requests"]["properties"]["new"]["properties"]
        del cells["firms"]
        (found,) = place.impacts(new)
        (change,) = found.changes
        assert change.told.rule == "schema.unevaluatedProperties"
        assert change.position is not None
        assert (change.position.line, change.position.column) == (5, 20)

    def test_last_year_is_found_as_in_a_check(self, place: Place) -> None:
        place.report("甲局", 1, 1, 2, "prior: {values: {/requests/new/total: 9}}\n")
        envelope = contents()["properties"]
        new = ruled(
            lambda rules: rules.append({"id": "R-PRIOR", "check": "new.total = prior.new.total"})
        )
        for each in (new, base := contents()):
            each["properties"] = {
                **each["properties"],
                "prior": {"title": "上年", "type": "object"},
            }
        assert set(envelope) < set(new["properties"])
        place.in_force(base)
        assert place.impact(new) == [(ImpactKind.APPEARS, "R-PRIOR", Severity.ERROR)]

    def test_a_type_that_is_not_in_force_yet(self, place: Place) -> None:
        (place.schemas / "tiny.schema.json").unlink()
        place.report("甲局", 4, 3, 6)
        assert [one[1] for one in place.impact(contents())] == ["R-ROW", "R-LESS"]


class TestReports:
    def test_other_types_and_what_cannot_be_read(self, place: Place) -> None:
        (place.reports / "a.yaml").write_text("report_type: other/1\n", encoding="utf-8")
        (place.reports / "b.yaml").write_text("report_type: [\n", encoding="utf-8")
        found = place.impacts(contents())
        assert [one.status for one in found] == [
            ReportStatus.OTHER_TYPE,
            ReportStatus.UNREADABLE,
        ]
        told = totals(found)
        assert told.zh == "共 2 份报告：0 份有变化；0 份没有变化；1 份是别的格式；1 份打不开"

    def test_the_office_with_most_to_do_comes_first(self, place: Place) -> None:
        for name, people, total in (("甲局", 1, 2), ("乙局", 3, 4), ("丙局", 2, 6)):
            place.report(name, people, 1, total)
        (place.reports / "z.yaml").write_text("report_type: [\n", encoding="utf-8")
        new = ruled(lambda rules: rules.append({"id": "R-MORE", "check": "new.people < 2"}))
        new["properties"]["requests"]["x-rules"][1]["check"] = "new.total <= 2"
        found = place.impacts(new)
        page = ComparisonPage(Language.CHINESE)
        lines = ["".join(piece.text for piece in line) for line in set_impacts(found, page)]
        heads = [line for line in lines if line and not line.startswith(" ")]
        named = [next((n for n in ("甲局", "乙局", "丙局", "打不开") if n in h), "") for h in heads]
        assert named == ["打不开", "乙局", "丙局", "打不开"]
        assert lines[-1] == (
            "共 4 份报告：2 份有变化，增加 3 个（错误 2，待核实 1）；1 份没有变化；1 份打不开"
        )

    def test_nothing_is_written(self, place: Place, tmp_path: Path) -> None:
        for number in range(5):
            place.report(f"局{number}", number, number, number)
        new = ruled(lambda rules: rules[1].update(check="new.total <= 1"))
        place.impacts(new)
        before = tree_digest(tmp_path)
        place.impacts(new)
        assert tree_digest(tmp_path) == before


def tree_digest(folder: Path) -> str:
    """Return a digest of every name, mode, time and content below a folder."""
    told = hashlib.sha256()
    for root, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(root, name)
            status = path.lstat()
            if path.name == "new.schema.json":
                told.update(path.read_bytes())
                continue
            told.update(f"{path} {status.st_mode} {status.st_mtime_ns}".encode())
            told.update(path.read_bytes())
    return told.hexdigest()


def test_a_report_that_asks_for_the_version_in_use_stays_with_it(place: Place) -> None:
    place.report("asks", 2, 2, 4, "schema: {version: 1}\n")
    place.report("takes", 2, 2, 4)
    new = contents([{**RULES[1], "check": "new.total <= 3"}])
    new["x-report"] = {**new["x-report"], "version": "2026.9"}
    asks, takes = place.impacts(new)
    assert (asks.pinned, asks.is_changed) == ("1", False)
    assert (takes.pinned, takes.is_changed) == ("", True)
    assert "1 份写明用别的版本" in totals([asks, takes]).zh
    place.in_force(new)
    # And that is what comes: the older version lies beside the new one.
    older = contents()
    (place.schemas / "tiny@1.schema.json").write_text(json.dumps(older), encoding="utf-8")
    types = ReportTypes(Catalog.of([place.schemas]))
    rules = []
    for path in sorted(place.reports.glob("*.yaml")):
        result = check_file(path, types).result
        assert result is not None
        rules.append([one.rule for one in result.findings if one.rule.startswith("R-")])
    assert rules == [[], ["R-LESS"]]


def test_a_report_that_asks_for_the_new_version_is_compared_with_it(place: Place) -> None:
    place.report("early", 2, 2, 4, "schema: {version: 2026.9}\n")
    new = contents([{**RULES[1], "check": "new.total <= 3"}])
    new["x-report"] = {**new["x-report"], "version": "2026.9"}
    (early,) = place.impacts(new)
    assert (early.pinned, early.status) == ("", ReportStatus.COMPARED)
    assert (ImpactKind.APPEARS, "R-LESS") in [(one.kind, one.told.rule) for one in early.changes]


def test_a_report_that_asks_for_a_version_that_is_nowhere_stays_unreadable(place: Place) -> None:
    place.report("lost", 2, 2, 4, "schema: {version: 2020.1}\n")
    (lost,) = place.impacts(contents())
    assert lost.status is ReportStatus.UNREADABLE
    assert lost.reason is not None
