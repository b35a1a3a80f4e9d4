"""What the panels beside a page say; a pure function of what is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from disclosure_tui.language import Text
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.prior import PriorStatus
from disclosure_tui.render.grid import Tone
from disclosure_tui.render.pages import Page
from disclosure_tui.render.tables import TONES
from disclosure_tui.render.wording import number_text
from disclosure_tui.tui.filling import CHECKING, Filling

__all__ = ["figure_of_last_year", "last_year_figures", "last_year_titles", "panel_paragraphs"]

_NONE_HERE = Text("本格没有问题", "Nothing is wrong here")
_NONE = Text("本部分没有问题", "Nothing is wrong in this section")
_OTHERS = Text("本部分其他问题：", "Also in this section:")


def panel_paragraphs(filling: Filling, page: Page, pointer: Pointer) -> list[tuple[str, Tone]]:
    """Return the findings at a place in full, then the lines of the others of its page."""
    if not filling.is_checked:
        return [(filling.say(CHECKING), Tone.NOTE)]
    wording = filling.wording
    here = filling.findings.at(pointer)
    others = [
        finding
        for finding in filling.findings.open
        if page.holds(finding.primary) and finding not in here
    ]
    if not here and not others:
        return [(filling.say(_NONE), Tone.NOTE)]
    found = [
        (f"{finding.severity.mark} {wording.panel(finding)}", TONES[finding.severity])
        for finding in here
    ] or [(filling.say(_NONE_HERE), Tone.NOTE)]
    if others:
        found += [("", Tone.PLAIN), (filling.say(_OTHERS), Tone.PLAIN)]
        found += [(wording.line(finding), TONES[finding.severity]) for finding in others]
    return found


def last_year_titles(filling: Filling, pointer: Pointer) -> tuple[str, str]:
    """Return what the column of last year is called: the year, and the column it is about."""
    year = filling.report.value_at(("year",))
    named = Text(f"{year - 1} 年", f"{year - 1}") if isinstance(year, int) else None
    return filling.say(named or Text("上年", "last year")), filling.wording.column(pointer)


def figure_of_last_year(filling: Filling, pointer: Pointer) -> str:
    """Return what last year's report says at a place: a dash where it says nothing."""
    prior = filling.session.prior.prior
    if prior is None or any(pointer.starts_with(place) for place in prior.without):
        return "-"
    value = prior.report.value_at(pointer)
    if value is None or isinstance(value, bool | dict | list):
        return "-"
    return number_text(value)


def last_year_figures(
    filling: Filling, lines: Mapping[int, Pointer], here: Pointer
) -> dict[int, tuple[str, bool]]:
    """Return last year's figures of some lines, and which is that of the cursor."""
    if filling.session.prior.status == PriorStatus.NONE:
        return {line: ("-", place == here) for line, place in lines.items()}
    return dict(_figures(filling, lines, here))


def _figures(
    filling: Filling, lines: Mapping[int, Pointer], here: Pointer
) -> Iterator[tuple[int, tuple[str, bool]]]:
    for line, place in lines.items():
        yield line, (figure_of_last_year(filling, place), place == here)
