"""A report of another type in the editor: rows that the filer named, codes, names, last year."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from disclosure_tui import api
from terminal.pty_session import PtySession

pytestmark = pytest.mark.slow

SAMPLES = Path(__file__).parents[2] / "samples" / "foia"
DOWN, RIGHT, UP, SAVE, UNDO, F2 = b"\x1b[B", b"\x1b[C", b"\x1b[A", b"\x13", b"\x1a", b"\x1bOQ"
FINDING = b"\x0e"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    for year in (2024, 2025):
        name = f"nrb-{year}.yaml"
        (tmp_path / name).write_bytes((SAMPLES / "complete" / name).read_bytes())
    return tmp_path / "nrb-2025.yaml"


def section(session: PtySession, number: int, first: str) -> None:
    """Choose a section by its number in the list."""
    session.keys("o")
    session.until("Signature")
    session.keys(str(number), "\r")
    session.until(first)


def test_a_figure_of_an_entry_row_and_its_total_are_changed_and_saved(report: Path) -> None:
    before = report.read_text(encoding="utf-8")
    with PtySession(["edit", str(report)], report.parent, size=(100, 30)) as session:
        session.until("Ctrl+S")
        section(session, 3, "V.A HQ Pending at start")
        totals = r"AGENCY OVERALL +[\^]156 +=516 +=522 +=150"
        session.until(lambda: re.search(totals, "\n".join(session.lines)))
        session.keys(DOWN)
        session.until("V.A FD Pending at start")
        session.keys("141", "\r")
        session.until("entered 141; Overall 157 computed")
        session.until("V.A FD does not open with what was pending at the end of 2024")
        session.keys(UNDO)
        session.until("undone: V.A FD Pending at start")
        session.keys(RIGHT, "421", "\r")
        session.until("entered 421; Overall 517 computed")
        session.keys(UP)
        session.until("V.A FD Received")
        session.keys(RIGHT, "431", "\r")
        session.until("entered 431; Overall 523 computed")
        session.keys(SAVE)
        session.until(lambda: re.search(r" saved \d\d:\d\d$", session.lines[-2]))
        session.keys("q")
        assert session.ended() == 0
    flow = "    FD: {pending_start: 140, received: 420, processed: 430, pending_end: 130}"
    overall = "  overall: {pending_start: 156, received: 516, processed: 522, pending_end: 150}"
    changed = before.replace(flow, flow.replace("420", "421").replace("430", "431"))
    changed = changed.replace(overall, overall.replace("516", "517").replace("522", "523"))
    assert report.read_text(encoding="utf-8") == changed
    found = {finding.rule for finding in api.check(api.open_report(report)).findings}
    assert found == {"VA-VB1"}


def test_codes_and_names_are_typed_as_they_are(report: Path) -> None:
    with PtySession(["edit", str(report)], report.parent, size=(100, 30)) as session:
        session.until("Ctrl+S")
        section(session, 7, "XII.A HQ Backlogged requests")
        session.keys(DOWN, DOWN, RIGHT)
        session.until("XII.A AR Backlogged appeals")
        session.keys("0", "\r")
        session.until("the form wants N/A, not 0")
        session.keys(UP)
        session.until("XII.A AR Backlogged appeals")
        session.keys(F2, "\x7f", "n/a", "\r")
        session.until("entered N/A")
        section(session, 6, "VII.A HQ Simple Median")
        session.keys("<1", "\r")
        session.until("entered <1")
        session.keys(UP)
        session.until("VII.A HQ Simple Median  <1 = less than one day")
        session.keys(UNDO)
        session.until("undone")
        section(session, 2, "Components HQ Full name")
        session.keys("\r", " 总部", "\r")
        session.until("Components FD Full name")
        session.keys(SAVE)
        session.until(lambda: re.search(r" saved \d\d:\d\d$", session.lines[-2]))
        session.keys("q")
        assert session.ended() == 0
    text = report.read_text(encoding="utf-8")
    assert "  HQ: {name: Headquarters Office 总部}\n" in text
    assert "    AR: {requests: 0, appeals: N/A}\n" in text
    assert list(api.check(api.open_report(report)).findings) == []


@pytest.mark.parametrize(
    ("name", "here", "told"),
    [
        ("X-APP-ROWS", "VI.A HQ Pending at start", "VI.A FD is in one of the two years only"),
        ("ROWS", "VII.A HQ Simple Median", "VII.A AR: there is no such row"),
    ],
)
def test_a_finding_about_a_row_that_is_not_there_leads_to_its_table(
    report: Path, name: str, here: str, told: str
) -> None:
    faulty = report.parent / "faulty" / f"{name}.yaml"
    faulty.parent.mkdir()
    text = (SAMPLES / "faulty" / faulty.name).read_text(encoding="utf-8")
    faulty.write_text(text.replace("../complete/", "../"), encoding="utf-8")
    with PtySession(["edit", str(faulty)], report.parent, size=(100, 30)) as session:
        session.until("Ctrl+S")
        session.keys(FINDING)
        session.until(here)
        session.until(told)
        session.keys("q")
        assert session.ended() == 0


def test_a_row_is_added_moved_filled_and_another_deleted(report: Path) -> None:
    before = report.read_text(encoding="utf-8")
    with PtySession(["edit", str(report)], report.parent, size=(80, 24)) as session:
        session.until("Ctrl+S")
        section(session, 5, "VI.A HQ Pending at start")
        session.keys("a")
        session.until("Add a row")
        session.keys("1", "\r")
        session.until("done: row AR added")
        session.until("VI.A AR Pending at start")
        session.keys("}")
        session.until(lambda: order(session) == ["HQ", "FD", "AR"])
        for figure, here in (("2", "Received"), ("5", "Processed"), ("4", "Pending at end")):
            session.keys(figure, "\t")
            session.until(f"VI.A AR {here}")
        session.keys("3", "\r")
        session.until("entered 3")
        session.until(lambda: re.search(r"AGENCY OVERALL +\?9 +=25 +=21 +=13", screen(session)))
        session.keys(UP, UP)
        session.until("VI.A FD Pending at start")
        session.keys("d")
        session.until("It holds 4 figures.")
        session.keys("1", "\r")
        session.until(lambda: order(session) == ["HQ", "AR"])
        session.until(lambda: re.search(r"AGENCY OVERALL +\??8 +=17 +=15 +=10", screen(session)))
        session.keys(SAVE)
        session.until(lambda: re.search(r" saved \d\d:\d\d$", session.lines[-2]))
        session.keys("q")
        assert session.ended() == 0
    field_division = "    FD: {pending_start: 1, received: 8, processed: 6, pending_end: 3}\n"
    archives = "    AR: {pending_start: 2, received: 5, processed: 4, pending_end: 3}\n"
    overall = "  overall: {pending_start: 7, received: 20, processed: 17, pending_end: 10}\n"
    new = "  overall: {pending_start: 8, received: 17, processed: 15, pending_end: 10}\n"
    assert field_division in before
    assert report.read_text(encoding="utf-8") == before.replace(field_division, archives).replace(
        overall, new
    )


def test_a_component_goes_from_the_list_and_from_every_table(report: Path) -> None:
    with PtySession(["edit", str(report)], report.parent, size=(80, 24)) as session:
        session.until("Ctrl+S")
        section(session, 2, "Components HQ Full name")
        session.keys(DOWN)
        session.until("Components FD Full name")
        session.keys("}")
        session.until(lambda: listed(session) == ["HQ", "AR", "FD"])
        session.keys("d")
        session.until("other tables go with it.")
        session.keys("1", "\r")
        session.until(lambda: listed(session) == ["HQ", "AR"])
        session.keys(SAVE)
        session.until(lambda: re.search(r" saved \d\d:\d\d$", session.lines[-2]))
        session.keys("q")
        assert session.ended() == 0
    assert not re.search(r"^ +FD: ", report.read_text(encoding="utf-8"), re.MULTILINE)


def listed(session: PtySession) -> list[str]:
    """Return the components in the order of the list."""
    return re.findall(r"^([A-Z]{2})  .*(?:Office|Division)$", screen(session), re.MULTILINE)


def screen(session: PtySession) -> str:
    return "\n".join(session.lines)


def order(session: PtySession) -> list[str]:
    """Return the components in the order in which the table shows them."""
    return re.findall(r"^([A-Z]{2}) +[+^?_\d]", screen(session), re.MULTILINE)


def test_a_blank_cell_says_which_codes_it_takes(report: Path) -> None:
    draft = report.with_name("nrb-2026.yaml")
    text = (SAMPLES / "draft/nrb-2026.yaml").read_text(encoding="utf-8")
    draft.write_text(text.replace("../complete/", ""), encoding="utf-8")
    with PtySession(["edit", str(draft)], report.parent, size=(120, 30)) as session:
        session.until("Ctrl+S")
        section(session, 6, "VII.A HQ Simple Median")
        session.until("Enter, then also N/A (no request in this track), <1 (less than one day)")
        session.resize(80, 24)
        session.until("VII.A HQ Simple Median  Enter, then also N/A, <1 ")
