"""A small schema in a folder, with cases beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from disclosure_tui.authoring.surroundings import Surroundings, Trials
from disclosure_tui.report_type import load_schema_file
from tiny import Data, figure, row, schema, table

BASE = "report_type: tiny/1\nyear: 2024\nt: {one: {a: 1, b: 2}, two: {a: 3, b: 4}}\n"
RULES = [
    {"id": "LESS", "each": "row", "check": "a <= b"},
    {"id": "MORE", "each": "row", "severity": "query", "check": "a >= prior.a"},
]


def contents(rules: Any = RULES, **more: Any) -> Data:
    """Return a schema with two rows of two cells."""
    cells = {"a": figure("甲"), "b": figure("乙")}
    rows = {"one": row(cells, title="一行"), "two": row(cells, title="二行")}
    report = {"prior": [{"report_type": "tiny/1"}], "years": {"from": 2020}}
    name = {"title": "名称", "type": ["string", "null"]}
    organ = {"title": "单位", "type": ["object", "null"], "unevaluatedProperties": False}
    return schema(
        {
            "organ": {**organ, "properties": {"name": name}},
            "t": table("表", rows, **{"x-rules": rules}),
        },
        report,
        **more,
    )


def written(folder: Path, cases: str = "", base: str = BASE, rules: Any = RULES) -> Path:
    """Write schema, base report and cases into a folder, and return the schema file."""
    path = folder / "tiny.schema.json"
    path.write_text(json.dumps(contents(rules)), encoding="utf-8")
    (folder / "cases").mkdir(exist_ok=True)
    (folder / "cases/base.yaml").write_text(base, encoding="utf-8")
    if cases:
        (folder / "cases/cases.yaml").write_text(cases, encoding="utf-8")
    return path


def tried(folder: Path, cases: str, base: str = BASE, rules: Any = RULES) -> Trials:
    """Write everything and try the cases."""
    path = written(folder, cases, base, rules)
    return Surroundings.read([path]).tried_on(load_schema_file(path, ""))


def problems(trials: Trials) -> list[str]:
    """Return what differs, in English."""
    return [each.problem.en for each in trials.cases if each.problem is not None]
