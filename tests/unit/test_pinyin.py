"""Initials of Chinese words, from the order of GB 2312."""

from __future__ import annotations

import pytest

from disclosure_tui.pinyin import initials, letters_of
from disclosure_tui.report_type import load_report_type
from disclosure_tui.schema.catalog import Catalog


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("退役军人事务局", "tyjrswj"),
        ("宿迁市", "sqs"),
        ("发展和改革委员会", "fzhggwyh"),
        ("某局", "mj"),
        ("A区2号办", "aq2hb"),
        ("（局）", "j"),
        ("", ""),
        ("𠀀", ""),
    ],
)
def test_initials(text: str, letters: str) -> None:
    assert initials(text) == letters


def test_a_character_with_several_readings_has_the_letters_it_is_told() -> None:
    assert letters_of("重") == "z"
    assert letters_of("重", {"重": "cz"}) == "cz"
    assert initials("重复", {"重": "cz"}) == "cf"


def test_a_rare_character_has_no_letter_unless_told() -> None:
    assert letters_of("勖") == ""
    assert letters_of("勖", {"勖": "x"}) == "x"


@pytest.mark.parametrize("name", [entry.name for entry in Catalog.of(()).entries()])
def test_every_chinese_label_can_be_typed_by_its_initials(name: str) -> None:
    form = load_report_type(name).form
    labels = [label for node in form.nodes.values() for label in node.label.titles.values()]
    silent = {
        character
        for label in labels
        for character in label
        if "一" <= character <= "鿿" and not letters_of(character, form.report_type.readings)
    }
    assert not silent, "name them in x-report.readings"
