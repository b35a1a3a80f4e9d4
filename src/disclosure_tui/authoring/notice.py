"""What there is to say about a sound schema: notices, and the plug-ins that find them.

A plug-in is a module of `authoring.notices` with a function `notices(subject)`; adding one is
adding its file.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from disclosure_tui.authoring.surroundings import Surroundings
from disclosure_tui.data_class import dataclass
from disclosure_tui.discovery import modules_of
from disclosure_tui.language import Text
from disclosure_tui.model.finding import Severity
from disclosure_tui.report_type import LoadedReportType
from disclosure_tui.rules.registry import DeclaredRule, Instance

__all__ = ["Cost", "Notice", "Subject", "notices_of"]


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to say about a schema.

    Attributes:
        kind: What sort of thing: the name of the plug-in that found it.
        severity: How much it weighs.
        where: File and pointer.
        what: What is the matter, one sentence without a full stop.
        hint: What to do.
        rule: The rule concerned, or empty.
    """

    kind: str
    severity: Severity
    where: str
    what: Text
    hint: Text
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a rule unfolds to when the schema loads.

    Attributes:
        rule: Its id.
        places: At how many places it stands.
        terms: How many cells it reads there, one read twice counted twice.
    """

    rule: str
    places: int
    terms: int


@dataclass(frozen=True)
class Subject:
    """A schema that was loaded, with what lies near it."""

    loaded: LoadedReportType
    surroundings: Surroundings

    @cached_property
    def instances(self) -> Mapping[str, tuple[Instance, ...]]:
        """The places of every rule, without entry rows."""
        checker = self.loaded.checker
        found: dict[str, list[Instance]] = {rule.identifier: [] for rule in checker.rules}
        for instance in checker.instances(checker.form):
            found[instance.rule.identifier].append(instance)
        return {name: tuple(instances) for name, instances in found.items()}

    @property
    def declared(self) -> tuple[DeclaredRule, ...]:
        """The declared rules, in the order of the form."""
        return self.loaded.checker.declared

    @cached_property
    def costs(self) -> tuple[Cost, ...]:
        """What the rules unfold to, the dearest first."""
        found = [
            Cost(name, len(places), sum(each.evaluator.terms for each in places))
            for name, places in self.instances.items()
        ]
        return tuple(sorted(found, key=lambda cost: (-cost.terms, cost.rule)))


def notices_of(subject: Subject) -> tuple[Notice, ...]:
    """Return everything there is to say about a schema, worst first."""
    found: list[Notice] = []
    for module in modules_of("disclosure_tui.authoring.notices"):
        found.extend(module.notices(subject))
    return tuple(sorted(found, key=lambda notice: notice.severity.weight))
