"""While a schema is written, an editor completes and checks it by the dialect's JSON Schema."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import pytest

from disclosure_tui.language import Language
from disclosure_tui.rules.registry import item_schemas, kinds
from disclosure_tui.schema.dialect import STANDARD, editor_settings, whole_dialect
from other_tools.judges import node_lacks, run_node
from other_tools.mutants import SAMPLES, schema_file

LACKS = node_lacks("vscode-json-languageservice")
NEEDS_SERVICE = pytest.mark.skipif(bool(LACKS), reason=LACKS)
CURSOR = "|"
NAME = "monthly.schema.json"


@lru_cache(maxsize=2)
def _settings(language: Language) -> dict[str, Any]:
    return editor_settings(whole_dialect(item_schemas(), language))


def _ask(
    *texts: str, language: Language = Language.ENGLISH, name: str = NAME
) -> list[dict[str, Any]]:
    """Ask about texts; a bar stands where the person is writing."""
    files: list[dict[str, Any]] = []
    for text in texts:
        before, bar, after = text.partition(CURSOR)
        files.append({"name": name, "text": before + after})
        if bar:
            files[-1]["offset"] = len(before)
    found: list[dict[str, Any]] = run_node(
        "json_service.cjs", {"settings": _settings(language), "files": files}
    )
    return found


def _written(inner: str) -> str:
    """Return a schema with a property that is being written."""
    return f"""{{
  "$schema": "{STANDARD}", "$id": "urn:example:monthly:1", "x-dialect": 1, "type": "object",
  "x-report": {{"type": "monthly", "edition": "1", "version": "1", "language": "zh", "title": "t"}},
  "properties": {{"cases": {inner}}}
}}"""


ROW = """{"title": "社会救助", "type": "object", "x-row": {},
  |
}"""
OFFERED = {
    "in a row": (ROW, {"x-short", "x-titles", "x-rules", "properties", "x-findings", "$ref"}),
    "in x-row": ('{"title": "a", "x-row": {|}}', {"columns", "when"}),
    "in x-table": ('{"title": "a", "x-table": {|}}', {"rows", "corner", "unit"}),
    "in x-cell": ('{"title": "a", "x-cell": {|}}', {"unit", "decimals", "signed", "codes"}),
    "ways to print rows": ('{"x-table": {"rows": |}}', {'"down"', '"across"', '"stacked"'}),
    "in a rule": ('{"x-rules": [{|}]}', {"id", "each", "severity", "message", *kinds()}),
    "what a rule is repeated over": ('{"x-rules": [{"each": |}]}', {'"row"', '"column"'}),
    "in x-findings": ('{"x-findings": {|}}', {"blank", "text", "type", "minimum"}),
    "severities": ('{"x-findings": {"blank": {"severity": |}}}', {'"error"', '"query"'}),
}


@NEEDS_SERVICE
def test_what_may_stand_there_is_offered() -> None:
    asked = list(OFFERED.values())
    for (text, wanted), found in zip(
        asked, _ask(*(_written(text) for text, _ in asked)), strict=True
    ):
        assert wanted <= set(found["completions"]), text
    row = _ask(_written(ROW))[0]["completions"]
    assert "x-row" not in row, "what is there already is not offered again"
    assert not {"pattern", "oneOf", "prefixItems"} & set(row), "not of the dialect"


@NEEDS_SERVICE
@pytest.mark.parametrize("language", list(Language))
def test_what_is_offered_is_explained_in_the_language_asked_for(language: Language) -> None:
    offered = _ask(_written(ROW), language=language)[0]["completions"]
    for key, words in offered.items():
        chinese = any("\u4e00" <= character <= "\u9fff" for character in words)
        assert words, key
        assert chinese == (language is Language.CHINESE), key


WRONG = {
    "a misspelt keyword": ('{"title": "a", "x-rwo": {}}', '"x-rwo"'),
    "a misspelt key of ours": ('{"title": "a", "x-table": {"row": "down"}}', '"row"'),
    "a way to print that is none": ('{"title": "a", "x-table": {"rows": "up"}}', '"up"'),
    "a misspelt key of a rule": ('{"x-rules": [{"id": "A", "chek": "a = b"}]}', '"chek"'),
    "a severity that is none": ('{"x-rules": [{"id": "A", "severity": "bad"}]}', '"bad"'),
    "a keyword not of the dialect": ('{"title": "a", "pattern": "^a"}', '"pattern"'),
    "a sum of one path": ('{"x-rules": [{"id": "A", "total": "a", "of": "b"}]}', '"b"'),
}


@NEEDS_SERVICE
def test_what_is_wrong_is_underlined() -> None:
    texts = [_written(inner) for inner, _ in WRONG.values()]
    for text, (inner, at), found in zip(texts, WRONG.values(), _ask(*texts), strict=True):
        place = text.index(inner) + inner.index(at)
        assert place in [offset for offset, _ in found["diagnostics"]], inner


@NEEDS_SERVICE
@pytest.mark.slow
def test_the_shipped_schemas_are_without_remark() -> None:
    texts = [schema_file(name).read_text(encoding="utf-8") for name in SAMPLES]
    for name, found in zip(SAMPLES, _ask(*texts), strict=True):
        assert found["diagnostics"] == [], name


@NEEDS_SERVICE
def test_the_settings_are_needed() -> None:
    """The name of the file alone would not do: `$schema` goes before it."""
    schemas = _settings(Language.ENGLISH)["json.schemas"]
    elsewhere = [{**one, "url": "urn:disclosure-tui:dialect:1"} for one in schemas]
    text = _written('{"title": "a", "x-rwo": {}}')
    asked = {"settings": {"json.schemas": elsewhere}, "files": [{"name": NAME, "text": text}]}
    assert run_node("json_service.cjs", asked)[0]["diagnostics"] == []


def test_the_dialect_printed_has_all_rule_kinds_and_one_language() -> None:
    for language in Language:
        found = whole_dialect(item_schemas(), language)
        assert set(item_schemas()) <= set(found["$defs"]["rule"]["properties"])
        text = json.dumps(found, ensure_ascii=False)
        assert "x-description" not in text
        assert "x-where" not in text
