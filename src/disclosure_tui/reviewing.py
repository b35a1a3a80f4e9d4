"""A checked report as a reviewer reads it: findings numbered, last year beside."""

from __future__ import annotations

from dataclasses import replace

from disclosure_tui.batch import Checked
from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Language, Text
from disclosure_tui.model.report import Report
from disclosure_tui.prior import FoundPrior, PriorStatus
from disclosure_tui.render.references import NO_REFERENCES, references_of
from disclosure_tui.render.tables import Figures
from disclosure_tui.render.view import ReportView, build_view
from disclosure_tui.render.wording import Wording
from disclosure_tui.render.year_over_year import LastYear, hand_over_sections, year_over_year
from disclosure_tui.rules.hand_over import hand_overs

__all__ = ["Reading", "view_of"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reviewer wants to see.

    Attributes:
        language: The language of labels and sentences.
        numbered: Findings have numbers, at their cells and in the list.
        beside: Last year's figures stand beside this year's, behind the hand-over check.
        changed_only: Only what differs from last year's.
    """

    language: Language
    numbered: bool = False
    beside: bool = False
    changed_only: bool = False


def view_of(checked: Checked, reading: Reading) -> ReportView:
    """Return the view of a report that could be checked."""
    assert checked.result is not None
    assert checked.document is not None
    form, report = checked.result.form, Report(checked.document.data)
    findings = checked.result.findings
    references = references_of(form, findings) if reading.numbered else NO_REFERENCES
    view = build_view(
        form,
        report,
        findings,
        reading.language,
        blank=checked.result.blank,
        references=references,
    )
    if not reading.beside:
        return view
    figures = Figures(report, findings, reading.language, references=references)
    year = report.value_at(("year",))
    wording = Wording(form, reading.language, year if isinstance(year, int) else None)
    prior = checked.prior or FoundPrior(PriorStatus.NONE)
    if prior.prior is not None:
        last = LastYear(prior.prior.report, prior.prior.without)
        view = year_over_year(view, form, figures, last, changed_only=reading.changed_only)
    handed = hand_overs(checked.result) if prior.prior is not None else ()
    first = hand_over_sections(handed, figures, wording, wording.text(_source(prior)))
    return replace(view, sections=(*first, *view.sections))


def _source(prior: FoundPrior) -> Text:
    """Say what this year's figures are compared with."""
    if prior.prior is None and not prior.findings:
        return Text("没有找到上年年报，没有核对。", "There is no report of last year.")
    if prior.prior is None:
        return Text(
            f"上年年报 {prior.file} 不能用，没有核对，原因见问题。",
            f"Last year's report {prior.file} cannot be used; the findings say why.",
        )
    year = prior.prior.report.value_at(("year",))
    if prior.status == PriorStatus.TYPED:
        return Text(f"上年：{year} 年，录入的数。", f"Last year: {year}, figures typed in.")
    return Text(
        f"上年：{year} 年年报 {prior.file}。", f"Last year: report of {year}, {prior.file}."
    )
