"""Says in plain words where a text stops being JSON, and what to write there.

The parser of the standard library knows the place and speaks of delimiters. Who writes a schema
knows a comma, mostly a full-width one, a quote from a word processor, a comma too many.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from json import JSONDecodeError

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text

__all__ = ["JsonFault", "key_written_twice", "place_of", "worded_fault"]


@dataclass(frozen=True, slots=True)
class JsonFault:
    """What is wrong with a text that is no JSON.

    Attributes:
        position: Where, in characters from the start.
        what: What is wrong.
        hint: What to do.
    """

    position: int
    what: Text
    hint: Text


_HALF_WIDTH = dict(zip("，：“”‘’＂｛｝［］【】；、（）－", (*',:"""""{}[][],,()-',), strict=True))
_WORDS = {"True": "true", "False": "false", "None": "null", "NULL": "null", "Null": "null"}
_CLOSING = {"{": "}", "[": "]"}
_TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*"|[{}\[\]:,]')
_NAME = re.compile(r"[^\s,:{}\[\]\"']+")
_COMMENT = re.compile(r"//|/\*|#")


def worded_fault(text: str, error: JSONDecodeError) -> JsonFault:
    """Return what is wrong with a text that is no JSON.

    Args:
        text: The text.
        error: What the parser says.
    """
    spot = _Spot(text, error)
    for look in _LOOKS:
        found = look(spot)
        if found is not None:
            return found
    return _general(spot)


def place_of(position: int, text: str) -> str:
    """Return line and column of a position, as a person counts: `12:5`."""
    before = text[:position]
    return f"{before.count(chr(10)) + 1}:{position - before.rfind(chr(10))}"


def key_written_twice(text: str) -> tuple[str, int] | None:
    """Return a key that an object has twice, as written, and where its second one stands."""
    objects: list[set[str]] = []
    before = ""
    for token in _TOKEN.finditer(text):
        word = token.group()
        if word in "{[":
            objects.append(set())
        elif word in "}]" and objects:
            objects.pop()
        elif word[0] == '"' and before in ("{", ",") and text[token.end() :].lstrip()[:1] == ":":
            if word in objects[-1]:
                return word[1:-1], token.start()
            objects[-1].add(word)
        before = word
    return None


class _Spot:
    """The place where the parser stopped, with what stands before and behind it."""

    def __init__(self, text: str, error: JSONDecodeError) -> None:
        self.text = text
        self.said = error.msg
        self.position = error.pos
        if error.msg.startswith("Illegal trailing comma"):
            # Later versions of Python point at the comma itself.
            self.position += len(text[error.pos + 1 :]) - len(text[error.pos + 1 :].lstrip()) + 1
        rest = text[self.position :]
        self.position += len(rest) - len(rest.lstrip())
        self.sign = text[self.position : self.position + 1]
        before = text[: self.position].rstrip()
        self.before = len(before) - 1
        self.sign_before = before[-1:]

    def open_brackets(self) -> list[tuple[str, int]]:
        """Return the brackets that are open here, and where each stands."""
        found: list[tuple[str, int]] = []
        for sign, place in _brackets(self.text[: self.position]):
            if sign in _CLOSING:
                found.append((sign, place))
            elif found:
                found.pop()
        return found

    def line(self, place: int) -> int:
        return self.text.count("\n", 0, place) + 1


def _brackets(text: str) -> Iterator[tuple[str, int]]:
    for token in _TOKEN.finditer(text):
        if token.group() in "{}[]":
            yield token.group(), token.start()


def _no_end_quote(spot: _Spot) -> JsonFault | None:
    if not spot.said.startswith(("Unterminated string", "Invalid control character")):
        return None
    # The parser names the opening quote in one case, the end of the line in the other.
    line_start = spot.text.rfind("\n", 0, max(spot.position - 1, 0)) + 1
    place = spot.position
    if spot.said.startswith("Invalid"):
        place = spot.text.rfind('"', line_start, spot.position)
    return JsonFault(
        max(place, 0),
        Text("这里开始的文字没有结束的引号", "the text that begins here has no closing quote"),
        Text(
            '请在文字末尾补上英文引号 " ；文字里不能换行，文字里的引号用【】或写成 \\"',
            'put a " behind the text; a text has no line break in it, and a quote in it is \\"',
        ),
    )


