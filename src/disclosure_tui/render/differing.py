"""Differences between two states of a report, in printed labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text, counted, same
from disclosure_tui.model.form import Form
from disclosure_tui.model.pointer import ROOT, Pointer
from disclosure_tui.model.report import Plain, Report
from disclosure_tui.model.value import ABSENT, Side, says_the_same
from disclosure_tui.render.wording import Wording, number_text

__all__ = ["Difference", "differences", "differences_between", "value_text"]

_LONGEST = 40
"""So many characters of a text are shown."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One place with two values.

    Attributes:
        pointer: The place.
        old: What stood there; `ABSENT` where there was no such key.
        new: What stands there.
    """

    pointer: Pointer
    old: Side
    new: Side

    def told(self, wording: Wording) -> str:
        """Return one line: 表三 （一）公开 自然人：3 -> 5."""
        old, new = (wording.text(value_text(value)) for value in (self.old, self.new))
        return f"{wording.path(self.pointer)}{wording.text(Text('：', ': '))}{old} -> {new}"


def differences(old: Plain, new: Plain) -> tuple[Difference, ...]:
    """Return the places in which two states differ, those of the newer in its order.

    Maps are gone into; a list or a whole text is one value. A key that is not there and a blank
    say the same.
    """
    return tuple(_differences(ROOT, old, new))


def differences_between(form: Form, old: Plain, new: Plain) -> tuple[Form, tuple[Difference, ...]]:
    """Return the differences, in the order of the form, and a form that knows their labels."""
    form = form.populated(Report(_united(old, new)))
    order = {pointer: index for index, pointer in enumerate(form.nodes)}
    last = len(order)
    found = sorted(differences(old, new), key=lambda one: order.get(one.pointer, last))
    return form, tuple(found)


def value_text(value: Side) -> Text:
    """Return a value as a person is asked about it: on one line, cut if it is long."""
    if value is ABSENT or value is None or value == "":
        return Text("未填", "blank")
    if isinstance(value, bool):
        return Text("是", "yes") if value else Text("否", "no")
    if isinstance(value, Mapping | list):
        return Text(f"一组内容（{len(value)} 项）", f"a group of {len(value)}")
    text = " ".join(number_text(value).split())
    if len(text) <= _LONGEST:
        return same(text)
    cut, count = text[:_LONGEST], len(str(value))
    return Text(f"{cut}...（共 {count} 字）", f"{cut}... ({counted(count, 'character')})")


def _differences(at: Pointer, old: Side, new: Side) -> Iterator[Difference]:
    before, after = _map(old), _map(new)
    if before is not None and after is not None:
        for key in dict.fromkeys((*after, *before)):
            yield from _differences(at / key, before.get(key, ABSENT), after.get(key, ABSENT))
    elif not says_the_same(old, new):
        yield Difference(at, old, new)


def _map(value: Side) -> Mapping[str, Plain] | None:
    """Return a map; what is blank is one without keys."""
    if isinstance(value, Mapping):
        return value
    return {} if value is None or value is ABSENT else None


def _united(old: Plain, new: Plain) -> Plain:
    """Return the newer state with what only the older one has: entry rows that are gone."""
    if not isinstance(old, Mapping) or not isinstance(new, Mapping):
        return old if new is None else new
    return {key: _united(old.get(key), new.get(key)) for key in dict.fromkeys((*new, *old))}
