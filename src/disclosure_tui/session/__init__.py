"""One report open for filling in, and everything that keeps its file safe. No Textual."""

from __future__ import annotations

from disclosure_tui.session.access import Access, ReadOnly, ReportHeld
from disclosure_tui.session.carrying_over import carried_over, carrying_title
from disclosure_tui.session.commit import Commit
from disclosure_tui.session.merging import Merging, Unsettled
from disclosure_tui.session.news import Displaced, News, Reverted, Told
from disclosure_tui.session.recovering import Offer, offers_for
from disclosure_tui.session.saving import SaveResult
from disclosure_tui.session.session import Session
from disclosure_tui.store.history import Version
from disclosure_tui.store.lock import Holder, HolderState
from disclosure_tui.store.merge import Choice, Conflict

__all__ = [
    "Access",
    "Choice",
    "Commit",
    "Conflict",
    "Displaced",
    "Holder",
    "HolderState",
    "Merging",
    "News",
    "Offer",
    "ReadOnly",
    "ReportHeld",
    "Reverted",
    "SaveResult",
    "Session",
    "Told",
    "Unsettled",
    "Version",
    "carried_over",
    "carrying_title",
    "offers_for",
]
