"""The quick reader gives the very tree of the exact one, or nothing."""

from __future__ import annotations

import os
import random
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import ryaml

from disclosure_tui.errors import DocumentError
from disclosure_tui.store.plain_data import plain_data
from disclosure_tui.store.quick_reader import quick_root
from disclosure_tui.store.reader import Placed, read_report
from disclosure_tui.store.source import Source
from disclosure_tui.store.tree import same_node
from seeds import seed as chosen_seed

ROOT = Path(__file__).parents[3]
EVIDENCE = ROOT / "docs/evidence/quick-reader-soak.md"
SAMPLES = sorted((ROOT / "samples").glob("*/*.yaml"))
CORPUS = sorted((ROOT / "tests/store_corpus").glob("*.yaml"))
FULL = os.environ.get("DISCLOSURE_SOAK") == "1"
TEXTS = 1_000_000 if FULL else 100_000

PLAIN = """# 一份
report_type: a/b  # t
year: 2023
organ: {name: 某局, code: tyj, "l": x, n: [1, two, 'th ree'], e: {}, f: [], g: , h: a:b}
more: {"p:/q": 5, s: "x\\ny \\"z\\""}
text: |-
  一段
    缩进

  二段
list:
- {a: 1}
- b: 2
  c:
    d: ~
- word word
deep:
  - x
  -   y: 1.50
      z: 010
notes:
  /a/b/c: 其中 16 件
blank:
other: "q # : x"   # z
one: 'it is'
url: http://x/y#z
last: |

  text

more: -5
"""
SIGNS = [
    *" \n\n:#-,{}[]'\"|>&*!?%@`~<=0123.eExo_ab一　/\\+",
    *("  ", "\n  ", "\n- ", ": ", " #", "- ", "|-\n", "---\n", "...\n", "? ", "\n\n", "''", '""'),
    *("<<: ", "\u00a0", "\u2028", "|+\n", "|2\n", "key: v\n", " : ", "\t", "\r\n", "\ufeff"),
]


def exact(text: str) -> Placed | None:
    try:
        return read_report(text, "")
    except DocumentError:
        return None


def agree(text: str) -> bool | None:
    """Compare the two readers; None where the quick one leaves the text alone."""
    quick = quick_root(text)
    if quick is None:
        return None
    whole = exact(text)
    return whole is not None and quick.at == whole.at and same_node(quick.node, whole.node)


def decoded(path: Path) -> str:
    return Source.decode(path.read_bytes(), path.name).text


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_sample_is_read_quickly(path: Path) -> None:
    assert agree(decoded(path)) is True


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_hard_files_are_read_alike_or_left_alone(path: Path) -> None:
    assert agree(decoded(path)) is not False


HAZARDS = [
    *("010", "1_000", "0o7", "0x1F", "1e3", ".5", "5.", "+1", "-0", "1.50", "9" * 18, "9" * 19),
    *("yes", "no", "on", "True", "NULL", "~", "", ".inf", "-.inf", ".nan", "2023-01-01"),
    *("12:30:45", "12:30", "=", "<<", "1 2", "１２", "一:二", "a: b", "a #b", "a# b", "'a'", '"a"'),
    *('"a\\n"', "'a''b'", "*x", "&x 1", "!!str 1", "!t 1", "|", ">", "%", "@", "`", "?", "? a"),
    *("-", "- a", "-a", "[", "[a", "[a]", "{a}", "{a: 1}", "{a: 1,}", "{a: 1} b", "a,", "a]", "a}"),
    *("a\u0085b", "a\u2028b", "a\tb", "\u00a0a", "\u3000a", "a\u00a0", "\ufeffa", "😀", "a:", ":a"),
    *(
        "---",
        "...",
        "#",
        " #",
        "a\n  b",
        "a\n b",
        "|-\n  a\n b",
        "|-\n\n  a",
        "|\n   \n  a",
        "|2\n  a",
    ),
]


@pytest.mark.parametrize("value", HAZARDS, ids=repr)
def test_hazards_are_read_alike_or_left_alone(value: str) -> None:
    for text in (
        f"a: {value}\n",
        f"a: {value}  # c\nb: 1\n",
        f"a: {{x: {value}, y: {value}}}\n",
        f"a: [{value}, {value}]\n",
        f"a:\n- {value}\n",
        f"a:\n  b: {value}\n  c: {value}",
        f"{value}: 1\n",
        f"a: {{{value}: 1}}\n",
        f"a: 1\na: {value}\n",
        f"{value}\n",
    ):
        assert agree(text) is not False, text


def test_too_deep_is_left_to_the_exact_reader() -> None:
    for depth in (20, 40, 70, 2_000):
        assert agree("a: " + "[" * depth + "]" * depth + "\n") is not False
        nested = "".join(f"{' ' * level}k:\n" for level in range(depth))
        assert agree(nested) is not False


def test_a_hostile_text_takes_no_longer_than_its_length() -> None:
    """No text makes it go back and forth: twice the length is about twice the work."""
    for unit in (" ", "a ", "#", " #", ": ", '"', "'", "{", "[", "a: {b: ", "- ", "|-\n", "\n "):
        quick_root("k: " + unit * 200_000)


@pytest.mark.soak
def test_changed_texts_are_read_alike_or_left_alone() -> None:
    seed = chosen_seed()
    sys.stdout.write(f"seed {seed}\n")
    chance = random.Random(seed)
    texts = [PLAIN] * 20 + [decoded(path)[:1500] for path in SAMPLES[:6]]
    texts += [text[:2500] for text in map(decoded, CORPUS)]
    read = 0
    for _ in range(TEXTS):
        text = _changed(chance.choice(texts), chance)
        alike = agree(text)
        assert alike is not False, f"seed {seed}: {text!r}"
        read += alike is True
    told = (
        "# The quick reader beside the exact one\n\nWritten by `make soak` "
        f"(`tests/unit/store/test_quick_reader.py`).\n\nSeed {seed}: {TEXTS} changed texts, "
        f"{read} of them read by the quick reader, each to the same tree as by the exact reader; "
        "the others it left alone.\n"
    )
    sys.stdout.write(told)
    if FULL:
        EVIDENCE.write_text(told, encoding="utf-8")
    assert read > TEXTS * 0.02


def _changed(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    kind = chance.random()
    if kind < 0.3:
        text = "".join(chance.sample(lines, min(len(lines), 6)))
    elif kind < 0.7:
        first = chance.randrange(len(lines) + 1)
        text = "".join(lines[first : first + chance.randrange(1, 8)])
    for _ in range(chance.choice((0, 1, 1, 2, 3, 5))):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(SIGNS) + text[at + chance.choice((0, 0, 0, 1, 1, 2)) :]
    return text


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_another_reader_reads_the_samples_alike(path: Path) -> None:
    text = decoded(path)
    assert comparable(plain_data_of(text)) == comparable(ryaml.loads(text))


def plain_data_of(text: str) -> Any:
    root = quick_root(text)
    assert root is not None
    return plain_data(root, text, "")


def comparable(value: Any) -> Any:
    """Return data as both readers give them: exact decimals are the nearest binary ones there."""
    if isinstance(value, dict):
        return {key: comparable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [comparable(inner) for inner in value]
    return float(value) if isinstance(value, Decimal) else value
