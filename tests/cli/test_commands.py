"""The command line as a user meets it: output, exit codes, messages, both languages."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from disclosure_tui.cli.main import run
from disclosure_tui.discovery import modules_of

ROOT = Path(__file__).parents[2]
COMPLETE = ROOT / "samples/complete/sqs-2023.yaml"


@pytest.fixture(autouse=True)
def _chosen_by_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DISCLOSURE_LANG", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    arguments = ["new", "--year", "2023", "--name", "某局", "--code", "mj"]
    assert run([*arguments, "--level", "county_department", "--to", str(tmp_path / "r")]) == 0
    return tmp_path / "r" / "mj-2023.yaml"


def copy_with(tmp_path: Path, old: str, new: str) -> Path:
    text = COMPLETE.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path = tmp_path / "changed.yaml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


class TestCheck:
    def test_a_clean_report(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["check", str(COMPLETE)]) == 0
        out = capsys.readouterr().out
        assert out.count("\n") == 2
        assert ". X-PRIOR " in out.splitlines()[0]
        assert "没有问题，已说明 1" in out
        assert "gov-info-annual/2021" in out

    def test_a_new_report_names_its_blanks(
        self, draft: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(["check", str(draft)]) == 1
        out = capsys.readouterr().out
        assert "未填 203 格" in out
        assert "表三 还有 175 格未填" in out
        assert out.count("T3-BLANK") == 1

    def test_finding_names_place_sides_and_difference(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = copy_with(tmp_path, "natural_person: 3402, ", "natural_person: 3403, ")
        assert run(["check", str(path)]) == 1
        out = capsys.readouterr().out
        assert "! T3-BAL 表三【自然人】列勾稽关系不符" in out
        assert "相差 1" in out
        line = 1 + path.read_text(encoding="utf-8").split("natural_person: 3403")[0].count("\n")
        assert f"{path}:{line}:" in out

    def test_threshold(self, draft: Path) -> None:
        assert run(["check", "--fail-on", "error", str(draft)]) == 1, "undecided errors count"
        assert run(["check", "--fail-on", "error", str(COMPLETE)]) == 0

    def test_json_has_every_field(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = copy_with(tmp_path, "amount: 59237.2449", "amount: -59237.2449")
        assert run(["check", "--format", "json", str(path)]) == 1
        document = json.loads(capsys.readouterr().out)
        report = document["reports"][0]
        finding = report["findings"][0]
        assert document["format"] == "disclosure-findings/1"
        assert report["status"] == "checked"
        assert report["rules"] == {
            "held": 98, "failed": 1, "undecided": 0, "no_prior": 17, "inapplicable": 9,
        }  # fmt: skip
        assert finding["rule"] == "T2-INT"
        assert finding["pointers"] == ["/proactive/article_20_8/fees/amount"]
        assert finding["label"] == "表二 收费 收费金额"
        assert set(finding) == {
            "rule", "level", "instance", "severity", "state", "pointers", "label", "line",
            "column", "left", "right", "difference", "message", "authority", "quote",
            "explanation", "suggestions", "overlay",
        }  # fmt: skip
        assert document["summary"]["open"]["error"] == 1

    def test_json_follows_its_schema(
        self, draft: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        from jsonschema import Draft202012Validator

        folder = ROOT / "src/disclosure_tui/render/finding_formats"
        schema = json.loads((folder / "disclosure-findings-1.schema.json").read_bytes())
        broken = tmp_path / "broken.yaml"
        broken.write_text("report_type: [", encoding="utf-8")
        faulty = sorted((ROOT / "samples/faulty").glob("*.yaml"))
        run(["check", "--format", "json", str(draft), str(broken), *map(str, faulty)])
        document = json.loads(capsys.readouterr().out)
        Draft202012Validator.check_schema(schema)
        Draft202012Validator(schema).validate(document)
        assert {report["status"] for report in document["reports"]} == {"checked", "unreadable"}

    def test_unreadable_wins_over_findings(
        self, draft: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        missing = tmp_path / "missing.yaml"
        assert run(["check", str(missing), str(draft)]) == 3
        out = capsys.readouterr().out
        assert "打不开" in out
        assert "1 份打不开" in out

    def test_folder(self, draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (draft.parent / "notes.yaml").write_text("a: 1\n", encoding="utf-8")
        hidden = draft.parent / ".old"
        hidden.mkdir()
        (hidden / "x.yaml").write_text("report_type: x\n", encoding="utf-8")
        assert run(["check", str(draft.parent)]) == 1
        captured = capsys.readouterr()
        assert "已跳过" in captured.err
        assert captured.out.count("mj-2023.yaml: 某局 2023") == 1

    def test_a_file_that_is_no_report(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "a.yaml"
        path.write_text("a: 1\n", encoding="utf-8")
        assert run(["check", str(path)]) == 3
        assert "没有写明报告种类" in capsys.readouterr().out

    def test_unknown_report_type(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = copy_with(tmp_path, "gov-info-annual/2021", "gov-info-annual/2022")
        assert run(["check", str(path)]) == 3
        assert "是不是 gov-info-annual/2021" in capsys.readouterr().out

    def test_misspelt_key_is_a_finding_with_a_hint(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = copy_with(tmp_path, "carried_forward:", "carried_foward:")
        assert run(["check", str(path)]) == 1
        out = capsys.readouterr().out
        assert "不认识的键 carried_foward" in out
        assert "是不是 carried_forward" in out

    def test_data_never_reach_the_terminal_raw(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = copy_with(tmp_path, "made: 2,", 'made: "\\e[31m\\u202e[red]",')
        assert run(["check", str(path)]) == 1
        out = capsys.readouterr().out
        assert "\x1b" not in out
        assert "\u202e" not in out


class TestNew:
    def test_missing_arguments_are_named(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["new", "--year", "2023"]) == 2
        err = capsys.readouterr().err
        assert "--name" in err
        assert "--level" in err

    def test_edition_by_year(self, tmp_path: Path) -> None:
        arguments = ["new", "--name", "某局", "--code", "mj", "--level", "county_department"]
        assert run([*arguments, "--year", "2020", "--to", str(tmp_path / "a.yaml")]) == 0
        assert "gov-info-annual/2019" in (tmp_path / "a.yaml").read_text(encoding="utf-8")

    def test_from_last_year(self, tmp_path: Path) -> None:
        place = tmp_path / "2024" / "sqs-2024.yaml"
        assert run(["new", "--from", str(COMPLETE), "--to", str(place)]) == 0
        text = place.read_text(encoding="utf-8")
        assert "year: 2024" in text
        assert "宿迁市人民政府" in text
        assert re.search(r"prior: \{file: .*sqs-2023.yaml.*, sha256: ", text)
        assert run(["check", str(place)]) == 1

    def test_what_last_year_hands_on_is_filled_in(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        last = tmp_path / "2023" / "sqs-2023.yaml"
        last.parent.mkdir()
        last.write_bytes(COMPLETE.read_bytes())
        handed = re.search(r"carried_forward: (\{.*?\})", last.read_text(encoding="utf-8"))
        assert handed is not None
        arguments = ["new", "--year", "2024", "--name", "宿迁市人民政府", "--code", "sqs"]
        arguments += ["--level", "prefecture_city"]
        named, found = tmp_path / "2024" / "named.yaml", tmp_path / "2024" / "found.yaml"
        assert run([*arguments, "--from", str(last), "--to", str(named)]) == 0
        assert run([*arguments, "--to", str(found)]) == 0
        assert capsys.readouterr().err.count("sqs-2023.yaml】填入 7 格") == 2
        for place in (named, found):
            text = place.read_text(encoding="utf-8")
            assert f"carried_in: {handed[1]}" in text
            assert "new: {natural_person: null," in text
        alone = tmp_path / "alone" / "sqs-2024.yaml"
        assert run([*arguments, "--to", str(alone)]) == 0
        assert "carried_in: {natural_person: null," in alone.read_text(encoding="utf-8")

    def test_nothing_is_overwritten(self, draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
        before = draft.read_bytes()
        arguments = ["new", "--year", "2023", "--name", "他局", "--code", "mj"]
        code = run([*arguments, "--level", "county_department", "--to", str(draft.parent)])
        assert code == 3
        assert draft.read_bytes() == before
        assert str(draft) in capsys.readouterr().err

    def test_unknown_level(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        arguments = ["new", "--year", "2023", "--name", "某局", "--code", "mj"]
        assert run([*arguments, "--level", "bureau", "--to", str(tmp_path)]) == 2
        assert "county_department" in capsys.readouterr().err

    def test_a_year_without_edition(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        arguments = ["new", "--year", "2010", "--name", "某局", "--code", "mj"]
        assert run([*arguments, "--level", "county_department", "--to", str(tmp_path)]) == 3
        assert "没有用于 2010 年的格式" in capsys.readouterr().err


class TestSchemasAndRules:
    def test_list(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["schema", "list"]) == 0
        names = [line.split("\t")[0] for line in capsys.readouterr().out.splitlines()]
        assert names == ["gov-info-annual/2019", "gov-info-annual/2021", "us-foia-annual/2008"]

    def test_show_holds_every_row(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["schema", "show", "gov-info-annual/2021"]) == 0
        assert "2.申请人逾期未按收费通知要求缴纳费用" in capsys.readouterr().out

    def test_check_refuses_a_misspelt_keyword(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        source = (ROOT / "schemas/gov-info-annual-2021.schema.json").read_text(encoding="utf-8")
        path = tmp_path / "x.schema.json"
        path.write_text(source.replace('"x-short"', '"x-shrot"', 1), encoding="utf-8")
        assert run(["schema", "check", str(path)]) == 3
        err = capsys.readouterr().err
        assert "x-shrot" in err
        assert "是不是【x-short】" in err
        assert "x.schema.json#" in err

    def test_explain(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["rules", "explain", "T3-BAL", "--type", "gov-info-annual/2021"]) == 0
        out = capsys.readouterr().out
        assert "一、新收 + 二、上年结转 = （七）总计 + 四、结转下年" in out
        assert "依据" in out

    def test_explain_an_unknown_rule(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["rules", "explain", "T3-BALL"]) == 2
        assert "是不是 T3-BAL" in capsys.readouterr().err

    @pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
    def test_completion(self, shell: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["completion", shell]) == 0
        assert "_DISCLOSURE_COMPLETE" in capsys.readouterr().out


class TestLanguage:
    def test_english(self, draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["check", str(draft), "--lang", "en"]) == 1
        out = capsys.readouterr().out
        assert "203 blank" in out
        assert not any("\u4e00" <= c <= "\u9fff" for c in out.replace("某局", ""))

    def test_environment(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("DISCLOSURE_LANG", "en")
        assert run(["check", str(COMPLETE)]) == 0
        assert "nothing to correct" in capsys.readouterr().out

    def test_the_locale_does_not_decide(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("LANG", "en_US.UTF-8")
        assert run(["check", str(COMPLETE)]) == 0
        assert "没有问题" in capsys.readouterr().out

    @pytest.mark.parametrize(
        "arguments",
        [
            ["chek"],
            ["check"],
            ["check", "--nonsense", "x"],
            ["check", "--format", "pdf", "x"],
            ["show", "--width", "abc", "x"],
            ["show", "--width", "3", "x"],
            ["show"],
            ["show", "a", "b"],
            ["new", "--year", "abc"],
            ["new", "--year"],
            ["check", "--schema-dir", "nowhere", "x"],
        ],
    )
    def test_usage_errors_are_chinese(
        self, arguments: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(arguments) == 2
        words = set(re.findall("[A-Za-z][A-Za-z-]*", capsys.readouterr().err))
        known = {"disclosure", "check", "show", "new", "x"}
        known |= {module.NAME for module in modules_of("disclosure_tui.render.finding_formats")}
        named = set(re.findall("[A-Za-z][A-Za-z-]*", " ".join(arguments)))
        assert words <= known | named | {"help", "width", "year", "format", "schema-dir"}


def test_check_never_imports_textual() -> None:
    code = (
        "import sys; from disclosure_tui.cli.main import run; "
        f"code = run(['check', {str(COMPLETE)!r}]); "
        "sys.exit(code or ('textual' in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_latin_locale_prints_chinese(tmp_path: Path) -> None:
    folder = tmp_path / "政务公开"
    folder.mkdir()
    path = folder / "年报.yaml"
    path.write_bytes(COMPLETE.read_bytes())
    environment = {"LANG": "en_US.ISO-8859-1", "LC_ALL": "en_US.ISO-8859-1", "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-m", "disclosure_tui", "check", str(path)],
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert "没有问题" in done.stdout.decode("utf-8")
    assert "年报.yaml" in done.stdout.decode("utf-8")
