"""Last year's report: named, typed in, found by content; merged offices; other editions."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Any

import pytest

from disclosure_tui import api
from disclosure_tui.batch import check_file, located
from disclosure_tui.language import Language
from disclosure_tui.model.finding import Severity
from disclosure_tui.model.form import Form
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.opening import open_document
from disclosure_tui.prior import FoundPrior, PriorKeeper, PriorStatus, find_prior
from disclosure_tui.prior_candidates import predecessors
from disclosure_tui.render.wording import Wording
from disclosure_tui.report_type import ReportTypes, load_report_type
from disclosure_tui.schema.catalog import Catalog
from disclosure_tui.session import Session

SAMPLES = Path(__file__).parents[2] / "samples"
TYPES = ReportTypes(Catalog.of())
CARRIED = Pointer.parse("/requests/carried_forward/natural_person")

Data = dict[str, Any]


def put(path: Path, **more: Any) -> Path:
    """Write a small report: office a, year 2023, edition 2021, unless told otherwise."""
    edition = more.pop("edition", "2021")
    head = {"report_type": f"gov-info-annual/{edition}", "year": 2023}
    organ = {"name": "某局", "code": more.pop("code", "a")}
    data = {**head, "organ": organ, **more}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{key}: {flow(value)}\n" for key, value in data.items()), "utf-8")
    return path


def flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{key}": {flow(item)}' for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def carried(count: int) -> Data:
    return {"requests": {"carried_forward": {"natural_person": count}}}


def found(path: Path) -> FoundPrior:
    document = open_document(path)
    form = load_report_type(document.data["report_type"]).form
    return find_prior(form, Report(document.data), path)


def figure(prior: FoundPrior, pointer: Pointer = CARRIED) -> Any:
    assert prior.prior is not None
    return prior.prior.report.value_at(pointer)


def sentences(path: Path, language: Language = Language.CHINESE) -> list[str]:
    prior = found(path)
    form: Form = load_report_type(open_document(path).data["report_type"]).form
    return [Wording(form, language, 2024).panel(finding) for finding in prior.findings]


class TestNamed:
    def test_by_path_from_the_folder_of_the_report(self, tmp_path: Path) -> None:
        put(tmp_path / "2023/a.yaml", **carried(5))
        path = put(tmp_path / "2024/a.yaml", year=2024, prior={"file": "../2023/a.yaml"})
        prior = found(path)
        assert (prior.status, prior.file, prior.findings) == ("used", "../2023/a.yaml", ())
        assert figure(prior) == 5
        before = (tmp_path / "2023/a.yaml").read_bytes()
        assert prior.sha256 == hashlib.sha256(before).hexdigest()

    def test_a_digest_that_differs_is_told_and_can_be_brought_up_to_date(
        self, tmp_path: Path
    ) -> None:
        put(tmp_path / "b.yaml", **carried(5))
        path = put(tmp_path / "a.yaml", year=2024, prior={"file": "b.yaml", "sha256": "0" * 64})
        prior = found(path)
        assert prior.status == PriorStatus.DIGEST_DIFFERS
        assert figure(prior) == 5, "its figures are compared all the same"
        (finding,) = prior.findings
        assert finding.severity is Severity.ERROR
        assert finding.pointers == (Pointer.parse("/prior/sha256"),)
        session = Session.open(path, TYPES)
        (told,) = [f for f in session.result.findings.open if f.rule == "report.prior"]
        assert told.fix is not None
        session.apply(told.fix.transaction)
        assert "report.prior" not in {f.rule for f in session.result.findings}
        assert session.prior.status == PriorStatus.USED

    @pytest.mark.parametrize(
        ("text", "status", "says"),
        [
            (None, PriorStatus.MISSING, "找不到"),
            ("report_type: [", PriorStatus.UNREADABLE, "打不开"),
            ("year: 2023\n", PriorStatus.UNREADABLE, "report_type"),
            ("report_type: foia/2024\nyear: 2023\n", PriorStatus.WRONG_REPORT, "foia/2024"),
            (
                "report_type: gov-info-annual/2021\nyear: 2022\n",
                PriorStatus.WRONG_REPORT,
                "是 2022 年的，应为 2023 年",
            ),
        ],
    )
    def test_what_cannot_be_used_is_an_error(
        self, tmp_path: Path, text: str | None, status: str, says: str
    ) -> None:
        if text is not None:
            (tmp_path / "b.yaml").write_text(text, encoding="utf-8")
        path = put(tmp_path / "a.yaml", year=2024, prior={"file": "b.yaml"})
        prior = found(path)
        assert (prior.status, prior.prior) == (status, None)
        (finding,) = prior.findings
        assert (finding.rule, finding.severity) == ("report.prior", Severity.ERROR)
        assert finding.pointers == (Pointer.parse("/prior/file"),)
        assert says in sentences(path)[0]
        assert "b.yaml" in sentences(path, Language.ENGLISH)[0]
        checked = check_file(path, TYPES)
        assert checked.result is not None
        rules = {finding.rule for finding in checked.result.findings.open}
        assert {"report.prior", "X-PRIOR"} <= rules

    @pytest.mark.parametrize("prior", [{}, {"file": ""}, {"values": {}}, [], [{}], 3, "b.yaml"])
    def test_what_names_nothing_is_none(self, tmp_path: Path, prior: Any) -> None:
        path = put(tmp_path / "a.yaml", year=2024, prior=prior)
        assert found(path) == FoundPrior(PriorStatus.NONE)

    @pytest.mark.parametrize("file", ["x" * 5000, "a/" * 3000, "..", ".", "/", "~", "a\\u0000b"])
    def test_a_name_that_no_file_has(self, tmp_path: Path, file: str) -> None:
        path = put(tmp_path / "a.yaml", year=2024, prior={"file": file})
        prior = found(path)
        assert (prior.status, prior.prior) == (PriorStatus.MISSING, None)
        assert len(sentences(path)[0]) < 400


class TestTyped:
    @pytest.mark.parametrize("address", ["", "/", "/a" * 5000, "a", "/~", "//", "3"])
    def test_an_address_that_leads_nowhere(self, tmp_path: Path, address: str) -> None:
        path = put(tmp_path / "a.yaml", year=2024, prior={"values": {address: 1, str(CARRIED): 5}})
        assert figure(found(path)) == 5
        assert check_file(path, TYPES).result is not None

    def test_figures_by_address(self, tmp_path: Path) -> None:
        values = {str(CARRIED): 5, "nonsense": 3}
        path = put(tmp_path / "a.yaml", year=2024, prior={"values": values})
        prior = found(path)
        assert (prior.status, prior.file, figure(prior)) == (PriorStatus.TYPED, "", 5)

    def test_figures_that_are_not_typed_are_told_not_blank(self, tmp_path: Path) -> None:
        values = {str(CARRIED): 5}
        more = {"requests": {"carried_in": {"natural_person": 5, "enterprise": 0}}}
        path = put(tmp_path / "a.yaml", year=2024, prior={"values": values}, **more)
        checked = check_file(path, TYPES)
        assert checked.result is not None
        by_name = {(f.rule, f.instance): f for f in checked.result.findings}
        assert ("X-CARRY", "natural_person") not in by_name
        assert by_name["X-CARRY", "enterprise"].reason == "no_prior"
        panel = Wording(checked.result.form, Language.CHINESE, 2024).panel(by_name["X-PRIOR", ""])
        assert panel.startswith("2023 年年报没有这 ")
        assert "四、结转下年 6 个数" in panel


class TestMerged:
    def test_their_figures_are_added(self, tmp_path: Path) -> None:
        put(tmp_path / "b.yaml", code="b", **carried(5))
        put(tmp_path / "c.yaml", code="c", **carried(3))
        named = [{"file": "b.yaml"}, {"file": "c.yaml"}]
        path = put(tmp_path / "a.yaml", year=2024, prior=named)
        prior = found(path)
        assert (prior.status, prior.file, figure(prior)) == ("used", "b.yaml, c.yaml", 8)
        other = Pointer.parse("/requests/carried_forward/total")
        assert figure(prior, other) is None, "a figure that one of them lacks is blank"

    def test_a_file_and_typed_figures(self, tmp_path: Path) -> None:
        put(tmp_path / "b.yaml", code="b", **carried(5))
        named = [{"file": "b.yaml"}, {"values": {str(CARRIED): 4}}]
        assert figure(found(put(tmp_path / "a.yaml", year=2024, prior=named))) == 9

    def test_without_one_of_them_nothing_is_compared(self, tmp_path: Path) -> None:
        put(tmp_path / "b.yaml", code="b", **carried(5))
        named = [{"file": "b.yaml"}, {"file": "gone.yaml"}]
        prior = found(put(tmp_path / "a.yaml", year=2024, prior=named))
        assert (prior.status, prior.prior) == (PriorStatus.MISSING, None)
        assert [finding.instance for finding in prior.findings] == ["prior.1.file"]


class TestByContent:
    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        (tmp_path / "disclosure.yaml").write_text("language: zh\n", encoding="utf-8")
        return tmp_path

    def test_in_the_folder_of_the_unit_whatever_its_name(self, root: Path) -> None:
        put(root / "units/a/2023/年报.yml", **carried(5))
        put(root / "units/a/2023/other.yaml", code="b", **carried(7))
        put(root / "units/a/2022/a.yaml", year=2022, **carried(9))
        prior = found(put(root / "units/a/2024/a-2024.yaml", year=2024))
        assert (prior.status, figure(prior)) == ("used", 5)
        assert prior.file == str(Path("../2023/年报.yml"))

    def test_another_edition_that_the_schema_lists(self, root: Path) -> None:
        put(root / "units/a/2020/a.yaml", year=2020, edition="2019", **carried(5))
        prior = found(put(root / "units/a/2021/a.yaml", year=2021))
        assert figure(prior) == 5
        assert prior.prior is not None
        assert Pointer.parse("/proactive") in prior.prior.without

    def test_two_candidates_are_an_error_that_names_both(self, root: Path) -> None:
        put(root / "units/a/2023/one.yaml")
        put(root / "units/a/2023/two.yaml")
        path = put(root / "units/a/2024/a.yaml", year=2024)
        prior = found(path)
        assert (prior.status, prior.prior) == (PriorStatus.AMBIGUOUS, None)
        (sentence,) = sentences(path)
        assert "one.yaml" in sentence
        assert "two.yaml" in sentence
        assert prior.findings[0].severity is Severity.ERROR

    def test_an_office_that_became_part_of_this_one(self, root: Path) -> None:
        roster = "﻿code,name,successor\na,某局,\nb,并入的局,a\nc,更早并入的局,b\nd,别的局,\n"
        (root / "units.csv").write_text(roster, encoding="utf-8")
        put(root / "units/a/2023/a.yaml", **carried(5))
        put(root / "units/b/2023/b.yaml", code="b", **carried(3))
        put(root / "units/c/2023/c.yaml", code="c", **carried(1))
        put(root / "units/d/2023/d.yaml", code="d", **carried(100))
        prior = found(put(root / "units/a/2024/a.yaml", year=2024))
        assert figure(prior) == 9
        assert predecessors(root / "units.csv", "a") == ("b", "c")

    def test_an_office_under_a_new_code(self, root: Path) -> None:
        (root / "units.csv").write_text("code,successor\nb,a\n", encoding="utf-8")
        put(root / "units/b/2023/b.yaml", code="b", **carried(3))
        assert figure(found(put(root / "units/a/2024/a.yaml", year=2024))) == 3

    @pytest.mark.parametrize(
        "roster", ["code,successor\na,b\nb,a\n", "", "单位\n甲\n", "\x00", "code\n" + "x" * 200_000]
    )
    def test_a_roster_that_leads_nowhere(self, root: Path, roster: str) -> None:
        (root / "units.csv").write_text(roster, encoding="utf-8")
        put(root / "units/a/2023/a.yaml", **carried(5))
        assert figure(found(put(root / "units/a/2024/a.yaml", year=2024))) == 5

    def test_without_a_district_the_folder_of_the_year_before(self, tmp_path: Path) -> None:
        put(tmp_path / "2023/x.yaml", **carried(5))
        put(tmp_path / "2023/y.yaml", code="b", **carried(6))
        assert figure(found(put(tmp_path / "2024/a.yaml", year=2024))) == 5
        assert found(put(tmp_path / "now/a.yaml", year=2024)).status == PriorStatus.NONE

    @pytest.mark.parametrize("more", [{"code": ""}, {"year": "2024"}, {"year": True}])
    def test_a_report_that_does_not_say_whose_or_when(self, root: Path, more: Data) -> None:
        put(root / "units/a/2023/a.yaml", **carried(5))
        path = put(root / "units/a/2024/a.yaml", **{"year": 2024, **more})
        assert found(path).status == PriorStatus.NONE


class TestAcrossEditions:
    def test_what_cannot_be_compared_is_said(self, tmp_path: Path) -> None:
        old = SAMPLES / "complete/sptyj-2020.yaml"
        shutil.copyfile(old, tmp_path / "old.yaml")
        new = tmp_path / "new.yaml"
        text = (SAMPLES / "complete/sqs-2023.yaml").read_text(encoding="utf-8")
        text = text.replace("year: 2023", "year: 2021\nprior: {file: old.yaml}", 1)
        new.write_text(text, encoding="utf-8")
        checked = check_file(new, TYPES)
        assert checked.result is not None
        by_name = {(f.rule, f.instance): f for f in checked.result.findings}
        note = by_name["X-PRIOR", "edition"]
        assert note.severity is Severity.NOTE
        panel = Wording(checked.result.form, Language.CHINESE, 2021).panel(note)
        assert panel.startswith("2020 年年报用的是另一格式版本")
        assert "表二 现行有效 2 个数" in panel
        assert ("X-CARRY", "natural_person") in by_name, "91 against 0"
        assert not [name for name in by_name if name[0] == "X-STOCK"]
        assert ("X-PRIOR", "") not in by_name


class TestUsers:
    """Everything that checks reports compares alike."""

    PAIR = SAMPLES / "complete/sqs-2024.yaml"

    def test_batch_session_and_api(self) -> None:
        checked = check_file(self.PAIR, TYPES)
        assert checked.result is not None
        session = Session.open(self.PAIR, TYPES)
        opened = api.check(api.open_report(self.PAIR))
        assert checked.result.counts == session.result.counts == opened.counts
        assert checked.result.counts.no_prior == 0
        prior = located(checked, None).prior
        assert prior is not None
        assert prior["status"] == "used"
        assert prior["file"] == "sqs-2023.yaml"
        before = self.PAIR.with_name("sqs-2023.yaml").read_bytes()
        assert prior["sha256"] == hashlib.sha256(before).hexdigest()

    def test_none_is_null_and_typed_has_no_file(self, tmp_path: Path) -> None:
        assert located(check_file(put(tmp_path / "a.yaml"), TYPES), None).prior is None
        path = put(tmp_path / "b.yaml", prior={"values": {str(CARRIED): 1}})
        typed = located(check_file(path, TYPES), None).prior
        assert typed == {"file": None, "sha256": None, "status": "typed"}

    def test_a_session_follows_what_the_report_says_of_last_year(self, tmp_path: Path) -> None:
        put(tmp_path / "b.yaml", **carried(5))
        more = {"requests": {"carried_in": {"natural_person": 5}}}
        path = put(tmp_path / "a.yaml", year=2024, prior={"file": "c.yaml"}, **more)
        session = Session.open(path, TYPES)
        assert session.prior.status == PriorStatus.MISSING
        session.set_value(Pointer.parse("/prior/file"), "b.yaml")
        assert session.prior.status == PriorStatus.USED
        held = session.result.counts.held
        session.set_value(Pointer.parse("/requests/carried_in/natural_person"), 6)
        assert ("X-CARRY", "natural_person") in {
            (f.rule, f.instance) for f in session.result.findings.open
        }
        session.undo()
        assert session.result.counts.held == held
        session.undo()
        assert session.prior.status == PriorStatus.MISSING

    def test_it_is_looked_for_only_where_it_may_be_another(self, tmp_path: Path) -> None:
        path = put(tmp_path / "2024/a.yaml", year=2024)
        keeper = PriorKeeper(load_report_type("gov-info-annual/2021").form, path)
        report = Report(open_document(path).data)
        assert keeper.context(report).prior is None
        put(tmp_path / "2023/a.yaml", **carried(5))
        assert keeper.context(report).prior is None
        other = Report({**report.data, "organ": {"name": "某局", "code": "a", "level": None}})
        assert keeper.context(other).prior is None, "its name and level do not matter"
        again = Report({**report.data, "prior": None, "year": 2024, "organ": {"code": "b"}})
        assert keeper.context(again).prior is None
        assert keeper.context(report).prior is not None
