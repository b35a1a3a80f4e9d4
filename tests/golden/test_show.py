"""The printed form of both editions at six widths, byte for byte, as clerks and reviewers see it.

After an intended change: `DISCLOSURE_GOLDEN=write make test`, then look at the difference.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from disclosure_tui.cli.main import run
from disclosure_tui.render.width import width

ROOT = Path(__file__).parents[2]
COMPLETE = ROOT / "samples/complete"
GOLDEN = Path(__file__).parent / "show"
REPORTS = {
    "2019": COMPLETE / "sptyj-2020.yaml",
    "2021": COMPLETE / "sqs-2023.yaml",
    "2021-faulty": ROOT / "samples/faulty/T3-BAL.yaml",
}
WIDTHS = (60, 80, 100, 120, 160, 200)
WRITING = os.environ.get("DISCLOSURE_GOLDEN") == "write"


def shown(path: Path, cells: int, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    assert run(["show", str(path), "--width", str(cells), "--lang", "zh", *options]) == 0
    # Every change of a schema changes its digest; the printed form is another matter.
    return re.sub(r"(校验码\s)[0-9a-f]{12}", r"\g<1>000000000000", capsys.readouterr().out)


def compare(name: str, cells: int, text: str) -> None:
    golden = GOLDEN / f"{name}-{cells}.txt"
    if WRITING:
        golden.write_bytes(text.encode())
    assert golden.read_bytes() == text.encode()
    assert max(width(line) for line in text.splitlines()) <= cells


@pytest.fixture
def reviewed(tmp_path: Path) -> dict[str, tuple[Path, tuple[str, ...]]]:
    """Reports of both editions for a reviewer, each with last year's report beside it."""
    for name in ("sqs-2023.yaml", "sqs-2024.yaml", "sptyj-2020.yaml"):
        shutil.copy(COMPLETE / name, tmp_path / name)
    old = (COMPLETE / "sptyj-2020.yaml").read_text(encoding="utf-8")
    before = old.replace("2020", "2019").replace("prior_items: 22,", "prior_items: 20,")
    before = before.replace("decisions: 18}", "decisions: 25}").replace("78条", "66条")
    # Two offices had requests open that this year's report does not take over.
    before = re.sub(
        r"(carried_forward: \{natural_person: )0(.*total: )0\}", r"\g<1>2\g<2>2}", before
    )
    (tmp_path / "sptyj-2019.yaml").write_text(before, encoding="utf-8")
    first = "preamble: |-"
    named = old.replace(f"\n# 开头\n{first}", f"\nprior: {{file: sptyj-2019.yaml}}\n{first}")
    (tmp_path / "sptyj-2020.yaml").write_text(named, encoding="utf-8")
    new = (COMPLETE / "sqs-2023.yaml").read_text(encoding="utf-8").replace("2023", "2021")
    crossed = new.replace(f"\n# 开头\n{first}", f"\nprior: {{file: sptyj-2020.yaml}}\n{first}")
    (tmp_path / "crossed-2021.yaml").write_text(crossed, encoding="utf-8")
    assert all("prior: {" in text for text in (named, crossed))
    faulty = ROOT / "samples/faulty"
    return {
        "2019-findings": (faulty / "X-ITEMS.yaml", ("--findings",)),
        "2021-findings": (faulty / "T3-BAL.yaml", ("--findings",)),
        "2021-prose-findings": (faulty / "TX-NEW.yaml", ("--findings",)),
        "2019-last-year": (tmp_path / "sptyj-2020.yaml", ("--year-over-year", "--findings")),
        "2021-last-year": (tmp_path / "sqs-2024.yaml", ("--year-over-year",)),
        "2019-changed": (tmp_path / "sptyj-2020.yaml", ("--changed",)),
        "2021-changed": (tmp_path / "sqs-2024.yaml", ("--changed",)),
        "2021-after-2019": (tmp_path / "crossed-2021.yaml", ("--changed", "--section", "三")),
        "2021-typed": (faulty / "X-CARRY.yaml", ("--year-over-year", "--findings")),
    }


@pytest.mark.parametrize("cells", WIDTHS)
@pytest.mark.parametrize("edition", sorted(REPORTS))
def test_the_printed_form(edition: str, cells: int, capsys: pytest.CaptureFixture[str]) -> None:
    compare(edition, cells, shown(REPORTS[edition], cells, capsys))


@pytest.mark.parametrize("cells", WIDTHS)
def test_what_a_reviewer_reads(
    cells: int,
    reviewed: dict[str, tuple[Path, tuple[str, ...]]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, (path, options) in reviewed.items():
        compare(name, cells, shown(path, cells, capsys, *options))


def test_piped_output_holds_no_escapes(capsys: pytest.CaptureFixture[str]) -> None:
    assert "\x1b" not in shown(REPORTS["2021"], 80, capsys)


def test_ascii_rules(
    reviewed: dict[str, tuple[Path, tuple[str, ...]]], capsys: pytest.CaptureFixture[str]
) -> None:
    for path, options in reviewed.values():
        text = shown(path, 80, capsys, "--ascii", *options)
        assert not set(text) & set("┌┐└┘─│├┤┬┴┼")


@pytest.mark.parametrize("name", ["三", "表三", "requests", "收到和处理政府信息公开申请情况"])
def test_one_section(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(REPORTS["2021"], 80, capsys, "--section", name)
    assert text.startswith("三、收到和处理政府信息公开申请情况")
    assert "行政复议" not in text


def test_a_section_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", str(REPORTS["2021"]), "--section", "七", "--lang", "zh"]) == 2
    assert "没有【七】这一部分" in capsys.readouterr().err
