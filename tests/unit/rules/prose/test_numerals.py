"""Numbers of official prose: what is read, what is only about right, what is no number at all."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_tui.rules.prose.numerals import FigureKind, chinese_value, figures_of
from disclosure_tui.rules.prose.page import Page

DIGITS = "零一二三四五六七八九"


def read(text: str) -> list[tuple[Any, FigureKind]]:
    return [(figure.value, figure.kind) for figure in Page(text).figures.values()]


def exact(text: str) -> list[Any]:
    return [value for value, kind in read(text) if kind is FigureKind.NUMBER]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("收到申请12件", 12),
        ("收到申请１２件", 12),
        ("收到申请 12 件", 12),
        ("收到申请1\n2件", 12),
        ("收到申请1,234件", 1234),
        ("收到申请1，234件", 1234),
        ("收到申请十二件", 12),
        ("收到申请一百零五宗", 105),
        ("收到申请两千三百条", 2300),
        ("收到申请三次", 3),
        ("收费1.5万元", 15000),
        ("收费2950元", 2950),
        ("收费59237.2449万元", Decimal("592372449")),
    ],
)
def test_a_number_is_read(text: str, value: Any) -> None:
    assert exact(text) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "公开信息700余条",
        "公开信息13万余条",
        "公开信息3.5万条",
        "收到申请约9件",
        "收到申请近20件",
        "收到申请十几件",
        "收到申请数十件",
        "收到申请几件",
        "收到申请超过30件",
        "收到申请30多件",
        "收到申请20件以上",
        "收到申请5-8件",
        "收到申请5至8件",
        "公开信息千余条",
    ],
)
def test_what_is_only_about_right_is_not_exact(text: str) -> None:
    assert exact(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "2023年1月1日至12月31日",
        "2023-01-15",
        "国办公开办函〔2021〕30号",
        "（2021）30号",
        "电话：0527-84358000",
        "www.12345.gov.cn",
        "第二十条第（五）项",
        "第3季度",
        "《关于做好2023年12件实事的通知》",
        "三个“100”行动",
        "每一件申请",
        "件件有回应",
        "五位一体",
        "三项制度",
    ],
)
def test_what_only_looks_like_one_is_none(text: str) -> None:
    assert exact(text) == []


def test_percentages() -> None:
    assert read("占33.9%") == [(Decimal("33.9"), FigureKind.PERCENTAGE)]
    assert read("占百分之三十") == [(30, FigureKind.PERCENTAGE)]
    assert read("占百分之三点五") == [(Decimal("3.5"), FigureKind.PERCENTAGE)]
    assert read("约占30%") == [(30, FigureKind.PERCENTAGE)]
    assert read("近30%") == [(30, FigureKind.APPROXIMATE)]


def written(number: int) -> str:
    """Write a number below 10 000 the way people do."""
    text, pending = "", False
    for step, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // step % 10
        if digit:
            text += ("零" if pending and text else "") + DIGITS[digit] + sign
            pending = False
        else:
            pending = True
    return text


@given(st.integers(1, 9999), st.integers(0, 9999))
def test_numerals_are_read_as_they_are_written(high: int, low: int) -> None:
    assert chinese_value(written(high)) == high
    whole = f"{written(high)}万" + ("零" if 0 < low < 1000 else "") + written(low)
    assert chinese_value(whole) == high * 10000 + low


@given(
    st.text(alphabet="0123456789一二十百万亿余约近年月日件条，。（）%.〔〕-《》“” \n", max_size=60)
)
def test_figures_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    end = 0
    for figure in figures_of(text):
        assert end <= figure.start < figure.end <= len(text)
        end = figure.end
