"""The effective schema of a node: its layers, merged as section 2 of the dialect says.

A node is described by one or more *sources*: the schema objects that name it, nearest first
(an overlay's before the base's). Each source brings its layers: the object itself, the target
of its `$ref`, the target of its `$dynamicRef`, the members of its `allOf`, and theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text
from disclosure_tui.model.references import References
from disclosure_tui.schema.limits import DEEPEST_REFERENCE, MOST_LAYERS
from disclosure_tui.schema.loader import LoadedSchema
from disclosure_tui.schema.references import followed, in_a_circle, too_many_layers

__all__ = ["Effective", "Source"]


@dataclass(frozen=True, slots=True)
class Source:
    """A schema object, with what follows the references inside of it."""

    schema: Mapping[str, Any]
    resolver: References

    def target(self, keyword: str, loaded: LoadedSchema) -> Source | None:
        """Return what `$ref` or `$dynamicRef` leads to, or None where there is none."""
        reference = self.schema.get(keyword)
        if reference is None:
            return None
        found = followed(self.resolver, keyword, reference, lambda: loaded.where(self.schema))
        if not isinstance(found.contents, Mapping):
            raise SchemaError(
                Text(f"【{reference}】不是格式", f"{reference!r} is not a schema object"),
                where=loaded.where(self.schema),
            )
        return Source(found.contents, found.resolver)

    def beside(self, loaded: LoadedSchema) -> Iterator[Source]:
        """Yield what is to be read together with the object itself, nearest first."""
        for keyword in ("$ref", "$dynamicRef"):
            target = self.target(keyword, loaded)
            if target is not None:
                yield target
        for member in self.schema.get("allOf", ()):
            yield Source(member, self.resolver.in_subresource(member))


class Effective:
    """One node's schema, made of all its layers."""

    __slots__ = ("_layers", "loaded", "sources")

    def __init__(self, sources: tuple[Source, ...], loaded: LoadedSchema) -> None:
        self.sources = sources
        self.loaded = loaded
        layers = (layer for source in sources for layer in self._layers_of(source, 0))
        # References that meet again double with every level: stop long before the end.
        self._layers = tuple(islice(layers, MOST_LAYERS + 1))
        if len(self._layers) > MOST_LAYERS:
            raise too_many_layers(self.where)

    def _layers_of(self, source: Source, depth: int) -> Iterator[Source]:
        if depth > DEEPEST_REFERENCE:
            raise in_a_circle(self.loaded.where(source.schema))
        yield source
        for layer in source.beside(self.loaded):
            yield from self._layers_of(layer, depth + 1)

    @property
    def where(self) -> str:
        """File and pointer of the nearest source, for messages."""
        return self.loaded.where(self.sources[0].schema)

    @property
    def layers(self) -> tuple[Source, ...]:
        """All layers, nearest first."""
        return self._layers

    def first(self, keyword: str) -> Any:
        """Return a keyword's value in the nearest layer that has it, or None."""
        for layer in self._layers:
            if keyword in layer.schema:
                return layer.schema[keyword]
        return None

    def has(self, keyword: str) -> bool:
        """Tell whether any layer has the keyword."""
        return any(keyword in layer.schema for layer in self._layers)

    def merged(self, keyword: str) -> dict[str, Any] | None:
        """Merge a keyword key by key, nearest wins; None where no layer has it."""
        if not self.has(keyword):
            return None
        result: dict[str, Any] = {}
        for layer in reversed(self._layers):
            result.update(layer.schema.get(keyword, {}))
        return result

    def properties(self) -> dict[str, Effective]:
        """Return the properties by key, in printed order."""
        if not self.has("properties"):
            return {}  # a cell, as most places are
        found: dict[str, list[Source]] = {}
        for source in reversed(self.sources):
            for key, contributions in self._properties_of(source).items():
                found[key] = contributions + found.get(key, [])
        children = {key: Effective(tuple(items), self.loaded) for key, items in found.items()}
        return _placed(children)

    def _properties_of(self, source: Source) -> dict[str, list[Source]]:
        """Return what one source says of each key, nearest first.

        The keys are in printed order: those of `$ref` come before its own, all others after.
        """
        own = {key: [Source(item, source.resolver)] for key, item in _own_properties(source)}
        parts = [self._properties_of(layer) for layer in source.beside(self.loaded)]
        referred = parts[:1] if "$ref" in source.schema else []
        keys = chain(*referred, own, *parts[len(referred) :])
        return {
            key: [found for part in (own, *parts) for found in part.get(key, ())] for key in keys
        }

    def entry(self) -> Effective | None:
        """Return the schema of additional properties, or None where there is none."""
        sources = tuple(
            Source(layer.schema["additionalProperties"], layer.resolver)
            for layer in self._layers
            if isinstance(layer.schema.get("additionalProperties"), Mapping)
        )
        return Effective(sources, self.loaded) if sources else None

    def label_layer(self) -> Mapping[str, Any]:
        """Return the nearest layer that has a title: labels are never mixed between layers.

        Raises:
            SchemaError: An extension changes a label without saying so (`x-relabel`).
        """
        titled = [layer.schema for layer in self._layers if "title" in layer.schema]
        if not titled:
            return {}
        nearest = titled[0]
        if len(self.sources) > 1 and not nearest.get("x-relabel"):
            base = Effective(self.sources[1:], self.loaded).label_layer()
            if base and base is not nearest and base["title"] != nearest["title"]:
                raise SchemaError(
                    Text(
                        f"标题由【{base['title']}】改成了【{nearest['title']}】",
                        f"the label {base['title']!r} became {nearest['title']!r}",
                    ),
                    hint=Text("有意改的，请加【x-relabel: true】", "say so with x-relabel: true"),
                    where=self.where,
                )
        return nearest


def _own_properties(source: Source) -> list[tuple[str, Mapping[str, Any]]]:
    return [
        (key, item if isinstance(item, Mapping) else {})
        for key, item in source.schema.get("properties", {}).items()
    ]


def _placed(children: dict[str, Effective]) -> dict[str, Effective]:
    """Move the properties that say where they belong (`x-place`)."""
    keys = list(children)
    for key, child in children.items():
        place = child.merged("x-place")
        if place:
            neighbour = place.get("after") or place.get("before")
            if neighbour not in keys or neighbour == key:
                raise SchemaError(
                    Text(f"没有【{neighbour}】可以排在旁边", f"no neighbour {neighbour!r} here"),
                    where=child.where,
                )
            keys.remove(key)
            keys.insert(keys.index(neighbour) + ("after" in place), key)
    return {key: children[key] for key in keys}
