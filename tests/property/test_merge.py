"""Whatever two people do to a report, nothing of either is lost without being asked."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_tui.drafting import NewReport, draft_text
from disclosure_tui.language import Language
from disclosure_tui.model.edit import Edit, InsertValue, RemoveValue, SetValue, Transaction
from disclosure_tui.model.form import Role
from disclosure_tui.model.pointer import ROOT, Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.model.value import ABSENT, same_value
from disclosure_tui.report_type import load_report_type
from disclosure_tui.store.document import Document
from disclosure_tui.store.emit import flow
from disclosure_tui.store.merge import Choice, merge, resolve
from seeds import seed as chosen_seed

SCALARS = st.sampled_from([None, 0, 1, 2, "x", "y\nz", True])
KEYS = st.sampled_from(["a", "b", "c", "d"])
MAPS = st.recursive(
    st.dictionaries(KEYS, SCALARS | st.lists(SCALARS, max_size=2), max_size=4),
    lambda inner: st.dictionaries(KEYS, SCALARS | inner, max_size=4),
    max_leaves=12,
)
Changes = dict[Pointer, Any]

FULL = os.environ.get("DISCLOSURE_SOAK") == "1"
EVIDENCE = Path(__file__).parents[2] / "docs/evidence/merge-soak.md"
HEAD = (
    "# Two people change one report\n\nWritten by `make soak` (`tests/property/test_merge.py`).\n\n"
)


def _document(data: Mapping[str, Any]) -> Document:
    return Document.read(f"root: {flow(dict(data))}\n".encode())


def _at(data: Any, pointer: Pointer) -> Any:
    for key in pointer:
        data = data.get(key, ABSENT) if isinstance(data, dict) else ABSENT
    return data


def _leaves(data: Any, at: Pointer = ROOT) -> Changes:
    if not isinstance(data, dict) or not data:
        return {at: data}
    found: Changes = {}
    for key, value in data.items():
        found |= _leaves(value, at / key)
    return found


def _means(value: Any) -> Any:
    return None if value is ABSENT else value


def _same(one: Any, other: Any) -> bool:
    return same_value(_means(one), _means(other))


@settings(max_examples=150, deadline=None)
@given(MAPS, MAPS, MAPS)
def test_a_value_is_that_of_whoever_changed_it_or_is_asked(
    base: Any, mine: Any, theirs: Any
) -> None:
    b, m, t = _document(base), _document(mine), _document(theirs)
    merged = merge(b, m, t)
    asked = [conflict.pointer for conflict in merged.conflicts]
    assert sorted(asked) == sorted(conflict.pointer for conflict in merge(b, t, m).conflicts)
    after, change = t.apply(merged.transaction)
    after.verify(t, merged.transaction)
    assert after.revert(change).encode() == t.encode()
    for pointer in _leaves(b.data) | _leaves(m.data) | _leaves(t.data) | _leaves(after.data):
        was, own, other = (_at(side.data, pointer) for side in (b, m, t))
        if isinstance(was, dict) or isinstance(own, dict) or isinstance(other, dict):
            continue  # the leaves below, or the group as a whole, stand for it
        if any(pointer.starts_with(place) for place in asked) or _same(own, was):
            assert _same(_at(after.data, pointer), other)
        else:
            assert _same(other, was) or _same(other, own)
            assert _same(_at(after.data, pointer), own)


@settings(max_examples=100, deadline=None)
@given(MAPS, MAPS, MAPS)
def test_one_side_alone_is_taken_over_whole(base: Any, mine: Any, theirs: Any) -> None:
    b, m, t = _document(base), _document(mine), _document(theirs)
    assert not merge(b, b, t).transaction.edits
    for before, after in ((b, m), (t, m)):
        alone = merge(before, after, before)
        assert not alone.conflicts
        assert same_value(before.apply(alone.transaction)[0].data, after.data)
    merged = merge(b, m, t)
    every = {conflict.pointer for conflict in merged.conflicts}
    for choice, side in ((Choice.MINE, "mine"), (Choice.THEIRS, "theirs"), (Choice.BASE, "base")):
        transaction = resolve(merged, dict.fromkeys(every, choice))
        after, _ = t.apply(transaction)
        after.verify(t, transaction)
        for conflict in merged.conflicts:
            assert _same(_at(after.data, conflict.pointer), getattr(conflict, side))


LOADED = load_report_type("gov-info-annual/2021")
OFFICE = NewReport(2023, "示例局", "slj", "county_department")
TEXT = draft_text(LOADED.form, OFFICE, Language.CHINESE)
PROSE = [Pointer.of(key) for key in ("preamble", "overview", "problems", "other_matters")]
ROWS = [node.pointer for node in LOADED.form.nodes.values() if node.role is Role.ROW]
WORDS = ("本年度共收到申请", "件。\n", "  主动公开", "信息：", "条\n\n", "# 不是注释", "其中")


class Editor:
    """One of two people: makes edits at random and remembers what they come to."""

    def __init__(
        self, document: Document, random_: random.Random, rows: Sequence[Pointer] = ROWS
    ) -> None:
        self.random = random_
        self.rows = rows
        self.base = self.document = document
        self.changes: Changes = {}

    def edit(self) -> None:
        kind = self.random.choices(["cell", "prose", "note", "list", "row"], [10, 3, 2, 1, 1])[0]
        getattr(self, f"_{kind}")()

    def _cell(self) -> None:
        row = self.random.choice(self.rows)
        cells = Report(self.document.data).value_at(row)
        if cells:
            self._set(row / self.random.choice(list(cells)), self.random.choice([0, 1, 7, None]))

    def _prose(self) -> None:
        text = "".join(self.random.choices(WORDS, k=self.random.randint(1, 6)))
        self._set(self.random.choice(PROSE), text)

    def _note(self) -> None:
        key = str(self.random.choice(ROWS[:4]) / "total")
        note = self.random.choice(["其中修订16件", "口径调整", None])
        self._set(Pointer.of("notes", key), note)

    def _list(self) -> None:
        entry = {"rule": "T3-BAL", "text": self.random.choice(WORDS).strip()}
        old = Report(self.document.data).value_at(Pointer.of("explanations")) or []
        self._set(Pointer.of("explanations"), [*old, entry])

    def _row(self) -> None:
        row = self.random.choice(self.rows)
        if Report(self.document.data).has(row):
            self._apply(RemoveValue(row))
            self.changes = {p: v for p, v in self.changes.items() if not p.starts_with(row)}
            self.changes[row] = ABSENT

    def _set(self, pointer: Pointer, value: Any) -> None:
        report = Report(self.document.data)
        edit: Edit = SetValue(pointer, value)
        if not report.has(pointer):
            edit = InsertValue(pointer, value)
            if not report.has(pointer.parent):
                edit = InsertValue(pointer.parent, {pointer.key: value})
        self._apply(edit)
        self.changes[pointer] = value

    def _apply(self, edit: Edit) -> None:
        self.document, _ = self.document.apply(Transaction((edit,)))

    def own(self) -> Changes:
        """Return the places that differ from the base in the end, each with its value."""
        return {p: v for p, v in self.changes.items() if not _same(v, _at(self.base.data, p))}


def _with_other_comments(document: Document, random_: random.Random) -> tuple[Document, list[str]]:
    """Change comments as somebody in a text editor would; return also the new ones."""
    lines = document.text.split("\n")
    marks = []
    for number in random_.sample(range(len(lines)), 12):
        line = lines[number]
        if ": {" in line and "  # " in line:
            marks.append(f"改注{number}")
            indent = " " * (len(line) - len(line.lstrip()))
            above = f"{indent}# 上一行 {marks[-1]}\n" if random_.random() < 0.3 else ""
            lines[number] = f"{above}{line} {marks[-1]}"
    return Document.read("\n".join(lines).encode(), document.name), marks


def _expected_conflicts(mine: Changes, theirs: Changes) -> set[Pointer]:
    conflicts = set()
    for one in mine:
        for other in theirs:
            if one.starts_with(other) or other.starts_with(one):
                above = min(one, other, key=len)
                if not (one == other and _same(mine[one], theirs[other])):
                    conflicts.add(above)
    return conflicts


def _trial(seed: int) -> int:
    """Let two people edit, merge, compare with what each did; return the number of conflicts."""
    random_ = random.Random(seed)
    first = Editor(Document.read(TEXT.encode(), "report.yaml"), random_)
    for _ in range(20):
        first.edit()
    base = first.document
    # Few rows for both, so that they often meet.
    rows = random_.sample(ROWS, random_.randint(3, len(ROWS)))
    mine, theirs = Editor(base, random_, rows), Editor(base, random_, rows)
    for _ in range(random_.randint(1, 12)):
        mine.edit()
        theirs.edit()
    disk, marks = _with_other_comments(theirs.document, random_)
    merged = merge(base, mine.document, disk)
    expected = _expected_conflicts(mine.own(), theirs.own())
    assert {conflict.pointer for conflict in merged.conflicts} == expected
    choices = {place: random_.choice(list(Choice)) for place in expected}
    transaction = resolve(merged, choices)
    after, change = disk.apply(transaction)
    after.verify(disk, transaction)
    assert after.revert(change).encode() == disk.encode()
    sides = {Choice.MINE: mine.document, Choice.THEIRS: disk, Choice.BASE: base}
    asked = tuple(expected)
    for editor in (mine, theirs):
        for pointer, value in editor.own().items():
            if not any(pointer.starts_with(place) for place in asked):
                assert _same(_at(after.data, pointer), value), pointer
    for place, choice in choices.items():
        assert _same(_at(after.data, place), _at(sides[choice].data, place)), place
    touched = [*mine.own(), *theirs.own()]
    for pointer, value in _leaves(base.data).items():
        if not any(pointer.starts_with(one) or one.starts_with(pointer) for one in touched):
            assert _same(_at(after.data, pointer), value), pointer
    gone = [line for line in disk.text.split("\n") if line not in after.text]
    for mark in marks:
        # A comment goes only with the row that it stands behind.
        assert mark in after.text or any(mark in line for line in gone)
        if mark not in after.text:
            assert any(edit.pointer in ROWS for edit in transaction.edits)
    return len(expected)


def test_two_people_lose_nothing() -> None:
    assert sum(_trial(seed) for seed in range(25)) > 0


@pytest.mark.soak
def test_two_people_lose_nothing_in_many_trials() -> None:
    seed = chosen_seed()
    sys.stdout.write(f"seed {seed}\n")
    count = 200 if FULL else 20
    conflicts = [_trial(seed + number) for number in range(count)]
    told = f"{date.today().isoformat()}, seed {seed}: {count} trials of two people, "
    told += f"{sum(conflicts)} conflicts in {sum(map(bool, conflicts))} of them, each as expected, "
    told += "no edit lost, the bytes as before after taking the merge back.\n"
    if FULL:
        EVIDENCE.write_text(HEAD + told, encoding="utf-8")
    sys.stdout.write(told)
