"""What an overlay may say of a value of its base: less than the base allows, never more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text
from disclosure_tui.model.finding import Severity
from disclosure_tui.schema.layers import Effective

__all__ = ["check_findings", "check_label", "check_values"]

_AT_LEAST = ("minimum", "minLength")
_AT_MOST = ("maximum", "maxLength", "maxItems", "maxProperties")
_WORDS = ("title", "x-titles", "x-short")


def check_label(schema: Mapping[str, Any], base: Mapping[str, Any], where: str) -> None:
    """Make sure that a label is changed on purpose.

    Raises:
        SchemaError: It is changed without `x-relabel`.
    """
    if "title" not in schema or schema.get("x-relabel"):
        return
    if any(schema.get(word) != base.get(word) for word in _WORDS):
        before, after = base.get("title", ""), schema["title"]
        raise SchemaError(
            Text(
                f"标题由【{before}】改成了【{after}】"
                if before != after
                else f"【{after}】的简称或外文标题与底本不同",
                f"the label {before!r} became {after!r}"
                if before != after
                else f"the short label or a translation of {after!r} is not the base's",
            ),
            hint=Text("有意改的，请加【x-relabel: true】", "say so with x-relabel: true"),
            where=where,
        )


def check_values(schema: Mapping[str, Any], base: Effective, where: str) -> None:
    """Make sure that an overlay accepts no value that its base refuses.

    Raises:
        SchemaError: A keyword says more than the base does.
    """
    if "type" in schema:
        _check_type(_names(schema["type"]), base, f"{where}/type")
    for keyword in (*_AT_LEAST, *_AT_MOST):
        if keyword in schema:
            _check_bound(keyword, schema[keyword], base, f"{where}/{keyword}")
    if "enum" in schema:
        _check_enum(schema["enum"], base, f"{where}/enum")
    if "format" in schema and base.first("format") not in (None, schema["format"]):
        raise _looser(base.first("format"), schema["format"], f"{where}/format")
    for key, value in schema.get("x-cell", {}).items():
        known = (base.merged("x-cell") or {}).get(key, 0)
        if key != "decimals":
            raise SchemaError(
                Text(f"补充规定不能改底本的【x-cell.{key}】", f"an overlay cannot change {key}"),
                hint=Text("这里只能减少小数位数【decimals】", "only decimals can be lowered here"),
                where=f"{where}/x-cell",
            )
        if value > known:
            raise _looser(known, value, f"{where}/x-cell/decimals")


def _names(declared: Any) -> frozenset[str]:
    return frozenset([declared] if isinstance(declared, str) else declared)


def _check_type(wanted: frozenset[str], base: Effective, where: str) -> None:
    for layer in base.layers:
        if "type" not in layer.schema:
            continue
        allowed = _names(layer.schema["type"])
        within = allowed | ({"integer"} if "number" in allowed else frozenset())
        if not wanted <= within:
            raise _looser(_listed(allowed), _listed(wanted), where)
        if "null" in allowed and "null" not in wanted:
            raise SchemaError(
                Text("类型里要留着【null】", "null has to stay in the type"),
                hint=Text(
                    "没填完的报告也要能打开；必须填的，请写规则",
                    "a draft must stay valid; what must be filled in is for a rule",
                ),
                where=where,
            )


def _listed(names: frozenset[str]) -> str:
    return ", ".join(sorted(names))


def _bounds(keyword: str, base: Effective) -> Iterator[Any]:
    return (layer.schema[keyword] for layer in base.layers if keyword in layer.schema)


def _check_bound(keyword: str, value: Any, base: Effective, where: str) -> None:
    for known in _bounds(keyword, base):
        if value < known if keyword in _AT_LEAST else value > known:
            raise _looser(known, value, where)
    for branch in base.first("anyOf") or ():
        if keyword in branch and (
            value < branch[keyword] if keyword in _AT_LEAST else value > branch[keyword]
        ):
            raise _looser(branch[keyword], value, where)


def _check_enum(values: list[Any], base: Effective, where: str) -> None:
    listed = list(_bounds("enum", base))
    if not listed:
        raise SchemaError(
            Text("底本这里不是从几个值里选的", "the base does not list values here"),
            hint=Text("请去掉【enum】；要限定写法的，请写规则", "leave enum out; write a rule"),
            where=where,
        )
    for known in listed:
        for value in values:
            if not any(type(item) is type(value) and item == value for item in known):
                raise _looser(_shown(known), _shown([value]), where)
        if None in known and None not in values:
            raise SchemaError(
                Text("可选的值里要留着【null】", "null has to stay among the values"),
                hint=Text("没填完的报告也要能打开", "a draft must stay valid"),
                where=where,
            )


def _shown(values: list[Any]) -> str:
    return ", ".join("null" if value is None else str(value) for value in values)


def check_findings(schema: Mapping[str, Any], base: Mapping[str, Any], where: str) -> None:
    """Make sure that findings on form weigh no less than with the base alone.

    Args:
        schema: What the overlay says at a place of the base.
        base: `x-findings` of the base that hold there, those of the places above included.
        where: File and pointer of the overlay.

    Raises:
        SchemaError: A finding weighs less, or is called by another name.
    """
    for key, said in schema.get("x-findings", {}).items():
        known = base.get(key, {})
        if known == "off":
            known = {"severity": Severity.NOTE.value, "id": said.get("id", f"schema.{key}")}
        usual = Severity.QUERY if key in ("blank", "missing") else Severity.ERROR
        name = f"schema.{key}" if key not in ("years", "period") else f"report.{key}"
        before = Severity(known.get("severity", usual.value))
        place = f"{where}/x-findings/{key}"
        if said == "off":
            raise _looser(before.value, "off", place)
        after = Severity(said.get("severity", usual.value))
        if after.weight > before.weight:
            raise _looser(before.value, after.value, place)
        if said.get("id", name) != known.get("id", name):
            raise SchemaError(
                Text(
                    f"编号由【{known.get('id', name)}】改成了【{said.get('id', name)}】",
                    f"the id {known.get('id', name)!r} became {said.get('id', name)!r}",
                ),
                hint=Text("编号不能改：说明靠它对应", "an id stays: explanations go by it"),
                where=place,
            )


def _looser(before: Any, after: Any, where: str) -> SchemaError:
    return SchemaError(
        Text(
            f"这里比底本宽：底本是【{before}】，补充规定写成【{after}】",
            f"this allows more than the base: {before} there, {after} here",
        ),
        hint=Text(
            "补充规定只能收紧，不能放宽；请改严或删去",
            "an overlay can narrow only: make it stricter or remove it",
        ),
        where=where,
    )
