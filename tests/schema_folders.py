"""Schema files put into real folders, for tests of where schemas are found."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tiny import Data, figure, row, schema, table

NAME = "tiny/1"
REPORT = "report_type: tiny/1\nyear: 2024\norgan: {name: 某局}\nt: {one: {a: 1}}\n"

FOREIGN = 61001
"""An account that is neither root nor whoever runs the tests."""

needs_root = pytest.mark.skipif(
    os.geteuid() != 0, reason="only root can give a file to another account; run the tests as root"
)


def tiny_schema(version: str = "1", title: str = "表", **report: str) -> Data:
    """Return a small report type in some version; another title makes other bytes."""
    cells = {"one": row({"a": figure("甲")}, title="行")}
    texts = {"type": ["string", "null"]}
    around = {
        "organ": {"title": "单位", "type": "object", "properties": {"name": texts}},
        "schema": {
            "title": "格式",
            "type": "object",
            "properties": {"version": texts, "sha256": texts},
        },
    }
    sections = {**around, "t": table(title, cells)}
    contents = schema(sections, {"version": version, **report})
    contents["$id"] = f"urn:disclosure-tui:{report.get('type', 'tiny')}:1"
    return contents


def put(
    folder: Path, version: str = "1", name: str = "tiny-1", title: str = "表", **report: str
) -> Path:
    """Write a schema file into a folder."""
    return put_contents(folder, tiny_schema(version, title, **report), name)


def put_contents(folder: Path, contents: Data, name: str = "tiny-1") -> Path:
    """Write the contents of a schema into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.schema.json"
    path.write_text(json.dumps(contents), encoding="utf-8")
    return path


def put_report(folder: Path, text: str = REPORT, name: str = "tyj-2024.yaml") -> Path:
    """Write a report into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@contextmanager
def acting_as(account: int) -> Iterator[None]:
    """Read and write files as another account does, for a while."""
    before = os.geteuid()
    os.seteuid(account)
    try:
        yield
    finally:
        os.seteuid(before)
