"""The probes on the machine that the tests run on."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from disclosure_tui import __version__
from disclosure_tui.machine import probes
from disclosure_tui.machine.storage import judge_clock
from disclosure_tui.machine.terminal import Locale, Multiplexer
from disclosure_tui.schema.catalog import Catalog


def test_the_libraries_are_those_that_the_program_names() -> None:
    found = probes.program()
    assert found.version == __version__
    assert {"click", "textual", "wcwidth"} <= {one.name for one in found.libraries}
    assert "typst" not in {one.name for one in found.libraries}, "an extra is not needed"
    assert all(one.fits for one in found.libraries)


@pytest.mark.parametrize(
    ("environment", "found"),
    [
        ({"LANG": "C.UTF-8"}, Locale("LANG", "C.UTF-8", "UTF-8")),
        ({"LANG": "x", "LC_ALL": "C.UTF-8"}, Locale("LC_ALL", "C.UTF-8", "UTF-8")),
        ({"LANG": "C.UTF-8", "LC_ALL": ""}, Locale("LANG", "C.UTF-8", "UTF-8")),
        ({"LANG": "no_SUCH.UTF-8"}, Locale("LANG", "no_SUCH.UTF-8", None)),
        # What the interpreter, or the program when it starts itself anew, has added.
        (
            {"LANG": "no_SUCH", "LC_CTYPE": "C.UTF-8", "DISCLOSURE_RESTARTED": "1"},
            Locale("LANG", "no_SUCH", None),
        ),
    ],
)
def test_the_locale_is_the_one_that_other_programs_get(
    environment: dict[str, str], found: Locale
) -> None:
    assert probes.locale_settings(environment) == found


def test_without_a_locale_the_encoding_is_that_of_plain_c() -> None:
    found = probes.locale_settings({})
    assert (found.variable, found.name) == ("", "")
    assert found.encoding not in (None, "UTF-8")


def test_multiplexers_are_known_by_their_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    assert probes.multiplexer({}) == Multiplexer()
    assert probes.multiplexer({"STY": "1.x"}) == Multiplexer("screen", None)
    monkeypatch.setenv("PATH", "/nonexistent")
    assert probes.multiplexer({"TMUX": "/x,1,0"}) == Multiplexer("tmux", None)


@pytest.mark.parametrize(("answer", "is_utf8"), [("1", True), ("0", False), ("", None)])
def test_tmux_is_asked(
    answer: str, is_utf8: bool | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "tmux"
    program.write_text(f'#!/bin/sh\n[ "$3" = "#{{client_utf8}}" ] && echo {answer}\n')
    program.chmod(stat.S_IRWXU)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.defpath}")
    monkeypatch.setattr(probes, "_TIMEOUT", 60.0)
    assert probes.multiplexer({"TMUX": "/x,1,0"}) == Multiplexer("tmux", is_utf8)


def test_a_program_that_hangs_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "quota"
    program.write_text("#!/bin/sh\nexec sleep 600\n")
    program.chmod(stat.S_IRWXU)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.defpath}")
    monkeypatch.setattr(probes, "_TIMEOUT", 0.05)
    assert probes.space(tmp_path).quotas == ()


def test_space_is_that_of_the_folder_or_the_nearest_above(tmp_path: Path) -> None:
    here = os.statvfs(tmp_path)
    found = probes.space(tmp_path / "not" / "yet")
    assert found.free_bytes == pytest.approx(here.f_bavail * here.f_frsize, rel=0.2)


def test_folders(tmp_path: Path) -> None:
    found = probes.folder(tmp_path)
    assert (found.exists, found.may_read, found.may_write) == (True, True, True)
    assert found.group is not None
    assert found.group.is_mine
    assert not probes.folder(tmp_path / "none").exists
    (tmp_path / "file").touch()
    assert not probes.folder(tmp_path / "file").exists
    assert not probes.folder(tmp_path / "file" / "x").exists


def test_the_persons_folder_need_not_be_there_yet(tmp_path: Path) -> None:
    found = probes.own_folder({"XDG_STATE_HOME": str(tmp_path / "state")})
    assert (found.exists, found.may_write) == (True, True)
    assert not (tmp_path / "state").exists()


def test_a_file_of_tomorrow_is_named(tmp_path: Path) -> None:
    (tmp_path / "old.yaml").touch()
    assert probes.clock(tmp_path).newest_name == "old.yaml"
    late = datetime.now(UTC) + timedelta(days=1)
    (tmp_path / "late.yaml").touch()
    os.utime(tmp_path / "late.yaml", (late.timestamp(), late.timestamp()))
    assert "late.yaml" in judge_clock(probes.clock(tmp_path)).what.zh
    assert probes.clock(tmp_path / "none").newest is None


def test_schemas_are_told_by_place(tmp_path: Path) -> None:
    ours = tmp_path / "ours"
    ours.mkdir()
    package = probes.schemas(Catalog.of())
    assert [origin for origin, _ in package.places] == ["package"]
    assert any(name.startswith("gov-info-annual/2021 ") for name in package.places[0][1])
    (ours / "x.schema.json").write_text("{")
    found = probes.schemas(Catalog.of([ours]))
    assert len(found.troubles) == 1
    assert found.places == package.places
