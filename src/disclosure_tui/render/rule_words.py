"""What a rule is about, in words: of declared rules the schema's, of values' types our own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from disclosure_tui.language import Language, Text
from disclosure_tui.model.form import Form, localized

__all__ = ["CATEGORIES", "rule_words"]

CATEGORIES = {
    "blank": Text(
        "要填的格或部分不能空着；没有发生的填 0",
        "nothing is left blank; where nothing happened fill in 0",
    ),
    "text": Text("数字格里只能填数字，不填 /、- 或 无", "figures only, no /, - or words"),
    "type": Text("件数只能是整数", "counts are whole numbers"),
    "minimum": Text("不能小于规定的最小值", "not below the least value"),
    "maximum": Text("不能大于规定的最大值", "not above the greatest value"),
    "decimals": Text("小数位不超过规定", "no more decimals than the form prints"),
    "code": Text("只能用规定的代号", "only the codes of the form"),
    "anyOf": Text("只能用规定的写法之一", "one of the ways of writing that the form allows"),
    "enum": Text("只能填可选的值", "only the values to choose from"),
    "entry": Text(
        "自填行的代码写法正确，并在清单里",
        "rows that the filer adds have fit keys, those of the list",
    ),
    "missing": Text("清单里的每一项都有一行", "there is a row for each one of the list"),
    "required": Text("必须有的项都有", "what must be there is there"),
    "additionalProperties": Text("没有多余的项", "nothing is there that the form does not have"),
    "unevaluatedProperties": Text("没有多余的项", "nothing is there that the form does not have"),
    "maxItems": Text("项数不超过规定", "no more items than allowed"),
    "maxProperties": Text("行数不超过规定", "no more rows than allowed"),
    "minLength": Text("字数不少于规定", "no fewer characters than wanted"),
    "maxLength": Text("字数不超过规定", "no more characters than allowed"),
    "format": Text("写法符合规定，比如日期", "of the form wanted, a date for instance"),
    "years": Text("格式版本与报告年度相符", "the edition is in force for the report year"),
    "period": Text("统计期限与报告年度相符", "the statistic period fits the report year"),
}
"""Findings on the types of values, by category of the dialect."""

_KEYWORD = Text(
    "报告文件的写法与格式文件不符：{0}", "the report file does not follow the schema: {0}"
)


def rule_words(form: Form, rule: str, language: Language) -> Mapping[str, str]:
    """Return what is known of a rule: `description`, and of declared ones `advice` and more."""
    told: dict[str, str] = {}
    for node in form.nodes.values():
        for declaration in node.declarations:
            if declaration.identifier == rule:
                for key in ("description", "advice", "authority", "example"):
                    told.setdefault(key, _text(declaration.item.get(key), language))
    if not told.get("description"):
        categories = dict.fromkeys(_categories(form, rule))
        contents = [CATEGORIES[name].in_(language) for name in categories if name in CATEGORIES]
        joined = Text("；", "; ").in_(language).join(contents)
        told["description"] = joined or _KEYWORD.in_(language).format(rule)
    return {key: text for key, text in told.items() if text}


def _categories(form: Form, rule: str) -> Iterator[str]:
    for node in form.nodes.values():
        for category, policy in node.findings.items():
            if policy.rule == rule and not policy.off:
                yield category


def _text(value: Any, language: Language) -> str:
    if isinstance(value, Mapping):
        return localized(value, language)
    return value if isinstance(value, str) else ""
