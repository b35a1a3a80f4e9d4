"""The last save of each day stays beside the report, and never gets in the way of a save."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from disclosure_tui.errors import DocumentError
from disclosure_tui.store.history import MOST_FILES, keep, read, set_aside, versions
from unit.store.accounts import (
    CLERK,
    COLLEAGUE,
    REVIEW_GROUP,
    REVIEWER,
    UNIT_GROUP,
    as_account,
    needs_root,
    shared_folder,
)

DAY = datetime(2026, 1, 12, 16, 40, 5).astimezone()


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "报告.yaml"
    path.write_bytes(b"a: 1\n")
    return path


def _folder(report: Path) -> Path:
    return report.parent / ".history" / report.name


def _names(report: Path) -> list[str]:
    return sorted(path.name for path in _folder(report).iterdir())


def test_the_last_save_of_a_day_is_kept(report: Path) -> None:
    assert versions(report) == ()
    assert keep(report, b"a: 1\n", DAY) == ()
    assert keep(report, b"a: 2\n", DAY + timedelta(minutes=5)) == ()
    assert keep(report, b"a: 3\n", DAY + timedelta(days=1)) == ()
    assert _names(report) == ["2026-01-12T16-45.yaml", "2026-01-13T16-40.yaml"]
    newest, oldest = versions(report)
    assert (read(newest), read(oldest)) == (b"a: 3\n", b"a: 2\n")
    assert oldest.when == (DAY + timedelta(minutes=5)).replace(second=0)
    assert oldest.sha256 == hashlib.sha256(b"a: 2\n").hexdigest()
    assert oldest.size == 5


def test_two_saves_in_a_minute_and_a_save_of_the_same(report: Path) -> None:
    keep(report, b"a: 1\n", DAY)
    keep(report, b"a: 2\n", DAY)
    keep(report, b"a: 2\n", DAY + timedelta(days=1))
    assert _names(report) == ["2026-01-12T16-40.yaml"]
    assert read(versions(report)[0]) == b"a: 2\n"


def test_a_moment_of_another_zone_is_the_servers_day(report: Path) -> None:
    keep(report, b"a: 1\n", DAY.astimezone(UTC))
    assert versions(report)[0].when == DAY.replace(second=0)


def test_work_set_aside_replaces_nothing(report: Path) -> None:
    keep(report, b"a: 1\n", DAY)
    set_aside(report, b"a: 2\n", DAY)
    set_aside(report, b"a: 3\n", DAY + timedelta(seconds=2))
    keep(report, b"a: 2\n", DAY + timedelta(minutes=1))
    assert _names(report) == [
        "2026-01-12T16-40-05.set-aside.yaml",
        "2026-01-12T16-40-07.set-aside.yaml",
        "2026-01-12T16-41.yaml",
    ]
    assert [version.is_set_aside for version in versions(report)] == [False, True, True]


def test_work_set_aside_twice_in_a_second_is_kept_twice(report: Path) -> None:
    set_aside(report, b"a: 2\n", DAY)
    set_aside(report, b"a: 3\n", DAY)
    set_aside(report, b"a: 4\n", DAY)
    assert sorted(read(version) for version in versions(report)) == [
        b"a: 2\n",
        b"a: 3\n",
        b"a: 4\n",
    ]
    assert all(version.is_set_aside for version in versions(report))


def test_thirty_files_at_most(report: Path) -> None:
    for day in range(35):
        keep(report, b"a: %d\n" % day, DAY + timedelta(days=day))
    assert len(_names(report)) == MOST_FILES
    assert [read(version) for version in versions(report)[::29]] == [b"a: 34\n", b"a: 5\n"]


def test_two_megabytes_at_most_but_always_the_newest(report: Path) -> None:
    size = 700 * 1024
    for day in range(5):
        keep(report, bytes([day]) * size, DAY + timedelta(days=day))
    assert [read(version)[0] for version in versions(report)] == [4, 3]
    keep(report, b"x" * 3 * 1024 * 1024, DAY + timedelta(days=9))
    assert _names(report) == ["2026-01-21T16-40.yaml"]


def test_other_files_there_are_left_alone(report: Path) -> None:
    keep(report, b"a: 1\n", DAY)
    others = ["notes.txt", "2026-13-99T99-99.yaml", "2026-01-12.yaml", "2026-01-12T16-41.yaml~"]
    for name in others:
        (_folder(report) / name).write_bytes(b"x")
    (_folder(report) / "2026-01-12T10-00.yaml").mkdir()
    keep(report, b"a: 2\n", DAY + timedelta(minutes=1))
    assert {*others, "2026-01-12T10-00.yaml"} < set(_names(report))
    assert len(versions(report)) == 1


def test_a_link_shares_the_history_of_its_file(report: Path, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    link = tmp_path / "sub" / "link.yaml"
    link.symlink_to(report)
    keep(link, b"a: 1\n", DAY)
    assert versions(report) == versions(link)
    assert len(versions(report)) == 1


def test_a_link_in_the_place_of_the_folder_is_not_followed(report: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / ".history").symlink_to(elsewhere)
    assert keep(report, b"a: 1\n", DAY)
    assert list(elsewhere.iterdir()) == []


def test_a_version_that_is_gone(report: Path) -> None:
    keep(report, b"a: 1\n", DAY)
    version = versions(report)[0]
    version.path.unlink()
    with pytest.raises(DocumentError):
        read(version)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EIO])
@pytest.mark.parametrize("call", ["mkdir", "open", "write", "fsync", "replace", "stat", "fstat"])
def test_what_the_system_refuses_is_a_note(
    report: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, call, _failing(code))
        notes = keep(report, b"a: 2\n", DAY)
    assert all(note.zh.startswith("文件已保存") and note.en.isascii() for note in notes)
    assert notes
    assert versions(report) == ()
    assert not list(report.parent.rglob("*.tmp"))


def test_rights_are_those_of_the_report(report: Path) -> None:
    report.parent.chmod(0o2770)
    report.chmod(0o660)
    old = os.umask(0o077)
    try:
        keep(report, b"a: 2\n", DAY)
    finally:
        os.umask(old)
    assert stat.S_IMODE(versions(report)[0].path.stat().st_mode) == 0o660
    for folder in (_folder(report), _folder(report).parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o2770


@needs_root
def test_colleagues_share_a_history_and_readers_leave_nothing() -> None:
    with shared_folder(0o2770, UNIT_GROUP) as folder:
        path = folder / "tyj-2025.yaml"
        path.write_bytes(b"a: 1\n")
        os.chown(path, CLERK, UNIT_GROUP)
        path.chmod(0o660)
        later = DAY + timedelta(hours=1)
        done = as_account(CLERK, [UNIT_GROUP], lambda: keep(path, b"a: 2\n", DAY), mask=0o077)
        assert done == "()"
        done = as_account(COLLEAGUE, [UNIT_GROUP], lambda: keep(path, b"a: 3\n", later))
        assert done == "()"
        assert [read(version) for version in versions(path)] == [b"a: 3\n"]
    with shared_folder(0o755, UNIT_GROUP) as folder:
        path = folder / "tyj-2025.yaml"
        path.write_bytes(b"a: 1\n")
        assert as_account(REVIEWER, [REVIEW_GROUP], lambda: versions(path)) == "()"
        done = as_account(REVIEWER, [REVIEW_GROUP], lambda: keep(path, b"a: 2\n", DAY))
        assert "文件夹不允许新建文件" in done
        assert list(folder.iterdir()) == [path]


def _failing(code: int) -> Any:
    def fail(*args: Any, **kwargs: Any) -> Any:
        raise OSError(code, os.strerror(code))

    return fail
