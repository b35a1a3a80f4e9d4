"""What may have been meant by a path that names nothing, and what there is in its place."""

from __future__ import annotations

import difflib

from disclosure_tui.language import Text
from disclosure_tui.model.form import Node
from disclosure_tui.model.pointer import ROOT
from disclosure_tui.rules.expression import Name, Path

__all__ = ["hint_for"]

_MOST_NAMED = 12
"""So many keys are listed."""


def hint_for(start: Node | None, path: Path) -> Text:
    """Return a hint for a path that names nothing.

    Args:
        start: Where the path begins, or None if there is no such place.
        path: The path.
    """
    node, wanted = _last_known(start, path)
    if node is None:
        return Text("路径从规则所在的那一级写起", "paths start at the level of the rule")
    titled = [
        child.key for child in node.children if wanted and wanted in child.label.titles.values()
    ]
    if titled:
        return Text(
            f"路径里写键，不写标题：【{titled[0]}】", f"a path has keys, not labels: {titled[0]!r}"
        )
    known = [child.key for child in node.children]
    close = difflib.get_close_matches(wanted, known, n=1) if wanted else []
    if close:
        return Text(f"是不是【{close[0]}】？", f"did you mean {close[0]!r}?")
    if not known:
        return Text(f"{node.pointer} 里面没有别的了", f"there is nothing inside {node.pointer}")
    place = Text("报告的最外层", "the root of the report")
    if node.pointer != ROOT:
        place = Text(str(node.pointer), str(node.pointer))
    more = len(known) > _MOST_NAMED
    listed = known[:_MOST_NAMED]
    return Text(
        f"{place.zh} 里有：{'、'.join(listed)}{' 等' if more else ''}",
        f"in {place.en} there are: {', '.join(listed)}{' and others' if more else ''}",
    )


def _last_known(node: Node | None, path: Path) -> tuple[Node | None, str]:
    """Return the last place on the way that there is, and the key that it lacks."""
    for segment in path.segments:
        if node is None or not isinstance(segment, Name):
            return node, ""
        child = node.child(segment.key)
        if child is None:
            return node, segment.key
        node = child
    return node, ""
