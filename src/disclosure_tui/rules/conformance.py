"""Conformance: what the form's types say of every value of a report.

The verdict is that of the JSON Schema validator; `conformance_findings` puts it into words. Most
values are right, and a `Shape` says so at once. The validator is asked about what is left, and
after an edit only about the part of the report that the edit touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from functools import cached_property
from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.model.difference import Differences
from disclosure_tui.model.form import Form
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.references import References
from disclosure_tui.model.report import Plain, Report
from disclosure_tui.rules.shape import Shape

__all__ = ["Conformance", "Fault"]


@dataclass(frozen=True, slots=True, eq=False)
class Fault:
    """Something that the validator has to say.

    Attributes:
        pointer: The value.
        error: The validator's own words.
    """

    pointer: Pointer
    error: Any


_MOST_KNOWN = 10_000
"""For so many places is remembered what accepts them."""


class _Schemas:
    """Finds schemas the way the validator does."""

    __slots__ = ("_resolver",)

    def __init__(self, resolver: References) -> None:
        self._resolver = resolver

    def followed(self, reference: str) -> tuple[Any, _Schemas]:
        resolved = self._resolver.lookup(reference)
        return resolved.contents, _Schemas(resolved.resolver)

    def inside(self, schema: Any) -> _Schemas:
        return _Schemas(self._resolver.in_subresource(schema))


@dataclass(frozen=True)
class Conformance:
    """Checks reports against the types of one form."""

    form: Form
    _known: dict[Pointer, tuple[Pointer, tuple[Shape, ...]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @cached_property
    def _registry(self) -> Any:
        from referencing import Registry
        from referencing.jsonschema import DRAFT202012

        registry: Registry[Any] = Registry().with_resources(
            (uri, DRAFT202012.create_resource(item)) for uri, item in self.form.resources.items()
        )
        # Crawled once here, or every look-up of an anchor would crawl again.
        return registry.crawl()

    @cached_property
    def _validator(self) -> Any:
        from jsonschema import Draft202012Validator, FormatChecker

        return Draft202012Validator(
            self.form.resources[self.form.identifier],
            registry=self._registry,
            format_checker=FormatChecker(["date"]),
        )

    @cached_property
    def _shape(self) -> Shape:
        resource = self.form.resources[self.form.identifier]
        schemas = _Schemas(References.among(self.form.resources))
        return Shape(resource, schemas.inside(resource))

    def faults(self, report: Report) -> tuple[Fault, ...]:
        """Return what is wrong with the values of a report, in the order of the file."""
        if self._shape.accepts(report.data):
            return ()
        return _in_file_order(self._asked(report.data), report)

    def faults_after(
        self, faults: tuple[Fault, ...], report: Report, differences: Differences
    ) -> tuple[Fault, ...]:
        """Return what is wrong after places changed; equal to `faults` of the report.

        Args:
            faults: What was wrong before.
            report: The report as it is now.
            differences: Where it differs from what it was.
        """
        parts = _outermost(self._judged(place)[0] for place in differences.values)
        # What is said of a map itself depends on its keys; what they hold is looked at apart.
        maps = [place for place in differences.maps if not _covered(place, parts)]
        found = [
            fault
            for fault in faults
            if fault.pointer not in maps and not _covered(fault.pointer, parts)
        ]
        for place in parts:
            if report.has(place) and not self._accepts(place, report.value_at(place)):
                errors = self._asked(_alone(place, report.value_at(place)))
                found.extend(fault for fault in errors if fault.pointer.starts_with(place))
        for place in maps:
            if not self._accepts_keys(place, report.value_at(place)):
                errors = self._asked(_alone(place, report.value_at(place)))
                found.extend(fault for fault in errors if fault.pointer == place)
        return _in_file_order(found, report) if found else ()

    def _asked(self, data: Plain) -> list[Fault]:
        errors = self._validator.iter_errors(data)
        return [Fault(_pointer(inner), inner) for error in errors for inner in _meant(error)]

    def _judged(self, place: Pointer) -> tuple[Pointer, tuple[Shape, ...]]:
        """Return the value to be judged as a whole if a place changes, and what accepts it."""
        known = self._known.get(place)
        if known is not None:
            return known
        shapes: tuple[Shape, ...] = (self._shape,)
        length = 0
        while length < len(place) and all(s.certain and not s.closed for s in shapes):
            shapes = tuple(inner for shape in shapes for inner in shape.children(place[length]))
            length += 1
        found = Pointer(place[:length]), shapes
        if len(self._known) < _MOST_KNOWN:
            self._known[place] = found
        return found

    def _accepts(self, place: Pointer, value: Plain) -> bool:
        return all(shape.accepts(value) for shape in self._judged(place)[1])

    def _accepts_keys(self, place: Pointer, value: Plain) -> bool:
        """Tell whether a map is right, whatever its keys hold."""
        return all(
            shape.accepts_itself(value)
            and all(inner.certain for key in value for inner in shape.children(key))
            for shape in self._judged(place)[1]
        )


def _alone(place: Pointer, value: Plain) -> Plain:
    """Return a report with nothing but one value: what is said of it does not depend on more."""
    for key in reversed(place):
        value = {key: value}
    return value


def _outermost(places: Iterable[Pointer]) -> list[Pointer]:
    """Return the places that lie in no other of them."""
    found: list[Pointer] = []
    for place in sorted(set(places), key=len):
        if not _covered(place, found):
            found.append(place)
    return found


def _covered(place: Pointer, places: list[Pointer]) -> bool:
    return any(place.starts_with(other) for other in places)


def _in_file_order(faults: Iterable[Fault], report: Report) -> tuple[Fault, ...]:
    """Sort by where the values stand; what is said of one value stays in its order."""
    return tuple(sorted(faults, key=lambda fault: _position(report.data, fault.pointer)))


def _position(data: Plain, pointer: Pointer) -> tuple[int, ...]:
    found = []
    for key in pointer:
        if isinstance(data, Mapping):
            found.append(list(data).index(key))
            data = data[key]
        else:
            found.append(int(key))
            data = data[int(key)]
    return tuple(found)


def _pointer(error: Any) -> Pointer:
    return Pointer(str(key) for key in error.absolute_path)


def _meant(error: Any) -> Iterator[Any]:
    """Replace a failed `anyOf` by the faults of the alternative that the value is meant as."""
    if error.validator == "anyOf":
        branches: dict[Any, list[Any]] = {}
        for inner in error.context:
            branches.setdefault(inner.relative_schema_path[0], []).append(inner)
        for branch in branches.values():
            if not any(_of_another_type(inner, error) for inner in branch):
                for inner in branch:
                    yield from _meant(inner)
                return
    yield error


def _of_another_type(inner: Any, outer: Any) -> bool:
    same_value = inner.absolute_path == outer.absolute_path
    return same_value and inner.validator in ("type", "enum")
