"""Versions of a tiny schema, and a district that they are installed in."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from disclosure_tui.amending.installing import Change, installation
from disclosure_tui.amending.received import prove_received
from disclosure_tui.amending.rolling_back import rollback
from disclosure_tui.schema.catalog import Catalog
from disclosure_tui.schema_search import SchemaSearch
from tiny import figure, row, schema, table

NAME = "tiny/1"
MAIN = "tiny-1.schema.json"


def content_of(version: str, note: str = "") -> bytes:
    """Return a version of the schema; a note makes it differ from others of that version."""
    cells = {"people": figure("自然人"), "total": figure("总计")}
    rules = [{"id": "R-SUM", "each": "row", "total": "total", "of": ["*"]}]
    requests = table("申请", {"new": row(cells, title="新收")}, **{"x-rules": rules})
    contents = schema({"requests": requests}, {"version": version}, **{"$comment": note})
    return json.dumps(contents, ensure_ascii=False).encode()


class District:
    """The root of a district, and a folder of files that were received."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "辖区"
        self.root.mkdir()
        (self.root / "disclosure.yaml").write_text("name: 示例县\n", encoding="utf-8")
        self.schemas = self.root / "schemas"
        self.received = folder / "received"
        self.received.mkdir()

    def file(self, version: str, note: str = "") -> Path:
        path = self.received / f"{version}{note}.schema.json"
        path.write_bytes(content_of(version, note))
        return path

    def search(self) -> SchemaSearch:
        return SchemaSearch(district=self.root)

    def install(self, version: str, note: str = "", *, older: bool = False) -> Change:
        path = self.file(version, note)
        change = installation(prove_received(path, None), self.search(), older=older)
        change.carry_out()
        return change

    def reinstall(self, path: Path, *, older: bool = False) -> None:
        installation(prove_received(path, None), self.search(), older=older).carry_out()

    def roll_back(self, version: str = "") -> Change:
        change = rollback(NAME, self.search(), version)
        change.carry_out()
        return change

    @property
    def in_force(self) -> str:
        """The version that reports are judged by; empty if there is none."""
        catalog = Catalog.of([self.schemas])
        return catalog.find(NAME).version if NAME in catalog.names() else ""

    @property
    def names(self) -> list[str]:
        return sorted(path.name for path in self.schemas.iterdir())

    def has(self, version: str) -> bool:
        """Tell whether a version is there, whole, under any name."""
        digest = hashlib.sha256(content_of(version)).hexdigest()
        return any(
            hashlib.sha256(path.read_bytes()).hexdigest() == digest
            for path in self.schemas.iterdir()
        )
