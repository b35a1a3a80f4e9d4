"""`disclosure diff`, `git-setup` and `check-staged`, with real repositories."""

from __future__ import annotations

import itertools
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from disclosure_tui.cli.main import run

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples/complete"
SCHEMA = ROOT / "src/disclosure_tui/render/disclosure-differences-1.schema.json"
PROGRAM = f"{shlex.quote(sys.executable)} -m disclosure_tui"
NAME = 'units/示例局/年报 "2023".yaml'

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "no-config"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "someone")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "someone@example.org")
    monkeypatch.setenv("DISCLOSURE_LANG", "zh")
    monkeypatch.setenv("PYTHONUTF8", "1")


def git(folder: Path, *arguments: str, code: int = 0) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with one report, committed."""
    top = tmp_path / "县 库"
    (top / NAME).parent.mkdir(parents=True)
    git(top, "init", "-q")
    shutil.copy(SAMPLES / "sqs-2023.yaml", top / NAME)
    git(top, "add", "-A")
    git(top, "commit", "-qm", "first")
    return top


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def spoil(top: Path) -> None:
    """Make one total wrong."""
    change(top / NAME, "other: 1, total: 3511}", "other: 1, total: 3512}")


class TestTwoFiles:
    def test_two_years_in_printed_labels(self, capsys: pytest.CaptureFixture[str]) -> None:
        paths = [str(SAMPLES / f"sqs-{year}.yaml") for year in (2023, 2024)]
        assert run(["diff", *paths, "--lang", "zh"]) == 1
        out = capsys.readouterr().out
        assert re.search(r"^  一、新收 总计 +3511 -> 3525  \+14$", out, re.M)
        assert "一、总体情况\n" in out
        assert "全市新收政府信息公开申请[3511]件" in out
        assert out.splitlines()[-2].startswith("共 ")
        assert out.splitlines()[-1].startswith("比较所用格式 gov-info-annual/2021，版本 ")
        assert "\x1b" not in out

    @pytest.mark.parametrize("order", [1, -1])
    def test_two_editions_through_the_mapping(
        self, order: int, capsys: pytest.CaptureFixture[str]
    ) -> None:
        paths = [str(SAMPLES / "sptyj-2020.yaml"), str(SAMPLES / "sqs-2023.yaml")][::order]
        assert run(["diff", *paths, "--lang", "zh"]) == 1
        out = capsys.readouterr().out
        assert "没有比较（两个格式版本没有对应项）：表二、表三 （六）其他处理" in out
        assert "二、主动公开政府信息情况" not in out
        assert "一、新收 总计" in out

    def test_the_same_file_is_no_difference(self, capsys: pytest.CaptureFixture[str]) -> None:
        path = str(SAMPLES / "sqs-2023.yaml")
        assert run(["diff", path, path, "--lang", "zh"]) == 0
        captured = capsys.readouterr()
        assert captured.out.splitlines()[-2] == "没有不同"
        assert captured.err == ""

    def test_another_spelling_alone_is_no_difference(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        copy = tmp_path / "copy.yaml"
        text = (SAMPLES / "sqs-2023.yaml").read_text(encoding="utf-8")
        copy.write_text("# 另一行\n" + text, encoding="utf-8")
        assert run(["diff", str(SAMPLES / "sqs-2023.yaml"), str(copy), "--lang", "zh"]) == 0
        assert "只是写法不同" in capsys.readouterr().err

    def test_one_section(self, capsys: pytest.CaptureFixture[str]) -> None:
        paths = [str(SAMPLES / f"sqs-{year}.yaml") for year in (2023, 2024)]
        assert run(["diff", *paths, "--section", "表四", "--lang", "zh"]) == 1
        out = capsys.readouterr().out
        assert "复议 维持" in out
        assert "一、新收" not in out
        assert run(["diff", *paths, "--section", "九", "--lang", "zh"]) == 2

    def test_json_follows_its_schema(self, capsys: pytest.CaptureFixture[str]) -> None:
        schema = json.loads(SCHEMA.read_bytes())
        Draft202012Validator.check_schema(schema)
        names = ("sptyj-2020.yaml", "sqs-2023.yaml", "sqs-2024.yaml")
        for old, new in itertools.pairwise(names):
            run(["diff", str(SAMPLES / old), str(SAMPLES / new), "--format", "json"])
            document = json.loads(capsys.readouterr().out)
            Draft202012Validator(schema).validate(document)
            assert sum(document["summary"].values()) == len(document["changes"]) > 0
        cell = next(one for one in document["changes"] if one["pointer"] == "/requests/new/total")
        assert (cell["old"], cell["new"], cell["difference"]) == ("3511", "3525", "14")
        assert cell["label"] == "表三 一、新收 总计"

    def test_what_cannot_be_read_is_3(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        conflicted = tmp_path / "conflicted.yaml"
        conflicted.write_text(
            "report_type: gov-info-annual/2021\n<<<<<<< HEAD\nyear: 2023\n=======\nyear: 2024\n"
            ">>>>>>> other\n",
            encoding="utf-8",
        )
        assert run(["diff", str(SAMPLES / "sqs-2023.yaml"), str(conflicted), "--lang", "zh"]) == 3
        assert "conflicted.yaml:2:1: 文件里有没有处理完的合并冲突标记" in capsys.readouterr().err

    def test_too_many_names_are_a_wrong_use(self) -> None:
        assert run(["diff", "a", "b", "c", "--lang", "zh"]) == 2
        assert run(["diff", "a", "b", "--rev", "HEAD", "--lang", "zh"]) == 2


@needs_git
class TestRevisions:
    def test_a_file_alone_is_compared_with_the_last_commit(
        self, repository: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(["diff", str(repository / NAME)]) == 0
        spoil(repository)
        assert run(["diff", str(repository / NAME)]) == 1
        out = capsys.readouterr().out
        assert f"--- {NAME} (HEAD) 2023" in out
        assert "  一、新收 总计  3511 -> 3512  +1" in out

    def test_an_older_revision_and_between_two(
        self, repository: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        spoil(repository)
        git(repository, "commit", "-qam", "second")
        assert run(["diff", str(repository / NAME)]) == 0
        assert run(["diff", str(repository / NAME), "--rev", "HEAD~1"]) == 1
        change(repository / NAME, "total: 3512}", "total: 3511}")
        assert run(["diff", str(repository / NAME), "--rev", "HEAD~1"]) == 0
        capsys.readouterr()
        assert run(["diff", str(repository / NAME), "--rev", "HEAD~1..HEAD"]) == 1
        assert "3511 -> 3512" in capsys.readouterr().out

    def test_a_renamed_file_is_followed(
        self, repository: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        git(repository, "mv", NAME, "新名.yaml")
        change(repository / "新名.yaml", "other: 1, total: 3511}", "other: 1, total: 3512}")
        assert run(["diff", str(repository / "新名.yaml")]) == 1
        assert f"--- {NAME} (HEAD)" in capsys.readouterr().out

    def test_an_old_version_that_cannot_be_read_is_named_with_its_revision(
        self, repository: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        text = (repository / NAME).read_text(encoding="utf-8")
        (repository / NAME).write_text("report_type: [\n", encoding="utf-8")
        git(repository, "commit", "-qam", "broken")
        (repository / NAME).write_text(text, encoding="utf-8")
        assert run(["diff", str(repository / NAME)]) == 3
        error = capsys.readouterr().err
        assert error.startswith(f"{NAME} (HEAD):1:")
        assert run(["diff", str(repository / NAME), "--rev", "HEAD~1"]) == 0

    def test_a_link_leads_to_the_file_that_is_kept(
        self, repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        link = tmp_path / "link.yaml"
        link.symlink_to(repository / NAME)
        spoil(repository)
        assert run(["diff", str(link)]) == 1
        assert "3511 -> 3512" in capsys.readouterr().out

    def test_what_there_is_not(
        self, repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(["diff", str(repository / NAME), "--rev", "no-such"]) == 3
        assert "没有【no-such】这个版本" in capsys.readouterr().err
        assert run(["diff", str(repository / NAME), "--rev=--output=x"]) == 3
        capsys.readouterr()
        new = repository / "new.yaml"
        shutil.copy(SAMPLES / "sqs-2024.yaml", new)
        assert run(["diff", str(new)]) == 3
        assert "没有旧内容可比" in capsys.readouterr().err
        outside = tmp_path / "outside.yaml"
        shutil.copy(new, outside)
        assert run(["diff", str(outside)]) == 3
        assert "不在版本库里" in capsys.readouterr().err


@needs_git
class TestAsAnExternalProgram:
    @pytest.fixture
    def outer(self, repository: Path) -> Path:
        git(repository, "config", "diff.disclosure.command", f"{PROGRAM} diff")
        git(repository, "config", "diff.disclosure.textconv", f"{PROGRAM} diff --textconv")
        (repository / ".gitattributes").write_text("*.yaml diff=disclosure\n", encoding="utf-8")
        return repository

    def test_a_name_with_blanks_marks_and_chinese(self, outer: Path) -> None:
        spoil(outer)
        out = git(outer, "diff", "--", NAME)
        assert f"--- a/{NAME} 2023" in out
        assert "  一、新收 总计  3511 -> 3512  +1" in out

    def test_without_attributes_by_the_variable(
        self, repository: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        spoil(repository)
        monkeypatch.setenv("GIT_EXTERNAL_DIFF", f"{PROGRAM} diff")
        assert "3511 -> 3512" in git(repository / "units", "diff")

    def test_new_renamed_and_deleted_files(self, outer: Path) -> None:
        shutil.copy(SAMPLES / "sqs-2024.yaml", outer / "b.yaml")
        git(outer, "mv", NAME, "a.yaml")
        change(outer / "a.yaml", "other: 1, total: 3511}", "other: 1, total: 3512}")
        git(outer, "add", "-A")
        out = git(outer, "diff", "-M50%", "HEAD", "--", "*.yaml")
        assert f"--- a/{NAME} 2023\n+++ b/a.yaml 2023" in out
        assert "--- /dev/null\n+++ b/b.yaml 2024" in out
        assert "未填 -> " in out
        gone = git(outer, "diff", "-R", "--no-renames", "HEAD", "--", "b.yaml")
        assert "+++ /dev/null" in gone

    def test_what_is_no_report_is_shown_line_by_line(self, outer: Path) -> None:
        (outer / "other.yaml").write_text("name: one\n", encoding="utf-8")
        git(outer, "add", "-A")
        git(outer, "commit", "-qm", "other")
        (outer / "other.yaml").write_text("name: two\n", encoding="utf-8")
        out = git(outer, "diff")
        assert "-name: one\n+name: two" in out
        assert "report_type" not in out

    def test_a_report_that_cannot_be_read_says_why_and_is_shown_line_by_line(
        self, outer: Path
    ) -> None:
        (outer / NAME).write_text("report_type: [\n", encoding="utf-8")
        out = git(outer, "diff", "--", NAME)
        assert f"b/{NAME}:" in out
        assert "+report_type: [" in out

    def test_an_unmerged_file(self, outer: Path) -> None:
        git(outer, "add", "-A")
        git(outer, "commit", "-qm", "attributes")
        git(outer, "checkout", "-qb", "side")
        change(outer / NAME, "other: 1, total: 3511}", "other: 1, total: 3512}")
        git(outer, "commit", "-qam", "side")
        git(outer, "checkout", "-q", "-")
        change(outer / NAME, "other: 1, total: 3511}", "other: 1, total: 3513}")
        git(outer, "commit", "-qam", "main")
        git(outer, "merge", "side", code=1)
        assert "没有处理完的合并" in git(outer, "diff", "HEAD", "--", NAME)

    def test_history_shows_one_value_a_line(self, outer: Path) -> None:
        spoil(outer)
        git(outer, "add", "-A")
        git(outer, "commit", "-qm", "second")
        out = git(outer, "log", "-p", "-1", "--", NAME)
        assert "-表三 一、新收 总计 = 3511\n+表三 一、新收 总计 = 3512" in out
        assert "prose" not in out

    def test_a_reader_that_goes_away_is_no_fault(self, outer: Path) -> None:
        spoil(outer)
        shown = subprocess.run(
            ["sh", "-c", "git diff | head -1"], cwd=outer, capture_output=True, check=False
        )
        assert b"died" not in shown.stderr


@needs_git
class TestSetup:
    def test_it_can_be_run_again_and_taken_away(
        self, repository: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (repository / ".gitattributes").write_text("*.png binary", encoding="utf-8")
        assert run(["git-setup", str(repository), "--hook"]) == 0
        assert "没有变" not in capsys.readouterr().out
        attributes = (repository / ".gitattributes").read_text(encoding="utf-8")
        assert attributes.startswith("*.png binary\n")
        assert run(["git-setup", str(repository / "units"), "--hook"]) == 0
        assert "已设置" not in capsys.readouterr().out
        assert (repository / ".gitattributes").read_text(encoding="utf-8") == attributes
        spoil(repository)
        assert "3511 -> 3512" in git(repository, "diff")
        assert run(["git-setup", str(repository), "--remove"]) == 0
        assert (repository / ".gitattributes").read_text(encoding="utf-8") == "*.png binary\n"
        assert not (repository / ".git/hooks/pre-commit").exists()
        assert not (repository / ".gitignore").exists()
        assert "disclosure" not in (repository / ".git/config").read_text(encoding="utf-8")
        assert run(["git-setup", str(repository), "--remove"]) == 0

    def test_other_patterns(self, repository: Path) -> None:
        assert run(["git-setup", str(repository), "--no-hook", "--pattern", "units/**/*.yaml"]) == 0
        text = (repository / ".gitattributes").read_text(encoding="utf-8")
        assert "units/**/*.yaml diff=disclosure" in text
        assert "*.yml" not in text
        assert not (repository / ".git/hooks/pre-commit").exists()

    def test_the_hook_checks_what_is_staged(self, repository: Path) -> None:
        assert run(["git-setup", str(repository), "--hook"]) == 0
        spoil(repository)
        git(repository, "add", "-A")
        change(repository / NAME, "total: 3512}", "total: 3511}")
        out = git(repository, "commit", "-m", "wrong", code=1)
        assert f"{NAME}:" in out
        assert "暂存的 1 份报告中，1 份有问题" in out
        change(repository / NAME, "2023年，全市各级", "2023年，全市")
        git(repository, "add", "-A")
        spoil(repository)
        assert "1 份报告可以提交" in git(repository, "commit", "-m", "right")

    def test_a_hook_of_others_is_never_written_over(
        self, repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        hook = repository / ".git/hooks/pre-commit"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text("#!/bin/sh\necho theirs\n", encoding="utf-8")
        hook.chmod(0o755)
        assert run(["git-setup", str(repository), "--hook"]) == 1
        assert hook.read_text(encoding="utf-8").endswith("echo theirs\n")
        assert "check-staged" in capsys.readouterr().err
        monkeypatch.setattr(
            "disclosure_tui.cli.commands.git_setup._may_move", lambda _program: True
        )
        assert run(["git-setup", str(repository), "--hook"]) == 0
        spoil(repository)
        git(repository, "add", "-A")
        out = git(repository, "commit", "-m", "wrong", code=1)
        assert "theirs" in out
        assert "1 份有问题" in out
        assert run(["git-setup", str(repository), "--remove"]) == 0
        assert hook.read_text(encoding="utf-8").endswith("echo theirs\n")

    def test_a_hook_kept_before_is_never_lost(
        self, repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(
            "disclosure_tui.cli.commands.git_setup._may_move", lambda _program: True
        )
        hook = repository / ".git/hooks/pre-commit"
        hook.parent.mkdir(exist_ok=True)
        for theirs in ("first", "second"):
            hook.write_text(f"#!/bin/sh\necho {theirs}\n", encoding="utf-8")
            assert run(["git-setup", str(repository), "--hook"]) == (3 if theirs == "second" else 0)
        assert "second" in hook.read_text(encoding="utf-8")
        kept = hook.with_name("pre-commit.before-disclosure")
        assert "first" in kept.read_text(encoding="utf-8")
        assert "没有改动" in capsys.readouterr().err

    def test_what_others_wrote_stays_byte_for_byte(self, repository: Path) -> None:
        attributes = repository / ".gitattributes"
        theirs = b"*.png binary\r\n\xff\xfe odd bytes\r\n"
        attributes.write_bytes(theirs)
        real = repository / "kept-elsewhere"
        real.write_bytes(b"out/\n")
        (repository / ".gitignore").symlink_to("kept-elsewhere")
        assert run(["git-setup", str(repository), "--no-hook"]) == 0
        assert attributes.read_bytes().startswith(theirs)
        assert (repository / ".gitignore").is_symlink()
        assert run(["git-setup", str(repository), "--remove"]) == 0
        assert attributes.read_bytes() == theirs
        assert real.read_bytes() == b"out/\n"

    def test_a_place_that_cannot_be_written_is_told(
        self, repository: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (repository / ".gitattributes").mkdir()
        assert run(["git-setup", str(repository), "--no-hook"]) == 3
        assert ".gitattributes" in capsys.readouterr().err

    def test_hooks_outside_of_the_repository_are_left_alone(
        self, repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        shared = tmp_path / "shared"
        shared.mkdir()
        git(repository, "config", "core.hooksPath", str(shared))
        assert run(["git-setup", str(repository), "--hook"]) == 3
        assert "放在库外" in capsys.readouterr().err
        assert not list(shared.iterdir())

    def test_outside_of_a_repository(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(["git-setup", str(tmp_path)]) == 3
        assert "不在版本库里" in capsys.readouterr().err


@needs_git
class TestStaged:
    def test_files_named_are_checked_as_they_are_staged(
        self, repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (repository / "other.yaml").write_text("name: one\n", encoding="utf-8")
        git(repository, "add", "-A")
        monkeypatch.chdir(repository)
        assert run(["check-staged", NAME, "other.yaml"]) == 0
        assert "1 份报告可以提交" in capsys.readouterr().err
        spoil(repository)
        assert run(["check-staged", NAME]) == 0
        git(repository, "add", "-A")
        assert run(["check-staged", NAME]) == 1

    def test_the_threshold_can_be_lowered(
        self, repository: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(repository)
        change(repository / NAME, "示例没有收录2022年年报，上年的数没有核对", "")
        git(repository, "add", "-A")
        assert run(["check-staged"]) == 0
        assert run(["check-staged", "--fail-on", "query"]) == 1

    def test_earlier_versions_kept_beside_a_report_are_no_reports(
        self, repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(repository)
        assert run(["set", NAME, "requests.new.total", "3512"]) == 0
        git(repository, "add", "-A", "--force")
        assert run(["check-staged"]) == 1
        assert ".history" not in capsys.readouterr().out
        git(repository, "reset", "-q")
        assert run(["git-setup", "--no-hook"]) == 0
        git(repository, "add", "-A")
        assert ".history" not in git(repository, "diff", "--cached", "--name-only")

    def test_a_report_that_cannot_be_read_stops_the_commit(
        self, repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(repository)
        (repository / NAME).write_text("report_type: [\n", encoding="utf-8")
        git(repository, "add", "-A")
        assert run(["check-staged"]) == 3
        assert NAME in capsys.readouterr().out

    def test_the_shipped_hook_definition_names_a_command_that_works(
        self, repository: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from ruamel.yaml import YAML

        (hook,) = YAML(typ="safe").load(ROOT / ".pre-commit-hooks.yaml")
        program, *arguments = hook["entry"].split()
        assert program == "disclosure"
        monkeypatch.chdir(repository)
        assert run([*arguments, NAME]) == 0
        spoil(repository)
        git(repository, "add", "-A")
        assert run([*arguments, NAME]) == 1
