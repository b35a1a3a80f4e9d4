"""A district with an overlay, in real folders: every command works with it, hostile ones stop."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from disclosure_tui import api
from disclosure_tui.cli.main import run
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.opening import open_document
from overlays import base, cells, extended, source
from tiny import group, row

SAMPLE = Path(__file__).parents[2] / "samples" / "district"
IDENTIFIER = "urn:disclosure-tui:example-district:2021"
TRANSFERRED = Pointer.parse("/requests/results/other/transferred/natural_person")
WEBSITE = Pointer.parse("/platforms/website/number")


@pytest.fixture(autouse=True)
def _chosen_by_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DISCLOSURE_LANG", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture
def district(tmp_path: Path) -> Path:
    root = tmp_path / "qu"
    shutil.copytree(SAMPLE, root)
    return root


def overlay_file(district: Path) -> Path:
    return district / "schemas" / "district.overlay.schema.json"


def report(district: Path) -> Path:
    return district / "units" / "tyj" / "2025" / "tyj-2025.yaml"


def written(district: Path, change: Callable[[Any], object]) -> Path:
    """Change the overlay of a district."""
    path = overlay_file(district)
    contents = json.loads(path.read_bytes())
    change(contents)
    path.write_text(json.dumps(contents, ensure_ascii=False), encoding="utf-8")
    return path


def exported(path: Path, folder: Path, form: str) -> Path:
    """Write a copy of a report; return its file."""
    assert run(["export", str(path), "--to", form, "--output", str(folder)]) == 0
    (made,) = [each for each in folder.iterdir() if each.is_file()]
    return made


class TestCommands:
    def test_check_names_the_overlay_with_the_result_and_its_findings(
        self, district: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(["check", str(report(district))]) == 0
        assert "补充规定【示例区补充规定】，版本 2026.1" in capsys.readouterr().out
        faulty = district / "units/jyj/2025/jyj-2025.yaml"
        assert run(["check", str(faulty), "--format", "json"]) == 1
        (told,) = json.loads(capsys.readouterr().out)["reports"]
        assert told["schema"]["id"] == "urn:disclosure-tui:gov-info-annual:2021"
        assert told["schema"]["overlay"] == IDENTIFIER
        assert told["schema"]["overlay_version"] == "2026.1"
        placed = {
            found["rule"]: found["overlay"]
            for found in told["findings"]
            if found["state"] == "open"
        }
        assert placed == dict.fromkeys(("D-SUM", "D-TRANSFER", "S-SIGN"), IDENTIFIER)

    @pytest.mark.parametrize("form", ["csv", "github", "jsonl", "notice", "sarif", "text"])
    def test_every_format_of_findings_names_it(
        self, district: Path, capsys: pytest.CaptureFixture[str], form: str
    ) -> None:
        faulty = district / "units/jyj/2025/jyj-2025.yaml"
        assert run(["check", str(faulty), "--format", form]) == 1
        assert "（示例区补充规定）" in capsys.readouterr().out

    def test_a_folder_with_reports_with_and_without_it(
        self, district: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        other = tmp_path / "elsewhere"
        shutil.copytree(SAMPLE.parent / "complete", other)
        run(["check", "--lang", "en", str(district), str(other)])
        said = capsys.readouterr().out
        assert said.count("schema gov-info-annual/2021, version") == 2
        assert said.count("; overlay ") == 1

    def test_several_processes_say_the_same(
        self, district: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        for number in range(9):
            copy = district / f"units/u{number}/2025/u{number}-2025.yaml"
            copy.parent.mkdir(parents=True)
            shutil.copy(report(district), copy)
        told = []
        for jobs in ("1", "2"):
            run(["check", str(district), "--details", "--jobs", jobs])
            told.append(capsys.readouterr().out)
        assert told[0] == told[1]
        assert told[0].count("示例区补充规定】") == 11

    @pytest.mark.parametrize("form", ["html", "markdown", "text", "csv"])
    def test_exports_hold_what_it_adds(self, district: Path, tmp_path: Path, form: str) -> None:
        copy = exported(report(district), tmp_path / "out", form).read_text("utf-8-sig")
        for text in ("4.转其他渠道办理", "政务新媒体", "合计"):
            assert text in copy.replace("&#8203;", "")

    def test_show_prints_what_it_adds(
        self, district: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(["show", str(report(district))]) == 0
        shown = capsys.readouterr().out
        assert "4.转其他渠道办理" in shown
        assert "其他需要报告的事项（含本级要求）" in shown

    def test_a_copy_is_proved_with_it(self, district: Path, tmp_path: Path) -> None:
        out = exported(report(district), tmp_path / "out", "html")
        assert run(["verify-published", str(report(district)), str(out)]) == 0
        page = out.read_text(encoding="utf-8")
        assert ">420<" in page
        out.write_text(page.replace(">420<", ">421<"), encoding="utf-8")
        assert run(["verify-published", str(report(district)), str(out)]) == 1

    def test_a_report_in_another_encoding_is_converted(self, district: Path) -> None:
        text = report(district).read_text(encoding="utf-8")
        foreign = report(district).with_name("gbk.yaml")
        foreign.write_bytes(text.encode("gb18030"))
        made = foreign.with_name("made.yaml")
        assert run(["convert", str(foreign), "--to", str(made)]) == 0
        assert made.read_text(encoding="utf-8") == text
        assert run(["check", str(made)]) == 0

    def test_values_and_differences(
        self, district: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        old = report(district).with_name("old.yaml")
        shutil.copy(report(district), old)
        assert run(["set", str(report(district)), str(WEBSITE), "2"]) == 0
        capsys.readouterr()
        assert run(["get", str(report(district)), str(WEBSITE)]) == 0
        assert capsys.readouterr().out.strip() == "2"
        assert run(["diff", str(old), str(report(district))]) == 1
        told = capsys.readouterr().out
        assert "政府网站 数量  1 -> 2" in told
        assert "合计 数量      3 -> 4" in told
        del tmp_path

    def test_a_new_report_names_it(self, district: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(district)
        made = ["--name", "示例区司法局", "--code", "sfj", "--level", "county_department"]
        assert run(["new", "--year", "2025", *made, "--to", "sfj.yaml"]) == 0
        data = open_document(district / "sfj.yaml").data
        assert isinstance(data, dict)
        assert data["schema"] == {"overlay": IDENTIFIER}
        assert data["platforms"]["total"] == {"number": None, "published": None}

    def test_the_first_value_of_its_own_names_it(self, district: Path) -> None:
        path = report(district)
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(f'schema: {{overlay: "{IDENTIFIER}"}}\n', ""), "utf-8")
        assert run(["set", str(path), "/requests/new/natural_person", "3"]) in (0, 1)
        assert "overlay" not in path.read_text(encoding="utf-8")
        assert run(["set", str(path), str(WEBSITE), "2"]) == 0
        data = open_document(path).data
        assert isinstance(data, dict)
        assert data["schema"] == {"overlay": IDENTIFIER}

    def test_list_show_and_check_of_schemas(
        self, district: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(["schema", "list", "--for", str(district)]) == 0
        (row,) = [row for row in capsys.readouterr().out.splitlines() if IDENTIFIER in row]
        assert "补充规定：gov-info-annual/2021" in row
        assert row.endswith("采用")
        assert run(["schema", "check", str(overlay_file(district))]) == 0
        capsys.readouterr()
        named = ["schema", "show", "--origin", "gov-info-annual/2021", "--for", str(district)]
        assert run(named) == 0
        told = capsys.readouterr().out
        assert run(["schema", "show", "--origin", str(overlay_file(district))]) == 0
        by_file = capsys.readouterr().out
        assert told.splitlines()[1:] == by_file.splitlines()[1:]
        assert "+         4.转其他渠道办理 (transferred)  district.overlay.schema.json#" in told
        assert "~     [T2-SCALE] 改动  district.overlay.schema.json#" in told

    def test_scripts_get_the_same_form(self, district: Path) -> None:
        opened = api.open_report(report(district), [district / "schemas"])
        assert opened.report_type.form.overlay is not None
        assert not api.check(opened).findings.open


class TestWithoutIt:
    def test_the_missing_overlay_is_named_and_nothing_is_lost(
        self, district: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        away = tmp_path / "away.yaml"
        shutil.copy(report(district), away)
        assert run(["check", str(away)]) == 1
        told = capsys.readouterr().out
        assert f"report.overlay 本年报按补充规定【{IDENTIFIER}】填写" in told
        before = away.read_text(encoding="utf-8")
        assert run(["set", str(away), "/requests/carried_forward/other", "0"]) in (0, 1)
        assert run(["set", str(away), "/filing/phone", "1"]) == 0
        after = away.read_text(encoding="utf-8")
        assert after == before.replace("phone: 0000-0000000", 'phone: "1"')
        shutil.copy(away, report(district))
        assert run(["check", str(report(district))]) == 0

    def test_another_overlay_is_named_too(
        self, district: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        written(district, lambda it: it.update({"$id": "urn:x:other"}))
        assert run(["check", str(report(district))]) == 1
        told = capsys.readouterr().out
        assert IDENTIFIER in told
        assert "urn:x:other" in told

    def test_a_report_of_another_edition_is_left_alone(
        self, district: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        old = district / "units/sptyj/2020/sptyj-2020.yaml"
        old.parent.mkdir(parents=True)
        shutil.copy(SAMPLE.parent / "complete/sptyj-2020.yaml", old)
        assert run(["check", str(old)]) == 0
        assert "补充规定" not in capsys.readouterr().out


def told_once(district: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Check a report that cannot be checked; return why, with the overlay named."""
    assert run(["check", str(report(district))]) == 3
    printed = capsys.readouterr()
    told = printed.out + printed.err
    assert ".overlay.schema.json" in told
    assert "Traceback" not in told
    return told


