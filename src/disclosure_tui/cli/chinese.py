"""click's own words in Chinese.

click marks its texts for gettext, which would need compiled catalogues and a matching locale.
The words are few, so they are put where click's modules look for them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import click  # noqa: F401 - its modules must be loaded to be reworded

from disclosure_tui.language import Language

__all__ = ["CHINESE", "speak"]

CHINESE = {
    "Usage:": "用法：",
    "Usage: ": "用法：",
    "Options": "选项",
    "Commands": "命令",
    "Arguments": "参数",
    "Error": "错误",
    "Error: {message}": "用法有误：{message}",
    "Aborted!": "已中止。",
    "Error: invalid input": "填写的内容不合要求，请重填",
    "Positional arguments": "参数",
    "Argument {name!r} takes {nargs} values.": "参数 {name} 要有 {nargs} 个值。",
    "Could not open file {filename!r}: {message}": "文件【{filename}】打不开：{message}",
    "Show this message and exit.": "显示这段说明",
    "Try '{command} {option}' for help.": "用 {command} {option} 查看用法。",
    "Missing command.": "没有写命令。",
    "No such command {name!r}.": "没有命令 {name}。",
    "No such option: {name}": "没有选项 {name}。",
    "No such option {name!r}.": "没有选项 {name}。",
    "Did you mean {possibility}?": "是不是 {possibility}？",
    "Did you mean {suggestions}?": "是不是 {suggestions}？",
    "Did you mean one of: {suggestions}?": "是不是其中之一：{suggestions}？",
    "(Possible options: {possibilities})": "（可能是：{possibilities}）",
    "(Did you mean one of: {possibilities}?)": "（可能是：{possibilities}）",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing {param_type}": "缺少 {param_type}",
    "Missing parameter: {param_name}": "缺少参数：{param_name}",
    "Invalid value: {message}": "值不合要求：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的值不合要求：{message}",
    "Got unexpected extra argument ({args})": "多了一个参数（{args}）",
    "Got unexpected extra arguments ({args})": "多了几个参数（{args}）",
    "Option {name!r} requires an argument.": "选项 {name} 后面要有值。",
    "Option {name!r} does not take a value.": "选项 {name} 后面不带值。",
    "Option {name!r} requires {nargs} arguments.": "选项 {name} 后面要有 {nargs} 个值。",
    "Choose from:\n\t{choices}": "可选：{choices}",
    "{value!r} is not {choice}.": "{value} 不可选，可选：{choice}",
    "{value!r} is not one of {choices}.": "{value} 不可选，可选：{choices}",
    "{name} {filename!r} does not exist.": "{name}【{filename}】不存在。",
    "{name} {filename!r} is a file.": "{name}【{filename}】是文件，不是文件夹。",
    "{name} {filename!r} is a directory.": "{name}【{filename}】是文件夹，不是文件。",
    "{name} {filename!r} is not readable.": "{name}【{filename}】不能读取，请核对权限。",
    "{name} {filename!r} is not writable.": "{name}【{filename}】不能写入，请核对权限。",
    "{value!r} is not a valid {number_type}.": "{value} 不是数字。",
    "{value} is not in the range {range}.": "{value} 不在 {range} 的范围内。",
    "integer": "数字",
    "text": "文字",
    "integer range": "数字",
    "file": "文件",
    "directory": "文件夹",
    "path": "路径",
    "File": "文件",
    "Directory": "文件夹",
    "Path": "路径",
    "required": "必填",
    "default: {default}": "默认：{default}",
    "[default: {default}]": "[默认：{default}]",
    "(dynamic)": "（随情况）",
}
"""What click says, and how it is said in Chinese."""


def speak(language: Language) -> None:
    """Make click speak a language."""
    single, plural = _single(language), _plural(language)
    for name, module in list(sys.modules.items()):
        if name == "click" or name.startswith("click."):
            if hasattr(module, "_"):
                module._ = single  # type: ignore[attr-defined]
            if hasattr(module, "ngettext"):
                module.ngettext = plural  # type: ignore[attr-defined]


def _single(language: Language) -> Callable[[str], str]:
    if language is Language.ENGLISH:
        return lambda text: text
    return lambda text: CHINESE.get(text, text)


def _plural(language: Language) -> Callable[[str, str, int], str]:
    if language is Language.ENGLISH:
        return lambda one, many, count: one if count == 1 else many
    return lambda one, many, count: CHINESE.get(one, CHINESE.get(many, one if count == 1 else many))
