"""Two states of a report, wherever they come from, brought to one form and compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import DocumentError
from disclosure_tui.language import Text
from disclosure_tui.model.report import Plain, Report
from disclosure_tui.opening import open_document, report_type_name
from disclosure_tui.prior import prior_at
from disclosure_tui.render.comparison import Comparison, compared
from disclosure_tui.render.comparison_json import ComparedSide
from disclosure_tui.report_type import ReportTypes
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
        folder: Where its schema is looked for from.
    """

    name: str
    side: ComparedSide
    data: Plain
    report_type: str
    folder: Path = Path()


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
    state = state_from(version.content, name, version.name, revision)
    return replace(state, folder=path.parent)


def compare_states(old: State, new: State, report_types: ReportTypes) -> Comparison:
    """Compare two states, on the form of the newer; one of another edition is brought to it.

    Raises:
        DocumentError: The report types cannot be compared.
        SchemaError: A report type is not known.
    """
    folder = new.folder if new.report_type else old.folder
    form = report_types.load(new.report_type or old.report_type, folder).form
    if not (old.report_type and new.report_type) or old.report_type == new.report_type:
        return compared(form, old.data, new.data)
    before = prior_at(form, old.report_type, old.data)
    if before is not None:
        return compared(form, before.report.data, new.data, before.without)
    form = report_types.load(old.report_type, old.folder).form
    after = prior_at(form, new.report_type, new.data)
    if after is not None:
        return compared(form, old.data, after.report.data, after.without)
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
    return State(name, side, data, kind, Path(file).parent)
