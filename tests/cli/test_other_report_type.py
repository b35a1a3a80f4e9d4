"""Every command on a report type of another language, with rows that the filer named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from disclosure_tui.cli.main import run
from disclosure_tui.model.report import Report
from disclosure_tui.opening import open_document
from disclosure_tui.render.export_formats import __path__ as formats
from disclosure_tui.render.width import width

SAMPLES = Path(__file__).parents[2] / "samples" / "foia"
CLEAN = SAMPLES / "complete" / "nrb-2025.yaml"
CHINESE = re.compile("[一-鿿]")


@pytest.fixture(autouse=True)
def _chosen_by_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DISCLOSURE_LANG", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


class TestNew:
    ARGUMENTS = ("--year", "2026", "--name", "National Records Bureau", "--code", "NRB")

    def test_it_begins_without_rows_and_asks_for_no_level(self, tmp_path: Path) -> None:
        path = tmp_path / "nrb.yaml"
        kind = ["--type", "us-foia-annual"]
        assert run(["new", *kind, *self.ARGUMENTS, "--to", str(path)]) == 0
        data = open_document(path).data
        assert data["period"] == {"start": "2025-10-01", "end": "2026-09-30"}
        assert data["components"] == data["v_a"]["components"] == {}
        assert set(data["v_a"]["overall"].values()) == {None}
        assert "# V.A. FOIA REQUESTS --" in path.read_text(encoding="utf-8")

    def test_last_year_gives_rows_names_and_what_was_pending(self, tmp_path: Path) -> None:
        path = tmp_path / "nrb.yaml"
        assert run(["new", "--year", "2026", "--from", str(CLEAN), "--to", str(path)]) == 0
        document = open_document(path)
        last = open_document(CLEAN).data
        assert document.data["components"] == last["components"]
        for section in ("v_a", "v_b_1", "vi_a", "vii_a", "xii_a"):
            rows = document.data[section]["components"]
            assert list(rows) == list(last[section]["components"])
            figures = Report(document.data).leaves((section,))
            for place, value in figures:
                handed = place.key == "pending_start"
                closing = (*place[:-1], "pending_end")
                assert value == (Report(last).value_at(closing) if handed else None), place
        assert run(["check", str(path)]) == 1

    def test_level_and_language_tell_which_type_is_meant(self, tmp_path: Path) -> None:
        path = tmp_path / "nrb.yaml"
        assert run(["--lang", "en", "new", *self.ARGUMENTS, "--to", str(path)]) == 0
        assert open_document(path).data["report_type"] == "us-foia-annual/2008"
        other = tmp_path / "other.yaml"
        level = ["--level", "county"]
        assert run(["--lang", "en", "new", *self.ARGUMENTS, *level, "--to", str(other)]) == 0
        assert open_document(other).data["report_type"] == "gov-info-annual/2021"


@pytest.mark.parametrize("cells", [80, 120, 160])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_show_holds_every_row_within_the_width(
    cells: int, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--lang", language, "show", "--width", str(cells), str(CLEAN)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(width, lines)) <= cells
    overall = "AGENCY OVERALL" if language == "en" else "全机构合计"
    told = "\n".join(lines)
    assert told.count("│ HQ ") + told.count("│HQ ") >= 6
    if cells >= 120:
        assert told.count(overall) >= 5
    assert bool(CHINESE.search(told)) is (language == "zh")


def test_words_of_a_header_stay_whole_at_120(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", "--width", "120", str(CLEAN)]) == 0
    told = capsys.readouterr().out
    for word in ("Withdrawn", "Duplicate", "Described", "Referred"):
        assert word in told


def test_a_note_on_a_table_and_one_on_a_cell_are_printed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["show", str(CLEAN)]) == 0
    told = capsys.readouterr().out
    assert "Note: V.A: * All components compared their databases" in told
    assert "Note: VII.A AR Complex: One request was processed in this track." in told


def test_every_line_of_a_note_is_a_footnote_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "nrb-2025.yaml"
    text = CLEAN.read_text(encoding="utf-8").partition("notes:")[0]
    notes = 'notes: {/v_a: "* One\\n\\n** Two", /vi_a: null}\n'
    path.write_text(text + notes, encoding="utf-8")
    assert run(["show", str(path), "--width", "80"]) == 0
    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith("Note:")]
    assert told == ["Note: V.A: * One", "Note: V.A: ** Two"]


NAMES = sorted(
    path.stem.replace("_", "-").removesuffix("-format")
    for path in Path(formats[0]).glob("*.py")
    if not path.name.startswith("_")
)


@pytest.mark.parametrize("name", NAMES)
def test_every_format_is_written(name: str, tmp_path: Path) -> None:
    assert run(["export", "--to", name, "--output", str(tmp_path), str(CLEAN)]) == 0
    (path,) = tmp_path.iterdir()
    assert path.name.startswith("National Records Bureau Annual FOIA Report, Fiscal Year 2025")
    assert path.stat().st_size > 1_000


def test_a_text_copy_holds_the_codes_as_written(tmp_path: Path) -> None:
    assert run(["export", "--to", "csv-grid", "--output", str(tmp_path), str(CLEAN)]) == 0
    (path,) = tmp_path.iterdir()
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert "HQ,5,6.9,<1,18,30,39.5,21,80,N/A,N/A,N/A,N/A" in lines
    assert "AGENCY OVERALL,43,3" in lines


def test_a_cell_of_an_entry_row_is_read_and_set_by_its_path(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = CLEAN.read_text(encoding="utf-8")
    other = tmp_path / "nrb-2025.yaml"
    other.write_text(text.replace("received: 66", "received: 67"), encoding="utf-8")
    assert run(["get", str(other), "v_a.components.HQ.received"]) == 0
    assert capsys.readouterr().out.strip() == "67"
    assert run(["set", str(other), "v_a.components.HQ.received", "66"]) == 0
    assert other.read_text(encoding="utf-8") == text


def test_rules_are_explained_in_its_language(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", "en", "rules", "explain", "VIIA-LOW"]) == 0
    told = capsys.readouterr().out
    assert "The agency's lowest is the lowest of its components." in told
    assert not CHINESE.search(told)


class TestDiff:
    def test_two_years_are_compared_in_the_words_of_the_form(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(["diff", str(CLEAN.with_name("nrb-2024.yaml")), str(CLEAN)]) == 1
        said = capsys.readouterr().out
        assert re.search(r"^  HQ Pending at start +10 -> +12 +\+2$", said, re.MULTILINE)
        assert re.search(r"^  Overall Pending at end +156 -> +150 +-6$", said, re.MULTILINE)
        assert not CHINESE.search(said)

    def test_a_row_that_went_and_one_that_came_are_named(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        path = tmp_path / CLEAN.name
        row = "    FD: {pending_start: 1, received: 8, processed: 6, pending_end: 3}\n"
        text = CLEAN.read_text(encoding="utf-8")
        assert text.count(row) == 1
        path.write_text(text.replace(row, row.replace("FD", "AR")), encoding="utf-8")
        assert run(["diff", str(CLEAN), str(path)]) == 1
        said = capsys.readouterr().out
        figures = "Pending at start 1, Received 8, Processed 6, Pending at end 3"
        changed = [line for line in said.splitlines() if line.startswith("  ")]
        assert changed == [f"  + row AR: {figures}", f"  - row FD: {figures}"]
