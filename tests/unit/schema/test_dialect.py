"""The dialect's JSON Schema explains itself: every keyword, in both languages, with an example."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry

from disclosure_tui.cli.main import run
from disclosure_tui.language import Language
from disclosure_tui.rules.registry import item_schemas
from disclosure_tui.schema.dialect import STANDARD, whole_dialect

SOURCE = resources.files("disclosure_tui.schema") / "dialect.schema.json"
DIALECT = json.loads(SOURCE.read_bytes())
KEYWORDS: dict[str, Any] = DIALECT["$defs"]["node"]["properties"]
REFERENCE = Path(__file__).parents[3] / "docs/reference"
PAGES = {Language.ENGLISH: "dialect.md", Language.CHINESE: "dialect.zh-CN.md"}


def chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


def keys(node: dict[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what may stand under `properties` at any depth, with its place."""
    for name, value in node.items():
        if name in ("properties", "$defs"):
            for key, item in value.items():
                if name == "properties":
                    yield f"{path}/{key}", item
                yield from keys(item, f"{path}/{key}")
        elif name in ("items", "additionalProperties") and isinstance(value, dict):
            yield from keys(value, f"{path}/{name}")


def test_every_key_is_told_in_both_languages() -> None:
    told = [*keys(DIALECT), *keys({"properties": item_schemas()})]
    assert len(told) > 120
    parts = DIALECT["$defs"]
    for place, value in told:
        target = parts.get(str(value.get("$ref", "")).removeprefix("#/$defs/"), {})
        says = {"description": "", "x-description": {}} | target | value
        assert says["description"].isascii(), place
        assert says["description"].endswith("."), place
        assert chinese(says["x-description"].get("zh", "")), place
        assert says["x-description"]["zh"].endswith("。"), place


def test_every_keyword_says_where_it_goes_and_what_it_may_be() -> None:
    assert set(KEYWORDS) == set(DIALECT["$defs"]["node"]["propertyNames"]["enum"])
    shapes = {"type", "$ref", "const", "enum", "if"}
    for key, value in KEYWORDS.items():
        assert chinese(value["x-where"]["zh"]), key
        assert value["x-where"]["en"].isascii(), key
        assert shapes & set(value), key


@pytest.mark.parametrize("key", sorted(KEYWORDS))
def test_every_example_is_of_the_dialect(key: str) -> None:
    whole = whole_dialect(item_schemas(), Language.ENGLISH)
    schema = {
        "$schema": STANDARD,
        "$ref": f"#/$defs/node/properties/{key}",
        "$defs": whole["$defs"],
    }
    validator = Draft202012Validator(schema, registry=Registry())
    assert KEYWORDS[key]["examples"]
    for example in KEYWORDS[key]["examples"]:
        validator.validate(example)


@pytest.mark.parametrize("language", list(Language))
def test_the_reference_leaves_no_keyword_out(language: Language) -> None:
    page = (REFERENCE / PAGES[language]).read_text(encoding="utf-8")
    names = {place.rpartition("/")[2] for place, _ in keys(DIALECT)}
    names |= {place.rpartition("/")[2] for place, _ in keys({"properties": item_schemas()})}
    missing = {
        name
        for name in names
        if not any(f"{before}{name}`" in page for before in ("`", ".", "[]."))
    }
    assert not missing
    for key, value in KEYWORDS.items():
        if key.startswith("x-"):
            assert f"\n## {key}\n" in page
            first = json.dumps({key: value["examples"][0]}, ensure_ascii=False, indent=2)
            assert first[1:-1].strip().replace("\n  ", "\n") in page


@pytest.mark.parametrize("language", list(Language))
def test_a_schema_may_say_what_the_printed_dialect_allows(
    language: Language, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is printed for editors accepts the shipped schemas, and refuses a misspelt keyword."""
    assert run(["--lang", language.value, "schema", "dialect"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert chinese(printed["description"]) == (language is Language.CHINESE)
    validator = Draft202012Validator(printed, registry=Registry())
    schema = json.loads(
        (REFERENCE.parents[1] / "schemas/us-foia-annual-2008.schema.json").read_text()
    )
    assert not list(validator.iter_errors(schema))
    schema["properties"]["v_a"]["x-tabel"] = schema["properties"]["v_a"].pop("x-table")
    assert list(validator.iter_errors(schema))


def test_settings_of_an_editor_are_not_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / ".vscode/settings.json"
    command = ["--lang", "en", "schema", "dialect", "--to", "vscode", "--output", str(file)]
    assert run(command) == 0
    settings = json.loads(file.read_text(encoding="utf-8"))
    assert settings["json.schemas"][0]["url"] == STANDARD
    file.write_text("{}", encoding="ascii")
    capsys.readouterr()
    assert run(command) == 3
    assert "was left alone" in capsys.readouterr().err
    assert file.read_text(encoding="ascii") == "{}"
