"""`disclosure schema install` and `schema rollback` as a person meets them."""

from __future__ import annotations

import hashlib
import io
import shlex
import sys
from pathlib import Path

import pytest

from disclosure_tui.cli.main import run
from unit.amending.versions import MAIN, NAME, District, content_of


@pytest.fixture
def district(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> District:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("DISCLOSURE_LANG", "zh")
    found = District(tmp_path)
    monkeypatch.chdir(found.root)
    return found


class Terminal(io.StringIO):
    """Somebody who sits there and answers."""

    def isatty(self) -> bool:
        return True


def install(district: District, version: str, *more: str) -> int:
    return run(["schema", "install", str(district.file(version)), *more])


class TestInstall:
    def test_shown_asked_and_done(
        self,
        district: District,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        assert install(district, "2026.1", "--yes") == 0
        monkeypatch.setattr(sys, "stdin", Terminal("y\n"))
        assert install(district, "2026.2") == 0
        captured = capsys.readouterr()
        digest = hashlib.sha256(content_of("2026.2")).hexdigest()
        assert f"校验码 {digest}\n没有可比的校验码" in captured.err
        assert "换用 tiny/1 版本 2026.2 吗" in captured.err
        assert captured.out.splitlines()[-3:] == [
            f"现用 tiny/1 版本 2026.2（校验码 {digest[:12]}）：schemas/{MAIN}",
            "原来的版本留在 schemas/tiny-1@2026.1.schema.json",
            "要恢复原样：disclosure schema rollback tiny/1",
        ]

    def test_no_means_no(
        self,
        district: District,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        install(district, "2026.1", "--yes")
        for answer in ("n\n", "\n"):
            monkeypatch.setattr(sys, "stdin", Terminal(answer))
            assert install(district, "2026.2") == 1
            assert "没有改动" in capsys.readouterr().err
        assert district.in_force == "2026.1"

    def test_a_script_has_to_say_yes(
        self, district: District, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert install(district, "2026.1") == 2
        assert "--yes" in capsys.readouterr().err
        assert not district.schemas.exists()

    def test_the_digest(self, district: District, capsys: pytest.CaptureFixture[str]) -> None:
        digest = hashlib.sha256(content_of("2026.1")).hexdigest()
        assert install(district, "2026.1", "--yes", "--sha256", "0" * 64) == 3
        assert "校验码不符" in capsys.readouterr().err
        assert not district.schemas.exists()
        assert install(district, "2026.1", "--yes", "--sha256", digest) == 0
        assert f"校验码 {digest}（相符）" in capsys.readouterr().err

    def test_what_is_no_schema_is_refused(
        self, district: District, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = district.received / "x.schema.json"
        path.write_bytes(content_of("2026.1").replace(b'"total": "total"', b'"total": "sum"'))
        assert run(["schema", "install", str(path), "--yes"]) == 3
        assert "R-SUM" in capsys.readouterr().err
        assert run(["schema", "install", str(path.parent / "none.json"), "--yes"]) == 3
        assert not district.schemas.exists()

    def test_cases_that_do_not_hold_are_refused(
        self, district: District, capsys: pytest.CaptureFixture[str]
    ) -> None:
        cases = district.received / "cases"
        cases.mkdir()
        (cases / "base.yaml").write_text(
            "report_type: tiny/1\nyear: 2024\nrequests:\n  new: {people: 1, total: 1}\n",
            encoding="utf-8",
        )
        case = "rule: R-SUM\nholds:\n- {set: {requests.new.people: PEOPLE}}\n"
        for people, code in (("2", 3), ("1", 0)):
            text = case.replace("PEOPLE", people)
            (cases / "R-SUM.yaml").write_text(text, encoding="utf-8")
            assert install(district, "2026.1", "--yes") == code
            err = capsys.readouterr().err
            assert "已试用例 1 个" in err
            assert ("没有安装" in err) == (code == 3)
            assert district.schemas.exists() == (code == 0)

    def test_twice(self, district: District, capsys: pytest.CaptureFixture[str]) -> None:
        for _ in range(2):
            assert install(district, "2026.1", "--yes") == 0
        assert "已经安装过" in capsys.readouterr().err
        assert district.names == [MAIN]

    def test_outside_of_a_district_a_folder_is_named(
        self,
        district: District,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        place = district.received / "格 式"
        place.mkdir()
        monkeypatch.chdir(district.received)
        assert install(district, "2026.1", "--yes") == 3
        assert "--schema-dir" in capsys.readouterr().err
        for version in ("2026.1", "2026.2"):
            assert install(district, version, "--yes", "--schema-dir", str(place)) == 0
        last = capsys.readouterr().out.splitlines()[-1]
        assert last == f"要恢复原样：disclosure schema rollback tiny/1 --schema-dir '{place}'"

    def test_a_version_that_the_district_has_settled(
        self, district: District, capsys: pytest.CaptureFixture[str]
    ) -> None:
        install(district, "2026.1", "--yes")
        with (district.root / "disclosure.yaml").open("a", encoding="utf-8") as stream:
            stream.write('schema_versions: {tiny/1: "2026.1"}\n')
        assert install(district, "2026.2", "--yes") == 0
        err = capsys.readouterr().err
        assert "这里的报告仍按版本 2026.1 校验" in err
        assert "disclosure.yaml" in err

    def test_reports_are_judged_by_what_was_installed(
        self, district: District, capsys: pytest.CaptureFixture[str]
    ) -> None:
        report = district.root / "r.yaml"
        report.write_text(
            "report_type: tiny/1\nyear: 2024\nrequests:\n  new: {people: 1, total: 2}\n",
            encoding="utf-8",
        )
        assert run(["check", str(report)]) == 3
        install(district, "2026.1", "--yes")
        capsys.readouterr()
        assert run(["check", str(report)]) == 1
        assert "版本 2026.1" in capsys.readouterr().out


class TestRollback:
    def test_shown_and_undone(
        self,
        district: District,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        for version in ("2026.1", "2026.2"):
            install(district, version, "--yes")
        assert run(["schema", "rollback", NAME]) == 2
        capsys.readouterr()
        monkeypatch.setattr(sys, "stdin", Terminal("y\n"))
        assert run(["schema", "rollback", NAME]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert lines[0].startswith("--- tiny/1 版本 2026.2")
        assert lines[1].startswith("+++ tiny/1 版本 2026.1")
        assert district.in_force == "2026.1"
        undo = shlex.split(lines[-1].removeprefix("要恢复原样：disclosure "))
        assert run([*undo, "--yes"]) == 0
        assert district.in_force == "2026.2"

    def test_to_a_version(self, district: District) -> None:
        for version in ("2026.1", "2026.2", "2026.3"):
            install(district, version, "--yes")
        assert run(["schema", "rollback", f"{NAME}@2026.1", "--yes"]) == 0
        assert district.in_force == "2026.1"
        assert run(["schema", "rollback", f"{NAME}@2025.1", "--yes"]) == 3
        assert run(["schema", "rollback", "nothing/1", "--yes"]) == 3

    def test_older_kept_versions_are_found_by_name(
        self, district: District, capsys: pytest.CaptureFixture[str]
    ) -> None:
        for version in ("2026.1", "2026.2"):
            install(district, version, "--yes")
        capsys.readouterr()
        assert run(["schema", "diff", f"{NAME}@2026.1", NAME]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert "2026.1" in lines[0]
        assert "2026.2" in lines[1]
