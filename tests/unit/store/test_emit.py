"""New YAML text is read by everybody as what was meant."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from disclosure_tui.store import emit


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (False, "false"),
        (0, "0"),
        (Decimal("0.10"), "0.10"),
        ("政府信息公开", "政府信息公开"),
        ("gov-info-annual/2021", "gov-info-annual/2021"),
        ("https://example.org/a", "https://example.org/a"),
        ("010-12345678", '"010-12345678"'),
        ("Off", '"Off"'),
        ("=", '"="'),
        ("-x", '"-x"'),
        (" x", '" x"'),
        ("x:", '"x:"'),
        ("1e3", '"1e3"'),
        ("16件", "16件"),
    ],
)
def test_scalars_in_blocks(value: Any, text: str) -> None:
    assert emit.scalar(value) == text


def test_a_row_on_one_line() -> None:
    row = {"natural_person": None, "a b": "x, y", "list": [1, "2"], "m": {}, "url": "a:b"}
    assert emit.flow(row) == (
        '{natural_person: null, a b: "x, y", list: [1, "2"], m: {}, url: "a:b"}'
    )


def test_maps_in_maps_take_lines_of_their_own() -> None:
    value = {"a": {"b": [1, 2]}, "c": [{"d": [{"e": 1}]}, "f"], "g": "h"}
    assert "k:" + emit.block(value, 2, "\n") == (
        "k:\n  a:\n    b: [1, 2]\n  c:\n    - d:\n        - {e: 1}\n    - f\n  g: h"
    )
