"""Formulas in printed labels: 一、新收 + 二、上年结转 = （七）总计 + 四、结转下年."""

from __future__ import annotations

from disclosure_tui.language import Language, Text
from disclosure_tui.model.form import ANY_ENTRY, Form, Label, Node, Role
from disclosure_tui.model.pointer import ROOT, Pointer
from disclosure_tui.rules.expression import AnyDepth, AnyOne, Matched, Name, Path, display
from disclosure_tui.rules.kind import parsed_check
from disclosure_tui.rules.registry import DeclaredRule
from disclosure_tui.rules.scope import Direction, Scope, scopes

__all__ = ["condition_of", "condition_text", "formula", "scope_text"]


def formula(declared: DeclaredRule, form: Form) -> Text:
    """Write the formula of a rule in the short labels of its first place."""
    level = declared.rule.level
    found = scopes(form, level, declared.each, declared.paths)
    scope = next(found, None) or Scope(form, level, Direction.LEVEL, level)
    return declared.parsed.formula(lambda path: _path_label(path, scope))


def condition_of(declared: DeclaredRule, form: Form) -> Text | None:
    """Write the condition under which a rule applies, in the labels of its first place."""
    if declared.condition is None:
        return None
    level = declared.rule.level
    found = scopes(form, level, declared.each, declared.paths)
    scope = next(found, None) or Scope(form, level, Direction.LEVEL, level)
    return display(declared.condition, lambda path: _path_label(path, scope))


def condition_text(form: Form, level: Pointer, text: str) -> Text | None:
    """Write the condition under which a place exists in printed labels; None without one.

    Raises:
        SchemaError: It cannot be read.
    """
    if not text:
        return None
    scope = Scope(form, level, Direction.LEVEL, level)
    return display(parsed_check(text, "when"), lambda path: _path_label(path, scope))


def scope_text(declared: DeclaredRule, form: Form) -> Text:
    """Say how often the rule applies: every column, every row, these places."""
    found = list(scopes(form, declared.rule.level, declared.each, declared.paths))
    count = len(found)
    if declared.each == "column":
        return Text(f"每一列（{count} 列）", f"every column ({count})")
    if declared.each == "row":
        return Text(f"每一行（{count} 行）", f"every row ({count})")
    if declared.each is None:
        return Text("一次", "once")
    names = [_cell_label(form, scope.place) for scope in found]
    return Text("、".join(name.zh for name in names), ", ".join(name.en for name in names))


_EACH_ENTRY = Text("每个自填行", "each row")


def _short(label: Label) -> Text:
    return Text(label.short(Language.CHINESE), label.short(Language.ENGLISH))


def _named(node: Node) -> Text:
    """Return the label of a row; that of entry rows is only known in a report."""
    return _EACH_ENTRY if node.key == ANY_ENTRY and not node.label else _short(node.label)


def _cell_label(form: Form, pointer: Pointer) -> Text:
    """Name a row, or a cell by row and column."""
    node = form.node(pointer)
    row = form.nearest(pointer, Role.ROW)
    if node is None:
        return Text(pointer.key, pointer.key)
    if row is None or row is node:
        return _named(node)
    return _named(row) + Text(" ", " ") + _short(node.label)


def _path_label(path: Path, scope: Scope) -> Text:
    """Name what a path stands for at the first place of the rule."""
    name = _here(path, scope)
    if path.origin.is_prior:
        return scope.form.report_type.last + Text("", "'s ") + name
    return name


def _here(path: Path, scope: Scope) -> Text:
    if not path.segments:
        return Text("本格", "this cell")
    whole = path.origin.is_root or scope.direction is Direction.LEVEL
    start = ROOT if path.origin.is_root else scope.place
    node = scope.form.node(start)
    fixed: Node | None = None
    for segment in path.segments:
        if isinstance(segment, AnyOne | AnyDepth):
            return _every(fixed, scope)
        key = segment.key if isinstance(segment, Name) else _matched(segment, scope)
        node = node.child(key) if node is not None else None
        fixed = node
    if fixed is None:
        return Text("?", "?")
    if whole and fixed.role is Role.CELL:
        # From a distance a column alone, 总计, would not tell which row is meant.
        label = _cell_label(scope.form, fixed.pointer)
        table = scope.form.section_of(fixed.pointer)
        own = scope.form.section_of(scope.level)
        if table is None or own is None or own.role is not Role.TABLE or table is own:
            return label
        # Another table may have rows of the same names.
        return _short(table.label) + Text(" ", " ") + label
    return _short(fixed.label) if fixed.label else Text(fixed.key, fixed.key)


def _matched(segment: Matched, scope: Scope) -> str:
    return scope.matches[segment.index] if segment.index < len(scope.matches) else ""


def _every(group: Node | None, scope: Scope) -> Text:
    """Name a pattern by the group that its fixed part leads to."""
    if group is not None and group.label:
        return _short(group.label) + Text("各项", ", every item")
    if scope.direction is Direction.ROW:
        return Text("其余各列", "the other columns")
    return Text("各项", "every item")
