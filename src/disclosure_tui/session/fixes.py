"""Fixes that only the text of the file can offer: quotation marks for words read as figures."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from disclosure_tui.model.finding import Finding, Findings, Fix
from disclosure_tui.model.form import Form
from disclosure_tui.model.report import Report
from disclosure_tui.rules.checker import CheckResult
from disclosure_tui.store.document import Document

__all__ = ["with_requoting"]


def with_requoting(result: CheckResult, document: Document) -> CheckResult:
    """Offer to quote unquoted values that are read as another type than the form wants.

    `code: 0071` is the number 71 to every reader; with quotation marks it is the text that was
    meant, as the file spells it.
    """
    report = Report(document.data)
    findings = [
        finding
        if (fix := _fix(finding, result.form, report, document)) is None
        else replace(finding, fix=fix)
        for finding in result.findings
    ]
    if all(new is old for new, old in zip(findings, result.findings, strict=True)):
        return result
    return replace(result, findings=Findings(findings))


def _fix(finding: Finding, form: Form, report: Report, document: Document) -> Fix | None:
    if finding.fix is not None or len(finding.pointers) != 1:
        return None
    pointer = finding.primary
    node = form.node(pointer)
    cell = None if node is None else node.cell
    if cell is None or cell.numeric or "string" not in cell.types:
        return None
    if not isinstance(report.value_at(pointer), bool | int | Decimal):
        return None
    transaction = document.requote(pointer)
    return Fix(transaction.title, transaction) if transaction.edits else None
