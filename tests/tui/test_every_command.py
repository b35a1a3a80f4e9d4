"""Every command of every screen is done by its key, from the menu, and past an input method.

A command without a proof in `proofs.py` fails the first test.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from disclosure_tui.language import Language
from disclosure_tui.tui.app import DisclosureApp
from disclosure_tui.tui.command import Command, KeyPress, command_for
from disclosure_tui.tui.lookup_dialog import LookupDialog
from disclosure_tui.tui.screen import hosts
from disclosure_tui.tui.screens.desk import DeskScreen
from tui.editing import editing
from tui.proofs import AT_DESK, IN_REPORT
from tui.settling import press, settled, type_text

COMMANDS = {(host.name, each.identifier): each for host in hosts() for each in host.commands}
WITH_MENU = {host for host, identifier in COMMANDS if identifier == "menu"}
TYPED = {"/": "、", "[": "【", " ": "\u3000"}
"""What an input method types for a key; the other forms are as wide and further on."""


def ways(proofs: dict[tuple[str, str], object]) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield how each command can be given: its key, what an input method makes of it, the menu."""
    for name in proofs:
        command = COMMANDS[name]
        if command.keys:
            yield name, "key"
        if any(len(key) == 1 for key in command.keys):
            yield name, "input method"
        if name[0] in WITH_MENU and command.in_menu and command.identifier != "menu":
            yield name, "menu"


def test_every_command_has_a_proof_and_every_proof_its_command() -> None:
    assert set(COMMANDS) == IN_REPORT.keys() | AT_DESK.keys()


def test_every_key_of_a_command_stands_for_it() -> None:
    for host in hosts():
        for command in host.commands:
            for key in command.keys:
                assert command_for(host.commands, key) is command, (host.name, key)


def full_width(key: str) -> str:
    return TYPED.get(key) or chr(ord(key) + 0xFEE0)


def test_an_input_method_types_the_same_keys() -> None:
    for command in COMMANDS.values():
        for key in command.keys:
            if len(key) == 1:
                assert KeyPress.of("unknown", full_width(key)).name == key


async def give(app: DisclosureApp, command: Command, way: str) -> None:
    """Give a command in one of the ways."""
    if way == "key":
        key = command.keys[0]
        await press(app, key) if len(key) > 1 else await type_text(app, key)
    elif way == "input method":
        letter = next(key for key in command.keys if len(key) == 1)
        await type_text(app, full_width(letter))
    else:
        await press(app, "ctrl+p")
        menu = app.screen
        assert isinstance(menu, LookupDialog)
        names = [entry.names[-1] for entry in menu._entries]
        number = str(1 + names.index(command.identifier))
        await type_text(app, "".join(full_width(digit) for digit in number))
        await press(app, "enter")


@pytest.mark.parametrize(("name", "way"), list(ways(dict(IN_REPORT))), ids=str)
async def test_in_a_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: tuple[str, str], way: str
) -> None:
    monkeypatch.setenv("DISCLOSURE_NAME", "李某")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    proof = IN_REPORT[name]
    async with editing(proof.make, tmp_path) as edit:
        await proof.before(edit)
        await give(edit.app, COMMANDS[name], way)
        await proof.after(edit)


@pytest.mark.parametrize(("name", "way"), list(ways(dict(AT_DESK))), ids=str)
async def test_at_the_desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: tuple[str, str], way: str
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    keys, holds = AT_DESK[name]
    desk = DeskScreen(tmp_path)
    app = DisclosureApp(desk, Language.CHINESE)
    app.was_redrawn = False  # type: ignore[attr-defined]
    app.send_all = lambda: setattr(app, "was_redrawn", True)  # type: ignore[method-assign]
    async with app.run_test(size=(80, 24)):
        await settled(app)
        await press(app, *keys)
        await give(app, COMMANDS[name], way)
        assert holds(desk)
