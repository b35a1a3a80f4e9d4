"""What an expression can come to at all."""

from __future__ import annotations

import pytest

from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.expression import Domain, Operand, Path, bind, parse, possible

COUNT = Domain(0, integral=True)
DOMAINS = {
    "n": COUNT,
    "m": COUNT,
    "share": Domain(0, 100),
    "signed": Domain(),
    "level": Domain(texts=("county", "town"), figures=False),
    "text": Domain(figures=False),
    "coded": Domain(0, coded=True),
}


def resolve(path: Path) -> tuple[Operand, ...]:
    keys = [getattr(segment, "key", "*") for segment in path.segments]
    if keys == ["*"]:
        return (Operand(Pointer.of("n")), Operand(Pointer.of("m")))
    return (Operand(Pointer(keys), path.origin.is_prior),)


def reached(text: str) -> set[bool]:
    return set(possible(bind(parse(text), resolve), lambda operand: DOMAINS[operand.pointer.key]))


@pytest.mark.parametrize(
    "text",
    [
        "n < 0",
        "n > 5 and n < 3",
        "n > 5 and n < 6",
        "n = 1 and n = 2",
        "n != n",
        "n + m < 0",
        "sum(*) < 0",
        "2 * n + 1 < 1",
        "share > 100",
        "share >= 50 and share < 40",
        "abs(signed) < 0",
        "level = 'country'",
        "level = 'town' and level = 'county'",
        "not (level = 'town' or level = 'county')",
        "text = 'a' and text = 'b'",
        "text = 'a' and text != 'a'",
        "present(text) and not present(text)",
        "n - n > 0",
        "contains(level, 'city')",
        "prior.n < 0",
        "if n >= 0 then m < 0",
    ],
)
def test_it_can_never_hold(text: str) -> None:
    assert reached(text) == {False}


@pytest.mark.parametrize(
    "text",
    [
        "n >= 0",
        "n > 5 or n < 6",
        "n = n",
        "share <= 100",
        "level = 'town' or level = 'county'",
        "if level = 'city' then n = 3",
        "text = 'a' or text != 'a'",
        "present(n) or not present(n)",
        "sum(*) >= 0",
        "count(*) = 2",
    ],
)
def test_it_always_holds(text: str) -> None:
    assert reached(text) == {True}


@pytest.mark.parametrize(
    "text",
    [
        "n = m",
        "n > 5 and n < 7",
        "share > 5 and share < 6",
        "signed < 0",
        "level = 'town'",
        "text = 'a'",
        "contains(text, 'a') and not contains(text, 'b')",
        "length(text) > 3",
        "present(n)",
        "coded < 0",
        "round(share, 0) = 50",
        "n != prior.n",
        # Not proven: it would take comparing two cells with each other.
        "n < m and m < n",
    ],
)
def test_either_is_possible(text: str) -> None:
    assert reached(text) == {True, False}
