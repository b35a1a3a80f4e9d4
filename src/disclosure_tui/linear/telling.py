"""The sentences of filling in line by line: a cell, what it is made of, what a change did."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure_tui.language import Text, counted
from disclosure_tui.linear.places import Place
from disclosure_tui.model.form import Node, Role
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.render.pages import PageKind
from disclosure_tui.render.what_is_left import left_title, what_is_left
from disclosure_tui.render.wording import Wording
from disclosure_tui.session import Commit, SaveResult, Session

__all__ = ["Telling"]

_NAMED = 4
"""So many totals that followed are named; of more, the number is."""
_LISTED = 20
"""So many things that are left are named; of more, the number is."""


class Telling:
    """Puts the present state of a session into sentences."""

    def __init__(self, session: Session, wording: Wording) -> None:
        self._session, self._wording = session, wording

    def heading(self, place: Place) -> str:
        """Return the line that begins a page."""
        blank = sum(
            place.page.holds(pointer)
            for pointers in self._session.result.blanks.values()
            for pointer in pointers
        )
        count = Text(f"，未填 {blank} 格", f", {blank} blank") if blank else Text("", "")
        return place.page.heading + self._say(count)

    def prompt(self, place: Place) -> str:
        """Return the question for one place."""
        pointer = place.pointer
        asked = self._wording.path(pointer) or place.page.heading
        stands = [self._present(place)]
        last = self._last_year(pointer)
        if last:
            stands.append(self._say(Text(f"上年 {last}", f"last year {last}")))
        found = len(self._session.result.findings.at(pointer))
        if found and self._session.report.value_at(pointer) is not None:
            stands.append(self._say(Text(f"有 {found} 个问题", f"{found} to look at")))
        between, end = Text("，", ", "), Text("：", ": ")
        return f"{asked}{self._say(between)}{self._say(between).join(stands)}{self._say(end)}"

    def _present(self, place: Place) -> str:
        value = self._session.report.value_at(place.pointer)
        if value is None or value == "":
            return self._say(Text("未填", "blank"))
        if place.page.kind is PageKind.PROSE:
            count = len(str(value))
            return self._say(Text(f"已写 {count} 字", f"{counted(count, 'character')}"))
        shown = self._shown(place.pointer)
        return self._say(Text(f"现为 {shown}", f"now {shown}"))

    def _shown(self, pointer: Pointer) -> str:
        value = self._session.report.value_at(pointer)
        node = self._session.form.node(pointer)
        if node is None or node.cell is None:
            return str(value)
        return node.cell.label(value, self._wording.language.value)

    def _last_year(self, pointer: Pointer) -> str:
        """Return what last year's report has for a figure, or nothing."""
        prior, node = self._session.prior.prior, self._session.form.node(pointer)
        if prior is None or node is None or node.role is not Role.CELL:
            return ""
        if any(pointer.starts_with(place) for place in prior.without):
            return ""
        value = prior.report.value_at(pointer)
        return "" if value is None or node.cell is None else node.cell.show(value)

    def choices(self, node: Node) -> Iterator[str]:
        """Yield the lines of the values that are allowed, if they are listed."""
        if node.cell is not None:
            for number, value in enumerate(node.cell.values, 1):
                yield f"{number} {node.cell.label(value, self._wording.language.value)}"

    def explained(self, place: Place) -> Iterator[str]:
        """Yield what there is to know of a place: clause, unit, parts, text, findings."""
        node = self._session.form.nodes[place.pointer]
        row = self._session.form.nearest(place.pointer, Role.ROW)
        clauses = [item.description for item in (row, node) if item is not None]
        texts = (clause.get(self._wording.language.value, "") for clause in clauses)
        yield from filter(None, dict.fromkeys(texts))
        if node.cell is not None and node.cell.unit:
            unit = node.cell.unit.get(self._wording.language.value, "")
            yield self._say(Text("单位：", "unit: ")) + unit
        yield from self._sums(place.pointer)
        if place.page.kind is PageKind.PROSE:
            yield str(self._session.report.value_at(place.pointer) or "")
        found = self._session.result.findings.at(place.pointer)
        yield from (f"{one.severity.mark} {self._wording.panel(one)}" for one in found)
        if not found:
            yield self._say(Text("这里没有问题", "nothing is wrong here"))

    def _sums(self, pointer: Pointer) -> Iterator[str]:
        totals = self._session.report_type.checker.totals(self._session.form)
        for total in totals:
            if total.target != pointer:
                continue
            for parts in total.sums:
                figures = (f"{self._wording.path(part)} {self._figure(part)}" for part in parts)
                yield self._say(Text("等于 ", "the sum of ")) + " + ".join(figures)

    def _figure(self, pointer: Pointer) -> str:
        return self._shown(pointer) or self._say(Text("未填", "blank"))

    def done(self, pointer: Pointer, commit: Commit | None) -> str:
        """Return in one line what a change did: value, totals that followed, findings there."""
        between = self._say(Text("；", "; "))
        if commit is None:
            said = [self._say(Text("没有变化", "nothing changed"))]
        elif self._session.report.value_at(pointer) is None:
            said = [self._say(Text("已清除", "cleared"))]
        elif self._is_prose(pointer):
            count = len(str(self._session.report.value_at(pointer)))
            said = [self._say(Text(f"已写 {count} 字", f"{counted(count, 'character')} written"))]
        else:
            shown = self._shown(pointer)
            said = [self._say(Text(f"已填 {shown}", f"entered {shown}"))]
        if commit is not None and commit.followed:
            said.append(self._followed(pointer, commit.followed))
        found = self._session.result.findings.at(pointer)
        said += [self._wording.line(one) for one in found[:1]]
        if len(found) > 1:
            said.append(self._say(Text(f"另有 {len(found) - 1} 个", f"{len(found) - 1} more")))
        return between.join(said).replace("\n", " ")

    def _followed(self, pointer: Pointer, followed: tuple[Pointer, ...]) -> str:
        if len(followed) > _NAMED:
            count = len(followed)
            return self._say(Text(f"{count} 个总计自动计算", f"{count} totals computed"))
        row = self._session.form.nearest(pointer, Role.ROW)
        names = [
            (
                self._wording.column(one)
                if self._session.form.nearest(one, Role.ROW) is row
                else self._wording.path(one)
            )
            + f" {self._figure(one)}"
            for one in followed
        ]
        between = self._say(Text("、", ", "))
        return between.join(names) + self._say(Text(" 自动计算", " computed"))

    def left(self) -> Iterator[str]:
        """Yield what is left, in filling order, its sum first."""
        result = self._session.result
        items = what_is_left(result.findings, result.blanks, self._wording)
        yield self._say(left_title(items))
        yield from (item.line for item in items[:_LISTED])
        if len(items) > _LISTED:
            more = len(items) - _LISTED
            yield self._say(Text(f"另有 {more} 项", f"{more} more"))

    def saved(self, result: SaveResult | None) -> Iterator[str]:
        """Yield what a save did."""
        if result is None:
            yield self._say(Text("没有改动，不用保存", "nothing was changed"))
            return
        yield self._say(Text(f"已保存到 {result.path}", f"saved to {result.path}"))
        if result.taken:
            count = len(result.taken)
            yield self._say(
                Text(
                    f"对方改的 {count} 处已合进来",
                    f"{counted(count, 'change')} of others joined in",
                )
            )
        yield from (self._say(note) for note in result.notes)

    def _is_prose(self, pointer: Pointer) -> bool:
        node = self._session.form.node(pointer)
        return node is not None and node.role is Role.PROSE

    def _say(self, text: Text) -> str:
        return self._wording.text(text)
