"""Rules that take a large share of what all rules together may unfold to."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure_tui.authoring.notice import Notice, Subject
from disclosure_tui.language import Text
from disclosure_tui.model.finding import Severity
from disclosure_tui.rules.registry import MOST_INSTANCES, MOST_TERMS

__all__ = ["notices"]

SHARE = 4
"""A rule that takes more than this part of a limit is named."""


def notices(subject: Subject) -> Iterator[Notice]:
    """Find them."""
    for cost in subject.costs:
        if cost.terms * SHARE > MOST_TERMS or cost.places * SHARE > MOST_INSTANCES:
            yield Notice(
                "cost",
                Severity.WARNING,
                subject.instances[cost.rule][0].rule.origin,
                Text(
                    f"展开后有 {cost.places} 处、读取 {cost.terms} 格；"
                    f"全部规则的上限是 {MOST_INSTANCES} 处、{MOST_TERMS} 格",
                    f"stands at {cost.places} places and reads {cost.terms} cells; the limits "
                    f"for all rules are {MOST_INSTANCES} places and {MOST_TERMS} cells",
                ),
                Text("请缩小通配路径和【each】的范围", "let patterns and each name less"),
                rule=cost.rule,
            )
