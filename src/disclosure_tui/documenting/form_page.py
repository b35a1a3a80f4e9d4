"""From a report type to a document about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from disclosure_tui.documenting.blocks import (
    Block,
    Heading,
    Items,
    Page,
    Paragraph,
    Printed,
    Table,
)
from disclosure_tui.documenting.places import ADDED_ROW, Tongue, fields_table, row_tables
from disclosure_tui.explaining import explained, rule_rows
from disclosure_tui.language import Language, Text
from disclosure_tui.model.finding import Findings
from disclosure_tui.model.form import ANY_ENTRY, Form, Node, ReportType, Role
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.render.grid import CellRole, Grid, GridCell
from disclosure_tui.render.tables import Figures, build_grid
from disclosure_tui.render.view import heading
from disclosure_tui.report_type import LoadedReportType

__all__ = ["form_page", "label_languages"]

_COMPUTED = "="


def label_languages(form: Form) -> tuple[str, ...]:
    """Return the language tags of the form's labels, its own first."""
    own = form.report_type.language.value
    tags = {tag for node in form.nodes.values() for tag in node.label.titles if tag}
    return (own, *sorted(tags - {own}))


def form_page(loaded: LoadedReportType, language: Language, labels: tuple[str, ...] = ()) -> Page:
    """Describe a report type.

    Args:
        loaded: The report type.
        language: Language of the words, and of the labels in printed tables.
        labels: Language tags of the labels in lists; none: those of `language`.
    """
    form, tongue = loaded.form, Tongue(language, labels or (language.value,))
    blocks = (
        *_head(loaded, tongue),
        *_sections(loaded, tongue),
        *_extension_points(form, tongue),
        *_rules(loaded, tongue),
    )
    foot = Text(
        f"由 disclosure schema docs 写出：{form.identifier}，版本 {form.report_type.version}，"
        f"sha256 {form.sha256}",
        f"Written by disclosure schema docs: {form.identifier}, version "
        f"{form.report_type.version}, sha256 {form.sha256}",
    )
    return Page(form.root.label.title(language), blocks, language, foot.in_(language))


def _head(loaded: LoadedReportType, tongue: Tongue) -> Iterator[Block]:
    form = loaded.form
    if form.root.description:
        yield Paragraph(_description(form.root, tongue))
    yield Items(tuple(_facts(form.report_type, tongue)))
    fields = tuple(node for node in form.root.children if _is_field(node))
    if fields:
        title = tongue.say("表外各项", "Outside the sections")
        yield Heading(2, title)
        yield fields_table(fields, tongue)


def _facts(kind: ReportType, tongue: Tongue) -> Iterator[str]:
    say = tongue.say
    colon = say("：", ": ")
    yield say("报告种类", "Report type") + colon + kind.name
    yield say("版本", "Version") + colon + kind.version
    first, last = kind.first_year or "", kind.last_year or ""
    if first or last:
        yield say("适用年度", "Years") + colon + f"{first}-{last}"
    yield say("语言", "Language") + colon + kind.language.value
    yield say("标题", "Title") + colon + kind.title
    if kind.authority is not None:
        yield say("依据", "Authority") + colon + kind.authority.in_(tongue.language)
    if kind.period:
        start, end = kind.period["start"], kind.period["end"]
        yield say("统计期限", "Period") + colon + say(f"{start} 至 {end}", f"{start} to {end}")
    if kind.within_year:
        yield say("本年第几期", "Number within the year") + colon + str(Pointer(kind.within_year))
    for prior in kind.prior:
        without = say("，没有对应的：", ", without counterpart: ") + say("、", ", ").join(
            prior.without
        )
        told = prior.name + (without if prior.without else "")
        yield (
            say(f"{kind.last.zh}报告可以是", f"The report of {kind.last.en} may be") + colon + told
        )


def _is_field(node: Node) -> bool:
    """Tell whether a child of the root is no section and holds none."""
    return not any(inner.section is not None for inner in node.walk())


