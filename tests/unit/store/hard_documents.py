"""Report-like files that are hard to change without touching more than was asked.

Each is a name, the bytes of the file, and the data that it holds.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple


class Hard(NamedTuple):
    name: str
    source: bytes
    data: Any


def _hard(name: str, text: str, data: Any, bom: bool = False) -> Hard:
    return Hard(name, (b"\xef\xbb\xbf" if bom else b"") + text.encode(), data)


HARD = (
    _hard(
        "comments everywhere",
        "# above\n\na: 1 # one\n  # deeper\nb: # no value\n\n# between\nc:   2   # two\n# end\n",
        {"a": 1, "b": None, "c": 2},
    ),
    _hard("line breaks of Windows", "a: 1\r\nb:\r\n  c: x # c\r\n", {"a": 1, "b": {"c": "x"}}),
    _hard("byte order mark", "a: 1\nb: 二\n", {"a": 1, "b": "二"}, bom=True),
    _hard(
        "mark and line breaks of Windows",
        "甲: 一\r\n乙: |-\r\n  二\r\n  三\r\n",
        {"甲": "一", "乙": "二\n三"},
        bom=True,
    ),
    _hard(
        "anchor, alias and merged keys",
        "base: &base {x: 1, y: 2}\nuse: *base\nown:\n  <<: *base\n  y: 3\nfree: 4\n",
        {
            "base": {"x": 1, "y": 2},
            "use": {"x": 1, "y": 2},
            "own": {"x": 1, "y": 3},
            "free": 4,
        },
    ),
    _hard(
        "aligned rows",
        "requests:\n"
        "  new:     {natural_person:   1, enterprise: 0, total:   1}   # 一、新收\n"
        "  granted: {natural_person:null, enterprise: 12, total: 12}  # （一）予以公开\n",
        {
            "requests": {
                "new": {"natural_person": 1, "enterprise": 0, "total": 1},
                "granted": {"natural_person:null": None, "enterprise": 12, "total": 12},
            }
        },
    ),
    _hard(
        "rows over several lines",
        "row: {\n  a: 1, # first\n  b: 2\n  # before the end\n}\nlist: [1,\n   2 , # two\n 3]\n",
        {"row": {"a": 1, "b": 2}, "list": [1, 2, 3]},
    ),
    _hard(
        "explicit keys",
        "? a\n: 1\n? b\n:\n  c: 2\n? |-\n  long key\n: 3\n",
        {"a": 1, "b": {"c": 2}, "long key": 3},
    ),
    _hard("explicit key without a value", "? a\n? b\n: 2\n", {"a": None, "b": 2}),
    _hard(
        "literal texts",
        "a: |\n  one\n   two\n\n  three\nb: |-\n    four\n\nc: |+\n  five\n\nd: 1\n",
        {"a": "one\n two\n\nthree\n", "b": "four", "c": "five\n\n", "d": 1},
    ),
    _hard(
        "folded texts",
        "a: >\n  one\n  two\n\n  three\n    more\n  four\nb: >-\n  five\n  six\n",
        {"a": "one two\nthree\n  more\nfour\n", "b": "five six"},
    ),
    _hard(
        "block texts with comments and indicators",
        "a: |2-   # why\n    two more\n  less\nb: >1 # so\n x\n y\nc: |-\n\nd: 1\n",
        {"a": "  two more\nless", "b": "x y\n", "c": "", "d": 1},
    ),
    _hard(
        "a comment behind a text and a deeper one",
        "a:\n  b: |-\n    text\n  # less\nc: 1\n    # deeper than the value\nd: 2\n",
        {"a": {"b": "text"}, "c": 1, "d": 2},
    ),
    _hard(
        "quotes and escapes",
        'a: "x\\ty\\u4e2d\\"z\\\\"\nb: \'it\'\'s\'\nc: "\\x41\\a\\N\\L"\nd: ""\ne: \'\'\n',
        {"a": 'x\ty中"z\\', "b": "it's", "c": "A\a\x85\u2028", "d": "", "e": ""},
    ),
    _hard(
        "quotes over several lines",
        'a: "one\n  two\n\n  three \\\n   four"\nb: \'x\n\n  y\'\nc: "tail "\n',
        {"a": "one two\nthree four", "b": "x\ny", "c": "tail "},
    ),
    _hard(
        "plain texts over several lines",
        "a: one\n  two\n\n  three # c\nb: [x\n  y, z]\n",
        {"a": "one two\nthree", "b": ["x y", "z"]},
    ),
    _hard(
        "tabs before comments and values",
        "a: 1\t# one\nb:\t2\n\t# a comment\n\t\nc: {x:\t1,\ty: 2}\t\n",
        {"a": 1, "b": 2, "c": {"x": 1, "y": 2}},
    ),
    _hard(
        "tabs in texts",
        "a: one\ttwo\nb: |\n  \tx\ty\n  z\nc: 'q\tr'\n",
        {"a": "one\ttwo", "b": "\tx\ty\nz\n", "c": "q\tr"},
    ),
    _hard(
        "Chinese keys",
        "机关: {名称: 市体育局, 代码: tyj}\n年度: 2023\n三、: \n  （一）: 1\n",
        {"机关": {"名称": "市体育局", "代码": "tyj"}, "年度": 2023, "三、": {"（一）": 1}},
    ),
    _hard(
        "values deleted by hand",
        "a: {b:, c: 1, d:}\nurl: {x: http://y, z: [p:q]}\n",
        {"a": {"b": None, "c": 1, "d": None}, "url": {"x": "http://y", "z": ["p:q"]}},
    ),
    _hard("no line break at the end", "a: 1\nb: 二", {"a": 1, "b": "二"}),
    _hard("a text without a line break at the end", "a: |-\n  x\n  y", {"a": "x\ny"}),
    _hard("document marks", "---\na: 1\nb: {c: 2}\n...\n", {"a": 1, "b": {"c": 2}}),
    _hard("empty documents around", "---\n---\na: 1\n---\n# nothing\n", {"a": 1}),
    _hard(
        "directive and modeline",
        "# yaml-language-server: $schema=x.json\n%YAML 1.2\n---\n# here\na: 1\n",
        {"a": 1},
    ),
    _hard(
        "irregular indentation",
        "a:\n   b: 1\n   c:\n         d: 2\n         e:\n          - 3\n"
        "          -   4\nf:\n g: 5\n",
        {"a": {"b": 1, "c": {"d": 2, "e": [3, 4]}}, "f": {"g": 5}},
    ),
    _hard(
        "empty values",
        "a:\nb: ~\nc: null\nd: ''\ne: {}\nf: []\ng: {x: , y, z: ~}\nh:\n- \n-\ni:   # blank\n",
        {
            "a": None,
            "b": None,
            "c": None,
            "d": "",
            "e": {},
            "f": [],
            "g": {"x": None, "y": None, "z": None},
            "h": [None, None],
            "i": None,
        },
    ),
    _hard(
        "lists at the indentation of their key",
        "a:\n- 1\n- x: 2\n  y: 3\n-  - 4\n   - 5\nb:\n- |-\n  six\n- z\n",
        {"a": [1, {"x": 2, "y": 3}, [4, 5]], "b": ["six", "z"]},
    ),
    _hard(
        "explanations",
        "explanations:\n"
        "  - rule: T3-BAL   # the rule\n"
        "    pointers: [/requests/new, /requests/results]\n"
        "    text: >-\n"
        "      说明\n"
        "      文字\n"
        "    values: {a: 1.50, b: 0010}\n"
        "  # second\n"
        "  - {rule: X, by: 张三}\n",
        {
            "explanations": [
                {
                    "rule": "T3-BAL",
                    "pointers": ["/requests/new", "/requests/results"],
                    "text": "说明 文字",
                    "values": {"a": Decimal("1.50"), "b": 10},
                },
                {"rule": "X", "by": "张三"},
            ]
        },
    ),
    _hard(
        "words that other readers change",
        "a: yes\nb: 2023-12-31\nc: 010\nd: 1_000\ne: 12:30\nf: .inf\ng: 0o17\nh: 0x1F\ni: 1e3\n"
        "j: True\nk: +3\nl: -0\nm: 12345678901234567890\nn: 3.10\no: NO\n",
        {
            "a": "yes",
            "b": "2023-12-31",
            "c": 10,
            "d": "1_000",
            "e": "12:30",
            "f": ".inf",
            "g": 15,
            "h": 31,
            "i": Decimal("1e3"),
            "j": True,
            "k": 3,
            "l": 0,
            "m": "12345678901234567890",
            "n": Decimal("3.10"),
            "o": "NO",
        },
    ),
    _hard(
        "tags",
        'a: !!str 1\nb: !!int "3"\nc: !own x\nd: ! 5\ne: !!float 2\nf: !!map {x: 1}\ng: !!str\n',
        {"a": "1", "b": 3, "c": "x", "d": "5", "e": Decimal(2), "f": {"x": 1}, "g": ""},
    ),
    _hard(
        "keys of all kinds",
        "1: a\ntrue: b\n'2': c\n\"x y\": d\n2020-01-01: e\n~: f\n/a/b~1c: g\nhttp://x: h\n",
        {
            "1": "a",
            "true": "b",
            "2": "c",
            "x y": "d",
            "2020-01-01": "e",
            "~": "f",
            "/a/b~1c": "g",
            "http://x": "h",
        },
    ),
    _hard(
        "brackets in all shapes",
        "a: [ ]\nb: { }\nc: [{x: 1}, [2, [3]], ]\nd: {k: [1,2], l: {m: 3}}\ne: [p: q, r]\n"
        "f: {\"j\":1, 's':2}\n",
        {
            "a": [],
            "b": {},
            "c": [{"x": 1}, [2, [3]]],
            "d": {"k": [1, 2], "l": {"m": 3}},
            "e": [{"p": "q"}, "r"],
            "f": {"j": 1, "s": 2},
        },
    ),
    _hard(
        "separators of old readers in texts",
        "a: x\x85y\nb: 'p\u2028q'\nc: |-\n  r\u2029s\nd: \ufeffz\n",
        {"a": "x\x85y", "b": "p\u2028q", "c": "r\u2029s", "d": "\ufeffz"},
    ),
    _hard("duplicate keys", "a: 1\nb: {x: 1, x: 2}\na: 3\n", {"b": {"x": 2}, "a": 3}),
    _hard(
        "values on lines of their own",
        "a:\n  1\nb:\n  # why\n  'two'\nc:\n  |-\n   three\nd:\n\n  {x: 1}\ne: &f\n  g: 1\n",
        {"a": 1, "b": "two", "c": "three", "d": {"x": 1}, "e": {"g": 1}},
    ),
    _hard(
        "emoji and rare characters",
        "a: 😀 x\nb: '𠮷野'\nc: [😀, y]\nd: |-\n  第😀段\n",
        {"a": "😀 x", "b": "𠮷野", "c": ["😀", "y"], "d": "第😀段"},
    ),
)
