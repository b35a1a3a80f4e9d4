"""Shows below an error in an expression where in its text it stands."""

from __future__ import annotations

from collections.abc import Iterable

from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text, same
from disclosure_tui.rules.expression import ExpressionError, Path, caret_under, parse_path
from disclosure_tui.rules.scope import PathError

__all__ = ["hint_with_caret"]


def hint_with_caret(error: SchemaError, sources: Iterable[str]) -> Text | None:
    """Return the hint of an error, ended by the expression with a caret if it is about one.

    Args:
        error: What is wrong.
        sources: The expressions it may be about.
    """
    if isinstance(error, ExpressionError):
        return same(error.caret()) if error.source else error.hint
    if not isinstance(error, PathError) or error.hint is None:
        return error.hint
    for source in sources:
        if _stands_in(error.path, source):
            return error.hint + same("\n" + caret_under(source, error.path.start))
    return error.hint


def _stands_in(path: Path, source: str) -> bool:
    try:
        return parse_path(source[path.start : path.end]) == path
    except ExpressionError:
        return False
