"""Asks the program and other validators what is wrong with reports.

ajv is a development tool from the npm registry: `npm ci` in tools/other_tools.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from disclosure_tui.model.report import Report
from disclosure_tui.report_type import LoadedReportType, load_schema_file
from disclosure_tui.rules.conformance import Conformance
from disclosure_tui.store.document import Document

ROOT = Path(__file__).parents[2]
NODE_FOLDER = ROOT / "tools/other_tools"
PATIENCE = 300
"""Seconds after which a program that gives no answer has failed."""

Fault = tuple[str, str]
"""Pointer and JSON Schema keyword."""


def node_lacks(package: str) -> str:
    """Say what a check with node lacks on this machine; empty if it can run."""
    if shutil.which("node") is None:
        return "no node on this machine"
    if not (NODE_FOLDER / "node_modules" / package).is_dir():
        return f"{package} is not there: npm ci in tools/other_tools"
    return ""


NEEDS_AJV = pytest.mark.skipif(bool(node_lacks("ajv")), reason=node_lacks("ajv"))


def run_node(script: str, asked: Any) -> Any:
    """Run a script of tools/other_tools; it reads JSON and prints JSON."""
    done = subprocess.run(
        ["node", str(NODE_FOLDER / script)],
        input=json.dumps(asked).encode(),
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


@lru_cache(maxsize=8)
def loaded(schema: Path) -> LoadedReportType:
    return load_schema_file(schema, "test")


def report_of(text: str) -> Report:
    return Report(Document.read(text.encode(), "report.json").data)


@lru_cache(maxsize=8)
def _conformance(schema: Path) -> Conformance:
    return Conformance(loaded(schema).form)


def our_faults(schema: Path, report: Report) -> list[Fault]:
    """Return what the program's conformance says of a report."""
    return [
        (str(fault.pointer), str(fault.error.validator))
        for fault in _conformance(schema).faults(report)
    ]


def own_keywords(schema: Path) -> list[str]:
    """Return the keywords of a schema that are not JSON Schema's."""
    found: set[str] = set()
    waiting = [json.loads(schema.read_text(encoding="utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            found.update(key for key in node if key.startswith("x-"))
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)
    return sorted(found)


def ajv_faults(schema: Path, texts: Sequence[str]) -> list[list[Fault]]:
    """Return what ajv says of each report, all of them in one process."""
    asked = {"schema": str(schema), "keywords": own_keywords(schema), "reports": list(texts)}
    return [
        [(pointer, keyword) for pointer, keyword in faults]
        for faults in run_node("ajv_judge.cjs", asked)["found"]
    ]


def refused_by_check_jsonschema(
    schema: Path, reports: Mapping[str, str], folder: Path
) -> frozenset[str]:
    """Return the names of the reports that check-jsonschema refuses, asked in one process.

    Args:
        schema: The schema file.
        reports: The reports by the names of the files to write them to.
        folder: Where to write them.
    """
    for name, text in reports.items():
        (folder / name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [
            sys.executable, "-m", "check_jsonschema", "--schemafile", str(schema),
            "--output-format", "json", *(str(folder / name) for name in reports),
        ],
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr.decode()
    said = json.loads(done.stdout)
    faults = (*said.get("errors", ()), *said.get("parse_errors", ()))
    return frozenset(Path(fault["filename"]).name for fault in faults)


def places(faults: Iterable[Fault], alternatives: frozenset[str]) -> frozenset[str]:
    """Return where the faults are.

    Of a value that fits none of several alternatives some programs name the value, and ours names
    what is wrong with the alternative meant: all of it counts as the value.

    Args:
        faults: What a program says.
        alternatives: The values that fit none of several alternatives.
    """
    return frozenset(
        next((value for value in alternatives if f"{place}/".startswith(f"{value}/")), place)
        for place, _ in faults
    )


def without_alternative(faults: Iterable[Fault]) -> frozenset[str]:
    """Return the values of which ajv says that they fit none of several alternatives."""
    return frozenset(place for place, keyword in faults if keyword == "anyOf")
