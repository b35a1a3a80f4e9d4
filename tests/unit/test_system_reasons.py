"""The one table of what the system refuses, and that nobody has words of the system besides."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest

import disclosure_tui
from disclosure_tui.settings import Settings, user_file
from disclosure_tui.system_reasons import reason

SOURCES = Path(disclosure_tui.__file__).parent


@pytest.mark.parametrize("code", sorted(errno.errorcode))
def test_every_refusal_is_told_in_chinese(code: int) -> None:
    told = reason(OSError(code, os.strerror(code)))
    assert re.search("[一-鿿]", told.zh)
    assert not re.search("[A-Za-z]", told.zh)
    assert told.en


def test_a_refusal_without_a_number_names_what_it_was() -> None:
    told = reason(OSError("cannot\nread"))
    assert "OSError" in told.zh
    assert "\n" not in told.en


def test_the_system_speaks_english_in_one_place_only() -> None:
    found = [
        str(path.relative_to(SOURCES))
        for path in SOURCES.rglob("*.py")
        if re.search(r"error\.strerror|str\(error\.strerror", path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_settings_that_cannot_be_read_are_told_in_words(tmp_path: Path) -> None:
    around = {"XDG_CONFIG_HOME": str(tmp_path), "DISCLOSURE_SYSTEM": str(tmp_path / "none")}
    user_file(around).mkdir(parents=True)
    (fault,) = Settings.read(around, tmp_path).faults
    assert fault.what.zh == "打不开：这是文件夹"
