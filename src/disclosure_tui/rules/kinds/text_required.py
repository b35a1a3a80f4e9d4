"""Rule kind `text_required`: a text says what it has to say.

What it checks: for each item of the list one of the templates `any` is found in the texts. `text`
of an item is read instead of the rule's; `when` asks for the item only if it holds. A text that
is blank is left to the rules about blanks. How templates are
written: docs/reference/dialect.md, Templates.
Example: `{"text": ["this"], "text_required": [{"label": {"zh": "监督保障", "en": "supervision"},
"any": ["监督保障", "监督检查"]}]}`.
How to fix: write what is missing; where the text says it in other words, leave it.
Source: domain, section b.6; docs/decisions/0012-prose-rules.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text
from disclosure_tui.model.finding import Argument, LabelOf, Message, Place
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.expression import Operand, Path
from disclosure_tui.rules.kind import Read, Worded, described
from disclosure_tui.rules.outcome import Outcome
from disclosure_tui.rules.prose.places import (
    TEXT_SCHEMA,
    label_schema,
    report_year,
    words_schema,
)
from disclosure_tui.rules.prose.word_items import (
    ItemsAt,
    WordItem,
    WordItemAt,
    distinct_labels,
    paths_of_items,
)
from disclosure_tui.rules.scope import Scope

__all__ = ["KIND"]


def _missing(item: WordItemAt[WordItem], year: int | None, read: Read) -> bool | None:
    """Tell whether a thing is missing; None where the question does not arise."""
    pages = item.pages(read)
    if not pages:
        return None
    return not any(template.matches(page, year) for template in item.item.any for _, page in pages)


class _RequiredAt(ItemsAt[WordItem]):
    """The things to be said, at one place."""

    def outcomes(self, read: Read) -> tuple[Outcome, ...]:
        """Name everything that is missing in one verdict."""
        year = report_year(read)
        judged = [(item, _missing(item, year, read)) for item in self.items]
        asked = [item for item, missing in judged if missing is not None]
        if not asked:
            return ()
        missing = [item for item, found in judged if found]
        if not missing:
            return (Outcome("", truth=True),)
        pointers = tuple(dict.fromkeys(p for item in missing for p in item.texts.pointers))
        labels = [item.item.label for item in missing]
        arguments: dict[str, Argument] = {
            "place": LabelOf(pointers[0], Place.PATH),
            "missing": _listed(labels),
        }
        line = Message(_MISSING, arguments)
        if len(labels) > _FEW:
            first = {**arguments, "missing": _listed(labels[:_FEW]), "count": len(labels)}
            line = Message(_MISSING_MANY, first)
        nothing = Message(Text("", ""))
        worded = Worded(line, Message(_MISSING + Text("。", "."), arguments), nothing)
        said = {
            str(pointer): value
            for pointer in pointers
            if isinstance(value := read(Operand(pointer)), str)
        }
        return (Outcome("", truth=False, pointers=pointers, worded=worded, said=said),)


def _listed(labels: Sequence[Text]) -> Text:
    return Text("、".join(label.zh for label in labels), ", ".join(label.en for label in labels))


_FEW = 3
"""So many labels fit into the status line."""

_MISSING_MANY = Text(
    "{place}没有写到：{missing}等 {count} 项",
    "{place} does not name {count} things: {missing} and more",
)
_MISSING = Text("{place}没有写到：{missing}", "{place} does not name: {missing}")


@dataclass(frozen=True)
class _Required:
    """A declared list of things to be said."""

    items: tuple[WordItem, ...]

    @property
    def paths(self) -> tuple[Path, ...]:
        """Texts first, then the cells of conditions."""
        return paths_of_items(self.items)

    def bind(self, scope: Scope, totals: frozenset[Pointer]) -> _RequiredAt:
        """Tie it to a place."""
        del totals
        return _RequiredAt.bound(self.items, scope)

    def formula(self, label: Callable[[Path], Text]) -> Text:
        """Name what must be said."""
        del label
        return Text("文字中写到：", "the text names: ") + distinct_labels(self.items)

    def targets(self, scope: Scope) -> frozenset[Pointer]:
        """Prose makes no totals."""
        del scope
        return frozenset()


class _RequiredKind:
    """The kind."""

    keyword = "text_required"
    item_schema: Mapping[str, Any] = {
        "text": TEXT_SCHEMA,
        "text_required": {
            "type": "array",
            "minItems": 1,
            "maxItems": 20,
            **described("文字里必须写到的内容。", "What the texts must say."),
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["label", "any"],
                "properties": {
                    "label": label_schema("必须写到什么。", "What must be said."),
                    "any": words_schema(
                        "几种说法，要有其中一种。", "Templates; one of them must be found."
                    ),
                    "text": TEXT_SCHEMA,
                    "when": {
                        "type": "string",
                        **described("这个条件成立才检查。", "Asked for only if this holds."),
                    },
                },
            },
        },
    }

    def parse(self, item: Mapping[str, Any]) -> _Required:
        """Read the items.

        Raises:
            SchemaError: A template or an expression cannot be read.
        """
        wanted = (WordItem.declared(wanted, item) for wanted in item[self.keyword])
        return _Required(tuple(wanted))


KIND = _RequiredKind()
