"""What an overlay may say of the rules of its base: with a basis, a note and, to ease, dates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text
from disclosure_tui.model.finding import Severity
from disclosure_tui.model.pointer import ROOT, Pointer
from disclosure_tui.schema.declarations import OVERRIDABLE
from disclosure_tui.schema.layers import Effective
from disclosure_tui.schema.loader import LoadedSchema

__all__ = ["Declared", "check_changes", "check_new"]

_OF_PROGRAM = ("schema.", "report.")
"""Names of findings that the program gives begin so."""


@dataclass(frozen=True, slots=True)
class Declared:
    """The rules that a base declares.

    Attributes:
        at: By place and id, the weight of each.
        places: By id, where it is declared.
    """

    at: Mapping[tuple[Pointer, str], Severity]
    places: Mapping[str, tuple[Pointer, ...]]

    @classmethod
    def of(cls, base: Effective) -> Declared:
        """Collect the rules of a schema."""
        at: dict[tuple[Pointer, str], Severity] = {}
        stack = [(ROOT, base)]
        while stack:
            pointer, node = stack.pop()
            for layer in reversed(node.layers):
                for item in layer.schema.get("x-rules", ()):
                    known = at.get((pointer, item["id"]), Severity.ERROR)
                    at[pointer, item["id"]] = Severity(item.get("severity", known.value))
            stack.extend((pointer / key, child) for key, child in node.properties().items())
            entry = node.entry()
            if entry is not None:
                stack.append((pointer / "*", entry))
        places: dict[str, tuple[Pointer, ...]] = {}
        for pointer, identifier in at:
            places[identifier] = (*places.get(identifier, ()), pointer)
        return cls(at, places)


def check_changes(
    schema: Mapping[str, Any], pointer: Pointer, declared: Declared, loaded: LoadedSchema
) -> None:
    """Check what an overlay says of rules at a place of its base.

    Raises:
        SchemaError: There is no such rule, or it is changed without what a change needs.
    """
    for item in schema.get("x-rules", ()):
        if set(item) <= OVERRIDABLE:
            identifier, where = item["id"], loaded.where(item)
            before = declared.at.get((pointer, identifier))
            if before is None:
                raise _elsewhere(identifier, declared, where)
            _check_change(item, before, where)


def check_new(schema: Mapping[str, Any], declared: Declared, loaded: LoadedSchema) -> None:
    """Check that the rules an overlay adds are called by names of their own.

    Raises:
        SchemaError: A name is taken.
    """
    listed = schema.get("x-rules", ())
    for item in listed if isinstance(listed, list) else ():
        identifier = item["id"]
        if set(item) <= OVERRIDABLE:
            continue
        if identifier in declared.places or identifier.startswith(_OF_PROGRAM):
            raise SchemaError(
                Text(f"编号【{identifier}】底本已经用了", f"the id {identifier!r} is taken"),
                hint=Text(
                    "请另起一个编号；要改底本的规则，只写编号和要改的几项",
                    "use another id; to change a rule of the base write its id and what changes",
                ),
                where=loaded.where(item),
            )


def _elsewhere(identifier: str, declared: Declared, where: str) -> SchemaError:
    places = ", ".join(str(place) or "/" for place in declared.places.get(identifier, ()))
    return SchemaError(
        Text(
            f"底本这里没有【{identifier}】这条规则可改",
            f"the base has no rule {identifier!r} to change here",
        ),
        hint=Text(
            f"它写在 {places}，请写到那里" if places else "请核对编号，见 disclosure rules list",
            f"it stands at {places}: change it there"
            if places
            else "look the id up with disclosure rules list",
        ),
        where=where,
    )


def _check_change(item: Mapping[str, Any], before: Severity, where: str) -> None:
    grade = Severity(item["severity"]) if "severity" in item else before
    off = bool(item.get("off"))
    if not off and "severity" not in item and ("from" in item or "to" in item):
        raise SchemaError(
            Text("写了起止时间，没有写改什么", "there are dates, but nothing that changes"),
            hint=Text(
                "请写【severity】或【off】；规则本身的适用时间不能改",
                "add severity or off; the dates of the rule itself stay",
            ),
            where=where,
        )
    if off and "severity" in item:
        raise SchemaError(
            Text("暂停的规则不用写级别", "a rule that is off needs no severity"),
            hint=Text("【off】和【severity】请留一个", "keep off or severity"),
            where=where,
        )
    eased = off or grade.weight > before.weight
    needed = []
    if off or "severity" in item:
        needed = ["basis", "note", *(["from", "to"] if eased else [])]
    missing = [key for key in needed if key not in item]
    if missing:
        raise SchemaError(
            _named(item["id"], before, grade, off=off)
            + Text(f"，缺少【{'】【'.join(missing)}】", f" without {', '.join(missing)}"),
            hint=Text(
                "改规则要写依据（basis）和说明（note）；放宽的还要写起止时间（from、to）",
                "a change needs its basis and a note; one that eases also needs from and to",
            ),
            where=where,
        )


def _named(identifier: str, before: Severity, after: Severity, *, off: bool) -> Text:
    if off:
        return Text(f"暂停规则【{identifier}】", f"the rule {identifier!r} is switched off")
    return Text(
        f"规则【{identifier}】由 {before.value} 改为 {after.value}",
        f"the rule {identifier!r} goes from {before.value} to {after.value}",
    )