def _sections(loaded: LoadedReportType, tongue: Tongue) -> Iterator[Block]:
    computed = frozenset(total.target for total in loaded.checker.totals(loaded.form))
    figures = Figures(Report({}), Findings(()), tongue.language, computed)
    for section in loaded.form.sections:
        title = heading(section, tongue.language) or section.label.title(tongue.language)
        yield Heading(2, title)
        if section.description:
            yield Paragraph(_description(section, tongue))
        if section.section is not None and section.section.when:
            when = section.section.when
            yield Paragraph(tongue.say(f"只在这个条件下有：{when}", f"Only if: {when}"))
        if section.role is Role.TABLE:
            grid = _printed(build_grid(section, figures), figures)
            yield Printed(grid)
            if any(cell.text == _COMPUTED for cell in grid.cells):
                yield Paragraph(
                    tongue.say("= 是可以自动计算的格。", "= marks what can be computed.")
                )
            yield from row_tables(section, tongue)
        else:
            fields = (section, *(node for node in section.children if _is_field(node)))
            yield fields_table(fields, tongue)


def _printed(grid: Grid, figures: Figures) -> Grid:
    """Show which figures are computed, and where rows are added."""
    return replace(grid, cells=tuple(_shown(cell, figures) for cell in grid.cells))


def _shown(cell: GridCell, figures: Figures) -> GridCell:
    if cell.pointer is None:
        return cell
    if cell.role is CellRole.FIGURE:
        return replace(cell, text=_COMPUTED if cell.pointer in figures.computed else "", mark="")
    if cell.role is CellRole.ROW_HEADER and cell.pointer.key == ANY_ENTRY and not cell.text:
        return replace(cell, text=ADDED_ROW.in_(figures.language))
    return cell


def _extension_points(form: Form, tongue: Tongue) -> Iterator[Block]:
    points = tuple(node for node in form.nodes.values() if node.extension)
    if not points:
        return
    title = tongue.say("扩展点", "Extension points")
    yield Heading(2, title)
    yield Paragraph(
        tongue.say(
            "扩展文件可以在这些位置加内容，写在同名的【$dynamicAnchor】里。",
            "Where an overlay may add something, under a $dynamicAnchor of this name.",
        )
    )
    root = tongue.say("报告最外层", "the report itself")
    rows = tuple(
        (str(node.pointer) or root, *tongue.titles(node.label), node.extension) for node in points
    )
    head = tongue.head(tongue.say("名称", "Name"))
    yield Table(title, head, rows, frozenset({0, len(head) - 1}))


def _rules(loaded: LoadedReportType, tongue: Tongue) -> Iterator[Block]:
    language = tongue.language
    rows = tuple(rule_rows(loaded, language))
    title = tongue.say("校验规则", "Rules")
    yield Heading(2, title)
    yield Paragraph(
        tongue.say(
            "级别：! 必须改正，? 核实或说明，* 提示，. 参考。",
            "Marks: ! must be corrected, ? correct or explain, * worth a look, . for information.",
        )
    )
    head = (tongue.say("编号", "Id"), tongue.say("级别", "Mark"), tongue.say("内容", "Checks"))
    listed = tuple((name, mark, text) for mark, name, text in rows)
    yield Table(title, head, listed, frozenset({0, 1}), links=True)
    for identifier in dict.fromkeys(name for _, name, _ in rows):
        yield Heading(3, identifier, identifier)
        # Where several places declare a rule of one id, an empty line stands between them.
        for told in explained(loaded, identifier, language).split("\n\n"):
            first, *lines = told.split("\n")
            yield Paragraph(first.removeprefix(f"{first[:1]} {identifier}").strip())
            yield Items(tuple(line.strip() for line in lines))


def _description(node: Node, tongue: Tongue) -> str:
    texts = node.description
    return texts.get(tongue.language.value) or next(iter(texts.values()), "")
