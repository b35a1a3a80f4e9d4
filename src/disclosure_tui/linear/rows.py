"""Rows that the filer adds, line by line: a row more, a row less."""

from __future__ import annotations

from disclosure_tui.language import Text
from disclosure_tui.linear.changes import Changes
from disclosure_tui.linear.conversation import Conversation
from disclosure_tui.linear.places import Place
from disclosure_tui.model.edit import Transaction
from disclosure_tui.model.entry_rows import (
    adding,
    beside,
    entry_maps,
    first_cell,
    key_above,
    removed_with,
    removing,
    row_at,
)
from disclosure_tui.model.form import Node
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.session import Session
from disclosure_tui.session.row_questions import (
    ADD,
    ALL_THERE,
    FIXED,
    NAME,
    NO_ROWS,
    WHERE,
    deletion,
    figures_in,
    full,
    holders,
    key_of,
    offered,
    warnings,
)

__all__ = ["Rows"]


class Rows:
    """The rows around one place of a report."""

    def __init__(self, session: Session, talk: Conversation, changes: Changes) -> None:
        self._session, self._talk, self._changes = session, talk, changes

    def add(self, place: Place) -> Pointer | None:
        """Ask for a new row and add it below that of the place.

        Returns:
            Its first cell, or None if none was added.
        """
        holder = self._holder(place)
        if holder is None or holder.entries is None:
            return None
        no_more = full(holder)
        if no_more is not None:
            self._talk.tell(no_more)
            return None
        asked = self._asked(holder)
        if asked is None:
            return None
        key, name = asked
        form, report = self._session.form, self._session.report
        below = key_above(form, holder, place.pointer)
        if not self._done(adding(form, report, holder, key, name=name, below=below)):
            return None
        return first_cell(self._session.form, holder.pointer / key)

    def delete(self, place: Place) -> Pointer | None:
        """Ask about the row of a place, and delete it.

        Returns:
            The place of the same column in the row beside it, or what comes nearest; None if
            nothing was deleted.
        """
        form, report = self._session.form, self._session.report
        row = row_at(form, place.pointer)
        if row is None:
            self._talk.tell(FIXED if holders(form, place.page, place.pointer) else NO_ROWS)
            return None
        rows = removed_with(form, report, row)
        name = form.nodes[row].label.title(self._talk.language)
        figures = sum(figures_in(form, report, each) for each in rows)
        for line in warnings(figures, len(rows) - 1):
            self._talk.tell(line)
        question = deletion(name)
        options = [self._talk.say(option) for option in question.options]
        if self._talk.choose(self._talk.say(question.title), options) != 0:
            return None
        near = beside(form, row)
        if not self._done(removing(report, rows, name)):
            return None
        return row.parent if near is None else near.joined(place.pointer[len(row) :])

    def _done(self, transaction: Transaction) -> bool:
        done, _ = self._changes.make(
            lambda detach: self._session.change_rows(transaction, detach=detach)
        )
        return done

    def _asked(self, holder: Node) -> tuple[str, str] | None:
        """Return key and name of the row to add, or None if the person leaves it."""
        assert holder.entries is not None
        talk, report = self._talk, self._session.report
        rows = offered(report, holder)
        if rows is not None:
            if not rows:
                talk.tell(ALL_THERE)
                return None
            choice = talk.choose(talk.say(ADD), [name for _, name in rows])
            return None if choice is None else (rows[choice][0], "")
        while True:
            typed = talk.ask(talk.say(NAME)).strip()
            if not typed:
                return None
            key = key_of(report, holder, typed)
            if not isinstance(key, Text):
                return key, typed if holder.entries.label else ""
            talk.tell(key)

    def _holder(self, place: Place) -> Node | None:
        """Return the map that a row is to be added to; ask where it may be one of several."""
        form = self._session.form
        # A table without any row yet has no place to be asked from.
        found = holders(form, place.page, place.pointer) or entry_maps(form)
        if not found:
            self._talk.tell(NO_ROWS)
            return None
        if len(found) == 1:
            return found[0]
        names = [one.label.title(self._talk.language) for one in found]
        choice = self._talk.choose(self._talk.say(WHERE), names)
        return None if choice is None else found[choice]
