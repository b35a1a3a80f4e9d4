"""Judges the schemas that hold for the reports of a folder, and the places they come from."""

from __future__ import annotations

from collections.abc import Sequence

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import DisclosureError
from disclosure_tui.language import Text, same
from disclosure_tui.machine.condition import Found, State, fault, good
from disclosure_tui.model.schema_source import origin_words

__all__ = ["SchemaFacts", "judge_schemas"]

_PACKAGE = "package"


@dataclass(frozen=True, slots=True)
class SchemaFacts:
    """The schemas as they were found.

    Attributes:
        places: What each place is called, and name and version of the schemas in it; in the
            order in which they are looked for.
        troubles: What cannot be read, and what contradicts another.
        doubts: What is not trusted although its place should be.
    """

    places: tuple[tuple[str, tuple[str, ...]], ...] = ()
    troubles: tuple[DisclosureError, ...] = ()
    doubts: tuple[DisclosureError, ...] = ()


def judge_schemas(facts: SchemaFacts) -> Found:
    """Judge the schemas: without one, no report can be opened."""
    count = sum(len(names) for _, names in facts.places)
    if not count:
        return fault(
            Text("一种格式也没有", "there is not one"),
            *_worded((*facts.troubles, *facts.doubts)),
            Text("请用安装包重新安装。", "Install the program anew from its bundle."),
        )
    what = Text(f"{count} 种：", f"{count}: ") + _joined(facts.places)
    if facts.troubles:
        wrong = len(facts.troubles)
        return fault(
            what + Text(f"；{wrong} 处不能用", f"; {wrong} cannot be used"),
            *_worded((*facts.troubles, *facts.doubts)),
        )
    if facts.doubts:
        return Found(State.ADVICE, what, _worded(facts.doubts))
    return good(what)


def _joined(places: Sequence[tuple[str, tuple[str, ...]]]) -> Text:
    """Return the places as they are told: what is not the program's own, by name and version."""
    told = Text("", "")
    for origin, names in places:
        held = len(names) if origin == _PACKAGE else ", ".join(names)
        told = told + (Text("；", "; ") if told.en else Text("", ""))
        told = told + origin_words(origin) + same(f" {held}")
    return told


def _worded(errors: Sequence[DisclosureError]) -> tuple[Text, ...]:
    told = []
    for error in errors:
        where = same(f"{error.where}: ") if error.where else same("")
        hint = same("") if error.hint is None else same(" ") + error.hint
        told.append(where + error.what + hint)
    return tuple(told)
