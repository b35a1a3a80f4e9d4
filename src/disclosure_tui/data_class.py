"""Frozen data classes that cost next to nothing as long as nobody makes an object of them.

The standard library compiles up to eight methods for every data class while its module is
imported. With some hundreds of classes that was a third of the time until the first screen, spent
mostly on classes of which no object is made in that run. `dataclass` here promises what that of
the standard library promises. Comparing, hashing and showing need no code of their own; what makes
an object is compiled for the first one; the fields are described when somebody asks for them, and
by the standard library, so that `fields`, `replace` and `asdict` work as ever.

Classes that can be changed or ordered are left to the standard library.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field
from operator import attrgetter
from reprlib import recursive_repr
from types import MemberDescriptorType
from typing import Any, TypeVar, dataclass_transform, overload

__all__ = ["dataclass"]

Kind = TypeVar("Kind")
Described = Mapping[str, "Field[Any]"]

_FIELDS, _PARAMETERS = "__dataclass_fields__", "__dataclass_params__"
_OF_THE_CLASS = frozenset({"__dict__", "__weakref__"})
_KNOWN_OPTIONS = frozenset({"eq", "kw_only"})
_NO_FIELDS = ("ClassVar", "typing.ClassVar")
_LEFT_TO_OTHERS = ("InitVar", "dataclasses.InitVar", "KW_ONLY", "dataclasses.KW_ONLY")


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
        notes: dict[str, str] = kind.__annotations__  # texts: every module postpones them
        ours = frozen and options.keys() <= _KNOWN_OPTIONS and "__init__" not in vars(kind)
        if not ours or any(note.startswith(_LEFT_TO_OTHERS) for note in notes.values()):
            return dataclasses.dataclass(frozen=frozen, slots=slots, **options)(kind)
        names = [name for name, note in notes.items() if not note.startswith(_NO_FIELDS)]
        return _frozen(kind, names, options, slots=slots)

    return wrap if kind is None else wrap(kind)


def _frozen(
    kind: type[Any], names: Iterable[str], options: Mapping[str, bool], *, slots: bool
) -> type[Any]:
    given = {name: value for name, value in vars(kind).items() if name not in _OF_THE_CLASS}
    own = {name: _described(kind, name, kw_only=options.get("kw_only", False)) for name in names}
    fields: Described = {**_inherited(kind), **own}
    made: type[Any] = _with_slots(kind, given, own) if slots else kind
    if not slots:
        for name in own.keys() & given.keys():
            _settle_default(made, name, own[name].default)
    _give_methods(made, given, fields, compares=options.get("eq", True))
    setattr(made, _FIELDS, _LateFields(made, given, fields, options))
    return made


def _described(kind: type[Any], name: str, *, kw_only: bool) -> Field[Any]:
    """Return what a class says of one of its fields."""
    default = getattr(kind, name, MISSING)
    if isinstance(default, Field):
        described: Field[Any] = default
    elif default is MISSING or isinstance(default, MemberDescriptorType):
        described = dataclasses.field()
    else:
        described = dataclasses.field(default=default)
    if described.kw_only is MISSING:
        described.kw_only = kw_only
    return described


def _inherited(kind: type[Any]) -> Described:
    """Return the fields of the data classes above, in their order."""
    found: dict[str, Field[Any]] = {}
    for base in reversed(kind.__mro__[1:]):
        held = vars(base).get(_FIELDS)
        if isinstance(held, _LateFields):
            found.update(held.described)
        elif held is not None:
            found.update((field.name, field) for field in dataclasses.fields(base))
    return found


def _settle_default(made: type[Any], name: str, default: object) -> None:
    """Put a default where a description of the field stood."""
    if default is MISSING:
        delattr(made, name)
    else:
        setattr(made, name, default)


def _with_slots(kind: type[Any], given: Mapping[str, Any], own: Described) -> type[Any]:
    """Return the class anew, with a slot for each field; defaults would stand in their place."""
    inherited = {
        name
        for base in kind.__mro__[1:]
        for name, value in vars(base).items()
        if isinstance(value, MemberDescriptorType)
    }
    held = {name: value for name, value in given.items() if name not in own}
    held["__slots__"] = tuple(name for name in own if name not in inherited)
    held.setdefault("__getstate__", _state)
    held.setdefault("__setstate__", _restore)
    made: type[Any] = _built(kind, held)
    return made


def _built(kind: type[Any], held: Mapping[str, Any]) -> Any:
    build: Any = type(kind)
    return build(kind.__name__, kind.__bases__, dict(held))


def _give_methods(
    made: type[Any], given: Mapping[str, Any], fields: Described, *, compares: bool
) -> None:
    methods = {"__init__": _late_init(made, fields), **_refusals(made, fields)}
    if "__repr__" not in given:
        methods["__repr__"] = _shown([name for name, field in fields.items() if field.repr])
    if compares:
        compared = _values([name for name, field in fields.items() if field.compare])
        if "__eq__" not in given:
            methods["__eq__"] = _equality(compared)
        if given.get("__hash__") is None:
            hashed = [
                name
                for name, field in fields.items()
                if (field.compare if field.hash is None else field.hash)
            ]
            methods["__hash__"] = _hashing(_values(hashed))
    for name, method in methods.items():
        method.__name__, method.__qualname__ = name, f"{made.__qualname__}.{name}"
        method.__module__ = made.__module__
        setattr(made, name, method)
    matched = (name for name, field in fields.items() if field.init and not field.kw_only)
    setattr(made, "__match_args__", tuple(matched))  # noqa: B010 - a class attribute for typing


def _values(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """Return what gives the values of some fields."""
    if len(names) > 1:
        return attrgetter(*names)
    if not names:
        return lambda thing: ()  # noqa: ARG005 - there is nothing to get
    only = attrgetter(names[0])
    return lambda thing: (only(thing),)


def _equality(values: Callable[[Any], tuple[Any, ...]]) -> Callable[..., Any]:
    def equal(self: Any, other: object) -> Any:
        if other.__class__ is self.__class__:
            return values(self) == values(other)
        return NotImplemented

    return equal


def _hashing(values: Callable[[Any], tuple[Any, ...]]) -> Callable[..., Any]:
    def hashed(self: Any) -> int:
        return hash(values(self))

    return hashed


def _shown(names: list[str]) -> Callable[..., Any]:
    @recursive_repr()
    def shown(self: Any) -> str:
        inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{self.__class__.__qualname__}({inside})"

    return shown


def _refusals(made: type[Any], fields: Described) -> dict[str, Callable[..., Any]]:
    """Return what keeps an object as it is."""

    def assign(self: Any, name: str, value: object) -> None:
        if type(self) is made or name in fields:
            raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")
        super(made, self).__setattr__(name, value)

    def delete(self: Any, name: str) -> None:
        if type(self) is made or name in fields:
            raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
        super(made, self).__delattr__(name)

    return {"__setattr__": assign, "__delattr__": delete}


def _late_init(made: type[Any], fields: Described) -> Callable[..., Any]:
    """Return what stands for `__init__` until the first object is made.

    Threads may come here at once: each compiles the same, and it does not matter whose stays.
    """

    def begin(self: Any, *values: Any, **named: Any) -> None:
        made.__init__ = _compiled_init(made, fields)
        made.__init__(self, *values, **named)

    return begin


def _compiled_init(made: type[Any], fields: Described) -> Any:
    known: dict[str, Any] = {"_set": object.__setattr__, "_unset": MISSING}
    plain, named, body = ["self"], list[str](), list[str]()
    for name, field in fields.items():
        parameter = name
        if field.default is not MISSING:
            known[f"_of_{name}"] = field.default
            parameter = f"{name}=_of_{name}"
        elif field.default_factory is not MISSING:
            known[f"_make_{name}"] = field.default_factory
            parameter = f"{name}=_unset"
            body.append(f" if {name} is _unset: {name} = _make_{name}()")
        if field.init:
            (named if field.kw_only else plain).append(parameter)
        elif parameter == name:
            continue  # neither given nor settled: `__post_init__` may do it
        else:
            body.insert(0, f" {parameter}")
        body.append(f" _set(self, {name!r}, {name})")
    if hasattr(made, "__post_init__"):
        body.append(" self.__post_init__()")
    parameters = [*plain, "*", *named] if named else plain
    exec(f"def __init__({', '.join(parameters)}):\n" + "\n".join(body or [" pass"]), known)  # noqa: S102 - names of fields only
    compiled = known["__init__"]
    compiled.__qualname__ = f"{made.__qualname__}.__init__"
    compiled.__module__ = made.__module__
    return compiled


class _LateFields:
    """Stands in a class for the descriptions of its fields, until somebody wants them."""

    def __init__(
        self,
        made: type[Any],
        given: Mapping[str, Any],
        described: Described,
        options: Mapping[str, bool],
    ) -> None:
        self._made, self._given, self._options = made, given, options
        self.described = described

    def __get__(self, instance: object, owner: type[Any]) -> object:
        """Have the standard library describe them, on a class that is used for nothing else."""
        options = {**self._options, "init": False, "repr": False, "eq": False}
        kind = dataclasses.dataclass(frozen=True, **options)(_built(self._made, self._given))
        for name in (_PARAMETERS, _FIELDS):
            setattr(self._made, name, getattr(kind, name))
        fields: object = getattr(kind, _FIELDS)
        return fields


def _state(self: Any) -> list[Any]:
    """Return the values, to be copied or sent to another process."""
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _restore(self: Any, state: list[Any]) -> None:
    """Take the values; the object was made without a call of its class."""
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)
