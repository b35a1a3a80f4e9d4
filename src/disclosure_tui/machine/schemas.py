"""Judges the places that schemas are found in, and the district one stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from disclosure_tui.errors import DisclosureError
from disclosure_tui.language import Text, same
from disclosure_tui.machine.condition import Found, fault, good

__all__ = ["Place", "judge_schemas"]


@dataclass(frozen=True, slots=True)
class Place:
    """A place of schemas.

    Attributes:
        origin: What it is called: `package`, or its path.
        schemas: Name and version of each: `gov-info-annual/2021 2026.1`.
        trouble: Why something there cannot be used, or None.
    """

    origin: str
    schemas: tuple[str, ...] = ()
    trouble: DisclosureError | None = None


def judge_schemas(places: Sequence[Place]) -> Found:
    """Judge the schemas: without one, no report can be opened."""
    count = sum(len(place.schemas) for place in places)
    troubles = [place.trouble for place in places if place.trouble is not None]
    told = ", ".join(f"{place.origin} {len(place.schemas)}" for place in places if place.schemas)
    what = Text(f"{count} 种：", f"{count}: ") + same(told)
    if not count:
        return fault(
            Text("一种格式也没有", "there is not one"),
            Text("请用安装包重新安装。", "Install the program anew from its bundle."),
        )
    if troubles:
        return fault(
            what + Text(f"；{len(troubles)} 处不能用", f"; {len(troubles)} cannot be used"),
            *(_worded(trouble) for trouble in troubles),
        )
    return good(what)


def _worded(trouble: DisclosureError) -> Text:
    where = same(f"{trouble.where}: ") if trouble.where else same("")
    return (
        where + trouble.what + (Text("", "") if trouble.hint is None else same(" ") + trouble.hint)
    )
