"""Random transactions for checks: typed figures, rows that come and go, prose, answers, last year.

The tiny form has everything that makes one place depend on another: entry rows with names from
elsewhere, rows and sections under a condition, totals over entries, codes, amounts, prose rules of
every kind, rules over last year's report.
"""
# ruff: noqa: ARG002 - every kind of work is asked alike

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from disclosure_tui.language import Text
from disclosure_tui.model.edit import Edit, InsertValue, RemoveValue, SetValue, Transaction
from disclosure_tui.model.finding import Finding, Message, Severity, State
from disclosure_tui.model.pointer import ROOT, Pointer
from disclosure_tui.model.report import Plain, Report
from disclosure_tui.rules.checker import CheckContext, CheckResult, PriorReport
from disclosure_tui.rules.explanations import entry_for
from tiny import Data, figure, group, row, schema, table

FIGURES: list[Any] = [0, 0, 1, 1, 2, 3, 5, 8, 12, 3511, -4, None, None, Decimal("1.50")]
FIGURES += [Decimal("1.505"), True, "N/A", "<1", "十", "", " ", 10**12]
PROSE: list[Any] = [
    "2024年，收到申请3件，其中自然人2件、企业1件，占66.7%。",
    "2024年共受理申请5件。\n监督检查2次。XX年另行安排。",
    "本年没有收到申请。",
    "（文字描述）收到申请1件，增长50%。" + "做好信息公开工作，抓好监督检查和业务培训。" * 8,
    "做好信息公开工作，抓好监督检查和业务培训。" * 8,
    "",
    None,
    5,
    "  \n",
]
NOTED = ["/counts/a/x", "/counts/nowhere", "no pointer", "/teams/rows/t1/x"]
WHOLE: list[Any] = [{}, [], {"x": 1}, [1, "二"], {"x": {"y": None}}, "词", 7]
TEAM_KEYS = ["t1", "t2", "t3", "新组"]


def tiny_form() -> Data:
    """Return the schema of the tiny form."""
    count = figure("计数", minimum=0)
    cells = {"x": {**count, "title": "甲"}, "y": {**count, "title": "乙"}, "sum": count}
    team = row(cells)
    entries = {
        "type": ["object", "null"],
        "maxProperties": 3,
        "x-entries": {"of": "names", "label": "name"},
        "additionalProperties": team,
    }
    names = {
        "title": "各组",
        "type": ["object", "null"],
        "maxProperties": 9,
        "additionalProperties": {
            "type": ["object", "null"],
            "unevaluatedProperties": False,
            "properties": {
                "name": {"title": "名称", "type": ["string", "null"], "maxLength": 9},
                "head": {"title": "负责人", "type": ["string", "null"]},
            },
        },
        "x-entries": {"label": "name"},
    }
    return schema(
        {
            "period": {
                "title": "统计期",
                "type": ["object", "null"],
                "properties": {
                    "start": {"title": "起", "type": ["string", "null"], "format": "date"},
                    "end": {"title": "止", "type": ["string", "null"], "format": "date"},
                },
            },
            "published": {
                "title": "公开",
                "type": ["object", "null"],
                "properties": {"date": {"title": "日期", "type": ["string", "null"]}},
            },
            "names": names,
            "counts": _counts(cells),
            "teams": table(
                "各组情况",
                {
                    "rows": entries,
                    "all": {**row(cells), "x-row": {"when": "count(report.names.*.name) > 1"}},
                },
                **{
                    "x-rules": [
                        {"id": "E-SUM", "each": "column", "total": "all", "of": ["rows.*"]},
                        {"id": "E-ROW", "each": "row", "check": "x + y = sum"},
                        {
                            "id": "E-PRIOR",
                            "each": "row",
                            "severity": "query",
                            "check": "x >= prior.x",
                        },
                    ]
                },
            ),
            "text": _text("ONE", "一", "总体情况"),
            "more": _text("TWO", "二", "其他", when="report.counts.a.x > 0"),
            **{
                key: {
                    "title": title,
                    "type": ["object", "null"],
                    "additionalProperties": {"type": ["string", "null"], "maxLength": 20},
                }
                for key, title in (("notes", "附注"), ("remarks", "备注"))
            },
            "explanations": {
                "title": "说明",
                "type": ["array", "null"],
                "maxItems": 12,
                "items": {"type": "object"},
            },
        },
        {"period": {"start": "{year}-01-01", "end": "{year}-12-31"}, "years": {"from": 2020}},
        **{
            "x-rules": [
                {"id": "R-PRIOR", "severity": "query", "prior_report": "compared"},
                {
                    "id": "R-DUE",
                    "severity": "warning",
                    "deadline": "published.date",
                    "days": [
                        {"day": "{year+1}-01-31", "when": "counts.a.x > 1"},
                        {"day": "{year+1}-03-31"},
                    ],
                },
            ]
        },
    )


