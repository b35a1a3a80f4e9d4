"""The command line on schemas of several places: which one is used, and that results say so."""

from __future__ import annotations

import json
import shutil
import socket
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from disclosure_tui import api
from disclosure_tui.cli.main import run
from disclosure_tui.publication.verifying import formats
from schema_folders import REPORT, put, put_report

ROOT = Path(__file__).parents[2]
COMPLETE = ROOT / "samples" / "complete" / "sqs-2023.yaml"
TRUSTED_ONLY = "--trusted-only"


class Site:
    """A district with one unit and its report, on a machine of its own."""

    def __init__(self, top: Path) -> None:
        self.root = top / "district"
        self.unit = self.root / "units" / "tyj" / "2024"
        self.schemas = self.root / "schemas"
        self.report = put_report(self.unit)
        (self.root / "disclosure.yaml").write_text("language: zh\n", encoding="utf-8")

    def check(self, *options: str) -> int:
        return run(["check", str(self.report), *options])


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.delenv("DISCLOSURE_LANG", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("DISCLOSURE_SYSTEM", str(tmp_path / "etc"))
    monkeypatch.chdir(tmp_path)

    def refuse(*_arguments: object, **_options: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    return Site(tmp_path)


def schema_of(output: str) -> dict[str, Any]:
    """Return what the JSON says of the schema; the whole follows its JSON Schema."""
    document = json.loads(output)
    folder = resources.files("disclosure_tui.render.finding_formats")
    described = json.loads((folder / "disclosure-findings-1.schema.json").read_bytes())
    jsonschema.Draft202012Validator(described).validate(document)
    found: dict[str, Any] = document["reports"][0]["schema"]
    return found


class TestCheck:
    def test_text_and_json_say_which_schema_it_was(
        self, site: Site, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = put(site.schemas, "2026.3")
        assert site.check() == 0
        told = capsys.readouterr()
        assert not told.err
        assert "格式 tiny/1，版本 2026.3，校验码 " in told.out
        assert f"来源 本级 {site.schemas}）" in told.out
        assert site.check("--format", "json") == 0
        found = schema_of(capsys.readouterr().out)
        assert (found["version"], found["origin"], found["file"]) == (
            "2026.3",
            "district",
            str(path),
        )
        assert (found["trusted"], found["pinned_by"], found["place"]) == (True, None, "district")

    @pytest.mark.parametrize("jobs", ["1", "2"])
    def test_a_folder_of_reports_each_with_its_own_pin(
        self, jobs: str, site: Site, capsys: pytest.CaptureFixture[str]
    ) -> None:
        put(site.schemas, "2")
        put(site.schemas, "1", "tiny-1@1")
        for number in range(10):
            asked = f'schema: {{version: "{number % 2 + 1}"}}\n'
            put_report(site.unit, REPORT + asked, f"r{number}.yaml")
        assert run(["check", str(site.unit), "--format", "json", "--jobs", jobs]) == 0
        reports = json.loads(capsys.readouterr().out)["reports"]
        versions = {report["file"][-7:]: report["schema"] for report in reports}
        for number in range(10):
            found = versions[f"r{number}.yaml"]
            assert (found["version"], found["pinned_by"]) == (str(number % 2 + 1), "report")

    def test_a_folder_beside_the_report_is_marked(
        self, site: Site, capsys: pytest.CaptureFixture[str]
    ) -> None:
        put(site.unit / "schemas")
        assert site.check() == 0
        assert f"来源 报告旁的文件夹 {site.unit / 'schemas'} *不可信）" in capsys.readouterr().out
        assert site.check("--format", "json") == 0
        assert schema_of(capsys.readouterr().out)["trusted"] is False

    def test_trusted_only_refuses_it(self, site: Site, capsys: pytest.CaptureFixture[str]) -> None:
        put(site.unit / "schemas")
        assert site.check(TRUSTED_ONLY) == 3
        assert "不采用" in capsys.readouterr().out
        assert site.check() == 0, "the option holds for one run"

    def test_it_replaces_nothing_trusted(
        self, site: Site, capsys: pytest.CaptureFixture[str]
    ) -> None:
        put(site.unit / "schemas", "9")
        put(site.schemas, "1")
        assert site.check() == 0
        assert "版本 1，" in capsys.readouterr().out

    def test_a_conflict_names_both_files_and_ends_with_3(
        self, site: Site, capsys: pytest.CaptureFixture[str]
    ) -> None:
        one, other = put(site.schemas), put(site.root / "named", title="另一张表")
        assert site.check("--schema-dir", str(site.root / "named")) == 3
        told = capsys.readouterr().out
        assert str(one) in told
        assert str(other) in told

    def test_several_folders_are_looked_through_in_their_order(
        self, site: Site, capsys: pytest.CaptureFixture[str]
    ) -> None:
        put(site.root / "b", "2")
        put(site.root / "a", "1")
        put(site.schemas, "3")
        for first, last, version in (("a", "b", "1"), ("b", "a", "2")):
            folders = [str(site.root / first), "--schema-dir", str(site.root / last)]
            assert site.check("--schema-dir", *folders) == 0
            assert f"版本 {version}，" in capsys.readouterr().out

    def test_what_is_the_matter_with_a_place_is_told_once(
        self, site: Site, capsys: pytest.CaptureFixture[str]
    ) -> None:
        put(site.schemas)
        (site.schemas / "other-1.schema.json").write_text("{", encoding="utf-8")
        put_report(site.unit, name="second.yaml")
        assert run(["check", str(site.unit)]) == 0
        assert capsys.readouterr().err.count("other-1.schema.json") == 1


class TestEveryResultSaysSo:
    def lines(self, capsys: pytest.CaptureFixture[str]) -> str:
        told = capsys.readouterr()
        return (told.out + told.err).replace("\n", "")

    @pytest.mark.parametrize(
        "arguments",
        [
            ["show", "--width", "200"],
            ["show", "--width", "200", "--section", "t"],
            ["check", "--format", "csv"],
            ["check", "--format", "text"],
            ["explain"],
        ],
        ids=" ".join,
    )
    def test_with_mark(
        self, arguments: list[str], site: Site, capsys: pytest.CaptureFixture[str]
    ) -> None:
        put(site.unit / "schemas", "2026.3")
        text = REPORT.replace("{a: 1}", "{a: null}") if "csv" in arguments else REPORT
        site.report.write_text(text, encoding="utf-8")
        run([*arguments[:1], str(site.report), *arguments[1:]])
        told = self.lines(capsys)
        assert "格式 tiny/1，版本 2026.3，校验码 " in told
        assert "*不可信" in told

    def test_diff(self, site: Site, capsys: pytest.CaptureFixture[str]) -> None:
        put(site.schemas, "2026.3")
        other = put_report(site.unit, REPORT.replace("a: 1", "a: 2"), "other.yaml")
        assert run(["diff", str(site.report), str(other)]) == 1
        assert "格式 tiny/1，版本 2026.3" in self.lines(capsys)
        assert run(["diff", str(site.report), str(other), "--format", "json"]) == 1
        document = json.loads(capsys.readouterr().out)
        folder = resources.files("disclosure_tui.render")
        described = json.loads((folder / "disclosure-differences-1.schema.json").read_bytes())
        jsonschema.Draft202012Validator(described).validate(document)
        assert document["schema"]["version"] == "2026.3"

    @pytest.mark.usefixtures("site")
    def test_rules_and_schema(self, capsys: pytest.CaptureFixture[str]) -> None:
        for arguments in (
            ["rules", "list", "--type", "gov-info-annual/2021"],
            ["rules", "explain", "T3-BAL", "--type", "gov-info-annual/2021"],
            ["schema", "show", "gov-info-annual/2021"],
        ):
            assert run(arguments) == 0
            assert capsys.readouterr().out.rstrip().endswith("来源 程序自带")

    def test_a_public_copy_names_the_kind_of_place_but_no_path(
        self, site: Site, capsys: pytest.CaptureFixture[str]
    ) -> None:
        put(site.schemas, "2026.3")
        assert run(["export", "--to", "text", "--output", str(site.root), str(site.report)]) == 0
        capsys.readouterr()
        (copy,) = site.root.glob("*.txt")
        told = "".join(copy.read_text(encoding="utf-8").split())
        assert told.rpartition("；")[2].startswith("格式tiny/1，版本2026.3，校验码")
        assert told.endswith("来源本级")
        assert str(site.root) not in told

    @pytest.mark.parametrize("language", ["zh", "en"])
    @pytest.mark.parametrize("form", ["html", "csv-grid", "markdown"])
    def test_a_published_copy_is_read_back_and_the_proof_says_so(
        self, form: str, language: str, site: Site, capsys: pytest.CaptureFixture[str]
    ) -> None:
        report = site.unit / "sqs-2023.yaml"
        shutil.copy(COMPLETE, report)
        out = site.root / "out"
        lang = ["--lang", language]
        assert run([*lang, "export", "--to", form, "--output", str(out), str(report)]) == 0
        (page,) = out.iterdir()
        capsys.readouterr()
        assert page.suffix in {end for each in formats().values() for end in each.SUFFIXES}
        assert run([*lang, "verify-published", str(report), str(page)]) == 0
        told = capsys.readouterr().out
        mine = {"zh": "副本上的校验码与报告文件一致", "en": "names the digest of this report file"}
        assert mine[language] in told
        ends = {"zh": "来源 程序自带", "en": "from package"}
        assert told.rstrip().endswith(ends[language])
        assert run(["verify-published", str(report), str(page), "--format", "json"]) == 0
        document = json.loads(capsys.readouterr().out)
        folder = resources.files("disclosure_tui.publication")
        described = json.loads((folder / "disclosure-publication-1.schema.json").read_bytes())
        jsonschema.Draft202012Validator(described).validate(document)
        assert document["schema"]["origin"] == "package"


@pytest.mark.parametrize(
    "arguments",
    [
        ["show"],
        ["diff"],
        ["export", "--to", "text"],
        ["verify-published"],
        ["check"],
        ["explain"],
        ["set"],
        ["history", "--compare", "1"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_trusted_only_is_kept_by_every_command(
    arguments: list[str], site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    put(site.unit / "schemas")
    name = arguments[0]
    more = {
        "diff": [str(put_report(site.unit, name="other.yaml"))],
        "verify-published": [str(put_report(site.unit, name="page.html"))],
        "set": ["t.one.a", "2"],
    }.get(name, [])
    if name == "history":
        assert run(["set", str(site.report), "t.one.a", "3"]) == 0
    before = site.report.read_bytes()
    assert run([*arguments, str(site.report), *more, TRUSTED_ONLY]) == 3
    told = capsys.readouterr()
    assert "不采用" in told.out + told.err
    assert site.report.read_bytes() == before


def test_scripts_in_python_get_the_schema_that_the_command_takes(site: Site) -> None:
    put(site.schemas, "2026.3")
    opened = api.open_report(site.report)
    assert opened.report_type.stamp.version == "2026.3"
    assert opened.report_type.origin == "district"


class TestList:
    def rows(self, capsys: pytest.CaptureFixture[str]) -> dict[str, list[str]]:
        lines = capsys.readouterr().out.splitlines()
        return {line.split("\t")[5]: line.split("\t") for line in lines}

    def test_every_file_with_digest_origin_and_whether_it_is_used(
        self, site: Site, capsys: pytest.CaptureFixture[str]
    ) -> None:
        used, kept = put(site.schemas, "2"), put(site.schemas, "1", "tiny-1@1")
        beside = put(site.unit / "schemas", "3")
        own = put(site.unit / "schemas", "1", "own-1", type="own")
        paths = (used, kept, beside, own)
        assert run(["schema", "list", "--for", str(site.unit)]) == 0
        rows = self.rows(capsys)
        assert {path: (rows[str(path)][4], rows[str(path)][7]) for path in paths} == {
            used: ("本级", "采用"),
            kept: ("本级", "备用"),
            beside: ("报告旁的文件夹", "* 不用"),
            own: ("报告旁的文件夹", "* 采用"),
        }
        assert all(len(row[6]) == 12 for row in rows.values())

    def test_for_a_report_is_for_its_folder(
        self, site: Site, capsys: pytest.CaptureFixture[str]
    ) -> None:
        put(site.schemas)
        for place in (site.unit, site.report):
            run(["schema", "list", "--for", str(place), "--lang", "en"])
            assert "tiny/1" in capsys.readouterr().out

    def test_pinned_by_the_district(self, site: Site, capsys: pytest.CaptureFixture[str]) -> None:
        newest, asked = put(site.schemas, "2"), put(site.schemas, "1", "tiny-1@1")
        text = 'schema_versions: {tiny/1: "1"}\n'
        (site.root / "disclosure.yaml").write_text(text, encoding="utf-8")
        assert run(["schema", "list", "--for", str(site.unit)]) == 0
        rows = self.rows(capsys)
        assert (rows[str(newest)][7], rows[str(asked)][7]) == ("备用", "采用，本级指定")

    def test_broken_files_and_conflicts_are_told_and_the_rest_is_listed(
        self, site: Site, capsys: pytest.CaptureFixture[str]
    ) -> None:
        put(site.schemas)
        put(site.root / "named", title="另一张表")
        (site.schemas / "other-1.schema.json").write_text("{", encoding="utf-8")
        named = ["--schema-dir", str(site.root / "named")]
        assert run(["schema", "list", "--for", str(site.unit), *named]) == 3
        told = capsys.readouterr()
        assert "gov-info-annual/2021" in told.out
        assert "有两个内容不同的文件" in told.err
        assert "other-1.schema.json" in told.err


class TestNew:
    """The folder of the new report decides which schemas hold, not where one stands."""

    def new(self, *more: str, place: str = "district/units/jyj/2024/jyj-2024.yaml") -> int:
        said = ["--year", "2024", "--name", "某局", "--code", "jyj", "--to", place]
        return run(["new", *said, *more])

    def test_a_type_of_the_district_of_the_new_file(
        self, site: Site, capsys: pytest.CaptureFixture[str]
    ) -> None:
        put(site.schemas)
        assert self.new("--type", "tiny") == 0
        capsys.readouterr()
        assert run(["check", "district/units/jyj/2024/jyj-2024.yaml"]) == 1
        assert "来源 本级" in capsys.readouterr().out

    def test_it_is_not_the_type_of_where_one_stands(self, site: Site, tmp_path: Path) -> None:
        put(site.schemas, title="本级的表")
        put(tmp_path / "schemas", "9", title="别处的表")
        assert self.new("--type", "tiny") == 0
        text = (site.root / "units/jyj/2024/jyj-2024.yaml").read_text(encoding="utf-8")
        assert "# 一、本级的表" in text

    def test_the_version_that_the_district_of_the_new_file_asks_for(self, site: Site) -> None:
        put(site.schemas, "2", "tiny-1")
        put(site.schemas, "1", "tiny-1@1", title="旧表")
        pinned = 'language: zh\nschema_versions: {tiny/1: "1"}\n'
        (site.root / "disclosure.yaml").write_text(pinned, encoding="utf-8")
        assert self.new("--type", "tiny") == 0
        text = (site.root / "units/jyj/2024/jyj-2024.yaml").read_text(encoding="utf-8")
        assert "# 一、旧表" in text

    def test_a_folder_gets_the_usual_place_of_its_district(self, site: Site) -> None:
        put(site.schemas)
        assert self.new("--type", "tiny", place="district/units/jyj/2024") == 0
        assert (site.root / "units/jyj/2024/jyj-2024.yaml").is_file()


@pytest.mark.parametrize("value", ["9", "nonsense"])
def test_set_names_no_version_that_there_is_not(
    site: Site, capsys: pytest.CaptureFixture[str], value: str
) -> None:
    put(site.schemas, "1")
    before = site.report.read_bytes()
    assert run(["set", str(site.report), "schema.version", value]) == 3
    assert "没有改动" in capsys.readouterr().err
    assert site.report.read_bytes() == before
    assert run(["set", str(site.report), "schema.version", "1"]) == 0
    assert site.check() in (0, 1)
