"""`edit --linear`: a report is filled in by lines of text, through a pipe as well."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from disclosure_tui.cli.exit_code import ExitCode
from disclosure_tui.cli.main import run
from disclosure_tui.language import Language
from disclosure_tui.linear.places import found, places_of
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.opening import open_document
from disclosure_tui.render.wording import Wording
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.schema.catalog import Catalog
from disclosure_tui.session import Session
from disclosure_tui.store.person import Person
from tui.report_files import complete, draft, opened

ROOT = Path(__file__).parents[2]
NATURAL = Pointer.of("requests", "new", "natural_person")
TOTAL = Pointer.of("requests", "new", "total")
PROBLEMS = Pointer.of("problems")
TABLE = Pointer.of("requests")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    return draft(tmp_path)


def value(path: Path, pointer: Pointer) -> object:
    return Report(open_document(path).data).value_at(pointer)


class Talk:
    """What was said, and how it ended."""

    def __init__(self, code: int, said: str) -> None:
        self.code, self.said = code, said
        assert "\x1b" not in said

    def line(self, text: str) -> str:
        return next(line for line in self.said.splitlines() if text in line)


@pytest.fixture
def talk(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Talk]:
    def answering(path: Path, *answers: str) -> Talk:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(one + "\n" for one in answers)))
        code = run(["edit", "--linear", str(path)])
        return Talk(code, capsys.readouterr().out)

    return answering


class Clerk(io.StringIO):
    """Reads the questions as they stand, and answers from a printed table."""

    def __init__(self, printed: dict[str, object], said: io.StringIO) -> None:
        super().__init__()
        self._printed, self._said = printed, said
        self._is_saved = False
        self.answered: list[str] = []

    def readline(self, *_: object) -> str:
        asked = self._said.getvalue().splitlines()[-1]
        path = asked.partition("，")[0]
        if path in self._printed:
            self.answered.append(path)
            return f"{self._printed[path]}\n"
        if not self.answered:
            return "/requests.new.natural_person\n"
        answer = "q\n" if self._is_saved else "s\n"
        self._is_saved = True
        return answer


def test_table_three_of_a_new_report_is_filled_in_by_answers(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = opened(report)
    sample = Report(open_document(ROOT / "samples/complete/sqs-2023.yaml").data)
    wording = Wording(session.form, Language.CHINESE)
    cells = [node.pointer for node in session.form.cells if node.pointer.starts_with(TABLE)]
    printed = {wording.path(pointer): sample.value_at(pointer) for pointer in cells}
    assert len(printed) == len(cells) > 100
    said = io.StringIO()
    clerk = Clerk(printed, said)
    monkeypatch.setattr(sys, "stdin", clerk)
    monkeypatch.setattr(sys, "stdout", said)
    assert run(["edit", "--linear", str(report)]) == ExitCode.CLEAN
    filled = Report(open_document(report).data)
    for pointer in cells:
        assert filled.value_at(pointer) == sample.value_at(pointer), pointer
    # Totals follow their parts and are not asked.
    assert wording.path(TOTAL) not in clerk.answered
    assert len(clerk.answered) == len(set(clerk.answered)) < len(cells)


def test_what_is_no_figure_is_refused_and_asked_again(
    report: Path, talk: Callable[..., Talk]
) -> None:
    done = talk(report, "/requests.new.natural_person", "三", "３", "s", "q")
    assert "这里只填数字，现在是 三" in done.line("没有填入")
    assert done.said.count("表三 一、新收 自然人，未填") == 2
    assert value(report, NATURAL) == 3


def test_one_line_tells_value_totals_and_finding(tmp_path: Path, talk: Callable[..., Talk]) -> None:
    path = complete(tmp_path)
    done = talk(path, "/requests.new.natural_person", "2", "/requests.new.total", "9", "q", "2")
    assert "总计 2 自动计算" in done.line("已填 2")
    assert "；! " in done.line("已填 9")
    assert "各项相加得 2，总计填了 9" in done.line("已填 9")
    assert value(path, TOTAL) == 0


def test_what_was_typed_before_the_input_ended_is_recovered(
    report: Path, talk: Callable[..., Talk]
) -> None:
    done = talk(report, "/requests.new.natural_person", "4")
    assert done.code == ExitCode.INTERRUPTED
    assert "1 处改动没有保存，下次打开时可以找回" in done.said
    assert value(report, NATURAL) is None
    done = talk(report, "2", "1", "s", "q")
    assert done.line("表三 一、新收 自然人") == "表三 一、新收 自然人：未填 -> 4"
    assert done.code == ExitCode.CLEAN
    assert value(report, NATURAL) == 4


def test_a_text_broken_off_in_the_middle_is_recovered(
    report: Path, talk: Callable[..., Talk]
) -> None:
    done = talk(report, "/problems", "存在的主要问题是人手不足。", "改进措施是")
    assert done.code == ExitCode.INTERRUPTED
    talk(report, "1", "s", "q")
    assert value(report, PROBLEMS) == "存在的主要问题是人手不足。\n改进措施是"


def test_a_text_ends_with_a_line_of_a_stop(report: Path, talk: Callable[..., Talk]) -> None:
    done = talk(report, "/problems", " s", "第二行", "。", "s", "q")
    assert "已写 5 字" in done.said
    assert value(report, PROBLEMS) == "s\n第二行"


def test_a_colleague_who_holds_the_report_is_named(report: Path, talk: Callable[..., Talk]) -> None:
    other = Session.open(report, ReportTypes(Catalog.of(())), person=Person("王某", "wang"))
    other.set_value(NATURAL, 1)
    done = talk(report, "1", "/requests.new.natural_person", "5", "q")
    assert "王某" in done.said
    assert "只读" in done.line("没有做")
    done = talk(report, "2", "/requests.new.natural_person", "6", "s", "q")
    assert value(report, NATURAL) == 6
    assert done.code == ExitCode.CLEAN
    other.hang_up()


def test_cells_are_left_cleared_explained_and_found(
    tmp_path: Path, talk: Callable[..., Talk]
) -> None:
    path = complete(tmp_path)
    done = talk(
        path, "/新收 总计", "?", "/requests.new.natural_person", "", "<", "-", ">", "!",
        "/没有这一格", "s", "q",
    )  # fmt: skip
    assert "表三 一、新收 自然人 0 + " in done.line("等于 ")
    assert "没有找到这一格" in done.said
    assert "还差：未填 2 格" in done.said
    assert value(path, NATURAL) is None
    assert value(path, TOTAL) is None


def test_leaving_with_changes_is_asked(report: Path, talk: Callable[..., Talk]) -> None:
    done = talk(report, "/requests.new.natural_person", "5", "q", "3", "q", "1")
    assert done.line("还差：未填")
    assert done.said.count("还有 1 处改动没有保存") == 2
    assert value(report, NATURAL) == 5


def test_bytes_of_an_older_terminal_are_understood(report: Path) -> None:
    answers = "/组织领导不存在的\n/新收 自然人\n8\ns\nq\n".encode("gb18030")
    done = subprocess.run(
        [sys.executable, "-m", "disclosure_tui", "edit", "--linear", str(report)],
        input=answers, capture_output=True, env={**os.environ, "TERM": "dumb"}, check=False,
    )  # fmt: skip
    assert done.returncode == ExitCode.CLEAN, done.stderr.decode()
    assert value(report, NATURAL) == 8


def test_a_signal_keeps_what_was_typed(report: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "disclosure_tui", "edit", "--linear", str(report)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
    ) as program:  # fmt: skip
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write("/requests.new.natural_person\n7\n")
        program.stdin.flush()
        while "已填 7" not in (line := program.stdout.readline()):
            assert line, "it ended by itself"
        program.send_signal(signal.SIGTERM)
        assert "可以找回" in program.stdout.read()
    assert program.returncode == ExitCode.INTERRUPTED
    (offer,) = opened(report).recoveries()
    assert offer.count == 1


def test_every_place_is_found_by_its_address(report: Path) -> None:
    session = opened(report)
    places = places_of(session.form, Language.CHINESE)
    wording = Wording(session.form, Language.CHINESE)
    assert len({place.pointer for place in places}) == len(places)
    for place in places:
        assert found(places, str(place.pointer), wording) == (place,)


class TestChanges:
    def test_a_change_is_undone_and_done_again(
        self, report: Path, talk: Callable[..., Talk]
    ) -> None:
        done = talk(report, "/requests.new.natural_person", "5", "u", "r", "u", "6", "s", "q")
        assert done.line("已撤销") == "已撤销：表三 一、新收 自然人"
        assert done.line("已恢复") == "已恢复：表三 一、新收 自然人"
        # After an undo the place that it was about is asked.
        assert done.said.count("表三 一、新收 自然人，未填") == 3
        assert value(report, NATURAL) == 6

    def test_nothing_to_undo(self, report: Path, talk: Callable[..., Talk]) -> None:
        assert "没有可以撤销" in talk(report, "u", "q").said

    def test_totals_are_typed_as_a_check(
        self, tmp_path: Path, talk: Callable[..., Talk], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
        report, cell = complete(tmp_path), "/requests.new.natural_person"
        done = talk(report, cell, "t", "5", cell, "0", cell, "t", "6", "/preamble", "t", "s", "q")
        assert "照原始表录入并核对" in done.said
        assert "自动计算" not in done.line("已填 5")
        assert "总计 6 自动计算" in done.line("已填 6")
        assert "本页没有总计" in done.said
        assert value(report, TOTAL) == 6

    def test_rows_of_the_form_are_fixed(self, report: Path, talk: Callable[..., Talk]) -> None:
        done = talk(report, "/requests.new.natural_person", "a", "d", "q")
        assert done.said.count("本页的行是固定的") == 2


class TestRows:
    """On the report of another law: components that the agency names itself."""

    @pytest.fixture
    def agency(self, tmp_path: Path) -> Path:
        path = tmp_path / "nrb-2026.yaml"
        path.write_bytes((ROOT / "samples/foia/draft/nrb-2026.yaml").read_bytes())
        return path

    def test_a_row_is_added_to_the_list_and_to_every_table(
        self, agency: Path, talk: Callable[..., Talk]
    ) -> None:
        name = "/components.FD.name"
        done = talk(agency, name, "a", "", "a", "a/b", "FD", "PL", "Planning Office",
                    "/v_a.components.PL.pending_start", "4", "s", "q")  # fmt: skip
        assert "no / or ~" in done.said
        assert "there is a row of this name" in done.said
        assert "V.A PL Received" in done.said
        data = Report(open_document(agency).data)
        components = data.value_at(Pointer.of("components"))
        assert isinstance(components, dict)
        assert list(components) == ["HQ", "FD", "PL", "AR"]
        assert data.value_at(Pointer.of("v_a", "components", "PL", "pending_start")) == 4
        assert data.value_at(Pointer.of("components", "PL", "name")) == "Planning Office"

    def test_a_row_goes_from_every_table_once_it_is_asked(
        self, agency: Path, talk: Callable[..., Talk]
    ) -> None:
        before = agency.read_bytes()
        done = talk(agency, "/components.FD.name", "d", "", "d", "2", "s", "q")
        assert "in 5 other tables go with it" in done.said
        assert agency.read_bytes() == before
        talk(agency, "/components.FD.name", "d", "1", "s", "q")
        data = open_document(agency).data
        assert "'FD'" not in str(data)
        talk(agency, "/components.HQ.name", "d", "1", "u", "s", "q")
        assert open_document(agency).data == data
