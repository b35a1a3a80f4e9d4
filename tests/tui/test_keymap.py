"""Keys settled in a file: what holds, what is refused and why, and what follows of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_tui.language import Language, Text
from disclosure_tui.settings import KeySetting, SettingFault, Settings
from disclosure_tui.tui.key_spelling import RESERVED, read_key
from disclosure_tui.tui.keymap import Keymap
from disclosure_tui.tui.screen import hosts
from disclosure_tui.tui.widgets.prose_keys import PROSE_COMMANDS
from tui.editing import editing
from tui.report_files import NEW, complete


def settled(keys: Mapping[str, str | tuple[str, ...]]) -> dict[str, KeySetting]:
    return {
        name: KeySetting((written,) if isinstance(written, str) else written, f"settings.toml:{at}")
        for at, (name, written) in enumerate(keys.items(), 2)
    }


def keymap(**keys: str | tuple[str, ...]) -> Keymap:
    return Keymap.of(settled(keys))


def told(found: Keymap) -> list[str]:
    return [fault.told(Language.CHINESE) for fault in found.faults]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("F5", "f5"),
        ("Ctrl+K", "ctrl+k"),
        ("ctrl + k", "ctrl+k"),
        ("g", "g"),
        ("G", "G"),
        ("？", "?"),
        ("、", "/"),
        ("ｇ", "g"),
        ("PgDn", None),
        ("ctrl+PgDn", "ctrl+pagedown"),
        ("Esc", "escape"),
        ("space", " "),
        ("空格", " "),
        ("shift+F3", "shift+f3"),
    ],
)
def test_how_keys_are_written(written: str, key: str | None) -> None:
    found = read_key(written)
    assert found == key if key is not None else isinstance(found, Text)


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("", "不认识"),
        ("中", "不认识"),
        ("F13", "不认识"),
        ("hyper+x", "不认识"),
        ("ctrl+ctrl+x", "不认识"),
        ("alt+x", "Alt"),
        ("ctrl+i", "Tab"),
        ("ctrl+[", "Esc"),
        ("shift+g", "大写"),
        ("5", "移动或输入"),
        ("enter", "移动或输入"),
    ],
)
def test_keys_that_no_command_can_have(written: str, word: str) -> None:
    found = read_key(written)
    assert isinstance(found, Text)
    assert word in found.zh


@given(st.text(max_size=12))
def test_anything_may_be_written(written: str) -> None:
    found = read_key(written)
    assert isinstance(found, Text) or found not in RESERVED


def test_the_program_comes_without_clashes() -> None:
    for host in hosts():
        # The cursor is in a table or in a text, never in both.
        for fixed in ([one for one in host.fixed if one not in PROSE_COMMANDS], PROSE_COMMANDS):
            keys = [key for command in (*fixed, *host.commands) for key in command.keys]
            twice = {key for key in keys if keys.count(key) > 1}
            # Esc gives typing up; where nothing is typed it leads back.
            assert twice <= {"escape", "enter", "f2"}, host.name


def test_a_key_that_another_command_has_is_refused() -> None:
    found = keymap(save="x")
    assert not found.keys
    (line,) = told(found)
    assert line.startswith("settings.toml:2: 【x】已经是【采用本格的改法】的键，【保存】仍用原来")
    assert line.endswith("请换一个键，或先给前者另设键")


def test_two_commands_may_exchange_their_keys() -> None:
    found = keymap(next_finding="x", take_fix="n")
    assert found.keys == {"next_finding": ("x",), "take_fix": ("n",)}
    assert not found.faults


def test_of_two_settings_that_clash_the_first_holds() -> None:
    found = keymap(save="F5", undo="F5")
    assert found.keys == {"save": ("f5",)}
    assert len(found.faults) == 1
    assert "【F5】已经是【保存】的键" in told(found)[0]


def test_what_is_taken_back_may_clash_with_another_setting() -> None:
    # undo gets the key of save, which clashes with redo for its new one and takes its own back.
    found = keymap(redo="F5", undo="s", save="F5")
    assert found.keys == {"redo": ("f5",)}
    assert len(found.faults) == 2


def test_commands_that_cannot_have_other_keys() -> None:
    found = keymap(move="j", sav="F5", quite_unknown_thing="F6", save=("F5", "ctrl+i"))
    assert not found.keys
    assert [line.partition(": ")[2] for line in told(found)] == [
        "【move】的键不能改：移动和输入的键各处相同",
        "没有【sav】这个命令，是不是【save】？",
        "没有【quite_unknown_thing】这个命令；用 disclosure keys 查看",
        "【ctrl+i】不能用：终端分不清它和 Tab",
    ]


def test_a_command_may_have_no_key() -> None:
    found = keymap(take_fix=())
    assert found.keys == {"take_fix": ()}
    assert found.name("take_fix", Language.ENGLISH) == "Ctrl+P"


def test_the_menu_can_always_be_opened() -> None:
    assert keymap(menu="F4").keys == {"menu": ("f4", "ctrl+p")}
    assert keymap(menu=()).keys == {"menu": ("ctrl+p",)}
    assert "菜单" in told(keymap(save="ctrl+p"))[0]


async def test_keys_menu_help_and_hints_follow(tmp_path: Path) -> None:
    settings = Settings(keys=settled({"save": "F5", "finding_list": "F6", "menu": "F4"}))
    async with editing(complete, tmp_path, (80, 60), settings=settings) as edit:
        assert "F5 保存" in edit.lines[-1]
        assert "F4 菜单" in edit.lines[-1]
        await edit.go(NEW / "natural_person")
        await edit.press("1", "enter", "ctrl+s")
        assert edit.session.unsaved == 1
        await edit.press("f5")
        assert edit.session.unsaved == 0
        await edit.press("f1")
        assert any(line.split()[:2] == ["F5", "保存"] for line in edit.lines)
        await edit.press("escape", "f4")
        await edit.type("bc")
        assert edit.lines[2].rstrip().endswith("F5")


async def test_what_is_not_used_is_said_when_the_editor_begins(tmp_path: Path) -> None:
    faults = (SettingFault("settings.toml:1", Text("写得不对", "is wrong")),)
    settings = Settings(keys=settled({"save": "x"}), faults=faults)
    async with editing(complete, tmp_path, settings=settings) as edit:
        shown = "".join(edit.lines)
        assert "设置文件里有几处没有采用" in shown
        assert "settings.toml:1: 写得不对" in shown
        assert "settings.toml:2: 【x】已经是" in shown
        await edit.press("enter")
        assert edit.app.screen is edit.report
