"""Reports of a part of a year: which one is the last, and where it is found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_tui.cli.main import run
from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Language
from disclosure_tui.model.report import Report
from disclosure_tui.model.report_period import ReportPeriod
from disclosure_tui.prior import find_prior
from tiny import Data, figure, form, row, schema, table

QUARTER: Data = {"title": "季度", "type": ["integer", "null"], "minimum": 1, "maximum": 4}


def quarterly(**keywords: object) -> Data:
    text = {"type": ["string", "null"]}
    organ = {
        "title": "单位",
        "type": ["object", "null"],
        "properties": {"code": text, "name": text},
    }
    names = {"title": "名称", **text}
    entries = {"type": ["object", "null"], "maxProperties": 9}
    cells = {"opening": figure("期初"), "closing": figure("期末")}
    rules = [{"id": "OPEN", "each": "row", "check": "opening = prior.closing"}]
    report = {"within_year": "quarter", "prior": [{"report_type": "tiny/1"}], **keywords}
    return schema(
        {
            "organ": organ,
            "prior": {"title": "上期", "type": ["object", "null"], "properties": {"file": text}},
            "quarter": QUARTER,
            "names": {
                **entries,
                "title": "名单",
                "x-entries": {"label": "name"},
                "additionalProperties": row({"name": names}),
            },
            "t": table(
                "表",
                {
                    "rows": {
                        **entries,
                        "x-entries": {"of": "names", "label": "name"},
                        "additionalProperties": row(cells),
                    },
                    "all": row(cells, title="合计"),
                },
                **{"x-rules": rules},
            ),
        },
        report,
    )


def text_of(year: int, quarter: int, opening: object = "null", closing: object = "null") -> str:
    return (
        f"report_type: tiny/1\nyear: {year}\norgan: {{name: 馆, code: bwg}}\nquarter: {quarter}\n"
        f"names:\n  cq: {{name: 瓷器}}\n"
        f"t:\n  rows:\n    cq: {{opening: {opening}, closing: {closing}}}\n"
        f"  all: {{opening: {opening}, closing: {closing}}}\n"
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a year, with the schema one folder above."""
    (tmp_path / "q.schema.json").write_text(json.dumps(quarterly()), encoding="utf-8")
    for year in (2025, 2026):
        (tmp_path / str(year)).mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(path: Path, *said: object) -> Path:
    path.write_text(text_of(*said), encoding="utf-8")  # type: ignore[arg-type]
    return path


@given(st.integers(1990, 2100), st.integers(1, 4))
def test_the_period_after_the_one_before_is_the_same(year: int, number: int) -> None:
    made = form(quarterly())
    here = ReportPeriod(year, number)
    assert here.before(made).after(made) == here
    assert here.after(made).before(made) == here


@pytest.mark.parametrize(
    ("year", "quarter", "last"), [(2026, 3, (2026, 2)), (2026, 1, (2025, 4)), (2026, None, None)]
)
def test_the_period_before(year: int, quarter: int | None, last: tuple[int, int] | None) -> None:
    made = form(quarterly())
    period = ReportPeriod.of(made, Report({"year": year, "quarter": quarter}))
    before = None if period is None else period.before(made)
    assert before == (None if last is None else ReportPeriod(*last))


@pytest.mark.parametrize(
    ("other", "found"),
    [
        (("2026/a.yaml", 2026, 1), "a.yaml"),
        (("2026/a.yaml", 2026, 3), ""),
        (("2025/a.yaml", 2025, 4), ""),
        (("2025/a.yaml", 2025, 2), ""),
    ],
)
def test_it_is_found_by_its_content(folder: Path, other: tuple[str, int, int], found: str) -> None:
    report = written(folder / "2026/b.yaml", 2026, 2)
    written(folder / other[0], *other[1:])
    data = {"year": 2026, "quarter": 2, "organ": {"code": "bwg"}}
    assert find_prior(form(quarterly()), Report(data), report).file == found


