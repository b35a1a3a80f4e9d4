"""The documentation is true: its commands run, its pages are fresh, its links lead somewhere."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from disclosure_tui.language import Language

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path
    for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))
    if path.name != "LICENSE.md"
)
PLAYED = [
    path.relative_to(ROOT).as_posix()
    for path in PAGES
    if "```console" in path.read_text(encoding="utf-8")
]
LATIN_IN_CHINESE = frozenset(
    {
        "disclosure",
        "Word",
        "YAML",
        "JSON",
        "Schema",
        "UTF",
        "bash",
        "zsh",
        "fish",
        "bashrc",
        "eval",
        "F",
    }
    # Names of formats and shells above; below, examples of what may be typed.
    | {"requests", "gov", "info", "annual", "query"}
    # Names of encodings.
    | {"GB", "GBK", "Big", "gb", "big", "utf", "le", "be"}
    # Folders, and formats named in a sentence.
    | {"out", "cases", "samples", "schemas", "xlsx", "Excel", "CSV", "Markdown"}
    # git, and what it calls things: HEAD, pre-commit, *.yaml and *.yml.
    | {"git", "HEAD", "pre", "commit", "log", "yaml", "yml", "staged", "setup"}
)
"""What Chinese help may say in Latin letters, besides commands, options and their values."""
PLACEHOLDERS = frozenset({"TEXT", "INTEGER", "RANGE", "x"})
"""click's names for values; they go when the program words them in Chinese."""


@pytest.fixture(scope="module")
def pages() -> ModuleType:
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        import reference_pages

        return reference_pages
    finally:
        sys.path.remove(str(ROOT / "tools"))


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[pytest.mark.slow] if "how-to" in name else []) for name in PLAYED],
)
def test_commands_shown_run_and_end_as_the_page_says(pages: ModuleType, name: str) -> None:
    assert name in pages.PAGES
    text = (ROOT / name).read_text(encoding="utf-8")
    played = pages.play(text)
    assert not played.problems
    assert played.commands >= 3
    assert played.text == text, "the output shown is stale: run make docs"


@pytest.mark.slow
def test_generated_pages_are_fresh(pages: ModuleType) -> None:
    stale = [name for name, _ in pages.stale_pages()]
    assert not stale, "run make docs"


def test_every_limit_of_expressions_is_in_the_reference(pages: ModuleType) -> None:
    text = (ROOT / pages.LIMITS_PAGE).read_text(encoding="utf-8")
    found = 0
    for path in sorted((ROOT / "src/disclosure_tui/rules/expression").glob("*.py")):
        module = import_module(f"disclosure_tui.rules.expression.{path.stem}")
        for name in re.findall(
            "^([A-Z_]*LIMIT) = ", path.read_text(encoding="utf-8"), re.MULTILINE
        ):
            assert f"| {getattr(module, name):,} |" in text, name
            found += 1
    rows = [line for line in text.splitlines() if line.startswith("| One expression |")]
    assert found == len(rows) > 0


def test_every_command_has_help_in_both_languages(pages: ModuleType) -> None:
    with pages.settled():
        paths = list(pages.command_paths())
        names = {word for words in paths for word in words}
        for words in paths:
            assert pages.help_text(words, Language.ENGLISH).isascii(), words
            chinese = pages.help_text(words, Language.CHINESE)
            assert re.search("[\u4e00-\u9fff]", chinese), words
            assert not latin_words(chinese, names), words


def latin_words(text: str, commands: set[str]) -> set[str]:
    """Return the words in Latin letters that Chinese help has no reason for."""
    text = re.sub(r"-\n\s+", "-", text)  # an option that a line end cuts
    text = re.sub(r"--[a-z-]+", "", text)
    values = re.findall(r"[\[{]([a-z|-]+)[\]}]", text)
    names = {part for name in commands for part in name.split("-")}
    known = names | {word for group in values for word in re.split(r"[|-]", group)}
    found = set(re.findall(r"[A-Za-z]+", text))
    return found - known - LATIN_IN_CHINESE - PLACEHOLDERS - {"zh", "en"}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_to_files(path: Path) -> None:
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.M | re.S)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not target.startswith(("http:", "https:", "#")):
            assert (path.parent / target.partition("#")[0]).exists(), target


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_page_names_a_place_of_one_machine(path: Path) -> None:
    assert not re.search(r"/(?:work|tmp|home|root|Users)/", path.read_text(encoding="utf-8"))


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs/decisions"
    listed = set(re.findall(r"\]\((\d{4}-[a-z0-9-]+\.md)\)", (folder / "README.md").read_text()))
    assert listed == {path.name for path in folder.glob("[0-9]*.md")}
    for name in listed:
        text = (folder / name).read_text(encoding="utf-8")
        for section in ("## Context", "## Decision", "## Consequences"):
            assert section in text, name


def test_readmes_show_the_same_commands() -> None:
    english, chinese = (
        re.findall(r"^\$ disclosure (\w+)", (ROOT / name).read_text(encoding="utf-8"), re.M)
        for name in ("README.md", "README.zh-CN.md")
    )
    assert english == chinese


def test_the_changelog_says_everything_once() -> None:
    """Merges put whole sections in twice."""
    lines = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
    entries = [line for line in lines if line.startswith(("- ", "# ", "## "))]
    assert len(entries) == len(set(entries))
    assert [line for line in lines if line.startswith("### ")] == [
        "### Added", "### Changed", "### Fixed",
    ]  # fmt: skip
