"""Published pages: no figure is taken for another, and what is wrong with a page is named.

The pages are no part of the repository; where they are not beside it the tests are skipped.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from disclosure_tui.batch import check_file
from disclosure_tui.model.report import Report
from disclosure_tui.publication import Proof, read_page, verify
from random_copies import TYPES

SHARED = Path(__file__).parents[2] / "shared"
REPORTS = SHARED / "reports"
CONVERTER = SHARED / "tools" / "reports_to_yaml.py"

pytestmark = pytest.mark.skipif(
    not (REPORTS / "expected.json").is_file() or not CONVERTER.is_file(),
    reason="the published reports do not lie beside the repository (../shared/reports)",
)

HTML = ("005", "007")
OTHERS = sorted({path.name for path in REPORTS.glob("[0-9][0-9][0-9]")} - set(HTML))


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    command = [sys.executable, str(CONVERTER), str(REPORTS), "-o", str(folder)]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return folder


def proof_of(reports: Path, item: str) -> Proof:
    checked = check_file(reports / f"{item}.yaml", TYPES)
    assert checked.report_type is not None
    assert checked.document is not None
    (source,) = (REPORTS / item).glob("source.*")
    # What is no page is tried as plain text: its tables are lines then, or pipes.
    page = read_page(source.read_bytes(), source.name, None if item in HTML else "markdown")
    report = Report(checked.document.data)
    return verify(checked.report_type.form, report, page, file=item, sha256="0" * 64)


@pytest.mark.parametrize("item", HTML)
def test_every_figure_of_a_published_page_is_read_and_right(reports: Path, item: str) -> None:
    proof = proof_of(reports, item)
    assert proof.compared == proof.cells
    assert not proof.differences
    assert not proof.unread


def test_the_heading_in_other_words_of_005_is_named(reports: Path) -> None:
    proof = proof_of(reports, "005")
    assert [(fault.rule, str(fault.pointer)) for fault in proof.faults] == [
        ("S-HEADING", "/problems")
    ]
    assert "政府信息公开工作存在的主要问题" in proof.faults[0].message.zh


def test_heading_and_label_in_other_words_of_007_are_named(reports: Path) -> None:
    proof = proof_of(reports, "007")
    assert [(fault.rule, str(fault.pointer)) for fault in proof.faults] == [
        ("S-HEADING", "/problems"),
        ("S-LABEL", "/proactive"),
    ]
    assert "整改措施" in proof.faults[0].message.zh
    assert "【规范性文件】" in proof.faults[1].message.zh


@pytest.mark.parametrize("item", HTML)
def test_only_the_title_of_a_published_page_differs_from_its_text(reports: Path, item: str) -> None:
    assert [str(text.pointer) for text in proof_of(reports, item).texts] == [""]


@pytest.mark.parametrize("item", OTHERS)
def test_no_figure_of_a_text_copy_is_taken_for_another(reports: Path, item: str) -> None:
    proof = proof_of(reports, item)
    assert not proof.differences
    assert proof.unread