def _backslash(spot: _Spot) -> JsonFault | None:
    if not spot.said.startswith(("Invalid \\escape", "Invalid \\uXXXX")):
        return None
    return JsonFault(
        spot.position,
        Text("反斜杠后面不能是这个字", "this cannot stand behind a backslash"),
        Text("要写反斜杠本身的，请写两个：\\\\", "write the backslash itself twice: \\\\"),
    )


def _at_the_end(spot: _Spot) -> JsonFault | None:
    if spot.sign:
        return None
    if not spot.text.strip():
        return JsonFault(
            0,
            Text("文件是空的", "the file is empty"),
            Text("请写上格式的内容", "write the schema into it"),
        )
    missing = "".join(_CLOSING[sign] for sign, _ in reversed(spot.open_brackets()))
    if not missing:
        return _general(spot)
    first = spot.line(spot.open_brackets()[-1][1])
    sign = spot.open_brackets()[-1][0]
    return JsonFault(
        len(spot.text.rstrip()),
        Text(
            f"文件到这里就完了，第 {first} 行的 {sign} 还没有配对",
            f"the file ends here, and the {sign} of line {first} is still open",
        ),
        Text(f"请在末尾补上 {missing}", f"put {missing} at the end"),
    )


def _full_width(spot: _Spot) -> JsonFault | None:
    right = _HALF_WIDTH.get(spot.sign)
    if right is None:
        return None
    return JsonFault(
        spot.position,
        Text(f"这里是中文的标点 {spot.sign}", f"the full-width sign {spot.sign} stands here"),
        Text(
            f"请改成英文的 {right} ；标点只在引号里面可以用中文的",
            f"write {right}; full-width signs can stand between quotes only",
        ),
    )


def _word_quotes(spot: _Spot) -> JsonFault | None:
    """A text that a full-width quote was to end goes on to the next quote there is."""
    if spot.sign_before != '"' or spot.sign in "}],:":
        return None
    start = spot.text.rfind('"', 0, spot.before)
    wide = next((n for n in range(start, spot.before) if spot.text[n] in "“”＂"), -1)
    if start < 0 or wide < 0:
        return None
    return JsonFault(
        wide,
        Text(
            f"这段文字用中文的引号 {spot.text[wide]} 结束",
            f"this text ends with the full-width quote {spot.text[wide]}",
        ),
        Text('请改成英文的引号 "', 'write "'),
    )


def _single_quote(spot: _Spot) -> JsonFault | None:
    if spot.sign not in ("'", "`"):
        return None
    return JsonFault(
        spot.position,
        Text("这里用了单引号", "a single quote stands here"),
        Text('请改成英文的双引号 "', 'write a double quote "'),
    )


def _remark(spot: _Spot) -> JsonFault | None:
    if not _COMMENT.match(spot.text, spot.position):
        return None
    return JsonFault(
        spot.position,
        Text("格式文件里不能这样写注释", "a schema file has no comments of this kind"),
        Text('请删去，或在对象里写 "$comment": "内容"', 'remove it, or write "$comment": "..."'),
    )


def _comma_too_many(spot: _Spot) -> JsonFault | None:
    if spot.sign_before != "," or spot.sign not in "}],":
        return None
    return JsonFault(
        spot.before,
        Text("这里多了一个逗号", "there is a comma too many here"),
        Text("请删去：最后一项后面没有逗号", "remove it: none stands behind the last item"),
    )


def _behind_the_end(spot: _Spot) -> JsonFault | None:
    if spot.said != "Extra data":
        return None
    return JsonFault(
        spot.position,
        Text(
            f"格式到这里已经写完，后面多出 {spot.sign}",
            f"the schema ends before this {spot.sign}",
        ),
        Text(
            "请删去多余的内容，或查一查前面是不是多了一个 }",
            "remove what is too much, or look for a } too many before it",
        ),
    )


