"""What the scanner's complaints mean for the person who typed the file."""

from __future__ import annotations

from disclosure_tui.language import Text

__all__ = [
    "EMPTY",
    "ESCAPE",
    "NO_COMMA",
    "NO_MAP",
    "TOO_DEEP",
    "TWO_DOCUMENTS",
    "UNCLOSED",
    "UNEXPECTED",
    "explain",
]

TOO_DEEP = (
    Text("括号或缩进嵌套得太深。", "Brackets or indentation are nested too deep."),
    Text("请核对这里的括号和缩进。", "Check the brackets and the indentation here."),
)
EMPTY = (
    Text("文件是空的。", "The file is empty."),
    Text("请新建一份报告。", "Make a new report."),
)
TWO_DOCUMENTS = (
    Text("一个文件里有两份内容。", "The file holds more than one document."),
    Text("请把每份报告存为单独的文件。", "Save every report as a file of its own."),
)
NO_MAP = (
    Text("文件内容不是一份报告。", "The content of the file is no report."),
    Text("请核对打开的是不是报告文件。", "Check that this is the report file."),
)
UNCLOSED = (
    Text("这里的括号没有闭合。", "The bracket that opens here is never closed."),
    Text("请补上对应的右括号。", "Add the closing bracket."),
)
NO_COMMA = (
    Text("这里缺少逗号，或者括号没有闭合。", "A comma or a closing bracket is missing here."),
    Text("请用半角逗号隔开各项。", "Separate the entries with commas."),
)
UNEXPECTED = (
    Text("这里的写法读不懂。", "This place cannot be read."),
    Text(
        "请核对本行和上一行的缩进、冒号、逗号和引号。",
        "Check indentation, colons, commas and quotation marks of this line and the one above.",
    ),
)
_TAB = (
    Text("这里用制表符缩进。", "A tab is used for indentation."),
    Text("请改用空格缩进。", "Use blanks instead of the tab."),
)
_QUOTE = (
    Text("这里的引号没有闭合。", "The quotation mark that opens here is never closed."),
    Text("请补上对应的引号。", "Add the closing quotation mark."),
)
_COLON = (
    Text("这一行缺少冒号。", "This line lacks a colon."),
    Text(
        "请写成【名称: 值】，冒号用半角，后面空一格。",
        "Write it as `name: value`, with a blank behind the colon.",
    ),
)
_TWO_COLONS = (
    Text("这里多了一个冒号，或者缩进不对。", "There is a colon too many, or wrong indentation."),
    Text(
        "请核对缩进；内容里有冒号时请加引号。",
        "Check the indentation; put quotation marks around a text that holds a colon.",
    ),
)
ESCAPE = (
    Text("双引号里的反斜杠写法读不懂。", "The backslash in this quoted text cannot be read."),
    Text("请写两个反斜杠，或者改用单引号。", "Write two backslashes, or use single quotes."),
)
_DASH = (
    Text("这里不能写列表项。", "A list item cannot stand here."),
    Text("请另起一行，并核对缩进。", "Begin a new line and check the indentation."),
)
_BLOCK = (
    Text("整段文字开头的写法读不懂。", "The head of this block of text cannot be read."),
    Text(
        "请核对竖线或大于号后面的符号，以及各行的缩进。",
        "Check the signs behind | or > and the indentation of the lines.",
    ),
)

_BY_PROBLEM = (
    ("could not find expected ':'", _COLON),
    ("mapping values are not allowed", _TWO_COLONS),
    ("found unexpected ':'", _TWO_COLONS),
    ("end of stream", _QUOTE),
    ("document separator", _QUOTE),
    ("escape", ESCAPE),
    ("sequence entries are not allowed", _DASH),
    ("chomping", _BLOCK),
    ("indent", _BLOCK),
)


def explain(problem: str, character: str) -> tuple[Text, Text]:
    """Return what is wrong and what to do, for a complaint and the character it is about."""
    if "cannot start any token" in problem:
        return _TAB if character == "\t" else _sign(character)
    for part, messages in _BY_PROBLEM:
        if part in problem:
            return messages
    return UNEXPECTED


def _sign(character: str) -> tuple[Text, Text]:
    return (
        Text(f"内容不能以【{character}】开头。", f"A value cannot begin with `{character}`."),
        Text("请给整个内容加上引号。", "Put quotation marks around the whole value."),
    )
