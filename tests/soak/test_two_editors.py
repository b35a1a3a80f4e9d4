"""Two sessions on one file, edits on both sides, saves in between: nothing is lost unasked.

What has to come out is worked out here from the bytes alone, by another YAML library and by the
sums that the printed form has. `DISCLOSURE_SOAK=1` runs all trials and writes the result to
docs/evidence/two-editors.md; otherwise a tenth is run. `DISCLOSURE_SEED` repeats a run.
"""

from __future__ import annotations

import os
import random
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from disclosure_tui.model.pointer import ROOT, Pointer
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.schema.catalog import Catalog
from disclosure_tui.session import Choice, Session, Unsettled
from disclosure_tui.store.person import Person
from seeds import seed as chosen_seed
from soak.independent_reader import independent_data

PROJECT = Path(__file__).parents[2]
SAMPLE = PROJECT / "samples/complete/sqs-2023.yaml"
EVIDENCE = PROJECT / "docs/evidence/two-editors.md"
FULL = os.environ.get("DISCLOSURE_SOAK") == "1"
TRIALS = 200 if FULL else 20
STEPS = 30
TYPES = ReportTypes(Catalog.of())
PROSE = [Pointer.of(key) for key in ("preamble", "overview", "problems", "other_matters")]
WORDS = ("本年度共收到申请", "件。\n", "  主动公开", "信息：", "条\n\n", "# 不是注释", "其中")

HEAD = """# Two sessions on one file

Written by `make soak` (`tests/soak/test_two_editors.py`).

"""
Leaves = dict[Pointer, Any]
RESULTS = Pointer.of("requests", "results")


def leaves_of(content: bytes) -> Leaves:
    """Return every value of a file that is not blank, as another library reads it."""
    return dict(_leaves(ROOT, independent_data(content.decode("utf-8-sig"))))


def _leaves(at: Pointer, value: Any) -> Iterator[tuple[Pointer, Any]]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _leaves(at / key.partition(" ")[2], part)
    elif value is not None:
        yield at, value


class Sums:
    """The totals that the printed form has: of every row, and of the results in table three."""

    def __init__(self, rows: dict[Pointer, list[str]]) -> None:
        self.of: dict[Pointer, list[list[Pointer]]] = {}
        above = RESULTS / "total"
        inner = [row for row in rows if row.starts_with(RESULTS) and row != above]
        for row, cells in rows.items():
            self.of[row / "total"] = [[row / cell for cell in cells if cell != "total"]]
        for cell in rows[above]:
            column = [row / cell for row in inner]
            self.of.setdefault(above / cell, []).append(column)
        # Each behind those that it is made of.
        last = [above / cell for cell in rows[above] if cell != "total"] + [above / "total"]
        self.order = [total for total in self.of if total not in last] + last

    def follows(self, total: Pointer, values: Leaves) -> bool:
        """Tell whether a total is blank or what all its parts say."""
        return total not in values or all(
            self.sum(parts, values) == values[total] for parts in self.of[total]
        )

    def is_cleared(self, total: Pointer, values: Leaves, base: Leaves) -> bool:
        """Tell whether somebody cleared a total whose sum is known."""
        known = {self.sum(parts, values) for parts in self.of[total]}
        return total not in values and total in base and known != {None} and len(known) == 1

    @staticmethod
    def sum(parts: list[Pointer], values: Leaves) -> int | None:
        figures = [values.get(part) for part in parts]
        if any(type(figure) is not int for figure in figures):
            return None
        return sum(figures)  # type: ignore[arg-type]