def _wrong_bracket(spot: _Spot) -> JsonFault | None:
    opened = spot.open_brackets()
    if spot.sign not in "}]" or not opened or _CLOSING[opened[-1][0]] == spot.sign:
        return None
    sign, place = opened[-1]
    return JsonFault(
        spot.position,
        Text(
            f"这里写了 {spot.sign} ，可是第 {spot.line(place)} 行的 {sign} 还没有配对",
            f"{spot.sign} stands here, but the {sign} of line {spot.line(place)} is still open",
        ),
        Text(f"请先写 {_CLOSING[sign]}", f"write {_CLOSING[sign]} first"),
    )


def _comma_missing(spot: _Spot) -> JsonFault | None:
    if not spot.said.startswith("Expecting ',' delimiter"):
        return None
    if spot.sign in ":=;":
        return JsonFault(
            spot.position,
            Text(f"这里不能写 {spot.sign}", f"{spot.sign} cannot stand here"),
            Text(
                '各项之间用逗号；键和值写在 { } 里："键": 值',
                'items are parted by commas; a key and its value stand in { }: "key": value',
            ),
        )
    return JsonFault(
        spot.before + 1,
        Text("这里缺少逗号", "a comma is missing here"),
        Text("请在两项之间补上英文逗号 ,", "put a comma between the two items"),
    )


def _colon_missing(spot: _Spot) -> JsonFault | None:
    if not spot.said.startswith("Expecting ':' delimiter"):
        return None
    return JsonFault(
        spot.before + 1,
        Text("键的后面缺少冒号", "a colon is missing behind the key"),
        Text('请写成 "键": 值', 'write "key": value'),
    )


def _quotes_missing(spot: _Spot) -> JsonFault | None:
    word = _NAME.match(spot.text, spot.position)
    if word is None:
        return None
    written = word.group()
    right = _WORDS.get(written)
    if right is not None:
        return JsonFault(
            spot.position,
            Text(f"不认识【{written}】", f"{written} is not known"),
            Text(f"请写 {right}", f"write {right}"),
        )
    if len(written) > _LONGEST:
        written = written[:_LONGEST] + "~"
    return JsonFault(
        spot.position,
        Text(f"【{written}】没有加引号", f"{written} has no quotes around it"),
        Text(f'键和文字都加英文双引号："{written}"', f'keys and texts have quotes: "{written}"'),
    )


def _value_missing(spot: _Spot) -> JsonFault | None:
    if not spot.said.startswith("Expecting value") or spot.sign not in "}],":
        return None
    return JsonFault(
        spot.before + 1,
        Text("这里缺少值", "a value is missing here"),
        Text("请补上，或删去这一项", "add it, or remove this item"),
    )


def _key_wanted(spot: _Spot) -> JsonFault | None:
    if not spot.said.startswith(("Expecting property name", "Illegal trailing comma")):
        return None
    return JsonFault(
        spot.position,
        Text(f"这里应写一个键，现在是 {spot.sign}", f"a key is wanted here, not {spot.sign}"),
        Text(
            '{ } 里写 "键": 值，列表写在 [ ] 里',
            'in { } stands "key": value, a list stands in [ ]',
        ),
    )


def _general(spot: _Spot) -> JsonFault:
    return JsonFault(
        spot.position,
        Text("从这里起看不懂", "this cannot be read"),
        Text("请核对这一行的括号、引号和逗号", "look at brackets, quotes and commas here"),
    )


_LONGEST = 20
"""So many characters of a word without quotes are repeated."""

_LOOKS: tuple[Callable[[_Spot], JsonFault | None], ...] = (
    _no_end_quote,
    _backslash,
    _at_the_end,
    _full_width,
    _word_quotes,
    _single_quote,
    _remark,
    _comma_too_many,
    _behind_the_end,
    _wrong_bracket,
    _value_missing,
    _comma_missing,
    _colon_missing,
    _quotes_missing,
    _key_wanted,
)
"""In this order: the first that finds something knows best."""
