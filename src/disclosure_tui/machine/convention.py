"""The convention for the folders of a district: who may do what in each.

One group for each unit, one for the reviewers, one for those who keep the schemas. Rights are
set once for a unit, and not anew each January: years stand inside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from disclosure_tui.data_class import dataclass
from disclosure_tui.settings import DISTRICT_FILE

__all__ = ["REVIEWERS", "SCHEMA_KEEPERS", "Wanted", "unit_group", "wanted"]

REVIEWERS = "nb-review"
SCHEMA_KEEPERS = "nb-schema"
ROSTER = "units.csv"
_FULL, _READ, _READ_WRITE, _NOTHING = 7, 5, 6, 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the convention wants of one path.

    Attributes:
        path: Below the root of the district, its parts.
        group: The group it belongs to; empty where that does not matter.
        owning: What that group may.
        others: What everybody may.
        readers: The group that may read besides, or empty.
        is_folder: Whether it is a folder.
        hands_down: Whether what is made in it later has the same rights.
        is_optional: Whether it may be missing.
    """

    path: tuple[str, ...]
    group: str = ""
    owning: int = _FULL
    others: int = _NOTHING
    readers: str = ""
    is_folder: bool = True
    hands_down: bool = True
    is_optional: bool = False


def unit_group(code: str) -> str:
    """Return the name of the group of a unit's clerks."""
    return f"u-{code}"


def wanted(codes: Iterable[str]) -> Iterator[Wanted]:
    """Yield what is wanted of a district with these units, outer folders first."""
    yield Wanted((), owning=_READ, others=_READ, hands_down=False)
    yield Wanted((DISTRICT_FILE,), REVIEWERS, _READ_WRITE, 4, is_folder=False, hands_down=False)
    yield Wanted(
        (ROSTER,),
        REVIEWERS,
        _READ_WRITE,
        4,
        is_folder=False,
        hands_down=False,
        is_optional=True,
    )
    yield Wanted(("schemas",), SCHEMA_KEEPERS, others=_READ)
    for name in ("units", "received", "reviews"):
        yield Wanted((name,), owning=_READ, others=_READ, hands_down=False)
    for name in ("aggregate", "published"):
        yield Wanted((name,), REVIEWERS, others=_READ)
    for code in codes:
        group = unit_group(code)
        yield Wanted(("units", code), group, readers=REVIEWERS)
        yield Wanted(("received", code), REVIEWERS, readers=group)
        yield Wanted(("reviews", code), REVIEWERS, readers=group)
