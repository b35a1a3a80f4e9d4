"""Reports and sessions for the tests of sessions."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from disclosure_tui.model.pointer import Pointer
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.schema.catalog import Catalog
from disclosure_tui.session import Session
from disclosure_tui.store.person import Person

SAMPLES = Path(__file__).parents[3] / "samples"
TYPES = ReportTypes(Catalog.of())
GRANTED = Pointer.of("requests", "results", "granted")
NEW = Pointer.of("requests", "new")
RESULTS = Pointer.of("requests", "results", "total")
PROBLEMS = Pointer.of("problems")
ZHANG, LI = Person("张某", "zhang"), Person("李某", "li")


def copy_of_sample(folder: Path) -> Path:
    """Put a complete report into a folder."""
    path = folder / "sqs-2023.yaml"
    shutil.copyfile(SAMPLES / "complete/sqs-2023.yaml", path)
    return path


def opened(path: Path, person: Person = ZHANG, **options: Any) -> Session:
    """Open a report as a person."""
    return Session.open(path, TYPES, person=person, **options)


def hidden(folder: Path) -> set[str]:
    """Return the names of what lies hidden beside a report."""
    return {one.name for one in folder.iterdir() if one.name.startswith(".")}
