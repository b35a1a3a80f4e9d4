"""The commands of all screens with the keys that hold, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure_tui.language import Language
from disclosure_tui.render.width import MEASURE
from disclosure_tui.tui.command import key_names
from disclosure_tui.tui.keymap import Keymap
from disclosure_tui.tui.screen import hosts

__all__ = ["Keymap", "key_lines"]

_IDENTIFIER, _KEYS = 20, 24


def key_lines(keymap: Keymap, language: Language) -> Iterator[str]:
    """Yield a heading for each screen, and below it command, keys and sentence."""
    for host in hosts():
        yield f"[{host.title.in_(language)}]"
        for each in map(keymap.applied, host.commands):
            keys = MEASURE.fit(key_names(each, language) or "-", _KEYS)
            yield f"  {each.identifier:{_IDENTIFIER}}  {keys}  {each.sentence.in_(language)}"
