"""Paths that name nothing, and comparisons with last year that never take place."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from disclosure_tui.authoring.notice import Notice, Subject
from disclosure_tui.language import Text
from disclosure_tui.model.finding import Severity
from disclosure_tui.model.form import Form
from disclosure_tui.model.pointer import Pointer

__all__ = ["notices"]

KIND = "path"


def notices(subject: Subject) -> Iterator[Notice]:
    """Find them. Paths in rules are errors when the schema loads; these are the others."""
    form, where = subject.loaded.form, f"{subject.loaded.path.name}#/x-report/prior"
    for number, prior in enumerate(form.report_type.prior):
        for keyword, paths in (("except", prior.without), ("map", tuple(prior.renamed))):
            for path in paths:
                if form.node(Pointer(path.split("."))) is None:
                    yield _unknown(form, path, f"{where}/{number}/{keyword}")
    for node in form.nodes.values():
        if node.entries is not None and node.entries.source:
            source = form.node(Pointer(node.entries.source))
            if source is None or source.entries is None:
                path = ".".join(node.entries.source)
                yield _unknown(form, path, f"{subject.loaded.path.name}: {node.pointer}")
    yield from _never_compared(subject, form)


def _unknown(form: Form, path: str, where: str) -> Notice:
    known = [".".join(pointer) for pointer in form.nodes if pointer]
    close = difflib.get_close_matches(path, known, n=1)
    hint = (
        Text(f"是不是【{close[0]}】？", f"did you mean {close[0]!r}?")
        if close
        else Text("路径从报告的最外层写起", "such paths start at the root of the report")
    )
    what = Text(f"路径【{path}】没有指到任何地方", f"the path {path!r} names nothing")
    return Notice(KIND, Severity.ERROR, where, what, hint)


def _never_compared(subject: Subject, form: Form) -> Iterator[Notice]:
    """Find rules of which every place reads what no report type of last year's has."""
    kinds = [
        tuple(Pointer(path.split(".")) for path in prior.without)
        for prior in form.report_type.prior
    ]
    for name, places in subject.instances.items():
        reads = [
            [operand.pointer for operand in each.evaluator.operands if operand.prior]
            for each in places
        ]
        if (
            not reads
            or not all(reads)
            or not all(
                any(pointer.starts_with(place) for pointer in cells for place in without)
                for cells in reads
                for without in kinds
            )
        ):
            continue
        yield Notice(
            KIND,
            Severity.WARNING,
            places[0].rule.origin,
            Text(
                "上年的格式里都没有它要比较的数，规则永远不起作用",
                "no report type of last year's has what it compares with: it never applies",
            ),
            Text("请核对 x-report.prior 的 except", "see except under x-report.prior")
            if kinds
            else Text(
                "请在 x-report 的 prior 里写上年报告的 report_type",
                "name the report_type of last year's under prior of x-report",
            ),
            rule=name,
        )
