"""The sentences of the status line: where the cursor is, what is wrong there, what was done."""

from __future__ import annotations

from datetime import datetime

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text, counted
from disclosure_tui.model.edit import InsertValue, RemoveValue, SetValue
from disclosure_tui.model.finding import Identity
from disclosure_tui.model.form import Role, localized
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.typed_figure import REMARKS
from disclosure_tui.render.width import MEASURE
from disclosure_tui.render.wording import number_text
from disclosure_tui.rules.totals import Total
from disclosure_tui.session import Commit
from disclosure_tui.tui.annotations import said_of
from disclosure_tui.tui.filling import Filling

__all__ = ["Saved", "clock", "finding_line", "place_line", "saved_line", "told"]

_LINE = 78
"""Cells of a status line."""
_NAMED = 4
"""So many totals that followed are named; of more, the number is."""


def place_line(filling: Filling, pointer: Pointer, room: int) -> str:
    """Return where the cursor is, what the cell is the sum of, and what is offered there."""
    path = filling.wording.path(pointer) + _last_year(filling, pointer)
    total = filling.total(pointer)
    if total is None:
        offered = "" if _offer_fits(filling, pointer) else _offer(filling, pointer)
        said = (offered,) if offered else _codes(filling, pointer)
        return next((path + one for one in said if MEASURE.width(path + one) <= room), path)
    sign = _sign(filling, pointer)
    sums = " ".join(f"{sign} {_parts(filling, total, parts)}" for parts in total.sums)
    whole = f"{path}  {sums}"
    if MEASURE.width(whole) <= room:
        return whole
    counts = [str(len(parts)) for parts in total.sums]
    some = Text(f" {'、'.join(counts)} 格之和", f" sum of {', '.join(counts)} cells")
    return f"{path}  {sign}{filling.say(some)}"


def _codes(filling: Filling, pointer: Pointer) -> tuple[str, ...]:
    """Say what the code in a cell means, or which codes may stand there: in full, and shorter."""
    node = filling.session.form.node(pointer)
    if node is None or node.cell is None or not node.cell.codes:
        return ()
    codes, value = node.cell.codes, filling.report.value_at(pointer)
    titles = {text: localized(code.titles, filling.language) for text, code in codes.items()}
    if value is not None:
        title = titles.get(value, "") if isinstance(value, str) else ""
        return (f"  {value} = {title}",) if title else ()
    say = filling.say
    in_words = say(Text("（{}）", " ({})"))
    told = [text + in_words.format(title) if title else text for text, title in titles.items()]
    # Letters are commands until a cell is being typed in.
    start = say(Text("  先按回车，可填 ", "  Enter, then also "))
    between = say(Text("、", ", "))
    return start + between.join(told), start + between.join(codes)


def _sign(filling: Filling, pointer: Pointer) -> str:
    """Return what stands before the parts of a total: it is their sum, or has to be."""
    tables = filling.session.typed_totals
    typed = any(pointer.starts_with(table) for table in tables)
    return filling.say(Text("应 =", "should be =")) if typed else "="


def _last_year(filling: Filling, pointer: Pointer) -> str:
    """Say what last year's report has for a cell that comes from there, or nothing."""
    known = filling.last_years_figures.get(pointer)
    if known is None:
        return ""
    value, figure = filling.report.value_at(pointer), number_text(known)
    if value == known:
        # What is wrong there is said first, as its mark takes the place of the other.
        if filling.findings.at(pointer):
            return ""
        return filling.say(Text("  来自上年年报", "  from last year"))
    rows = (filling.wording.row(source) for source in filling.sources(pointer))
    source = "+".join(dict.fromkeys(rows))
    said = Text(f"  上年年报 {source} {figure}", f"  last year: {source} {figure}")
    offer = Text("（按 k 填入）", " (k: fill in)") if value is None else Text("", "")
    return filling.say(said + offer)


def _parts(filling: Filling, total: Total, parts: tuple[Pointer, ...]) -> str:
    wording, form = filling.wording, filling.session.form
    row = form.nearest(total.target, Role.ROW)
    along = all(form.nearest(part, Role.ROW) is row for part in parts)
    return "+".join(wording.column(part) if along else wording.row(part) for part in parts)


def finding_line(filling: Filling, pointer: Pointer) -> str:
    """Return the line of the worst finding that names a place, or nothing.

    What can be done with one key follows where there is room; else it stands beside the place.
    """
    line = _found_line(filling, pointer)
    return line + _offer(filling, pointer) if _offer_fits(filling, pointer) else line


def _found_line(filling: Filling, pointer: Pointer) -> str:
    found = filling.findings.at(pointer)
    if not found:
        return "  ".join(said_of(pointer, filling.report, filling.wording)).replace("\n", " ")
    line = filling.wording.line(found[0])
    more = len(found) - 1
    suggestion = filling.suggestion_at(pointer)
    if suggestion is not None:
        return f"{found[0].severity.mark} {filling.wording.message(suggestion.line)}"
    others = filling.say(Text(f"（另有 {more} 个）", f" (+{more})")) if more else ""
    return line + others if MEASURE.width(line + others) <= _LINE else line


