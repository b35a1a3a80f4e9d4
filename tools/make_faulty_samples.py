"""Write `samples/faulty`: for each rule a small report that breaks it, and what a check must find.

Every sample is the same complete report of an invented office, in one of the two editions, with
one fault put in. Without a fault it is the base report of the rule cases, written as well. The
findings beside a sample are written down here by hand, never taken from a check.

    make_faulty_samples.py             write the files
    make_faulty_samples.py --check     exit 1 and name the files that differ
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from disclosure_tui.drafting import NewReport, draft_text
from disclosure_tui.language import Language
from disclosure_tui.model.edit import Edit, InsertValue, SetValue, Transaction
from disclosure_tui.model.form import Form, Role
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.report_type import load_report_type
from disclosure_tui.store.document import Document

FOLDER = Path(__file__).resolve().parent.parent / "samples" / "faulty"
CASES = FOLDER.parent.parent / "schemas" / "cases" / "gov-info-annual"
OFFICE = "示例县档案局"
MARK = "# 示例：单位、数字和文字都是虚构的，有意留了一处错误，用来演示校验规则 {rule}\n"
BASE_MARK = "# 底稿：单位、数字和文字都是虚构的，没有错误；校验规则的用例都从它改起\n"
YEARS = {"2019": 2020, "2021": 2023}

PROSE = {
    "preamble": "本文为示例。根据《中华人民共和国政府信息公开条例》和{basis}要求编制，由总体情况等"
    "六个部分组成，数据统计期限为{year}年1月1日至{year}年12月31日。联系电话：0000-0000000。",
    "overview": "（一）主动公开。按规定公开机构职能、政策文件和办事指南。\n"
    "（二）依申请公开。按规定登记、审核和答复政府信息公开申请，办理情况见第三部分。\n"
    "（三）政府信息管理。拟制公文时确定公开属性，发布前进行保密审查。\n"
    "（四）政府信息公开平台建设。及时更新县政府网站专栏。\n"
    "（五）监督保障。组织业务培训，接受社会监督。",
    "problems": "存在的主要问题：政策解读形式单一，部分栏目更新不及时。\n"
    "改进情况：多用图示和问答解读政策，明确各栏目的更新时限，按季度检查通报。",
    "other_matters": "本年未收取政府信息公开信息处理费，没有其他需要报告的事项。",
}
BASIS = {"2019": "国办公开办函〔2019〕60号", "2021": "国办公开办函〔2021〕30号"}

FIGURES: Mapping[str, Any] = {
    "requests/new/natural_person": 3,
    "requests/new/enterprise": 1,
    "requests/new/total": 4,
    "requests/carried_in/natural_person": 1,
    "requests/carried_in/total": 1,
    "requests/results/granted/natural_person": 2,
    "requests/results/granted/total": 2,
    "requests/results/unable/not_held/natural_person": 1,
    "requests/results/unable/not_held/enterprise": 1,
    "requests/results/unable/not_held/total": 2,
    "requests/results/total/natural_person": 3,
    "requests/results/total/enterprise": 1,
    "requests/results/total/total": 4,
    "requests/carried_forward/natural_person": 1,
    "requests/carried_forward/total": 1,
    "disputes/review/upheld": 1,
    "disputes/review/total": 1,
}
EDITION_FIGURES: Mapping[str, Mapping[str, Any]] = {
    "2019": {
        "proactive/article_20_1/normative_documents/made": 1,
        "proactive/article_20_1/normative_documents/newly_disclosed": 1,
        "proactive/article_20_1/normative_documents/total_disclosed": 6,
        "proactive/article_20_5/licensing/prior_items": 4,
        "proactive/article_20_5/licensing/decisions": 12,
        "proactive/article_20_6/penalty/prior_items": 2,
        "proactive/article_20_9/central_procurement/projects": 1,
        "proactive/article_20_9/central_procurement/amount": 86500,
    },
    "2021": {
        "proactive/article_20_1/normative_documents/made": 1,
        "proactive/article_20_1/normative_documents/in_force": 6,
        "proactive/article_20_5/licensing/decisions": 12,
        "proactive/article_20_8/fees/amount": Decimal("0.5"),
    },
}
APPLICANTS = (
    *("natural_person", "enterprise", "research", "welfare", "legal_service", "other", "total"),
)
PRIOR_FIGURES: Mapping[str, Any] = {
    **{f"requests/carried_forward/{column}": 0 for column in APPLICANTS},
    "requests/carried_forward/natural_person": 1,
    "requests/carried_forward/total": 1,
    "requests/new/total": 3,
    "requests/carried_in/total": 0,
    "disputes/review/pending": 0,
    "disputes/litigation/direct/pending": 0,
    "disputes/litigation/after_review/pending": 0,
}
EDITION_PRIOR_FIGURES: Mapping[str, Mapping[str, Any]] = {
    "2019": {
        "proactive/article_20_1/administrative_rules/total_disclosed": 0,
        "proactive/article_20_1/normative_documents/total_disclosed": 5,
        **{
            f"proactive/{row}/{column}": 0
            for row in (
                *("article_20_5/licensing", "article_20_5/other_services"),
                *("article_20_6/penalty", "article_20_6/compulsion", "article_20_8/fees"),
            )
            for column in ("prior_items", "change")
        },
        "proactive/article_20_5/licensing/prior_items": 4,
        "proactive/article_20_6/penalty/prior_items": 2,
    },
    "2021": {
        "proactive/article_20_1/administrative_rules/in_force": 0,
        "proactive/article_20_1/normative_documents/in_force": 5,
        "proactive/article_20_5/licensing/decisions": 9,
        "proactive/article_20_6/penalty/decisions": 0,
        "proactive/article_20_6/compulsion/decisions": 0,
        "proactive/article_20_8/fees/amount": Decimal("0.4"),
    },
}
"""Figures of last year with which everything that a sample does not break holds."""

REQUESTS = "按规定登记、审核和答复政府信息公开申请，办理情况见第三部分。"
"""The sentence of the clean report that a fault in prose takes the place of."""


def telling(sentence: str) -> dict[str, str]:
    """Return the change that puts a sentence into part 1."""
    assert REQUESTS in PROSE["overview"]
    return {"overview": PROSE["overview"].replace(REQUESTS, sentence)}


def said(rule: str, section: str, words: str) -> tuple[str, str]:
    """Name a finding in prose: by its section and a digest of its words."""
    digest = hashlib.sha256(words.encode()).hexdigest()[:8]
    return rule, f"{section}.{digest}"


LONG_PROBLEMS = (
    "存在的主要问题：政策解读形式单一，部分栏目更新不及时，个别科室对公开工作重视不够。"
    "改进情况：多用图示和问答解读政策，明确各栏目的更新时限，按季度检查通报；把公开工作纳入"
    "科室年度考核，组织业务培训{}，请有经验的同志讲解答复文书的写法。"
)
EMPTY_TABLE_3 = {path: 0 for path in FIGURES if path.startswith("requests/")}
BLANK_ROW = dict.fromkeys(
    ("natural_person", "enterprise", "research", "welfare", "legal_service", "other", "total")
)


@dataclass(frozen=True)
class Sample:
    """One faulty report.

    Attributes:
        rule: The rule it is about; the name of the file.
        findings: Rule and instance of everything that a check must find.
        values: The fault: values by path.
        edition: Of the report.
        added: Values under keys that are not there, by path.
        year: Report year, where it is not the usual one.
        before: Figures of last year by path, where they are not the usual ones; None: no report
            of last year at all.
        explained: Rule, level and instance of a query that cannot but fail as well, and the
            figures that it is explained for.
    """

    rule: str
    findings: tuple[tuple[str, str], ...]
    values: Mapping[str, Any]
    edition: str = "2021"
    added: Mapping[str, Any] = field(default_factory=dict)
    year: int | None = None
    before: Mapping[str, Any] | None = field(default_factory=dict)
    explained: tuple[str, str, str, Mapping[str, Any]] | None = None


SAMPLES = (
    Sample(
        "T3-BAL",
        # A part and its total are raised together, so that the row still adds up.
        (("T3-BAL", "natural_person"), ("T3-BAL", "total")),
        {
            "requests/carried_forward/natural_person": 2,
            "requests/carried_forward/total": 2,
        },
    ),
    Sample(
        "T3-ROW",
        # Two totals, one on each side of the balance; a single one would break it as well.
        (("T3-ROW", "carried_forward"), ("T3-ROW", "new")),
        {"requests/new/total": 5, "requests/carried_forward/total": 2},
    ),
    Sample(
        "T3-COL",
        # One request in the column beside its own: the row adds up, two columns do not.
        (("T3-COL", "enterprise"), ("T3-COL", "natural_person")),
        {
            "requests/results/granted/natural_person": 1,
            "requests/results/granted/enterprise": 1,
        },
    ),
    Sample(
        "T3-INT",
        # What is no whole number leaves the equations undecided.
        (
            ("T3-INT", "results.denied.state_secret.research"),
            ("T3-INT", "results.granted.natural_person"),
        ),
        {
            "requests/results/granted/natural_person": Decimal("2.5"),
            "requests/results/denied/state_secret/research": "/",
        },
    ),
    Sample("T3-BLANK", (("T3-BLANK", ""),), {"requests/results/not_processed/repeat": BLANK_ROW}),
    Sample("T4-SUM", (("T4-SUM", "review"),), {"disputes/review/total": 2}),
    Sample(
        "T4-INT",
        (("T4-INT", "litigation.direct.upheld"),),
        {"disputes/litigation/direct/upheld": "无"},
    ),
    Sample("T4-BLANK", (("T4-BLANK", ""),), {"disputes/litigation/after_review/pending": None}),
    Sample(
        "T2-INT",
        (
            ("T2-INT", "article_20_5.licensing.decisions"),
            ("T2-INT", "article_20_6.penalty.decisions"),
            ("T2-INT", "article_20_8.fees.amount"),
        ),
        {
            "proactive/article_20_5/licensing/decisions": Decimal("12.5"),
            "proactive/article_20_6/penalty/decisions": -3,
            "proactive/article_20_8/fees/amount": Decimal("0.1234567"),
        },
    ),
    Sample(
        "T2-NUMBER",
        (("T2-NUMBER", "article_20_6.compulsion.decisions"),),
        {"proactive/article_20_6/compulsion/decisions": "-"},
    ),
    Sample(
        "T2-BLANK", (("T2-BLANK", "article_20_8"),), {"proactive/article_20_8/fees/amount": None}
    ),
    Sample(
        "T2-STOCK",
        (("T2-STOCK", "article_20_1.normative_documents"),),
        {
            "proactive/article_20_1/normative_documents/made": 1,
            "proactive/article_20_1/normative_documents/in_force": 0,
        },
        # No stock of last year leads to one that cannot be.
        explained=(
            "X-STOCK",
            "/proactive",
            "article_20_1.normative_documents",
            {
                "/proactive/article_20_1/normative_documents/in_force": 0,
                "prior:/proactive/article_20_1/normative_documents/in_force": 5,
                "/proactive/article_20_1/normative_documents/made": 1,
                "/proactive/article_20_1/normative_documents/repealed": 0,
            },
        ),
    ),
    Sample(
        "T2-AUTHORITY",
        (("T2-AUTHORITY", "article_20_1.administrative_rules.in_force"),),
        {"proactive/article_20_1/administrative_rules/in_force": 6},
        before={"proactive/article_20_1/administrative_rules/in_force": 6},
    ),
    Sample(
        "T2-OLD-ITEMS",
        (("T2-OLD-ITEMS", "article_20_6.penalty"),),
        {"proactive/article_20_6/penalty/change": -3},
        edition="2019",
    ),
    Sample(
        "T2-OLD-DISCLOSED",
        (("T2-OLD-DISCLOSED", "article_20_1.normative_documents"),),
        {
            "proactive/article_20_1/normative_documents/newly_disclosed": 5,
            "proactive/article_20_1/normative_documents/total_disclosed": 3,
        },
        edition="2019",
    ),
    Sample(
        "T2-OLD-DECISIONS",
        (("T2-OLD-DECISIONS", "article_20_5.licensing"),),
        {
            "proactive/article_20_5/licensing/prior_items": 21,
            "proactive/article_20_5/licensing/change": 19,
            "proactive/article_20_5/licensing/decisions": 40,
        },
        edition="2019",
        before={"proactive/article_20_5/licensing/prior_items": 21},
    ),
    Sample(
        "T2-SCALE",
        (
            ("T2-SCALE", "article_20_5.licensing.decisions"),
            ("T2-SCALE", "article_20_8.fees.amount"),
        ),
        {
            "proactive/article_20_5/licensing/decisions": 0,
            "proactive/article_20_8/fees/amount": 5000,
        },
    ),
    Sample(
        "X-CARRY",
        (("X-CARRY", "natural_person"), ("X-CARRY", "total")),
        {},
        before={
            "requests/carried_forward/natural_person": 2,
            "requests/carried_forward/total": 2,
        },
    ),
    Sample(
        "X-STOCK",
        (("X-STOCK", "article_20_1.normative_documents"),),
        {},
        before={"proactive/article_20_1/normative_documents/in_force": 9},
    ),
    Sample(
        "X-ITEMS",
        (("X-ITEMS", "article_20_5.licensing"),),
        {},
        edition="2019",
        before={"proactive/article_20_5/licensing/change": 3},
    ),
    Sample(
        "X-TOTAL-DISCLOSED",
        (("X-TOTAL-DISCLOSED", "article_20_1.normative_documents"),),
        {},
        edition="2019",
        before={"proactive/article_20_1/normative_documents/total_disclosed": 3},
    ),
    Sample("X-PENDING", (("X-PENDING", "review"),), {}, before={"disputes/review/pending": 2}),
    Sample("X-PRIOR", (("X-PRIOR", ""),), {}, before=None),
    Sample(
        "L-REVIEW",
        (("L-REVIEW", ""),),
        EMPTY_TABLE_3,
        before={
            "requests/carried_forward/natural_person": 0,
            "requests/carried_forward/total": 0,
            "requests/new/total": 0,
        },
    ),
    Sample(
        "L-FEE",
        (("L-FEE", ""),),
        {
            # One request that ended for another reason: all sums stay as they are.
            "requests/results/granted/natural_person": 1,
            "requests/results/granted/total": 1,
            "requests/results/other/fee_overdue/natural_person": 1,
            "requests/results/other/fee_overdue/total": 1,
            "other_matters": "本年没有其他需要报告的事项，相关数据见前述各表。",
        },
    ),
    Sample(
        "L-EMPTY",
        (said("L-EMPTY", "overview", "未收到政府信息公开申请"),),
        telling("本年未收到政府信息公开申请。"),
    ),
    Sample(
        "TX-NEW",
        (said("TX-NEW", "overview", "收到政府信息公开申请6件"),),
        telling("全年共收到政府信息公开申请6件。"),
    ),
    Sample(
        "TX-NATURAL",
        (said("TX-NATURAL", "overview", "自然人申请2件"),),
        telling("全年共收到政府信息公开申请4件，自然人申请2件。"),
    ),
    Sample(
        "TX-CARRIED-IN",
        (said("TX-CARRIED-IN", "overview", "上年结转2件"),),
        telling("新收政府信息公开申请4件，上年结转2件。"),
    ),
    Sample(
        "TX-DONE",
        (said("TX-DONE", "overview", "办结5件"),),
        telling("收到政府信息公开申请4件，办结5件。"),
    ),
    Sample(
        "TX-CARRIED-OUT",
        (said("TX-CARRIED-OUT", "overview", "结转下年度2件"),),
        telling("收到政府信息公开申请4件，结转下年度2件。"),
    ),
    Sample(
        "TX-GROUP",
        (said("TX-GROUP", "overview", "无法提供1件"),),
        telling("政府信息公开申请予以公开2件，无法提供1件。"),
    ),
    Sample(
        "TX-BREAKDOWN",
        (
            said(
                "TX-BREAKDOWN",
                "overview",
                "收到政府信息公开申请4件，其中征地类2件、规划类1件、其他类2件",
            ),
        ),
        telling("收到政府信息公开申请4件，其中征地类2件、规划类1件、其他类2件。"),
    ),
    Sample(
        "TX-PERCENT",
        (said("TX-PERCENT", "overview", "2件，占60%"),),
        telling("答复政府信息公开申请4件，其中予以公开2件，占60%。"),
    ),
    Sample(
        "TX-REVIEWS",
        (said("TX-REVIEWS", "overview", "行政复议2件"),),
        telling("因政府信息公开引起的行政复议2件。"),
    ),
    Sample(
        "TX-LITIGATION",
        (said("TX-LITIGATION", "overview", "行政诉讼1件"),),
        telling("因政府信息公开引起的行政诉讼1件。"),
    ),
    Sample(
        "TX-CASES",
        (said("TX-CASES", "overview", "复议、诉讼案件3件"),),
        telling("政府信息公开复议、诉讼案件3件。"),
    ),
    Sample(
        "TX-NO-LOSS",
        (said("TX-NO-LOSS", "overview", "均获维持"),),
        {
            **telling("因政府信息公开引起的行政复议均获维持。"),
            "disputes/review/pending": 1,
            "disputes/review/total": 2,
        },
    ),
    Sample(
        "TX-RULES",
        (said("TX-RULES", "overview", "制发行政规范性文件2件"),),
        telling("全年制发行政规范性文件2件。"),
    ),
    Sample(
        "TX-DECISIONS",
        (said("TX-DECISIONS", "overview", "行政许可决定15件"),),
        telling("全年作出行政许可决定15件。"),
    ),
    Sample(
        "TX-PARTS",
        (said("TX-PARTS", "overview", "78条。其中工作动态47条、政务公开30条"),),
        telling("全年发布信息78条。其中工作动态47条、政务公开30条。"),
    ),
    Sample(
        "TX-FEE",
        (said("TX-FEE", "other_matters", "信息处理费740元，其中甲科室420元、乙科室300元"),),
        {"other_matters": "本年收取信息处理费740元，其中甲科室420元、乙科室300元。"},
    ),
    Sample(
        "TX-GROWTH",
        (said("TX-GROWTH", "overview", "同比增长30%"),),
        # 4 of this year and 3 of last year.
        telling("收到政府信息公开申请4件，同比增长30%。"),
    ),
    Sample(
        "X-SAME",
        (("X-SAME", "problems"),),
        {"problems": LONG_PROBLEMS.format("2次")},
        before={"problems": LONG_PROBLEMS.format("3次")},
    ),
    Sample(
        "S-BASIS",
        (said("S-BASIS", "preamble", "〔2019〕60号"),),
        {"preamble": PROSE["preamble"].format(basis=BASIS["2019"], year=2023)},
    ),
    Sample(
        "S-PREAMBLE",
        (
            ("S-PREAMBLE", ""),
            said("S-PREAMBLE", "preamble", "由四个部分"),
        ),
        {
            "preamble": "本文为示例。根据《中华人民共和国政府信息公开条例》编制，由四个部分组成，"
            "数据统计期限为2023年1月1日至2023年12月31日。"
        },
    ),
    Sample(
        "S-YEAR",
        (said("S-YEAR", "preamble", "2022年1月1日"),),
        {
            "preamble": PROSE["preamble"]
            .format(basis=BASIS["2021"], year=2023)
            .replace("2023年1月1日", "2022年1月1日")
        },
    ),
    Sample(
        "S-OVERVIEW",
        (("S-OVERVIEW", ""),),
        {"overview": "主动公开政府信息，规范办理依申请公开，落实保密审查，及时更新网站。"},
    ),
    Sample(
        "S-SIX",
        (("S-SIX", ""),),
        {"other_matters": "没有其他需要报告的事项，相关数据见前述各表。"},
    ),
    Sample(
        "S-STALE",
        (said("S-STALE", "problems", "2023年，我局将"),),
        {
            "problems": "存在的主要问题：政策解读形式单一，部分栏目更新不及时。\n"
            "2023年，我局将多用图示和问答解读政策，改进栏目更新。"
        },
    ),
    Sample(
        "S-TEMPLATE",
        (
            said("S-TEMPLATE", "other_matters", "（文字描述"),
            said("S-TEMPLATE", "overview", "公开政府信息条"),
        ),
        {
            **telling("全年主动公开政府信息   条。"),
            "other_matters": "（文字描述，收取信息处理费情况在此处报告。）",
        },
    ),
    Sample("S-SIGN", (("S-SIGN", ""),), {"signature/date": None}),
    Sample(
        "S-DEADLINE",
        (("S-DEADLINE", ""),),
        {},
        added={"published": {"date": "2024-02-20"}},
    ),
    Sample(
        "report.prior",
        (("report.prior", "prior.file"),),
        {},
        added={"prior": {"file": "daj-2022.yaml"}},
        before=None,
        explained=("X-PRIOR", "", "", {"/year": 2023}),
    ),
    Sample("S-FORMAT-YEAR", (("S-FORMAT-YEAR", ""),), {}, edition="2019", year=2021),
    Sample("S-FIVE", (("S-FIVE", ""),), {"problems": "无。"}),
    Sample("S-PERIOD", (("S-PERIOD", ""),), {"period/end": "2023-12-30"}),
    Sample(
        "schema.unevaluatedProperties",
        (("schema.unevaluatedProperties", "organ.regoin"),),
        {},
        added={"organ/regoin": "示例省示例县"},
    ),
)


def report_text(sample: Sample) -> str:
    """Return the text of a sample."""
    form = load_report_type(f"gov-info-annual/{sample.edition}").form
    year = sample.year or YEARS[sample.edition]
    new = NewReport(year, OFFICE, "daj", "county_department")
    # A fault in the rows of the clean report; blank rows and texts of prose come the same way.
    edits: list[Edit] = [*_clean(form, sample.edition, year), *_faults(sample)]
    edits += _before(form, sample)
    document = Document.read(draft_text(form, new, Language.CHINESE).encode())
    return MARK.format(rule=sample.rule) + document.apply(Transaction(tuple(edits)))[0].text


def _clean(form: Form, edition: str, year: int) -> Iterator[Edit]:
    figures = {**FIGURES, **EDITION_FIGURES[edition]}
    assert not {path for path in figures if form.node(tuple(path.split("/"))) is None}
    for node in form.nodes.values():
        if node.role is Role.CELL:
            yield SetValue(node.pointer, figures.get("/".join(node.pointer), 0))
    for key, text in PROSE.items():
        yield SetValue(Pointer.of(key), text.format(basis=BASIS[edition], year=year))
    signature = {"organ": OFFICE, "date": f"{year + 1}-01-15"}
    yield InsertValue(Pointer.of("signature"), signature)


def _faults(sample: Sample) -> Iterator[Edit]:
    for path, value in sample.values.items():
        pointer = Pointer(path.split("/"))
        if isinstance(value, dict):
            for key, cell in value.items():
                yield SetValue(pointer / key, cell)
        else:
            yield SetValue(pointer, value)
    for path, value in sample.added.items():
        yield InsertValue(Pointer(path.split("/")), value)


def _before(form: Form, sample: Sample) -> Iterator[Edit]:
    """Type in the figures of last year; answer what cannot but fail as well."""
    order = tuple(child.key for child in form.root.children)
    if sample.before is not None:
        usual = {**PRIOR_FIGURES, **EDITION_PRIOR_FIGURES[sample.edition]}
        values = {f"/{path}": value for path, value in {**usual, **sample.before}.items()}
        prior = {"values": values, "source": "示例：按上年纸质年报录入", "by": "示例"}
        yield InsertValue(Pointer.of("prior"), prior, order)
    if sample.explained is not None:
        rule, level, instance, values = sample.explained
        entry = {"rule": rule, "level": level, "instance": instance, "values": dict(values)}
        entry["text"] = "示例：这里演示的是另一条校验规则"
        yield InsertValue(Pointer.of("explanations"), [entry])


def expected_text(sample: Sample) -> str:
    """Return what stands in the file beside it."""
    rows = ",\n    ".join(json.dumps(pair, ensure_ascii=False) for pair in sorted(sample.findings))
    return f'{{\n  "rule": "{sample.rule}",\n  "findings": [\n    {rows}\n  ]\n}}\n'


def base_text(edition: str) -> str:
    """Return the report without a fault that the rule cases of an edition start from."""
    text = report_text(Sample("", (), {}, edition=edition, before=None))
    return BASE_MARK + text.partition("\n")[2]


def files() -> Iterator[tuple[Path, str]]:
    """Yield every file and its text."""
    for edition in YEARS:
        yield CASES / f"base-{edition}.yaml", base_text(edition)
    for sample in SAMPLES:
        yield FOLDER / f"{sample.rule}.yaml", report_text(sample)
        yield FOLDER / f"{sample.rule}.expected.json", expected_text(sample)


def main() -> int:
    """Write the files, or compare them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    checking = parser.parse_args().check
    stale = []
    for path, text in files():
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(path.name)
        if not checking:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    for name in stale:
        print(name)
    return 1 if checking and stale else 0


if __name__ == "__main__":
    sys.exit(main())
