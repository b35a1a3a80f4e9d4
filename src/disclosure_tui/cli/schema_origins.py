"""Where each part of a form comes from, as a tree: for `disclosure schema show --origin`."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure_tui.language import Language, Text
from disclosure_tui.model.form import Declaration, Node, Role
from disclosure_tui.model.origin import Origin
from disclosure_tui.report_type import LoadedReportType

__all__ = ["origin_lines"]

_ADDED, _CHANGED, _SAME = "+ ", "~ ", "  "


def origin_lines(loaded: LoadedReportType, language: Language) -> Iterator[str]:
    """Yield a line for every part of a form; `+` where an overlay adds it, `~` changes it.

    The columns of a row are left out, unless an overlay has something to say of one.
    """
    overlay = loaded.form.overlay
    yield loaded.stamp.words().in_(language)
    if overlay is not None:
        legend = Text("+ 补充规定增加，~ 补充规定改动", "+ added by the overlay, ~ changed by it")
        yield legend.in_(language)
    yield ""
    yield from _lines(loaded.form.root, 0, language)


def _lines(node: Node, depth: int, language: Language) -> Iterator[str]:
    origins = node.origins
    touched = any(origin.added for origin in origins)
    if node.role not in (Role.CELL, Role.COLUMN_GROUP) or touched:
        mark = _ADDED if node.added else _CHANGED if touched else _SAME
        indent = "  " * depth
        yield f"{mark}{indent}{_called(node, language)}  {_told(origins)}"
        if node.labelled is not None and node.labelled.added and not node.added:
            label = Text("标题", "label").in_(language)
            yield f"{_CHANGED}{indent}  {label}  {node.labelled}"
        for declared in node.declarations:
            yield from _rule(declared, indent, language)
    for child in node.children:
        yield from _lines(child, depth + 1, language)


def _called(node: Node, language: Language) -> str:
    title = node.label.title(language)
    key = f"({node.key})" if node.key else ""
    return " ".join(filter(None, (title, key)))


def _told(origins: tuple[Origin, ...]) -> str:
    return ", ".join(map(str, origins))


def _rule(declared: Declaration, indent: str, language: Language) -> Iterator[str]:
    mark = _ADDED if declared.added else _SAME
    yield f"{mark}{indent}  [{declared.identifier}]  {declared.origin}"
    changed = Text("改动", "changed").in_(language)
    for change in declared.changes:
        yield f"{_CHANGED}{indent}  [{declared.identifier}] {changed}  {change.origin}"
