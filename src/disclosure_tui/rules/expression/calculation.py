"""Turns nodes into closures, once per rule instance, so that evaluating is only calling."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from disclosure_tui.rules.expression import arithmetic
from disclosure_tui.rules.expression.operand import Calculate, Judge, Operand, Read, Resolved
from disclosure_tui.rules.expression.syntax import (
    FOLDS,
    Addition,
    And,
    Call,
    Compare,
    Function,
    IfThen,
    Literal,
    Negate,
    Node,
    Not,
    Number,
    Or,
    Path,
    Product,
)
from disclosure_tui.rules.expression.terms import terms_of
from disclosure_tui.rules.expression.truth import (
    COMPARISONS,
    Truth,
    compare,
    compare_with_text,
    contains,
    opposite,
    present,
    weaker,
)
from disclosure_tui.rules.expression.values import Value

__all__ = ["calculation", "judgement"]

_FOLDERS: dict[Function, Callable[[Sequence[Value]], Value]] = {
    Function.SUM: arithmetic.total,
    Function.COUNT: arithmetic.count,
    Function.LEAST: arithmetic.least,
    Function.GREATEST: arithmetic.greatest,
}


def judgement(node: Node, resolved: Resolved) -> Judge:
    """Return the closure of a node that is true or false.

    Raises:
        TypeError: The node is a figure or a text; the parser lets none through.
    """
    match node:
        case Compare():
            return _comparison(node, resolved)
        case Not(operand=operand):
            inner = judgement(operand, resolved)
            return lambda read: opposite(inner(read))
        case And(parts=parts):
            return _joined([judgement(part, resolved) for part in parts], deciding=False)
        case Or(parts=parts):
            return _joined([judgement(part, resolved) for part in parts], deciding=True)
        case IfThen(condition=condition, conclusion=conclusion):
            # The same as (not condition) or conclusion, also where something is missing.
            denied = judgement(Not(condition), resolved)
            return _joined([denied, judgement(conclusion, resolved)], deciding=True)
        case Call(function=Function.PRESENT, arguments=arguments):
            calculate = calculation(arguments[0], resolved)
            return lambda read: present(calculate(read))
        case Call(function=Function.CONTAINS, arguments=(place, Literal(text=text))):
            calculate = calculation(place, resolved)
            return lambda read: contains(calculate(read), text)
        case _:
            raise TypeError(node)


def _joined(parts: Sequence[Judge], *, deciding: bool) -> Judge:
    """Join judgements of which one that is `deciding` decides (DIALECT 7)."""

    def judge(read: Read) -> Truth:
        truth: Truth = not deciding
        for part in parts:
            one = part(read)
            if one is deciding:
                return deciding
            truth = weaker(truth, one)
        return truth

    return judge


def _comparison(node: Compare, resolved: Resolved) -> Judge:
    left, right = calculation(node.left, resolved), calculation(node.right, resolved)
    operator = node.operator
    compare_whole = COMPARISONS[operator]
    literal = isinstance(node.left, Literal) or isinstance(node.right, Literal)
    compare_any = compare_with_text if literal else compare

    def judge(read: Read) -> Truth:
        first, second = left(read), right(read)
        if type(first) is int and type(second) is int:
            return compare_whole(first, second)
        return compare_any(operator, first, second)

    return judge


def calculation(node: Node, resolved: Resolved) -> Calculate:
    """Return the closure of a node that is a figure or a text.

    Raises:
        TypeError: The node is true or false; the parser lets none through.
    """
    match node:
        case Number(value=constant) | Literal(text=constant):
            return lambda _: constant
        case Path():
            (operand,) = resolved[node]
            return lambda read: read(operand)
        case Negate(operand=inner):
            positive = calculation(inner, resolved)
            return lambda read: arithmetic.negate(positive(read))
        case Addition(terms=terms):
            signed = [(term.sign, calculation(term.node, resolved)) for term in terms]
            return _with_fast_path(node, resolved, _addition(signed))
        case Product(factors=factors):
            parts = [calculation(factor, resolved) for factor in factors]
            return _with_fast_path(node, resolved, _product(parts))
        case Call():
            return _call(node, resolved)
        case _:
            raise TypeError(node)


def _addition(signed: Sequence[tuple[int, Calculate]]) -> Calculate:
    def calculate(read: Read) -> Value:
        return arithmetic.add(
            [part(read) if sign > 0 else arithmetic.negate(part(read)) for sign, part in signed]
        )

    return calculate


def _product(parts: Sequence[Calculate]) -> Calculate:
    def calculate(read: Read) -> Value:
        product: Value = 1
        for part in parts:
            product = arithmetic.multiply(product, part(read))
        return product

    return calculate


def _with_fast_path(node: Node, resolved: Resolved, careful: Calculate) -> Calculate:
    """Add whole numbers in one loop; begin again the careful way where anything else is met.

    Nearly every cell of nearly every report is a whole number.
    """
    weighted: list[tuple[int, Operand]] = []
    constant = 0
    for shape in terms_of(node, resolved) or ():
        if not isinstance(shape.coefficient, int) or not isinstance(shape.constant, int):
            return careful
        if shape.operand is None:
            constant += shape.sign * shape.constant
        else:
            weighted.append((shape.sign * shape.coefficient, shape.operand))
    if not weighted:
        return careful

    def calculate(read: Read) -> Value:
        result = constant
        for coefficient, operand in weighted:
            value = read(operand)
            if type(value) is not int:
                return careful(read)
            result += coefficient * value
        return result

    return calculate


def _call(node: Call, resolved: Resolved) -> Calculate:
    if node.function in FOLDS:
        return _fold(node, resolved)
    inner = calculation(node.arguments[0], resolved)
    match node:
        case Call(function=Function.MAGNITUDE):
            return lambda read: arithmetic.magnitude(inner(read))
        case Call(function=Function.LENGTH):
            return lambda read: arithmetic.length(inner(read))
        case Call(function=Function.ROUND, arguments=(_, Number(value=places))):
            return lambda read: arithmetic.rounded(inner(read), int(places))
        case _:
            raise TypeError(node)


def _fold(node: Call, resolved: Resolved) -> Calculate:
    operands: list[Operand] = []
    others: list[Calculate] = []
    for argument in node.arguments:
        if isinstance(argument, Path):
            operands.extend(resolved[argument])
        else:
            others.append(calculation(argument, resolved))
    fold = _FOLDERS[node.function]

    def careful(read: Read) -> Value:
        values = [read(operand) for operand in operands]
        values.extend(calculate(read) for calculate in others)
        return fold(values)

    if node.function is not Function.SUM or others or not operands:
        return careful

    def calculate(read: Read) -> Value:
        result = 0
        for operand in operands:
            value = read(operand)
            if type(value) is not int:
                return careful(read)
            result += value
        return result

    return calculate
