"""Copies of the samples, for tests of formats."""

from __future__ import annotations

import subprocess
from pathlib import Path

from disclosure_tui.batch import check_file
from disclosure_tui.exporting import Request, copy_of
from disclosure_tui.language import Language
from disclosure_tui.render.copies import Copy, CopyKind
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.schema.catalog import Catalog

SAMPLES = Path(__file__).parents[4] / "samples"
TYPES = ReportTypes(Catalog.of(()))


def sample(
    name: str = "complete/sqs-2023",
    kind: CopyKind = CopyKind.PUBLIC,
    *,
    draft: bool = False,
    language: Language | None = None,
) -> Copy:
    """Return the copy of a sample."""
    return copy_of(check_file(SAMPLES / f"{name}.yaml", TYPES), Request(kind, draft, language))


def signed_off() -> Copy:
    """Return a draft for sign-off with open findings."""
    return sample("faulty/T3-BAL", CopyKind.SIGN_OFF, draft=True)


def converted_to(ending: str, path: Path, folder: Path) -> Path:
    """Let LibreOffice convert a file, in a profile of its own."""
    profile = path.with_name("profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless"]
    command += ["--convert-to", ending, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder / f"{path.stem}.{ending}"