def test_the_last_of_the_year_before_is_found_beside_its_folder(folder: Path) -> None:
    report = written(folder / "2026/b.yaml", 2026, 1)
    written(folder / "2025/a.yaml", 2025, 4)
    data = {"year": 2026, "quarter": 1, "organ": {"code": "bwg"}}
    assert find_prior(form(quarterly()), Report(data), report).file == "../2025/a.yaml"


def test_opening_is_compared_with_the_closing_of_the_period_before(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(folder / "2026/a.yaml", 2026, 1, 5, 7)
    report = written(folder / "2026/b.yaml", 2026, 2, 8, 9)
    assert run(["check", str(report), "--schema-dir", "."]) == 1
    assert "相差 1" in capsys.readouterr().out
    written(report, 2026, 2, 7, 9)
    assert run(["check", str(report), "--schema-dir", "."]) == 0


def test_another_period_that_is_named_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(folder / "2026/a.yaml", 2026, 1, 5, 7)
    report = written(folder / "2026/c.yaml", 2026, 3, 7, 7)
    text = report.read_text(encoding="utf-8") + "prior: {file: a.yaml}\n"
    report.write_text(text, encoding="utf-8")
    assert run(["check", str(report), "--schema-dir", "."]) == 1
    assert "是 2026 年第 1 期的，应为 2026 年第 2 期" in capsys.readouterr().out


def test_a_new_report_counts_on_and_takes_over_the_list_of_names(folder: Path) -> None:
    written(folder / "2026/a.yaml", 2026, 1, 5, 7)
    said = ["--year", "2026", "--from", "2026/a.yaml", "--schema-dir", ".", "--to", "2026/b.yaml"]
    assert run(["new", *said]) == 0
    text = (folder / "2026/b.yaml").read_text(encoding="utf-8")
    assert "quarter: 2\n" in text
    assert "names:\n  cq: {name: 瓷器}" in text
    assert "cq: {opening: 7, closing: null}" in text, "what the rule ties to last period's"
    assert run(["check", "2026/b.yaml", "--schema-dir", "."]) == 1


@pytest.mark.parametrize(
    ("year", "quarter", "follows", "name"),
    [(2026, 1, "year: 2026\n", "m-2026-2.yaml"), (2026, 4, "year: 2027\n", "m-2027-1.yaml")],
)
def test_year_and_file_of_a_new_report_follow_from_the_last_one(
    folder: Path, year: int, quarter: int, follows: str, name: str
) -> None:
    written(folder / "2026/a.yaml", year, quarter, 5, 7)
    answers = ["--from", "2026/a.yaml", "--schema-dir", ".", "--to", "new", "--code", "m"]
    assert run(["new", *answers]) == 0
    text = (folder / "new" / name).read_text(encoding="utf-8")
    assert follows in text


@pytest.mark.parametrize(
    "field",
    [
        {"type": ["integer", "null"], "minimum": 1},
        {"type": ["number", "null"], "minimum": 1, "maximum": 4},
        {"type": ["integer", "null"], "maximum": 4},
        {"type": ["string", "null"]},
    ],
)
def test_a_place_that_cannot_be_counted_on_is_refused(field: Data) -> None:
    made = quarterly()
    made["properties"]["quarter"] = {"title": "季度", **field}
    with pytest.raises(SchemaError) as caught:
        form(made)
    assert "within_year" in caught.value.told(Language.CHINESE)


def test_a_place_that_is_not_there_is_refused() -> None:
    with pytest.raises(SchemaError):
        form(quarterly(within_year="month"))


def test_what_is_compared_is_called_that_of_the_last_period(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(folder / "2026/a.yaml", 2026, 1, 5, 7)
    report = written(folder / "2026/b.yaml", 2026, 2, 8, 9)
    assert run(["check", str(report), "--schema-dir", "."]) == 1
    assert "上期 期末 7" in capsys.readouterr().out
    assert run(["rules", "explain", "OPEN", "--type", "tiny/1", "--schema-dir", "."]) == 0
    assert "期初 = 上期期末" in capsys.readouterr().out


def test_the_document_of_the_form_says_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "docs", str(folder / "q.schema.json")]) == 0
    told = capsys.readouterr().out
    assert "本年第几期：/quarter" in told
    assert "上期报告可以是：tiny/1" in told
