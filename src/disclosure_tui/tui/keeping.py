"""The last way to keep work: a file beside the report, where the journal cannot be written."""

from __future__ import annotations

from pathlib import Path

from disclosure_tui.errors import DisclosureError
from disclosure_tui.session import Session
from disclosure_tui.store.files import save

__all__ = ["keep_beside"]

_MOST = 100


def keep_beside(session: Session) -> Path | None:
    """Write what is not saved beside the report; None where there is nothing, or no place."""
    if not session.unsaved:
        return None
    for number in range(1, _MOST):
        place = session.path.with_name(f"{session.path.stem}.unsaved-{number}.yaml")
        if not place.exists():
            try:
                save(place, session.document.encode(), expected_sha256=None)
            except DisclosureError:
                return None
            return place
    return None
