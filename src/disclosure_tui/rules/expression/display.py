"""Writes an expression in printed labels, for people who do not know the dialect."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from disclosure_tui.language import Language, Text
from disclosure_tui.rules.expression.syntax import (
    Addition,
    And,
    Call,
    Compare,
    Figure,
    Function,
    IfThen,
    Literal,
    Negate,
    Node,
    Not,
    Number,
    Operator,
    Or,
    Path,
    Product,
)

__all__ = ["Label", "display"]

Label = Callable[[Path], str | Text]
"""Gives the printed label of what a path names."""

_CHINESE_NAMES = {
    Function.SUM: "合计",
    Function.COUNT: "个数",
    Function.LEAST: "最小值",
    Function.GREATEST: "最大值",
    Function.MAGNITUDE: "绝对值",
    Function.ROUND: "四舍五入",
    Function.PRESENT: "已填",
    Function.LENGTH: "字数",
    Function.CONTAINS: "含有文字",
}
_CHINESE_OPERATORS = {
    Operator.UNEQUAL: "不等于",
    Operator.AT_MOST: "不大于",
    Operator.AT_LEAST: "不小于",
}
_CHINESE_WORDS = {
    "if": "若 ",
    "then": "，则 ",
    "and": " 且 ",
    "or": " 或 ",
    "not": "非 ",
    "times": " * ",
    "comma": "，",
    "opening": "（",
    "closing": "）",
}
_ENGLISH_WORDS = {
    "if": "if ",
    "then": " then ",
    "and": " and ",
    "or": " or ",
    "not": "not ",
    "times": " * ",
    "comma": ", ",
    "opening": "(",
    "closing": ")",
}
_LEVELS: dict[type, int] = {
    IfThen: 0,
    Or: 1,
    And: 2,
    Not: 3,
    Compare: 4,
    Addition: 5,
    Product: 6,
    Negate: 7,
}
"""How tightly a node holds its parts together; whatever is not named needs no brackets."""
_TIGHTEST = 8


def display(node: Node, label: Label) -> Text:
    """Return the formula with labels in place of paths, in words of both languages.

    The English one is the dialect itself except for the labels.
    """
    return Text(
        _Writer(Language.CHINESE, label).write(node), _Writer(Language.ENGLISH, label).write(node)
    )


class _Writer:
    """Writes nodes in one language."""

    def __init__(self, language: Language, label: Label) -> None:
        self._language = language
        self._chinese = language is Language.CHINESE
        self._words = _CHINESE_WORDS if self._chinese else _ENGLISH_WORDS
        self._label = label

    def write(self, node: Node, level: int = 0) -> str:
        """Write a node, in brackets if it holds together less tightly than its surroundings."""
        written = self._bare(node)
        if _LEVELS.get(type(node), _TIGHTEST) >= level:
            return written
        return self._bracketed(written)

    def _bracketed(self, text: str) -> str:
        return f"{self._words['opening']}{text}{self._words['closing']}"

    def _bare(self, node: Node) -> str:  # noqa: C901 - one line per kind of node
        words = self._words
        match node:
            case Number(value=value):
                return _figure(value)
            case Literal(text=text):
                return f"【{text}】" if self._chinese else f"'{text}'"
            case Path():
                label = self._label(node)
                return label.in_(self._language) if isinstance(label, Text) else label
            case Negate(operand=operand):
                return f"-{self.write(operand, _TIGHTEST)}"
            case Addition():
                return self._addition(node)
            case Product(factors=factors):
                return words["times"].join(self.write(part, 7) for part in factors)
            case Compare(operator=operator, left=left, right=right):
                sign = _CHINESE_OPERATORS.get(operator) if self._chinese else None
                return f"{self.write(left, 5)} {sign or operator.value} {self.write(right, 5)}"
            case Not(operand=operand):
                return words["not"] + self.write(operand, 4)
            case And(parts=parts):
                return words["and"].join(self.write(part, 3) for part in parts)
            case Or(parts=parts):
                return words["or"].join(self.write(part, 2) for part in parts)
            case IfThen(condition=condition, conclusion=conclusion):
                return (
                    words["if"]
                    + self.write(condition, 1)
                    + words["then"]
                    + self.write(conclusion, 1)
                )
            case Call(function=function, arguments=arguments):
                name = _CHINESE_NAMES[function] if self._chinese else function.value
                listed = words["comma"].join(self.write(part) for part in arguments)
                return name + self._bracketed(listed)

    def _addition(self, node: Addition) -> str:
        first, *rest = node.terms
        parts = [self.write(first.node, 6)]
        parts.extend(
            f" {'+' if term.sign > 0 else '-'} {self.write(term.node, 6)}" for term in rest
        )
        return "".join(parts)


def _figure(value: Figure) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)
