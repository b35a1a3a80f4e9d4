"""Rule cases: what they say, what differs, and files that are not written as they must be."""

from __future__ import annotations

from pathlib import Path

import pytest

from case_files import problems, tried, written
from disclosure_tui.authoring.cases import Expected
from disclosure_tui.authoring.surroundings import Surroundings
from disclosure_tui.cli.main import run
from disclosure_tui.errors import SchemaError

RIGHT = """
rule: LESS
holds:
- {}
- {set: {t.one.a: 2}, at: one}
- {set: {/t/one/a: 0}, at: [one, two]}
fails:
- {set: {t.one.a: 3}, at: one}
- {set: {t.one.a: 3, t.two.a: 5}, at: [one, two], says: 一行}
- {zero: t, set: {t.one.a: 1}, at: one}
undecided:
- {set: {t.one.a: null}, at: one}
"""
BEFORE = """
rule: MORE
before: {t.one.a: 1}
holds:
- {}
- {set: {t.one.a: 9}}
fails:
- {before: {t.one.a: 2}, at: one}
no_prior:
- {before: null, at: [one, two]}
- {before: {t.one.a: null}, at: one}
"""


def test_cases_that_come_to_what_they_say(tmp_path: Path) -> None:
    trials = tried(tmp_path, RIGHT)
    assert problems(trials) == []
    assert len(trials.cases) == 7
    assert trials.counts["LESS", Expected.HOLDS] == 3
    assert trials.counts["LESS", Expected.FAILS] == 3
    assert trials.failing == {"LESS"}


def test_last_years_report_is_the_base_report_with_its_changes(tmp_path: Path) -> None:
    trials = tried(tmp_path, BEFORE)
    assert problems(trials) == []
    assert len(trials.cases) == 5


@pytest.mark.parametrize(
    ("case", "problem"),
    [
        ("holds:\n- {set: {t.one.a: 3}}", "expected: holds; it is: fails (one)"),
        ("holds:\n- {set: {t.one.a: null}}", "expected: holds; it is: undecided (one)"),
        ("holds:\n- {at: three}", "holds at one, two, not at three"),
        ("fails:\n- {}", "expected: fails; it is: holds (one, two)"),
        ("fails:\n- {set: {t.one.a: 3}, at: two}", "fails at one, not at two"),
        ("fails:\n- {set: {t.one.a: 3, t.two.a: 9}, at: two}", "fails at one, two, not at two"),
        ("fails:\n- {set: {t.one.a: 3}, says: 二行}", "no finding says '二行'"),
        ("undecided:\n- {}", "expected: undecided; it is: holds (one, two)"),
        ("silent:\n- {}", "expected: nothing to say; it is: holds (one, two)"),
        ("holds:\n- {set: {t.three.a: 3}}", "the form has no place 't.three.a'"),
        ("holds:\n- {zero: u}", "the form has no place 'u'"),
        ("holds:\n- {before: {}, before_edition: '0'}", "there is no base report of tiny/0"),
    ],
)
def test_what_differs_is_said(tmp_path: Path, case: str, problem: str) -> None:
    trials = tried(tmp_path, f"rule: LESS\n{case}\n")
    assert problems(trials) == [problem]
    assert trials.cases[0].case.where.endswith("cases.yaml:3")


def test_a_rule_that_does_not_exist_is_a_problem(tmp_path: Path) -> None:
    assert problems(tried(tmp_path, "rule: LES\nholds:\n- {}\n")) == ["no rule 'LES'"]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("rule: LESS\nholds: {}\n", 2, "holds"),
        ("rule: LESS\nholds:\n- 3\n", 3, "a sentence or a map"),
        ("rule: LESS\nholds:\n- {sett: {}}\n", 3, "did you mean set?"),
        ("rule: LESS\nhold:\n- {}\n", 2, "did you mean holds?"),
        ("rule: LESS\nholds:\n- {set: [1]}\n", 3, "map of values"),
        ("rule: LESS\nholds:\n- {at: 1}\n", 3, "text"),
        ("rule: LESS\nholds:\n- {in: 1, say: x}\n", 3, "text"),
        ("rule: [1]\nholds:\n- {}\n", 1, "rule"),
    ],
)
def test_a_file_that_is_not_written_as_it_must_be(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    with pytest.raises(SchemaError) as caught:
        tried(tmp_path, text)
    assert caught.value.where.endswith(f"cases.yaml:{line}")
    assert words in str(caught.value)
    assert not caught.value.what.zh.isascii()


def test_a_folder_of_cases_has_one_base_report_for_each_report_type(tmp_path: Path) -> None:
    written(tmp_path, RIGHT)
    (tmp_path / "cases/other.yaml").write_text("report_type: tiny/1\n", encoding="utf-8")
    with pytest.raises(SchemaError, match="one base report"):
        Surroundings.read([tmp_path / "tiny.schema.json"])


def test_a_folder_of_reports_alone_holds_no_cases(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert Surroundings.read([path]).cases == ()


class TestCommand:
    def test_all_as_told(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["schema", "test", str(written(tmp_path, RIGHT))]) == 0
        assert capsys.readouterr().out == "tiny/1：用例 7 个，样本 0 份，与预期不同 0 个\n"

    def test_a_difference_is_printed(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = written(tmp_path, "rule: LESS\nfails:\n- {}\n")
        assert run(["--lang", "en", "schema", "test", str(path)]) == 1
        first, last = capsys.readouterr().out.splitlines()
        assert first.endswith(
            "cases.yaml:3: tiny/1 [LESS] expected: fails; it is: holds (one, two)"
        )
        assert last == "tiny/1: 1 cases, 0 samples, 1 not as told"

    def test_files_are_named_from_where_the_person_stands(
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        path = written(tmp_path, "rule: LESS\nfails:\n- {}\n")
        monkeypatch.chdir(tmp_path)
        assert run(["schema", "test", path.name]) == 1
        assert capsys.readouterr().out.startswith("cases/cases.yaml:3: tiny/1 [LESS]")

    def test_samples(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = written(tmp_path)
        samples = tmp_path / "others"
        samples.mkdir()
        text = "report_type: tiny/1\nyear: 2024\nt: {one: {a: 9, b: 2}, two: {a: 3, b: 4}}\n"
        (samples / "LESS.yaml").write_text(text, encoding="utf-8")
        arguments = ["--lang", "en", "schema", "test", str(path), "--samples", str(samples)]
        assert run(arguments) == 1
        assert "LESS.yaml: tiny/1 not expected: LESS one" in capsys.readouterr().out
        beside = samples / "LESS.expected.json"
        beside.write_text('{"findings": [["LESS", "one"]]}', encoding="utf-8")
        assert run(arguments) == 0
        beside.write_text('{"findings": [["LESS", "two"]]}', encoding="utf-8")
        assert run(arguments) == 1
        told = capsys.readouterr().out
        assert "not found: LESS two; not expected: LESS one" in told
        beside.write_text('["LESS"]', encoding="utf-8")
        assert run(arguments) == 3
        assert "must be" in capsys.readouterr().err

    def test_nothing_near_a_schema(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(["--lang", "en", "schema", "test", str(written(tmp_path))]) == 0
        assert "no cases or samples near it" in capsys.readouterr().err

    def test_what_cannot_be_read(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["schema", "test", str(written(tmp_path, "rule: LESS\nholds: 1\n"))]) == 3
        assert run(["schema", "test", str(tmp_path / "none.schema.json")]) == 3
        assert "打不开" in capsys.readouterr().err
