from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_tui.render.width import Align, Measure, clip, fit, printable, width, wrap

WIDE = Measure(ambiguous=2)

TEXT = st.text(
    st.one_of(
        st.sampled_from("，。、；：！？）】》”’（【《“‘%…— \u3000"),
        st.sampled_from("政府信息公开年度报告件数总计"),
        st.sampled_from("0123456789.,%-+abcXYZ:/()"),
        st.characters(),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("12,345", 6),
        ("政府信息", 8),
        ("３", 2),
        ("\u3000", 2),
        ("“三安全一稳定”", 14),
        ("e\u0301", 1),
        ("\U00020000", 2),
        ("👨\u200d👩\u200d👧", 2),
        ("❤\ufe0f", 2),
        ("🇨🇳", 2),
        ("\a", 2),
        ("\u202e", 8),
    ],
)
def test_width(text: str, cells: int) -> None:
    assert width(text) == cells


@pytest.mark.parametrize(
    ("text", "cells"), [("“三安全一稳定”", 16), ("①②", 4), ("总计", 4), ("e\u0301", 1), ("│", 2)]
)
def test_width_where_ambiguous_characters_are_wide(text: str, cells: int) -> None:
    assert WIDE.width(text) == cells


def test_printable_shows_what_would_steer_the_terminal() -> None:
    assert printable("a\x07b") == "a^Gb"
    assert printable("\x1b[2J\x7f\x9b") == "^[[2J^?<U+009B>"
    assert printable("100\u202e001") == "100<U+202E>001"
    assert printable("\ud800") == "<U+D800>"
    assert printable("\u0301总计") == "<U+0301>总计"
    assert printable("“总计” 1\u3000") == "“总计” 1\u3000"
    assert printable("a\u0301") == "a\u0301"


def test_clip_never_halves_a_character_and_never_cuts_silently() -> None:
    assert clip("政府信息", 8) == "政府信息"
    assert clip("政府信息", 7) == "政府信~"
    assert clip("政府信息", 6) == "政府 ~"
    assert clip("1234567", 4) == "123~"
    assert clip("政府", 1) == "~"
    assert clip("政府", 0) == ""
    assert clip("ae\u0301io", 3) == "ae\u0301~"
    assert clip("政府信息", 6, sign="..") == "政府.."


def test_fit_fills_the_field() -> None:
    assert fit("总计", 6) == "总计  "
    assert fit("12", 5, Align.RIGHT) == "   12"
    assert fit("总计", 7, Align.CENTRE) == " 总计  "
    assert fit("123456", 4, Align.RIGHT) == "123~"


@pytest.mark.parametrize(
    ("text", "cells", "lines"),
    [
        ("", 10, [""]),
        ("政府信息公开", 4, ["政府", "信息", "公开"]),
        ("第一项加第二项，等于", 14, ["第一项加第二", "项，等于"]),
        ("其中《条例》规定", 6, ["其中", "《条", "例》规", "定"]),
        ("全市新收110000件申请", 12, ["全市新收", "110000件申请"]),
        ("办结率为100.00%，其中", 14, ["办结率为", "100.00%，其中"]),
        ("增长1,234.5%左右", 10, ["增长", "1,234.5%左", "右"]),
        ("见 https://www.gov.cn/a?b=1 附件", 24, ["见", "https://www.gov.cn/a?b=1", "附件"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("共１２３件", 6, ["共", "１２３", "件"]),
        ("一行\n二行", 10, ["一行", "二行"]),
        ("一行\r\n\r\n二行", 10, ["一行", "", "二行"]),
        ("情况说——明", 7, ["情况", "说——明"]),
        ("政府", 1, ["~", "~"]),
        ("12 月 31 日", 6, ["12 月", "31 日"]),
    ],
)
def test_wrap(text: str, cells: int, lines: list[str]) -> None:
    assert wrap(text, cells) == lines


def test_wrap_refuses_no_cells_at_all() -> None:
    with pytest.raises(ValueError, match="0"):
        wrap("总计", 0)


def test_line_starts_lead_to_the_same_lines() -> None:
    text = "全市新收110000件申请，办结率为100.00%。"
    starts = Measure().line_starts(text, 12)
    assert starts[0] == 0
    pieces = [text[a:b] for a, b in zip(starts, (*starts[1:], len(text)), strict=True)]
    assert pieces == wrap(text, 12)


@pytest.mark.parametrize("measure", [Measure(), WIDE])
@settings(max_examples=150, deadline=None)
@given(TEXT, st.integers(1, 30))
def test_nothing_is_ever_wider_than_asked(measure: Measure, text: str, cells: int) -> None:
    assert measure.width(measure.clip(text, cells)) <= cells
    assert measure.width(measure.fit(text, cells)) == cells
    assert all(measure.width(line) <= cells for line in measure.wrap(text, cells))
    assert printable(printable(text)) == printable(text)


@settings(max_examples=150, deadline=None)
@given(TEXT, st.integers(2, 30))
def test_wrapping_loses_nothing_but_blanks(text: str, cells: int) -> None:
    def bare(some: str) -> str:
        return some.replace(" ", "").replace("\u3000", "")

    shown = "".join(map(printable, text.replace("\r\n", "\n").replace("\r", "\n").split("\n")))
    assert bare("".join(wrap(text, cells))) == bare(shown)


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("政府信息公开，。《》（）“”"), max_size=40), st.integers(12, 30))
def test_punctuation_stays_with_its_words(text: str, cells: int) -> None:
    lines = wrap(text, cells)
    runs = max((len(run) for run in _punctuation_runs(text)), default=0)
    if runs <= 2:
        assert not any(line[0] in "，。》）”" for line in lines[1:])
        assert not any(line[-1] in "《（“" for line in lines[:-1])


def _punctuation_runs(text: str) -> list[str]:
    return "".join(one if one in "，。《》（）“”" else "\n" for one in text).split("\n")
