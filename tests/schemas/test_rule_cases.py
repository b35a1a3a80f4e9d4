"""The cases of the shipped schemas: every rule comes to what they say, and has enough of them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import pytest

from disclosure_tui.authoring.cases import Expected
from disclosure_tui.authoring.surroundings import Surroundings, Trials
from disclosure_tui.authoring.trying import rule_names
from disclosure_tui.cli.main import run
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.schema.catalog import Catalog

TYPES = ReportTypes(Catalog.of())
NAMES = sorted({entry.name for entry in TYPES.catalog.entries()})
ENOUGH = 3


@lru_cache(maxsize=1)
def surroundings() -> Surroundings:
    return Surroundings.read([TYPES.load(name).path for name in NAMES])


@lru_cache(maxsize=8)
def trials(name: str) -> Trials:
    return surroundings().tried_on(TYPES.load(name))


def rules() -> list[Any]:
    return [
        pytest.param(name, rule, id=f"{name} {rule}")
        for name in NAMES
        for rule in sorted(rule_names(TYPES.load(name)))
    ]


@pytest.mark.parametrize("name", NAMES)
def test_every_case_and_sample_comes_to_what_it_says(name: str) -> None:
    tried = trials(name)
    differing = [(each.case.where, each.problem) for each in tried.cases if each.problem]
    assert differing == []
    others = [(each.sample.path.name, each.problem) for each in tried.samples if each.problem]
    assert others == []
    assert not tried.is_empty


@pytest.mark.parametrize(("name", "rule"), rules())
def test_every_rule_has_cases_that_hold_and_cases_that_fail(name: str, rule: str) -> None:
    counts = trials(name).counts
    assert counts[rule, Expected.HOLDS] >= ENOUGH
    assert counts[rule, Expected.FAILS] >= ENOUGH


@pytest.mark.parametrize(("name", "rule"), rules())
def test_every_rule_has_a_faulty_sample(name: str, rule: str) -> None:
    kind = name.partition("/")[0]
    failing = [
        each.failing
        for other in NAMES
        if other.partition("/")[0] == kind
        for each in trials(other).samples
        if each.sample.path.stem == rule and each.sample.path.parent.name == "faulty"
    ]
    assert any(rule in rules for rules in failing)


@pytest.mark.slow
def test_the_command_tries_the_shipped_schemas(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "test"]) == 0
    told = capsys.readouterr().out
    # Each line is in the language of its report type.
    assert [re.split("[：:]", line)[0] for line in told.splitlines()] == NAMES
