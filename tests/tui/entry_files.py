"""A report type with rows that the filer adds: a list of units, a table of them, a free table."""

from __future__ import annotations

import json
from pathlib import Path

from disclosure_tui.report_type import ReportTypes
from disclosure_tui.schema.catalog import Catalog
from disclosure_tui.session import Session
from tiny import Data, figure, row, schema, table

NAME = {"name": {"title": "名称", "type": ["string", "null"]}}
FIGURES = {"opened": figure("新收"), "closed": figure("办结"), "total": figure("合计")}
OPEN_MAP = {"type": ["object", "null"], "additionalProperties": {"type": ["string", "null"]}}


def entries(cells: Data, **keywords: object) -> Data:
    """Return a map of rows that the filer adds."""
    return {
        "type": ["object", "null"],
        "maxProperties": 4,
        "x-entries": keywords,
        "additionalProperties": row(cells),
    }


def rows_schema() -> Data:
    """Return the schema."""
    explanation = {
        "type": "object",
        "required": ["rule"],
        "properties": {"rule": {"title": "规则", "type": "string"}},
    }
    rules = [
        {"id": "ROW", "each": "row", "total": "total", "of": ["*"]},
        {"id": "COL", "each": "column", "total": "overall", "of": ["rows.*"]},
        {"id": "MANY", "each": "row", "check": "closed <= 5", "severity": "query"},
    ]
    return schema(
        {
            "units": {**entries(dict(NAME), label="name"), "title": "单位名单"},
            "requests": table(
                "申请",
                {
                    "rows": entries(FIGURES, label="name", of="units", complete=True),
                    "overall": row(FIGURES, title="全部单位"),
                },
                **{"x-rules": rules},
            ),
            "topics": table(
                "事项",
                {"rows": entries(FIGURES)},
                **{"x-section": {"number": "二"}},
            ),
            "notes": {"title": "注释", **OPEN_MAP, "maxProperties": 100},
            "remarks": {"title": "备注", **OPEN_MAP, "maxProperties": 100},
            "explanations": {
                "title": "说明",
                "type": ["array", "null"],
                "maxItems": 50,
                "items": explanation,
            },
        }
    )


TEXT = """\
report_type: tiny/1
year: 2024
units: {}
requests:
  rows: {}
  overall: {opened: null, closed: null, total: null}
topics:
  rows: {}
"""

FILLED = """\
report_type: tiny/1
year: 2024
units:
  a: {name: 甲局}
  b: {name: 乙局}
  c: {name: 丙局}
requests:
  rows:
    a: {opened: 1, closed: 2, total: 3}  # 甲
    b: {opened: 4, closed: 5, total: 9}
    c: {opened: 6, closed: 7, total: 13}
  overall: {opened: 11, closed: 14, total: 25}
topics:
  rows: {}
notes: {/requests/rows/b/opened: 含转办, /requests/rows/c: 丙}
remarks: {/requests/rows/b/closed: 3+2}
explanations:
- rule: MANY
  level: /requests
  instance: rows.c
  values: {/requests/rows/c/closed: 7}
  text: 含上年结转的申请，已核对台账
"""


def rows_session(folder: Path, text: str = TEXT) -> Session:
    """Open a report of this type."""
    (folder / "tiny.schema.json").write_text(json.dumps(rows_schema()), encoding="utf-8")
    path = folder / "rows-2024.yaml"
    path.write_text(text, encoding="utf-8")
    return Session.open(path, ReportTypes(Catalog.of((folder,))))
