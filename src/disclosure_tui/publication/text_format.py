"""A proof in words: what differs, then what could not be read, then the sum of it."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure_tui.language import Text, counted
from disclosure_tui.publication.proof import (
    CellDifference,
    Fault,
    NotRead,
    Proof,
    TextDifference,
)
from disclosure_tui.render.width import printable

__all__ = ["NAME", "write"]

NAME = "text"
_BLANK = Text("（空）", "(blank)")
_ABSENT = Text("（没有）", "(none)")


def write(proof: Proof) -> str:
    """Return the proof as lines."""
    return "\n".join(printable(line.in_(proof.language)) for line in _lines(proof)) + "\n"


def _lines(proof: Proof) -> Iterator[Text]:
    yield from _part(Text("数字不同", "Figures that differ"), map(_cell, proof.differences))
    yield from _part(Text("文字不同", "Texts that differ"), map(_text, proof.texts))
    yield from _part(
        Text("标题、序号、表和标签", "Headings, numbers, tables and labels"),
        map(_fault, proof.faults),
    )
    yield from _part(
        Text("没有读出来，请人工核对", "Not read, look yourself"), map(_unread, proof.unread)
    )
    yield from _part(Text("另外", "Besides"), (Text("  ", "  ") + item for item in proof.remarks))
    yield _sum(proof)
    if proof.schema is not None:
        yield Text("核对所用", "Compared by ") + proof.schema.words()


def _part(head: Text, lines: Iterator[Text]) -> Iterator[Text]:
    found = list(lines)
    if found:
        yield head + Text("：", ":")
        yield from found


def _quoted(text: str | None) -> Text:
    if text is None:
        return _ABSENT
    return Text(f"【{text}】", f"“{text}”") if text else _BLANK


def _cell(item: CellDifference) -> Text:
    return (
        Text(f"  {item.label}：报告 ", f"  {item.label}: report ")
        + (Text(item.report, item.report) if item.report else _BLANK)
        + Text("，页面 ", ", page ")
        + (Text(item.page, item.page) if item.page else _BLANK)
    )


def _text(item: TextDifference) -> Text:
    return (
        Text(f"  {item.label}：报告", f"  {item.label}: report ")
        + _quoted(item.report)
        + Text("，页面", ", page ")
        + _quoted(item.page)
    )


def _fault(item: Fault) -> Text:
    head = f"  {item.severity.mark} {item.rule} "
    return Text(head, head) + item.message


def _unread(item: NotRead) -> Text:
    count = len(item.pointers)
    where = f"  {item.label}"
    return (
        Text(f"{where}：", f"{where}: ")
        + item.reason
        + (Text(f"（{count} 格）", f" ({counted(count, 'cell')})") if count > 1 else Text("", ""))
    )


def _sum(proof: Proof) -> Text:
    if proof.is_same and not proof.unread:
        return Text(
            f"与报告一致：核对了 {proof.compared} 格。",
            f"Same as the report: {counted(proof.compared, 'cell')} compared.",
        )
    return Text(
        f"核对了 {proof.compared} 格（共 {proof.cells} 格）：数字不同 {len(proof.differences)} 处，"
        f"文字不同 {len(proof.texts)} 处，标题和标签 {len(proof.faults)} 处，"
        f"没有读出来 {len(proof.unread)} 处。",
        f"{proof.compared} of {counted(proof.cells, 'cell')} compared: "
        f"{len(proof.differences)} figures and {len(proof.texts)} texts differ, "
        f"{len(proof.faults)} headings and labels are at fault, "
        f"{len(proof.unread)} places were not read.",
    )
