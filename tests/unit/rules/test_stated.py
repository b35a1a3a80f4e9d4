"""Figures of texts that are tied to cells."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure_tui.model.finding import State
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.explanations import answering, entry_for
from disclosure_tui.rules.stated import StatedFigure, stated_figures
from disclosure_tui.session import Session
from tui.report_files import complete, opened

OVERVIEW = Pointer.parse("/overview")
NEW = Pointer.parse("/requests/new/total")


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return opened(complete(tmp_path))


def found(session: Session, text: str) -> list[tuple[str, StatedFigure]]:
    result = session.checked_with({OVERVIEW: text})
    figures = [item for item in stated_figures(result) if item.section == OVERVIEW]
    return [(text[item.start : item.end], item) for item in figures]


def test_figures_that_agree_and_those_that_do_not(session: Session) -> None:
    before = session.document.text
    ((words, figure),) = found(session, "全年收到政府信息公开申请0件。")
    assert (words, figure.truth, figure.finding) == ("0", True, None)
    assert figure.cells[0] == NEW
    ((words, figure),) = found(session, "全年收到政府信息公开申请1234件。")
    assert (words, figure.truth) == ("1234", False)
    assert figure.finding is not None
    assert figure.finding.rule == figure.rule == "L-EMPTY"
    assert session.document.text == before, "nothing was changed by asking"


def test_places_are_those_of_the_text_as_written(session: Session) -> None:
    text = "总体情况\n\n　　全年收到 政府信息公开 申请 ０ 件。\n因政府信息公开引起的行政复议0件。"
    assert [words for words, _ in found(session, text)] == ["０", "0"]


def test_what_says_that_there_was_none_is_a_figure_too(session: Session) -> None:
    ((words, figure),) = found(session, "本年未收到政府信息公开申请。")
    assert "未收到" in words
    assert figure.truth is True


def test_a_blank_cell_leaves_it_open(session: Session) -> None:
    for node in session.form.nodes[NEW.parent].children:
        session.set_value(node.pointer, None)
    session.set_value(Pointer.parse("/requests/carried_in"), None)
    figures = found(session, "全年收到政府信息公开申请3件。")
    assert [(words, figure.truth) for words, figure in figures] == [("3", None)]


def test_a_figure_marked_as_another_one_is_tied_to_nothing(session: Session) -> None:
    text = "全年收到政府信息公开申请3件。"
    session.set_value(OVERVIEW, text)
    ((_, figure),) = found(session, text)
    assert figure.finding is not None
    finding = figure.finding
    entry = {
        "rule": finding.rule,
        "level": str(finding.level),
        "instance": finding.instance,
        "values": dict(finding.values),
        "dismissed": True,
        "by": "张某",
        "at": "2024-01-12",
    }
    session.set_value(Pointer.of("explanations"), [entry])
    assert found(session, text) == []


def test_an_explained_figure_stays_tied(session: Session) -> None:
    text = "全年收到政府信息公开申请3件。"
    session.set_value(OVERVIEW, text)
    ((_, figure),) = found(session, text)
    assert figure.finding is not None
    entry = entry_for(figure.finding, "申请登记簿里有 3 件尚未录入。", by="张某", at="2024-01-12")
    session.apply(answering(session.form, session.report, entry))
    ((_, figure),) = found(session, text)
    assert figure.finding is not None
    assert figure.finding.state is State.EXPLAINED
    assert figure.truth is False
