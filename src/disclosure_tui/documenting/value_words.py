"""What may stand in a place, in words."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure_tui.language import Language, Text, counted
from disclosure_tui.model.cell_type import CellType, Code, Meaning
from disclosure_tui.model.form import Node, Role, localized

__all__ = ["value_words"]

_ROLES = {
    Role.MAP: Text("下列各项", "the fields below it"),
    Role.OPEN_MAP: Text("键由填报人定", "keys of the filer's choice"),
    Role.LIST: Text("列表", "list"),
    Role.PROSE: Text("文字", "prose"),
}
_CODES = {
    Meaning.NOT_APPLICABLE: Text("不适用", "not applicable"),
    Meaning.UNKNOWN: Text("不详", "unknown"),
}
_FORMATS = {"date": Text("日期，写作 2025-12-31", "date, as 2025-12-31")}


def value_words(node: Node, language: Language) -> str:
    """Say what may stand at a place: type, limits, unit, codes."""
    if node.cell is None or node.role in _ROLES:
        return _ROLES.get(node.role, Text("", "")).in_(language)
    return Text("；", "; ").in_(language).join(_parts(node.cell, language))


def _parts(cell: CellType, language: Language) -> Iterator[str]:
    yield _kind(cell).in_(language)
    if cell.minimum is not None:
        yield Text(f"最小 {cell.minimum}", f"at least {cell.minimum}").in_(language)
    if cell.maximum is not None:
        yield Text(f"最大 {cell.maximum}", f"at most {cell.maximum}").in_(language)
    if cell.shortest is not None:
        least = cell.shortest
        yield Text(f"最少 {least} 字", f"at least {counted(least, 'character')}").in_(language)
    if cell.longest is not None:
        yield Text(f"最多 {cell.longest} 字", f"at most {cell.longest} characters").in_(language)
    if cell.unit:
        unit = localized(cell.unit, language)
        yield Text(f"单位：{unit}", f"unit: {unit}").in_(language)
    if cell.signed:
        yield Text("印正负号", "printed with its sign").in_(language)
    for code in cell.codes.values():
        yield f"{code.text} {localized(code.titles, language) or _meaning(code).in_(language)}"


def _kind(cell: CellType) -> Text:
    if cell.integral:
        return Text("整数", "whole number")
    if cell.numeric:
        count = cell.decimals
        return Text(f"数，最多 {count} 位小数", f"number, at most {count} decimals")
    if cell.values:
        return _choice(cell)
    if cell.format in _FORMATS:
        return _FORMATS[cell.format]
    if "boolean" in cell.types:
        return Text("是或否", "yes or no")
    return Text("文字", "text")


def _choice(cell: CellType) -> Text:
    """Name the values to choose from; what has a label of its own, with it."""

    def told(value: str, language: Language, brackets: str) -> str:
        label = cell.label(value, language)
        return value if label == value else value + brackets.format(label)

    zh = "、".join(told(value, Language.CHINESE, "（{}）") for value in cell.values)
    en = ", ".join(told(value, Language.ENGLISH, " ({})") for value in cell.values)
    return Text(f"选一项：{zh}", f"one of: {en}")


def _meaning(code: Code) -> Text:
    if code.meaning == Meaning.RANGE:
        return Text(
            f"不小于 {code.lowest}、小于 {code.below} 的数",
            f"a value from {code.lowest} up to, not including, {code.below}",
        )
    return _CODES[code.meaning]
