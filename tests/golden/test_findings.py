"""One batch in every finding format and both languages, byte for byte.

Office files are compared part by part: how tightly they are packed depends on the machine's zlib.
After an intended change: `DISCLOSURE_GOLDEN=write make test`, then look at the difference.
"""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from disclosure_tui import __version__
from disclosure_tui.batch_jobs import Batch
from disclosure_tui.discovery import modules_of
from disclosure_tui.language import Language
from disclosure_tui.render.finding_writing import FindingFormat, Occasion, written
from disclosure_tui.render.located import LocatedReport

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "findings"
FORMATS = {module.NAME: module for module in modules_of("disclosure_tui.render.finding_formats")}
SAMPLES = (
    "complete/sqs-2023.yaml",
    "faulty/T3-BLANK.yaml",
    "faulty/T3-BAL.yaml",
    "faulty/TX-CASES.yaml",
    "faulty/schema.unevaluatedProperties.yaml",
)


@pytest.fixture(scope="module")
def reports(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[dict[Language, list[LocatedReport]]]:
    """A complete report with an answered query, a draft, faulty ones, and a broken file."""
    folder = tmp_path_factory.mktemp("batch")
    before = Path.cwd()
    os.chdir(folder)
    try:
        paths = []
        for name in SAMPLES:
            paths.append(Path("units", name.rpartition("/")[2]))
            paths[-1].parent.mkdir(exist_ok=True)
            shutil.copy(ROOT / "samples" / name, paths[-1])
        broken = Path("units", "损坏.yaml")
        broken.write_text("report_type: [\n", encoding="utf-8")
        text = paths[2].read_text(encoding="utf-8")
        paths[2].write_text(
            text + "\nfiling: {prepared_by: 李四, phone: 0000-1234567}\n", encoding="utf-8"
        )
        yield {
            language: list(Batch(language=language).check([*paths, broken]))
            for language in Language
        }
    finally:
        os.chdir(before)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", [*sorted(FORMATS), "overview"])
def test_the_output(
    name: str, language: Language, reports: dict[Language, list[LocatedReport]]
) -> None:
    form: FindingFormat = FORMATS[name if name != "overview" else "text"]
    occasion = Occasion(language, is_overview=name == "overview")
    content = written(form, reports[language], occasion)
    assert written(form, reports[language], occasion) == content
    golden = GOLDEN / f"{name}-{language.value}{form.SUFFIX}"
    content = _settled(content, reports[language])
    if os.environ.get("DISCLOSURE_GOLDEN") == "write":
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(content)
    assert _parts(golden.read_bytes()) == _parts(content)


def _settled(content: bytes, reports: list[LocatedReport]) -> bytes:
    """Put blanks for what changes with every schema, every release and every machine."""
    for report in reports:
        if report.form is not None:
            digest = report.form.sha256
            content = content.replace(digest.encode(), b"0" * len(digest))
            content = content.replace(digest[:12].encode(), b"0" * 12)
        if report.stamp is not None:
            content = content.replace(report.stamp.source.file.encode(), b"SCHEMA")
    return content.replace(f'"{__version__}"'.encode(), b'"VERSION"')


def _parts(content: bytes) -> dict[str, bytes]:
    """Return the parts of an archive in their order, or the whole of what is none."""
    if not content.startswith(b"PK"):
        return {"": content}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {part.filename: archive.read(part) for part in archive.infolist()}
