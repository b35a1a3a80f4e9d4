"""A district's folders against the convention: every departure named, with what repairs it."""

from __future__ import annotations

import shlex
import shutil
import struct
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest

from disclosure_tui.language import Text
from disclosure_tui.machine.convention import REVIEWERS, SCHEMA_KEEPERS, unit_group, wanted
from disclosure_tui.machine.district import Departure, DistrictFacts, Stray, departures
from disclosure_tui.machine.district_probe import district_facts
from disclosure_tui.machine.rights import Access, PathRights, access_of, path_rights

ROOT = PurePosixPath("/srv/区 里's")
GROUPS = {REVIEWERS: 1, SCHEMA_KEEPERS: 2, unit_group("tyj"): 3}
UNIT = ("units", "tyj")


def as_agreed(codes: tuple[str, ...] = ("tyj",)) -> dict[tuple[str, ...], PathRights | None]:
    """Return the rights of a district that is set up as the convention wants it."""
    found: dict[tuple[str, ...], PathRights | None] = {}
    for one in wanted(codes):
        readers = {GROUPS[one.readers]: 5} if one.readers else {}
        found[one.path] = PathRights(
            is_folder=one.is_folder,
            group=GROUPS.get(one.group, 0),
            passes_group_on=bool(one.group),
            access=Access(one.owning, one.others, readers),
            handed_down=Access(7, one.others, readers) if one.hands_down else None,
        )
    return found


def told(
    changes: Mapping[tuple[str, ...], PathRights | None] | None = None, **more: object
) -> list[Departure]:
    rights = as_agreed() | dict(changes or {})
    facts = DistrictFacts(ROOT, ("tyj",), rights, GROUPS)
    return list(departures(replace(facts, **more)))  # type: ignore[arg-type]


def of_unit(**changes: object) -> dict[tuple[str, ...], PathRights | None]:
    found = as_agreed()[UNIT]
    assert found is not None
    return {UNIT: replace(found, **changes)}  # type: ignore[arg-type]


def test_a_district_as_agreed_has_nothing_to_repair() -> None:
    assert told() == []


def test_a_roster_may_be_missing() -> None:
    assert told({("units.csv",): None}) == []


@pytest.mark.parametrize(
    ("changes", "what", "command"),
    [
        ({"group": 9}, "所属的组不是【u-tyj】", "chgrp u-tyj"),
        ({"passes_group_on": False}, "不会归这个组", "chmod 2770"),
        ({"access": Access(5, 0, {1: 5})}, "组【u-tyj】没有读写的权限", "chmod 2770"),
        ({"access": Access(7, 5, {1: 5})}, "别人也能查看", "chmod 2770"),
        ({"access": Access(7, 7, {1: 5})}, "别人也能读写", "chmod 2770"),
        ({"access": Access(7, 0)}, "组【nb-review】不能查看", "setfacl -m g:nb-review:rX"),
        ({"access": Access(7, 0, {1: 4})}, "组【nb-review】不能查看", "setfacl -m g:nb-review:rX"),
        ({"handed_down": None}, "没有默认的访问权限表", "setfacl -d -m"),
        ({"handed_down": Access(7, 0)}, "默认的访问权限表不符", "setfacl -d -m"),
        ({"handed_down": Access(7, 5, {1: 5})}, "默认的访问权限表不符", "setfacl -d -m"),
        ({"handed_down": Access(5, 0, {1: 5})}, "默认的访问权限表不符", "setfacl -d -m"),
    ],
)
def test_each_departure_of_a_unit_is_named_and_repaired(
    changes: dict[str, object], what: str, command: str
) -> None:
    (found,) = told(of_unit(**changes))
    assert found.where == "units/tyj"
    assert found.what.zh.count("；") == 0
    assert what in found.what.zh
    assert any(one.startswith(command) for one in found.commands)


def test_paths_are_quoted() -> None:
    (found,) = told({UNIT: None})
    assert [shlex.split(one)[-1] for one in found.commands] == [str(ROOT / "units/tyj")] * 3
    assert shlex.split(found.commands[0])[:-1] == ["install", "-d", "-m", "2770", "-g", "u-tyj"]
    assert shlex.split(found.commands[2])[3] == "g::rwX,g:nb-review:rX,o::-"


def test_what_is_open_or_closed_to_others() -> None:
    for path in (("schemas",), ("disclosure.yaml",), ("published",), ("units",), ()):
        found = as_agreed()[path]
        assert found is not None
        closed = replace(found, access=replace(found.access, others=0))
        (departure,) = told({path: closed})
        assert "别人不能查看" in departure.what.zh
        opened = replace(found, access=replace(found.access, others=7))
        (departure,) = told({path: opened})
        assert "别人也能写入" in departure.what.zh


def test_a_file_in_place_of_a_folder_is_left_to_a_person() -> None:
    (found,) = told(of_unit(is_folder=False))
    assert (found.what.zh, found.commands) == ("不是文件夹，请移到别处", ())


def test_a_link_that_leads_nowhere_is_left_to_a_person() -> None:
    (found,) = told({UNIT: None}, dangling=frozenset({UNIT}))
    assert "链接" in found.what.zh
    assert found.commands == ()


