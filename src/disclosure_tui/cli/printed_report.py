"""A report printed to the terminal or a file, for the commands that do so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from disclosure_tui.batch import Checked, check_file
from disclosure_tui.cli.exit_code import ExitCode
from disclosure_tui.cli.output import prefers_ascii, rendered, terminal_width
from disclosure_tui.cli.pager import show as page_through
from disclosure_tui.cli.program import Program
from disclosure_tui.cli.sections import places_of
from disclosure_tui.render.page import Page, set_page, set_remark, set_section
from disclosure_tui.render.view import ReportView
from disclosure_tui.reviewing import Reading, view_of

__all__ = ["print_report"]


def print_report(
    program: Program,
    path: Path,
    *,
    section: str | None = None,
    year_over_year: bool = False,
    changed: bool = False,
    findings: bool | None = None,
    width: int | None = None,
    ascii_only: bool = False,
    no_pager: bool = False,
    schema_dir: tuple[Path, ...] = (),
) -> int:
    """Print a report, or one section of it."""
    checked = check_file(path, program.report_types(schema_dir))
    if checked.error is not None:
        raise checked.error
    assert checked.result is not None
    language = program.language_of(checked.result.form)
    reading = Reading(
        language, numbered=findings is True, beside=year_over_year or changed, changed_only=changed
    )
    view = view_of(checked, reading)
    if section is not None:
        view = _only(program, checked, view, section)
    cells = terminal_width(width)
    page = Page(
        cells,
        language,
        ascii_only=ascii_only or prefers_ascii(),
        findings=findings is not False,
    )
    if section is None:
        lines = set_page(view, page)
    else:
        lines = [line for item in view.sections for line in set_section(item, page)]
    assert checked.report_type is not None
    lines += set_remark(checked.report_type.stamp.words().in_(language), page)
    page_through(rendered(lines, cells), wanted=not no_pager)
    return ExitCode.CLEAN


def _only(program: Program, checked: Checked, view: ReportView, section: str) -> ReportView:
    """Leave the sections that a person asked for."""
    assert checked.result is not None
    places = places_of(program, checked.result.form, section)
    return replace(view, sections=tuple(one for one in view.sections if one.pointer in places))
