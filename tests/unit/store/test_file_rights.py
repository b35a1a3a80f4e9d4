"""Mode, group, owner, access lists and attributes outlive a save; what cannot is asked."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from disclosure_tui.store import file_rights
from disclosure_tui.store.access_list import ACCESS, entries_of, grants, packed, without_group
from disclosure_tui.store.files import save
from disclosure_tui.store.save_errors import MetadataLost
from unit.store.accounts import (
    CLERK,
    COLLEAGUE,
    REVIEW_GROUP,
    REVIEWER,
    UNIT_GROUP,
    as_account,
    needs_acl_tools,
    needs_root,
    shared_folder,
)

OLD, NEW = b"a: 1\n", b"a: 2\n"
OLD_HASH = hashlib.sha256(OLD).hexdigest()


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "报告.yaml"
    path.write_bytes(OLD)
    return path


@pytest.fixture
def unit() -> Iterator[Path]:
    """Return a folder of a unit as the administrator sets it up: setgid, closed to others."""
    with shared_folder(0o2770, UNIT_GROUP) as folder:
        yield folder


def _report_in(folder: Path, mode: int = 0o660, owner: int = CLERK) -> Path:
    path = folder / "tyj-2025.yaml"
    path.write_bytes(OLD)
    os.chown(path, owner, UNIT_GROUP)
    path.chmod(mode)
    return path


def _saves(path: Path, **more: Any) -> str:
    return " ".join(note.zh for note in save(path, NEW, expected_sha256=OLD_HASH, **more).notes)


def _access_list(path: Path) -> str:
    run = subprocess.run(["getfacl", "-cnp", path], capture_output=True, check=True, text=True)
    return run.stdout


def _set_access(*arguments: str) -> None:
    run = subprocess.run(["setfacl", *arguments], capture_output=True, check=False, text=True)
    if run.returncode:
        pytest.skip(f"the file system here keeps no access lists: {run.stderr.strip()}")


def _rights(path: Path) -> tuple[int, int, int]:
    status = path.stat()
    return stat.S_IMODE(status.st_mode), status.st_uid, status.st_gid


# --- attributes -------------------------------------------------------------------------------


def test_all_attributes_stay(report: Path) -> None:
    wanted = {"user.note": b"x", "user.empty": b"", "user.报": bytes(range(256))}
    try:
        for name, value in wanted.items():
            os.setxattr(report, name, value)
    except OSError as error:
        pytest.skip(f"the file system here keeps no extended attributes: {error}")
    assert _saves(report) == ""
    assert {name: os.getxattr(report, name) for name in os.listxattr(report)} == wanted


@pytest.mark.parametrize("code", [errno.EPERM, errno.EOPNOTSUPP, errno.EINVAL])
def test_an_attribute_that_cannot_stay_is_asked(
    report: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    monkeypatch.setattr(os, "listxattr", lambda *_: ["user.note", "security.ima"])
    monkeypatch.setattr(os, "getxattr", lambda place, *_: str(type(place)).encode())
    monkeypatch.setattr(os, "setxattr", _refusing(code))
    with pytest.raises(MetadataLost) as caught:
        _saves(report)
    assert [text.zh for text in caught.value.lost] == ["扩展属性【user.note】"]
    assert [text.en for text in caught.value.lost] == ["extended attribute user.note"]
    assert report.read_bytes() == OLD
    assert list(report.parent.iterdir()) == [report]
    assert "没有保留" in _saves(report, accept_loss=True)
    assert report.read_bytes() == NEW


def test_a_value_that_may_not_be_read_is_asked(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "listxattr", lambda *_: ["user.note"])
    monkeypatch.setattr(os, "getxattr", _refusing(errno.EACCES))
    with pytest.raises(MetadataLost, match=r"user\.note"):
        _saves(report)


def test_a_mode_that_cannot_be_set_is_asked(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report.chmod(0o664)
    monkeypatch.setattr(os, "fchmod", _refusing(errno.EPERM))
    with pytest.raises(MetadataLost, match="the mode of the file"):
        _saves(report)
    assert report.read_bytes() == OLD


def test_a_system_without_attributes(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "listxattr", _refusing(errno.EOPNOTSUPP))
    monkeypatch.setattr(os, "removexattr", _refusing(errno.EOPNOTSUPP))
    assert _saves(report) == ""


# --- access lists -----------------------------------------------------------------------------


@needs_acl_tools
def test_the_access_list_stays(report: Path) -> None:
    _set_access("-m", "u:61003:r,g:62002:rw,m::rw", str(report))
    before = _access_list(report)
    assert "user:61003:r--" in before
    assert _saves(report) == ""
    assert _access_list(report) == before


@needs_acl_tools
def test_a_default_list_of_the_folder_gives_the_report_no_new_readers(report: Path) -> None:
    before = _access_list(report)
    _set_access("-d", "-m", "u:61003:rwx", str(report.parent))
    assert _saves(report) == ""
    assert _access_list(report) == before


@needs_acl_tools
def test_an_access_list_that_cannot_stay_is_asked(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _set_access("-m", "u:61003:r", str(report))
    monkeypatch.setattr(os, "setxattr", _refusing(errno.EOPNOTSUPP))
    with pytest.raises(MetadataLost) as caught:
        _saves(report)
    assert "访问控制列表" in caught.value.what.zh
    assert "access list" in caught.value.what.en


@needs_acl_tools
def test_access_lists_are_understood(report: Path) -> None:
    _set_access("-m", "u:61003:rw,g::rw,m::r", str(report))
    value = os.getxattr(report, ACCESS)
    assert packed(entries_of(value)) == value
    assert grants(value, 61003) == (4, 4)
    assert grants(value, 61004) == (4, 0)
    assert grants(without_group(value), 61003) == (4, 4)
    report.chmod(0o600)
    os.setxattr(report, ACCESS, without_group(os.getxattr(report, ACCESS)))


def test_an_access_list_of_a_kind_not_known() -> None:
    assert entries_of(b"\x09\x00\x00\x00") == ()
    assert entries_of(b"\x02\x00\x00\x00xyz") == ()
    assert without_group(b"odd") == b"odd"


# --- new files --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("folder_mode", "mode"),
    [(0o2770, 0o660), (0o2750, 0o640), (0o2700, 0o600), (0o770, 0o600)],
)
def test_a_new_file_is_open_to_the_group_that_the_folder_hands_on(
    tmp_path: Path, folder_mode: int, mode: int
) -> None:
    tmp_path.chmod(folder_mode)
    old = os.umask(0o077)
    try:
        save(tmp_path / "new.yaml", NEW, expected_sha256=None)
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "new.yaml").stat().st_mode) == mode


@needs_acl_tools
def test_a_new_file_follows_the_default_list(tmp_path: Path) -> None:
    tmp_path.chmod(0o2770)
    _set_access("-d", "-m", "u::rwX,g::rX,g:62002:rX,o::-", str(tmp_path))
    old = os.umask(0o077)
    try:
        save(tmp_path / "new.yaml", NEW, expected_sha256=None)
    finally:
        os.umask(old)
    found = _access_list(tmp_path / "new.yaml")
    assert "group::r-x\t" in found
    assert "group:62002:r-x\t" in found
    assert "mask::r--" in found
    assert "other::---" in found


def test_a_new_file_that_cannot_be_opened_to_the_group_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o2770)
    monkeypatch.setattr(os, "fchmod", _refusing(errno.EPERM))
    done = save(tmp_path / "new.yaml", NEW, expected_sha256=None)
    assert "所属组" in done.notes[0].zh


# --- two accounts -----------------------------------------------------------------------------


@needs_root
def test_a_colleague_of_the_group_saves(unit: Path) -> None:
    path = _report_in(unit)
    done = as_account(COLLEAGUE, [UNIT_GROUP], lambda: _saves(path), mask=0o077)
    # The former owner has no account here, so nobody can tell that they are of the group.
    assert "MetadataLost" in done
    assert path.read_bytes() == OLD
    done = as_account(COLLEAGUE, [UNIT_GROUP], lambda: _saves(path, accept_loss=True), mask=0o077)
    assert "所有者【61001】" in done
    assert path.read_bytes() == NEW
    assert _rights(path) == (0o660, COLLEAGUE, UNIT_GROUP)


@needs_root
def test_an_owner_who_is_of_the_group_loses_nothing(unit: Path) -> None:
    path = _report_in(unit)

    def saves() -> str:
        file_rights.pwd.getpwuid = lambda _: SimpleNamespace(pw_name="tyj01")  # type: ignore
        os.getgrouplist = lambda *_: [UNIT_GROUP]
        return _saves(path)

    done = as_account(COLLEAGUE, [UNIT_GROUP], saves)
    assert done == "文件的所有者【tyj01】改成了您，其他人的权限没有变。"
    assert path.read_bytes() == NEW


@needs_root
@needs_acl_tools
def test_an_owner_served_by_the_access_list_loses_nothing(unit: Path) -> None:
    path = _report_in(unit)
    _set_access("-m", f"u:{CLERK}:rw,g:{REVIEW_GROUP}:r", str(path))
    before = _access_list(path)
    done = as_account(COLLEAGUE, [UNIT_GROUP], lambda: _saves(path), mask=0o077)
    assert done.startswith("文件的所有者【61001】改成了您")
    assert _access_list(path) == before
    read = as_account(REVIEWER, [REVIEW_GROUP], path.read_bytes)
    assert "PermissionError" in read  # the folder itself is closed to reviewers without a list
    _set_access("-m", f"g:{REVIEW_GROUP}:rX", str(unit))
    assert as_account(REVIEWER, [REVIEW_GROUP], path.read_bytes) == str(NEW)


@needs_root
def test_root_gives_the_file_back_to_its_owner(unit: Path) -> None:
    path = _report_in(unit, 0o640)
    assert _saves(path) == ""
    assert _rights(path) == (0o640, CLERK, UNIT_GROUP)


@needs_root
def test_a_group_that_cannot_be_kept_is_asked_and_the_wrong_one_let_in_nowhere() -> None:
    with shared_folder(0o777, 0) as folder:
        path = _report_in(folder, 0o664)
        os.chown(path, CLERK, REVIEW_GROUP)
        done = as_account(CLERK, [UNIT_GROUP], lambda: _saves(path))
        assert "lose the group 62002 of the file" in done
        assert path.read_bytes() == OLD
        as_account(CLERK, [UNIT_GROUP], lambda: _saves(path, accept_loss=True))
        assert path.read_bytes() == NEW
        assert _rights(path) == (0o644, CLERK, UNIT_GROUP)


@needs_root
@needs_acl_tools
def test_a_wrong_group_gets_nothing_from_the_access_list_either() -> None:
    with shared_folder(0o777, 0) as folder:
        path = _report_in(folder, 0o660)
        os.chown(path, CLERK, REVIEW_GROUP)
        _set_access("-m", f"u:{REVIEWER}:rw", str(path))
        as_account(CLERK, [UNIT_GROUP], lambda: _saves(path, accept_loss=True))
        found = _access_list(path)
        assert "group::---" in found
        assert f"user:{REVIEWER}:rw-" in found


@needs_root
def test_a_person_who_may_not_write_the_file_does_not_replace_it(unit: Path) -> None:
    path = _report_in(unit, 0o640)
    done = as_account(COLLEAGUE, [UNIT_GROUP], lambda: _saves(path))
    assert "没有修改这个文件的权限" in done or "You may not write here" in done
    assert path.read_bytes() == OLD
    assert list(unit.iterdir()) == [path]


@needs_root
def test_a_reader_can_do_nothing_and_leaves_nothing() -> None:
    with shared_folder(0o755, UNIT_GROUP) as folder:
        path = _report_in(folder, 0o664)
        done = as_account(REVIEWER, [REVIEW_GROUP], lambda: _saves(path))
        assert "PermissionLost" in done
        assert list(folder.iterdir()) == [path]


@needs_root
def test_a_closed_folder_with_an_open_file() -> None:
    with shared_folder(0o755, UNIT_GROUP) as folder:
        path = _report_in(folder, 0o664)
        before = path.stat()
        done = as_account(COLLEAGUE, [UNIT_GROUP], lambda: _saves(path))
        assert "已直接写入原文件" in done
        assert path.read_bytes() == NEW
        after = path.stat()
        assert (after.st_ino, after.st_uid) == (before.st_ino, CLERK)
        assert list(folder.iterdir()) == [path]


@needs_root
def test_without_room_for_a_backup_an_open_file_in_a_closed_folder_is_not_touched() -> None:
    with shared_folder(0o755, UNIT_GROUP) as folder:
        path = _report_in(folder, 0o664)
        done = as_account(COLLEAGUE, [UNIT_GROUP], lambda: _saves(path), has_home=False)
        assert "PermissionLost" in done
        assert "nothing was saved" in done
        assert path.read_bytes() == OLD
        assert list(folder.iterdir()) == [path]


@needs_root
def test_a_sticky_folder() -> None:
    with shared_folder(0o1777, UNIT_GROUP) as folder:
        path = _report_in(folder, 0o664)
        done = as_account(
            COLLEAGUE, [UNIT_GROUP], lambda: _saves(path, accept_loss=True), mask=0o077
        )
        assert "已直接写入原文件" in done
        assert (path.read_bytes(), path.stat().st_uid) == (NEW, CLERK)
        assert list(folder.iterdir()) == [path]


@needs_root
def test_a_new_file_of_a_strict_person_is_for_the_unit(unit: Path) -> None:
    path = unit / "new.yaml"
    as_account(CLERK, [UNIT_GROUP], lambda: save(path, NEW, expected_sha256=None), mask=0o077)
    assert _rights(path) == (0o660, CLERK, UNIT_GROUP)
    assert as_account(COLLEAGUE, [UNIT_GROUP], path.read_bytes) == str(NEW)


def _refusing(code: int) -> Any:
    def refuse(*args: Any, **kwargs: Any) -> Any:
        raise OSError(code, os.strerror(code))

    return refuse
