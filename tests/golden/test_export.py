"""Copies of both editions in every format, byte for byte.

Office files are compared part by part: how tightly they are packed depends on the machine's zlib.
The bytes of a PDF depend on the faces of the machine: what is compared is all that the typesetter
is given, in faces named here. That two runs give the same PDF is proved beside its writer.

After an intended change: `DISCLOSURE_GOLDEN=write make test`, then look at the difference.
"""

from __future__ import annotations

import io
import json
import os
import zipfile
from pathlib import Path

import pytest

from disclosure_tui.batch import check_file
from disclosure_tui.discovery import modules_of
from disclosure_tui.exporting import Request, copy_of
from disclosure_tui.language import Language
from disclosure_tui.render.copies import Copy, CopyKind
from disclosure_tui.render.office.faces import Faces
from disclosure_tui.render.office.typesetting_data import page_data
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
FACES = Faces(title="小标宋", body="仿宋", heading="黑体", second="楷体")


def _given_to_the_typesetter(copy: Copy) -> bytes:
    data = page_data(copy, FACES)
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


WRITERS = {"pdf": (".pdf.json", _given_to_the_typesetter)}
FORMATS = {module.NAME: module for module in modules_of("disclosure_tui.render.export_formats")}


@pytest.mark.parametrize("name", sorted(COPIES))
@pytest.mark.parametrize("form", sorted(FORMATS))
def test_the_copy(form: str, name: str) -> None:
    path, request = COPIES[name]
    suffix, write = WRITERS.get(form) or (FORMATS[form].SUFFIX, FORMATS[form].write)
    copy = copy_of(check_file(ROOT / path, ReportTypes(Catalog.of(()))), request)
    content = write(copy)
    assert write(copy) == content
    golden = GOLDEN / f"{name}{suffix}"
    if os.environ.get("DISCLOSURE_GOLDEN") == "write":
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(content)
    assert _parts(golden.read_bytes()) == _parts(content)


def _parts(content: bytes) -> dict[str, bytes]:
    """Return the parts of an archive in their order, or the whole of what is none."""
    if not content.startswith(b"PK"):
        return {"": content}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {part.filename: archive.read(part) for part in archive.infolist()}


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_an_archive_holds_no_time_of_packing(form: str) -> None:
    path, request = COPIES["2021"]
    content = FORMATS[form].write(
        copy_of(check_file(ROOT / path, ReportTypes(Catalog.of(()))), request)
    )
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
