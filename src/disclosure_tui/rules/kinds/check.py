"""Rule kind `check`: an expression that must hold.

What it checks: any comparison of cells, or several joined by and, or, if and then.
Example: `new + carried_in = results.total + carried_forward`, once per column.
How to fix: compare the cells named with the records; the two sides and their difference are
worked out in the message.
Source: dialect, sections 4, 5 and 7.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.expression import Node, Path, display
from disclosure_tui.rules.kind import bound_at, described, parsed_check
from disclosure_tui.rules.scope import Scope
from disclosure_tui.rules.worked import Comparison, paths_of

__all__ = ["KIND"]


@dataclass(frozen=True, slots=True)
class _Check:
    """A declared expression."""

    source: str
    node: Node
    paths: tuple[Path, ...]
    tolerant: bool = False

    def bind(self, scope: Scope, totals: frozenset[Pointer]) -> Comparison:
        """Tie it to the cells of a place."""
        del totals
        bound = bound_at(self.node, scope, self.source)
        return Comparison.at(bound, scope, tolerant=self.tolerant)

    def formula(self, label: Callable[[Path], Text]) -> Text:
        """Write it in printed labels."""
        return display(self.node, label)

    def targets(self, scope: Scope) -> frozenset[Pointer]:
        """A check makes no totals."""
        del scope
        return frozenset()


class _CheckKind:
    """The kind."""

    keyword = "check"
    item_schema: Mapping[str, Any] = {
        "check": {
            "type": "string",
            "minLength": 1,
            **described(
                "必须成立的表达式。", "The expression that must hold (dialect, section 4)."
            ),
        }
    }

    def parse(self, item: Mapping[str, Any]) -> _Check:
        """Read the expression."""
        source = item["check"]
        node = parsed_check(source, self.keyword)
        tolerant = item.get("tolerance") == "printed"
        return _Check(source, node, tuple(paths_of(node)), tolerant)


KIND = _CheckKind()
