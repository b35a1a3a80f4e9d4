"""One thing about a machine: whether it is as the program needs it, and what to do if not."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Generic, TypeVar

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text
from disclosure_tui.system_reasons import reason

__all__ = ["Condition", "Found", "Inquiry", "State", "advice", "fault", "good"]

_Fact = TypeVar("_Fact")


class State(Enum):
    """How things stand; the marks are those of findings."""

    GOOD = ""
    ADVICE = "*"
    """Reports can be worked on all the same."""
    FAULT = "!"
    """Something the program exists for does not work until it is put right."""


@dataclass(frozen=True, slots=True)
class Found:
    """What came of looking at one thing.

    Attributes:
        state: How it stands.
        what: What was found, in one line.
        acts: What to do, one sentence each.
        commands: What to type for that, one command each; nothing of it is ever run.
    """

    state: State
    what: Text
    acts: tuple[Text, ...] = ()
    commands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """What was found, by the name of what was looked at."""

    name: Text
    found: Found


@dataclass(frozen=True, slots=True)
class Inquiry(Generic[_Fact]):
    """One thing to look at.

    Attributes:
        name: What it is called.
        probe: Looks at the machine.
        judge: Says what to make of it; looks at nothing itself.
    """

    name: Text
    probe: Callable[[], _Fact]
    judge: Callable[[_Fact], Found]

    def made(self) -> Condition:
        """Look and judge. Whatever is broken on the machine, an answer comes back.

        A probe meets unreadable folders, programs that hang and terminals that went away, so
        here, and nowhere else, every exception is an answer.
        """
        try:
            return Condition(self.name, self.judge(self.probe()))
        except Exception as error:
            what = Text("没有查出：", "could not be found out: ") + reason(error)
            return Condition(self.name, Found(State.ADVICE, what))


def good(what: Text) -> Found:
    """Say that something is as it should be."""
    return Found(State.GOOD, what)


def advice(what: Text, *acts: Text, commands: tuple[str, ...] = ()) -> Found:
    """Say what is worth a look."""
    return Found(State.ADVICE, what, acts, commands)


def fault(what: Text, *acts: Text, commands: tuple[str, ...] = ()) -> Found:
    """Say what has to be put right."""
    return Found(State.FAULT, what, acts, commands)
