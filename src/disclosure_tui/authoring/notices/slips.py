"""Slips that a schema loads with: no blank allowed, no label, open objects, codes half declared.

What the form's types say is not read off the schema but asked: a report of nothing but blanks, and
one with a key too many everywhere, are judged as any report is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from disclosure_tui.authoring.notice import Notice, Subject
from disclosure_tui.language import Language, Text
from disclosure_tui.model.finding import Severity
from disclosure_tui.model.form import ANY_ENTRY, Form, Node, Role
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Plain, Report
from disclosure_tui.rules.conformance import Conformance, Fault

__all__ = ["notices"]

_ENVELOPE = (("report_type",), ("year",), ("organ", "name"))
_ROW_KEY = "row"
"""Key of the one entry row that the reports asked about have."""
_STRANGE_KEY = "no such key"
_LEAVES = frozenset({Role.CELL, Role.FIELD, Role.PROSE, Role.LIST, Role.OPEN_MAP})
_LABELLED = frozenset({Role.CELL, Role.FIELD, Role.PROSE, Role.ROW, Role.TABLE})
_CLOSING = frozenset({"unevaluatedProperties", "additionalProperties"})


def notices(subject: Subject) -> Iterator[Notice]:
    """Find them; one for each sort, with the first place and the number of places."""
    form = subject.loaded.form
    judge = Conformance(form)
    yield from _envelope(subject)
    for found, severity, what, hint in (
        (_never_blank(form, judge), Severity.WARNING, _NOT_BLANK, _ALLOW_NULL),
        (_unlabelled(form), Severity.WARNING, _NO_LABEL, _GIVE_LABEL),
        (_open(form, judge), Severity.WARNING, _OPEN, _CLOSE),
        (_other_languages(form), Severity.WARNING, _OTHER_LANGUAGE, _SAY_LANGUAGE),
    ):
        if found:
            yield _notice(found, severity, what, hint)
    for node in {_where(node): node for node in reversed(tuple(form.nodes.values()))}.values():
        yield from _cell(node)
        yield from _entries(node)
    yield from _declared_differently(subject)


def _notice(found: list[Node], severity: Severity, what: Text, hint: Text) -> Notice:
    first, more = found[0], len(found)
    places = Text(str(first.pointer), str(first.pointer))
    if more > 1:
        places += Text(f" 等 {more} 处", f" and {more - 1} more")
    return Notice("slip", severity, _where(first), places + Text(" ", ": ") + what, hint)


def _where(node: Node) -> str:
    return str(node.origins[0])


def _envelope(subject: Subject) -> Iterator[Notice]:
    for place in _ENVELOPE:
        if subject.loaded.form.node(Pointer(place)) is None:
            name = ".".join(place)
            yield Notice(
                "slip",
                # Without an office a report can still be read and checked.
                Severity.WARNING if name == "organ.name" else Severity.ERROR,
                f"{subject.loaded.path.name}#",
                Text(f"没有【{name}】，每种报告都要有", f"there is no {name}: every report has it"),
                Text("请照教程开头的例子补上", "add it as the example of the tutorial does"),
            )


def _never_blank(form: Form, judge: Conformance) -> list[Node]:
    """Return the places where a blank is refused, those excepted that a report must have."""
    needed = {node.pointer / key for node in form.nodes.values() for key in node.required} | {
        Pointer(place) for place in _ENVELOPE
    }
    deepest = max(len(pointer) for pointer in form.nodes)
    refused: set[Pointer] = set()
    for depth in range(1, deepest + 1):
        data = _made(form.root, depth)
        refused |= {fault.pointer for fault in judge.faults(Report(data)) if _of_a_blank(fault)}
    return [
        node
        for node in form.nodes.values()
        if _asked(node.pointer) in refused
        and node.pointer not in needed
        and node.pointer.key != ANY_ENTRY
    ]


def _of_a_blank(fault: Fault) -> bool:
    return fault.error.instance is None


def _open(form: Form, judge: Conformance) -> list[Node]:
    """Return the objects in which a misspelt key would be taken."""

    def made(node: Node) -> Plain:
        if node.role in _LEAVES:
            return None
        inside = {_key(child): made(child) for child in node.children}
        return inside if node.entries is not None else {**inside, _STRANGE_KEY: 1}

    closed = {
        fault.pointer
        for fault in judge.faults(Report(made(form.root)))
        if fault.error.validator in _CLOSING
    }
    return [
        node
        for node in form.nodes.values()
        if node.role not in _LEAVES and node.entries is None and _asked(node.pointer) not in closed
    ]


def _made(node: Node, blank_at: int) -> Plain:
    """Return a report with every place so deep blank; the first keys have depth 1."""
    if node.role in _LEAVES or len(node.pointer) == blank_at:
        return None
    return {_key(child): _made(child, blank_at) for child in node.children}


def _key(node: Node) -> str:
    return _ROW_KEY if node.pointer.key == ANY_ENTRY else node.pointer.key


def _asked(pointer: Pointer) -> Pointer:
    """Return where a place lies in the reports asked about."""
    return Pointer(_ROW_KEY if key == ANY_ENTRY else key for key in pointer)


def _unlabelled(form: Form) -> list[Node]:
    return [
        node
        for node in form.nodes.values()
        if node.role in _LABELLED and node.pointer.key != ANY_ENTRY and not node.label.titles
    ]


def _other_languages(form: Form) -> list[Node]:
    """Return the places with a text in no language of the program: mostly a code misspelt."""
    known = {language.value for language in Language}
    return [
        node
        for node in form.nodes.values()
        if any(texts and not known & set(texts) for texts in _texts(node))
    ]


def _texts(node: Node) -> Iterator[Mapping[str, str]]:
    yield from (node.label.titles, node.label.shorts, node.corner, node.unit, node.description)
    if node.section is not None and node.section.heading:
        yield node.section.heading
    if node.cell is not None:
        yield node.cell.unit
        yield from node.cell.values.values()


def _cell(node: Node) -> Iterator[Notice]:
    cell = node.cell
    if cell is None:
        return
    if cell.integral and cell.decimals:
        yield Notice(
            "slip",
            Severity.WARNING,
            _where(node),
            Text(
                f"{node.pointer} 是整数，写的 {cell.decimals} 位小数不起作用",
                f"{node.pointer} is a whole number: its {cell.decimals} decimals mean nothing",
            ),
            Text(
                "要有小数的，type 写 number；否则删去 decimals",
                "write number as its type, or remove decimals",
            ),
        )
    undeclared = [text for text in cell.values if text not in cell.codes] if cell.codes else []
    if undeclared:
        listed = "、".join(undeclared)
        yield Notice(
            "slip",
            Severity.WARNING,
            _where(node),
            Text(
                f"{node.pointer} 的 enum 里有【{listed}】，codes 里没有，这一格就不算数字",
                f"{node.pointer}: {', '.join(undeclared)} in enum is no code: the cell holds no "
                "figures then",
            ),
            Text(
                "请在 x-cell 的 codes 里写上它的含义，或从 enum 里删去",
                "declare it in codes of x-cell, or remove it from enum",
            ),
        )


def _entries(node: Node) -> Iterator[Notice]:
    if node.entries is None or node.entry is None or node.entries.source:
        return
    label = node.entries.label
    if label and node.entry.child(label) is None:
        known = [child.key for child in node.entry.children]
        yield Notice(
            "slip",
            Severity.ERROR,
            _where(node),
            Text(
                f"x-entries 的 label【{label}】不是行里的一项",
                f"label {label!r} of x-entries is nothing in the row",
            ),
            Text(f"行里有：{'、'.join(known)}", f"the row has: {', '.join(known)}"),
        )


def _declared_differently(subject: Subject) -> Iterator[Notice]:
    """Find rules of one id that are not one rule: a finding would not say which."""
    first: dict[str, Any] = {}
    for declared in subject.declared:
        rule = declared.rule
        known = first.setdefault(rule.identifier, declared)
        # One rule may be written in several shapes: for the rows and the total, a section and all.
        told = rule.description == known.rule.description and rule.description is not None
        inside = rule.level.starts_with(known.rule.level) or known.rule.level.starts_with(
            rule.level
        )
        if known.parsed != declared.parsed and not told and not inside:
            yield Notice(
                "slip",
                Severity.NOTE,
                rule.origin,
                Text(
                    f"同一编号还写在 {known.rule.origin}，内容不同",
                    f"another rule of this id stands at {known.rule.origin}",
                ),
                Text("请改为另一个编号", "give it another id"),
                rule=rule.identifier,
            )


_NOT_BLANK = Text("不能留空：填了一半的报告会有错误", "no blank is allowed: a draft has errors")
_ALLOW_NULL = Text(
    'type 里请加 "null"，例如 ["integer", "null"]；写了 enum 的，enum 里也加 null',
    'add "null" to type, as in ["integer", "null"], and null to enum where there is one',
)
_NO_LABEL = Text("没有标题，印出来是空的", "no label: nothing is printed there")
_GIVE_LABEL = Text("请加 title", "add a title")
_OPEN = Text("没有封闭，写错的键不会被发现", "not closed: a misspelt key goes unnoticed")
_CLOSE = Text('请加 "unevaluatedProperties": false', 'add "unevaluatedProperties": false')
_OTHER_LANGUAGE = Text("有文字既不是中文也不是英文", "a text is neither Chinese nor English")
_SAY_LANGUAGE = Text(
    "请核对语言的代码：中文是 zh，英文是 en", "see the codes: zh is Chinese, en English"
)
