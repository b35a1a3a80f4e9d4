"""Files that are known to be of the dialect are not checked at each start; all others are."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure_tui.errors import SchemaError
from disclosure_tui.rules.registry import item_schemas
from disclosure_tui.schema import loader
from disclosure_tui.schema.loader import load_schema
from disclosure_tui.schema.proved import is_of_dialect, is_within_limits

SHIPPED = sorted((Path(__file__).parents[3] / "schemas").glob("*.schema.json"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_shipped_schema_is_known_and_passes_the_full_check(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = path.read_bytes()
    assert is_of_dialect(source, item_schemas()), "make schemas writes the list again"
    known = load_schema(source, path.name, item_schemas())
    monkeypatch.setattr(loader, "is_of_dialect", lambda *_: False)
    monkeypatch.setattr(loader, "is_within_limits", lambda _: False)
    assert load_schema(source, path.name, item_schemas()).contents == known.contents


def test_a_changed_byte_brings_the_full_check() -> None:
    source = SHIPPED[0].read_bytes().replace(b'"x-report"', b'"x-reprot"', 1)
    assert not is_within_limits(source)
    assert not is_of_dialect(source, item_schemas())
    with pytest.raises(SchemaError, match="x-reprot"):
        load_schema(source, "changed", item_schemas())


def test_another_rule_kind_brings_the_full_check() -> None:
    source = SHIPPED[0].read_bytes()
    assert not is_of_dialect(source, {**item_schemas(), "counts": {"type": "integer"}})
    fewer = dict(item_schemas())
    del fewer["total"]
    with pytest.raises(SchemaError):
        load_schema(source, "fewer kinds", fewer)
