"""The reasons why the program cannot go on, each with what, where and what to do.

Faults in a report that can still be shown are not errors: they are findings
(`disclosure_tui.model.finding`).
"""

from __future__ import annotations

from disclosure_tui.language import Language, Text

__all__ = ["DisclosureError", "DocumentError", "EditRefused", "SaveError", "SchemaError"]


class DisclosureError(Exception):
    """The program cannot do what was asked.

    Attributes:
        what: One sentence: what cannot be done and why.
        hint: What the person can do about it, or None.
        where: File, and line or pointer, as far as known: `report.yaml:12:5`.
    """

    def __init__(self, what: Text, *, hint: Text | None = None, where: str = "") -> None:
        super().__init__(what.en)
        self.what = what
        self.hint = hint
        self.where = where

    def told(self, language: Language) -> str:
        """Return the message as one line, or two with the hint."""
        head = f"{self.where}: " if self.where else ""
        lines = [head + self.what.in_(language)]
        if self.hint is not None:
            lines.append(self.hint.in_(language))
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.told(Language.ENGLISH)


class SchemaError(DisclosureError):
    """A schema file cannot be used: not found, misspelt, contradictory or over a limit."""


class DocumentError(DisclosureError):
    """A report file cannot be read."""


class EditRefused(DisclosureError):  # noqa: N818 - it names what happened, not a kind of fault
    """A transaction cannot be written into the document; nothing of it was done.

    Attributes:
        detachable: The keys that lead to a value which other places of the file share, if that
            is the reason and detaching it (`DetachValue`) would help; else None.
    """

    detachable: tuple[str, ...] | None = None


class SaveError(DisclosureError):
    """The document cannot be written to disk; the disk holds what it held before."""
