"""Words what was found on a machine: one line each where all is well, else what to do below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from disclosure_tui.language import Language, Text
from disclosure_tui.machine.condition import Condition, Found, State
from disclosure_tui.machine.district import Departure
from disclosure_tui.render.grid import Tone
from disclosure_tui.render.painting import Line, Piece
from disclosure_tui.render.width import clip, fit, printable, width, wrap

__all__ = ["condition_lines", "departure_lines", "repair_lines", "summary"]

_GOOD = Text("正常", "ok")
_TONES = {State.GOOD: Tone.PLAIN, State.ADVICE: Tone.WARNING, State.FAULT: Tone.ERROR}
_STATE_CELLS, _NAME_CELLS = 5, 13
_MARGIN = " " * (_STATE_CELLS + _NAME_CELLS)
_LEAST_CELLS = 20
"""What is left for words in the narrowest window."""


def condition_lines(
    conditions: Sequence[Condition], language: Language, cells: int | None
) -> Iterator[Line]:
    """Yield a line for each condition, and below it what to do.

    Args:
        conditions: What was found.
        language: The language of the words.
        cells: The width of the terminal; None where lines may be of any length.
    """
    for condition in conditions:
        found = condition.found
        mark = _GOOD.in_(language) if found.state is State.GOOD else found.state.value
        name = fit(condition.name.in_(language), _NAME_CELLS)
        head = _piece(fit(mark, _STATE_CELLS), _TONES[found.state]), _piece(name)
        texts = list(_texts(found, language, _room(cells)))
        yield (*head, _piece(texts[0]))
        for text in texts[1:]:
            yield (_piece(_MARGIN + text),)
        for command in found.commands:
            yield (_piece(_command(command, cells)),)


def departure_lines(
    departures: Sequence[Departure], language: Language, cells: int | None
) -> Iterator[Line]:
    """Yield what of a district is not as agreed."""
    for one in departures:
        where = f"{printable(one.where)}: " if one.where else ""
        for number, text in enumerate(_wrapped(where + one.what.in_(language), cells, 2)):
            yield (_piece("! " if not number else "  ", Tone.ERROR), _piece(text))


def repair_lines(departures: Sequence[Departure], language: Language) -> Iterator[str]:
    """Yield the commands that repair a district, each below a comment that says why.

    What no command repairs is a comment alone: who runs the commands is to know what is left.
    """
    for one in departures:
        what = " ".join(printable(one.what.in_(language)).split())
        yield f"# {printable(one.where) or '-'}: {what}"
        yield from one.commands


def summary(conditions: Sequence[Condition]) -> Text:
    """Return how it stands with all of it."""
    states = [condition.found.state for condition in conditions]
    faults, advices = states.count(State.FAULT), states.count(State.ADVICE)
    if faults:
        return Text(
            f"{faults} 项请先处理，{advices} 项请留意", f"{faults} to put right, {advices} to note"
        )
    if advices:
        return Text(f"可以填报，{advices} 项请留意", f"ready for work, {advices} to note")
    return Text("可以填报", "ready for work")


def _texts(found: Found, language: Language, cells: int | None) -> Iterator[str]:
    """Yield the lines beside the name."""
    what = printable(found.what.in_(language))
    if found.state is State.GOOD:
        yield what if cells is None else clip(what, cells)
        return
    yield from _wrapped(what, cells, 0)
    for act in found.acts:
        yield from _wrapped(printable(act.in_(language)), cells, 0)


def _command(command: str, cells: int | None) -> str:
    """Return the line of a command: never cut or broken, for it is to be copied."""
    beside = f"{_MARGIN}  {command}"
    return beside if cells is None or width(beside) <= cells else f"  {command}"


def _wrapped(text: str, cells: int | None, indent: int) -> list[str]:
    text = printable(text)
    return [text] if cells is None else wrap(text, max(cells - indent, _LEAST_CELLS))


def _room(cells: int | None) -> int | None:
    return None if cells is None else max(cells - _STATE_CELLS - _NAME_CELLS, _LEAST_CELLS)


def _piece(text: str, tone: Tone = Tone.PLAIN) -> Piece:
    return Piece(text, width(text), None, tone, None)
