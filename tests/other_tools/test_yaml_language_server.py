"""An editor with the YAML language server helps to write a report, by the shipped schemas."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from other_tools.judges import node_lacks
from other_tools.language_server import YAML_SERVER, LanguageServer
from other_tools.mutants import ROOT, SAMPLES, schema_file

LACKS = node_lacks("yaml-language-server")
pytestmark = [pytest.mark.skipif(bool(LACKS), reason=LACKS), pytest.mark.slow]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    with LanguageServer(YAML_SERVER, tmp_path_factory.mktemp("editor")) as found:
        yield found


def _with_schema(schema: str, text: str) -> str:
    return f"# yaml-language-server: $schema={schema_file(schema).as_uri()}\n{text}"


def _sample(name: str) -> str:
    return (ROOT / "samples" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("schema", sorted(SAMPLES))
def test_samples_are_without_remark(server: LanguageServer, schema: str) -> None:
    for sample in SAMPLES[schema]:
        text = _with_schema(schema, _sample(sample))
        assert server.opened(f"{Path(sample).stem}.yaml", text) == []


WRONG = {
    "word-for-a-number": ("natural_person: 3402", "natural_person: many"),
    "number-below-the-least": ("natural_person: 3402", "natural_person: -1"),
    "half-a-request": ("natural_person: 3402", "natural_person: 0.5"),
    "misspelt-key": ("natural_person: 3402", "natural_persn: 3402"),
    "level-that-is-none": ("level: prefecture_city", "level: planet"),
    "office-without-name": ("name: 宿迁市人民政府, code", "code"),
}


@pytest.mark.parametrize("name", sorted(WRONG))
def test_what_is_wrong_is_underlined(server: LanguageServer, name: str) -> None:
    old, new = WRONG[name]
    sample = _sample("complete/sqs-2023.yaml")
    assert old in sample
    text = _with_schema("gov-info-annual-2021", sample.replace(old, new, 1))
    said = server.opened(f"{name}.yaml", text)
    line = next(number for number, each in enumerate(text.splitlines()) if new in each)
    assert [one["range"]["start"]["line"] for one in said] == [line]


def test_the_label_is_shown_where_the_pointer_rests(server: LanguageServer) -> None:
    text = _with_schema("gov-info-annual-2021", _sample("complete/sqs-2023.yaml"))
    server.opened("hover.yaml", text)
    lines = text.splitlines()
    line = next(number for number, each in enumerate(lines) if each.startswith("  new: {"))
    row = server.hover("hover.yaml", line, 3)
    assert "一、本年新收政府信息公开申请数量" in row
    assert "自然人" in server.hover("hover.yaml", line, lines[line].index("natural_person") + 2)


def test_rows_and_sections_are_offered_in_the_order_of_the_form(server: LanguageServer) -> None:
    head = "report_type: gov-info-annual/2021\nyear: 2023\norgan: {name: 某局}\n"
    text = _with_schema("gov-info-annual-2021", f"{head}requests:\n  \n")
    server.opened("rows.yaml", text)
    offered = server.completions("rows.yaml", text.count("\n") - 1, 2)
    assert list(offered) == ["new", "carried_in", "results", "carried_forward"]
    text = _with_schema("gov-info-annual-2021", f"{head}\n")
    server.opened("sections.yaml", text)
    offered = server.completions("sections.yaml", text.count("\n") - 1, 0)
    parts = ["overview", "proactive", "requests", "disputes", "problems", "other_matters"]
    assert [key for key in offered if key in parts] == parts
    assert "第五十条第（二）项" in offered["requests"]


def test_a_report_of_another_law_is_helped_in_its_language(server: LanguageServer) -> None:
    text = _with_schema("us-foia-annual-2008", _sample("foia/complete/nrb-2025.yaml"))
    assert server.opened("foia.yaml", text) == []
    line = next(n for n, each in enumerate(text.splitlines()) if each.startswith("components:"))
    assert "COMPONENTS" in server.hover("foia.yaml", line, 3)


def test_dates_are_the_only_form_it_does_not_judge(server: LanguageServer) -> None:
    """The difference that docs/how-to/other-tools.md names."""
    sample = _sample("complete/sqs-2023.yaml").replace("2023-12-31", "2023-02-30", 1)
    assert "2023-02-30" in sample
    assert server.opened("date.yaml", _with_schema("gov-info-annual-2021", sample)) == []
