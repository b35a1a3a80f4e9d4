"""Schemas made to break or stall the program are refused, with the limit named, and at once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from disclosure_tui.cli.main import run
from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Language
from disclosure_tui.report_type import load_schema_file
from hostile_schemas import Hostile, hostile_schemas

ALL = tuple(hostile_schemas())
LONGEST_MESSAGE = 600


@pytest.fixture(params=ALL, ids=lambda each: each.name)
def hostile(request: pytest.FixtureRequest) -> Any:
    return request.param


def test_there_are_enough_and_each_is_another_one() -> None:
    assert len({each.source for each in ALL}) == len(ALL) >= 20


def test_it_is_refused_with_the_limit_named(hostile: Hostile, tmp_path: Path) -> None:
    path = tmp_path / "hostile.schema.json"
    path.write_bytes(hostile.source)
    with pytest.raises(SchemaError) as caught:
        load_schema_file(path, "")
    zh, en = (caught.value.told(language) for language in Language)
    assert caught.value.where.startswith("hostile.schema.json")
    for told in (zh, en):
        assert len(told) < LONGEST_MESSAGE
        assert hostile.limit in told or hostile.limit in en
    assert re.search("[一-鿿]", caught.value.what.zh)
    assert not re.search("[一-鿿]", caught.value.what.en.replace("长", ""))


def test_the_command_says_so_without_a_traceback(
    hostile: Hostile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "hostile.schema.json"
    path.write_bytes(hostile.source)
    assert run(["schema", "check", str(path)]) == 3
    captured = capsys.readouterr()
    assert captured.err.startswith("hostile.schema.json")
    assert "Traceback" not in captured.err
