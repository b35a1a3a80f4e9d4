"""`disclosure show`: print a report in its printed form."""

from __future__ import annotations

from pathlib import Path

import click

from disclosure_tui.batch import check_file
from disclosure_tui.cli.exit_code import ExitCode
from disclosure_tui.cli.output import prefers_ascii, print_lines, terminal_width
from disclosure_tui.cli.program import Program, command, language_option, schema_folder_option
from disclosure_tui.language import Language, Text
from disclosure_tui.model.form import Form, Node
from disclosure_tui.model.report import Report
from disclosure_tui.render.page import Page, set_page, set_section
from disclosure_tui.render.view import SectionView, build_view
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.schema.catalog import Catalog

__all__ = ["SUMMARY", "build", "print_report"]

SUMMARY = Text("按表样显示报告", "Print a report as its form prints it")


def build(program: Program) -> click.Command:
    """Return the command."""
    say = program.say
    return command(
        program,
        "show",
        lambda **options: print_report(program, **options),
        SUMMARY,
        Text(
            "按表样显示报告，问题标在格内，列在表下。写到文件或管道时是纯文本。",
            "Print a report in its printed form, with findings at their cells. "
            "Plain text when written to a file or pipe.",
        ),
        [
            click.Argument(["path"], type=click.Path(path_type=Path), metavar=say("文件", "FILE")),
            click.Option(
                ["--section"],
                help=say(
                    "只显示一部分：三、表三、requests 都可以",
                    "One section only: its number, short label or key",
                ),
            ),
            click.Option(
                ["--width"],
                type=click.IntRange(40, 400),
                help=say("宽度（列），默认按终端", "Width in cells; the terminal's by default"),
            ),
            click.Option(
                ["--ascii", "ascii_only"],
                is_flag=True,
                help=say("表格线用 + - | 画", "Draw rules with + - |"),
            ),
            click.Option(
                ["--no-findings", "bare"],
                is_flag=True,
                help=say("不列出问题", "Leave the findings out"),
            ),
            schema_folder_option(program),
            language_option(program),
        ],
    )


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