@pytest.mark.parametrize(
    ("changes", "what", "command"),
    [
        ({"access": Access(7, 0, {1: 5, 9: 7})}, "组【u-daj】也能写入", "setfacl -x g:u-daj "),
        ({"access": Access(7, 0, {1: 5, 8: 5})}, "组【8】也能查看", "setfacl -x g:8 "),
        ({"access": Access(7, 0, {1: 5}, {5: 5})}, "账号【daj01】也能查看", "setfacl -x u:daj01 "),
        (
            {"handed_down": Access(7, 0, {1: 5}, {5: 7})},
            "以后新建的文件，账号【daj01】也能写入",
            "setfacl -d -x u:daj01 ",
        ),
    ],
)
def test_who_is_let_in_besides_is_named_and_shut_out(
    changes: dict[str, object], what: str, command: str
) -> None:
    (found,) = told(of_unit(**changes), names={(True, 9): "u-daj", (False, 5): "daj01"})
    assert found.what.zh == what
    assert found.commands[0].startswith(command)
    assert found.commands[1].startswith("chmod"), "which would widen the mask of all entries"


def test_entries_that_add_nothing_are_no_departure() -> None:
    assert told(of_unit(access=Access(7, 0, {1: 5, 9: 0}, {5: 0}))) == []
    schemas = as_agreed()["schemas",]
    assert schemas is not None
    access = replace(schemas.access, accounts={5: 5})
    assert told({("schemas",): replace(schemas, access=access)}) == []


def test_groups_that_are_missing_come_first() -> None:
    first, *rest = told(groups={REVIEWERS: 1, SCHEMA_KEEPERS: 2})
    assert first.commands == ("groupadd u-tyj",)
    assert {one.where for one in rest} == {"units/tyj", "received/tyj", "reviews/tyj"}


def test_without_the_tools_it_says_so_first() -> None:
    (found,) = told(has_tools=False)
    assert found.commands == ("apt-get install acl",)


def test_a_file_system_without_access_lists_is_named_and_none_is_asked_for() -> None:
    rights = {
        path: found and replace(found, keeps_lists=False, handed_down=None)
        for path, found in as_agreed().items()
    }
    found = told({**rights, UNIT: None})
    assert "不保存访问权限表" in found[0].what.zh
    assert not any("setfacl" in command for one in found for command in one.commands)


def test_what_cannot_be_seen_is_said_and_not_repaired() -> None:
    (found,) = told(unseen={UNIT: Text("没有权限", "it is not allowed")})
    assert (found.what.zh, found.commands) == ("看不了：没有权限", ())


def test_what_cannot_name_a_group_is_said() -> None:
    (found,) = told(not_codes=("第3 科",))
    assert "第3 科" in found.what.zh
    assert found.commands == ()


def test_files_that_somebody_is_locked_out_of() -> None:
    (found,) = told(strays=(Stray(UNIT, "2025/tyj-2025.yaml", 3),))
    assert "3 个" in found.what.zh
    assert all(str(ROOT / "units/tyj") in shlex.split(one) for one in found.commands)
    assert all("-prune" in one for one in found.commands), "hidden files are the program's own"


def packed(*entries: tuple[int, int, int]) -> bytes:
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


def test_a_mask_takes_away_what_it_does_not_hold() -> None:
    content = packed((1, 7, 0), (4, 7, 0), (8, 5, 62002), (16, 4, 0), (32, 0, 0))
    assert access_of(content) == Access(4, 0, {62002: 4})
    assert access_of(packed((2, 6, 61001), (4, 7, 0), (16, 4, 0), (32, 0, 0))) == Access(
        4, 0, {}, {61001: 4}
    )
    assert access_of(b"") is None


def test_rights_without_a_list_are_those_of_the_mode(tmp_path: Path) -> None:
    folder = tmp_path / "x"
    folder.mkdir()
    folder.chmod(0o2750)
    found = path_rights(folder)
    assert found is not None
    assert (found.is_folder, found.passes_group_on, found.handed_down) == (True, True, None)
    assert found.access == Access(5, 0)
    assert path_rights(tmp_path / "none") is None
    assert path_rights(tmp_path / "x/none") is None


def test_units_come_from_folders_roster_and_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "units/tyj").mkdir(parents=True)
    (tmp_path / "units/.hidden").mkdir()
    (tmp_path / "units/第3科").mkdir()
    (tmp_path / "units.csv").write_bytes("\ufeffcode,name\nslx,示例\n,无\n".encode())
    facts = district_facts(tmp_path, ["new"])
    assert facts.codes == ("new", "slx", "tyj")
    assert facts.not_codes == ("第3科",)
    assert facts.rights["units", "tyj"] is not None
    assert facts.rights["units", "new"] is None


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b'code\n"', b"name\nx\n", None])
def test_a_roster_that_cannot_be_read_names_nobody(tmp_path: Path, content: bytes | None) -> None:
    roster = tmp_path / "units.csv"
    if content is None:
        roster.mkdir()
    else:
        roster.write_bytes(content)
    assert district_facts(tmp_path).codes == ()


def test_nothing_is_made_where_there_is_no_district(tmp_path: Path) -> None:
    facts = district_facts(tmp_path / "none", ["tyj"])
    first = next(one for one in departures(facts) if one.where == ".")
    assert facts.dangling == frozenset()
    assert first.commands == (f"install -d -m 0755 {tmp_path / 'none'}",)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(shutil.which("setfacl") is None, reason="setfacl is not installed")
def test_a_short_path_of_this_account_does_not_hide_the_tools(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert district_facts(tmp_path).has_tools
