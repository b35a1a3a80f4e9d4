"""Other tools accept the shipped schemas and a complete report as they are."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PAIRS = {
    "gov-info-annual-2019.schema.json": "complete/sptyj-2020.yaml",
    "gov-info-annual-2021.schema.json": "complete/sqs-2023.yaml",
    "us-foia-annual-2008.schema.json": "foia/complete/nrb-2025.yaml",
}


@pytest.mark.slow
@pytest.mark.parametrize("schema", sorted(PAIRS))
def test_check_jsonschema_accepts_schema_and_sample(schema: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema"]
    metaschema = subprocess.run(
        [*command, "--check-metaschema", str(ROOT / "schemas" / schema)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert metaschema.returncode == 0, metaschema.stdout + metaschema.stderr
    sample = ROOT / "samples" / PAIRS[schema]
    done = subprocess.run(
        [*command, "--schemafile", str(ROOT / "schemas" / schema), str(sample)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("schema", sorted(PAIRS))
def test_a_validator_meets_every_extension_point_before_it_is_used(schema: str) -> None:
    """ajv finds only those that it has met; of the members of `allOf` it meets one by one."""
    root = json.loads((ROOT / "schemas" / schema).read_text(encoding="utf-8"))
    used = [point for point in values_of("$dynamicRef", root) if isinstance(point, str)]
    made = [both for both in values_of("allOf", root) if "$dynamicRef" in both[-1]]
    assert used
    assert sorted(both[-1]["$dynamicRef"] for both in made) == sorted(used)
    for empty, point in made:
        assert {"$dynamicAnchor": point["$dynamicRef"].removeprefix("#")} == empty


def values_of(keyword: str, value: Any) -> Iterator[Any]:
    """Yield what a keyword holds, wherever it stands in a schema."""
    if isinstance(value, dict):
        if keyword in value:
            yield value[keyword]
        for inner in value.values():
            yield from values_of(keyword, inner)
    elif isinstance(value, list):
        for inner in value:
            yield from values_of(keyword, inner)
