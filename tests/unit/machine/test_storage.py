"""What is made of folders, space, quotas and the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from disclosure_tui.machine.condition import State
from disclosure_tui.machine.probes import quotas_in
from disclosure_tui.machine.storage import (
    Clock,
    Folder,
    Group,
    Quota,
    Space,
    judge_clock,
    judge_folder,
    judge_own_folder,
    judge_space,
    judge_temporary,
)

GOOD, ADVICE, FAULT = State.GOOD, State.ADVICE, State.FAULT
MEBIBYTE = 1 << 20
NOW = datetime(2026, 1, 20, 9, 30, tzinfo=timezone(timedelta(hours=8)))


def folder(**more: object) -> Folder:
    return Folder("/srv/qu/units/tyj", **{"exists": True, "may_read": True, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "state"),
    [
        (folder(may_write=True), GOOD),
        (folder(), ADVICE),
        (folder(is_read_only=True), ADVICE),
        (folder(may_read=False), FAULT),
        (folder(exists=False), FAULT),
    ],
)
def test_the_folder_of_the_reports(found: Folder, state: State) -> None:
    assert judge_folder(found).state is state


@pytest.mark.parametrize(
    ("group", "told"),
    [
        (None, None),
        (Group("u-tyj", may_write=True, is_mine=False, is_mine_on_paper=True), "重新登录"),
        (Group("u-tyj", may_write=True, is_mine=False, is_mine_on_paper=False), "加入组【u-tyj】"),
        (Group("u-tyj", may_write=False, is_mine=False, is_mine_on_paper=True), None),
        (Group("u-tyj", may_write=True, is_mine=True, is_mine_on_paper=True), None),
    ],
)
def test_how_to_come_by_the_rights_of_a_group(group: Group | None, told: str | None) -> None:
    acts = judge_folder(folder(group=group)).acts
    assert len(acts) == (told is not None)
    assert told is None or told in acts[0].zh


@pytest.mark.parametrize(
    ("found", "state"),
    [
        (folder(may_write=True), GOOD),
        (folder(), ADVICE),
        (folder(exists=False), ADVICE),
        (Folder("", exists=False), ADVICE),
    ],
)
def test_the_folder_of_the_person(found: Folder, state: State) -> None:
    assert judge_own_folder(found).state is state


def test_the_folder_for_temporary_files() -> None:
    assert judge_temporary(folder(may_write=True)).state is GOOD
    assert judge_temporary(Folder("", exists=False)).commands == ('export TMPDIR="$HOME"',)


@pytest.mark.parametrize(
    ("space", "state"),
    [
        (Space(5 << 30), GOOD),
        (Space(5 << 30, 10_000, (Quota(5, 10, 20), Quota(0, 0, 0))), GOOD),
        (Space(200 * MEBIBYTE), GOOD),
        (Space(199 * MEBIBYTE), ADVICE),
        (Space(5 << 30, 10_000, (Quota(11, 10, 20),)), ADVICE),
        (Space(19 * MEBIBYTE), FAULT),
        (Space(0), FAULT),
        (Space(5 << 30, 0), FAULT),
        (Space(5 << 30, 99), FAULT),
        (Space(5 << 30, 10_000, (Quota(20, 10, 20),)), FAULT),
    ],
)
def test_what_is_left(space: Space, state: State) -> None:
    found = judge_space(space)
    assert found.state is state
    assert bool(found.acts) is (state is not GOOD)


def test_quotas_are_read_as_the_program_prints_them() -> None:
    printed = (
        "Disk quotas for user tyj01 (uid 1001): \n"
        "     Filesystem  blocks   quota   limit   grace   files   quota   limit   grace\n"
        "      /dev/vdb1  204800* 200000  250000 1769000000     12       0       0       0\n"
        "server:/export/home of units 8 0 0 0 3 90 100 0\n"
    )
    assert quotas_in(printed) == (
        Quota(204800, 200000, 250000),
        Quota(12, 0, 0),
        Quota(8, 0, 0),
        Quota(3, 90, 100),
    )
    assert judge_space(Space(5 << 30, None, quotas_in(printed))).state is ADVICE
    assert quotas_in("Disk quotas for user tyj01 (uid 1001): none\n") == ()
    assert quotas_in("") == ()


@pytest.mark.parametrize(
    ("clock", "state"),
    [
        (Clock(NOW), GOOD),
        (Clock(NOW, NOW - timedelta(days=400), "old.yaml"), GOOD),
        (Clock(NOW, NOW + timedelta(seconds=90), "now.yaml"), GOOD),
        (Clock(NOW, NOW + timedelta(minutes=61), "late.yaml"), ADVICE),
        (Clock(datetime(1970, 1, 1, 0, 5, tzinfo=UTC)), FAULT),
    ],
)
def test_clocks(clock: Clock, state: State) -> None:
    found = judge_clock(clock)
    assert found.state is state
    assert bool(found.commands) is (state is not GOOD)


def test_a_clock_that_is_slow_names_file_and_minutes() -> None:
    found = judge_clock(Clock(NOW, NOW + timedelta(minutes=61), "tyj-2025.yaml"))
    assert found.what.zh == "2026-01-20 09:30 UTC+0800，文件 tyj-2025.yaml 的时间却晚 61 分钟"
