"""Two states of a report, wherever they come from, brought to one form and compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import DocumentError
from disclosure_tui.language import Text
from disclosure_tui.model.form import Form
from disclosure_tui.model.report import Plain, Report
from disclosure_tui.opening import open_document, pin_of, report_type_name
from disclosure_tui.prior import prior_at
from disclosure_tui.render.comparison import Comparison, compared
from disclosure_tui.render.comparison_json import ComparedSide
from disclosure_tui.report_type import LoadedReportType, ReportTypes
from disclosure_tui.schema.pins import Pin
from disclosure_tui.store.document import Document
from disclosure_tui.versioning.repository import Repository

__all__ = ["NOTHING", "State", "compare_states", "state_at", "state_from", "state_of"]


@dataclass(frozen=True, slots=True)
class State:
    """A report as it is, or was, somewhere.

    Attributes:
        name: What to call it.
        side: What the JSON output says of it.
        data: Its values; an empty map where there is no file.
        report_type: What it is a report of; empty where there is no file.
        folder: Where it stands: schemas are looked for from there.
        pin: The version of its schema that it asks for, or None.
    """

    name: str
    side: ComparedSide
    data: Plain
    report_type: str
    folder: Path = Path()
    pin: Pin | None = None

    def loaded(self, report_types: ReportTypes) -> LoadedReportType:
        """Return what it is a report of.

        Raises:
            SchemaError: It is not known.
        """
        return report_types.load(self.report_type, self.folder, self.pin)


NOTHING = State("/dev/null", ComparedSide(None), {}, "")
"""Where there is no file."""


def state_of(path: Path) -> State:
    """Return a report as its file holds it.

    Raises:
        DocumentError: It cannot be read, or is no report.
    """
    return _state(open_document(path), str(path), str(path))


def state_from(content: bytes, name: str, file: str, revision: str | None = None) -> State:
    """Return a report that is given as bytes.

    Args:
        content: The bytes of its file.
        name: What to call it, in messages too.
        file: The file that it is a state of.
        revision: The version in version control, if it is one.

    Raises:
        DocumentError: It cannot be read, or is no report.
    """
    return _state(Document.read(content, name), name, file, revision)


def state_at(path: Path, revision: str) -> State:
    """Return a report as a revision has it.

    Raises:
        DocumentError: There is no such revision, it lacks the file, or that cannot be read.
    """
    version = Repository.around(path).version(path, revision)
    name = f"{version.name} ({revision})"
    found = state_from(version.content, name, version.name, revision)
    return replace(found, folder=path.parent)


def compare_states(old: State, new: State, report_types: ReportTypes) -> Comparison:
    """Compare two states, on the form of the newer; one of another edition is brought to it.

    Raises:
        DocumentError: The report types cannot be compared.
        SchemaError: A report type is not known.
    """
    loaded = (new if new.report_type else old).loaded(report_types)
    found = _on_form(loaded.form, old, new)
    if found is None:
        loaded = old.loaded(report_types)
        found = _on_older(loaded.form, old, new)
    if found is not None:
        return replace(found, schema=loaded.stamp)
    raise DocumentError(
        Text(
            f"两份报告的种类不同，不能比较：{old.report_type}，{new.report_type}",
            f"the report types cannot be compared: {old.report_type}, {new.report_type}",
        ),
        hint=Text(
            "格式文件里【x-report.prior】写明哪些种类可以比较",
            "x-report.prior of the schema says which can",
        ),
        where=new.name,
    )


def _on_form(form: Form, old: State, new: State) -> Comparison | None:
    """Compare on the form of the newer state; None if the older cannot be brought to it."""
    if not (old.report_type and new.report_type) or old.report_type == new.report_type:
        return compared(form, old.data, new.data)
    before = prior_at(form, old.report_type, old.data)
    return None if before is None else compared(form, before.report.data, new.data, before.without)


def _on_older(form: Form, old: State, new: State) -> Comparison | None:
    """Compare on the form of the older state; None if the newer cannot be brought to it."""
    after = prior_at(form, new.report_type, new.data)
    return None if after is None else compared(form, old.data, after.report.data, after.without)


def _state(document: Document, name: str, file: str, revision: str | None = None) -> State:
    kind = report_type_name(document)
    report = Report(document.data)
    year, organ = report.value_at(("year",)), report.value_at(("organ", "name"))
    side = ComparedSide(
        file=file,
        revision=revision,
        sha256=document.sha256,
        report_type=kind,
        year=year if isinstance(year, int) else None,
        organ=organ if isinstance(organ, str) else "",
    )
    data = document.data
    assert isinstance(data, Mapping)
    return State(name, side, data, kind, Path(file).parent, pin_of(document))
