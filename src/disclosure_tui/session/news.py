"""What a session has to tell by itself: data, worded where they are shown."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import EditRefused
from disclosure_tui.language import Text
from disclosure_tui.session.commit import Commit
from disclosure_tui.store.lock import Holder

__all__ = ["Displaced", "News", "Reverted", "Told"]


@dataclass(frozen=True, slots=True)
class Reverted:
    """A transaction was taken back: its text, read again, was not what had been asked.

    Attributes:
        reason: Why.
        commits: What was taken back: the transaction first, then those that share places with
            it. The others were done again.
        copy: The report with all of them, set aside; None where that could not be written.
    """

    reason: EditRefused
    commits: tuple[Commit, ...]
    copy: Path | None

    @property
    def text(self) -> Text:
        """One sentence for the person."""
        count = len(self.commits)
        told = Text(
            f"有 {count} 处改动写不进文件，已经撤回，请重新填写。",
            f"Changes that the file cannot take ({count}) were taken back; enter them again. ",
        )
        if self.copy is None:
            return told
        return told + Text(
            f"撤回前的内容另存在【{self.copy}】。", f"The text from before is in {self.copy}."
        )


@dataclass(frozen=True, slots=True)
class Displaced:
    """Somebody took the report over; the session is read-only now, its edits are kept.

    Attributes:
        by: Who.
        unsaved: How many changes are not in the file.
    """

    by: Holder
    unsaved: int

    @property
    def text(self) -> Text:
        """One sentence for the person."""
        who = Text(self.by.name or "别人", self.by.name or "somebody else")
        told = Text(
            f"【{who.zh}】已接着填报这份报告，您这里转为只读。",
            f"{who.en} took this report over; you can only read it now. ",
        )
        if not self.unsaved:
            return told
        return told + Text(
            f"没有保存的 {self.unsaved} 处改动还在，可以另存到别处。",
            f"Your changes ({self.unsaved}) are kept; you can save them elsewhere.",
        )


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence that the person should read."""

    text: Text


News: TypeAlias = Reverted | Displaced | Told