def _counts(cells: Data) -> Data:
    amount = {
        "title": "金额",
        "anyOf": [{"type": ["number", "null"], "minimum": 0}, {"enum": ["N/A", "<1"]}],
        "x-cell": {
            "decimals": 2,
            "codes": {
                "N/A": {"means": "not_applicable"},
                "<1": {"means": "range", "from": 0, "below": 1},
            },
        },
    }
    return table(
        "收到情况",
        {
            "a": row(cells, title="甲类"),
            "inner": group("分组", {"b": row(cells, title="乙类"), "c": row(cells, title="丙类")}),
            "money": row({"x": amount, "y": amount, "sum": amount}, title="费用"),
            "d": {**row(cells, title="丁类"), "x-row": {"when": "report.counts.a.y > 0"}},
        },
        **{
            "x-rules": [
                {"id": "C-ROW", "each": "row", "total": "sum", "of": ["x", "y"]},
                {"id": "C-COL", "each": "column", "check": "a = inner.b + inner.c"},
                {
                    "id": "C-IF",
                    "severity": "warning",
                    "when": "a.x > inner.b.x",
                    "check": "d.x > 0 or money.x > 1",
                },
                {
                    "id": "C-ZERO",
                    "each": "row",
                    "severity": "query",
                    "blank": "zero",
                    "check": "x + y <= 9",
                    "from": 2023,
                },
                {
                    "id": "C-NEAR",
                    "severity": "query",
                    "tolerance": "printed",
                    "by": "filing",
                    "to": "2025-03-01",
                    "check": "money.x = money.y + 0.1",
                },
                {
                    "id": "C-CARRY",
                    "each": "column",
                    "severity": "query",
                    "check": "a = prior.a",
                },
            ]
        },
    )


def _text(name: str, number: str, title: str, **more: Any) -> Data:
    said = {"zh": title, "en": title}
    return {
        "title": title,
        "type": ["string", "null"],
        "x-section": {"number": number, **more},
        "x-rules": [
            {
                "id": f"P-FIGURE-{name}",
                "severity": "query",
                "text_figure": [
                    {
                        "label": said,
                        "says": ["{收到|受理}申请{n}件"],
                        "none": ["没有收到申请"],
                        "equals": ["report.counts.a.sum", "report.counts.inner.b.sum"],
                    },
                    {
                        "label": said,
                        "says": ["增长{p}"],
                        "grows": [["report.counts.a.sum", "prior.report.counts.a.sum"]],
                    },
                    {"label": said, "says": ["检查{n}次"], "equals": ["report.counts.d.x"]},
                ],
            },
            {
                "id": f"P-PARTS-{name}",
                "severity": "warning",
                "when": "report.counts.a.sum > 0",
                "text_parts": [
                    {"label": said, "listed": ["{n}件"]},
                    {"label": said, "share": ["{n}件，占{p}"], "of": ["report.counts.a.sum"]},
                ],
            },
            {
                "id": f"P-WANTED-{name}",
                "severity": "warning",
                "text_required": [
                    {"label": said, "any": ["监督检查"], "when": "report.counts.a.x > 1"},
                    {"label": said, "any": ["申请"]},
                ],
            },
            {
                "id": f"P-LEFT-{name}",
                "severity": "query",
                "text_forbidden": [{"label": said, "any": ["（文字描述", "XX年"]}],
            },
            {"id": f"P-SAME-{name}", "severity": "warning", "text_same": {"percent": 90}},
        ],
    }


