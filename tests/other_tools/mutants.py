"""Reports that are wrong in one place or a few, made from the samples by a fixed rule.

A mutant is the text of a report in JSON, which is YAML as well: every program reads the same bytes.
"""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from disclosure_tui.store.document import Document

ROOT = Path(__file__).parents[2]
SAMPLES = {
    "gov-info-annual-2019": ("complete/sptyj-2020.yaml", "draft/jtysj-2020.yaml"),
    "gov-info-annual-2021": ("complete/sqs-2023.yaml", "draft/jyj-2025.yaml"),
    "us-foia-annual-2008": ("foia/complete/nrb-2025.yaml", "foia/draft/nrb-2026.yaml"),
}
"""For each shipped schema, the samples that mutants are made from."""

Path_ = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Mutant:
    """One wrong report.

    Attributes:
        schema: Name of its schema.
        told: What was done to the sample, for a failing test.
        text: The report.
    """

    schema: str
    told: str
    text: str


def schema_file(name: str) -> Path:
    """Return the shipped schema of a name."""
    return ROOT / "schemas" / f"{name}.schema.json"


def as_json(data: Any) -> str:
    """Return the text of a report that YAML and JSON programs read alike."""

    def number(value: Any) -> float:
        assert isinstance(value, Decimal)
        return float(value)

    return json.dumps(data, ensure_ascii=False, default=number)


def mutants(count: int, seed: int) -> Iterator[Mutant]:
    """Yield mutants, each schema in turn."""
    chance = random.Random(seed)
    samples = {
        name: [Document.read((ROOT / "samples" / file).read_bytes()).data for file in files]
        for name, files in SAMPLES.items()
    }
    names = sorted(samples)
    for number in range(count):
        name = names[number % len(names)]
        data = copy.deepcopy(chance.choice(samples[name]))
        told = [_mutated(data, chance) for _ in range(chance.choice((1, 1, 1, 2, 3)))]
        yield Mutant(name, "; ".join(told), as_json(data))


def _mutated(data: Any, chance: random.Random) -> str:
    """Change a report in one place; say how."""
    while True:
        name, change = chance.choice(_CHANGES)
        told = change(data, chance)
        if told:
            return f"{name} {told}"


def _places(data: Any, path: Path_ = ()) -> Iterator[Path_]:
    inner = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in inner:
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from _places(value, (*path, key))


def _at(data: Any, path: Path_) -> Any:
    for key in path:
        data = data[key]
    return data


def _chosen(data: Any, chance: random.Random, wanted: Callable[[Any], bool]) -> Path_ | None:
    """Choose a place whose value is as wanted; those near the root as likely as deep ones."""
    places = [path for path in _places(data) if wanted(_at(data, path))]
    if not places:
        return None
    depth = chance.choice(sorted({len(path) for path in places}))
    return chance.choice([path for path in places if len(path) == depth])


def _set(data: Any, path: Path_ | None, value: Any) -> str:
    if path is None:
        return ""
    _at(data, path[:-1])[path[-1]] = value
    return f"{'/'.join(map(str, path))} = {as_json(value)[:60]}"


def _is_figure(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


_VALUES: tuple[Any, ...] = (
    "many", "12", True, False, 7, -3, 2.5, None, [], [1], {}, {"total": 1}, [None], "N/A", "<1",
)  # fmt: skip


def _wrong_type(data: Any, chance: random.Random) -> str:
    path = _chosen(data, chance, lambda _: True)
    return _set(data, path, copy.deepcopy(chance.choice(_VALUES)))


def _missing(data: Any, chance: random.Random) -> str:
    path = _chosen(data, chance, lambda _: True)
    if path is None:
        return ""
    del _at(data, path[:-1])[path[-1]]
    return "/".join(map(str, path))


def _extra(data: Any, chance: random.Random) -> str:
    path = _chosen(data, chance, lambda value: isinstance(value, dict)) or ()
    key = chance.choice(("totl", "Total", "备注", "x-note", "a/b", "m~n", "total", "name", "0"))
    return _set(data, (*path, key), copy.deepcopy(chance.choice(_VALUES)))


def _null(data: Any, chance: random.Random) -> str:
    return _set(data, _chosen(data, chance, lambda value: value is not None), None)


def _limit(data: Any, chance: random.Random) -> str:
    value = chance.choice((-1, -0.5, 0, 10**15, -(10**15), 0.001, 1e-7))
    return _set(data, _chosen(data, chance, _is_figure), value)


def _text(data: Any, chance: random.Random) -> str:
    texts = ("", "x", "planet", "2023-02-30", "2023-1-1", "20230101", "2024-02-29", "2023-01-01T00")
    path = _chosen(data, chance, lambda value: isinstance(value, str))
    return _set(data, path, chance.choice(texts))


def _many(data: Any, chance: random.Random) -> str:
    """Make a map or a list longer than allowed, or just as long."""
    path = _chosen(data, chance, lambda value: isinstance(value, dict | list))
    if path is None:
        return ""
    value, size = _at(data, path), chance.choice((50, 51, 100, 101))
    if isinstance(value, list):
        sample = value[0] if value else {"report_type": "x"}
        value.extend(copy.deepcopy(sample) for _ in range(size - len(value)))
    else:
        sample = next(iter(value.values()), None)
        for number in range(size - len(value)):
            value[f"row{number}"] = copy.deepcopy(sample)
    return f"{'/'.join(map(str, path))} to {size}"


def _nested(data: Any, chance: random.Random) -> str:
    """Put a value one level too deep, or what is in a map in its place."""
    path = _chosen(data, chance, lambda value: isinstance(value, dict) and value != {})
    if path is None:
        return ""
    value = _at(data, path)
    key = chance.choice(list(value))
    inner = chance.choice(({key: value}, [value], value[key], {**value, key: {key: value[key]}}))
    return _set(data, path, inner)


def _prior(data: Any, chance: random.Random) -> str:
    """Last year's report may be named in several ways: the alternatives of `anyOf`."""
    said = {"file": "../2022/x.yaml", "sha256": "0" * 64}
    priors: tuple[Any, ...] = (
        said, [said], [said, 3], {"file": 3}, {"values": {"/year": 2022}}, {"values": 3}, "x",
        {"values": {"/requests/new/total": {"a": 1}}, "by": "王一"}, [], [[said]],
    )  # fmt: skip
    return _set(data, ("prior",), copy.deepcopy(chance.choice(priors)))


_CHANGES: tuple[tuple[str, Callable[[Any, random.Random], str]], ...] = (
    ("type", _wrong_type),
    ("missing", _missing),
    ("extra", _extra),
    ("null", _null),
    ("limit", _limit),
    ("text", _text),
    ("many", _many),
    ("nested", _nested),
    ("prior", _prior),
)
KINDS = tuple(name for name, _ in _CHANGES)
"""The kinds of change."""
