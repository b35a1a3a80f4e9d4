"""Going to a cell by its name, and the menu by number or initials."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure_tui.language import Language
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.tui.lookup_dialog import LookupDialog
from disclosure_tui.tui.screens.place_search import place_entries
from disclosure_tui.tui.screens.report import ReportScreen
from tui.editing import Editing, editing
from tui.report_files import NEW, complete, draft

REPEAT = Pointer.parse("/requests/results/not_processed/repeat")
PERSON = "natural_person"


async def search(edit: Editing, key: str, typed: str) -> LookupDialog:
    await edit.type(key)
    assert isinstance(edit.app.screen, LookupDialog)
    await edit.type(typed)
    return edit.app.screen


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("xs zrr", NEW / PERSON),
        ("新收 自然人", NEW / PERSON),
        ("new.natural", NEW / PERSON),
        ("ｘｓ　ｚｒｒ", NEW / PERSON),
        ("cfsq zrr", REPEAT / PERSON),
        ("属于国家秘密 公益", Pointer.parse("/requests/results/denied/state_secret/welfare")),
        ("dwmc", Pointer.of("organ", "name")),
    ],
)
async def test_a_cell_is_found_by_any_of_its_names(
    tmp_path: Path, typed: str, place: Pointer
) -> None:
    async with editing(draft, tmp_path) as edit:
        await search(edit, "/", typed)
        await edit.press("enter")
        assert edit.here == place


async def test_the_sign_that_an_input_method_types_for_the_key(tmp_path: Path) -> None:
    async with editing(draft, tmp_path) as edit:
        await search(edit, "、", "新收")
        await edit.press("down", "enter")
        assert edit.here == NEW / "enterprise"


async def test_escape_changes_nothing_and_then_leads_back_from_a_jump(tmp_path: Path) -> None:
    async with editing(draft, tmp_path) as edit:
        await edit.go(REPEAT / PERSON)
        await search(edit, "/", "xs")
        await edit.press("escape")
        assert edit.here == REPEAT / PERSON
        await search(edit, "/", "xs zrr")
        await edit.press("enter")
        assert edit.here == NEW / PERSON
        await edit.press("escape")
        assert edit.here == REPEAT / PERSON
        await edit.press("escape")
        assert edit.here == REPEAT / PERSON


async def test_what_is_not_found_is_said(tmp_path: Path) -> None:
    async with editing(draft, tmp_path) as edit:
        dialog = await search(edit, "/", "xyzzy")
        assert "没有找到" in edit.lines[-1]
        await edit.press("enter")
        assert edit.app.screen is dialog
        await edit.press("backspace", "backspace", "backspace", "backspace", "backspace")
        assert len(dialog.list.options) == len(place_entries(edit.report.filling))


@pytest.mark.slow
async def test_every_place_can_be_found_by_its_key_and_its_label(tmp_path: Path) -> None:
    async with editing(complete, tmp_path) as edit:
        places = place_entries(edit.report.filling)
        dialog = await search(edit, "/", "")
        lookup = dialog._lookup
        pointers = [pointer for pointer, _ in places]
        assert len(set(pointers)) == len(pointers)
        shown = {p for page in edit.report.filling.pages for p in edit.report.filling.types(page)}
        assert {node.pointer for node in edit.session.form.cells} <= set(pointers) & shown
        for index, (pointer, entry) in enumerate(places):
            assert index in lookup.find(".".join(pointer))
            assert index in lookup.find(entry.names[0])


async def test_in_english(tmp_path: Path) -> None:
    async with editing(draft, tmp_path, language=Language.ENGLISH) as edit:
        await search(edit, "/", "new persons")
        assert edit.lines[0].rstrip().startswith(" Go to")
        await edit.press("enter")
        assert edit.here == NEW / PERSON


@pytest.mark.parametrize("typed", ["xygwt", "下一个问题", "next_finding", "Next finding"])
async def test_a_command_is_chosen_by_its_initials(tmp_path: Path, typed: str) -> None:
    async with editing(draft, tmp_path) as edit:
        await edit.press("ctrl+p")
        await edit.type(typed)
        dialog = edit.app.screen
        assert isinstance(dialog, LookupDialog)
        # 下一个未填的格 has the same initials at its beginning.
        assert any("下一个问题" in option for option in dialog.list.options[:2])
        assert len(dialog.list.options) <= 2
        await edit.press("escape")
        assert isinstance(edit.app.screen, ReportScreen)


async def test_a_command_is_chosen_by_its_number_in_full_width(tmp_path: Path) -> None:
    async with editing(draft, tmp_path) as edit:
        before = edit.report.index
        await edit.press("ctrl+p")
        await edit.type("２")
        await edit.press("enter")
        assert edit.report.index == (before - 1) % len(edit.report.filling.pages)


async def test_the_numbers_of_the_menu_are_those_of_the_shortened_list(tmp_path: Path) -> None:
    async with editing(draft, tmp_path) as edit:
        await edit.press("ctrl+p")
        await edit.type("wtlb1")
        await edit.press("enter")
        assert edit.lines[0].startswith(" 问题 ")
