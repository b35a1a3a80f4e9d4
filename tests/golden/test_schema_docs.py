"""A form as a document, byte for byte: the report type of the tutorial.

After an intended change: `DISCLOSURE_GOLDEN=write make test`, then look at the difference.
The shipped forms are in docs/reference/forms, and a test says whether those pages are fresh.
"""

from __future__ import annotations

import os
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from disclosure_tui.cli.main import run
from disclosure_tui.documenting import form_page, html_page, label_languages, markdown_page
from disclosure_tui.language import Language
from disclosure_tui.model.form import Form, Role
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.schema.catalog import Catalog

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "schema_docs"
SUFFIXES = {"markdown": "md", "html": "html"}
TYPES = tuple(dict.fromkeys(entry.name for entry in Catalog.of().entries()))


@pytest.fixture
def schema(tmp_path: Path) -> Path:
    """The schema that the tutorial writes."""
    page = (ROOT / "docs/tutorial/new-report-type.md").read_text(encoding="utf-8")
    written = re.search(r"^```json file=monthly\.schema\.json\n(.*?)^```$", page, re.M | re.S)
    assert written is not None
    path = tmp_path / "monthly.schema.json"
    path.write_text(written.group(1), encoding="utf-8")
    return path


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("form", sorted(SUFFIXES))
def test_the_document_is_as_it_was(
    schema: Path, form: str, language: Language, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["--lang", language.value, "schema", "docs", str(schema), "--to", form]
    assert run([*command, "--labels", "zh", "--labels", "en"]) == 0
    printed = capsys.readouterr().out.encode()
    golden = GOLDEN / f"monthly-{language.value}.{SUFFIXES[form]}"
    if os.environ.get("DISCLOSURE_GOLDEN") == "write":
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(printed)
    assert golden.read_bytes() == printed
    output = schema.parent / f"form.{SUFFIXES[form]}"
    assert run([*command, "--labels", "zh", "--labels", "en", "--output", str(output)]) == 0
    assert output.read_bytes() == printed
    assert f"{len(printed)}" in capsys.readouterr().out


def test_labels_that_the_form_lacks_are_a_wrong_use(
    schema: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--lang", "en", "schema", "docs", str(schema), "--labels", "fr"]) == 2
    assert "no labels in 'fr'; there are: zh, en" in capsys.readouterr().err


class _Ids(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.wanted: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        self.wanted.update((given.get("headers") or "").split())
        if str(given.get("href", "")).startswith("#"):
            self.wanted.add(str(given["href"])[1:])


@pytest.mark.parametrize("name", TYPES)
@pytest.mark.parametrize("language", list(Language))
def test_a_document_leaves_nothing_of_the_form_out(name: str, language: Language) -> None:
    """Every place, label, rule and extension point of a shipped form, in both formats."""
    loaded = ReportTypes(Catalog.of()).load(name)
    page = form_page(loaded, language, label_languages(loaded.form))
    text, html = markdown_page(page), html_page(page)
    for node in _places(loaded.form):
        assert f"`{node}`" in text, node
        assert f"<code>{node}</code>" in html, node
    plain = text.replace("\\", "")
    for node in loaded.form.nodes.values():
        for tag in ("zh", "en"):
            if node.role is not Role.REPORT and tag in node.label.titles:
                assert node.label.titles[tag] in plain
    for rule in loaded.checker.rules:
        assert f"\n### {rule.identifier}\n" in plain
        assert rule.authority is None or rule.authority.in_(language) in plain
    names = _Ids()
    names.feed(html)
    assert len(set(names.ids)) == len(names.ids)
    assert names.wanted <= set(names.ids)


def _places(form: Form) -> list[str]:
    """Return the pointers of rows, sections and fields; columns are named by their path."""
    inside = (Role.CELL, Role.COLUMN_GROUP, Role.TABLE, Role.REPORT)
    rows = {str(row.pointer) for row in form.rows()}
    return [
        str(node.pointer)
        for node in form.nodes.values()
        if node.role not in inside
        and not any(str(node.pointer).startswith(f"{row}/") for row in rows)
    ]


def test_the_extension_points_are_named() -> None:
    loaded = ReportTypes(Catalog.of()).load(TYPES[0])
    points = {str(node.pointer): node.extension for node in loaded.form.nodes.values()}
    assert points["/requests/results/denied"] == "denied-extra"
    page = markdown_page(form_page(loaded, Language.ENGLISH))
    assert "| `/requests/results/denied` | (3) Not disclosed | `denied-extra` |" in page
