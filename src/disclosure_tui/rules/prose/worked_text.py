"""Both sides of a sentence that disagrees with a table, in figures and in the form's words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from disclosure_tui.language import Text
from disclosure_tui.model import finding as model
from disclosure_tui.model.finding import Argument, LabelOf, Message, Place
from disclosure_tui.model.pointer import ROOT, Pointer
from disclosure_tui.rules.expression import Term
from disclosure_tui.rules.prose.mention import Mention
from disclosure_tui.rules.worked import gap, side

__all__ = ["Side", "amount_message", "chained", "figure_line", "table_of"]

Side = tuple[int | Decimal, tuple[Term, ...]]
"""A value and the terms it is made of."""


def amount_message(value: int | Decimal, terms: tuple[Term, ...]) -> Message:
    """Write what the tables say: 表三【总计】一、新收 3 + 二、上年结转 1 = 4."""
    cells = [term.operand for term in terms if term.operand is not None]
    if not cells:
        return Message(Text("{value}", "{value}"), {"value": value})
    pointers = [operand.pointer for operand in cells]
    first = pointers[0]
    template = Text("{table}【{shared}】{side}", "{table} [{shared}] {side}")
    arguments: dict[str, Argument] = {"table": LabelOf(first, Place.TABLE)}
    one_table = not any(cell.prior for cell in cells) and len({p[0] for p in pointers}) == 1
    if one_table and len(first) > 1 and len({p.key for p in pointers}) == 1:
        arguments["shared"] = LabelOf(first, Place.COLUMN)
        arguments["side"] = side(terms, value, Place.ROW)
    elif one_table and len({p[:-1] for p in pointers}) == 1:
        arguments["shared"] = LabelOf(first, Place.ROW)
        arguments["side"] = side(terms, value, Place.COLUMN)
    elif one_table and len(first) > 1 and all(term.sign > 0 for term in terms):
        return _by_row(terms, value)
    else:
        template = Text("{side}", "{side}")
        arguments = {"side": side(terms, value, Place.PATH)}
    return Message(template, arguments)


def _by_row(terms: tuple[Term, ...], value: int | Decimal) -> Message:
    """Write cells of several rows and columns row by row: 表三【一、新收】企业 1，【二、..."""
    rows: dict[Pointer, list[model.Term]] = {}
    cells = [(t.operand.pointer, t) for t in terms if t.operand is not None]
    for pointer, term in cells:
        if term.value != 0:
            summand = model.Term(term.coefficient, pointer, _plain(term))
            rows.setdefault(Pointer(pointer[:-1]), []).append(summand)
    arguments: dict[str, Argument] = {"table": LabelOf(cells[0][0], Place.TABLE), "value": value}
    if not rows:
        return Message(Text("{table}各格都是 {value}", "{table}: all are {value}"), arguments)
    pieces = []
    for number, (row, found) in enumerate(rows.items()):
        arguments[f"row{number}"] = LabelOf(row, Place.ROW)
        arguments[f"terms{number}"] = model.Terms(tuple(found), Place.COLUMN)
        pieces.append(f"{{row{number}}}】{{terms{number}}}")
    zh = "{table}【" + "，【".join(pieces) + "，相加得 {value}"
    en = (
        "{table} ["
        + ", [".join(piece.replace("】", "] ") for piece in pieces)
        + ", together {value}"
    )
    return Message(Text(zh, en), arguments)


def _plain(term: Term) -> int | Decimal | str:
    return term.value if isinstance(term.value, int | Decimal) else "?"


def chained(messages: Sequence[Message]) -> Message:
    """Join messages by semicolons."""
    slots = [f"part{index}" for index in range(len(messages))]
    template = Text(
        "；".join(f"{{{slot}}}" for slot in slots), "; ".join(f"{{{slot}}}" for slot in slots)
    )
    return Message(template, dict(zip(slots, messages, strict=True)))


def table_of(sides: Sequence[Side]) -> Pointer:
    """Return a cell of the table that the first side names."""
    for _, terms in sides:
        for term in terms:
            if term.operand is not None:
                return term.operand.pointer
    return ROOT


def figure_line(mention: Mention, label: Text, sides: Sequence[Side]) -> Message:
    """Word the status line: both figures and whether they differ."""
    values = dict.fromkeys(value for value, _ in sides)
    arguments: dict[str, Argument] = {
        "section": LabelOf(mention.pointer, Place.PATH),
        "label": label,
        "said": mention.value,
        "unit": mention.unit,
        "table": LabelOf(table_of(sides), Place.TABLE),
    }
    if len(values) == 1:
        (value,) = values
        arguments["value"] = value
        arguments["difference"] = gap(mention.value, value)
        return Message(_ONE, arguments)
    listed = [format(value, "f") if isinstance(value, Decimal) else str(value) for value in values]
    arguments["value"] = Text(" 或 ".join(listed), " or ".join(listed))
    return Message(_SEVERAL, arguments)


_ONE = Text(
    "{section}写{label} {said} {unit}，{table}是 {value}，相差 {difference}",
    "{section}: {label} {said}; {table} has {value}: difference {difference}",
)
_SEVERAL = Text(
    "{section}写{label} {said} {unit}，{table}是 {value}，都不一致",
    "{section}: {label} {said}; {table} has {value}: none agrees",
)
