"""From declarations to rules at their places.

A rule kind is a module of `rules.kinds` with a value `KIND`; adding a kind is adding its file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.discovery import modules_of
from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text
from disclosure_tui.model.finding import Severity
from disclosure_tui.model.form import Declaration, Form, Node, Role
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.carets import hint_with_caret
from disclosure_tui.rules.explanations import rule_digest
from disclosure_tui.rules.expression import Path
from disclosure_tui.rules.force import Condition, Grade, Span, conditions_of, grades_of, spans_of
from disclosure_tui.rules.kind import Evaluator, Kind, Parsed, Rule, bound_at, parsed_check
from disclosure_tui.rules.scope import Direction, Scope, scopes
from disclosure_tui.rules.worked import paths_of

__all__ = [
    "MOST_INSTANCES",
    "MOST_TERMS",
    "DeclaredRule",
    "Instance",
    "bind_rules",
    "item_schemas",
    "kinds",
    "read_rules",
]

MOST_INSTANCES = 5_000
"""Greatest number of places at which the rules of a report stand, all together."""

MOST_TERMS = 60_000
"""Greatest number of cells that the rules of a report read, one read twice counted twice."""


@lru_cache(maxsize=1)
def kinds() -> Mapping[str, Kind]:
    """Return the rule kinds by their keyword."""
    found: dict[str, Kind] = {}
    for module in modules_of("disclosure_tui.rules.kinds"):
        found[module.KIND.keyword] = module.KIND
    return found


def item_schemas() -> dict[str, Any]:
    """Return the JSON Schema of every key that the kinds add to an item of `x-rules`."""
    return {key: item for kind in kinds().values() for key, item in kind.item_schema.items()}


@dataclass(frozen=True, slots=True)
class DeclaredRule:
    """A rule with its declaration read by its kind, not yet at any place."""

    rule: Rule
    parsed: Parsed
    each: Any
    condition: Any
    """The parsed `when`, or None."""
    spans: tuple[Span, ...] = ()
    """Years or days it is in force, or out of force."""
    grades: tuple[Grade, ...] = ()
    """Years or days for which it weighs something else."""

    @property
    def paths(self) -> tuple[Path, ...]:
        """Every path of the rule, those of its condition last."""
        return (*self.parsed.paths, *(paths_of(self.condition) if self.condition else ()))


@dataclass(frozen=True, slots=True)
class Instance:
    """A rule at one place."""

    rule: Rule
    name: str
    evaluator: Evaluator
    condition: Condition | None
    place: Pointer | None = None
    """The row or the place that it is about; None for a level or a column."""

    def named(self, outcome: str) -> str:
        """Return the name that a finding about one of its outcomes carries."""
        return ".".join(filter(None, (self.name, outcome)))


def read_rules(form: Form) -> tuple[DeclaredRule, ...]:
    """Read the declarations of a form.

    Raises:
        SchemaError: A declaration is of no kind or of two, or an expression cannot be read.
    """
    language = form.report_type.language.value
    return tuple(
        _read(item, language) for node in form.nodes.values() for item in node.declarations
    )


def _read(declaration: Declaration, language: str) -> DeclaredRule:
    item = declaration.item
    chosen = [kind for keyword, kind in kinds().items() if keyword in item]
    if len(chosen) != 1:
        known = "、".join(kinds())
        raise SchemaError(
            Text(
                f"规则【{declaration.identifier}】要写且只写一种：{known}",
                f"the rule {declaration.identifier!r} needs exactly one of {', '.join(kinds())}",
            ),
            where=declaration.origin,
        )
    try:
        parsed = chosen[0].parse(item)
        condition = parsed_check(item["when"], "when") if "when" in item else None
        spans = spans_of(item, language)
        grades = grades_of(item, language)
    except SchemaError as error:
        raise _placed(error, declaration) from error
    rule = Rule(
        identifier=declaration.identifier,
        level=declaration.level,
        kind=chosen[0].keyword,
        severity=Severity(item.get("severity", "error")),
        origin=declaration.origin,
        authority=_text(item.get("authority"), language),
        message=_text(item.get("message"), language),
        advice=_text(item.get("advice"), language),
        description=_text(item.get("description"), language),
        example=_text(item.get("example"), language),
        reasons=tuple(
            text for reason in item.get("reasons", ()) if (text := _text(reason, language))
        ),
        item=item,
        digest=rule_digest(item),
        added=declaration.added,
        changes=declaration.changes,
    )
    return DeclaredRule(rule, parsed, item.get("each"), condition, spans, grades)


def _text(value: Any, language: str) -> Text | None:
    if value is None:
        return None
    texts = {language: value} if isinstance(value, str) else value
    first = next(iter(texts.values()))
    return Text(texts.get("zh", first), texts.get("en", first))


def _placed(error: SchemaError, declaration: Declaration) -> SchemaError:
    """Return the error with rule and place named."""
    name = declaration.identifier
    what = Text(f"规则【{name}】：", f"rule {name}: ") + error.what
    return SchemaError(what, hint=error.hint, where=declaration.origin)


def bind_rules(form: Form, rules: tuple[DeclaredRule, ...]) -> tuple[Instance, ...]:
    """Bring the rules to every place of a form, with the entry rows that it has."""
    placed = _placed_everywhere(form, rules)
    totals = _totals(form, placed)
    instances = []
    terms = 0
    for declared, level, scope in placed:
        table = form.nearest(level, Role.TABLE)
        key = (table.pointer if table else level, scope.direction, _line(scope))
        try:
            evaluator = declared.parsed.bind(scope, frozenset(totals.get(key, ())))
            source = declared.rule.item.get("when", "")
            condition = declared.condition
            when = bound_at(condition, scope, source) if condition else None
        except SchemaError as error:
            raise _named(error, declared.rule) from error
        terms += evaluator.terms + (when.terms if when is not None else 0)
        if terms > MOST_TERMS:
            raise _named(_over_terms(), declared.rule)
        applies = conditions_of(declared.spans, when, declared.grades)
        placed_at = scope.place if scope.direction in (Direction.ROW, Direction.PLACE) else None
        rule = _at(declared.rule, level)
        instances.append(Instance(rule, scope.name, evaluator, applies, placed_at))
    return tuple(instances)


def _placed_everywhere(
    form: Form, rules: tuple[DeclaredRule, ...]
) -> list[tuple[DeclaredRule, Pointer, Scope]]:
    """Find every place of every rule; stop as soon as there are too many."""
    levels = _levels(form, rules)
    placed: list[tuple[DeclaredRule, Pointer, Scope]] = []
    for declared in rules:
        try:
            for level in levels[declared.rule.level]:
                found = scopes(form, level, declared.each, declared.paths)
                room = MOST_INSTANCES - len(placed)
                placed.extend((declared, level, scope) for scope in islice(found, room + 1))
                if len(placed) > MOST_INSTANCES:
                    raise _over_instances()
        except SchemaError as error:
            raise _named(error, declared.rule) from error
    return placed


def _over_instances() -> SchemaError:
    return SchemaError(
        Text(
            f"到这条为止，校验规则展开后超过了 {MOST_INSTANCES} 项",
            f"up to this one the rules stand at more than {MOST_INSTANCES} places",
        ),
        hint=Text("请缩小【each】的范围", "let each name fewer places"),
    )


def _over_terms() -> SchemaError:
    return SchemaError(
        Text(
            f"到这条为止，校验规则展开后读取的格超过了 {MOST_TERMS} 个",
            f"up to this one the rules read more than {MOST_TERMS} cells in all",
        ),
        hint=Text("请缩小通配路径的范围", "let the patterns name fewer cells"),
    )


def _named(error: SchemaError, rule: Rule) -> SchemaError:
    """Return the error with rule and place named, and a caret under what is wrong."""
    what = Text(f"规则【{rule.identifier}】：", f"rule {rule.identifier}: ") + error.what
    return SchemaError(what, hint=hint_with_caret(error, _expressions(rule)), where=rule.origin)


def _expressions(rule: Rule) -> Iterator[str]:
    for keyword in ("check", "when"):
        source = rule.item.get(keyword)
        if isinstance(source, str):
            yield source


def _at(rule: Rule, level: Pointer) -> Rule:
    if rule.level == level:
        return rule
    return replace(rule, level=level)


def _levels(form: Form, rules: tuple[DeclaredRule, ...]) -> Mapping[Pointer, tuple[Pointer, ...]]:
    """Return where each level stands: a rule of an entry row stands at every entry."""
    return {level: tuple(_pointers(form.root, level)) for level in {d.rule.level for d in rules}}


def _pointers(node: Node, rest: tuple[str, ...]) -> Iterator[Pointer]:
    if not rest:
        yield node.pointer
        return
    for child in node.children:
        if child.key == rest[0] or (node.entries is not None and rest[0] == "*"):
            yield from _pointers(child, rest[1:])


def _line(scope: Scope) -> tuple[str, ...]:
    """Return what tells the rows (or columns) of a direction apart in the set of totals."""
    return scope.place if scope.direction is Direction.ROW else ()


def _totals(
    form: Form, placed: list[tuple[DeclaredRule, Pointer, Scope]]
) -> dict[tuple[Pointer, Direction, tuple[str, ...]], set[Pointer]]:
    """Collect what is a total in each direction of each table, wherever it is declared."""
    found: dict[tuple[Pointer, Direction, tuple[str, ...]], set[Pointer]] = {}
    for declared, level, scope in placed:
        table = form.nearest(level, Role.TABLE)
        key = (table.pointer if table else level, scope.direction, _line(scope))
        try:
            found.setdefault(key, set()).update(declared.parsed.targets(scope))
        except SchemaError as error:
            raise _named(error, declared.rule) from error
    return found
