"""What the search takes from a form."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.expression import Coded, Meaning, Missing, Operand, Value
from disclosure_tui.rules.localisation import EquationSystem, Localisation, system_of
from planted import CARRIED_IN, FORM, LOADED, SYSTEM
from tiny import checker, figure, row, schema, table
from unit.rules.localisation.equations import GRANTED, PERSON, right


def test_equations_of_the_form() -> None:
    found = system_of(FORM, LOADED.checker.instances(FORM))
    rules = [placed.equation.identity[0] for placed in found.equations]
    assert {rule: rules.count(rule) for rule in set(rules)} == {
        "T3-ROW": 25,
        "T3-COL": 7,
        "T3-BAL": 7,
        "T4-SUM": 3,
    }


def test_equations_under_a_condition_hold_only_where_it_does() -> None:
    rules = [
        {"id": "R", "when": "one.a > 5", "check": "one.a = one.b", "severity": "error"},
        {"id": "Q", "check": "one.a = one.b", "severity": "query"},
        {"id": "P", "check": "one.a = prior.one.a", "severity": "error"},
        {"id": "D", "check": "one.a >= one.b", "severity": "error"},
    ]
    system = _tiny(rules)
    assert [placed.equation.identity[0] for placed in system.equations] == ["R", "P"]
    one = Pointer.of("main", "one")
    for first, causes in ((6, 1), (4, 0)):
        found = system.localise(_reader({one / "a": first, one / "b": 3}))
        assert len(found.causes) == causes


def test_last_years_figures_are_never_wrong() -> None:
    rule = {"id": "P", "check": "one.a = prior.one.b + 1", "severity": "error"}
    one = Pointer.of("main", "one")
    last_year: dict[Operand, Value] = {Operand(one / "b", prior=True): 6}

    def read(operand: Operand) -> Value:
        return last_year[operand] if operand.prior else 3

    system = _tiny([rule])
    (cause,) = system.localise(read).causes
    assert cause.single is not None
    assert (cause.single.pointer, cause.single.new) == (one / "a", 7)
    last_year = dict.fromkeys(last_year, Missing.NO_PRIOR)
    assert system.localise(read) == Localisation()


def test_an_explanation_breaks_no_other_rule() -> None:
    equal = {"id": "R", "check": "one.a = one.b", "severity": "error"}
    most = {"id": "D", "check": "one.a <= 5", "severity": "error"}
    one = Pointer.of("main", "one")
    read = _reader({one / "a": 3, one / "b": 8})
    (cause,) = _tiny([equal]).localise(read).causes
    assert [change.changes[0].new for change in cause.explanations] == [8, 3]
    (cause,) = _tiny([equal, most]).localise(read).causes
    assert cause.single is not None
    assert (cause.single.pointer, cause.single.new) == (one / "b", 3)


def test_a_rule_that_fails_anyway_excludes_nothing() -> None:
    equal = {"id": "R", "check": "one.a = one.b", "severity": "error"}
    least = {"id": "D", "check": "one.a >= 50", "severity": "error"}
    one = Pointer.of("main", "one")
    (cause,) = _tiny([equal, least]).localise(_reader({one / "a": 3, one / "b": 8})).causes
    assert len(cause.explanations) == 2


def test_a_cell_that_agrees_with_last_year_is_believed_more() -> None:
    equal = {"id": "R", "check": "one.a = one.b", "severity": "error"}
    one = Pointer.of("main", "one")
    for name in "ab":
        carried = {"id": "X", "check": f"one.{name} = prior.one.{name}", "severity": "query"}
        read = _reader({one / "a": 300, one / "b": 800})
        (cause,) = _tiny([equal, carried]).localise(read).causes
        assert cause.explanations[0].changes[0].pointer.key == {"a": "b", "b": "a"}[name]


def _tiny(rules: list[dict[str, Any]]) -> EquationSystem:
    cells = {name: figure(name, minimum=0) for name in "ab"}
    main = table("表", {"one": row(cells)}, **{"x-rules": rules})
    found = checker(schema({"main": main}))
    return system_of(found.form, found.instances(found.form))


def _reader(figures: Mapping[Pointer, Value]) -> Any:
    return lambda operand: figures[operand.pointer]


def test_codes_are_neither_wrong_nor_deduced() -> None:
    figures: dict[Pointer, Value] = {
        pointer: Missing.BLANK if value is None else value for pointer, value in right().items()
    }
    figures[GRANTED / PERSON] = Coded("不详", Meaning.UNKNOWN)
    assert SYSTEM.localise(_reader(figures)) == Localisation()


def test_hostile_figures_are_left_alone() -> None:
    figures: dict[Pointer, Value] = dict(right())  # type: ignore[arg-type]
    for hostile in (10**5000, Decimal("1e999999"), Decimal("NaN")):
        figures[GRANTED / PERSON] = hostile
        assert SYSTEM.localise(_reader(figures)) == Localisation()


def test_without_last_year_nothing_is_believed_more() -> None:
    assert SYSTEM.carried
    figures = right()
    figures[CARRIED_IN / PERSON] = 9999 + (figures[CARRIED_IN / PERSON] or 0)
    weighed = {}
    for prior in (Missing.NO_PRIOR, figures[CARRIED_IN / PERSON]):

        def read(operand: Operand, prior: Any = prior) -> Any:
            return prior if operand.prior else figures[operand.pointer]

        (cause,) = SYSTEM.localise(read).causes
        weighed[prior] = cause.explanations[0].cost
    without, agreeing = weighed.values()
    assert without < agreeing
