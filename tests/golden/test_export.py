"""Copies of both editions in every format, byte for byte.

After an intended change: `DISCLOSURE_GOLDEN=write make test`, then look at the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from disclosure_tui.batch import check_file
from disclosure_tui.discovery import modules_of
from disclosure_tui.exporting import Request, copy_of
from disclosure_tui.language import Language
from disclosure_tui.render.copies import CopyKind
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.schema.catalog import Catalog

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "export"
COPIES = {
    "2019": ("samples/complete/sptyj-2020.yaml", Request()),
    "2021": ("samples/complete/sqs-2023.yaml", Request()),
    "2021-en": ("samples/complete/sqs-2023.yaml", Request(language=Language.ENGLISH)),
    "2021-draft": (
        "samples/faulty/T3-BAL.yaml",
        Request(CopyKind.SIGN_OFF, is_draft=True, language=Language.CHINESE),
    ),
}
FORMATS = {module.NAME: module for module in modules_of("disclosure_tui.render.export_formats")}


@pytest.mark.parametrize("name", sorted(COPIES))
@pytest.mark.parametrize("form", sorted(FORMATS))
def test_the_copy(form: str, name: str) -> None:
    path, request = COPIES[name]
    module = FORMATS[form]
    copy = copy_of(check_file(ROOT / path, ReportTypes(Catalog.of(()))), request)
    content = module.write(copy)
    assert module.write(copy) == content
    golden = GOLDEN / f"{name}{module.SUFFIX}"
    if os.environ.get("DISCLOSURE_GOLDEN") == "write":
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(content)
    assert golden.read_bytes() == content
