"""Go to any place of the report by part of its label, its key or the initials of its label."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure_tui.language import Language, Text
from disclosure_tui.model.form import Role
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.render.width import MEASURE
from disclosure_tui.render.wording import Wording
from disclosure_tui.tui.command import Command, Group
from disclosure_tui.tui.filling import Filling
from disclosure_tui.tui.lookup_dialog import LookupDialog, LookupEntry
from disclosure_tui.tui.report_base import ReportBase
from disclosure_tui.tui.screen import EditorScreen, ScreenEntry

__all__ = ["ENTRY", "place_entries", "place_names"]

_VALUE = 12
"""Cells for the value that stands there."""


def place_entries(filling: Filling) -> tuple[tuple[Pointer, LookupEntry], ...]:
    """Return every place of the report that can be gone to, in the order of the form."""
    return tuple(
        (pointer, LookupEntry(line, _state(filling, pointer), place_names(filling, pointer)))
        for pointer, line in _places(filling)
    )


def place_names(filling: Filling, pointer: Pointer) -> tuple[str, ...]:
    """Return what a place may be called: short and exact, in both languages, and its key."""
    form = filling.session.form
    wordings = [Wording(form, one) for one in (filling.language, *Language)]
    above = [form.nodes[Pointer(pointer[:length])] for length in range(1, len(pointer) + 1)]
    short = [wording.path(pointer) for wording in wordings]
    exact = [" ".join(node.label.title(one) for node in above) for one in Language]
    return (*dict.fromkeys((*short, *exact)), ".".join(pointer))


def _places(filling: Filling) -> Iterator[tuple[Pointer, str]]:
    """Yield the sections by their headings, and what stands on all pages."""
    wording = filling.wording
    for page in filling.pages:
        if page.places:
            for pointer in page.places:
                yield pointer, wording.path(pointer)
            continue
        yield page.pointer, page.heading
        for pointer in filling.types(page):
            if pointer != page.pointer:
                yield pointer, wording.path(pointer)


def _state(filling: Filling, pointer: Pointer) -> str:
    """Return what stands at a place, with its mark."""
    node = filling.session.form.nodes[pointer]
    if node.cell is None or node.role is Role.PROSE:
        return ""
    value = filling.report.value_at(pointer)
    shown = node.cell.label(value, filling.language.value) or node.cell.show(value)
    severity = filling.findings.mark(pointer)
    mark = severity.mark if severity is not None else ""
    return MEASURE.clip(f"{mark} {shown or '_'}".strip(), _VALUE)


async def _open(host: EditorScreen) -> None:
    assert isinstance(host, ReportBase)
    host.keep_prose()
    places = place_entries(host.filling)

    async def answer(choice: int | None) -> None:
        if choice is not None:
            host.jump(places[choice][0])
        host.settle()

    await host.app.push_screen(
        LookupDialog(
            host.say(Text("到哪一格", "Go to")),
            [entry for _, entry in places],
            answer,
            readings=host.session.form.report_type.readings,
        )
    )


ENTRY = ScreenEntry(
    Command(
        "place_search",
        Text("到某一格（按名称或拼音首字母找）", "Go to a cell by its label or key"),
        ("ctrl+k", "/"),
        Group.MOVING,
    ),
    frozenset({"report"}),
    _open,
)
