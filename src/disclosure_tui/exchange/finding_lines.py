"""Finds the rows and columns of a form among the labels that stand beside and over figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from disclosure_tui.data_class import dataclass
from disclosure_tui.exchange.labels import Path, paired
from disclosure_tui.exchange.printed import Line

__all__ = ["Found", "find_lines"]


@dataclass(frozen=True, slots=True)
class Found:
    """Which printed line is which.

    Attributes:
        lines: Place on the page by the position in the form.
        twice: Positions in the form that several places claim.
        strange: Places that are nothing of the form.
    """

    lines: dict[int, int]
    twice: frozenset[int]
    strange: tuple[int, ...]


def find_lines(wanted: Sequence[Line], printed: Sequence[Path]) -> Found:
    """Find each line of the form among the paths of a page.

    A line is found by its own label together with those over it. Order says nothing, but that an
    altered label must stand between the same neighbours.

    Args:
        wanted: The lines of the form.
        printed: The keys of the labels at each place, outermost first.
    """
    known = frozenset(name for line in wanted for name in line.path)
    claims: dict[int, list[int]] = {}
    unclear: set[int] = set()
    strange: list[int] = []
    for place, path in enumerate(printed):
        fitting = _fitting(wanted, path, known)
        if len(fitting) == 1:
            claims.setdefault(fitting[0], []).append(place)
        elif fitting:
            unclear.update(fitting)
        elif path:
            strange.append(place)
    lines = {
        index: places[0]
        for index, places in claims.items()
        if len(places) == 1 and index not in unclear
    }
    twice = frozenset(set(claims) - set(lines)) | frozenset(unclear - set(lines))
    missing = [index for index in range(len(wanted)) if index not in claims and index not in twice]
    for index, place in _altered(wanted, printed, missing, strange, known).items():
        if _between(index, place, lines):
            lines[index] = place
            strange.remove(place)
    return Found(lines, twice, tuple(strange))


def _fitting(wanted: Sequence[Line], path: Path, known: frozenset[str]) -> list[int]:
    """Return the lines that labels can mean: of several the ones with most labels in common."""
    same = [i for i, line in enumerate(wanted) if path and line.path[-1:] == path[-1:]]
    allowed = [i for i in same if not _contradicts(path[:-1], wanted[i], known)]
    scores = {i: len(set(path[:-1]) & set(wanted[i].path[:-1])) for i in allowed}
    best = max(scores.values(), default=0)
    if len(same) > 1 and best == 0:
        return [i for i in allowed if not wanted[i].path[:-1]] or allowed
    return [i for i in allowed if scores[i] == best]


def _contradicts(above: Iterable[str], line: Line, known: frozenset[str]) -> bool:
    """Tell whether a label over a line is that of another group of the form."""
    return any(name in known and name not in line.path for name in above)


def _altered(
    wanted: Sequence[Line],
    printed: Sequence[Path],
    missing: Sequence[int],
    strange: Sequence[int],
    known: frozenset[str],
) -> dict[int, int]:
    pairs = paired(
        [wanted[index].path[-1] if wanted[index].path else "" for index in missing],
        [printed[place][-1] for place in strange],
    )
    found = {missing[one]: strange[other] for one, other in pairs.items()}
    return {
        index: place
        for index, place in found.items()
        if not _contradicts(printed[place][:-1], wanted[index], known)
    }


def _between(index: int, place: int, lines: dict[int, int]) -> bool:
    """Tell whether a place lies between the neighbours that the line has in the form."""
    before = [lines[other] for other in lines if other < index]
    after = [lines[other] for other in lines if other > index]
    return max(before, default=-1) < place and place < min(after, default=place + 1)
