"""The text of a new report: every figure blank, labels behind the rows, order of the form."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure_tui.drafting import NewReport, default_place, draft_text, file_name
from disclosure_tui.language import Language
from disclosure_tui.model.form import Role
from disclosure_tui.model.report import Report
from disclosure_tui.model.report_period import ReportPeriod
from disclosure_tui.report_type import load_report_type
from disclosure_tui.store.document import Document

ZH, EN = Language.CHINESE, Language.ENGLISH
EDITIONS = ("2019", "2021")
BLANKS = {"2019": 201, "2021": 203}


def new(**more: object) -> NewReport:
    return NewReport(2023, "某市某局", "mj", "county_department", **more)  # type: ignore[arg-type]


def drafted(edition: str, language: Language = ZH, **more: object) -> Document:
    form = load_report_type(f"gov-info-annual/{edition}").form
    return Document.read(draft_text(form, new(**more), language).encode())


@pytest.mark.parametrize("edition", EDITIONS)
class TestDraft:
    def test_every_figure_is_there_and_blank(self, edition: str) -> None:
        loaded = load_report_type(f"gov-info-annual/{edition}")
        report = Report(drafted(edition).data)
        for node in loaded.form.nodes.values():
            if node.role in (Role.CELL, Role.PROSE):
                assert report.has(node.pointer), node.pointer
                assert report.value_at(node.pointer) is None
        assert loaded.checker.check(report).blank == BLANKS[edition]

    def test_nothing_but_blanks_is_found(self, edition: str) -> None:
        loaded = load_report_type(f"gov-info-annual/{edition}")
        document = drafted(edition)
        year = 2020 if edition == "2019" else 2023
        data = {**document.data, "year": year}
        data["period"] = {"start": f"{year}-01-01", "end": f"{year}-12-31"}
        found = {f.rule for f in loaded.checker.check(Report(data)).findings.open}
        assert found == {
            *("T2-BLANK", "T3-BLANK", "T4-BLANK", "S-FIVE", "schema.blank"),
            *("X-PRIOR", "S-SIGN"),
        }

    @pytest.mark.parametrize("language", [ZH, EN])
    def test_one_row_one_line_with_its_printed_label(
        self, edition: str, language: Language
    ) -> None:
        form = load_report_type(f"gov-info-annual/{edition}").form
        document = drafted(edition, language)
        lines = document.text.splitlines()
        for row in form.rows():
            position = document.locate(row.pointer)
            assert position is not None
            assert lines[position.line - 1].endswith(f"}}  # {row.label.title(language)}")

    def test_order_of_the_form(self, edition: str) -> None:
        form = load_report_type(f"gov-info-annual/{edition}").form
        keys = list(drafted(edition).data)
        order = [node.key for node in form.root.children]
        assert keys == [key for key in order if key in keys]
        assert "signature" not in keys

    def test_envelope(self, edition: str) -> None:
        data = drafted(edition, region="某省某市").data
        assert data["report_type"] == f"gov-info-annual/{edition}"
        assert data["year"] == 2023
        assert data["organ"] == {
            "name": "某市某局",
            "code": "mj",
            "level": "county_department",
            "region": "某省某市",
        }
        assert data["period"] == {"start": "2023-01-01", "end": "2023-12-31"}
        assert "prior" not in data


def test_last_years_file_is_named() -> None:
    data = drafted("2021", prior={"file": "../2022/mj-2022.yaml", "sha256": "ab" * 32}).data
    assert data["prior"] == {"file": "../2022/mj-2022.yaml", "sha256": "ab" * 32}


@pytest.mark.parametrize(
    "name", ["某局", "a: b", "#局", "'局'", '"局"', "- 局", "{局}", "null", "12", "局,处", "局 "]
)
def test_any_name_is_read_again_as_it_was_given(name: str) -> None:
    form = load_report_type("gov-info-annual/2021").form
    text = draft_text(form, NewReport(2023, name), ZH)
    assert Document.read(text.encode()).data["organ"]["name"] == name


def test_names_and_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert file_name("tyj", ReportPeriod(2023)) == "tyj-2023.yaml"
    assert file_name("tyj", ReportPeriod(2023, 4)) == "tyj-2023-4.yaml"
    district = Path("district")
    assert (
        default_place("tyj", ReportPeriod(2023), district)
        == district / "units/tyj/2023/tyj-2023.yaml"
    )
    assert (
        default_place("tyj", ReportPeriod(2023), None)
        == tmp_path / "annual-reports/2023/tyj-2023.yaml"
    )
