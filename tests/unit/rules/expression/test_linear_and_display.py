"""The linear form, and the formula in printed labels."""

from __future__ import annotations

from decimal import Decimal

import pytest

from disclosure_tui.language import Text
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.expression import (
    Linear,
    Operand,
    Operator,
    Path,
    bind,
    display,
    linear,
    parse,
    write_path,
)
from disclosure_tui.rules.expression.syntax import AnyOne


def cell(name: str) -> Operand:
    return Operand(Pointer.of(name))


def resolve(path: Path) -> tuple[Operand, ...]:
    if any(isinstance(segment, AnyOne) for segment in path.segments):
        return tuple(map(cell, "pqr"))
    return (cell(write_path(path)),)


@pytest.mark.parametrize(
    ("text", "coefficients", "constant"),
    [
        ("a = b", {"a": 1, "b": -1}, 0),
        ("sum(*) = a", {"p": 1, "q": 1, "r": 1, "a": -1}, 0),
        ("a + b = c + 3", {"a": 1, "b": 1, "c": -1}, -3),
        ("-(a - 2 * b) = 5", {"a": -1, "b": 2}, -5),
        ("a + a = a", {"a": 1}, 0),
        ("a + b = b", {"a": 1}, 0),
        ("0 * a = 1", {}, -1),
        ("2 * (1 + 1) * (a + 1) = 0", {"a": 4}, 4),
        ("sum(2, -1) * a = sum(3)", {"a": 1}, -3),
        ("a * 0.5 = 1.5", {"a": Decimal("0.5")}, Decimal("-1.5")),
        ("sum(a, b + 1, 2) = 0", {"a": 1, "b": 1}, 3),
        ("2 * sum(*) = sum(p, q)", {"p": 1, "q": 1, "r": 2}, 0),
    ],
)
def test_linear_forms(
    text: str, coefficients: dict[str, int | Decimal], constant: int | Decimal
) -> None:
    expected = {cell(name): factor for name, factor in coefficients.items()}
    assert linear(bind(parse(text), resolve)) == Linear(expected, Operator.EQUAL, constant)


@pytest.mark.parametrize(
    "text",
    [
        "if a = 1 then a = b",
        "a = b and b = c",
        "abs(a) = 1",
        "max(a, b) = 1",
        "count(*) = 1",
        "round(a, 0) = 1",
        "a = 'x'",
        "abs(2) * a = 1",
        "present(a)",
    ],
)
def test_what_is_not_linear_has_no_linear_form(text: str) -> None:
    assert linear(bind(parse(text), resolve)) is None


LABELS = {
    "new": "一、新收",
    "carried_in": "二、上年结转",
    "results.total": "（七）总计",
    "carried_forward": "四、结转下年",
}


def label(path: Path) -> str:
    return LABELS.get(write_path(path), write_path(path))


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        (
            "new + carried_in = results.total + carried_forward",
            "一、新收 + 二、上年结转 = （七）总计 + 四、结转下年",
            "一、新收 + 二、上年结转 = （七）总计 + 四、结转下年",
        ),
        ("if a != 0 then b >= 0.50", "若 a 不等于 0，则 b 不小于 0.50", "if a != 0 then b >= 0.50"),
        ("not (a = 1 or b = 1)", "非 （a = 1 或 b = 1）", "not (a = 1 or b = 1)"),
        ("a = 1 and b <= 2 * c", "a = 1 且 b 不大于 2 * c", "a = 1 and b <= 2 * c"),
        ("sum(a.*, b) = abs(-c)", "合计（a.*，b） = 绝对值（-c）", "sum(a.*, b) = abs(-c)"),
        ("a - (b - c) = -(d + 1)", "a - （b - c） = -（d + 1）", "a - (b - c) = -(d + 1)"),
        ("contains(a, '报告')", "含有文字（a，【报告】）", "contains(a, '报告')"),
        ("present(a)", "已填（a）", "present(a)"),
        ("a = 0.0000001", "a = 0.0000001", "a = 0.0000001"),
        (
            "round(min(a, 1), 2) = length(b)",
            "四舍五入（最小值（a，1），2） = 字数（b）",
            "round(min(a, 1), 2) = length(b)",
        ),
    ],
)
def test_display(text: str, zh: str, en: str) -> None:
    assert display(parse(text), label) == Text(zh, en)


def test_a_label_may_differ_between_the_languages() -> None:
    shown = display(parse("a = 1"), lambda _: Text("新收", "New"))
    assert shown == Text("新收 = 1", "New = 1")
