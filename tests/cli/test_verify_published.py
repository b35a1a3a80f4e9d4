"""`disclosure verify-published`, as a person meets it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib import resources
from pathlib import Path

import jsonschema
import pytest

from disclosure_tui.cli.main import run

SAMPLES = Path(__file__).parents[2] / "samples" / "complete"
EDITIONS = ("sptyj-2020.yaml", "sqs-2024.yaml")
FORMATS = ("csv", "csv-grid", "docx", "html", "html-fragment", "markdown", "xlsx")


@pytest.fixture(params=EDITIONS)
def report(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    for path in SAMPLES.glob("*.yaml"):
        shutil.copy(path, tmp_path)
    return tmp_path / str(request.param)


def exported(report: Path, *options: str) -> list[Path]:
    named = [word for name in FORMATS for word in ("--to", name)]
    assert run(["export", str(report), *named, *options]) == 0
    return sorted((report.parent / "out").iterdir())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_our_own_copies_are_the_same(
    report: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    pages = exported(report, "--lang", language)
    assert len(pages) == len(FORMATS)
    for page in pages:
        capsys.readouterr()
        assert run(["verify-published", str(report), str(page), "--lang", language]) == 0
        said = capsys.readouterr().out
        assert ("与报告一致" if language == "zh" else "Same as the report") in said


def test_sign_off_copies_and_many_reports_in_one_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in SAMPLES.glob("*.yaml"):
        shutil.copy(path, tmp_path)
    report = tmp_path / EDITIONS[1]
    for page in exported(report, "--copy", "sign-off"):
        assert run(["verify-published", str(report), str(page)]) == 0, page
    together = tmp_path / "all"
    arguments = ["--to", "xlsx", "--to", "csv", "--together", "--output", str(together)]
    assert run(["export", str(tmp_path), *arguments]) == 0
    for page in together.iterdir():
        for name in EDITIONS:
            assert run(["verify-published", str(tmp_path / name), str(page)]) == 0


def test_differences_and_what_could_not_be_read(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = next(path for path in exported(report) if path.name.endswith("告.html"))
    text = page.read_text(encoding="utf-8")
    wrong = report.parent / "wrong.html"
    wrong.write_text(text.replace("没有", "木有", 1), encoding="utf-8")
    capsys.readouterr()
    assert run(["verify-published", str(report), str(wrong), "--lang", "zh"]) == 1
    out = capsys.readouterr().out
    assert "木有" in out
    assert "文字不同 1 处" in out
    wrong.write_text(text.replace("没有", "木有", 1).replace(">科研机构<", "><"), encoding="utf-8")
    assert run(["verify-published", str(report), str(wrong), "--lang", "zh"]) == 3
    out = capsys.readouterr().out
    assert "没有读出来" in out
    assert "科研机构" in out
    assert "木有" in out


def test_the_json_is_as_its_schema_says(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = next(path for path in exported(report) if path.suffix == ".docx")
    schema = json.loads(
        resources.files("disclosure_tui.publication")
        .joinpath("disclosure-publication-1.schema.json")
        .read_text(encoding="utf-8")
    )
    judge = jsonschema.Draft202012Validator(schema)
    judge.check_schema(schema)
    other = SAMPLES / EDITIONS[0 if report.name == EDITIONS[1] else 1]
    for compared, code in ((report, 0), (other, 3)):
        capsys.readouterr()
        assert run(["verify-published", str(compared), str(page), "--format", "json"]) == code
        document = json.loads(capsys.readouterr().out)
        judge.validate(document)
        assert document["same"] is (code == 0)
        assert document["complete"] is (code == 0)
        assert bool(document["texts"]) is (code != 0)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_cannot_be_read_at_all_is_said(
    tmp_path: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    report = SAMPLES / EDITIONS[1]
    cases = {
        "page.pdf": b"%PDF",
        "page.docx": b"no archive",
        "page.xlsx": b"PK\x03\x04",
        "page.html": b"\x00\x01",
        "page.csv": b'"' + b"x" * 200_000,
    }
    for name, content in cases.items():
        page = tmp_path / name
        page.write_bytes(content)
        code = run(["verify-published", str(report), str(page), "--lang", language])
        assert code == 3, name
        said = capsys.readouterr().err
        assert name in said
        assert len(said.splitlines()) == 2
        assert "Traceback" not in said
    missing = str(tmp_path / "none.html")
    assert run(["verify-published", str(report), missing, "--lang", language]) == 3
    page = tmp_path / "page.txt"
    page.write_bytes(b"<p>x</p>")
    assert run(["verify-published", str(report), str(page), "--as", "html"]) == 3
    assert "S-HEADING" in capsys.readouterr().out


def test_office_files_are_read_without_any_library_for_them(report: Path) -> None:
    pages = [path for path in exported(report) if path.suffix in (".docx", ".xlsx")]
    assert len(pages) == 2
    program = (
        "import sys\n"
        "for name in ('docx', 'lxml', 'openpyxl', 'xlsxwriter', 'textual'):\n"
        "    sys.modules[name] = None\n"
        "from disclosure_tui.cli.main import run\n"
        "sys.exit(max(run(['verify-published', sys.argv[1], page]) for page in sys.argv[2:]))\n"
    )
    command = [sys.executable, "-c", program, str(report), *map(str, pages)]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr.decode()
