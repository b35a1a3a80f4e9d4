"""What the architecture promises newcomers: one file for each new thing, and nothing hidden."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pytest

from disclosure_tui.discovery import modules_of
from disclosure_tui.language import Text
from disclosure_tui.render.finding_writing import FindingFormat, Occasion, written

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "disclosure_tui"


def python_files() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


SCHEMAS = {
    path: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "schemas").glob("*.schema.json"))
}
OWN_WORDS = {
    "change": "what lapsed an explanation",
    "denied": "a claim that says there was none",
    "new": "the command, and a state of a finding",
    "other": "the other side of two versions",
    "received": "a folder of a district",
    "referred": "a report of last year that another names",
    "total": "the rule kind",
}
"""Keys that are also words of the program, and what the program means by them."""


def keys_of(node: Any) -> Iterator[str]:
    """Yield the keys of a report type at any depth; those of the shared core are no part of it."""
    if isinstance(node, dict) and not str(node.get("$id", "")).startswith(
        "urn:disclosure-tui:core"
    ):
        for key, item in node.get("properties", {}).items():
            if not str(item.get("$ref", "")).startswith("urn:disclosure-tui:core"):
                yield key
        for inner in (*node.values(), *node.get("$defs", {}).values()):
            yield from keys_of(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from keys_of(inner)


def envelope() -> set[str]:
    """Return the keys of the part that is the same in every report type."""
    core = json.loads((ROOT / "schemas/core/envelope.json").read_text(encoding="utf-8"))
    found = set(core["$defs"])
    waiting = [core]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            found.update(node.get("properties", {}))
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)
    return found


def labels_of(node: Any, *, whole: bool = False) -> Iterator[str]:
    """Yield the labels of a report type at any depth; those of the shared core only as a whole."""
    if isinstance(node, list):
        for inner in node:
            yield from labels_of(inner, whole=whole)
    elif isinstance(node, dict):
        shared = str(node.get("$id", "")).startswith("urn:disclosure-tui:core")
        if shared and not whole:
            return
        for keyword in ("title", "x-titles", "x-short"):
            told = node.get(keyword, ())
            yield from (told.values() if isinstance(told, dict) else [told] if told else [])
        for inner in node.values():
            yield from labels_of(inner, whole=whole)


def telling(label: Any) -> bool:
    """Tell whether a label is more than a word that anybody might use."""
    if not isinstance(label, str):
        return False
    chinese = re.search("[\u4e00-\u9fff]", label)
    return len(label) >= 3 if chinese else " " in label.strip() and len(label) >= 12


@cache
def texts_of(source: str) -> tuple[tuple[int, str], ...]:
    """Return every text of a Python file that is no documentation."""
    tree = ast.parse(source)
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return tuple(
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if id(node) not in documentation
    )


def words_of(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the words of every text that is no sentence: keys, paths, pointers, names."""
    for line, text in texts_of(path.read_text(encoding="utf-8")):
        if not re.search(r"[\s\u4e00-\u9fff]", text):
            for word in re.split(r"[./:#]", text):
                yield line, word


def test_no_python_file_names_a_report_type() -> None:
    """The code knows no report: what it needs to know stands in the schema."""
    kinds = {schema["x-report"]["type"] for schema in SCHEMAS.values()}
    assert kinds == {"gov-info-annual", "us-foia-annual"}
    keys = {key for schema in SCHEMAS.values() for key in keys_of(schema)} - envelope()
    assert {"natural_person", "carried_forward", "v_a", "pending_start", "components"} <= keys
    names = kinds | {"foia", "gov-info", *keys} - set(OWN_WORDS)
    found = {
        f"{path.relative_to(ROOT)}:{line}: {word}"
        for path in python_files()
        for line, word in words_of(path)
        if word in names
    }
    assert not found


def _said_in(source: str) -> set[tuple[int, str]]:
    """Return what of the report types the texts of a Python file name, sentences included."""
    return {
        (line, found.group())
        for line, text in texts_of(source)
        for found in phrases().finditer(text)
    }


@lru_cache(maxsize=1)
def phrases() -> re.Pattern[str]:
    """Return the names of the report types, and the labels that nothing else is called by."""
    core = json.loads((ROOT / "schemas/core/envelope.json").read_text(encoding="utf-8"))
    shared = set(labels_of(core, whole=True))
    found = {label for schema in SCHEMAS.values() for label in labels_of(schema) if telling(label)}
    assert {"1.属于国家秘密", "自然人", "Natural persons", "AGENCY OVERALL"} <= found
    kinds = {schema["x-report"]["type"] for schema in SCHEMAS.values()}
    names = (found - shared) | kinds | {"foia", "gov-info", "信息自由", "政府信息公开"}
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))), re.IGNORECASE)


