"""Whatever a person does before the line drops, the next session has it back to the byte."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disclosure_tui.drafting import NewReport, draft_text
from disclosure_tui.errors import EditRefused
from disclosure_tui.language import Language
from disclosure_tui.model.form import Role
from disclosure_tui.model.pointer import ROOT, Pointer
from disclosure_tui.opening import open_document
from disclosure_tui.report_type import ReportTypes, load_report_type
from disclosure_tui.schema.catalog import Catalog
from disclosure_tui.session import Session

TYPES = ReportTypes(Catalog.of())
LOADED = load_report_type("gov-info-annual/2021")
TEXT = draft_text(
    LOADED.form, NewReport(2023, "示例局", "slj", "county_department"), Language.CHINESE
)
CELLS = [node.pointer for node in LOADED.form.cells][:24]
PROSE = [n.pointer for n in LOADED.form.nodes.values() if n.role is Role.PROSE]

CELL = st.tuples(st.just("cell"), st.sampled_from(CELLS), st.sampled_from(["", "0", "3", "/"]))
TEXTS = st.text(st.sampled_from("字句，：# \n-'\"x1"), max_size=12)
WRITTEN = st.tuples(st.just("text"), st.sampled_from(PROSE), TEXTS)
NOTE = st.tuples(
    st.just("text"), st.sampled_from([Pointer.of("notes", str(cell)) for cell in CELLS[:3]]), TEXTS
)
DRAFT = st.tuples(st.just("draft"), st.sampled_from([*PROSE, *CELLS[:2]]), st.none() | TEXTS)
PLAIN = st.tuples(st.sampled_from(["undo", "redo", "save"]), st.none(), st.none())
STEPS = st.lists(CELL | WRITTEN | NOTE | DRAFT | PLAIN, min_size=1, max_size=14)


def act(session: Session, kind: str, pointer: Pointer, value: Any) -> None:
    if kind in ("cell", "text"):
        session.set_text(pointer, value)
    elif kind == "draft" and pointer in PROSE:
        session.draft_prose(pointer, value)
    elif kind == "draft":
        session.draft_cell(pointer, value)
    elif kind == "undo":
        session.undo()
    elif kind == "redo":
        session.redo()
    else:
        session.save()


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS, STEPS)
def test_a_drop_of_the_line_loses_nothing(first: Any, second: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.yaml"
        path.write_text(TEXT, "utf-8")
        for steps in (first, second):
            session = Session.open(path, TYPES)
            for offer in session.recoveries():
                session.recover(offer)
            for step in steps:
                act(session, *step)
            text, drafts, unsaved = session.document.encode(), dict(session.drafts), session.unsaved
            result = {finding.identity for finding in session.result.findings}
            assert session.hang_up()
            again = Session.open(path, TYPES)
            offers = again.recoveries()
            assert bool(offers) is bool(unsaved or drafts)
            for offer in offers:
                again.recover(offer)
            assert again.document.encode() == text
            assert dict(again.drafts) == drafts
            assert {finding.identity for finding in again.result.findings} == result
            assert again.hang_up()


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS, st.booleans())
def test_undo_leads_back_to_the_beginning_by_the_same_states(steps: Any, background: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.yaml"
        path.write_text(TEXT, "utf-8")
        session = Session.open(path, TYPES, background=background)
        states = {session.document.encode()}
        for step in steps:
            act(session, *step)
            states.add(session.document.encode())
            assert session.document.data == session.report.data
        while session.can_undo:
            session.undo()
            assert session.document.encode() in states
        assert session.document.encode() == TEXT.encode()
        session.save()
        assert path.read_bytes() == TEXT.encode()
        assert session.poll() == ()
        session.close()


@pytest.mark.slow
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS, STEPS)
def test_restoring_gives_every_value_back(first: Any, second: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.yaml"
        path.write_text(TEXT, "utf-8")
        session = Session.open(path, TYPES)
        for step in first:
            act(session, *step)
        if session.save() is None:
            session.close()  # its journal is written by a thread, into a folder that goes now
            return
        saved = open_document(path).data
        (version,) = session.versions()
        kept = version.path.with_name("2020-01-02T03-04.yaml")
        version.path.rename(kept)
        for step in second:
            act(session, *step)
        before = session.document.encode()
        old = next(one for one in session.versions() if one.path == kept)
        try:
            restored = session.restore(old)
        except EditRefused as refusal:
            raise AssertionError(refusal) from refusal
        assert _values(session.report.data) == _values(saved)
        if restored is not None:
            session.undo()
        assert session.document.encode() == before
        session.close()


def _values(data: Any, at: Pointer = ROOT) -> dict[Pointer, Any]:
    found: dict[Pointer, Any] = {}
    for key, value in data.items():
        if isinstance(value, dict):
            found |= _values(value, at / key)
        elif value is not None:
            found[at / key] = value
    return found
