"""Data classes whose methods are written when the first object is made.

The standard library compiles up to eight methods for every data class while its module is
imported. That was a third of the time until the first screen, spent mostly on classes of which no
object is ever made in that run. `dataclass` here promises the same and asks the standard library
for the methods at the first object, or when somebody asks for the fields.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from threading import RLock
from types import MemberDescriptorType
from typing import Any, TypeVar, dataclass_transform, overload

__all__ = ["dataclass"]

Kind = TypeVar("Kind")

_FIELDS = "__dataclass_fields__"
_OF_THE_CLASS = frozenset({"__dict__", "__weakref__", "__setattr__", "__delattr__"})
"""What a class never takes from the one that the standard library worked on."""
_LOCK = RLock()


@overload
def dataclass(kind: type[Kind], /) -> type[Kind]: ...
@overload
def dataclass(
    *, frozen: bool = False, slots: bool = False, **options: bool
) -> Callable[[type[Kind]], type[Kind]]: ...
@dataclass_transform(field_specifiers=(dataclasses.field,))
def dataclass(
    kind: type[Any] | None = None, /, *, frozen: bool = False, slots: bool = False, **options: bool
) -> Any:
    """Make a data class; the arguments are those of `dataclasses.dataclass`."""

    def wrap(kind: type[Any]) -> type[Any]:
        if not frozen or "__init__" in vars(kind):
            return dataclasses.dataclass(frozen=frozen, slots=slots, **options)(kind)
        return _deferred(kind, _fields_of(kind), options, slots=slots)

    return wrap if kind is None else wrap(kind)


def _fields_of(kind: type[Any]) -> list[str]:
    """Return the names of the fields that a class adds; annotations are texts everywhere here."""
    notes: dict[str, str] = kind.__annotations__
    return [name for name, note in notes.items() if not note.startswith("ClassVar")]


def _deferred(
    kind: type[Any], names: list[str], options: dict[str, bool], *, slots: bool
) -> type[Any]:
    """Return the class with stand-ins for what the standard library is asked for later."""
    given = {name: value for name, value in vars(kind).items() if name not in _OF_THE_CLASS}
    made = _with_slots(kind, given, names) if slots else kind
    completion = _Completion(made, given, names, options, slots=slots)

    def begin(self: Any, *values: Any, **named: Any) -> None:
        completion.run()
        made.__init__(self, *values, **named)

    def refuse_change(self: Any, name: str, value: object) -> None:
        if type(self) is made or name in getattr(made, _FIELDS):
            raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")
        super(made, self).__setattr__(name, value)

    def refuse_removal(self: Any, name: str) -> None:
        if type(self) is made or name in getattr(made, _FIELDS):
            raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
        super(made, self).__delattr__(name)

    stand_ins = {"__init__": begin, "__setattr__": refuse_change, "__delattr__": refuse_removal}
    for name, method in stand_ins.items():
        method.__qualname__ = f"{made.__qualname__}.{name}"
        setattr(made, name, method)
    setattr(made, _FIELDS, completion)
    return made


def _with_slots(kind: type[Any], given: dict[str, Any], names: list[str]) -> type[Any]:
    """Return the class anew, with a slot for each field; defaults would stand in their place."""
    inherited = {name for base in kind.__mro__[1:] for name in _slots_of(base)}
    held = {name: value for name, value in given.items() if name not in names}
    held["__slots__"] = tuple(name for name in names if name not in inherited)
    held.setdefault("__getstate__", _state)
    held.setdefault("__setstate__", _restore)
    slotted: type[Any] = _built(kind, held)
    return slotted


def _built(kind: type[Any], held: dict[str, Any]) -> Any:
    build: Any = type(kind)
    return build(kind.__name__, kind.__bases__, held)


class _Completion:
    """Stands in a class for its fields, until somebody wants them."""

    def __init__(
        self,
        made: type[Any],
        given: dict[str, Any],
        names: list[str],
        options: dict[str, bool],
        *,
        slots: bool,
    ) -> None:
        self._made, self._given, self._names = made, given, names
        self._options, self._slots = options, slots
        self._is_done = False

    def __get__(self, instance: object, owner: type[Any]) -> object:
        self.run()
        fields: object = getattr(self._made, _FIELDS)
        return fields

    def run(self) -> None:
        """Have the standard library write the methods, and give them to the class."""
        with _LOCK:
            if self._is_done:
                return
            made, given = self._made, self._given
            draft = dataclasses.dataclass(frozen=True, **self._options)(_built(made, dict(given)))
            written = {
                name: value
                for name, value in vars(draft).items()
                if name not in _OF_THE_CLASS and given.get(name) is not value
            }
            fields = written.pop(_FIELDS)
            first = written.pop("__init__")
            for name in self._names:
                written.pop(name, None)
                if not self._slots:
                    self._settle_default(draft, name)
            for name, value in written.items():
                setattr(made, name, value)
            # Last, and in this order: another thread that finds them finds all the rest too.
            made.__init__ = first
            setattr(made, _FIELDS, fields)
            self._is_done = True
            self._given = {}

    def _settle_default(self, draft: type[Any], name: str) -> None:
        """Put a default where a description of the field stood."""
        if not isinstance(self._given.get(name), dataclasses.Field):
            return
        if name in vars(draft):
            setattr(self._made, name, vars(draft)[name])
        else:
            delattr(self._made, name)


def _slots_of(base: type[Any]) -> list[str]:
    return [name for name, value in vars(base).items() if isinstance(value, MemberDescriptorType)]


def _state(self: Any) -> list[Any]:
    """Return the values, to be copied or sent to another process."""
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _restore(self: Any, state: list[Any]) -> None:
    """Take the values; the object was made without a call of its class."""
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)
