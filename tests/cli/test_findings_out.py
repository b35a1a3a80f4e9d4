"""`disclosure check --format ... --output ...`: every way in which findings leave the program."""

# ruff: noqa: ARG002 - a fixture may only set the scene
from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from jsonschema import Draft7Validator, Draft202012Validator
from referencing import Registry, Resource

from disclosure_tui.batch_jobs import Batch
from disclosure_tui.cli.main import run
from disclosure_tui.discovery import modules_of
from disclosure_tui.language import Language, Text
from disclosure_tui.render.finding_writing import Occasion, written
from disclosure_tui.render.located import LocatedReport

ROOT = Path(__file__).parents[2]
FORMATS = {m.NAME: m for m in modules_of("disclosure_tui.render.finding_formats")}
SCHEMA = ROOT / "src/disclosure_tui/render/finding_formats/disclosure-findings-1.schema.json"
SARIF = "tools/other_tools/node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
EVIL = "=cmd|' /C calc'!A0"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Faulty reports of several offices, one in order, one broken."""
    monkeypatch.chdir(tmp_path)
    units = tmp_path / "units"
    units.mkdir()
    for name in ("complete/sqs-2023", "faulty/T3-BAL", "faulty/T3-BLANK", "faulty/TX-CASES"):
        shutil.copy(ROOT / "samples" / f"{name}.yaml", units)
    (units / "broken.yaml").write_text("report_type: [\n", encoding="utf-8")
    return units


def office(path: Path, name: str) -> None:
    text = path.read_text(encoding="utf-8")
    quoted = json.dumps(name, ensure_ascii=False)
    path.write_text(text.replace("name: 示例县档案局", f"name: {quoted}", 1), encoding="utf-8")
    assert quoted in path.read_text(encoding="utf-8")


def batch(*paths: Path) -> list[LocatedReport]:
    return list(Batch().check(list(paths)))


class TestWhereItGoes:
    def test_several_formats_go_into_a_folder(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        named = [word for name in sorted(FORMATS) for word in ("--format", name)]
        assert run(["check", "units", *named, "--output", "out/", "--lang", "en"]) == 3
        told = capsys.readouterr()
        assert told.out == ""
        apart = {path.name for path in Path("out").iterdir() if "points to correct" in path.name}
        assert len(apart) == 4
        assert {path.name for path in Path("out").iterdir()} - apart == {
            "findings.csv",
            "findings.github.txt",
            "findings.json",
            "findings.jsonl",
            "findings.sarif",
            "findings.txt",
            "findings.xlsx",
        }
        for path in set(Path("out").iterdir()) - {Path("out", name) for name in apart}:
            assert f"written: {path}\n" in told.err
        assert "written: out (4 files)\n" in told.err

    def test_a_file_has_what_would_have_been_printed(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        for name, module in FORMATS.items():
            if hasattr(module, "IS_BINARY"):
                continue
            run(["check", "units", "--format", name])
            printed = capsys.readouterr().out
            run(["check", "units", "--output", f"{name}=one{module.SUFFIX}"])
            capsys.readouterr()
            assert Path(f"one{module.SUFFIX}").read_bytes() == printed.encode()

    def test_the_ending_names_the_format_and_the_overview_is_still_printed(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(["check", "units", "--output", "a.json", "--output", "b.sarif"]) == 3
        assert "共 5 份" in capsys.readouterr().out
        assert json.loads(Path("a.json").read_bytes())["format"] == "disclosure-findings/1"
        assert json.loads(Path("b.sarif").read_bytes())["version"] == "2.1.0"

    def test_what_is_named_and_placed_is_not_printed(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        run(["check", "units", "--format", "json", "--format", "csv", "--output", "csv=t.dat"])
        assert json.loads(capsys.readouterr().out)["summary"]["reports"] == 5
        assert Path("t.dat").read_bytes().startswith("\ufeff".encode())

    @pytest.mark.parametrize(
        ("options", "words"),
        [
            (["--format", "json", "--format", "csv"], "--output FOLDER"),
            (["--format", "xlsx"], "--output findings.xlsx"),
            (["--output", "things"], "is not clear"),
            (["--output", "csv="], "names no file"),
            (["--output", "json=units/T3-BAL.yaml"], "is the name of a report file"),
            (["--output", "json=units/new.YML"], "is the name of a report file"),
            (["--output", "json=x", "--output", "csv=x"], "both be x"),
            (["--format", "nothing"], "nothing"),
        ],
    )
    def test_what_does_not_fit_is_told_before_anything_is_done(
        self,
        options: list[str],
        words: str,
        folder: Path,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        before = {path: path.read_bytes() for path in folder.iterdir()}
        assert run(["check", "units", "--lang", "en", *options]) == 2
        told = capsys.readouterr()
        assert words in told.err
        assert told.out == ""
        assert {path: path.read_bytes() for path in folder.iterdir()} == before
        assert [path.name for path in Path().iterdir()] == ["units"]

    def test_a_place_that_cannot_be_written_is_told_and_nothing_else_is(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        Path("taken").write_text("a file", encoding="utf-8")
        options = ["--output", "good.json", "--output", "json=taken/findings.json"]
        assert run(["check", "units", "--lang", "en", *options]) == 3
        told = capsys.readouterr()
        assert "taken/findings.json" in told.err
        assert "Traceback" not in told.err
        assert told.out == ""
        assert not Path("good.json").exists()
        assert sorted(path.name for path in Path().iterdir()) == ["taken", "units"]

    def test_an_input_is_never_written_over(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        report = Path("report.txt")
        shutil.copy(folder / "T3-BAL.yaml", report)
        link = Path("link.txt")
        link.symlink_to(report)
        before = report.read_bytes()
        for place in (report, link):
            assert run(["check", str(report), "--output", f"json={place}"]) == 2
            assert "报告文件" in capsys.readouterr().err
        assert report.read_bytes() == before
        assert link.is_symlink()

    def test_a_device_is_left_alone(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        os.mkfifo("pipe")
        assert run(["check", "units", "--lang", "en", "--output", "json=pipe"]) == 3
        assert "pipe" in capsys.readouterr().err
        assert Path("pipe").is_fifo()

    def test_ctrl_c_leaves_no_half_file(
        self,
        folder: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        whole = Batch.check

        def broken_off(self: Batch, paths: list[Path], jobs: int) -> Iterator[LocatedReport]:
            yield from whole(self, paths[:2], jobs)
            raise KeyboardInterrupt

        monkeypatch.setattr(Batch, "check", broken_off)
        Path("kept.json").write_text("before", encoding="utf-8")
        options = ["--output", "kept.json", "--output", "new.jsonl"]
        assert run(["check", "units", *options]) == 130
        assert Path("kept.json").read_text(encoding="utf-8") == "before"
        assert sorted(path.name for path in Path().iterdir()) == ["kept.json", "units"]
        assert run(["check", "units", "--format", "jsonl"]) == 130
        kinds = [json.loads(line)["kind"] for line in capsys.readouterr().out.splitlines()[-3:]]
        assert kinds[-1] != "summary" or kinds.count("summary") == 1

    def test_a_missing_library_is_told_in_one_line(
        self,
        folder: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
        assert run(["check", "units", "--lang", "en", "--output", "ledger.xlsx"]) == 2
        told = capsys.readouterr().err
        assert told.count("\n") == 1
        assert 'pip install "disclosure-tui[office]"' in told
        assert not Path("ledger.xlsx").exists()


class TestText:
    def test_a_folder_is_one_line_a_report_worst_first(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        text = (folder / "TX-CASES.yaml").read_text(encoding="utf-8")
        filing = "filing: {prepared_by: 李四, phone: 0000-1234567}\n"
        (folder / "TX-CASES.yaml").write_text(text + filing, encoding="utf-8")
        assert run(["check", "units"]) == 3
        lines = capsys.readouterr().out.splitlines()
        assert len(lines) == 1 + 1 + 4 + 1 + 1
        assert lines.pop(-2).startswith("校验所用格式 gov-info-annual/2021，版本 ")
        assert lines[0].startswith("units/broken.yaml:1:14: 打不开")
        assert [line.split()[-1] for line in lines[2:-1]] == [
            "units/T3-BAL.yaml",
            "units/T3-BLANK.yaml",
            "units/TX-CASES.yaml",
            "units/sqs-2023.yaml",
        ]
        assert [line[0] for line in lines[2:-1]] == ["!", "?", "?", " "]
        assert "李四 0000-1234567" in lines[4]
        assert lines[2].split()[2:6] == ["2023", "2", "0", "0"]
        assert lines[3].split()[2:6] == ["2023", "0", "7", "1"]

    def test_details_are_the_lines_of_each_report(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        run(["check", "units", "--details"])
        whole = capsys.readouterr().out
        paths = [str(path) for path in sorted(Path("units").iterdir())]
        run(["check", *paths])
        assert capsys.readouterr().out == whole
        for path in paths:
            run(["check", path])
            assert capsys.readouterr().out in whole


class TestRecords:
    def test_every_output_of_every_sample_follows_the_schema(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        schema = json.loads(SCHEMA.read_bytes())
        Draft202012Validator.check_schema(schema)
        places = [str(ROOT / "samples"), "units"]
        run(["check", *places, "--output", "a.json", "--output", "a.jsonl"])
        document = json.loads(Path("a.json").read_bytes())
        Draft202012Validator(schema).validate(document)
        registry = Registry().with_resource(schema["$id"], Resource.from_contents(schema))
        line = {"$ref": schema["$id"] + "#/$defs/line"}
        judge = Draft202012Validator(line, registry=registry)
        lines = [json.loads(text) for text in Path("a.jsonl").read_text("utf-8").splitlines()]
        for record in lines:
            judge.validate(record)
        assert not judge.is_valid({"kind": "other"})
        assert not judge.is_valid({**lines[0], "file": 3})
        told = [record for record in lines if record["kind"] == "finding"]
        assert len(told) == sum(len(r.get("findings", ())) for r in document["reports"])
        assert lines[-1]["open"] == document["summary"]["open"]

    def test_the_document_written_in_pieces_is_that_of_the_library(self, folder: Path) -> None:
        reports = batch(*sorted(folder.iterdir()))
        for some in (reports, reports[:1], []):
            content = written(FORMATS["json"], some, Occasion())  # type: ignore[arg-type]
            again = json.dumps(json.loads(content), ensure_ascii=False, indent=2) + "\n"
            assert content.decode() == again

    def test_jsonl_is_written_as_files_are_done(self, folder: Path) -> None:
        reports = batch(*sorted(folder.iterdir()))
        writer = FORMATS["jsonl"].begin(Occasion())
        for report in reports:
            first = writer.add(report).splitlines()[0]
            assert json.loads(first)["file"] == report.file


class TestTables:
    def rows(self, content: bytes) -> list[list[str]]:
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))

    def test_no_text_is_a_formula(self, folder: Path) -> None:
        path = folder / "T3-BAL.yaml"
        office(path, EVIL)
        content = written(FORMATS["csv"], batch(path), Occasion())  # type: ignore[arg-type]
        rows = self.rows(content)
        assert {row[0] for row in rows[1:]} == {"'" + EVIL}
        # The difference is a number and stays one.
        assert {row[10] for row in rows[1:]} == {"-1"}
        assert all(len(row) == len(rows[0]) for row in rows)

    @pytest.mark.parametrize("start", ["=", "+", "-", "@"])
    def test_texts_stay_texts_in_the_ledger(self, folder: Path, start: str) -> None:
        openpyxl = pytest.importorskip("openpyxl")
        path = folder / "T3-BAL.yaml"
        name = f"{start}1+1"
        office(path, name)
        text = path.read_text(encoding="utf-8")
        filing = f'filing: {{prepared_by: "{start}HYPERLINK(1)", phone: "+86 1"}}\n'
        path.write_text(text + filing, encoding="utf-8")
        content = written(FORMATS["xlsx"], batch(path), Occasion())  # type: ignore[arg-type]
        book = openpyxl.load_workbook(io.BytesIO(content))
        for sheet in book.worksheets[:2]:
            assert (sheet["A2"].value, sheet["A2"].data_type) == (name, "s")
        contact = book.worksheets[0]["O2"]
        assert (contact.value, contact.data_type) == (f"{start}HYPERLINK(1) +86 1", "s")
        formulas = {
            cell.value
            for sheet in book.worksheets
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f"
        }
        assert formulas
        assert all(re.fullmatch(r"=SUBTOTAL\(109,[A-Z]+2:[A-Z]+2\)", text) for text in formulas)

    def test_the_ledger_has_findings_offices_and_files_not_read(self, folder: Path) -> None:
        openpyxl = pytest.importorskip("openpyxl")
        reports = batch(*sorted(folder.iterdir()))
        content = written(FORMATS["xlsx"], reports, Occasion())  # type: ignore[arg-type]
        book = openpyxl.load_workbook(io.BytesIO(content))
        assert book.sheetnames == ["问题", "单位和规则", "打不开的文件"]
        findings, offices, unread = book.worksheets
        table = self.rows(written(FORMATS["csv"], reports, Occasion()))  # type: ignore[arg-type]
        told = [row for row in table[1:] if row[3] != "打不开"]
        assert [[_text(cell) for cell in row] for row in findings.iter_rows(values_only=True)] == [
            table[0],
            *told,
        ]
        for sheet in book.worksheets:
            assert sheet.freeze_panes == "B2"
            assert sheet.auto_filter.ref.startswith("A1:")
            assert sheet.print_title_rows == "$1:$1"
        rows = list(offices.iter_rows(values_only=True))
        at = rows[0].index("T3-BAL")
        assert rows[1][:6] == ("示例县档案局", 2023, 2, 0, 0, 0)
        assert rows[1][at] == 2
        assert rows[4][at] is None
        assert [row[0] for row in unread.iter_rows(min_row=2, values_only=True)] == [
            str(folder / "broken.yaml")
        ]

    def test_the_sums_are_those_of_the_rows(self, folder: Path) -> None:
        openpyxl = pytest.importorskip("openpyxl")
        reports = batch(*sorted(folder.iterdir()))
        content = written(FORMATS["xlsx"], reports, Occasion())  # type: ignore[arg-type]
        sheet = openpyxl.load_workbook(io.BytesIO(content), data_only=True).worksheets[1]
        *rows, last = list(sheet.iter_rows(min_row=2, values_only=True))
        for column in (2, 3, 4, 5, *range(8, len(last))):
            assert last[column] == sum(row[column] or 0 for row in rows)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


class TestSarif:
    def log(self, *paths: Path) -> Any:
        content = written(FORMATS["sarif"], batch(*paths), Occasion())  # type: ignore[arg-type]
        return json.loads(content)["runs"][0]

    def test_it_is_valid_against_the_schema_of_the_standard(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        if not (ROOT / SARIF).is_file():
            pytest.skip("the SARIF schema is not there: npm ci in tools/other_tools")
        judge = Draft7Validator(
            json.loads((ROOT / SARIF).read_bytes()),
            format_checker=Draft7Validator.FORMAT_CHECKER,
        )
        for places in ([str(ROOT / "samples"), "units"], [str(ROOT / "samples/complete")]):
            for language in Language:
                out = f"{language.value}.sarif"
                run(["check", *places, "--lang", language.value, "--output", out])
                log = json.loads(Path(out).read_bytes())
                faults = [f"{list(e.path)}: {e.message}" for e in judge.iter_errors(log)]
                assert not faults
                assert log["runs"][0]["results"]
        broken = json.loads(Path(out).read_bytes())
        broken["runs"][0]["results"][0]["level"] = "fatal"
        assert not judge.is_valid(broken)

    def test_places_levels_and_rules(self, folder: Path) -> None:
        run_log = self.log(folder / "T3-BAL.yaml", folder / "TX-CASES.yaml")
        assert run_log["columnKind"] == "unicodeCodePoints"
        rules = run_log["tool"]["driver"]["rules"]
        files = run_log["artifacts"]
        for result in run_log["results"]:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
            physical = result["locations"][0]["physicalLocation"]
            assert files[physical["artifactLocation"]["index"]]["location"] == {
                "uri": physical["artifactLocation"]["uri"]
            }
        first = run_log["results"][0]
        assert (first["ruleId"], first["level"], first["kind"]) == ("T3-BAL", "error", "fail")
        region = first["locations"][0]["physicalLocation"]["region"]
        line = (folder / "T3-BAL.yaml").read_text("utf-8").splitlines()[region["startLine"] - 1]
        assert line[region["startColumn"] - 1 :].startswith("3,")
        by_rule = {result["ruleId"]: result["level"] for result in run_log["results"]}
        assert by_rule["TX-CASES"] == "warning"

    def test_a_fingerprint_stays_when_the_file_moves_and_the_lines_do(self, folder: Path) -> None:
        before = self.log(folder / "T3-BAL.yaml")["results"]
        moved = folder / "moved.yaml"
        text = (folder / "T3-BAL.yaml").read_text(encoding="utf-8")
        moved.write_text("# one more line\n" + text, encoding="utf-8")
        after = self.log(moved)["results"]
        prints = [result["partialFingerprints"] for result in before]
        assert prints == [result["partialFingerprints"] for result in after]
        assert len({json.dumps(one) for one in prints}) == len(prints) > 1

    def test_an_answered_query_is_suppressed_with_the_answer(self) -> None:
        results = self.log(ROOT / "samples/complete/sqs-2023.yaml")["results"]
        assert results
        for result in results:
            (suppression,) = result["suppressions"]
            assert suppression["kind"] == "inSource"
            assert suppression["status"] == "accepted"
            assert suppression["justification"]

    def test_a_file_that_was_not_read_makes_the_run_incomplete(self, folder: Path) -> None:
        run_log = self.log(folder / "broken.yaml")
        (invocation,) = run_log["invocations"]
        assert invocation["executionSuccessful"] is False
        (told,) = invocation["toolExecutionNotifications"]
        region = told["locations"][0]["physicalLocation"]["region"]
        assert region == {"startLine": 1, "startColumn": 14}
        assert self.log(folder / "T3-BAL.yaml")["invocations"][0]["executionSuccessful"] is True

    def test_names_of_files_are_escaped(self, folder: Path) -> None:
        odd = folder / "年 报:#1%.yaml"
        (folder / "T3-BAL.yaml").rename(odd)
        uri = self.log(odd)["artifacts"][0]["location"]["uri"]
        assert uri.startswith("file:///")
        assert uri.endswith("/%E5%B9%B4%20%E6%8A%A5%3A%231%25.yaml")


class TestGithub:
    COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")

    def test_every_line_is_one_command(self, folder: Path) -> None:
        odd = folder / "a,b:c%25.yaml"
        (folder / "T3-BAL.yaml").rename(odd)
        reports = batch(*sorted(folder.iterdir()))
        text = written(FORMATS["github"], reports, Occasion()).decode()  # type: ignore[arg-type]
        lines = text.splitlines()
        assert all(self.COMMAND.fullmatch(line) for line in lines)
        (first, *_) = [line for line in lines if "T3-BAL" in line]
        assert "a%2Cb%3Ac%2525.yaml,line=37,col=25," in first
        weights = {self.COMMAND.fullmatch(line)[1] for line in lines}  # type: ignore[index]
        assert weights == {"error", "warning"}

    def test_a_reason_of_several_lines_stays_one_command(self) -> None:
        reason = Text("100%\r\n::error::坏", "100%\r\n::error::bad")
        report = LocatedReport("x.yaml", Language.ENGLISH, reason=reason)
        text = written(FORMATS["github"], [report], Occasion()).decode()  # type: ignore[arg-type]
        assert text == "::error file=x.yaml,title=not read::100%25%0D%0A::error::bad\n"


class TestNotice:
    def test_points_are_numbered_without_rules_files_or_dates(self, folder: Path) -> None:
        report = batch(folder / "T3-BAL.yaml")
        text = written(FORMATS["notice"], report, Occasion()).decode()  # type: ignore[arg-type]
        assert re.findall(r"^(\d+)\. ", text, re.M) == ["1", "2"]
        assert text.startswith("示例县档案局：\n")
        assert "T3-BAL" not in text
        assert ".yaml" not in text
        assert "第一项加第二项之和" in text
        assert "日前" not in text

    def test_chinese_notices_have_no_latin_letters(self) -> None:
        paths = sorted((ROOT / "samples/faulty").glob("*.yaml"))
        paths = [path for path in paths if path.stem not in UNPRINTED]
        text = written(FORMATS["notice"], batch(*paths), Occasion()).decode()  # type: ignore[arg-type]
        assert not set(re.findall("[A-Za-z]+", text))

    def test_a_folder_gets_a_file_for_each_office_with_points(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        office(folder / "TX-CASES.yaml", "示例县/教育局")
        (folder / "broken.yaml").unlink()
        assert run(["check", "units", "--format", "notice", "--output", "letters/"]) == 1
        assert sorted(path.name for path in Path("letters").iterdir()) == [
            "示例县_教育局2023年政府信息公开工作年度报告修改意见.txt",
            "示例县档案局2023年政府信息公开工作年度报告修改意见 2.txt",
            "示例县档案局2023年政府信息公开工作年度报告修改意见.txt",
        ]
        assert capsys.readouterr().out == ""


UNPRINTED = {"report.prior", "schema.unevaluatedProperties"}
"""Faults in what is not printed: keys and names of files are all there is to name."""


@pytest.mark.parametrize("module", FORMATS.values(), ids=FORMATS.keys())
def test_two_runs_give_the_same_bytes(module: ModuleType, folder: Path) -> None:
    for name in ("one", "two"):
        run(["check", "units", "--output", f"{module.NAME}={name}"])
    assert Path("one").read_bytes() == Path("two").read_bytes()
