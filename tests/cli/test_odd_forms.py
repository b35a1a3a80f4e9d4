"""Forms of schemas that load but leave something out: no row yet, no label on a row."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from disclosure_tui.cli.main import run
from tiny import Data, figure, group, row, schema, table

CELLS = {"a": figure("甲"), "b": figure("乙")}
FORMATS = ("csv", "csv-grid", "docx", "html", "markdown", "text", "xlsx")


def entries(**more: object) -> Data:
    """Return rows that the filer adds."""
    return {
        "type": ["object", "null"],
        "maxProperties": 3,
        "x-entries": {},
        "additionalProperties": row(CELLS, title="行"),
        **more,
    }


def written(folder: Path, rows: str, properties: Data, filled: Data) -> list[str]:
    """Write a schema of one table and a report; return the options and the file."""
    made = schema({"t": table("表", properties, rows)})
    (folder / "tiny.schema.json").write_text(json.dumps(made), encoding="utf-8")
    report = folder / "报告.yaml"
    data = {"report_type": "tiny/1", "year": 2024, "t": filled}
    report.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return ["--schema-dir", str(folder), str(report)]


def exported(folder: Path, words: list[str]) -> list[Path]:
    out = folder / "out"
    formats = [word for name in FORMATS for word in ("--to", name)]
    assert run(["export", "--draft", *formats, "--output", str(out), *words]) == 0
    copies = sorted(out.iterdir())
    assert len(copies) == len(FORMATS)
    return copies


@pytest.mark.parametrize("rows", ["down", "across", "stacked"])
@pytest.mark.parametrize("title", [{}, {"title": "各单位"}])
@pytest.mark.parametrize("beside", [False, True])
def test_rows_that_are_not_added_yet(
    tmp_path: Path, rows: str, title: Data, beside: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    fixed = row(CELLS, title="合计行")
    other = {"total": group("块", {"r": fixed}) if rows == "stacked" else fixed}
    properties = {"units": entries(**title), **(other if beside else {})}
    words = written(tmp_path, rows, properties, {"units": {}})
    assert run(["show", *words]) == 0
    shown = capsys.readouterr().out
    assert "各单位" not in shown
    assert ("合计行" in shown) is beside
    exported(tmp_path, words)
    added = {"units": {"x": {"a": 1, "b": 2}}}
    assert run(["show", *written(tmp_path, rows, properties, added)]) == 0
    shown = capsys.readouterr().out
    assert ("各单位" in shown) is ("title" in title)
    assert "1" in shown


def test_rows_without_a_label(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    properties = {"one": row(CELLS), "two": row(CELLS), "组": group("组", {"three": row(CELLS)})}
    filled = {"one": {"a": 1, "b": 2}, "two": {"a": 3, "b": 4}, "组": {"three": {"a": 5, "b": 6}}}
    words = written(tmp_path, "down", properties, filled)
    assert run(["show", *words]) == 0
    for copy in exported(tmp_path, words):
        if copy.suffix != ".txt":
            capsys.readouterr()
            # Which row is which cannot be told for certain; that is said, and nothing else.
            assert run(["verify-published", *words, str(copy)]) in (0, 1, 3)
            assert "自身出错" not in "".join(capsys.readouterr())
