"""Differences as a person reads them in the editor: figures in a line, prose by sentence."""

from __future__ import annotations

from pathlib import Path

from disclosure_tui.language import Language
from disclosure_tui.opening import open_document
from disclosure_tui.render.differing import differences_between
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.schema.catalog import Catalog
from disclosure_tui.tui.differences_page import difference_lines

SAMPLE = Path(__file__).parents[2] / "samples/complete/sqs-2023.yaml"


def test_of_a_long_text_only_the_sentences_that_differ_are_shown() -> None:
    old = open_document(SAMPLE).data
    overview = old["overview"].replace("推进。", "推进得很好。", 1)
    new = {**old, "year": 2024, "overview": overview}
    form = ReportTypes(Catalog.of()).load("gov-info-annual/2021").form
    form, found = differences_between(form, old, new)
    heading, *lines = difference_lines(form, found, Language.CHINESE)
    assert heading == ("2 处：原来的 -> 改成的", True)
    told = [line for line, _ in lines]
    assert told[:2] == ["年度：2023 -> 2024", "第一部分"]
    assert [line[0] for line in told[2:]] == ["-", "+"]
    assert "推进[得很好]。" in told[3]
    assert all("（一）主动公开" not in line for line in told)
