"""What a session that broke off left: go on with it, look at it first, or put it aside."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from disclosure_tui.errors import DisclosureError
from disclosure_tui.language import Text
from disclosure_tui.session import Offer, ReportHeld, Unsettled
from disclosure_tui.session.questions import NOT_RECOVERED, PUT_ASIDE, RECOVERY
from disclosure_tui.tui.dialog import Dialog, ReadingDialog
from disclosure_tui.tui.differences_page import difference_lines
from disclosure_tui.tui.screens.conflicts import ask_conflicts
from disclosure_tui.tui.screens.holder_question import ask_holder

if TYPE_CHECKING:
    from disclosure_tui.tui.report_base import ReportBase

__all__ = ["ask_recovery"]

_LOOK = 1
_RECOVERED = Text("已找回", "recovered")


Then = Callable[[], object]
"""What follows once the person has decided."""


def ask_recovery(host: ReportBase, offer: Offer, then: Then) -> None:
    """Ask what becomes of the work of a session that broke off."""

    async def answer(choice: int | None) -> None:
        if choice == _LOOK:
            _look(host, offer, then)
        else:
            _decide(host, offer, choice, then)

    lines = [host.say(offer.text), ""]
    options = [host.say(option) for option in RECOVERY.options]
    host.app.push_screen(Dialog(host.say(RECOVERY.title), options, answer, lines=lines))


def _look(host: ReportBase, offer: Offer, then: Then) -> None:
    """Show what was changed, then ask again."""
    try:
        form, found = host.session.differences(offer)
    except DisclosureError as error:
        host.refuse(error)
        host.settle()
        return

    async def answer(choice: int | None) -> None:
        if choice is None:
            ask_recovery(host, offer, then)
        else:
            _decide(host, offer, (0, 2)[choice], then)

    lines = [(host.say(offer.text), False), ("", False)]
    lines += difference_lines(form, found, host.language)
    options = [host.say(RECOVERY.options[0]), host.say(RECOVERY.options[2])]
    host.app.push_screen(ReadingDialog(host.say(RECOVERY.title), options, answer, paragraphs=lines))


def _decide(host: ReportBase, offer: Offer, choice: int | None, then: Then) -> None:
    if choice is None:
        host.tell(host.say(NOT_RECOVERED))
    elif choice == 0:
        _recover(host, offer)
    elif _put_aside(host, offer):
        following = host.session.recoveries()
        if following:
            ask_recovery(host, following[-1], then)
            return
    if host.app.screen is host:
        then()
    host.settle()


def _recover(host: ReportBase, offer: Offer) -> None:
    try:
        host.session.recover(offer)
    except ReportHeld as error:
        ask_holder(host, error.holder, lambda: _recover(host, offer))
    except Unsettled as error:

        async def then() -> None:
            _show(host)

        ask_conflicts(host, error.merging, then)
    except DisclosureError as error:
        host.refuse(error)
    else:
        _show(host)


def _show(host: ReportBase) -> None:
    """Show what came back, the cursor where typing broke off."""
    host.view.show_values()
    for pointer, text in dict(host.session.drafts).items():
        if host.go_to(pointer):
            host.view.resume_typing(pointer, text)
    host.tell(host.say(_RECOVERED))
    host.poll()
    host.settle()


def _put_aside(host: ReportBase, offer: Offer) -> bool:
    try:
        notes = host.session.discard(offer)
    except DisclosureError as error:
        host.refuse(error)
        return False
    host.tell(" ".join(host.say(note) for note in notes) or host.say(PUT_ASIDE))
    return True
