"""The samples of the annual FOIA report: a report type of another law, country and language."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from disclosure_tui import api
from disclosure_tui.cli.main import run
from disclosure_tui.language import Language, Text
from disclosure_tui.model.edit import SetValue, Transaction
from disclosure_tui.model.finding import State
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.opening import open_document, report_type_name
from disclosure_tui.render.width import width
from disclosure_tui.report_type import load_report_type
from disclosure_tui.rules.checker import CheckResult
from disclosure_tui.suggesting import suggestions_of
from tiny import line, pairs, words

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples" / "foia"
FAULTY = sorted((SAMPLES / "faulty").glob("*.yaml"))
NAME = "us-foia-annual/2008"
CHINESE = re.compile("[一-鿿]")


def checked(path: Path) -> CheckResult:
    return api.check(api.open_report(path))


@pytest.fixture(autouse=True)
def _chosen_by_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DISCLOSURE_LANG", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def test_the_pair_is_clean_and_compared() -> None:
    last, this = (checked(SAMPLES / f"complete/nrb-{year}.yaml") for year in (2024, 2025))
    decided = [finding for finding in last.findings if finding.reason != "no_prior"]
    assert [(f.rule, f.state) for f in decided] == [("X-PRIOR", State.EXPLAINED)]
    assert list(this.findings) == []
    assert (this.counts.failed, this.counts.undecided, this.counts.no_prior) == (0, 0, 0)
    assert this.blank == last.blank == 0


def test_the_command_says_so_in_english(capsys: pytest.CaptureFixture[str]) -> None:
    for options, told in (([], "National Records Bureau  2025"), (["--details"], "Bureau 2025")):
        command = ["check", "--fail-on", "note", *options, str(SAMPLES / "complete")]
        assert run(command) == 0
        out = capsys.readouterr().out
        assert told in out
        assert not CHINESE.search(out)


def test_the_draft_is_blank_and_not_wrong() -> None:
    result = checked(SAMPLES / "draft/nrb-2026.yaml")
    assert result.blank == 136
    assert result.counts.failed == result.counts.no_prior == 0
    assert {finding.rule for finding in result.findings if finding.counts} == {"BLANK"}


@pytest.mark.parametrize("path", FAULTY, ids=lambda path: path.stem)
def test_a_faulty_one_has_exactly_its_findings(path: Path) -> None:
    told = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))
    found = pairs(checked(path).findings)
    assert found == [(rule, instance) for rule, instance in told["findings"]]
    assert path.stem == told["rule"]
    assert path.stem in {rule for rule, _ in found}


def test_every_rule_has_one() -> None:
    form = load_report_type(NAME).form
    declared = {item.identifier for node in form.nodes.values() for item in node.declarations}
    of_values = {policy.rule for node in form.nodes.values() for policy in node.findings.values()}
    assert {path.stem for path in FAULTY} == declared | of_values


@pytest.mark.parametrize("path", FAULTY, ids=lambda path: path.stem)
def test_sentences_in_both_languages(path: Path) -> None:
    result = checked(path)
    for finding in result.findings.open:
        for text in (
            words(result, finding, "en", 2025),
            line(result, finding, "en", 2025),
            words(result, finding, year=2025),
        ):
            assert "{" not in text
            assert "None" not in text
        assert not CHINESE.search(words(result, finding, "en", 2025))
        assert CHINESE.search(words(result, finding, year=2025))
        assert width(line(result, finding, year=2025)) <= 78
        # English says the same in more letters; the status line is cut at the edge.
        assert width(line(result, finding, "en", 2025)) <= 100


def test_every_label_is_there_in_both_languages() -> None:
    form = load_report_type(NAME).form
    assert form.report_type.language is Language.ENGLISH
    for node in form.nodes.values():
        if node.label and "" not in node.label.titles:
            assert set(node.label.titles) >= {"en", "zh"}, node.pointer
            assert not CHINESE.search(node.label.title(Language.ENGLISH)), node.pointer
            assert CHINESE.search(node.label.title(Language.CHINESE)), node.pointer


def test_the_envelope_speaks_the_language_of_the_report() -> None:
    form = load_report_type(NAME).form
    year = form.nodes[next(pointer for pointer in form.nodes if tuple(pointer) == ("year",))]
    assert (year.label.title(Language.ENGLISH), year.label.title(Language.CHINESE)) == (
        "Report year",
        "年度",
    )


def test_the_agency_alone_fills_in_the_last_row(tmp_path: Path) -> None:
    """An agency without components: one row in every table, and nothing to add up."""
    document = open_document(SAMPLES / "complete/nrb-2024.yaml")
    lines = document.text.splitlines(keepends=True)
    kept = [text for text in lines if not re.match(r"  (  )?(HQ|FD|AR): ", text)]
    path = tmp_path / "alone.yaml"
    path.write_text("".join(kept).replace("components:\n", "components: {}\n"), encoding="utf-8")
    assert report_type_name(open_document(path)) == NAME
    found = pairs(checked(path).findings)
    assert found == []


def test_a_mistyped_figure_of_a_component_is_found(tmp_path: Path) -> None:
    """Balance and sum both fail, and one cell of an entry row settles them."""
    report = Report(open_document(SAMPLES / "complete/nrb-2025.yaml").data)
    cell = Pointer.of("v_a", "components", "FD", "received")
    wrong = report.after(Transaction((SetValue(cell, 402),), Text("", "")))
    result = load_report_type(NAME).checker.check(wrong)
    assert {f.rule for f in result.findings if f.counts} >= {"VA-BAL", "VA-SUM"}
    (suggestion,) = suggestions_of(result)
    assert suggestion.fix is not None
    assert [(change.pointer, change.value) for change in suggestion.fix.transaction.edits] == [
        (cell, 420)
    ]


def test_the_files_are_what_the_tool_writes() -> None:
    for path, text in _tool().files():
        assert path.read_text(encoding="utf-8") == text, path.name


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("tool", ROOT / "tools/make_foia_samples.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("VA-VB1", "Formula: Processed = V.B(1) each row Total"),
        ("VA-VB1", "Formula: Overall Processed = V.B(1) Overall Total"),
        ("VA-VB1", "Where: each row"),
        ("VIIA-ORDER", "Where: each row Simple, each row Complex, each row Expedited, Overall"),
    ],
)
def test_a_rule_over_rows_that_nobody_has_named_yet_is_explained(
    rule: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--lang", "en", "rules", "explain", rule, "--type", NAME]) == 0
    assert told in capsys.readouterr().out


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_word_copy_with_its_title_on_two_lines_is_the_same(tmp_path: Path, language: str) -> None:
    pytest.importorskip("docx", reason="python-docx is not installed (extra: office)")
    report = str(SAMPLES / "complete/nrb-2025.yaml")
    arguments = ["--to", "docx", "--output", str(tmp_path), "--lang", language]
    assert run(["export", report, *arguments]) == 0
    (copy,) = tmp_path.glob("*.docx")
    assert run(["verify-published", report, str(copy), "--lang", language]) == 0
