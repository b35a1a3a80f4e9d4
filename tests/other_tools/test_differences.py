"""Where the program and other validators differ: the table of docs/how-to/other-tools.md."""

from __future__ import annotations

import contextlib
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest

from disclosure_tui.cli.main import run
from disclosure_tui.schema.loader import parse_json
from disclosure_tui.store.document import Document
from other_tools.judges import NEEDS_AJV, ajv_faults, refused_by_check_jsonschema
from other_tools.mutants import ROOT, as_json, schema_file

PAGE, CHINESE = (ROOT / "docs/how-to" / name for name in ("other-tools.md", "other-tools.zh-CN.md"))
SAMPLES = {
    "sqs-2023": ("gov-info-annual-2021", "complete"),
    "nrb-2025": ("us-foia-annual-2008", "foia/complete"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table."""

    sample: str
    old: str
    new: str
    program: str
    check_jsonschema: str
    ajv: str

    @property
    def text(self) -> str:
        """The sample with the old text replaced, or with the new line before it."""
        folder = ROOT / "samples" / SAMPLES[self.sample][1]
        text = (folder / f"{self.sample}.yaml").read_text(encoding="utf-8")
        assert self.old in text
        new = self.new if not self.old.endswith(":") else f"{self.new}\n{self.old}"
        return text.replace(self.old, new, 1)


def _rows(page: Path) -> Iterator[Row]:
    for line in page.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0] in SAMPLES:
            yield Row(*(cell.strip("`") for cell in cells[:6]))


ROWS = tuple(_rows(PAGE))


def _findings(path: Path) -> tuple[int, set[str]]:
    """Return exit code and the rules that have something to say, explained or not."""
    told = io.StringIO()
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(io.StringIO()):
        code = run(["check", str(path), "--format", "json"])
    reports = json.loads(told.getvalue())["reports"] if code != 3 else []
    return code, {found["rule"] for report in reports for found in report["findings"]}


@lru_cache(maxsize=2)
def _usual(sample: str) -> frozenset[str]:
    """What is said of the sample as it is."""
    return frozenset(_findings(ROOT / "samples" / SAMPLES[sample][1] / f"{sample}.yaml")[1])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.new)
def test_the_program_says_what_the_table_tells(row: Row, tmp_path: Path) -> None:
    folder = ROOT / "samples" / SAMPLES[row.sample][1]
    for other in folder.glob("*.yaml"):  # the report of last year, if there is one
        (tmp_path / other.name).write_bytes(other.read_bytes())
    file = tmp_path / f"{row.sample}.yaml"
    file.write_text(row.text, encoding="utf-8")
    code, rules = _findings(file)
    if row.program == "exit 3":
        assert code == 3
    elif row.program == "nothing":
        assert rules <= _usual(row.sample)
    else:
        assert row.program in rules - _usual(row.sample)


@pytest.mark.slow
def test_check_jsonschema_says_what_the_table_tells(tmp_path: Path) -> None:
    for name in SAMPLES:
        rows = {f"{number}.yaml": row for number, row in enumerate(ROWS) if row.sample == name}
        texts = {file: row.text for file, row in rows.items()}
        refused = refused_by_check_jsonschema(schema_file(SAMPLES[name][0]), texts, tmp_path)
        told = {file for file, row in rows.items() if row.check_jsonschema == "refuses"}
        assert refused == told


@NEEDS_AJV
def test_ajv_says_what_the_table_tells() -> None:
    """It is given what the program reads, since it reads no YAML."""
    for name in SAMPLES:
        rows = [row for row in ROWS if row.sample == name]
        texts = [as_json(Document.read(row.text.encode()).data) for row in rows]
        found = ajv_faults(schema_file(SAMPLES[name][0]), texts)
        for row, faults in zip(rows, found, strict=True):
            assert ("refuses" if faults else "accepts") == row.ajv, row.new


def test_the_table_is_the_same_in_chinese() -> None:
    words = {"接受": "accepts", "不接受": "refuses", "退出码 3": "exit 3", "没有": "nothing"}
    chinese = [
        Row(row.sample, row.old, row.new, *(words.get(one, one) for one in _verdicts(row)))
        for row in _rows(CHINESE)
    ]
    assert tuple(chinese) == ROWS
    assert len(ROWS) >= 13


def _verdicts(row: Row) -> tuple[str, str, str]:
    return row.program, row.check_jsonschema, row.ajv


def test_of_format_the_shipped_schemas_say_date_only() -> None:
    for path in sorted((ROOT / "schemas").glob("*.schema.json")):
        parse_json(path.read_bytes(), path.name)
        assert set(re.findall(r'"format": "([a-z-]+)"', path.read_text("utf-8"))) == {"date"}


OVERLAY = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:example:overlay:1",
    "$ref": "urn:disclosure-tui:gov-info-annual:2021",
    "$defs": {
        "denied-extra": {
            "$dynamicAnchor": "denied-extra",
            "properties": {
                "commercial_secret": {"$ref": "urn:disclosure-tui:gov-info-annual:core#applicants"}
            },
        }
    },
}


def _extended(tmp_path: Path) -> tuple[Path, str]:
    """Return a schema that extends the shipped one, and a report that uses the new row."""
    base = json.loads(schema_file("gov-info-annual-2021").read_text(encoding="utf-8"))
    overlay = {**OVERLAY, "$defs": {**OVERLAY["$defs"], "base": base}}  # type: ignore[dict-item]
    path = tmp_path / "overlay.schema.json"
    path.write_text(json.dumps(overlay), encoding="utf-8")
    sample = Document.read((ROOT / "samples/complete/sqs-2023.yaml").read_bytes())
    data = json.loads(as_json(sample.data))
    denied = data["requests"]["results"]["denied"]
    denied["commercial_secret"] = denied["state_secret"]
    return path, json.dumps(data)


@pytest.mark.slow
def test_check_jsonschema_sees_what_an_overlay_adds(tmp_path: Path) -> None:
    path, text = _extended(tmp_path)
    unknown = text.replace("commercial_secret", "commercial_secrets")
    reports = {"known.json": text, "unknown.json": unknown}
    assert refused_by_check_jsonschema(path, reports, tmp_path) == {"unknown.json"}


@NEEDS_AJV
def test_ajv_does_not_see_what_an_overlay_adds(tmp_path: Path) -> None:
    """Should this fail one day, ajv has learnt it: the page must say so."""
    path, text = _extended(tmp_path)
    assert ajv_faults(path, [text])[0]
