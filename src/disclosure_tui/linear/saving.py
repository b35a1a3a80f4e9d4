"""Saving from a conversation: what stands in the way is told, and a way out offered."""

from __future__ import annotations

from pathlib import Path

from disclosure_tui.errors import EditRefused, SaveError
from disclosure_tui.language import Text
from disclosure_tui.linear.conversation import Conversation
from disclosure_tui.linear.questions import ask_conflicts, ask_holder
from disclosure_tui.linear.telling import Telling
from disclosure_tui.session import ReadOnly, ReportHeld, Session, Unsettled
from disclosure_tui.store.save_errors import MetadataLost

__all__ = ["save"]


def save(talk: Conversation, session: Session, telling: Telling) -> bool:
    """Write the file; ask where something stands in the way.

    Returns:
        Whether everything is on the disk.
    """
    accept_loss = False
    while True:
        try:
            result = session.save(accept_loss=accept_loss)
        except Unsettled as error:
            goes_on = ask_conflicts(talk, session, error.merging)
        except ReportHeld as error:
            goes_on = ask_holder(talk, session, error.holder)
        except (SaveError, ReadOnly) as error:
            talk.refuse(error)
            accept_loss = isinstance(error, MetadataLost)
            first = talk.say(_ACCEPT if accept_loss else _AGAIN)
            choice = talk.choose(talk.say(_TITLE), [first, talk.say(_ELSEWHERE)])
            if choice == 1:
                return _elsewhere(talk, session, telling)
            goes_on = choice == 0
        except EditRefused as error:
            talk.refuse(error)
            goes_on = False
        else:
            for line in telling.saved(result):
                talk.tell(line)
            return True
        if not goes_on:
            return False


def _elsewhere(talk: Conversation, session: Session, telling: Telling) -> bool:
    name = talk.ask(talk.say(_WHERE)).strip()
    if not name:
        return False
    try:
        result = session.save_as(session.path.parent / Path(name).expanduser())
    except (EditRefused, SaveError) as error:
        talk.refuse(error)
        return False
    except (RuntimeError, ValueError):
        talk.tell(_NO_NAME)
        return False
    for line in telling.saved(result):
        talk.tell(line)
    return True


_TITLE = Text("没有保存成，怎么办", "It was not saved; what now")
_AGAIN = Text("再试一次", "Try again")
_ACCEPT = Text("照样保存", "Save all the same")
_ELSEWHERE = Text("存到别处", "Save elsewhere")
_WHERE = Text("新文件名，回车不存：", "New file, Enter for none: ")
_NO_NAME = Text("这个名字不能作文件名", "no file can have this name")
