"""Which keys do which commands: those of the program, or what somebody has settled instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import cache

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Language, Text
from disclosure_tui.settings import KeySetting, SettingFault
from disclosure_tui.tui.command import Command, key_name
from disclosure_tui.tui.key_spelling import read_key
from disclosure_tui.tui.screen import Host, hosts

__all__ = ["Keymap"]

_KEPT = {"menu": "ctrl+p", "compute": "="}
"""Keys that stay whatever is settled: hints and the forms' own sentences name them."""


@dataclass(frozen=True, slots=True)
class Keymap:
    """The keys that are settled.

    Attributes:
        keys: Keys of the commands that have others than their own, by identifier.
        faults: Settings that are not used.
    """

    keys: Mapping[str, tuple[str, ...]]
    faults: tuple[SettingFault, ...] = ()

    @classmethod
    def of(cls, settings: Mapping[str, KeySetting]) -> Keymap:
        """Take what is settled, as far as no key would mean two things."""
        return _Building(settings).keymap()

    @classmethod
    def standard(cls) -> Keymap:
        """Return the keys that the program comes with."""
        return cls({})

    def applied(self, command: Command) -> Command:
        """Return a command with the keys that hold."""
        keys = self.keys.get(command.identifier)
        return command if keys is None else replace(command, keys=keys)

    def name(self, identifier: str, language: Language, *, brief: bool = False) -> str:
        """Return the name of a command's first key, or how to open the menu where it has none.

        Args:
            identifier: The command.
            language: The language of the name.
            brief: A letter rather than a longer name, where nothing is being typed.
        """
        keys = self.applied(_changeable()[identifier]).keys or (_KEPT["menu"],)
        letters = [key for key in keys if brief and len(key) == 1]
        return key_name((letters or keys)[0], language)


@cache
def _changeable() -> Mapping[str, Command]:
    """Return the commands whose keys can be changed, by identifier."""
    return {command.identifier: command for host in hosts() for command in host.commands}


@dataclass(frozen=True, slots=True)
class _Clash:
    """One key that would do two things on one screen."""

    key: str
    commands: tuple[Command, ...]


class _Building:
    """Goes through what is settled; the person's own settings come first and win."""

    def __init__(self, settings: Mapping[str, KeySetting]) -> None:
        self._settings = settings
        self._keys: dict[str, tuple[str, ...]] = {}
        self._faults: list[SettingFault] = []

    def keymap(self) -> Keymap:
        for identifier, setting in self._settings.items():
            keys = self._read(identifier, setting)
            if keys is not None:
                self._keys[identifier] = keys
        # Two commands may exchange their keys, so clashes are looked for when all are known.
        # Where nothing is settled there are none, and no screen need be loaded to know that.
        while self._keys and (clash := self._clash()) is not None:
            self._take_back(clash)
        return Keymap(self._keys, tuple(self._faults))

    def _refuse(self, setting: KeySetting, what: Text) -> None:
        self._faults.append(SettingFault(setting.where, what))

    def _read(self, identifier: str, setting: KeySetting) -> tuple[str, ...] | None:
        """Return the keys that somebody wrote, or None after saying what is the matter."""
        if identifier not in _changeable():
            self._refuse(setting, _no_command(identifier))
            return None
        read = [read_key(written) for written in setting.keys]
        for written, key in zip(setting.keys, read, strict=True):
            if isinstance(key, Text):
                self._refuse(setting, Text(f"【{written}】", f"{written!r}: ") + key)
                return None
        keys = [key for key in read if isinstance(key, str)]
        kept = _KEPT.get(identifier)
        return tuple(dict.fromkeys([*keys, kept] if kept is not None else keys))

    def _clash(self) -> _Clash | None:
        return next((clash for host in hosts() for clash in self._clashes(host)), None)

    def _clashes(self, host: Host) -> Iterator[_Clash]:
        meaning: dict[str, list[Command]] = {}
        for command in host.fixed:
            for key in command.keys:
                meaning.setdefault(key, []).append(command)
        for command in host.commands:
            for key in self._keys.get(command.identifier, command.keys):
                meaning.setdefault(key, []).append(command)
        settled = set(self._keys)
        for key, commands in meaning.items():
            if len(commands) > 1 and settled & {command.identifier for command in commands}:
                yield _Clash(key, tuple(commands))

    def _take_back(self, clash: _Clash) -> None:
        """Let the last of the settings that clash not hold; what it is told names the other."""
        order = list(self._keys)
        mine = [command for command in clash.commands if command.identifier in self._keys]
        last = max(mine, key=lambda command: order.index(command.identifier))
        other = next(command for command in clash.commands if command is not last)
        setting = self._settings[last.identifier]
        del self._keys[last.identifier]
        self._refuse(
            setting,
            Text(
                f"【{key_name(clash.key, Language.CHINESE)}】已经是【{other.sentence.zh}】的键，"
                f"【{last.sentence.zh}】仍用原来的键；请换一个键，或先给前者另设键",
                f"{key_name(clash.key, Language.ENGLISH)} is the key of {other.sentence.en!r}, so "
                f"{last.sentence.en!r} keeps its own; choose another key, or give the other one "
                "other keys first",
            ),
        )


def _no_command(identifier: str) -> Text:
    if identifier in {command.identifier for host in hosts() for command in host.fixed}:
        return Text(
            f"【{identifier}】的键不能改：移动和输入的键各处相同",
            f"the keys of {identifier!r} cannot be changed: those that move and type are the same "
            "everywhere",
        )
    close: Sequence[str] = get_close_matches(identifier, _changeable(), n=1)
    hint = (
        Text(f"，是不是【{close[0]}】？", f"; did you mean {close[0]!r}?")
        if close
        else Text("；用 disclosure keys 查看", "; see disclosure keys")
    )
    return Text(f"没有【{identifier}】这个命令", f"there is no command {identifier!r}") + hint