def tiny_report() -> Data:
    """Return a report of the tiny form."""
    rows = {"x": 1, "y": 2, "sum": 3}
    return {
        "report_type": "tiny/1",
        "year": 2024,
        "period": {"start": "2024-01-01", "end": "2024-12-31"},
        "names": {"t1": {"name": "一组"}, "t2": {"name": "二组", "head": "张三"}},
        "counts": {
            "a": dict(rows),
            "inner": {"b": {"x": 1, "y": 1, "sum": 2}, "c": {"x": 0, "y": 1, "sum": 1}},
            "money": {"x": Decimal("1.50"), "y": "N/A", "sum": None},
            "d": dict(rows),
        },
        "teams": {"rows": {"t1": dict(rows), "t2": dict(rows)}, "all": {"x": 2, "y": 4, "sum": 6}},
        "text": PROSE[0],
    }


class RandomWork:
    """A person at random: what is done next, and with what report of last year."""

    def __init__(self, seed: int, first: Plain) -> None:
        self.chance = random.Random(seed)
        self.first = first

    def contexts(self) -> Iterator[CheckContext]:
        """Yield no report of last year, and two different ones."""
        yield CheckContext()
        for factor in (1, 3):
            without = (Pointer.of("counts", "d"),) if factor == 3 else ()
            yield CheckContext(PriorReport(Report(self._changed(self.first, factor)), without))
        line = Message(Text("打不开", "cannot be opened"))
        unread = Finding(
            rule="R-FILE",
            level=ROOT,
            instance="",
            severity=Severity.QUERY,
            state=State.OPEN,
            pointers=(Pointer.of("year"),),
            line=line,
            message=line,
        )
        yield CheckContext(None, (unread,))

    def _changed(self, value: Plain, factor: int) -> Plain:
        if isinstance(value, dict):
            return {key: self._changed(inner, factor) for key, inner in value.items()}
        if isinstance(value, int) and not isinstance(value, bool) and self.chance.random() < 0.7:
            return value * factor
        return value

    def transaction(self, report: Report, result: CheckResult) -> Transaction:
        """Return a few edits that can be done one after the other."""
        edits: list[Edit] = []
        now = report
        for _ in range(self.chance.choice((1, 1, 1, 2, 5))):
            edit = self._edit(now, result)
            if edit is not None:
                edits.append(edit)
                now = now.after(Transaction((edit,)))
        return Transaction(tuple(edits))

    def rebuilt(self, report: Report) -> Report:
        """Return the same data read again: nothing is shared."""
        return Report(copy.deepcopy(report.data))

    def _edit(self, report: Report, result: CheckResult) -> Edit | None:
        kinds = (
            [self._cell] * 10
            + [self._prose] * 3
            + [self._explanation] * 2
            + [self._anywhere, self._entry, self._entry, self._note, self._head, self._removed]
        )
        return self.chance.choice(kinds)(report, result)

    def _put(self, report: Report, pointer: Pointer, value: Plain) -> Edit | None:
        if report.has(pointer):
            return SetValue(pointer, value)
        for length in range(len(pointer)):
            above = report.value_at(pointer[:length])
            if not isinstance(above, dict):
                # The map is missing or blank: it comes with the value.
                place = Pointer(pointer[:length])
                whole: Plain = value
                for key in reversed(pointer[length:]):
                    whole = {key: whole}
                return SetValue(place, whole) if above is None and report.has(place) else None
            if pointer[length] not in above:
                inner: Plain = value
                for key in reversed(pointer[length + 1 :]):
                    inner = {key: inner}
                return InsertValue(Pointer(pointer[: length + 1]), inner, self._order(above))
        return None

    def _order(self, keys: dict[str, Plain]) -> tuple[str, ...]:
        order = list(keys)
        self.chance.shuffle(order)
        return tuple(order) if self.chance.random() < 0.5 else ()

    def _cell(self, report: Report, result: CheckResult) -> Edit | None:
        cells = result.form.cells
        value = (
            self.chance.choice(FIGURES) if self.chance.random() < 0.5 else self.chance.randrange(9)
        )
        return self._put(report, self.chance.choice(cells).pointer, value)

    def _prose(self, report: Report, result: CheckResult) -> Edit | None:
        places = [node.pointer for node in result.form.sections if node.cell is not None]
        if not places:
            return None
        place = self.chance.choice(places)
        old = report.value_at(place)
        if isinstance(old, str) and old and self.chance.random() < 0.6:
            at = self.chance.randrange(len(old))
            return SetValue(place, old[:at] + self.chance.choice("3件。x，\n申请") + old[at + 1 :])
        return self._put(report, place, self.chance.choice(PROSE))

    def _explanation(self, report: Report, result: CheckResult) -> Edit | None:
        entries = report.value_at(("explanations",))
        place = Pointer.of("explanations")
        if isinstance(entries, list) and entries and self.chance.random() < 0.4:
            index = str(self.chance.randrange(len(entries)))
            if self.chance.random() < 0.5:
                return RemoveValue(place / index)
            return SetValue(place / index, {**entries[int(index)], "text": "无"})
        asked = [
            finding
            for finding in result.findings
            if finding.severity is not Severity.ERROR and finding.counts
        ]
        if not asked:
            return None
        finding = self.chance.choice(asked)
        dismissed = finding.quote is not None and self.chance.random() < 0.5
        entry = entry_for(
            finding, "机构改革并入两件", by="王五", at="2025-01-10", dismissed=dismissed
        )
        if isinstance(entries, list):
            return InsertValue(place / str(len(entries)), entry)
        return self._put(report, place, [entry])

    def _anywhere(self, report: Report, result: CheckResult) -> Edit | None:
        found = [place for place in _maps(report.data) if place]
        if not found:
            return None
        place = self.chance.choice(found)
        if self.chance.random() < 0.5:
            return SetValue(place, self.chance.choice(WHOLE))
        key = self.chance.choice(("zz", "新增", "x", "name"))
        return self._put(report, place / key, self.chance.choice(WHOLE + FIGURES))

    def _entry(self, report: Report, result: CheckResult) -> Edit | None:
        key = self.chance.choice(TEAM_KEYS)
        rows = self.chance.choice((Pointer.of("names"), Pointer.of("teams", "rows")))
        if not isinstance(report.value_at(rows), dict):
            return None
        if rows == ("names",) and self.chance.random() < 0.5:
            return self._put(report, rows / key / "name", self.chance.choice(("甲组", "", None, 3)))
        if report.has(rows / key):
            return RemoveValue(rows / key)
        return self._put(report, rows / key, {"name": key} if rows == ("names",) else {"x": 1})

    def _note(self, report: Report, result: CheckResult) -> Edit | None:
        kept = Pointer.of(self.chance.choice(("notes", "remarks")))
        place = kept / self.chance.choice(NOTED)
        if report.has(place) and self.chance.random() < 0.6:
            return RemoveValue(place)
        return self._put(report, place, self.chance.choice(("见附件", None, 4, "长" * 30)))

    def _head(self, report: Report, result: CheckResult) -> Edit | None:
        place, values = self.chance.choice(
            (
                (("year",), [2019, 2021, 2023, 2024, 2025, None, "2024", True]),
                (("published", "date"), ["2025-02-01", "2026-01-02", "x", None]),
                (("period", "start"), ["2023-01-01", "2024-01-01", "x", None]),
                (("organ", "level"), ["county", "ministry", "unknown", None]),
                (("organ", "name"), ["某局", ""]),
            )
        )
        return self._put(report, Pointer(place), self.chance.choice(values))

    def _removed(self, report: Report, result: CheckResult) -> Edit | None:
        found = [place for place in _places(report.data) if place and place != ("report_type",)]
        return RemoveValue(self.chance.choice(found)) if found else None


def _places(value: Plain, at: Pointer = ROOT) -> Iterator[Pointer]:
    yield at
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _places(inner, at / key)


def _maps(value: Plain, at: Pointer = ROOT) -> Iterator[Pointer]:
    if isinstance(value, dict):
        yield at
        for key, inner in value.items():
            yield from _maps(inner, at / key)