class Somebody:
    """One of the two: edits at random, and knows what the file held when they last saved."""

    def __init__(self, path: Path, name: str, chance: random.Random, rows: list[Pointer]) -> None:
        self.session = Session.open(path, TYPES, person=Person(name, name))
        self.session.edit_anyway()
        self.chance = chance
        self.rows = rows
        self.base = path.read_bytes()

    def edit(self) -> None:
        """Do one thing of those that a person does."""
        act = self.chance.choices(
            [self.cell, self.typed_total, self.prose, self.note, self.listed, self.undo, self.redo],
            [20, 2, 4, 3, 2, 4, 1],
        )[0]
        act()

    def cell(self) -> None:
        row = self.chance.choice(self.rows)
        cells = [key for key in self.session.report.value_at(row) if key != "total"]
        self.session.set_value(row / self.chance.choice(cells), self.chance.choice([0, 1, 7, None]))

    def typed_total(self) -> None:
        row = self.chance.choice(self.rows)
        self.session.set_value(row / "total", self.chance.choice([3, 4]))

    def prose(self) -> None:
        text = "".join(self.chance.choices(WORDS, k=self.chance.randint(1, 6)))
        self.session.set_text(self.chance.choice(PROSE), text)

    def note(self) -> None:
        key = str(self.chance.choice(self.rows[:3]) / "total")
        value = self.chance.choice(["其中修订16件", "口径调整", None])
        self.session.set_value(Pointer.of("notes", key), value)

    def listed(self) -> None:
        pointer = Pointer.of("explanations")
        old = self.session.report.value_at(pointer) or []
        entry = {"rule": "T3-BAL", "text": self.chance.choice(WORDS).strip()}
        self.session.set_value(pointer, [*old, entry])

    def undo(self) -> None:
        self.session.undo()

    def redo(self) -> None:
        self.session.redo()


