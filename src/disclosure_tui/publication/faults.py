"""Says what is wrong with headings, tables and labels of a page: S-HEADING to S-LABEL."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure_tui.exchange.mapping import AlteredLabel, Mapping
from disclosure_tui.exchange.outline import HeadingFault
from disclosure_tui.language import Language, Text
from disclosure_tui.model.finding import Severity
from disclosure_tui.model.form import Form, Node
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.publication.layout import Layout, heading_text
from disclosure_tui.publication.proof import Fault
from disclosure_tui.render.view import heading

__all__ = ["heading_faults", "label_faults", "table_faults"]

_LONGEST_QUOTE = 60


def heading_faults(form: Form, layout: Layout, language: Language) -> Iterator[Fault]:
    """Yield what is wrong with headings and their numbers, in printed order."""
    order = {section.pointer: index for index, section in enumerate(form.sections)}
    for kind, pointer, text in sorted(layout.faults, key=lambda item: order[item[1]]):
        section = form.nodes[pointer]
        if kind == HeadingFault.MISSING and section.section is not None and section.section.when:
            continue
        yield _heading_fault(kind, section, text, language)


def _heading_fault(kind: str, section: Node, text: str, language: Language) -> Fault:
    own, quoted = heading(section, language), text[:_LONGEST_QUOTE]
    number = section.section.number if section.section is not None else ""
    severity, rule = Severity.WARNING, "S-HEADING"
    match kind:
        case HeadingFault.MISSING:
            severity = Severity.ERROR
            message = Text(
                f"页面上没有标题【{own}】。请补上。", f"The page has no heading “{own}”. Add it."
            )
        case HeadingFault.TWICE:
            severity = Severity.ERROR
            message = Text(
                f"标题【{own}】在页面上出现了不止一次。请只留一个。",
                f"The heading “{own}” stands on the page more than once. Keep one.",
            )
        case HeadingFault.ORDER:
            severity = Severity.ERROR
            message = Text(
                f"标题【{own}】的次序不对。请按格式的次序排。",
                f"The heading “{own}” is out of order. Put it in the order of the form.",
            )
        case HeadingFault.NUMBER:
            rule = "S-NUMBERING"
            printed = quoted or "-"
            message = Text(
                f"标题【{own}】的序号应为【{number}】，页面上是【{printed}】。请改正。",
                f"The heading “{own}” has the number “{printed}” instead of “{number}”. "
                "Correct it.",
            )
        case HeadingFault.INSIDE:
            rule = "S-NUMBERING"
            message = Text(
                f"【{own}】里面又用了一级序号：{quoted}。请改用下一级序号。",
                f"A number of the first level is used again inside “{own}”: {quoted}. "
                "Use the next level.",
            )
        case _:
            wanted = heading_text(section, language)
            message = Text(
                f"标题应为【{wanted}】，页面上是【{quoted}】。请改正。",
                f"The heading should be “{wanted}”; the page has “{quoted}”. Correct it.",
            )
    return Fault(rule, severity, section.pointer, message)


def table_faults(
    form: Form, layout: Layout | None, mapping: Mapping, language: Language
) -> Iterator[Fault]:
    """Yield the tables that are not on the page, or not in their section."""
    for table in form.tables:
        own = heading(table, language)
        found = mapping.found.get(table.pointer)
        if not found:
            message = Text(
                f"【{own}】里没有格式规定的表。请核对页面。",
                f"“{own}” does not hold its table. Look at the page.",
            )
            yield Fault("S-TABLE", Severity.ERROR, table.pointer, message)
        elif layout is not None and table.pointer in layout.found:
            wrong = [
                at for at in found if at in layout.tables and layout.tables[at] != table.pointer
            ]
            if wrong:
                message = Text(
                    f"【{own}】的表不在这个标题下面。请移到标题下面。",
                    f"The table of “{own}” does not stand under that heading. Move it there.",
                )
                yield Fault("S-TABLE", Severity.ERROR, table.pointer, message)


def label_faults(mapping: Mapping) -> Iterator[Fault]:
    """Yield the labels that differ from the form."""
    for item in dict.fromkeys(mapping.labels):
        yield Fault("S-LABEL", Severity.WARNING, _place(item), _label_message(item))


def _place(item: AlteredLabel) -> Pointer:
    return item.table


def _label_message(item: AlteredLabel) -> Text:
    label = " ".join(item.label.split())
    printed = " ".join(item.printed.split())[:_LONGEST_QUOTE]
    if not item.label:
        return Text(
            f"格式里没有【{printed}】这一行或这一列。请核对页面。",
            f"The form has no row or column “{printed}”. Look at the page.",
        )
    if not item.printed:
        return Text(
            f"页面上没有【{label}】这几个字。请补上。",
            f"The page lacks the label “{label}”. Add it.",
        )
    return Text(
        f"应为【{label}】，页面上是【{printed}】。请改正。",
        f"The label should be “{label}”; the page has “{printed}”. Correct it.",
    )