def test_no_text_of_the_program_names_a_report_type_or_a_label() -> None:
    """Not even a sentence does: what is said of a form is said in the form's own words."""
    found = {
        f"{path.relative_to(ROOT)}:{line}: {phrase}"
        for path in python_files()
        for line, phrase in _said_in(path.read_text(encoding="utf-8"))
    }
    assert not found


@pytest.mark.parametrize(
    "planted",
    [
        'if form.kind == "gov-info-annual": ...',
        'TITLE = "Annual FOIA Report"',
        'say(f"表三【自然人】一列：{count}")',
        'LABEL = Text("合计", "Legal persons or other organizations")',
    ],
)
def test_what_names_a_report_type_would_be_found(planted: str) -> None:
    assert _said_in(planted)


def test_no_python_file_tells_report_types_apart() -> None:
    """Nor does any file ask for one in another way: an attribute, a comparison, a variable."""
    names = {"gov_info", "foia", "natural_person", "carried_forward", "pending_start"}
    found = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in python_files()
        if any(name in path.read_text(encoding="utf-8").casefold() for name in names)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name | ast.Attribute | ast.Compare | ast.Subscript | ast.arg)
        for name in names
        if name in ast.unparse(node).casefold()
    }
    assert not found


@pytest.mark.parametrize("module", list(modules_of("disclosure_tui.rules.kinds")), ids=str)
def test_rule_kinds_document_themselves(module: object) -> None:
    doc = str(module.__doc__)
    for section in ("What it checks:", "Example:", "How to fix:", "Source:"):
        assert section in doc
    keyword = module.KIND.keyword  # type: ignore[attr-defined]
    assert keyword in module.KIND.item_schema  # type: ignore[attr-defined]


@pytest.mark.parametrize("module", list(modules_of("disclosure_tui.cli.commands")), ids=str)
def test_commands_say_what_they_do_in_both_languages(module: object) -> None:
    summary = module.SUMMARY  # type: ignore[attr-defined]
    assert isinstance(summary, Text)
    assert any("\u4e00" <= character <= "\u9fff" for character in summary.zh)
    assert summary.en.isascii()


@pytest.mark.parametrize(
    "module", list(modules_of("disclosure_tui.render.finding_formats")), ids=str
)
def test_finding_formats_do_what_is_asked_of_them(module: FindingFormat) -> None:
    empty = written(module, [], Occasion())
    assert isinstance(empty, bytes)
    assert empty == written(module, [], Occasion())
    assert module.SUFFIX.startswith(".")
    assert isinstance(module.STREAMS, bool)
    assert isinstance(module.SUMMARY, Text)
    assert module.SUMMARY.en.isascii()


def test_no_drawer_for_odds_and_ends() -> None:
    banned = {"utils.py", "helpers.py", "common.py", "base.py", "misc.py"}
    assert not [path for path in python_files() if path.name in banned]


COMPILING = {"data_class.py": {"exec"}}
"""Makes the functions that make objects, out of the names of their fields: as the library does."""


def test_no_evaluation_of_text() -> None:
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                allowed = COMPILING.get(path.name, set())
                assert node.func.id not in {"eval", "exec", "compile"} - allowed, path


HEADLESS = [
    "disclosure_tui.api",
    "disclosure_tui.batch",
    "disclosure_tui.session",
    "disclosure_tui.drafting",
    "disclosure_tui.explaining",
    "disclosure_tui.linear",
    "disclosure_tui.cli.main",
]


@pytest.mark.parametrize("name", HEADLESS)
def test_headless_modules_leave_textual_alone(name: str) -> None:
    code = f"import sys, {name}; sys.exit('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_report_is_shown_before_the_rules_are_loaded() -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "import disclosure_tui.cli.main, disclosure_tui.cli.commands.edit, disclosure_tui.tui.app\n"
        "from disclosure_tui.report_type import ReportTypes\n"
        "from disclosure_tui.schema_search import SchemaSearch\n"
        "from disclosure_tui.session import Session\n"
        "session = Session.open(Path(sys.argv[1]), ReportTypes(SchemaSearch()))\n"
        "behind = {'disclosure_tui.rules.registry', 'disclosure_tui.rules.expression'}\n"
        "assert not behind & sys.modules.keys()\n"
        "session.result\n"
        "assert behind <= sys.modules.keys()\n"
    )
    path = ROOT / "samples/complete/sqs-2023.yaml"
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)


def test_the_api_gives_the_verdict_of_the_program() -> None:
    from disclosure_tui import api

    opened = api.open_report(ROOT / "samples/faulty/T3-BAL.yaml")
    result = api.check(opened)
    assert {finding.rule for finding in result.findings.open} == {"T3-BAL"}
    assert "勾稽关系不符" in api.message(result, result.findings.open[0])
