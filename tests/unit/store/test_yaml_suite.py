"""The YAML test suite: what is read, that it is read right, and that edits hurt nothing in it."""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from disclosure_tui.errors import DocumentError, EditRefused
from disclosure_tui.model.edit import SetValue, Transaction
from disclosure_tui.model.pointer import ROOT, Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.model.value import same_value
from disclosure_tui.store.document import Document
from disclosure_tui.store.paths import way
from disclosure_tui.store.plain_data import plain_data
from disclosure_tui.store.reader import Placed, read_documents
from disclosure_tui.store.source import Source
from disclosure_tui.store.tree import same_node

SUITE = Path(__file__).parents[4] / "shared" / "suites" / "yaml-test-suite" / "cases.json"
EVIDENCE = Path(__file__).parents[3] / "docs/evidence/yaml-test-suite.md"
HEAD = """# The YAML test suite

Written by `make soak` (`tests/unit/store/test_yaml_suite.py`).

"""
VALUES: tuple[Any, ...] = (7, None, "第一段", "a: b # c", "one\ntwo\n", "12")

READ_OTHERWISE: dict[str, str] = {}
"""Documents whose data differ from the suite's, with the reason; no edit may be done in them."""

pytestmark = pytest.mark.skipif(
    not SUITE.exists(), reason="the YAML test suite is not beside the repository"
)


def cases(*, valid: bool) -> list[Any]:
    if not SUITE.exists():
        return []
    return [case for case in json.loads(SUITE.read_text("utf-8")) if case["valid"] is valid]


def text_of(case: Any) -> str:
    return str(case["yaml"]).removeprefix("\ufeff")


def data_of(roots: list[Placed], text: str) -> list[Any]:
    return [plain_data(root, text, "") for root in roots]


def test_what_is_read_is_read_right() -> None:
    read, otherwise = 0, []
    for case in cases(valid=True):
        try:
            roots = read_documents(text_of(case), case["id"])
            found = data_of(roots, text_of(case))
        except DocumentError:
            continue
        read += 1
        if case["json"] is not None and not _alike(found, _values(case["json"])):
            otherwise.append(case["id"])
        belled = any("\a" in texts_of(data) for data in found)
        assert not belled or re.search(r"\a|\\a|\\x07", text_of(case)), case["id"]
    assert read >= 298
    assert len(READ_OTHERWISE) <= 10
    assert set(otherwise) <= set(READ_OTHERWISE)


def texts_of(data: Any) -> str:
    """Return all texts of some data joined."""
    report = Report(data)
    return "\n".join(str(value) for _, value in report.leaves())


def _edits(text: str) -> Counter[str]:
    """Set every single value of every document in a text; return how that went."""
    counts: Counter[str] = Counter()
    roots = read_documents(text, "")
    before = data_of(roots, text)
    for number, root in enumerate(roots):
        document = Document(Source(text, False, ""), root)
        for pointer, _ in Report(before[number]).leaves():
            for value in VALUES if pointer else ():
                counts[_edit(document, pointer, value, roots, before, number)] += 1
    return counts


def _edit(
    document: Document,
    pointer: Pointer,
    value: Any,
    roots: list[Placed],
    before: list[Any],
    number: int,
) -> str:
    asked = Transaction((SetValue(pointer, value),))
    try:
        after, change = document.apply(asked)
        detached = False
    except EditRefused as refusal:
        if refusal.detachable is None:
            return "refused"
        detached = True
    try:
        if detached:
            after, change = document.apply(document.detached(asked))
    except EditRefused:
        return "refused"
    try:
        again = read_documents(after.text, "")
        found = data_of(again, after.text)
    except DocumentError:
        return "wrong"
    expected = [*before]
    expected[number] = Report(before[number]).after(asked).data
    exact = (
        same_value(found, expected)
        and same_node(again[number].node, after.root.node)
        and after.revert(change).text == document.text
        and (detached or _only_inside(document, after, pointer))
    )
    return "done" if exact else "wrong"


def _only_inside(before: Document, after: Document, pointer: Pointer) -> bool:
    """Tell whether all that differs lies behind the key (or the dash) and in the value's lines.

    Worked out from the two texts alone, apart from how the edit was written.
    """
    step = way(before.root, pointer)[-1]
    entry = step.entry
    start = step.at + (entry.mark if entry.mark >= 0 else entry.key_at + entry.key_length)
    end = step.at + entry.end
    ends = [before.text.find(sign, end) for sign in "\r\n"]
    line_end = min((at for at in ends if at >= 0), default=len(before.text))
    whole, now = before.text, after.text
    # The comments in front of the value and behind it come back.
    around = whole[start : step.at + entry.value_at] + "\n" + whole[end:line_end]
    comments = re.findall(r"(?:^|[ \t])(#.*)$", around, re.MULTILINE)
    return (
        whole[:start] == now[:start]
        and now.endswith(whole[line_end:])
        and len(now) >= start + len(whole) - line_end
        and all(comment in now[start:] for comment in comments)
    )


