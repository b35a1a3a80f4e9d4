"""Which texts a rule reads, and the keys that every kind of rule about prose has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.expression import Operand, Path
from disclosure_tui.rules.kind import Read, described, parsed_path
from disclosure_tui.rules.prose.page import Page
from disclosure_tui.rules.scope import Scope

__all__ = [
    "TEXT_SCHEMA",
    "YEAR",
    "Texts",
    "label_schema",
    "parsed_texts",
    "report_year",
    "words_schema",
]

YEAR = Operand(Pointer(("year",)))
"""The report year; prose is read with it in mind."""

_HERE = ("this",)

TEXT_SCHEMA: Mapping[str, Any] = {
    "type": "array",
    "minItems": 1,
    "maxItems": 10,
    "items": {"type": "string", "minLength": 1},
    **described(
        "校验文字的规则：读哪几段文字，写路径。不写就是这一段。",
        "Rules about prose: the texts that are read, as paths. Absent: this one.",
    ),
}


def words_schema(zh: str, en: str) -> dict[str, Any]:
    """Return the schema of a list of templates or words."""
    return {
        "type": "array",
        "minItems": 1,
        "maxItems": 60,
        "items": {"type": "string", "minLength": 1, "maxLength": 400},
        **described(zh, en),
    }


def label_schema(zh: str, en: str) -> dict[str, Any]:
    """Return the schema of a label in both languages."""
    return {
        "type": ["string", "object"],
        "minLength": 1,
        "minProperties": 1,
        "additionalProperties": {"type": "string", "minLength": 1},
        **described(zh, en),
    }


def parsed_texts(item: Mapping[str, Any]) -> tuple[Path, ...]:
    """Read the paths of the texts.

    Raises:
        SchemaError: A path cannot be read.
    """
    return tuple(parsed_path(text, "text") for text in item.get("text", _HERE))


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of a rule at one place.

    Attributes:
        operands: Where they stand.
    """

    operands: tuple[Operand, ...]

    @classmethod
    def at(cls, paths: tuple[Path, ...], scope: Scope) -> Texts:
        """Tie the paths to a place.

        Raises:
            SchemaError: A path names nothing.
        """
        found = (operand for path in paths for operand in scope.operands(path))
        return cls(tuple(dict.fromkeys(found)))

    @property
    def pointers(self) -> tuple[Pointer, ...]:
        """Where they stand."""
        return tuple(operand.pointer for operand in self.operands)

    def pages(self, read: Read) -> Iterator[tuple[Pointer, Page]]:
        """Yield the texts that are written, read."""
        for operand in self.operands:
            value = read(operand)
            if isinstance(value, str) and value.strip():
                yield operand.pointer, Page.of(value)


def report_year(read: Read) -> int | None:
    """Return the report year, or None while it is blank."""
    value = read(YEAR)
    return value if isinstance(value, int) else None