class Trial:
    """One file, two people."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.path = folder / "report.yaml"
        # With a note to begin with: taking the first note back would take the group away, and a
        # group that one removed and the other changed is asked as a whole.
        note = "notes:\n  /requests/new/other: 原有的注\n"
        self.path.write_text(SAMPLE.read_text("utf-8") + note, "utf-8")
        data = Session.open(self.path, TYPES).report
        rows = {
            p.parent: list(data.value_at(p.parent)) for p, _ in data.leaves() if p.key == "total"
        }
        self.sums = Sums(rows)
        # Few rows for both, so that they often meet.
        some = self.chance.sample(list(rows), self.chance.randint(3, 12))
        self.people = [Somebody(self.path, name, self.chance, some) for name in ("张某", "李某")]
        self.marks: list[str] = []
        self.counts: Counter[str] = Counter()

    def run(self) -> Counter[str]:
        for _ in range(STEPS):
            person = self.chance.choice(self.people)
            kind = self.chance.choices(["edit", "save", "comment"], [12, 4, 1])[0]
            if kind == "edit":
                person.edit()
            elif kind == "save":
                self.save(person)
            else:
                self.comment()
        for person in self.people:
            self.save(person)
            person.session.close()
        text = self.path.read_text("utf-8")
        assert all(mark in text for mark in self.marks)
        assert {one.name for one in self.path.parent.iterdir()} == {".history", self.path.name}
        return self.counts

    def comment(self) -> None:
        """Somebody writes a comment into the file with a text editor."""
        lines = self.path.read_text("utf-8").split("\n")
        places = [n for n, line in enumerate(lines) if ": {" in line and "}  # " in line]
        number = self.chance.choice(places)
        self.marks.append(f"改注{len(self.marks)}号")
        lines[number] += f" {self.marks[-1]}"
        self.path.write_text("\n".join(lines), "utf-8")

    def save(self, person: Somebody) -> None:
        """Save, and compare with what has to come out."""
        session = person.session
        mine, disk = session.document.encode(), self.path.read_bytes()
        base, own, other = (leaves_of(content) for content in (person.base, mine, disk))
        computed = self.computed(base, own, other)
        expected = self.conflicts(base, own, other) - computed
        if not session.unsaved:
            assert session.save() is None
            assert self.path.read_bytes() == disk
            return
        choices: dict[Pointer, Choice] = {}
        if disk == person.base:
            session.save()
            assert self.path.read_bytes() == mine
        else:
            choices = self.merged_save(session, expected)
            found = leaves_of(self.path.read_bytes())
            wanted = self.wanted((base, own, other), choices, computed)
            assert found == wanted, _unlike(found, wanted)
            self.counts["merged"] += 1
        assert session.unsaved == 0
        person.base = self.path.read_bytes()
        assert session.document.encode() == person.base
        self.counts["saves"] += 1
        self.counts["conflicts"] += len(choices)

    def merged_save(self, session: Session, expected: set[Pointer]) -> dict[Pointer, Choice]:
        disk = self.path.read_bytes()
        try:
            session.save()
        except Unsettled as question:
            asked = {conflict.pointer for conflict in question.merging.conflicts}
            assert asked == expected
            assert self.path.read_bytes() == disk
            choices = {place: self.chance.choice(list(Choice)) for place in asked}
            session.settle(question.merging, choices)
            after = session.document.encode()
            if session.undo() is not None:
                assert session.document.encode() == disk
                session.redo()
                assert session.document.encode() == after
            session.save()
            return choices
        assert not expected
        return {}

    def computed(self, base: Leaves, own: Leaves, other: Leaves) -> set[Pointer]:
        """Return the totals that are what their parts say on both sides."""
        return {
            total
            for total in self.sums.of
            if all(
                self.sums.follows(total, side) and not self.sums.is_cleared(total, side, base)
                for side in (own, other)
            )
        }

    @staticmethod
    def conflicts(base: Leaves, own: Leaves, other: Leaves) -> set[Pointer]:
        return {
            place
            for place in {*base, *own, *other}
            if own.get(place) != base.get(place) != other.get(place)
            and own.get(place) != other.get(place)
        }

    def wanted(
        self,
        sides: tuple[Leaves, Leaves, Leaves],
        choices: dict[Pointer, Choice],
        computed: set[Pointer],
    ) -> Leaves:
        """Return what the file has to hold afterwards."""
        base, own, other = sides
        from_ = {Choice.MINE: own, Choice.THEIRS: other, Choice.BASE: base}
        result: Leaves = {}
        for place in {*base, *own, *other}:
            side = own if own.get(place) != base.get(place) else other
            value = (from_[choices[place]] if place in choices else side).get(place)
            if value is not None:
                result[place] = value
        for total in self.sums.order:
            is_own = own.get(total) != base.get(total) and own.get(total) != other.get(total)
            if is_own and total not in computed:
                continue  # a person changed it, or was asked
            self.follow(total, other, result)
        return result

    def follow(self, total: Pointer, other: Leaves, result: Leaves) -> None:
        """Put in what a total that nobody typed has to be: theirs, or the sum where it follows."""
        result.pop(total, None)
        value = other.get(total)
        parts = {part for direction in self.sums.of[total] for part in direction}
        if self.sums.follows(total, other) and any(
            result.get(part) != other.get(part) for part in parts
        ):
            results = {self.sums.sum(direction, result) for direction in self.sums.of[total]}
            value = results.pop() if len(results) == 1 else value
        if value is not None:
            result[total] = value


def _unlike(found: Leaves, wanted: Leaves) -> dict[str, tuple[Any, Any]]:
    return {
        str(place): (found.get(place), wanted.get(place))
        for place in {*found, *wanted}
        if found.get(place) != wanted.get(place)
    }


@pytest.mark.slow
def test_two_editors_in_a_few_trials(tmp_path: Path) -> None:
    assert _trials(tmp_path, 20260112, 3)["saves"] > 3


@pytest.mark.soak
def test_two_editors_lose_nothing(tmp_path: Path) -> None:
    seed = chosen_seed()
    sys.stdout.write(f"seed {seed}\n")
    counts = _trials(tmp_path, seed, TRIALS)
    told = (
        f"{date.today().isoformat()}, seed {seed}: {TRIALS} trials of two sessions on one file, "
        f"{counts['saves']} saves, {counts['merged']} of them onto what the other had saved, "
        f"{counts['conflicts']} cells asked. Every set of conflicts was the one expected, no "
        "update was lost, and every comment of the other side stayed.\n"
    )
    sys.stdout.write(told)
    assert counts["merged"] > TRIALS
    assert counts["conflicts"] > 0
    if FULL:
        EVIDENCE.write_text(HEAD + told, encoding="utf-8")


def _trials(folder: Path, seed: int, count: int) -> Counter[str]:
    counts: Counter[str] = Counter()
    for number in range(count):
        place = folder / str(number)
        place.mkdir()
        try:
            counts += Trial(place, seed + number).run()
        except Exception as error:
            error.add_note(f"trial with seed {seed + number}")
            raise
    return counts
