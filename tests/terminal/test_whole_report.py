"""A whole report is filled in by keyboard alone, from `new` to a file that checks clean.

What is typed is what a clerk types: the figures of the printed report that are not 0, the
texts, and the answers to what the screen asks. The keys are counted and printed.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from disclosure_tui.language import Language
from disclosure_tui.model.form import Role
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.render.pages import Page, PageKind, pages_of
from disclosure_tui.render.wording import Wording
from disclosure_tui.rules.carrying import kept_blank
from disclosure_tui.session import Session
from terminal.pty_session import PtySession
from tui.report_files import opened

SAMPLES = Path(__file__).parents[2] / "samples" / "complete"
LAST_YEAR, THIS_YEAR = "sqs-2023.yaml", "sqs-2024.yaml"
ENTER, TAB, NEXT_PAGE, SAVE, QUIT = "\r", "\t", "\x14", "\x13", "\x11"
FILL, DOWN, BACKSPACE = "z", "\x1b[B", "\x7f"
STATUS = -2
FILLED = (Role.CELL, Role.FIELD, Role.PROSE)
ASKED = (("报告年度", ""), ("单位名称", ""), ("单位代码", ""), ("写到", f"./{THIS_YEAR}"))


class Clerk:
    """Types on a terminal, looks where the cursor is, and counts the keys."""

    def __init__(self, terminal: PtySession, wanted: Session) -> None:
        self.keys: Counter[str] = Counter()
        self._doing = ""
        self._terminal = terminal
        self._report = wanted.report
        checker = wanted.report_type.checker
        self._totals = checker.totals(wanted.form)
        self._kept = kept_blank(checker.carried(wanted.form))
        wording = Wording(wanted.form, Language.CHINESE)
        self._labels = {
            node.pointer: wording.path(node.pointer)
            for node in wanted.form.nodes.values()
            if node.role in FILLED
        }

    def type(self, *keys: str) -> None:
        """Press keys: each code point is one, as with an input method."""
        self.keys[self._doing] += sum(1 if key.startswith("\x1b") else len(key) for key in keys)
        self._terminal.keys(*keys)

    def at(self) -> Pointer | None:
        """Return the place that the status line names, or None while it is being drawn."""
        line = self._terminal.lines[STATUS]
        named = [one for one, label in self._labels.items() if line.startswith(label)]
        return max(named, key=lambda pointer: len(self._labels[pointer]), default=None)

    def until_on(self, page: Page) -> None:
        """Wait until the cursor is on a page."""
        self._terminal.until(lambda: (place := self.at()) is not None and page.holds(place))
        self._terminal.quiet(0.1)

    def _move(self, *keys: str) -> None:
        """Press keys that move the cursor to another place."""
        before = self.at()
        self.type(*keys)
        self._terminal.until(lambda: self.at() not in (before, None))

    def fill_page(self, page: Page, given: Session) -> None:
        """Fill in what is still blank on a page."""
        wanted = {
            pointer: value
            for pointer in self._labels
            if page.holds(pointer)
            and (value := self._report.value_at(pointer)) is not None
            and given.report.value_at(pointer) is None
        }
        self._doing = page.kind.value
        if page.kind is PageKind.TABLE:
            self._fill_table(wanted)
        elif page.kind is PageKind.PROSE:
            for value in wanted.values():
                self._write(str(value))
        else:
            for pointer, value in wanted.items():
                self._answer(pointer, str(value))

    def _fill_table(self, wanted: dict[Pointer, object]) -> None:
        """Type the figures that are not 0, line by line; the rest is 0, totals are not typed.

        What comes from last year or goes on to the next one is typed whatever it is.
        """
        computed = {total.target for total in self._totals}
        typed = {pointer for pointer, value in wanted.items() if value or pointer in self._kept}
        left = typed - computed
        for _ in range(len(self._labels) if left else 0):
            place = self.at()
            assert place is not None
            figure = str(wanted[place]) if place in left else ""
            left.discard(place)
            if not left:
                self.type(figure, TAB)
                break
            self._move(figure, TAB)
        assert not left
        if wanted.keys() - typed - computed:
            self.type(FILL)
            self._terminal.until("填 0？")
            self.type(ENTER)
            self._terminal.until(lambda: "填 0？" not in "".join(self._terminal.lines))

    def _write(self, text: str) -> None:
        """Write a text, a line break with Enter."""
        for line in text.split("\n"):
            self.type(line, ENTER)
            self._terminal.quiet(0.1)
        self.type(BACKSPACE)

    def _answer(self, pointer: Pointer, value: str) -> None:
        """Answer a field of a list."""
        for _ in range(len(self._labels)):
            if self.at() == pointer:
                break
            self._move(DOWN)
        # Enter goes on to the next field. Who types before that is seen does not know where.
        self._move(value, ENTER)


@pytest.mark.slow
def test_a_whole_report_is_filled_in_by_keyboard(tmp_path: Path) -> None:
    """Fill in the report of 2024 beside that of 2023."""
    if not SAMPLES.is_dir():
        pytest.skip("the samples are not here")
    shutil.copy(SAMPLES / LAST_YEAR, tmp_path)
    wanted = opened(SAMPLES / THIS_YEAR)
    path = tmp_path / THIS_YEAR
    keys = _begin(tmp_path)
    given = opened(path)
    with PtySession(["edit", THIS_YEAR], tmp_path) as terminal:
        clerk = Clerk(terminal, wanted)
        terminal.until("Ctrl+S")
        pages = pages_of(wanted.form, Language.CHINESE)
        for number, page in enumerate(pages):
            clerk.until_on(page)
            clerk.fill_page(page, given)
            if number + 1 < len(pages):
                clerk.type(NEXT_PAGE)
        clerk.type(SAVE)
        terminal.until("已保存")
        clerk.type(QUIT)
        assert terminal.ended() == 0
    command = [sys.executable, "-m", "disclosure_tui", "check", "--format", "json", THIS_YEAR]
    checked = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    (report,) = json.loads(checked.stdout)["reports"]
    assert (report["findings"], report["blank"], checked.returncode) == ([], 0, 0)
    written = opened(path).report
    for node in wanted.form.nodes.values():
        if node.role in FILLED:
            value = written.value_at(node.pointer)
            assert value == wanted.report.value_at(node.pointer), node.pointer
    told = ", ".join(f"{kind} {count}" for kind, count in clerk.keys.items())
    sys.stdout.write(f"keys: {keys + clerk.keys.total()} (new {keys}, {told})\n")


def _begin(folder: Path) -> int:
    """Answer the questions of `new`; return the number of keys."""
    with PtySession(["new", "--from", LAST_YEAR], folder) as terminal:
        for question, answer in ASKED:
            terminal.until(question)
            terminal.keys(answer, ENTER)
        assert terminal.ended() == 0
    return sum(len(answer) + 1 for _, answer in ASKED)
