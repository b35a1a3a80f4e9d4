"""Report modules, functions and classes over the size that stays easy to read.

A report to learn from, not a wall: it always succeeds.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

LONGEST_MODULE, LONGEST_FUNCTION, LONGEST_CLASS = 300, 50, 150


def oversized(path: Path) -> Iterator[str]:
    """Yield a line for everything in a file that is over its size."""
    text = path.read_text(encoding="utf-8")
    count = text.count("\n")
    if count > LONGEST_MODULE:
        yield f"{path}: {count} lines"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            limit = LONGEST_CLASS if isinstance(node, ast.ClassDef) else LONGEST_FUNCTION
            size = (node.end_lineno or node.lineno) - node.lineno + 1
            if size > limit:
                yield f"{path}:{node.lineno} {node.name}: {size} lines"


def main() -> None:
    """Print the report."""
    found = [line for path in sorted(Path("src").rglob("*.py")) for line in oversized(path)]
    limits = f"module {LONGEST_MODULE}, function {LONGEST_FUNCTION}, class {LONGEST_CLASS}"
    print(f"Over the size that stays easy to read ({limits}): {len(found) or 'nothing'}")
    for line in found:
        print("  " + line)


if __name__ == "__main__":
    main()
