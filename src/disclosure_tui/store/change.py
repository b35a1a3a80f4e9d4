"""What a transaction did to a text, kept so that it can be taken back."""

from __future__ import annotations

from dataclasses import field

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import EditRefused
from disclosure_tui.language import Text
from disclosure_tui.store.draft import Replacement
from disclosure_tui.store.reader import Placed

__all__ = ["Change"]


@dataclass(frozen=True, slots=True)
class Change:
    """What a transaction did to the text: replacements, one after the other.

    Each place counts in the text as the replacements before it left it. The trees on both sides
    are kept beside them, so that going back needs no reading; a change that was built from a
    journal has none.
    """

    replacements: tuple[Replacement, ...]
    tree_before: Placed | None = field(default=None, compare=False, repr=False)
    tree_after: Placed | None = field(default=None, compare=False, repr=False)

    def inverse(self) -> Change:
        """Return the change that goes back."""
        turned = tuple(
            Replacement(one.start, one.after, one.before) for one in reversed(self.replacements)
        )
        return Change(turned, self.tree_after, self.tree_before)

    def taken_back(self, text: str) -> str:
        """Return the text before the change.

        Raises:
            EditRefused: The text is not the one that the change left.
        """
        for one in reversed(self.replacements):
            end = one.start + len(one.after)
            if text[one.start : end] != one.after:
                raise EditRefused(
                    Text(
                        "文件内容已经变了，这一步不能撤销。",
                        "The text is no longer the one that this change left.",
                    )
                )
            text = text[: one.start] + one.before + text[end:]
        return text
