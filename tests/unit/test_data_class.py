"""A data class whose methods come late is the data class of the standard library."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError, field
from functools import cached_property
from threading import Barrier
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_tui.data_class import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A place."""

    LIMIT: ClassVar[int] = 3

    row: int
    column: int = 1
    notes: dict[str, int] = field(default_factory=dict, compare=False)

    def moved(self) -> Place:
        return dataclasses.replace(self, row=self.row + 1)


@dataclass(frozen=True, slots=True)
class NamedPlace(Place):
    name: str = "A"
    column: int = 7


@dataclass(frozen=True)
class Cached:
    row: int
    seen: list[int] = field(default_factory=list)
    step: int = field(default=2)

    @cached_property
    def twice(self) -> int:
        self.seen.append(self.row)
        return self.row * self.step


@dataclass(frozen=True, slots=True, order=True)
class Ordered:
    major: int
    minor: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    row: int
    column: int = 2


@dataclass(frozen=True, slots=True, eq=False)
class Own:
    row: int


@dataclass(frozen=True, slots=True)
class Settled:
    row: int
    twice: int = field(init=False)
    steps: tuple[int, ...] = field(default=(1,), init=False, repr=False, hash=False)
    column: int = field(default=0, kw_only=True)

    def __post_init__(self) -> None:
        object.__setattr__(self, "twice", 2 * self.row)


@dataclass(frozen=True, slots=True)
class Spoken:
    row: int

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Spoken) and self.row % 3 == other.row % 3

    def __hash__(self) -> int:
        return self.row % 3

    def __repr__(self) -> str:
        return "spoken"


@dataclass
class Changing:
    row: int = 1


class Plain(Place):
    """A class below one, that is none itself."""


ROWS = st.integers(-5, 5)


@given(ROWS, ROWS, st.dictionaries(st.text(max_size=2), ROWS, max_size=2))
def test_it_does_what_the_standard_library_does(
    row: int, column: int, notes: dict[str, int]
) -> None:
    @dataclasses.dataclass(frozen=True, slots=True)
    class Standard:
        row: int
        column: int = 1
        notes: dict[str, int] = field(default_factory=dict, compare=False)

    ours, theirs = Place(row, column, notes), Standard(row, column, notes)
    assert hash(ours) == hash(theirs)
    assert repr(ours) == repr(theirs).replace(Standard.__qualname__, "Place")
    assert dataclasses.asdict(ours) == dataclasses.asdict(theirs)
    assert dataclasses.astuple(ours) == dataclasses.astuple(theirs)
    assert (ours == Place(1, 1)) == (theirs == Standard(1, 1))
    assert [(f.name, f.type) for f in dataclasses.fields(ours)] == [
        (f.name, f.type) for f in dataclasses.fields(theirs)
    ]


def test_nothing_is_written_before_the_first_object() -> None:
    @dataclass(frozen=True, slots=True)
    class Late:
        row: int

    begun, late = vars(Late)["__init__"], vars(Late)["__dataclass_fields__"]
    assert Late(1) == Late(1)
    assert vars(Late)["__init__"] is not begun
    assert vars(Late)["__dataclass_fields__"] is late
    assert [f.name for f in dataclasses.fields(Late)] == ["row"]
    assert vars(Late)["__dataclass_fields__"] is not late


def test_whoever_asks_for_the_fields_gets_them() -> None:
    @dataclass(frozen=True, slots=True)
    class Late:
        row: int
        column: int = 4

    assert [(f.name, f.default) for f in dataclasses.fields(Late)][1] == ("column", 4)
    assert hasattr(Late, "__dataclass_fields__")
    assert Late(1).column == 4


def test_a_field_can_be_neither_changed_nor_removed() -> None:
    place: Any = Place(1)
    cached: Any = Cached(1)
    for thing in (place, cached):
        with pytest.raises(FrozenInstanceError, match="cannot assign to field 'row'"):
            thing.row = 2
        with pytest.raises(FrozenInstanceError, match="cannot delete field 'row'"):
            del thing.row
    with pytest.raises((FrozenInstanceError, AttributeError)):
        place.other = 2


def test_a_class_below_takes_fields_and_defaults_over() -> None:
    place = NamedPlace(2)
    assert (place.row, place.column, place.name, place.notes) == (2, 7, "A", {})
    assert vars(NamedPlace)["__slots__"] == ("name",)
    assert place.moved() == NamedPlace(3)
    assert place != Place(2, 7)
    assert not hasattr(place, "__dict__")


def test_a_plain_class_below_is_made_with_the_same_arguments() -> None:
    plain: Any = Plain(1, 2)
    assert (plain.row, plain.column) == (1, 2)
    plain.anything = 3
    assert plain.anything == 3
    with pytest.raises(FrozenInstanceError):
        plain.row = 2


def test_a_class_without_slots_keeps_defaults_and_caches() -> None:
    cached = Cached(3)
    assert (cached.twice, cached.twice, cached.seen) == (6, 6, [3])
    assert Cached.step == 2
    assert not hasattr(Cached, "seen")


def test_options_are_heeded() -> None:
    assert Ordered(1, 2) < Ordered(1, 3) < Ordered(2)
    assert Named(row=1) == Named(row=1, column=2)
    with pytest.raises(TypeError):
        Named(1)  # type: ignore[call-arg]
    assert Own(1) != Own(1)
    settled = Settled(2, column=5)
    assert repr(settled) == "Settled(row=2, twice=4, column=5)"
    assert (settled.steps, hash(settled)) == ((1,), hash((2, 4, 5)))
    assert dataclasses.replace(settled, row=3) == Settled(3, column=5)
    assert Settled.__match_args__ == ("row",)
    assert (Spoken(1) == Spoken(4), hash(Spoken(4)), repr(Spoken(4))) == (True, 1, "spoken")
    changing = Changing()
    changing.row = 2
    assert changing == Changing(2)


def test_wrong_arguments_are_refused_as_ever() -> None:
    @dataclass(frozen=True, slots=True)
    class Late:
        row: int

    for _ in range(2):
        with pytest.raises(TypeError, match="missing 1 required positional argument: 'row'"):
            Late()  # type: ignore[call-arg]


def test_an_object_is_matched_by_place() -> None:
    match Place(4, 5):
        case Place(row, column):
            assert (row, column) == (4, 5)


def test_objects_are_copied_and_sent_to_other_processes() -> None:
    for thing in (Place(1, 2, {"a": 1}), NamedPlace(1), Cached(1), Ordered(1)):
        assert copy.copy(thing) == thing
        assert copy.deepcopy(thing) == thing
        assert pickle.loads(pickle.dumps(thing)) == thing


def test_an_object_that_arrives_before_any_is_made_is_whole() -> None:
    @dataclass(frozen=True, slots=True)
    class Late:
        row: int

    arrived = object.__new__(Late)
    arrived.__setstate__([3])  # type: ignore[attr-defined]
    assert arrived == Late(3)


def test_threads_may_make_the_first_objects_at_once() -> None:
    threads = 8
    for _ in range(20):

        @dataclass(frozen=True, slots=True)
        class Late:
            row: int
            column: int = 1

        barrier = Barrier(threads)

        def make(row: int, barrier: Barrier = barrier, late: type[Late] = Late) -> object:
            barrier.wait(30)
            return late(row) == late(row, 1), hash(late(row))

        with ThreadPoolExecutor(threads) as pool:
            found = list(pool.map(make, range(threads)))
        assert found == [(True, hash((row, 1))) for row in range(threads)]
