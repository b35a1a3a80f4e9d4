"""What is asked when a report opens: who holds it, what broke off, what is in the file."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from disclosure_tui.language import Text
from disclosure_tui.model.origin import OVERLAY
from disclosure_tui.session import HolderState, Told
from disclosure_tui.session.questions import NO_RIGHT
from disclosure_tui.tui.schema_notices import line_about_places
from disclosure_tui.tui.screen import EditorScreen
from disclosure_tui.tui.screens.holder_question import ask_holder
from disclosure_tui.tui.screens.news import show_notes
from disclosure_tui.tui.screens.notices import show_notices
from disclosure_tui.tui.screens.recovery import ask_recovery

if TYPE_CHECKING:
    from disclosure_tui.tui.report_base import ReportBase

__all__ = ["Opening"]

_READ_ONLY_KEPT = Text(
    "只读：您没有修改这个文件的权限；上次没有保存的内容用 disclosure recover 取回",
    "read-only: no right to change it; unsaved work is in disclosure recover",
)
_OVERLAY_MISSING = Text(
    "! 填报时用的补充规定现在没有用上，它增加的内容没有校验；详见问题清单",
    "! The overlay it was filled in with is not in force; see the list of findings",
)


class Opening:
    """Asks one thing after the other; what is not there is not asked."""

    def __init__(self, host: ReportBase) -> None:
        self._host = host

    def begin(self) -> None:
        """Begin with who else works on the report."""
        host = self._host
        news = host.session.poll()
        notes = [one.text for one in news if isinstance(one, Told)]
        if host.is_read_only:
            host.tell(host.say(_READ_ONLY_KEPT if host.session.recoveries() else NO_RIGHT))
            host.settle()
            return
        holder = host.session.holder()
        if holder is not None and holder.state is not HolderState.STALE:
            ask_holder(host, holder, self._offer)
        else:
            self._offer()
        if notes:
            show_notes(host, notes)
        asking = host.app.screen
        if asking is not host and isinstance(asking, EditorScreen):
            asking.since = monotonic()

    def _offer(self) -> None:
        """Offer the work of a session that broke off."""
        offers = self._host.session.recoveries()
        if offers:
            ask_recovery(self._host, offers[-1], self._tell)
        else:
            self._tell()

    def _tell(self) -> None:
        """Tell what is the matter with the file."""
        if not self._host.is_read_only:
            show_notices(self._host)
        host = self._host
        if any(finding.primary == OVERLAY for finding in host.session.result.findings.open):
            # What it adds is not on the form: nobody would come upon it.
            host.tell_at_once(host.say(_OVERLAY_MISSING))
        elif host.schema_notices:
            host.tell_at_once(host.say(line_about_places(host.schema_notices, host.key("help"))))
