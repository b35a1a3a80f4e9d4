"""What the types of a form say of every value: one case for each keyword of the dialect."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest

from disclosure_tui.model.finding import Finding, Severity
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.report_type import load_report_type
from disclosure_tui.rules.checker import CheckResult
from tiny import Data, check, figure, line, pairs, row, schema, table, words

ALLOWED_LATIN = {"N", "A", "p", "q", "knwon", "known", "zz", "x", "t", "on", "file", "fil", "abc"}
AMBIGUOUS = set("“”…—·①②③→×≥≤≠‘’")


def field_of(**schema_of_field: Any) -> Data:
    title = {"title": "填写项目", "x-short": "项目", "x-titles": {"en": "Field"}}
    short = {"x-short": {"zh": "项目", "en": "Item"}}
    return {"f": {**title, **short, **schema_of_field}}


def cell_of(**schema_of_cell: Any) -> Data:
    cell = {
        "title": "自然人",
        "x-titles": {"en": "Natural persons"},
        "x-short": {"zh": "甲格", "en": "Persons"},
        **schema_of_cell,
    }
    more = {"x-titles": {"en": "Received"}, "x-short": {"zh": "一、新收", "en": "New"}}
    one = row({"a": cell}, title="一、本年新收", **more)
    short = {"x-titles": {"en": "Table"}, "x-short": {"zh": "表三", "en": "T3"}}
    return {"t": table("收到情况", {"one": one}, **short)}


CODED = {
    "anyOf": [{"type": ["number", "null"], "minimum": 0}, {"enum": ["N/A", "<1"]}],
    "x-cell": {
        "decimals": 2,
        "codes": {
            "N/A": {"means": "not_applicable"},
            "<1": {"means": "range", "from": 0, "below": 1},
        },
    },
}
CLOSED = {
    "type": ["object", "null"],
    "unevaluatedProperties": False,
    "properties": {"known": {"title": "已知", "x-titles": {"en": "Known"}, "type": "string"}},
}
LIST = {"type": ["array", "null"], "maxItems": 2, "items": {"type": "string"}}
MAP = {"type": ["object", "null"], "maxProperties": 1, "additionalProperties": {"type": "string"}}
ENUM = {
    "type": ["string", "null"],
    "enum": ["p", "q", None],
    "x-values": {"p": {"zh": "甲类", "en": "P"}, "q": {"zh": "乙类", "en": "Q"}},
}
COUNT = {"type": ["integer", "null"], "minimum": 0}
AMOUNT = {"type": ["number", "null"], "minimum": 0, "maximum": 100, "x-cell": {"decimals": 2}}


@dataclass(frozen=True)
class Case:
    """One wrong value.

    Attributes:
        name: Of the case.
        properties: Of the schema.
        value: What stands in the cell or field.
        rule: Name of the finding.
        below: Where it is found, below the cell or field.
        says: A part of the Chinese sentence.
        english: A part of the English sentence.
    """

    name: str
    properties: Data = field(repr=False)
    value: Any
    rule: str
    says: str
    english: str
    below: tuple[str, ...] = ()


CASES = (
    Case(
        "no whole number",
        cell_of(**COUNT),
        Decimal("3.5"),
        "schema.type",
        "只能填整数，现在是 3.5",
        "whole numbers only",
    ),
    Case(
        "a negative half",
        cell_of(**COUNT),
        Decimal("-1.5"),
        "schema.type",
        "现在是 -1.5",
        "not -1.5",
    ),
    Case("a text in a count", cell_of(**COUNT), "/", "schema.type", "现在是【/】", "not /"),
    Case(
        "a number in quotes", cell_of(**COUNT), "12", "schema.type", "请去掉引号", "quotation marks"
    ),
    Case(
        "true in a count", cell_of(**COUNT), True, "schema.type", "只能填整数", "whole numbers only"
    ),
    Case("a list in a count", cell_of(**COUNT), [1], "schema.type", "只能填一个值", "one value"),
    Case("minimum", cell_of(**COUNT), -3, "schema.minimum", "不能小于 0，现在是 -3", "below 0: -3"),
    Case(
        "maximum",
        cell_of(**AMOUNT),
        101,
        "schema.maximum",
        "不能大于 100，现在是 101",
        "above 100: 101",
    ),
    Case(
        "decimals",
        cell_of(**AMOUNT),
        Decimal("0.123"),
        "schema.decimals",
        "最多 2 位小数，现在是 0.123",
        "at most 2 decimals",
    ),
    Case(
        "a text in an amount",
        cell_of(**AMOUNT),
        "-",
        "schema.type",
        "只能填数字，现在是【-】",
        "figures only",
    ),
    Case("no code", cell_of(**CODED), "abc", "schema.type", "也可以填 N/A、<1", "N/A, <1 may also"),
    Case("minimum beside codes", cell_of(**CODED), -1, "schema.minimum", "不能小于 0", "below 0"),
    Case("true beside codes", cell_of(**CODED), True, "schema.type", "只能填数字", "figures only"),
    Case(
        "enum",
        field_of(**ENUM),
        "x",
        "schema.enum",
        "不能填【x】。可以填：甲类（p）、乙类（q）",
        "cannot be x",
    ),
    Case("a number in an enum", field_of(**ENUM), 5, "schema.type", "不能填【5】", "cannot be 5"),
    Case(
        "a number in a text",
        field_of(type=["string", "null"]),
        5,
        "schema.type",
        "请给它加上引号",
        "quotation marks",
    ),
    Case(
        "minLength",
        field_of(type="string", minLength=2),
        "甲",
        "schema.minLength",
        "至少要 2 个字",
        "at least 2",
    ),
    Case(
        "maxLength",
        field_of(type="string", maxLength=2),
        "甲乙丙",
        "schema.maxLength",
        "最多 2 个字",
        "at most 2",
    ),
    Case(
        "format",
        field_of(type="string", format="date"),
        "2024-02-30",
        "schema.format",
        "要写成日期",
        "takes a date",
    ),
    Case(
        "a blank that must not be",
        field_of(type="string"),
        None,
        "schema.required",
        "没有填",
        "is missing",
    ),
    Case(
        "maxItems",
        field_of(**LIST),
        ["甲", "乙", "丙"],
        "schema.maxItems",
        "最多 2 条",
        "at most 2 items",
    ),
    Case(
        "items",
        field_of(**LIST),
        ["甲", 3],
        "schema.type",
        "应是文字，不加引号会被读成数",
        "takes a text",
        ("1",),
    ),
    Case("a map for a list", field_of(**LIST), {"x": "甲"}, "schema.type", "逐条列出", "a list"),
    Case(
        "maxProperties",
        field_of(**MAP),
        {"x": "甲", "t": "乙"},
        "schema.maxProperties",
        "最多 1 行",
        "at most 1",
    ),
    Case(
        "additionalProperties as a schema",
        field_of(**MAP),
        {"x": 3},
        "schema.type",
        "应是文字，不加引号会被读成数",
        "takes a text",
        ("x",),
    ),
    Case(
        "additionalProperties closed",
        field_of(type="object", additionalProperties=False, properties=CLOSED["properties"]),
        {"knwon": "甲"},
        "schema.additionalProperties",
        "是不是 known",
        "Did you mean known",
        ("knwon",),
    ),
    Case(
        "unevaluatedProperties",
        field_of(**CLOSED),
        {"knwon": "甲"},
        "schema.unevaluatedProperties",
        "是不是 known",
        "Did you mean known",
        ("knwon",),
    ),
    Case(
        "an unknown key without a likely one",
        field_of(**CLOSED),
        {"zz": "甲"},
        "schema.unevaluatedProperties",
        "不会校验",
        "neither checked nor printed",
        ("zz",),
    ),
    Case(
        "required",
        field_of(**CLOSED, required=["known"]),
        {},
        "schema.required",
        "这一项必须有",
        "must be there",
        ("known",),
    ),
    Case(
        "a text for a map",
        field_of(**CLOSED),
        "x",
        "schema.type",
        "应是一组值，现在是【x】",
        "a group of values",
    ),
    Case(
        "properties",
        field_of(**CLOSED),
        {"known": 1},
        "schema.type",
        "应是文字，不加引号会被读成数",
        "takes a text",
        ("known",),
    ),
)


def found(case: Case) -> tuple[CheckResult, list[Finding], Pointer]:
    contents = schema(case.properties)
    if "t" in case.properties:
        data, place = {"t": {"one": {"a": case.value}}}, Pointer.of("t", "one", "a")
    else:
        data, place = {"f": case.value}, Pointer.of("f")
    result = check(contents, data)
    return result, list(result.findings.open), place.joined(case.below)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_keyword(case: Case) -> None:
    result, findings, place = found(case)
    assert [(f.rule, f.pointers) for f in findings] == [(case.rule, (place,))]
    (finding,) = findings
    assert finding.severity is Severity.ERROR
    in_table = "t" in case.properties
    assert finding.level == Pointer(("t",) if in_table else ())
    assert finding.instance == ("one.a" if in_table else ".".join(place))
    chinese, english = words(result, finding), words(result, finding, "en")
    assert case.says in chinese
    assert case.english in english
    # Of an unknown key the key itself is the name.
    unknown = case.rule.endswith("Properties") and case.rule != "schema.maxProperties"
    if not unknown and case.below != ("known",):
        assert ("表三 一、新收 甲格" if in_table else "项目") in chinese
        assert ("T3 New Persons" if in_table else "Item") in english
    for text in (chinese, line(result, finding)):
        assert "{" not in text
        assert "None" not in text
        assert not AMBIGUOUS & set(text)
        own = {"true"} if case.value is True else set()
        assert set(re.findall("[A-Za-z]+", text)) <= ALLOWED_LATIN | own
    assert chinese.endswith("。")
    assert "{" not in english + line(result, finding, "en")
    assert not re.search("[，。：【】]", english)


def test_every_keyword_of_the_dialect_that_can_fail_has_a_case() -> None:
    keywords = {
        *("type", "enum", "minimum", "maximum", "minLength", "maxLength", "format", "required"),
        *("maxItems", "maxProperties", "additionalProperties", "unevaluatedProperties"),
    }
    assert {case.rule.removeprefix("schema.") for case in CASES} == keywords | {"decimals"}


@pytest.mark.parametrize("code", ["N/A", "<1", 0, 5, Decimal("0.25"), None])
def test_codes_and_figures_that_fit(code: Any) -> None:
    result = check(schema(cell_of(**CODED)), {"t": {"one": {"a": code}}})
    rules = {rule for rule, _ in pairs(result.findings)}
    assert rules == ({"schema.blank"} if code is None else set())


@pytest.mark.parametrize("text", ["", "   ", None])
def test_an_empty_text_is_a_blank_and_reported_once(text: str | None) -> None:
    result = check(schema(cell_of(**COUNT)), {"t": {"one": {"a": text}}})
    assert pairs(result.findings) == [("schema.blank", "")]
    assert result.blank == 1


def test_named_policies() -> None:
    """Names and severities of `x-findings` hold at and below; a text goes before a type."""
    policy = {
        "text": {"id": "T-TEXT", "severity": "query"},
        "type": {"id": "T-INT", "severity": "error"},
        "minimum": {"id": "T-INT"},
        "blank": {"id": "T-BLANK", "severity": "warning"},
    }
    cells = {key: figure(key, minimum=0) for key in "abcd"}
    contents = schema({"t": table("表", {"one": row(cells, title="行")}, **{"x-findings": policy})})
    data = {"t": {"one": {"a": "/", "b": Decimal("0.5"), "c": -1, "d": None}}}
    result = check(contents, data)
    assert [(f.rule, f.instance, f.severity.value) for f in result.findings.open] == [
        ("T-INT", "one.b", "error"),
        ("T-INT", "one.c", "error"),
        ("T-TEXT", "one.a", "query"),
        ("T-BLANK", "", "warning"),
    ]


def test_two_faults_of_one_value_under_one_name_are_one_finding() -> None:
    policy = {"type": {"id": "T-INT"}, "minimum": {"id": "T-INT"}, "decimals": {"id": "T-INT"}}
    contents = schema(cell_of(**AMOUNT, **{"x-findings": policy}))
    result = check(contents, {"t": {"one": {"a": Decimal("-0.1234")}}})
    assert pairs(result.findings) == [("T-INT", "one.a")]


def test_a_blank_may_be_exempt() -> None:
    contents = schema(cell_of(**COUNT, **{"x-findings": {"blank": "off"}}))
    assert pairs(check(contents, {}).findings) == []


class TestShipped:
    """The envelope of the annual report."""

    def check(self, data: Data) -> CheckResult:
        head = {"report_type": "gov-info-annual/2021", "year": 2023, "organ": {"name": "某局"}}
        report = Report({**head, **data})
        return load_report_type("gov-info-annual/2021").checker.check(report)

    def typed(self, data: Data) -> list[tuple[str, str]]:
        silent = ("BLANK", "blank", "FIVE", "X-PRIOR", "S-SIGN")
        return [p for p in pairs(self.check(data).findings) if not p[0].endswith(silent)]

    @pytest.mark.parametrize(
        ("data", "pair"),
        [
            ({"prior": {"fil": "x"}}, ("schema.unevaluatedProperties", "prior.fil")),
            ({"prior": [{"file": 3}]}, ("schema.type", "prior.0.file")),
            ({"prior": 5}, ("schema.anyOf", "prior")),
            ({"organ": None}, ("schema.required", "organ")),
            ({"organ": {"name": "某局", "level": "town"}}, ("schema.enum", "organ.level")),
            ({"organ": {"name": "某局", "level": 3}}, ("schema.type", "organ.level")),
            ({"remarks": {"/requests": 3}}, ("schema.type", "remarks./requests")),
            ({"signature": {"date": "2024-1-5"}}, ("schema.format", "signature.date")),
            ({"explanations": [{"rule": ""}]}, ("schema.minLength", "explanations.0.rule")),
            ({"notes": {"/requests/nwe": "x"}}, ("report.dangling", "notes./requests/nwe")),
            ({"year": 2020}, ("S-FORMAT-YEAR", "")),
            ({"period": {"start": "2022-01-01", "end": "2022-12-31"}}, ("S-PERIOD", "")),
            ({"carried_in": 3}, ("schema.unevaluatedProperties", "carried_in")),
        ],
    )
    def test_envelope(self, data: Data, pair: tuple[str, str]) -> None:
        assert self.typed(data) == [pair]

    def test_very_many_dangling_notes_are_one_finding(self) -> None:
        said = self.check({"notes": {f"/nowhere/{number}": "x" for number in range(51)}})
        (finding,) = [f for f in said.findings.open if f.rule == "report.dangling"]
        assert finding.pointers == (Pointer.of("notes"),)
        assert words(said, finding).startswith("51 条注释指的地方不在表上，第一处是 /nowhere/0。")

    def test_a_label_is_not_said_twice(self) -> None:
        result = self.check({"signature": {"date": "2024-1-5"}})
        (finding,) = [f for f in result.findings.open if f.rule == "schema.format"]
        assert words(result, finding).startswith("落款日期：要写成日期")

    def test_blanks_are_named_by_block(self) -> None:
        result = self.check({})
        named = {str(pointer): len(cells) for pointer, cells in result.blanks.items()}
        assert named == {
            "/overview": 1,
            "/proactive/article_20_1": 6,
            "/proactive/article_20_5": 1,
            "/proactive/article_20_6": 2,
            "/proactive/article_20_8": 1,
            "/requests": 175,
            "/disputes": 15,
            "/problems": 1,
            "/other_matters": 1,
        }
        assert result.blank == 203

    def test_what_lies_under_a_wrong_shape_is_not_called_blank(self) -> None:
        result = self.check({"requests": "无"})
        assert ("schema.type", "") not in pairs(result.findings)
        assert ("T3-INT", "") in pairs(result.findings)
        assert Pointer.of("requests") not in result.blanks
