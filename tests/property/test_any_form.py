"""Whatever form loads, and whatever stands in its report: every command has an answer."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from disclosure_tui.cli.main import run
from random_forms import any_form, any_report
from seeds import seed

pytestmark = pytest.mark.slow

FORMS = 8
"""In each of the tests below."""
COPIES = ("csv", "csv-grid", "docx", "html", "html-fragment", "markdown", "text", "xlsx")
ANSWERS = (0, 1, 3)
"""Nothing wrong, something to correct, something that could not be read: a failure of the program
is told by its sentence."""


@pytest.mark.parametrize("number", range(8))
def test_no_command_ends_on_it(
    tmp_path: Path, number: int, capsys: pytest.CaptureFixture[str]
) -> None:
    for one in range(FORMS):
        start = seed() + number * FORMS + one
        chance, folder = Random(start), tmp_path / str(one)
        folder.mkdir()
        form, report = folder / "tiny.schema.json", folder / "报告.yaml"
        made = any_form(chance)
        form.write_text(json.dumps(made), encoding="utf-8")
        filled = any_report(chance, made)
        report.write_text(json.dumps(filled, ensure_ascii=False), encoding="utf-8")
        words = ["--schema-dir", str(folder), str(report)]
        out = folder / "out"
        formats = [word for name in COPIES for word in ("--to", name)]
        commands = [
            ["schema", "check", str(form)],
            ["schema", "docs", str(form)],
            ["schema", "docs", "--to", "html", str(form)],
            ["check", *words],
            ["show", *words],
            ["show", "--lang", "en", "--width", "50", "--findings", *words],
            ["export", "--draft", *formats, "--output", str(out), *words],
        ]
        for command in commands:
            code = run(command)
            told = "".join(capsys.readouterr())
            assert code in ANSWERS, (start, command, told)
            assert "自身出错" not in told, (start, command)
            assert "program itself failed" not in told, (start, command)
        copies = sorted(out.iterdir())
        assert len(copies) == len(COPIES), start
        for copy in copies:
            if copy.suffix != ".txt":
                code = run(["verify-published", *words, str(copy)])
                told = "".join(capsys.readouterr())
                assert code in ANSWERS, (start, copy.name, told)
                assert "自身出错" not in told, (start, copy.name)
