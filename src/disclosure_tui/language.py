"""The two languages of the program and the text that exists in both."""

from __future__ import annotations

from enum import StrEnum

from disclosure_tui.data_class import dataclass

__all__ = ["Language", "Text", "counted", "same"]


class Language(StrEnum):
    """A language of the interface."""

    CHINESE = "zh"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence or a label of the program, complete in both languages."""

    zh: str
    en: str

    def in_(self, language: Language) -> str:
        """Return the wording for one language."""
        return self.zh if language is Language.CHINESE else self.en

    def __add__(self, other: Text) -> Text:
        return Text(self.zh + other.zh, self.en + other.en)


def same(text: str) -> Text:
    """Return a text that is the same in both languages: a name, a file, a figure."""
    return Text(text, text)


def counted(count: int, noun: str) -> str:
    """Return a number and an English noun that takes an s where it is not one: `2 cells`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
