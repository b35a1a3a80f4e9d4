"""Localisation against a judge that tries every figure, and invariants on the real table 3.

The judge shares no code with the search: it takes sets of cells in turn and puts every figure
into all but one of them; the last one follows from an equation or is tried too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from random import Random

from hypothesis import example, given, settings
from hypothesis import strategies as st

from disclosure_tui.model.pointer import ROOT, Pointer
from disclosure_tui.rules.localisation import Domain, Equation, Localisation, Status, localise
from planted import SYSTEM, equations, localised, plant, right_table, single_equivalents

GREATEST = 14
"""Greatest figure of the small tables, so that all can be tried."""

Terms = Mapping[Pointer, int]
Figures = Mapping[Pointer, int]


def small_equations() -> list[dict[Pointer, int]]:
    """Return the sums of a table of two rows and two columns with totals, and a balance."""
    found = [
        {cell(row, "a"): 1, cell(row, "b"): 1, cell(row, "t"): -1} for row in ("one", "two", "all")
    ]
    found += [
        {cell("one", column): 1, cell("two", column): 1, cell("all", column): -1}
        for column in "abt"
    ]
    found.append({cell("all", "t"): 1, cell("in", "t"): -1, cell("out", "t"): -1})
    return found


def cell(row: str, column: str) -> Pointer:
    return Pointer.of(row, column)


SMALL = small_equations()
CELLS = tuple(dict.fromkeys(place for terms in SMALL for place in terms))
DOMAINS = dict.fromkeys(CELLS, Domain(0, GREATEST))


def broken(sums: Sequence[Terms], figures: Figures) -> bool:
    return any(sum(factor * figures[key] for key, factor in terms.items()) for terms in sums)


def possible(sums: Sequence[Terms], figures: Figures, chosen: tuple[Pointer, ...]) -> bool:
    """Tell whether some figures in the chosen cells satisfy everything."""
    if any(not 0 <= figures[place] <= GREATEST for place in figures if place not in chosen):
        return False
    *others, last = chosen
    touched = [terms for terms in sums if any(place in terms for place in chosen)]
    if broken([terms for terms in sums if terms not in touched], figures):
        return False
    holding = next((terms for terms in touched if last in terms), None)
    for tried in product(range(GREATEST + 1), repeat=len(others)):
        changed = {**figures, **dict(zip(others, tried, strict=True)), last: 0}
        if holding is None:
            candidates: Sequence[int] = (0,)
        else:
            rest = sum(factor * changed[key] for key, factor in holding.items())
            candidates = (-rest * holding[last],)
        for value in candidates:
            if 0 <= value <= GREATEST and not broken(touched, {**changed, last: value}):
                return True
    return False


def judged(figures: Figures, most: int) -> set[frozenset[Pointer]]:
    """Return the smallest sets of cells that can make the table right."""
    for size in range(1, most + 1):
        found = {
            frozenset(chosen)
            for chosen in combinations(CELLS, size)
            if possible(SMALL, figures, chosen)
        }
        if found:
            return found
    return set()


def search(figures: Figures, most: int = 3) -> Localisation:
    declared = [Equation(terms, 0, ("R", ROOT, str(at))) for at, terms in enumerate(SMALL)]
    return localise(declared, figures, domains=DOMAINS, most_cells=most)


def small_table(parts: Sequence[int]) -> dict[Pointer, int]:
    one_a, one_b, two_a, two_b, coming = parts
    figures = {
        cell("one", "a"): one_a,
        cell("one", "b"): one_b,
        cell("two", "a"): two_a,
        cell("two", "b"): two_b,
    }
    for row in ("one", "two"):
        figures[cell(row, "t")] = figures[cell(row, "a")] + figures[cell(row, "b")]
    for column in "abt":
        figures[cell("all", column)] = figures[cell("one", column)] + figures[cell("two", column)]
    everything = figures[cell("all", "t")]
    figures[cell("in", "t")] = min(coming, everything)
    figures[cell("out", "t")] = everything - figures[cell("in", "t")]
    return {place: figures[place] for place in CELLS}


tables = st.lists(st.integers(0, 3), min_size=5, max_size=5).map(small_table)
errors = st.dictionaries(st.sampled_from(CELLS), st.integers(-2, GREATEST + 1), max_size=3)


@settings(max_examples=40, deadline=None)
@given(tables, errors)
@example(small_table([1, 0, 0, 1, 2]), {cell("one", "a"): -1, cell("one", "t"): -1})
@example(small_table([1, 0, 0, 1, 2]), {cell("one", "a"): -1})
@example(small_table([1, 0, 0, 1, 2]), {cell("one", "a"): 2, cell("one", "b"): -1})
def test_the_smallest_sets_are_those_of_a_judge_that_tries_everything(
    right: dict[Pointer, int], wrong: dict[Pointer, int]
) -> None:
    figures = {**right, **wrong}
    found = search(figures, 2)
    sound = not broken(SMALL, figures) and all(0 <= v <= GREATEST for v in figures.values())
    expected = judged(figures, 2)
    if sound:
        assert found.causes == ()
        return
    (cause,) = found.causes
    assert {one.cells for one in cause.explanations} == expected
    assert cause.status is (Status.FOUND if expected else Status.NONE)


@settings(max_examples=60, deadline=None)
@given(tables, errors)
def test_what_an_explanation_names_makes_everything_right(
    right: dict[Pointer, int], wrong: dict[Pointer, int]
) -> None:
    figures = {**right, **wrong}
    for cause in search(figures).causes:
        for one in cause.explanations:
            assert len(one.changes) <= max(1, len(wrong))
            if all(isinstance(change.new, int) for change in one.changes):
                news = {change.pointer: int(change.new or 0) for change in one.changes}
                assert not broken(SMALL, {**figures, **news})
                assert all(0 <= new <= GREATEST for new in news.values())
                assert all(figures[place] != new for place, new in news.items())


seeds = st.integers(0, 2**32)
scales = st.sampled_from([8, 60, 600, 6_000])


@settings(max_examples=40, deadline=None)
@given(seeds, scales)
def test_one_wrong_cell_is_found_with_its_figure(seed: int, scale: int) -> None:
    random = Random(seed)
    table = right_table(random, scale)
    ((wrong, typed),) = plant(random, table, 1).items()
    (cause,) = localised({**table, wrong: typed}).causes
    assert cause.single is not None
    assert (cause.single.pointer, cause.single.new) == (wrong, table[wrong])


@settings(max_examples=40, deadline=None)
@given(seeds, scales, st.integers(2, 5))
def test_a_single_cell_is_offered_only_where_it_makes_everything_right(
    seed: int, scale: int, number: int
) -> None:
    random = Random(seed)
    table = right_table(random, scale)
    figures = {**table, **plant(random, table, number)}
    offered = [
        (cause.single.pointer, cause.single.new)
        for cause in localised(figures).causes
        if cause.single is not None
    ]
    equivalents = single_equivalents(figures)
    assert offered == (equivalents if len(equivalents) == 1 else [])


@settings(max_examples=25, deadline=None)
@given(seeds, scales, st.integers(1, 3))
def test_the_same_figures_give_the_same_answer(seed: int, scale: int, number: int) -> None:
    random = Random(seed)
    table = right_table(random, scale)
    figures = {**table, **plant(random, table, number)}
    assert localised(figures) == localised(figures)


@settings(max_examples=40, deadline=None)
@given(seeds, scales, st.integers(1, 12))
def test_blanks_are_deduced_as_they_were(seed: int, scale: int, number: int) -> None:
    random = Random(seed)
    table = right_table(random, scale)
    blanks = dict.fromkeys(random.sample(list(table), number))
    found = localised({**table, **blanks})
    assert found.causes == ()
    for item in found.deductions:
        assert item.pointer in blanks
        assert item.value == table[item.pointer]


def test_the_equations_of_the_form_are_those_printed() -> None:
    def terms() -> Iterator[frozenset[tuple[Pointer, int]]]:
        for placed in SYSTEM.equations:
            terms_of = placed.equation.coefficients
            yield frozenset((key, int(factor)) for key, factor in terms_of.items())

    assert set(terms()) == {frozenset(item.items()) for item in equations()}