def _reference(contents: Any, reference: str) -> None:
    contents["$defs"]["platform"]["properties"]["number"]["$ref"] = reference


class TestHostile:
    @pytest.mark.parametrize("place", ["root", "inside", "schema"])
    def test_nothing_is_fetched(
        self,
        district: Path,
        capsys: pytest.CaptureFixture[str],
        hits: tuple[str, list[str]],
        place: str,
    ) -> None:
        address, seen = hits
        changes: dict[str, Callable[[Any], object]] = {
            "root": lambda it: it.update({"$ref": f"{address}/x"}),
            "inside": lambda it: _reference(it, f"{address}/x"),
            "schema": lambda it: it.update({"$schema": f"{address}/x"}),
        }
        written(district, changes[place])
        told_once(district, capsys)
        run(["schema", "check", str(overlay_file(district))])
        run(["schema", "list", "--for", str(district)])
        assert seen == []

    @pytest.mark.parametrize(
        ("base", "says"),
        [
            (IDENTIFIER, "它自己"),
            ("urn:disclosure-tui:gov-info-anual:2021", "是不是"),
            ("file:///etc/passwd", "没有找到"),
            ("../../secret.schema.json", "没有找到"),
        ],
    )
    def test_a_base_that_is_none(
        self, district: Path, capsys: pytest.CaptureFixture[str], base: str, says: str
    ) -> None:
        written(district, lambda it: it.update({"$ref": base}))
        told = told_once(district, capsys)
        assert says in told
        assert "#/$ref" in told

    def test_two_over_each_other(self, district: Path, capsys: pytest.CaptureFixture[str]) -> None:
        other = overlay_file(district).with_name("other.overlay.schema.json")
        contents = json.loads(overlay_file(district).read_bytes())
        other.write_text(json.dumps({**contents, "$id": "urn:x:b", "$ref": IDENTIFIER}))
        written(district, lambda it: it.update({"$ref": "urn:x:b"}))
        assert "另一份补充规定" in told_once(district, capsys)

    def test_two_of_one_base(self, district: Path, capsys: pytest.CaptureFixture[str]) -> None:
        other = overlay_file(district).with_name("other.overlay.schema.json")
        contents = json.loads(overlay_file(district).read_bytes())
        other.write_text(json.dumps({**contents, "$id": "urn:x:b"}))
        told = told_once(district, capsys)
        assert str(other) in told
        assert str(overlay_file(district)) in told

    def test_the_newest_version_holds(
        self, district: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        other = overlay_file(district).with_name("district@2025.9.overlay.schema.json")
        contents = json.loads(overlay_file(district).read_bytes())
        contents["x-overlay"]["version"] = "2025.9"
        other.write_text(json.dumps(contents))
        assert run(["check", str(report(district))]) == 0
        assert "版本 2026.1，校验码" in capsys.readouterr().out

    def test_a_link_out_of_the_folder(
        self, district: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        outside = tmp_path / "outside.schema.json"
        overlay_file(district).rename(outside)
        overlay_file(district).symlink_to(os.path.relpath(outside, overlay_file(district).parent))
        assert str(outside) in told_once(district, capsys)

    def test_a_link_that_leads_nowhere(
        self, district: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        overlay_file(district).unlink()
        overlay_file(district).symlink_to("nothing.json")
        told_once(district, capsys)

    def test_a_pipe_instead_of_a_file(
        self, district: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        overlay_file(district).unlink()
        os.mkfifo(overlay_file(district))
        told_once(district, capsys)

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"{",
            b"\xff\xfe{}",
            b'{"$id": "urn:x:y", "x-overlay": {}, "x-overlay": {}}',
            b"[" * 100_000,
            b'{"x-overlay": "' + b"x" * 1_100_000 + b'"}',
        ],
        ids=["empty", "cut", "not utf-8", "twice", "deep", "huge"],
    )
    def test_a_file_that_cannot_be_read(
        self, district: Path, capsys: pytest.CaptureFixture[str], content: bytes
    ) -> None:
        overlay_file(district).write_bytes(content)
        told_once(district, capsys)
        assert run(["schema", "list", "--for", str(district)]) == 3

    def test_a_sparse_file_of_many_gigabytes(
        self, district: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with overlay_file(district).open("wb") as stream:
            stream.truncate(8_000_000_000)
        told_once(district, capsys)

    def test_a_version_that_it_was_not_written_for(
        self, district: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        written(district, lambda it: it["x-overlay"].update({"base": {"from": "2031"}}))
        assert "2031" in told_once(district, capsys)

    def test_what_loosens_names_file_and_place(
        self, district: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def loosen(contents: Any) -> None:
            contents["properties"]["requests"]["properties"] = {
                "new": {"properties": {"natural_person": {"minimum": -5}}}
            }

        written(district, loosen)
        told = told_once(district, capsys)
        assert "properties/natural_person/minimum" in told
        assert "只能收紧" in told

    def test_a_row_of_other_columns_is_named(
        self, district: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def other_columns(contents: Any) -> None:
            row = contents["$defs"]["other"]["properties"]["transferred"]
            row["$ref"] = "#platform"

        written(district, other_columns)
        told = told_once(district, capsys)
        assert "district.overlay.schema.json#/$defs/other/properties/transferred" in told
        assert "列和次序要相同" in told

    def test_a_rule_of_the_base_that_no_longer_fits_names_the_overlay(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        contents = base()
        rule = {"id": "COL", "each": "column", "total": "total", "of": ["denied.*"]}
        contents["properties"]["requests"]["x-rules"] = [rule]
        (tmp_path / "tiny.schema.json").write_bytes(source(contents))
        assert run(["schema", "check", str(tmp_path / "tiny.schema.json")]) == 0
        more = extended("denied-extra", {"more": group("组", {"x": row(cells(), title="行")})})
        path = tmp_path / "district.overlay.schema.json"
        path.write_bytes(source(more))
        capsys.readouterr()
        assert run(["schema", "check", str(path)]) == 3
        told = capsys.readouterr().err
        assert "补充规定【district.overlay.schema.json】" in told
        assert "【COL】" in told

    def test_the_whole_form_within_itself(
        self, district: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def again(contents: Any) -> None:
            added = contents["$defs"]["report"]["properties"]
            for number in range(40):
                added[f"p{number}"] = {"title": "又", "$ref": contents["$ref"]}

        written(district, again)
        told_once(district, capsys)

    def test_what_everybody_may_change_is_not_used(
        self, district: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        overlay_file(district).chmod(0o666)
        assert run(["check", str(report(district))]) == 1
        printed = capsys.readouterr()
        assert "report.overlay" in printed.out
        assert "chmod o-w" in printed.err

    def test_beside_a_report_outside_of_a_district_it_adds_nothing(
        self, district: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        folder = tmp_path / "alone"
        shutil.copytree(district / "schemas", folder / "schemas")
        shutil.copy(report(district), folder / "r.yaml")
        assert run(["check", str(folder / "r.yaml")]) == 1
        printed = capsys.readouterr()
        assert "report.overlay" in printed.out
        assert "没有采用" in printed.err
