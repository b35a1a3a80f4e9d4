"""Files in which nothing is known to be wrong are not checked at each start; all others are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from disclosure_tui.errors import SchemaError
from disclosure_tui.report_type import load_schema_file
from disclosure_tui.rules.registry import item_schemas
from disclosure_tui.schema import loader, proved
from disclosure_tui.schema.loader import load_schema
from disclosure_tui.schema.proved import is_proved, listed

SHIPPED = sorted((Path(__file__).parents[3] / "schemas").glob("*.schema.json"))
LIST = Path(proved.__file__).with_name(proved.FILE)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_shipped_schema_is_known_and_passes_the_full_check(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = path.read_bytes()
    assert is_proved(source), "make schemas writes the list again"
    known = load_schema_file(path, "package")
    monkeypatch.setattr(loader, "is_proved", lambda _: False)
    checked = load_schema_file(path, "package")
    assert checked.form == known.form
    assert checked.checker.rules == known.checker.rules


def test_the_list_was_made_for_this_dialect_and_these_rule_kinds() -> None:
    fresh = listed((path.read_bytes() for path in SHIPPED), item_schemas())
    assert LIST.read_text(encoding="utf-8") == fresh, "make schemas writes the list again"


def test_another_rule_kind_makes_the_list_stale() -> None:
    more = {**item_schemas(), "counts": {"type": "integer"}}
    sources = [path.read_bytes() for path in SHIPPED]
    assert listed(sources, more) != LIST.read_text(encoding="utf-8")


def test_a_changed_byte_brings_the_full_check() -> None:
    source = SHIPPED[0].read_bytes().replace(b'"x-report"', b'"x-reprot"', 1)
    assert not is_proved(source)
    with pytest.raises(SchemaError, match="x-reprot"):
        load_schema(source, "changed", item_schemas)


def test_rule_kinds_are_asked_for_a_file_that_is_not_known_only() -> None:
    asked: list[str] = []

    def kinds() -> dict[str, Any]:
        asked.append("asked")
        return item_schemas()

    source = SHIPPED[0].read_bytes()
    load_schema(source, "known", kinds)
    assert not asked
    load_schema(source + b"\n", "one byte more", kinds)
    assert asked


def test_a_rule_of_a_file_that_is_not_known_is_read_at_once(tmp_path: Path) -> None:
    path = next(path for path in SHIPPED if b'"check": "' in path.read_bytes())
    changed = tmp_path / path.name
    changed.write_bytes(path.read_bytes().replace(b'"check": "', b'"check": "((', 1))
    with pytest.raises(SchemaError, match=r"\(\("):
        load_schema_file(changed, "named")
