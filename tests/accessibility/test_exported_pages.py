"""Exported pages have no fault that axe-core can find, on wide and narrow screens."""

from __future__ import annotations

from pathlib import Path

import pytest

from accessibility.headless import accessibility, missing
from disclosure_tui.batch import check_file
from disclosure_tui.documenting import form_page, html_page
from disclosure_tui.exporting import Request, copy_of
from disclosure_tui.language import Language
from disclosure_tui.render.copies import CopyKind
from disclosure_tui.render.export_formats import html, html_fragment
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.schema.catalog import Catalog

ROOT = Path(__file__).parents[2]
COPIES = {
    "2019": ("samples/complete/sptyj-2020.yaml", Request()),
    "2021": ("samples/complete/sqs-2023.yaml", Request()),
    "2021-en": ("samples/complete/sqs-2023.yaml", Request(language=Language.ENGLISH)),
    "2021-draft": (
        "samples/faulty/T3-BAL.yaml",
        Request(CopyKind.SIGN_OFF, is_draft=True, language=Language.CHINESE),
    ),
}
SITE = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>某县人民政府</title></head>
<body><main><h1>政府信息公开年报</h1>
{}</main></body></html>"""

in_a_browser = pytest.mark.skipif(bool(missing()), reason=missing())


def page_of(name: str) -> str:
    path, request = COPIES[name]
    checked = check_file(ROOT / path, ReportTypes(Catalog.of(())))
    return html.write(copy_of(checked, request)).decode()


def faults(result: dict[str, object]) -> list[str]:
    """Return what axe says, in a form that a person reads in a failing test."""
    listed = result["violations"]
    assert isinstance(listed, list)
    return [
        f"{rule['id']}: {rule['help']}: {node['html'][:200]}"
        for rule in listed
        for node in rule["nodes"]
    ]


@pytest.mark.slow
@in_a_browser
@pytest.mark.parametrize("name", sorted(COPIES))
@pytest.mark.parametrize("width", [1200, 500])
def test_a_page_has_no_violation(name: str, width: int, tmp_path: Path) -> None:
    result = accessibility(page_of(name), tmp_path, width)
    assert result["rules"] >= 20
    assert faults(result) == []


@pytest.mark.slow
@in_a_browser
def test_a_fragment_in_a_page_of_a_site_has_no_violation(tmp_path: Path) -> None:
    path, request = COPIES["2021"]
    copy = copy_of(check_file(ROOT / path, ReportTypes(Catalog.of(()))), request)
    page = SITE.format(html_fragment.write(copy).decode())
    assert faults(accessibility(page, tmp_path)) == []


def test_what_the_office_wrote_is_marked_as_chinese_in_an_english_copy() -> None:
    english, chinese = page_of("2021-en"), page_of("2021")
    assert '<h1 lang="zh-CN">' in english
    assert '<p lang="zh-CN">' in english
    assert "<h2>" in english
    assert chinese.count("lang=") == 1


@pytest.mark.slow
@in_a_browser
def test_the_check_sees_a_fault(tmp_path: Path) -> None:
    page = (
        page_of("2021").replace(' lang="zh-CN"', "", 1).replace("<h2>", '<img src="x.png"><h2>', 1)
    )
    found = faults(accessibility(page, tmp_path))
    assert {fault.partition(":")[0] for fault in found} >= {"html-has-lang", "image-alt"}


@pytest.mark.slow
@in_a_browser
@pytest.mark.parametrize("width", [1200, 500])
@pytest.mark.parametrize("name", ["gov-info-annual/2021", "us-foia-annual/2008"])
def test_a_form_as_a_document_has_no_violation(name: str, width: int, tmp_path: Path) -> None:
    loaded = ReportTypes(Catalog.of(())).load(name)
    page = html_page(form_page(loaded, Language.ENGLISH, ("zh", "en")))
    result = accessibility(page, tmp_path, width)
    assert result["rules"] >= 20
    assert faults(result) == []
