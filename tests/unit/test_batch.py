"""Many files: which are taken, which skipped, and what cannot be checked."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from disclosure_tui.batch import check_file, find_files, located
from disclosure_tui.language import Language
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.schema.catalog import Catalog
from unit.store.accounts import REVIEW_GROUP, REVIEWER, as_account, needs_root, shared_folder

SAMPLES = Path(__file__).parents[2] / "samples"
TYPES = ReportTypes(Catalog.of())


def put(path: Path, text: str = "report_type: gov-info-annual/2021\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def names(folder: Path, *paths: Path) -> list[str]:
    selection = find_files(paths or (folder,))
    return [path.relative_to(folder).as_posix() for path in selection.files]


class TestFinding:
    def test_recursive_and_in_order(self, tmp_path: Path) -> None:
        for name in ("b/2.yaml", "b/1.yml", "a/x/3.yaml", "c.yaml"):
            put(tmp_path / name)
        assert names(tmp_path) == ["c.yaml", "a/x/3.yaml", "b/1.yml", "b/2.yaml"]

    def test_hidden_and_other_files_are_left_out(self, tmp_path: Path) -> None:
        for name in (".a.yaml", ".git/b.yaml", "c.json", "d.yaml.txt", "e.YAML~"):
            put(tmp_path / name)
        selection = find_files([tmp_path])
        assert selection.files == selection.skipped == ()

    def test_a_file_without_report_type_is_skipped_in_a_folder_only(self, tmp_path: Path) -> None:
        other = put(tmp_path / "other.yaml", "a: 1\n")
        assert find_files([tmp_path]).skipped == (other,)
        assert find_files([other]).files == (other,)

    def test_a_broken_report_is_not_skipped(self, tmp_path: Path) -> None:
        broken = put(tmp_path / "broken.yaml", "report_type: [\n")
        assert find_files([tmp_path]).files == (broken,)

    def test_each_file_once(self, tmp_path: Path) -> None:
        path = put(tmp_path / "a.yaml")
        assert find_files([path, tmp_path, path]).files == (path,)

    def test_linked_folders_are_not_followed(self, tmp_path: Path) -> None:
        put(tmp_path / "real/a.yaml")
        (tmp_path / "link").symlink_to(tmp_path / "real")
        (tmp_path / "real/loop").symlink_to(tmp_path)
        assert names(tmp_path) == ["real/a.yaml"]
        assert find_files([tmp_path]).linked == (tmp_path / "link", tmp_path / "real/loop")

    @needs_root
    def test_a_folder_that_cannot_be_entered_is_no_empty_one(self) -> None:
        with shared_folder(0o755, REVIEW_GROUP) as units:
            put(units / "a/1.yaml")
            put(units / "b/2.yaml")
            (units / "b").chmod(0o700)

            def look() -> str:
                selection = find_files([units])
                error = check_file(selection.closed[0], TYPES).error
                told = error.told(Language.CHINESE) if error is not None else ""
                return f"{selection.files} {selection.closed} {told}"

            told = as_account(REVIEWER, [REVIEW_GROUP], look)
        assert told.startswith(f"{(units / 'a/1.yaml',)} {(units / 'b',)} ")
        assert "没有打开这个文件夹的权限" in told

    def test_a_linked_file_is_taken(self, tmp_path: Path) -> None:
        put(tmp_path / "real/a.yaml")
        (tmp_path / "b.yaml").symlink_to(tmp_path / "real/a.yaml")
        assert names(tmp_path) == ["b.yaml", "real/a.yaml"]

    def test_under_a_district_only_its_units(self, tmp_path: Path) -> None:
        put(tmp_path / "disclosure.yaml", "language: zh\n")
        put(tmp_path / "units/tyj/2023/tyj-2023.yaml")
        put(tmp_path / "received/tyj/tyj-2023.1.yaml")
        assert names(tmp_path) == ["units/tyj/2023/tyj-2023.yaml"]
        assert names(tmp_path, tmp_path / "received") == ["received/tyj/tyj-2023.1.yaml"]

    @pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
    def test_a_file_that_may_not_be_read_is_not_passed_over(self, tmp_path: Path) -> None:
        path = put(tmp_path / "a.yaml")
        path.chmod(0)
        assert find_files([tmp_path]).files == (path,)
        assert check_file(path, TYPES).error is not None


class TestChecking:
    def test_a_clean_report(self) -> None:
        checked = check_file(SAMPLES / "complete/sqs-2023.yaml", TYPES)
        assert checked.error is None
        assert checked.result is not None
        assert checked.result.findings.open == ()
        assert {f.rule for f in checked.result.findings if not f.reason} == {"X-PRIOR"}

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("a: 1\n", "report_type"),
            ("report_type: 3\n", "report_type"),
            ("report_type: gov-info-anual/2021\n", "gov-info-annual/20"),
            ("report_type: [\n", ""),
            ("", ""),
            ("- a\n", ""),
            ("report_type: a\n---\nb: 1\n", ""),
        ],
    )
    def test_what_cannot_be_checked_is_a_value(self, tmp_path: Path, text: str, says: str) -> None:
        checked = check_file(put(tmp_path / "a.yaml", text), TYPES)
        assert checked.result is None
        assert checked.error is not None
        told = checked.error.told(Language.CHINESE)
        assert says in told
        assert located(checked, None).reason is not None

    def test_no_such_file(self, tmp_path: Path) -> None:
        checked = check_file(tmp_path / "none.yaml", TYPES)
        assert checked.error is not None
        assert checked.document is None

    def test_bytes_that_are_no_text(self, tmp_path: Path) -> None:
        path = tmp_path / "gbk.yaml"
        path.write_bytes("report_type: x\nname: 某局\n".encode("gbk"))
        assert check_file(path, TYPES).error is not None

    def test_one_that_fails_does_not_spoil_the_next(self, tmp_path: Path) -> None:
        put(tmp_path / "a.yaml", "report_type: [\n")
        shutil.copyfile(SAMPLES / "complete/sqs-2023.yaml", tmp_path / "b.yaml")
        results = [check_file(path, TYPES) for path in find_files([tmp_path]).files]
        assert [checked.error is None for checked in results] == [False, True]


class TestLocating:
    def test_findings_stand_at_their_values(self) -> None:
        path = SAMPLES / "faulty/T3-INT.yaml"
        report = located(check_file(path, TYPES), None)
        lines = path.read_text(encoding="utf-8").splitlines()
        places = {
            item.finding.instance: (item.line, item.column)
            for item in report.findings
            if item.finding.counts
        }
        assert len(places) == 2
        for instance, (number, column) in places.items():
            assert number is not None
            assert column is not None
            value = "2.5" if "granted" in instance else "/"
            assert lines[number - 1][column - 1 :].startswith(value)

    def test_an_unknown_key_is_located_at_the_key(self) -> None:
        path = SAMPLES / "faulty/schema.unevaluatedProperties.yaml"
        found = located(check_file(path, TYPES), None).findings
        (item,) = [item for item in found if item.finding.counts]
        assert item.line is not None
        assert item.column is not None
        line = path.read_text(encoding="utf-8").splitlines()[item.line - 1]
        assert line[item.column - 1 :].startswith("regoin")

    def test_a_missing_row_is_located_at_what_holds_it(self, tmp_path: Path) -> None:
        path = put(
            tmp_path / "a.yaml", "report_type: gov-info-annual/2021\nyear: 2023\norgan: {}\n"
        )
        report = located(check_file(path, TYPES), Language.ENGLISH)
        assert report.language is Language.ENGLISH
        required = next(i for i in report.findings if i.finding.rule == "schema.required")
        assert required.line == 3
        assert all(item.line is not None for item in report.findings)
