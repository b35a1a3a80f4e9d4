"""`disclosure schema diff` and `schema impact` as a person meets them."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from disclosure_tui.cli.main import run

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "schemas/gov-info-annual-2021.schema.json"
FORMATS = ROOT / "src/disclosure_tui/amending"
NAME = "gov-info-annual/2021"


def revised(place: Path, version: str = "9999.1") -> Path:
    """Write a later version: two rules weigh otherwise, one checks something else."""
    contents: Any = json.loads(SCHEMA.read_text(encoding="utf-8"))
    contents["x-report"]["version"] = version
    rules = {
        rule["id"]: rule
        for section in contents["properties"].values()
        for rule in section.get("x-rules", ())
    }
    rules["X-CARRY"]["severity"] = "error"
    rules["T3-BAL"]["severity"] = "query"
    rules["T2-STOCK"]["check"] = "in_force - made >= 0"
    place.write_text(json.dumps(contents, ensure_ascii=False), encoding="utf-8")
    return place


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return revised(tmp_path / "new.schema.json")


def validated(text: str, name: str) -> Any:
    schema = json.loads((FORMATS / f"{name}.schema.json").read_bytes())
    Draft202012Validator.check_schema(schema)
    document = json.loads(text)
    Draft202012Validator(schema).validate(document)
    return document


class TestDiff:
    def test_the_codes(self, new: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["schema", "diff", NAME, NAME]) == 0
        assert capsys.readouterr().out.splitlines()[-1] == "没有不同"
        assert run(["schema", "diff", NAME, str(new)]) == 1
        out = capsys.readouterr().out
        assert "级别：待核实，改正或填写说明（核实性） -> 错误，必须改正（强制性）" in out
        assert "\x1b" not in out
        assert out.splitlines()[-1] == "校验规则改动 3 条；其中 2 条改级别"
        assert run(["schema", "diff", NAME, "gov-info-annual/1999"]) == 3
        assert run(["schema", "diff", NAME, str(new.parent / "none.json")]) == 3
        assert run(["schema", "diff", NAME, f"{NAME}@0.1"]) == 3
        assert "版本 0.1" in capsys.readouterr().err
        assert run(["schema", "diff", NAME]) == 2

    def test_another_spelling_alone_is_no_difference(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        other = tmp_path / "other.schema.json"
        contents = json.loads(SCHEMA.read_text(encoding="utf-8"))
        other.write_text(json.dumps(contents, ensure_ascii=False, indent=7), encoding="utf-8")
        assert run(["schema", "diff", NAME, str(other)]) == 0
        assert capsys.readouterr().out.splitlines()[-1] == "没有不同（只是文件的写法不同）"

    def test_json_follows_its_schema(self, new: Path, capsys: pytest.CaptureFixture[str]) -> None:
        for old, later in ((NAME, str(new)), ("gov-info-annual/2019", NAME), (NAME, NAME)):
            run(["schema", "diff", old, later, "--format", "json"])
            found = validated(capsys.readouterr().out, "disclosure-schema-differences-1")
            assert sum(found["summary"]["places"].values()) == len(found["places"])
            assert found["same"] == (old == later)

    def test_a_mapping(self, capsys: pytest.CaptureFixture[str]) -> None:
        editions = ["gov-info-annual/2019", NAME]
        mapping = "proactive.article_20_6.penalty=proactive.article_20_9.central_procurement"
        run(["schema", "diff", *editions, "--map", mapping])
        assert "行【政府集中采购】 -> 【行政处罚】" in capsys.readouterr().out
        for wrong in ("nowhere=requests", "requests"):
            assert run(["schema", "diff", *editions, "--map", wrong]) == 2

    def test_lines_keep_the_width(self, capsys: pytest.CaptureFixture[str]) -> None:
        from disclosure_tui.render.width import MEASURE

        run(["schema", "diff", "gov-info-annual/2019", NAME, "--width", "60"])
        assert max(map(MEASURE.width, capsys.readouterr().out.splitlines())) <= 60


class TestImpact:
    @pytest.fixture
    def units(self, tmp_path: Path) -> Path:
        folder = tmp_path / "units"
        for name in ("X-CARRY", "T3-BAL", "T4-SUM"):
            unit = folder / name.lower()
            unit.mkdir(parents=True)
            shutil.copy(ROOT / f"samples/faulty/{name}.yaml", unit / "r.yaml")
        return folder

    def test_per_office_and_in_all(
        self, new: Path, units: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(["schema", "impact", str(new), str(units)]) == 1
        lines = capsys.readouterr().out.splitlines()
        heads = [line for line in lines if line.startswith(str(units))]
        assert [Path(line.partition(":")[0]).parent.name for line in heads] == [
            "x-carry",
            "t3-bal",
        ]
        assert "改级别 ? -> ! X-CARRY 表三【自然人】列" in lines[1]
        assert lines[-1].startswith("共 3 份报告：2 份有变化，改级别 4 个（错误 2，待核实 2）")

    def test_the_codes(self, new: Path, units: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["schema", "impact", NAME, str(units)]) == 0
        assert run(["schema", "impact", str(new), str(units / "t4-sum")]) == 0
        (units / "broken.yaml").write_text("report_type: [\n", encoding="utf-8")
        capsys.readouterr()
        assert run(["schema", "impact", str(new), str(units)]) == 3
        assert f"! {units}/broken.yaml:" in capsys.readouterr().out
        assert run(["schema", "impact", str(new)]) == 2
        new.write_text("{}", encoding="utf-8")
        assert run(["schema", "impact", str(new), str(units)]) == 3

    def test_json_follows_its_schema(
        self, new: Path, units: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (units / "broken.yaml").write_text("report_type: [\n", encoding="utf-8")
        run(["schema", "impact", str(new), str(units), "--format", "json"])
        found = validated(capsys.readouterr().out, "disclosure-schema-impact-1")
        assert found["summary"] == {
            "reports": 4, "changed": 2, "other_type": 0, "unreadable": 1, "pinned": 0,
            "appears": 0, "vanishes": 0, "regraded": 4, "lapses": 0,
        }  # fmt: skip
        change = found["reports"][1]["changes"][0]
        assert (change["old"]["severity"], change["new"]["severity"]) == ("query", "error")

    def test_links_to_folders_are_left_out_as_in_a_check(
        self, new: Path, units: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (units / "again").symlink_to(units / "x-carry")
        run(["schema", "impact", str(new), str(units)])
        assert "共 3 份报告" in capsys.readouterr().out
        # A folder that is named may be a link.
        run(["schema", "impact", str(new), str(units / "again")])
        assert "共 1 份报告" in capsys.readouterr().out

    def test_nothing_is_written_not_even_where_one_could(self, new: Path, units: Path) -> None:
        for folder in (units, *units.iterdir()):
            folder.chmod(0o555)
        try:
            before = tree(units.parent)
            assert run(["schema", "impact", str(new), str(units)]) == 1
            assert run(["schema", "impact", str(new), str(units), "--format", "json"]) == 1
            assert tree(units.parent) == before
        finally:
            for folder in (units, *units.iterdir()):
                folder.chmod(0o755)


def tree(folder: Path) -> str:
    """Return a digest of every name, mode, time and content below a folder."""
    told = hashlib.sha256()
    for root, folders, names in os.walk(folder):
        folders.sort()
        for path in (Path(root), *(Path(root, name) for name in sorted(names))):
            status = path.lstat()
            told.update(f"{path} {status.st_mode} {status.st_mtime_ns}".encode())
            told.update(path.read_bytes() if path.is_file() else b"")
    return told.hexdigest()