def test_every_edit_of_a_valid_document_is_exact_or_refused() -> None:
    counts: Counter[str] = Counter()
    for case in cases(valid=True):
        try:
            done = _edits(text_of(case))
        except DocumentError:
            continue
        assert not done["wrong"], case["id"]
        if case["id"] in READ_OTHERWISE:
            assert not done["done"], case["id"]
        counts += done
    assert counts["done"] >= 0.95 * sum(counts.values())


def test_an_edit_of_an_invalid_document_that_is_read_changes_that_place_only() -> None:
    for case in cases(valid=False):
        try:
            assert not _edits(text_of(case))["wrong"], case["id"]
        except DocumentError:
            continue


@pytest.mark.soak
def test_the_counts_are_kept() -> None:
    """Say what the suite comes to; `make soak` keeps it."""
    read = equal = with_data = 0
    counts: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    accepted = 0
    for case in [*cases(valid=True), *cases(valid=False)]:
        try:
            roots = read_documents(text_of(case), case["id"])
            found = data_of(roots, text_of(case))
            done = _edits(text_of(case))
        except DocumentError:
            continue
        counts[case["valid"]] += done
        if not case["valid"]:
            accepted += 1
            continue
        read += 1
        if case["json"] is not None:
            with_data += 1
            equal += _alike(found, _values(case["json"]))
    valid, invalid = counts[True], counts[False]
    told = (
        f"{date.today().isoformat()}: {read} of the {len(cases(valid=True))} valid documents read; "
        f"the data of {equal} of {with_data} equal to the suite's, {len(READ_OTHERWISE)} listed as "
        f"read otherwise. Edits of single values there: {valid['done']} exact, "
        f"{valid['refused']} refused, {valid['wrong']} wrong. Of "
        f"{len(cases(valid=False))} invalid documents {accepted} are read; edits there: "
        f"{invalid['done']} exact, {invalid['refused']} refused, {invalid['wrong']} wrong.\n"
    )
    sys.stdout.write(told)
    assert read >= 282
    assert with_data - equal <= len(READ_OTHERWISE) <= 10
    assert not valid["wrong"] + invalid["wrong"]
    if os.environ.get("DISCLOSURE_SOAK") == "1":
        EVIDENCE.write_text(HEAD + told, encoding="utf-8")


def test_the_independent_reader_agrees_with_every_edit() -> None:
    pytest.importorskip("yaml12", reason="py-yaml12, for development only, is not installed")
    from soak.independent_reader import alike, comparable, independent_data

    compared, wrong = 0, []
    for case in cases(valid=True):
        text = text_of(case)
        try:
            document = Document.read(text.encode())
            if not alike(comparable(document.data), independent_data(text)):
                continue
        except (DocumentError, ValueError):
            continue
        for pointer, _ in Report(document.data).leaves(ROOT):
            for value in VALUES:
                asked = Transaction((SetValue(pointer, value),))
                try:
                    after, _ = document.apply(asked)
                except EditRefused:
                    continue
                expected = comparable(Report(document.data).after(asked).data)
                compared += 1
                if case["id"] == "J3BT":
                    continue  # py-yaml12 wants a blank where a tab follows the colon
                try:
                    theirs = independent_data(after.text)
                except ValueError as error:
                    wrong.append((case["id"], str(pointer), value, after.text, str(error)))
                    continue
                if not alike(expected, theirs):
                    wrong.append((case["id"], str(pointer), value, after.text, repr(theirs)))
    assert not wrong, wrong[:5]
    assert compared > 1000


def _values(text: str) -> list[Any]:
    decoder = json.JSONDecoder(parse_float=Decimal)
    values, at, text = [], 0, text.strip()
    while at < len(text):
        value, at = decoder.raw_decode(text, at)
        values.append(value)
        at += len(text[at:]) - len(text[at:].lstrip())
    return values


def _alike(one: Any, other: Any) -> bool:
    """Compare as JSON does: 20 and 2e1 are the same figure there."""
    if isinstance(one, dict):
        return (
            isinstance(other, dict)
            and one.keys() == other.keys()
            and all(_alike(one[key], other[key]) for key in one)
        )
    if isinstance(one, list):
        return isinstance(other, list) and len(one) == len(other) and all(map(_alike, one, other))
    return isinstance(one, bool) is isinstance(other, bool) and bool(one == other)
