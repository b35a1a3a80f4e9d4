"""Rules that follow from others: they report the same fault twice."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure_tui.authoring.notice import Notice, Subject
from disclosure_tui.language import Text
from disclosure_tui.model.finding import Severity
from disclosure_tui.rules.implied import implied_rules

__all__ = ["notices"]

MOST_NAMED = 4


def notices(subject: Subject) -> Iterator[Notice]:
    """Find them, by linear algebra over the equations."""
    checker = subject.loaded.checker
    for found in implied_rules(checker.instances(checker.form)):
        names = list(found.by[:MOST_NAMED]) + (["..."] if len(found.by) > MOST_NAMED else [])
        yield Notice(
            "implied",
            Severity.NOTE,
            found.origin,
            Text(f"由 {'、'.join(names)} 可以推出", f"follows from {', '.join(names)}"),
            Text(
                "可以保留，用来换一种说法提示；不需要的请删去",
                "keep it for its words, or leave it out",
            ),
            rule=found.rule,
        )
