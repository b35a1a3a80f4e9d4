"""The tables of limits in docs/reference/expressions.md, from the constants that set them.

A limit is a constant whose docstring begins with "Greatest"; a new one is in the table by itself.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from itertools import pairwise

from disclosure_tui.rules import expression

__all__ = ["PAGE", "limits", "with_limits"]

PAGE = "docs/reference/expressions.md"
GROUPS = {
    "One expression": tuple(
        f"{expression.__name__}.{module.name}"
        for module in pkgutil.iter_modules(expression.__path__)
    ),
    "All rules of a report": ("disclosure_tui.rules.registry",),
    "A schema file": ("disclosure_tui.schema.limits",),
}
_BEGIN, _END = (
    "<!-- Limits: written by `make docs` from the program. -->",
    "<!-- End of limits. -->",
)
_REGION = re.compile(f"{re.escape(_BEGIN)}.*?{re.escape(_END)}", re.DOTALL)


def with_limits(text: str) -> str:
    """Return the text of the page with its tables as they are now.

    Raises:
        ValueError: The page has no place for them.
    """
    if len(_REGION.findall(text)) != 1:
        raise ValueError(f"{PAGE}: the two comments around the limits are needed once")
    lines = ["| Of | Greatest | Is |", "|---|---|---|"]
    for group, names in GROUPS.items():
        for name in names:
            lines.extend(f"| {group} | {what} | {value:,} |" for what, value in limits(name))
    return _REGION.sub(lambda _: "\n\n".join([_BEGIN, "\n".join(lines), _END]), text)


def limits(name: str) -> Iterator[tuple[str, int]]:
    """Yield what each limit of a module is of, and its value."""
    module = importlib.import_module(name)
    body = ast.parse(inspect.getsource(module)).body
    for statement, behind in pairwise(body):
        if not isinstance(statement, ast.Assign) or not isinstance(behind, ast.Expr):
            continue
        target, text = statement.targets[0], behind.value
        if isinstance(target, ast.Name) and isinstance(text, ast.Constant):
            first = inspect.cleandoc(str(text.value)).split("\n\n")[0].replace("\n", " ")
            if first.startswith("Greatest "):
                yield first.removeprefix("Greatest ").rstrip("."), getattr(module, target.id)
