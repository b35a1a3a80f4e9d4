"""Other validators accept the shipped schemas as they are, and judge reports as the program does.

What JSON Schema can say, all say alike; what only the program says is in
docs/how-to/other-tools.md, and tested in test_differences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import pytest

from disclosure_tui.model.finding import Finding
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.store.document import Document
from other_tools.judges import (
    NEEDS_AJV,
    ajv_faults,
    loaded,
    our_faults,
    places,
    refused_by_check_jsonschema,
    report_of,
    without_alternative,
)
from other_tools.mutants import KINDS, ROOT, SAMPLES, Mutant, as_json, mutants, schema_file

MANY, FEW = 500, 24
SEED = 20261126


@lru_cache(maxsize=2)
def _mutants_of(count: int) -> dict[str, tuple[Mutant, ...]]:
    made = tuple(mutants(count, SEED))
    return {name: tuple(one for one in made if one.schema == name) for name in SAMPLES}


@lru_cache(maxsize=1)
def _wrong(count: int) -> dict[Mutant, bool]:
    """Say which reports the program takes for wrong."""
    return {
        one: bool(our_faults(schema_file(name), report_of(one.text)))
        for name, group in _mutants_of(count).items()
        for one in group
    }


def _refused(name: str, group: Sequence[Mutant], folder: Path) -> set[Mutant]:
    reports = {f"{number}.json": one.text for number, one in enumerate(group)}
    refused = refused_by_check_jsonschema(schema_file(name), reports, folder)
    return {group[int(Path(file).stem)] for file in refused}


def test_the_mutants_are_worth_judging() -> None:
    """Of every kind there are many, right ones and wrong ones, and always the same."""
    made = [one for group in _mutants_of(MANY).values() for one in group]
    assert len(made) == MANY
    kinds = Counter(kind for one in made for kind in KINDS if one.told.startswith(kind))
    assert min(kinds[kind] for kind in KINDS) >= 20
    assert made[0] == next(mutants(1, SEED))


@pytest.mark.slow
def test_five_hundred_mutants_are_right_and_wrong_by_turns() -> None:
    wrong = sum(_wrong(MANY).values())
    assert MANY // 5 <= wrong <= MANY - MANY // 5


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_check_jsonschema_says_the_same_of_five_hundred(name: str, tmp_path: Path) -> None:
    group = _mutants_of(MANY)[name]
    refused = _refused(name, group, tmp_path)
    other = [one.told for one in group if (one in refused) != _wrong(MANY)[one]]
    assert not other


@NEEDS_AJV
@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_ajv_says_the_same_of_five_hundred(name: str) -> None:
    _same_as_ajv(name, _mutants_of(MANY)[name])


@NEEDS_AJV
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_ajv_says_the_same_of_a_few(name: str) -> None:
    _same_as_ajv(name, _mutants_of(FEW)[name])


def _same_as_ajv(name: str, group: Sequence[Mutant]) -> None:
    """Compare the verdicts, and the places that both name."""
    file = schema_file(name)
    for one, theirs in zip(group, ajv_faults(file, [each.text for each in group]), strict=True):
        ours = our_faults(file, report_of(one.text))
        assert bool(ours) == bool(theirs), one.told
        values = without_alternative(theirs)
        assert places(ours, values) == places(theirs, values), one.told


@NEEDS_AJV
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_ajv_accepts_the_samples(name: str) -> None:
    texts = [
        as_json(Document.read((ROOT / "samples" / file).read_bytes()).data)
        for file in SAMPLES[name]
    ]
    assert ajv_faults(schema_file(name), texts) == [[], []]


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_whatever_is_wrong_is_among_the_findings(name: str) -> None:
    """The words of the program leave nothing out: each fault is a finding, or a blank."""
    file = schema_file(name)
    checker = loaded(file).checker
    for one in _mutants_of(MANY)[name][::2]:
        report = report_of(one.text)
        result = checker.check(report)
        blank = {place for group in result.blanks.values() for place in group}
        for place, _ in our_faults(file, report):
            pointer = Pointer.parse(place)
            assert pointer in blank or any(
                _about(finding, pointer) for finding in result.findings.open
            ), f"{one.told}: {place}"


def _about(finding: Finding, pointer: Pointer) -> bool:
    """Tell whether a finding is about a value, or about a key in it that lacks or is too many."""
    return any(place in (pointer, pointer / place.key) for place in finding.pointers if place) or (
        pointer in finding.pointers
    )
