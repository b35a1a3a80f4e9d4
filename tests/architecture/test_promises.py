"""What the architecture promises newcomers: one file for each new thing, and nothing hidden."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from disclosure_tui.discovery import modules_of
from disclosure_tui.language import Text
from disclosure_tui.render.finding_writing import FindingFormat, Occasion, written

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "disclosure_tui"


def python_files() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def test_no_python_file_names_a_report_type() -> None:
    """The code knows no report: what it needs to know stands in the schema.

    The message for a file without `report_type` shows one name as an example.
    """
    names = {"gov-info-annual", "gov_info_annual", "natural_person", "carried_forward"}
    found = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name | ast.Attribute | ast.Compare | ast.Subscript)
        for name in names
        if name in ast.unparse(node)
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


def test_no_evaluation_of_text() -> None:
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in {"eval", "exec", "compile"}, path


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


def test_the_api_gives_the_verdict_of_the_program() -> None:
    from disclosure_tui import api

    opened = api.open_report(ROOT / "samples/faulty/T3-BAL.yaml")
    result = api.check(opened)
    assert {finding.rule for finding in result.findings.open} == {"T3-BAL"}
    assert "勾稽关系不符" in api.message(result, result.findings.open[0])
