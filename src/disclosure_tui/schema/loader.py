"""Reads schema files and refuses what is not of the dialect, with file, pointer and hint.

Nothing is ever fetched: a reference reaches what is embedded in the file, or nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text
from disclosure_tui.model.origin import Origin
from disclosure_tui.model.pointer import ROOT, Pointer
from disclosure_tui.model.references import References
from disclosure_tui.schema.dialect_texts import worded
from disclosure_tui.schema.json_faults import key_written_twice, place_of, worded_fault
from disclosure_tui.schema.limits import (
    DEEPEST,
    MOST_DIGITS,
    MOST_VALUES,
    check_limits,
    check_size,
)
from disclosure_tui.schema.proved import is_proved
from disclosure_tui.schema.references import check_references

__all__ = ["LoadedSchema", "RuleKinds", "load_schema", "parse_json", "read_schema"]

RuleKinds = Callable[[], Mapping[str, Any]]
"""What the rule kinds add to the dialect; asked only where a file is to be checked."""


@dataclass(frozen=True)
class LoadedSchema:
    """A schema file that is of the dialect.

    Attributes:
        identifier: Its `$id`.
        sha256: Digest of the file's bytes.
        contents: The root schema.
        resources: The root and every embedded schema, by `$id`.
        name: The file, for messages.
        resolver: Follows references from the root.
        places: Pointer of every object in the file, by its identity.
        languages: Language of the labels of every object in a part that says `x-language`.
        base: The schema that this one is an overlay of, or None; both share all resources.
        is_proved: Whether nothing is known to be wrong in it, its rules included.
    """

    identifier: str
    sha256: str
    contents: Mapping[str, Any]
    resources: Mapping[str, Any]
    name: str
    resolver: References = field(repr=False)
    places: Mapping[int, Pointer] = field(repr=False)
    languages: Mapping[int, str] = field(default_factory=dict, repr=False)
    base: LoadedSchema | None = field(default=None, repr=False)
    is_proved: bool = False

    def where(self, schema: object) -> str:
        """Return file and pointer of an object of the file, for a message."""
        return str(self.origin(schema))

    def origin(self, schema: object) -> Origin:
        """Return where an object stands, in this file or in that of the base."""
        place = self.places.get(id(schema))
        if self.base is None:
            return Origin(self.name, str(place if place is not None else ROOT))
        if place is None:
            return self.base.origin(schema)
        return Origin(self.name, str(place), added=True)


def parse_json(source: bytes, name: str, most: int = MOST_VALUES) -> Any:
    """Read JSON with exact decimals; duplicate keys are refused.

    Args:
        source: The bytes of the file.
        name: The file, for messages.
        most: So many values may be in it.

    Raises:
        SchemaError: Not UTF-8, not JSON, a key twice, or over a limit.
    """
    check_size(len(source), name)

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            raise _twice(source, name, [key for key, _ in pairs])
        return found

    def none(word: str) -> Any:
        raise SchemaError(
            Text(f"JSON 里没有【{word}】这个数", f"JSON has no number {word}"), where=name
        )

    try:
        contents = json.loads(
            source.decode("utf-8-sig"),
            object_pairs_hook=unique,
            parse_float=Decimal,
            parse_constant=none,
        )
        if not is_proved(source):
            check_limits(contents, name, most)
    except UnicodeDecodeError as error:
        raise SchemaError(
            Text("格式文件不是 UTF-8 编码", "the schema file is not UTF-8"),
            hint=Text("请另存为 UTF-8 编码", "save it as UTF-8"),
            where=name,
        ) from error
    except json.JSONDecodeError as error:
        fault = worded_fault(error.doc, error)
        place = place_of(fault.position, error.doc)
        raise SchemaError(fault.what, hint=fault.hint, where=f"{name}:{place}") from error
    except RecursionError as error:
        raise SchemaError(
            Text(f"嵌套的层数超过了 {DEEPEST} 层", f"nested more than {DEEPEST} levels deep"),
            where=name,
        ) from error
    except (ValueError, ArithmeticError) as error:
        raise SchemaError(
            Text(
                f"有的数超过了 {MOST_DIGITS} 位", f"a number is more than {MOST_DIGITS} digits long"
            ),
            where=name,
        ) from error
    return contents


def _twice(source: bytes, name: str, keys: Iterable[str]) -> SchemaError:
    """Return the error that an object has a key twice, with the line of the second one."""
    text = source.decode("utf-8-sig")
    key = next(key for key, times in Counter(keys).items() if times > 1)
    found = key_written_twice(text)
    place = "" if found is None else ":" + place_of(found[1], text)
    return SchemaError(
        Text(f"同一处写了两个【{key}】", f"the key {key!r} stands twice in one object"),
        hint=Text("请删去一个", "remove one of them"),
        where=name + place,
    )


def load_schema(source: bytes, name: str, rule_kinds: RuleKinds) -> LoadedSchema:
    """Read a schema file and check it against the dialect.

    Args:
        source: The bytes of the file.
        name: The file, for messages.
        rule_kinds: Returns the JSON Schema of every key that the rule kinds add to an item of
            `x-rules`.

    Raises:
        SchemaError: It is not of the dialect; file, pointer and hint are named.
    """
    loaded = read_schema(source, name, rule_kinds)
    if not loaded.is_proved:
        check_references(loaded.resources, loaded.resolver, loaded.where)
    return loaded


def read_schema(
    source: bytes, name: str, rule_kinds: RuleKinds, most: int = MOST_VALUES
) -> LoadedSchema:
    """Read a schema file that may refer to others: its references are not followed yet.

    Args:
        source: The bytes of the file.
        name: The file, for messages.
        rule_kinds: As for `load_schema`.
        most: So many values may be in it.

    Raises:
        SchemaError: It is not of the dialect; file, pointer and hint are named.
    """
    contents = parse_json(source, name, most)
    if not isinstance(contents, dict) or not isinstance(contents.get("$id"), str):
        raise SchemaError(
            Text("格式文件没有【$id】", "the schema has no $id"),
            hint=Text("请写上它的 URN", "give it a URN as $id"),
            where=name,
        )
    places = dict(_places(contents))
    proved = is_proved(source)
    if not proved:
        _check_dialect(contents, name, rule_kinds())
    embedded = {item["$id"]: item for item in _embedded(contents)}
    return LoadedSchema(
        identifier=contents["$id"],
        sha256=hashlib.sha256(source).hexdigest(),
        contents=contents,
        resources=embedded,
        name=name,
        resolver=References.among(embedded, contents["$id"]),
        places=places,
        languages=dict(_languages(embedded.values())),
        is_proved=proved,
    )


def _places(contents: Any) -> Iterator[tuple[int, Pointer]]:
    stack: list[tuple[Pointer, Any]] = [(ROOT, contents)]
    while stack:
        pointer, value = stack.pop()
        if isinstance(value, dict):
            yield id(value), pointer
            inner: Iterable[tuple[str, Any]] = value.items()
        else:
            inner = ((str(index), item) for index, item in enumerate(value))
        stack.extend((pointer / key, item) for key, item in inner if isinstance(item, dict | list))


def _languages(files: Iterable[dict[str, Any]]) -> Iterator[tuple[int, str]]:
    """Yield the objects of every file that says in which language its labels are.

    A file comes before those embedded in it, and what a later one says holds.
    """
    for file in files:
        if "x-language" in file:
            yield from ((identity, file["x-language"]) for identity, _ in _places(file))


def _embedded(contents: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield contents
    for definition in contents.get("$defs", {}).values():
        if isinstance(definition, dict) and isinstance(definition.get("$id"), str):
            yield from _embedded(definition)


@lru_cache(maxsize=1)
def _dialect() -> Any:
    path = Path(__file__).with_name("dialect.schema.json")
    return json.loads(path.read_bytes())


def _check_dialect(contents: Any, name: str, rule_kinds: Mapping[str, Any]) -> None:
    from jsonschema import Draft202012Validator
    from referencing import Registry

    dialect = _dialect()
    definitions = {**dialect["$defs"], "kind": {"properties": dict(rule_kinds)}}
    validator = Draft202012Validator({**dialect, "$defs": definitions}, registry=Registry())
    errors = list(validator.iter_errors(contents))
    if not errors:
        return
    error = min(errors, key=lambda item: (-len(item.absolute_path), str(item.absolute_path)))
    while error.context:
        error = max(error.context, key=lambda item: len(item.absolute_path))
    pointer = Pointer(str(key) for key in error.absolute_path)
    raise _dialect_error(error, name, pointer, len(errors))


def _dialect_error(error: Any, name: str, pointer: Pointer, count: int) -> SchemaError:
    more = Text(f"（共 {count} 处）", f" ({count} faults in all)") if count > 1 else Text("", "")
    what, hint = worded(error)
    return SchemaError(what + more, hint=hint, where=f"{name}#{pointer}")
