"""A report printed to the terminal or a file, for the commands that do so."""

from __future__ import annotations

from pathlib import Path

import click

from disclosure_tui.batch import check_file
from disclosure_tui.cli.exit_code import ExitCode
from disclosure_tui.cli.output import prefers_ascii, print_lines, terminal_width
from disclosure_tui.cli.program import Program
from disclosure_tui.language import Language
from disclosure_tui.model.form import Form, Node
from disclosure_tui.model.report import Report
from disclosure_tui.render.page import Page, set_page, set_section
from disclosure_tui.render.view import SectionView, build_view
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.schema.catalog import Catalog

__all__ = ["print_report"]


def print_report(
    program: Program,
    path: Path,
    *,
    section: str | None = None,
    width: int | None = None,
    ascii_only: bool = False,
    bare: bool = False,
    schema_dir: tuple[Path, ...] = (),
) -> int:
    """Print a report, or one section of it."""
    checked = check_file(path, ReportTypes(Catalog.of(schema_dir)))
    if checked.error is not None:
        raise checked.error
    assert checked.result is not None
    assert checked.document is not None
    form, language = checked.result.form, program.language_of(checked.result.form)
    report = Report(checked.document.data)
    findings = checked.result.findings
    view = build_view(form, report, findings, language, blank=checked.result.blank)
    cells = terminal_width(width)
    page = Page(cells, language, ascii_only=ascii_only or prefers_ascii(), findings=not bare)
    if section is None:
        print_lines(set_page(view, page), cells)
        return ExitCode.CLEAN
    chosen = _chosen(program, form, view.sections, section)
    print_lines([line for item in chosen for line in set_section(item, page)], cells)
    return ExitCode.CLEAN


def _chosen(
    program: Program, form: Form, sections: tuple[SectionView, ...], wanted: str
) -> list[SectionView]:
    """Find the sections that a person means by a number, a label or a key."""
    found = [view for view in sections if wanted in _names(form.nodes[view.pointer])]
    if found:
        return found
    known = "、".join(_names(form.nodes[view.pointer])[0] for view in sections)
    raise click.UsageError(
        program.say(f"没有【{wanted}】这一部分，可选：{known}", f"no section {wanted!r}: {known}")
    )


def _names(node: Node) -> list[str]:
    names = [node.label.short(language) for language in Language]
    names.append(node.key)
    if node.section is not None and node.section.number:
        names.append(node.section.number)
    names.extend(node.label.title(language) for language in Language)
    return names
