"""What may have to be asked around filling in, as numbered questions."""

from __future__ import annotations

from datetime import datetime

from disclosure_tui.errors import DisclosureError, EditRefused
from disclosure_tui.language import Text, counted
from disclosure_tui.linear.conversation import Conversation
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Report
from disclosure_tui.render.differing import value_text
from disclosure_tui.render.wording import Wording
from disclosure_tui.session import (
    Access,
    Choice,
    Holder,
    HolderState,
    Merging,
    Offer,
    ReportHeld,
    Session,
    Unsettled,
)
from disclosure_tui.session.questions import (
    HOLDER,
    NO_RIGHT,
    NOT_RECOVERED,
    PUT_ASIDE,
    RECOVERY,
    SHARED,
    SIDES,
    TALK_FIRST,
)

__all__ = ["ask_conflicts", "ask_detaching", "ask_holder", "begin"]


def begin(talk: Conversation, session: Session) -> None:
    """Ask what has to be asked when a report opens: who holds it, what broke off."""
    if _is_read_only(session):
        talk.tell(NO_RIGHT)
        return
    holder = session.holder()
    if holder is not None and holder.state is not HolderState.STALE:
        ask_holder(talk, session, holder)
    if not _is_read_only(session):
        _offer(talk, session)
    for notice in session.notices:
        talk.tell(notice.text)


def _is_read_only(session: Session) -> bool:
    return session.access is Access.READ_ONLY


def ask_holder(talk: Conversation, session: Session, holder: Holder) -> bool:
    """Ask what to do about somebody who holds the report.

    Returns:
        Whether the report may be changed now.
    """
    talk.tell(holder.told(datetime.now().astimezone()) + Text("。", "."))
    talk.tell(TALK_FIRST)
    choice = talk.choose(talk.say(HOLDER.title), [talk.say(option) for option in HOLDER.options])
    try:
        if choice == 0:
            session.look_only()
        elif choice == 1:
            session.take_over()
        elif choice == 2:
            session.edit_anyway()
    except EditRefused as error:
        talk.refuse(error)
        return False
    return choice is not None and choice > 0


def _offer(talk: Conversation, session: Session) -> None:
    """Offer the work of sessions that broke off, the latest first."""
    for offer in reversed(session.recoveries()):
        talk.tell(offer.text)
        choice: int | None = _LOOK
        while choice == _LOOK:
            choice = talk.choose(
                talk.say(RECOVERY.title), [talk.say(one) for one in RECOVERY.options]
            )
            if choice == _LOOK:
                _show(talk, session, offer)
        if choice is None:
            talk.tell(NOT_RECOVERED)
            return
        if choice == 0:
            _recover(talk, session, offer)
            return
        try:
            notes = session.discard(offer)
        except DisclosureError as error:
            talk.refuse(error)
            return
        for note in notes or (PUT_ASIDE,):
            talk.tell(note)


def _show(talk: Conversation, session: Session, offer: Offer) -> None:
    try:
        form, differences = session.differences(offer)
    except DisclosureError as error:
        talk.refuse(error)
        return
    wording = Wording(form, talk.language)
    for difference in differences:
        talk.tell(difference.told(wording))


def _recover(talk: Conversation, session: Session, offer: Offer) -> None:
    """Bring work back; a text that was being typed is put in its place."""
    try:
        session.recover(offer)
    except ReportHeld as error:
        if ask_holder(talk, session, error.holder):
            _recover(talk, session, offer)
        return
    except Unsettled as error:
        if not ask_conflicts(talk, session, error.merging):
            return
    except DisclosureError as error:
        talk.refuse(error)
        return
    wording = Wording(session.form, talk.language)
    for pointer, text in dict(session.drafts).items():
        try:
            session.set_text(pointer, text)
        except EditRefused as error:
            talk.refuse(error)
        else:
            path = wording.path(pointer)
            talk.tell(Text(f"{path}：没填完的内容已填入", f"{path}: put in what was being typed"))
    talk.tell(Text(f"已找回 {offer.count} 处改动", f"recovered {counted(offer.count, 'change')}"))


def ask_conflicts(talk: Conversation, session: Session, merging: Merging) -> bool:
    """Ask for everything that two people changed, then bring the own changes in.

    Returns:
        Whether all was chosen and brought in.
    """
    form = session.form.populated(Report(merging.theirs.data))
    wording = Wording(form.populated(Report(merging.mine.data)), talk.language)
    choices: dict[Pointer, Choice] = {}
    for number, conflict in enumerate(merging.conflicts, 1):
        count = len(merging.conflicts)
        title = Text(
            f"两人都改过的格，第 {number} 处，共 {count} 处：",
            f"Changed by both, {number} of {count}: ",
        )
        options = [
            talk.say(label) + talk.say(value_text(getattr(conflict, side.value)))
            for side, label in SIDES
        ]
        choice = talk.choose(talk.say(title) + wording.path(conflict.pointer), options)
        if choice is None:
            talk.tell(_NOT_CHOSEN)
            return False
        choices[conflict.pointer] = SIDES[choice][0]
    try:
        session.settle(merging, choices)
    except DisclosureError as error:
        talk.refuse(error)
        return False
    return True


def ask_detaching(talk: Conversation, error: EditRefused) -> bool:
    """Ask whether a value that other places share is to be changed here only."""
    talk.refuse(error)
    return talk.choose(talk.say(SHARED.title), [talk.say(one) for one in SHARED.options]) == 0


_LOOK = 1
_NOT_CHOSEN = Text(
    "没有选完，没有合并。您的改动还在。", "Not everything was chosen; your changes are kept."
)