def _offer(filling: Filling, pointer: Pointer) -> str:
    """Return what one key would do about the findings of a place, or nothing."""
    fix = filling.fix_at(pointer)
    if fix is None:
        return ""
    title, key = filling.say(fix.title), filling.keymap.name("take_fix", filling.language)
    return filling.say(Text(f"（按 {key}：{title}）", f" ({key}: {title})"))


def _offer_fits(filling: Filling, pointer: Pointer) -> bool:
    whole = _found_line(filling, pointer) + _offer(filling, pointer)
    return MEASURE.width(whole) <= _LINE


@dataclass(frozen=True, slots=True)
class Saved:
    """How the file and what is on the screen go together.

    Attributes:
        unsaved: Number of changes that the file does not hold.
        at: When the file was written last, as far as that is known.
        is_read_only: The report cannot be changed.
        is_at_risk: What is not saved would not outlive the program either.
    """

    unsaved: int
    at: datetime | None
    is_read_only: bool = False
    is_at_risk: bool = False


def saved_line(filling: Filling, saved: Saved) -> str:
    """Return what is at the right end of the status line."""
    count = saved.unsaved
    if not count:
        when = clock(saved.at)
        state = Text(f"已保存 {when}".rstrip(), f"saved {when}".rstrip())
    elif saved.is_at_risk:
        state = Text(f"未保存 {count} 处（没能记下，请保存）", f"{count} unsaved (at risk: save)")
    else:
        state = Text(f"未保存 {count} 处（断线不丢）", f"{count} unsaved (kept if cut off)")
    return filling.say(Text("只读，", "read-only, ") + state if saved.is_read_only else state)


def clock(at: datetime | None) -> str:
    """Return the time of today, or the day of another one."""
    if at is None:
        return ""
    return f"{at:%H:%M}" if at.date() == datetime.now().astimezone().date() else f"{at:%Y-%m-%d}"


def told(filling: Filling, commit: Commit, known: frozenset[Identity]) -> str:
    """Return what a commit did: the value, the totals that followed, problems that are new.

    Args:
        filling: What is shown.
        commit: What was done.
        known: The open findings before it.
    """
    typed = [
        edit
        for edit in commit.transaction.edits
        if isinstance(edit, SetValue | InsertValue | RemoveValue)
        and edit.pointer not in commit.followed
        and not edit.pointer.starts_with(REMARKS)
    ]
    if commit.title.zh:
        sentence = filling.say(Text("已改：", "done: ") + commit.title)
    else:
        sentence = _typed(filling, typed[0].pointer, len(typed)) if typed else ""
    if typed and (parts := _remark(filling, commit, typed[0].pointer)):
        sentence += filling.say(Text(f"（备注 {parts}）", f" (remark: {parts})"))
    if commit.followed:
        sentence += filling.say(Text("；", "; ")) + _followed(filling, commit, typed[0].pointer)
    new = len(filling.identities - known)
    if new > 0:
        more = Text(f"；新增问题 {new} 个", f"; {new} more to look at")
        sentence += filling.say(more)
    return sentence


def _remark(filling: Filling, commit: Commit, pointer: Pointer) -> str:
    """Return the remark on a cell, if the commit wrote it."""
    if not any(place.starts_with(REMARKS) for place in commit.pointers):
        return ""
    remark = filling.report.value_at(REMARKS / str(pointer))
    return remark if isinstance(remark, str) else ""


def _typed(filling: Filling, pointer: Pointer, count: int) -> str:
    value = filling.report.value_at(pointer)
    if count > 1:
        return filling.say(Text(f"已填 {count} 格", f"{counted(count, 'cell')} filled"))
    if value is None:
        return filling.say(Text("已清除", "cleared"))
    text = number_text(value) if filling.is_figure(pointer) else ""
    return filling.say(Text(f"已填 {text}", f"entered {text}")).rstrip()


def _followed(filling: Filling, commit: Commit, typed: Pointer) -> str:
    if len(commit.followed) > _NAMED:
        count = len(commit.followed)
        return filling.say(Text(f"{count} 个总计自动计算", f"{count} totals computed"))
    between = filling.say(Text("、", ", "))
    known = {pointer: filling.report.value_at(pointer) for pointer in commit.followed}
    named = between.join(
        f"{_name(filling, pointer, typed)} {number_text(value)}"
        for pointer, value in known.items()
        if value is not None
    )
    open_ = between.join(
        _name(filling, pointer, typed) for pointer, value in known.items() if value is None
    )
    sentences = []
    if named:
        sentences.append(filling.say(Text(f"{named} 自动计算", f"{named} computed")))
    if open_:
        sentences.append(filling.say(Text(f"{open_} 暂不能算", f"{open_} cannot be computed yet")))
    return between.join(sentences)


def _name(filling: Filling, pointer: Pointer, typed: Pointer) -> str:
    """Name a total the way it is seen from the cell that was typed."""
    wording, form = filling.wording, filling.session.form
    if form.nearest(pointer, Role.ROW) is form.nearest(typed, Role.ROW):
        return wording.column(pointer)
    row = wording.row(pointer)
    return (
        row
        if wording.column(pointer) == wording.column(typed)
        else f"{row} {wording.column(pointer)}"
    )
