"""Files that are no reports, or meant to hurt: refused at once, with place and advice, unchanged.

Each is opened by a program of its own, which measures its time and how much its memory grew.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

MEASURED = """
import json, resource, sys, time
from pathlib import Path
from disclosure_tui.errors import DocumentError
from disclosure_tui.store.document import Document
from disclosure_tui.store.files import read_bytes
Document.read(b"a: {b: [1, x]}")  # the scanner is imported when the first file is read
path = Path(sys.argv[1])
start, memory = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
told = None
try:
    Document.read(read_bytes(path), "r.yaml")
except DocumentError as error:
    told = [error.where, error.what.zh, error.hint.zh if error.hint else "", error.what.en]
print(json.dumps({
    "seconds": time.process_time() - start,
    "kibibytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory,
    "told": told,
}))
"""

ROWS = b"b: {natural_person: 0, total: 0}\n" * 4000
MANY = 1_900_000


def _exploding(line: str) -> bytes:
    lines = ["a0: &a0 {k: 1}"]
    for number in range(1, 12):
        others = ", ".join([f"*a{number - 1}"] * 9)
        lines.append(line.format(number=number, others=others))
    return "\n".join(lines).encode()


REFUSED = {
    "GB18030": ("机关: 市体育局\n".encode("gb18030") * 50_000, "1:1", "not UTF-8"),
    "UTF-16": ("机关: 市体育局\n".encode("utf-16"), "1:1", "not UTF-8"),
    "damaged UTF-8": (b"a: 1\nb: \xe4\xbd\n", "2:4", "not UTF-8"),
    "NUL": (b"a: 1\n" + b"\0" * MANY, "2:1", "control character"),
    "escape sequence": (b"a: 1\nb: \x1b]0;x\x07\n", "2:4", "control character"),
    "conflict markers": (ROWS + b"<<<<<<< HEAD\n", "4001:1", "merge conflict"),
    "unclosed bracket": (b"a: {x: 1\n" + ROWS, "1:4", "never closed"),
    "unclosed list": (b"a: [", "1:4", "never closed"),
    "unclosed bracket above a text": (b"a: {x: 1\nb: |-\n  x\n", "1:4", "never closed"),
    "unclosed bracket above a list": (b"a: [x, {y: 1]\nb:\n- x\n", "1:8", "never closed"),
    "a bar in brackets": (b"a: {x: 1,\n  y: |z}\n", "2:6", "cannot begin"),
    "unclosed quotation mark": (b"a: 'x\n" + ROWS, "1:4", "never closed"),
    "tabs for indentation": (ROWS + b"a:\n\tb: 1\n", "4002:1", "tab"),
    "exploding references": (_exploding("a{number}: &a{number} [{others}]"), "6:20", "repeat"),
    "exploding merges": (_exploding("a{number}: &a{number}\n  <<: [{others}]"), "11:18", "repeat"),
    "circle": (b"a: &a\n  b: {c: *a}\n", "2:10", "part of what"),
    "deep brackets": (b"a: " + b"[" * 5000, "1:68", "too deep"),
    "deep braces": (b"a: " + b"{a: " * 5000, "1:260", "too deep"),
    "deep indentation": (b"".join(b" " * i + b"a:\n" for i in range(300)), "66:67", "too deep"),
    "deep dashes": (b"- " * 5000, "1:131", "too deep"),
    "over the limit": (b"a" * (2 * 1024 * 1024 + 1), "1:1", "larger than"),
    "far too many values": (b"a: [" + b"0," * (MANY // 2), "1:1", "too much"),
    "far too many lines": (b"a: |\n" + b" x\n" * (MANY // 3), "1:1", "too much"),
    "far too many documents": (b"---\n" * (MANY // 4), "1:1", "too much"),
    "not a report": (b"- 1\n- 2\n", "1:1", "no report"),
    "only comments": (b"# x\n" * 9000, "1:1", "empty"),
}
READ = {
    "huge whole number": b"a: " + b"9" * MANY,
    "huge exponent": b"a: 1e" + b"9" * 1000,
    "huge text": b"a: " + b"x" * MANY,
    "tagged for another program": b"a: !!python/object/apply:os.system [true]\n",
    "many duplicate keys": b"a: 1\n" * 20_000,
    "bidirectional marks": "a: \u202e\u2066x\n".encode(),
}


def _opened(path: Path, content: bytes) -> dict[str, object]:
    path.write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert path.read_bytes() == content
    assert [other.name for other in path.parent.iterdir()] == [path.name]
    result: dict[str, object] = json.loads(done.stdout)
    assert float(str(result["seconds"])) < 2
    assert int(str(result["kibibytes"])) < 64 * 1024
    return result


@pytest.mark.parametrize("name", REFUSED)
def test_refused_at_once_with_place_and_advice(name: str, tmp_path: Path) -> None:
    content, place, english = REFUSED[name]
    told = _opened(tmp_path / "r.yaml", content)["told"]
    assert isinstance(told, list), "it was read"
    assert told[0].rpartition("/")[2] == f"r.yaml:{place}"
    assert english in told[3]
    assert told[2].startswith(("请", "看起来"))
    assert not re.search("非法|无效|失败|[“”…—·]", told[1] + told[2])
    if "UTF" in name or name == "GB18030":
        assert "disclosure convert r.yaml --to NEW" in told[2]


@pytest.mark.parametrize("name", READ)
def test_read_without_harm(name: str, tmp_path: Path) -> None:
    assert _opened(tmp_path / "r.yaml", READ[name])["told"] is None
