"""A sample in which anything stands at any place: every command has an answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from disclosure_tui.cli.main import run
from disclosure_tui.errors import DisclosureError
from disclosure_tui.opening import open_document
from seeds import seed
from tui.editing import editing
from tui.report_files import opened

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
VALUES: tuple[Any, ...] = (
    *(5, "x", [1], {"a": 1}, None, True, [{"a": [1]}], {"": {"b": None}}, "", [], -1, 1.5),
)
FEW = 40
"""Single figures that are tried; of all else every place is."""


def places(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], bool]]:
    """Yield the places below one, and whether something is inside them."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    for key, one in inside:
        is_open = isinstance(one, dict | list)
        yield (*place, key), is_open
        if is_open:
            yield from places(one, (*place, key))


def put(value: Any, place: tuple[Any, ...], other: Any) -> Any:
    """Return a copy with another value at a place."""
    if not place:
        return other
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[place[0]] = put(copy[place[0]], place[1:], other)
    return copy


def sample(name: str) -> Any:
    """Return the data of a sample."""
    return json.loads(json.dumps(open_document(ROOT / "samples" / name).data, default=float))


def _strange(chance: Random, data: Any, part: int) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Yield a quarter of all places, each with what is to stand there."""
    found = list(places(data))
    tried = [place for place, is_open in found if is_open or len(place) < 3]
    tried += chance.sample([place for place, is_open in found if place not in set(tried)], FEW)
    for place in tried[part::4]:
        yield place, chance.choice(VALUES)


@pytest.mark.parametrize("part", range(4))
@pytest.mark.parametrize("name", ["complete/sqs-2023.yaml", "foia/complete/nrb-2025.yaml"])
def test_no_command_ends_on_it(
    tmp_path: Path, name: str, part: int, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = Random(seed() + part)
    data = sample(name)
    path = tmp_path / "报告.yaml"
    for place, value in _strange(chance, data, part):
        path.write_text(json.dumps(put(data, place, value), ensure_ascii=False), encoding="utf-8")
        for command in (["check"], ["show"], ["export", "--draft", "--to", "html"]):
            code = run([*command, str(path)])
            told = "".join(capsys.readouterr())
            assert code in (0, 1, 3), (place, value, command, told)
            assert "自身出错" not in told, (place, value, command)
            assert "program itself failed" not in told, (place, value, command)


KEYS = (
    *("escape", "ctrl+n", "enter", "escape", "f7", "escape", "ctrl+t", "down", "7", "enter"),
    *("ctrl+z", "ctrl+t", "ctrl+n", "b", "ctrl+t", "z", "escape", "v", "escape", "g", "escape"),
)


@pytest.mark.parametrize("part", range(4))
@pytest.mark.parametrize("name", ["complete/sqs-2023.yaml", "foia/complete/nrb-2025.yaml"])
async def test_the_editor_does_not_end_on_it(tmp_path: Path, name: str, part: int) -> None:
    chance = Random(seed() + 4 + part)
    data = sample(name)
    for number, (place, value) in enumerate(_strange(chance, data, part)):
        if number % 3:
            continue  # a session takes its time
        folder = tmp_path / str(number)
        folder.mkdir()
        path = folder / "报告.yaml"
        path.write_text(json.dumps(put(data, place, value), ensure_ascii=False), encoding="utf-8")
        try:
            session = opened(path)
        except DisclosureError:
            continue  # it is told instead
        async with editing(lambda _, session=session: session, folder) as edit:
            await edit.press(*KEYS)
            assert edit.app.is_running, (place, value)
