"""What lies near a schema file: its rule cases and its samples, read and tried once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

from disclosure_tui.authoring.cases import CaseFolder, Expected, read_cases
from disclosure_tui.authoring.samples import (
    Sample,
    SampleTried,
    failing_rules,
    read_samples,
    try_samples,
)
from disclosure_tui.authoring.trying import Tried, try_cases
from disclosure_tui.data_class import dataclass
from disclosure_tui.report_type import LoadedReportType

__all__ = ["Surroundings", "Trials", "near"]


def near(schema: Path, name: str) -> tuple[Path, ...]:
    """Return the folders of a name beside a schema file, or beside the folder it lies in."""
    above = schema.resolve().parent
    places = (above / name, above.parent / name)
    return tuple(_from_here(place) for place in places if place.is_dir())


def _from_here(place: Path) -> Path:
    """Name a place as a person who stands here would: messages name its files."""
    here = Path.cwd()
    return place.relative_to(here) if place.is_relative_to(here) else place


@dataclass(frozen=True)
class Surroundings:
    """Rule cases and samples, of whatever report types they are."""

    cases: tuple[CaseFolder, ...]
    samples: tuple[Sample, ...]

    @classmethod
    def read(
        cls, schemas: Iterable[Path], cases: Sequence[Path] = (), samples: Sequence[Path] = ()
    ) -> Surroundings:
        """Read the folders named, or those near the schemas.

        Raises:
            DisclosureError: A file cannot be read.
        """
        schemas = tuple(schemas)
        found = cases or [place for schema in schemas for place in near(schema, "cases")]
        others = samples or [place for schema in schemas for place in near(schema, "samples")]
        return cls(read_cases(dict.fromkeys(found)), read_samples(dict.fromkeys(others)))

    def has_any_of(self, report_type: str) -> bool:
        """Tell whether anything is of a report type."""
        return any(report_type in folder.bases for folder in self.cases) or any(
            sample.report_type == report_type for sample in self.samples
        )

    def tried_on(self, loaded: LoadedReportType) -> Trials:
        """Try everything that is of a report type."""
        cases = [tried for folder in self.cases for tried in try_cases(loaded, folder)]
        return Trials(tuple(cases), tuple(try_samples(loaded, self.samples)))


@dataclass(frozen=True)
class Trials:
    """What cases and samples of one report type came to."""

    cases: tuple[Tried, ...]
    samples: tuple[SampleTried, ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether there was nothing to try."""
        return not self.cases and not self.samples

    @cached_property
    def counts(self) -> Counter[tuple[str, Expected]]:
        """How many cases of each rule came to each verdict, as they should."""
        return Counter(
            (each.case.rule, each.case.expected) for each in self.cases if each.problem is None
        )

    @cached_property
    def failing(self) -> frozenset[str]:
        """The rules that a case or a sample makes fail."""
        found = {rule for rule, expected in self.counts if expected is Expected.FAILS}
        return failing_rules(self.samples) | found
