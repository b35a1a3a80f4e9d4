"""The samples: complete ones are clean, drafts are blank and not wrong, faulty ones are as told."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from disclosure_tui import api
from disclosure_tui.cli.main import run
from disclosure_tui.language import Language
from disclosure_tui.model.finding import State
from disclosure_tui.model.form import Form
from disclosure_tui.model.report import Report
from disclosure_tui.opening import open_document, report_type_name
from disclosure_tui.render.width import width
from disclosure_tui.report_type import load_report_type
from disclosure_tui.rules.checker import CheckResult
from disclosure_tui.rules.registry import Instance
from tiny import line, pairs, words

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
COMPLETE = sorted((SAMPLES / "complete").glob("*.yaml"))
DRAFTS = sorted((SAMPLES / "draft").glob("*.yaml"))
FAULTY = sorted((SAMPLES / "faulty").glob("*.yaml"))

RULES = {
    "T3-BAL",
    "T3-ROW",
    "T3-COL",
    "T3-INT",
    "T3-BLANK",
    "T4-SUM",
    "T4-INT",
    "T4-BLANK",
    "T2-INT",
    "T2-NUMBER",
    "T2-BLANK",
    "T2-STOCK",
    "T2-AUTHORITY",
    "T2-OLD-ITEMS",
    "T2-OLD-DISCLOSED",
    "T2-OLD-DECISIONS",
    "S-FORMAT-YEAR",
    "S-FIVE",
    "S-PERIOD",
    "T2-SCALE",
    "X-CARRY",
    "X-STOCK",
    "X-ITEMS",
    "X-TOTAL-DISCLOSED",
    "X-PENDING",
    "X-PRIOR",
    "L-REVIEW",
    "L-FEE",
    "L-EMPTY",
    "S-DEADLINE",
    "S-SIGN",
    "report.prior",
    "TX-NEW",
    "TX-NATURAL",
    "TX-CARRIED-IN",
    "TX-DONE",
    "TX-CARRIED-OUT",
    "TX-GROUP",
    "TX-BREAKDOWN",
    "TX-PERCENT",
    "TX-REVIEWS",
    "TX-LITIGATION",
    "TX-CASES",
    "TX-NO-LOSS",
    "TX-RULES",
    "TX-DECISIONS",
    "TX-PARTS",
    "TX-FEE",
    "TX-GROWTH",
    "X-SAME",
    "S-BASIS",
    "S-PREAMBLE",
    "S-YEAR",
    "S-OVERVIEW",
    "S-SIX",
    "S-STALE",
    "S-TEMPLATE",
}
OLDEST = {"sptyj-2020", "sqs-2023"}
EQUATIONS = {"T3-BAL", "T3-ROW", "T3-COL", "T4-SUM"}
AMBIGUOUS = set("“”…—·①②③→×≥≤≠‘’")
LATIN = re.compile(r"[A-Za-z]+")

Pairs = list[tuple[str, str]]


def checked(path: Path) -> CheckResult:
    return api.check(api.open_report(path))


def expected(path: Path) -> Pairs:
    told = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))
    assert told["rule"] == path.stem
    found: Pairs = [(rule, instance) for rule, instance in told["findings"]]
    return found


def result_instances(result: CheckResult) -> tuple[Instance, ...]:
    """Return the rules at the places of a checked report."""
    return load_report_type(result.form.report_type.name).checker.instances(result.form)


def labels(form: Form) -> str:
    """Return every label of a form as one text."""
    found = []
    for node in form.nodes.values():
        found += [*node.label.titles.values(), *node.label.shorts.values()]
    return "\n".join(found)


@pytest.fixture(autouse=True)
def _chosen_by_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DISCLOSURE_LANG", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


class TestComplete:
    def test_there_is_one_of_each_edition(self) -> None:
        names = {report_type_name(open_document(path)) for path in COMPLETE}
        assert names == {"gov-info-annual/2019", "gov-info-annual/2021"}

    @pytest.mark.parametrize("path", COMPLETE, ids=lambda path: path.stem)
    def test_it_has_no_finding_of_any_weight(self, path: Path) -> None:
        result = checked(path)
        oldest = path.stem in OLDEST
        decided = [finding for finding in result.findings if finding.reason != "no_prior"]
        assert [(f.rule, f.state) for f in decided] == (
            [("X-PRIOR", State.EXPLAINED)] if oldest else []
        )
        assert result.blank == result.counts.undecided == 0
        assert result.counts.failed == oldest
        assert (result.counts.no_prior > 0) is oldest

    def test_the_oldest_of_each_edition_has_no_report_of_last_year(self) -> None:
        years: dict[str, list[tuple[int, str]]] = {}
        for path in COMPLETE:
            data = open_document(path).data
            years.setdefault(data["report_type"], []).append((data["year"], path.stem))
        assert {min(found)[1] for found in years.values()} == OLDEST

    def test_the_pair_is_compared(self) -> None:
        result = checked(SAMPLES / "complete/sqs-2024.yaml")
        assert result.counts.no_prior == 0
        rules = [item.rule.identifier for item in result_instances(result)]
        assert rules.count("X-CARRY") == 7
        assert rules.count("X-STOCK") == 2

    def test_the_command_says_so(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["check", "--fail-on", "note", str(SAMPLES / "complete")]) == 0
        assert "共 3 份：3 份没有问题" in capsys.readouterr().out

    @pytest.mark.parametrize("path", COMPLETE, ids=lambda path: path.stem)
    def test_it_is_marked_as_a_sample(self, path: Path) -> None:
        document = open_document(path)
        assert document.text.startswith("# 示例：表中数字取自公开发布的年报，文字为示例另写\n")
        assert "本文为示例" in document.data["preamble"]

    @pytest.mark.parametrize("path", COMPLETE, ids=lambda path: path.stem)
    def test_every_row_has_its_printed_label_behind_it(self, path: Path) -> None:
        document = open_document(path)
        form = load_report_type(report_type_name(document)).form
        for row in form.rows():
            position = document.locate(row.pointer)
            assert position is not None
            text = document.text.splitlines()[position.line - 1]
            assert text.endswith(f"}}  # {row.label.title(Language.CHINESE)}")


class TestProse:
    """The figures that the sentences name are those of the tables."""

    @pytest.mark.parametrize("path", COMPLETE, ids=lambda path: path.stem)
    def test_length_and_topics(self, path: Path) -> None:
        data = open_document(path).data
        assert 400 <= len(re.sub(r"\s", "", data["overview"])) <= 900
        assert len(re.sub(r"\s", "", data["problems"])) >= 200
        for topic in ("主动公开", "依申请公开", "政府信息管理", "平台建设", "监督保障"):
            assert topic in data["overview"]
        year = data["year"]
        basis = "〔2019〕60号" if year == 2020 else "〔2021〕30号"
        for phrase in (
            f"{year}年1月1日至{year}年12月31日",
            basis,
            "六个部分",
            "电话：0000-0000000",
        ):
            assert phrase in data["preamble"]
        assert f"{year}年将" not in data["problems"]
        assert "信息处理费" in data["other_matters"]
        assert data["signature"]["date"].startswith(str(year + 1))

    def test_counts_of_requests(self) -> None:
        data = open_document(SAMPLES / "complete/sqs-2023.yaml").data
        text, three, four = data["overview"], data["requests"], data["disputes"]
        results = three["results"]

        def group(name: str) -> int:
            found: int = sum(row["total"] for row in results[name].values())
            return found

        counts = {
            "新收政府信息公开申请": three["new"]["total"],
            "自然人申请": three["new"]["natural_person"],
            "法人或其他组织申请": three["new"]["total"] - three["new"]["natural_person"],
            "上年结转": three["carried_in"]["total"],
            "，共": three["new"]["total"] + three["carried_in"]["total"],
            "全年办结": results["total"]["total"],
            "予以公开": results["granted"]["total"],
            "部分公开": results["partially_granted"]["total"],
            "不予公开": group("denied"),
            "无法提供": group("unable"),
            "不予处理": group("not_processed"),
            "其他处理": group("other"),
            "结转下年度": three["carried_forward"]["total"],
            "行政复议": four["review"]["total"],
            "行政诉讼": sum(suit["total"] for suit in four["litigation"].values()),
        }
        for words_before, count in counts.items():
            assert f"{words_before}{count}件" in text, words_before
        for outcome, key in {
            "结果维持": "upheld",
            "结果纠正": "corrected",
            "其他结果": "other",
            "尚未审结": "pending",
        }.items():
            suits = sum(suit[key] for suit in four["litigation"].values())
            named = re.findall(rf"{outcome}(\d+)件", text)
            assert named == [str(four["review"][key]), str(suits)]

    def test_percentages_are_rounded(self) -> None:
        data = open_document(SAMPLES / "complete/sqs-2023.yaml").data
        text, three = data["overview"], data["requests"]
        shares = [(int(n), p) for n, p in re.findall(r"(\d+)件，占([\d.]+)%", text)]
        wholes = [three["new"]["total"]] * 2 + [three["results"]["total"]["total"]] * 6
        assert len(shares) == len(wholes)
        for (part, printed), whole in zip(shares, wholes, strict=True):
            assert printed == f"{100 * part / whole:.1f}"

    def test_documents_decisions_and_fees(self) -> None:
        data = open_document(SAMPLES / "complete/sqs-2023.yaml").data
        text, two = data["overview"], data["proactive"]
        rules = two["article_20_1"]["administrative_rules"]
        normative = two["article_20_1"]["normative_documents"]
        assert f"制发规章{rules['made']}件，现行有效规章{rules['in_force']}件" in text
        assert (
            f"制发行政规范性文件{normative['made']}件，废止{normative['repealed']}件，"
            f"现行有效{normative['in_force']}件" in text
        )
        assert f"行政许可决定{two['article_20_5']['licensing']['decisions']}件" in text
        assert f"行政处罚决定{two['article_20_6']['penalty']['decisions']}件" in text
        assert f"行政强制决定{two['article_20_6']['compulsion']['decisions']}件" in text
        assert f"行政事业性收费{two['article_20_8']['fees']['amount']}万元" in text

    def test_parts_add_up(self) -> None:
        text = open_document(SAMPLES / "complete/sqs-2023.yaml").data
        issues = re.search(r"问答(\d+)期，其中(.*?)。", text["overview"])
        assert issues is not None
        assert int(issues[1]) == sum(map(int, re.findall(r"(\d+)期", issues[2])))
        fees = re.search(r"对(\d+)件申请收取信息处理费(\d+)元，其中(.*?)；", text["other_matters"])
        assert fees is not None
        parts = re.findall(r"(\d+)件(\d+)元", fees[3])
        assert int(fees[1]) == sum(int(count) for count, _ in parts)
        assert int(fees[2]) == sum(int(amount) for _, amount in parts)
        unpaid = text["requests"]["results"]["other"]["fee_overdue"]["total"]
        assert f"另有{unpaid}件因申请人逾期未按收费通知要求缴纳费用" in text["other_matters"]
        posts = open_document(SAMPLES / "complete/sptyj-2020.yaml").data["overview"]
        count, news, affairs = map(
            int,
            re.search(r"信息(\d+)条，其中工作动态(\d+)条、政务公开(\d+)条", posts).groups(),  # type: ignore[union-attr]
        )
        assert count == news + affairs

    def test_nothing_is_told_where_the_tables_are_zero(self) -> None:
        data = open_document(SAMPLES / "complete/sptyj-2020.yaml").data
        text = data["overview"]
        assert all(cell == 0 for _, cell in Report(data).leaves(("requests",)) if cell is not None)
        assert "未收到政府信息公开申请" in text
        assert "没有上年结转的申请" in text
        assert "没有因政府信息公开引起的行政复议和行政诉讼" in text
        services = data["proactive"]["article_20_5"]["other_services"]
        assert services["change"] == 0
        assert f"其他对外管理服务事项{services['prior_items']}项" in text
        assert f"处理决定{services['decisions']}件" in text
        assert (
            f"行政处罚事项{data['proactive']['article_20_6']['penalty']['prior_items']}项" in text
        )


class TestDrafts:
    @pytest.mark.parametrize("path", DRAFTS, ids=lambda path: path.stem)
    def test_blanks_are_reported_and_no_sum_over_a_blank(self, path: Path) -> None:
        result = checked(path)
        data = Report(open_document(path).data)
        found = pairs(result.findings)
        assert result.blank > 0
        assert any(rule.endswith("-BLANK") for rule, _ in found)
        assert not [pair for pair in found if pair[0] in EQUATIONS]
        named = [pointer for pointers in result.blanks.values() for pointer in pointers]
        assert all(data.value_at(pointer) is None for pointer in named)

    def test_counts(self) -> None:
        counts = {path.stem: checked(path).blank for path in DRAFTS}
        assert counts == {"jtysj-2020": 25, "jyj-2025": 105, "swj-2025": 203}

    def test_undecided_equations_are_those_with_a_blank(self) -> None:
        for path in DRAFTS:
            data = Report(open_document(path).data)
            for finding in checked(path).findings:
                if finding.rule in EQUATIONS:
                    assert finding.state is State.UNDECIDED
                    assert any(data.value_at(pointer) is None for pointer in finding.pointers)

    def test_the_command(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["check", "--details", str(SAMPLES / "draft")]) == 1
        out = capsys.readouterr().out
        assert "未填 203 格" in out
        assert not re.search(r"T3-(BAL|ROW|COL)|T4-SUM", out)

    def test_a_new_report_names_its_blanks(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "swj-2025.yaml"
        arguments = ["--year", "2025", "--name", "示例县水务局", "--code", "swj"]
        level = ["--level", "county_department", "--to", str(path)]
        assert run(["new", *arguments, *level]) == 0
        assert path.read_bytes() == (SAMPLES / "draft/swj-2025.yaml").read_bytes()
        capsys.readouterr()
        assert run(["check", str(path)]) == 1
        assert "未填 203 格" in capsys.readouterr().out


class TestFaulty:
    def test_every_rule_has_its_file(self) -> None:
        names = {path.stem for path in FAULTY}
        assert names == RULES | {"schema.unevaluatedProperties"}
        beside = {path.name for path in (SAMPLES / "faulty").glob("*.json")}
        assert beside == {f"{name}.expected.json" for name in names}

    @pytest.mark.parametrize("path", FAULTY, ids=lambda path: path.stem)
    def test_it_has_exactly_its_findings(self, path: Path) -> None:
        found = pairs(checked(path).findings)
        assert found == expected(path)
        assert {rule for rule, _ in found} == {path.stem}

    def test_the_files_are_what_the_tool_writes(self) -> None:
        for path, text in _tool().files():
            assert path.read_text(encoding="utf-8") == text, path.name

    def test_the_misspelt_key_has_a_hint(self) -> None:
        result = checked(SAMPLES / "faulty/schema.unevaluatedProperties.yaml")
        (finding,) = result.findings.open
        assert "region" in words(result, finding)
        assert "regoin" in words(result, finding, "en")

    @pytest.mark.parametrize("path", FAULTY, ids=lambda path: path.stem)
    def test_the_command_names_line_and_rule(
        self, path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(["check", "--fail-on", "note", str(path)]) == 1
        out = capsys.readouterr().out
        assert re.search(rf"{re.escape(path.name)}:\d+:\d+: +[!?*] {re.escape(path.stem)} ", out)

    @pytest.mark.parametrize("path", FAULTY, ids=lambda path: path.stem)
    def test_sentences(self, path: Path) -> None:
        """Own words hold no character of ambiguous width; Latin letters only in keys and ids."""
        result = checked(path)
        year = open_document(path).data["year"]
        own = labels(result.form)
        for finding in result.findings.open:
            for text in (words(result, finding, year=year), line(result, finding, year=year)):
                assert "{" not in text
                assert not {mark for mark in AMBIGUOUS if mark in text and mark not in own}
                latin = set(LATIN.findall(text))
                known = {"regoin", "region", "daj", "yaml"}
                assert latin <= known | set(LATIN.findall(finding.rule))
            assert "{" not in words(result, finding, "en", year)
            assert not re.search("[一-鿿]", _without_own(words(result, finding, "en", year)))
            assert words(result, finding, year=year).endswith("。")
            assert width(line(result, finding, year=year)) <= 78


def _without_own(text: str) -> str:
    """Take away what a person wrote: the value 无, a sentence of prose."""
    return re.sub("【[^】]*】", "", text).replace("无", "")


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "make_faulty_samples", ROOT / "tools/make_faulty_samples.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
