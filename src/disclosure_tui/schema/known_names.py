"""What a name of a schema that is not there may mean."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from disclosure_tui.language import Text

__all__ = ["meant_or_known"]


def meant_or_known(name: str, names: Iterable[str]) -> Text:
    """Return the schema that a name may mean, or else all that there are."""
    known = sorted(set(names))
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    if close:
        return Text(f"是不是 {close[0]}？", f"did you mean {close[0]}?")
    return Text(f"已有的格式：{'、'.join(known)}", f"known: {', '.join(known)}")
