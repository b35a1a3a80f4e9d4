"""However a journal breaks off, what it gives back is a state that the report once had."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_tui.model.pointer import Pointer
from disclosure_tui.store.document import Change, Replacement
from disclosure_tui.store.journal_lines import Base, Draft, Header, Saved, Step, encode, parse
from disclosure_tui.store.recovery import Reason, after, recover

HEADER = Header("tool", "/r.yaml", "0" * 64, "张某", "host", 7, "boot", "2026-01-12", locked=True)
PLACE = Pointer.of("a", "b~/c")
TEXTS = st.text(st.sampled_from('ab字\n",}\\\u2028\x85😀\ud800'), max_size=6)


@dataclass
class History:
    """What a person did, and every state that came of it."""

    text: str
    entries: list[Any] = field(default_factory=list)
    states: list[tuple[str, str | None]] = field(default_factory=list)
    done: list[Change] = field(default_factory=list)
    undone: list[Change] = field(default_factory=list)
    draft: str | None = None

    def __post_init__(self) -> None:
        self.note(Base(self.text, has_mark=False))

    def note(self, entry: Any) -> None:
        self.entries.append(entry)
        self.states.append((self.text, self.draft))

    def step(self, kind: str, change: Change) -> None:
        text = after(self.text, change)
        assert text is not None
        self.text = text
        if kind == "commit":
            self.draft = None
        self.note(Step(kind, change, pointers=(PLACE,) if kind == "commit" else ()))

    def encoded(self) -> list[bytes]:
        items = [HEADER, *self.entries]
        return [encode(number, item) for number, item in enumerate(items)]


@st.composite
def histories(draw: st.DrawFn) -> History:
    history = History(draw(TEXTS.filter(str.isprintable)) + "base")
    for _ in range(draw(st.integers(0, 12))):
        kind = draw(st.sampled_from(["commit", "commit", "undo", "redo", "draft", "saved", "base"]))
        if kind == "commit":
            change = draw(_changes(history.text))
            history.step("commit", change)
            history.done.append(change)
            history.undone.clear()
        elif kind == "undo" and history.done:
            history.undone.append(history.done.pop())
            history.step("undo", history.undone[-1].inverse())
        elif kind == "redo" and history.undone:
            history.done.append(history.undone.pop())
            history.step("redo", history.done[-1])
        elif kind == "draft":
            history.draft = draw(st.none() | TEXTS)
            history.note(Draft("prose", PLACE, history.draft))
        elif kind == "saved":
            history.note(Saved("1" * 64))
        elif kind == "base" and draw(st.booleans()):
            history.text = draw(TEXTS) + "new"
            history.done.clear()
            history.undone.clear()
            history.note(Base(history.text, has_mark=False))
    return history


@st.composite
def _changes(draw: st.DrawFn, text: str) -> Change:
    replacements = []
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 4)))
        new = draw(TEXTS)
        replacements.append(Replacement(start, text[start:end], new))
        text = text[:start] + new + text[end:]
    return Change(tuple(replacements))


@settings(max_examples=200, deadline=None)
@given(histories(), st.data())
def test_the_recovered_text_is_the_last_one_and_the_steps_lead_there(
    history: History, data: Any
) -> None:
    contents = parse(b"".join(history.encoded()))
    assert (contents.header, contents.torn) == (HEADER, False)
    assert list(contents.entries) == history.entries
    texts = [text for text, _ in history.states]
    disk = data.draw(st.sampled_from([*texts, "elsewhere"])).encode("utf-8", "surrogatepass")
    recovery = recover(contents, disk)
    assert recovery.left_out == 0
    assert recovery.prose == ({} if history.draft is None else {PLACE: history.draft})
    assert recovery.count == len(recovery.steps) + len(recovery.prose)
    text: str | None = recovery.base
    for change in recovery.changes:
        assert text is not None
        text = after(text, change)
    assert text == history.text
    if recovery.reason is Reason.NOTHING:
        assert not recovery.count
    else:
        assert recovery.text == history.text
    if recovery.reason is Reason.ON_DISK:
        assert recovery.base.encode() == disk
    back: str | None = recovery.base
    for step in reversed(recovery.earlier):
        assert back is not None
        back = after(back, step.change.inverse())
    assert back is not None


@settings(max_examples=60, deadline=None)
@given(histories())
def test_a_journal_cut_off_anywhere_gives_a_state_that_was(history: History) -> None:
    lines = history.encoded()
    whole = b"".join(lines)
    ends = [len(b"".join(lines[: count + 1])) for count in range(len(lines))]
    for cut in range(max(0, len(whole) - 600), len(whole) + 1):
        contents = parse(whole[:cut])
        complete = sum(end <= cut for end in ends)
        assert len(contents.entries) == max(complete - 1, 0)
        assert contents.torn is (cut not in (0, *ends))
        _is_state(history, contents, complete - 1)


@settings(max_examples=100, deadline=None)
@given(histories(), st.data())
def test_a_damaged_end_is_never_taken_for_data(history: History, data: Any) -> None:
    lines = history.encoded()
    whole = b"".join(lines)
    cut = data.draw(st.integers(0, len(whole)))
    tail = data.draw(
        st.sampled_from([b"\0" * 50, b"\n", b"{}\n", lines[-1], lines[0], lines[-1][5:]])
        | st.binary(max_size=40)
    )
    at = data.draw(st.integers(0, len(whole) - 1))
    flipped = bytearray(whole)
    flipped[at] ^= data.draw(st.integers(1, 255))
    for content in (whole[:cut] + tail, bytes(flipped)):
        contents = parse(content)
        assert list(contents.entries) == history.entries[: len(contents.entries)]
        _is_state(history, contents, len(contents.entries))


def _is_state(history: History, contents: Any, count: int) -> None:
    recovery = recover(contents, b"elsewhere")
    if count < 1:
        assert recovery.reason is Reason.UNREADABLE
        return
    text, draft = history.states[count - 1]
    # An empty text is a state as well; only None says that nothing is to be recovered.
    assert (recovery.base if recovery.text is None else recovery.text) == text
    assert recovery.prose == ({} if draft is None else {PLACE: draft})
