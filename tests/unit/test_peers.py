"""The benchmark beside other programs leaves out those that are not there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from benchmarks import peers

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_programs_that_are_not_installed_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("DISCLOSURE_PEERS", raising=False)
    found, missing = peers._peers()
    assert [peer.name for peer in found] == ["disclosure", "stock Textual"]
    assert missing == ["visidata", "sc-im", "vim"]


def test_they_are_looked_for_where_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "sc-im"
    program.write_text("#!/bin/sh\n", encoding="ascii")
    program.chmod(0o700)
    monkeypatch.setenv("DISCLOSURE_PEERS", os.pathsep.join((str(tmp_path), "/nowhere")))
    found, missing = peers._peers()
    assert str(program) in [peer.command[0] for peer in found]
    assert "sc-im" not in missing


def test_the_table_is_that_of_the_form(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    peers._write_table(path)
    rows = [line.split(",") for line in path.read_text("utf-8").splitlines()]
    assert {len(row) for row in rows} == {8}
    assert len(rows) == 26
