"""Settings of the person, the district and the system; mistakes in them are told, never fatal."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_tui.language import Language
from disclosure_tui.settings import Settings, chosen_language


class Places:
    """A home, a district and a system without anything settled."""

    def __init__(self, folder: Path) -> None:
        self.person = folder / "config/disclosure-tui/settings.toml"
        self.district = folder / "district/disclosure.yaml"
        self.system = folder / "etc/settings.toml"
        for path in (self.person, self.district, self.system):
            path.parent.mkdir(parents=True)
        self.environment = {
            "XDG_CONFIG_HOME": str(folder / "config"),
            "DISCLOSURE_SYSTEM": str(folder / "etc"),
        }

    def read(self) -> Settings:
        return Settings.read(self.environment, self.district.parent)

    def told(self) -> list[str]:
        return [fault.told(Language.CHINESE) for fault in self.read().faults]


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path)


def test_nothing_is_settled_where_there_are_no_files(places: Places) -> None:
    assert places.read() == Settings()


def test_the_person_comes_before_the_district_and_that_before_the_system(places: Places) -> None:
    places.system.write_text('language = "en"\n[keys]\nsave = "F5"\nundo = "F6"\n')
    assert places.read().language is Language.ENGLISH
    places.district.write_text("language: zh\nname: 某区\n", encoding="utf-8")
    assert places.read().language is Language.CHINESE
    places.person.write_text('language = "en"\n[keys]\nsave = "F7"\n')
    found = places.read()
    assert found.language is Language.ENGLISH
    assert {name: setting.keys for name, setting in found.keys.items()} == {
        "save": ("F7",),
        "undo": ("F6",),
    }
    assert found.keys["save"].where == f"{places.person}:3"
    assert found.keys["undo"].where == f"{places.system}:4"
    assert not found.faults


def test_who_asks_on_the_command_line_comes_first() -> None:
    settled = Settings(Language.CHINESE)
    assert chosen_language("en", settled, {"DISCLOSURE_LANG": "zh"}) is Language.ENGLISH
    assert chosen_language(None, settled, {"DISCLOSURE_LANG": "en"}) is Language.ENGLISH
    assert chosen_language(None, settled, {"LANG": "en_US.UTF-8"}) is Language.CHINESE
    assert chosen_language(None, Settings(), {"LANG": "en_US.UTF-8"}) is None


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ('langage = "zh"\n', 1, "是不是【language】"),
        ("# 注\nlanguage = 3\n", 2, '请写 "zh" 或 "en"'),
        ('language = "fr"\n', 1, '请写 "zh" 或 "en"'),
        ("\nkeys = 3\n", 2, "[keys]"),
        ("[keys]\nsave = 3\n", 2, "请写一个键"),
        ('[keys]\n"save" = ["F5", 3]\n', 2, "请写一个键"),
        ("keys.save = 3\n", 1, "请写一个键"),
        ("[colour]\nred = 1\n", 1, "可用的有：language、keys"),
        ('language = "zh"\nlanguage = "en"\n', 2, "整个文件没有采用"),
        ("language = zh\n", 1, "整个文件没有采用"),
    ],
)
def test_a_mistake_is_told_with_its_line(places: Places, text: str, line: int, word: str) -> None:
    places.person.write_text(text, encoding="utf-8")
    (told,) = places.told()
    assert told.startswith(f"{places.person}:{line}: ")
    assert word in told


def test_the_rest_of_a_file_with_a_mistake_holds(places: Places) -> None:
    places.person.write_text('langage = "zh"\nlanguage = "en"\n[keys]\nsave = 3\nundo = "F6"\n')
    found = places.read()
    assert found.language is Language.ENGLISH
    assert list(found.keys) == ["undo"]
    assert len(found.faults) == 2


def test_files_that_cannot_be_read(places: Places) -> None:
    places.person.write_bytes("language = 中文".encode("gbk"))
    places.system.mkdir()
    places.district.write_text("a: [", encoding="utf-8")
    told = places.told()
    assert len(told) == 3
    assert "UTF-8" in told[0]
    assert str(places.district) in told[1]
    assert told[2].startswith(f"{places.system}: 打不开：这是文件夹")


def test_a_district_with_another_language(places: Places) -> None:
    places.district.write_text("language: fr\n", encoding="utf-8")
    assert places.told() == [f"{places.district}: 【language】请写 zh 或 en"]


def test_a_byte_order_mark_is_no_mistake(places: Places) -> None:
    places.person.write_bytes(b"\xef\xbb\xbf" + b'language = "en"\r\n')
    assert places.read() == Settings(Language.ENGLISH)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_file_stops_the_program(contents: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "disclosure-tui" / "settings.toml"
        path.parent.mkdir()
        path.write_bytes(contents)
        Settings.read({"XDG_CONFIG_HOME": folder}, Path(folder))
