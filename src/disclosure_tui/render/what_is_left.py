"""What is left to do in a report, in the order in which it is filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text
from disclosure_tui.model.finding import Finding, Findings, Severity
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.render.pages import Page, PageKind, page_of, pages_of
from disclosure_tui.render.wording import Wording

__all__ = ["READY", "LeftItem", "LeftKind", "left_title", "what_is_left"]

READY = Text(
    "没有未填的格，没有待处理的问题，可以送审",
    "nothing is blank and nothing is open: ready for review",
)


class LeftKind(Enum):
    """Why something is left."""

    BLANK = "blank"
    ERROR = "error"
    QUERY = "query"


_KINDS = {Severity.ERROR: LeftKind.ERROR, Severity.QUERY: LeftKind.QUERY}


@dataclass(frozen=True, slots=True)
class LeftItem:
    """One thing that is left.

    Attributes:
        kind: Why.
        pointer: The place to go to.
        count: Number of blanks, or 1.
        line: What it says, in one line.
    """

    kind: LeftKind
    pointer: Pointer
    count: int
    line: str


def what_is_left(
    findings: Findings, blanks: Mapping[Pointer, tuple[Pointer, ...]], wording: Wording
) -> tuple[LeftItem, ...]:
    """Return blanks, open errors and open queries, page by page.

    Args:
        findings: What the check found.
        blanks: The blanks that count, as the check groups them.
        wording: What puts places and findings into words; its form gives the order.
    """
    pages = pages_of(wording.form, wording.language)
    order = {pointer: index for index, pointer in enumerate(wording.form.nodes)}
    blank = sorted(
        (pointer for cells in blanks.values() for pointer in cells),
        key=lambda pointer: order.get(pointer, len(order)),
    )
    known = frozenset(blank)
    # That a cell is blank is counted, not told once more for each.
    weighing = [
        finding
        for finding in findings.open
        if finding.severity in _KINDS
        and not (finding.pointers and known.issuperset(finding.pointers))
    ]
    weighing.sort(key=lambda one: (one.severity.weight, order.get(one.primary, len(order))))
    items: list[LeftItem] = []
    for index, page in enumerate(pages):
        here = [pointer for pointer in blank if page_of(pages, pointer) == index]
        items += _blanks(page, here, wording)
        items += _found((one for one in weighing if page_of(pages, one.primary) == index), wording)
    nowhere = (one for one in weighing if page_of(pages, one.primary) is None)
    return (*items, *_found(nowhere, wording))


def left_title(items: Sequence[LeftItem]) -> Text:
    """Return how much is left, in one line."""
    counts = {kind: sum(one.count for one in items if one.kind is kind) for kind in LeftKind}
    names = {
        LeftKind.BLANK: Text("未填 {0} 格", "{0} blank"),
        LeftKind.ERROR: Text("错误 {0} 个", "{0} to correct"),
        LeftKind.QUERY: Text("待核实 {0} 个", "{0} to verify"),
    }
    told = [(names[kind], count) for kind, count in counts.items() if count]
    if not told:
        return READY
    return Text(
        "还差：" + "，".join(name.zh.format(count) for name, count in told),
        "left: " + ", ".join(name.en.format(count) for name, count in told),
    )


def _blanks(page: Page, blank: Sequence[Pointer], wording: Wording) -> Iterator[LeftItem]:
    if not blank:
        return
    count = len(blank)
    told = (
        Text("未写", "not written")
        if page.kind is PageKind.PROSE
        else Text(f"未填 {count} 格", f"{count} blank")
    )
    line = page.heading + wording.text(Text("：", ": ") + told)
    yield LeftItem(LeftKind.BLANK, blank[0], count, line)


def _found(findings: Iterator[Finding], wording: Wording) -> Iterator[LeftItem]:
    for finding in findings:
        yield LeftItem(_KINDS[finding.severity], finding.primary, 1, wording.line(finding))
