"""Report files by the thousand: all different, all right, or each with a few mistakes.

They are made from the complete sample of 2021, prose and explanations included: figures move from
row to row within a group, so that every sum and every sentence stays true.
"""

from __future__ import annotations

import random
import re
from pathlib import Path

SAMPLE = Path(__file__).parents[1] / "samples/complete/sqs-2023.yaml"

_ROW = re.compile(r"^ {6}(\w+): \{natural_person: .*\}", re.MULTILINE)
_FIGURE = re.compile(r"(\w+): (\d+)")
_GROUP = re.compile(r"^ {4}\w+:  # （.*\n(?: {6}.*\n)+", re.MULTILINE)
_OFFICES = ("教育局", "民政局", "财政局", "水利局", "体育局", "统计局", "商务局", "司法局")


def right_report(number: int, template: str) -> str:
    """Return a report without findings; another one for every number."""
    chance = random.Random(number)
    office = f"示例{number:04}{chance.choice(_OFFICES)}"
    text = template.replace("宿迁市人民政府", office).replace("code: sqs", f"code: s{number:04}")
    return _GROUP.sub(lambda group: _moved(group[0], chance), text)


def wrong_report(number: int, template: str) -> str:
    """Return a report with a wrong figure, a blank, and a sentence that does not fit."""
    chance = random.Random(number)
    text = right_report(number, template)
    row = chance.choice(list(_ROW.finditer(text)))
    cells = list(_FIGURE.finditer(text, row.start(), row.end()))
    wrong, blank = chance.sample(cells[:-1], 2)
    figure = str(int(wrong[2]) + chance.choice((1, 9, 90)))
    for cell, value in sorted(((wrong, figure), (blank, "null")), key=lambda c: -c[0].start()):
        text = text[: cell.start(2)] + value + text[cell.end(2) :]
    return text.replace("新收政府信息公开申请3511件", "新收政府信息公开申请3517件")


def write_reports(folder: Path, count: int, *, right: bool) -> list[Path]:
    """Write so many report files."""
    template = SAMPLE.read_text(encoding="utf-8")
    make = right_report if right else wrong_report
    paths = []
    for number in range(count):
        path = folder / f"{number % 20:02}" / f"s{number:04}-2023.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(make(number, template), encoding="utf-8")
        paths.append(path)
    return paths


def _moved(group: str, chance: random.Random) -> str:
    """Move figures between the rows of a group, column by column; totals of rows follow."""
    rows = {
        match[1]: {key: int(value) for key, value in _FIGURE.findall(match[0])}
        for match in _ROW.finditer(group)
    }
    for _ in range(4):
        giving, taking = chance.sample(sorted(rows), 2)
        column = chance.choice(sorted(rows[giving].keys() - {"total"}))
        moved = chance.randint(0, rows[giving][column])
        for row, change in ((giving, -moved), (taking, moved)):
            rows[row][column] += change
            rows[row]["total"] += change

    def written(match: re.Match[str]) -> str:
        figures = ", ".join(f"{key}: {value}" for key, value in rows[match[1]].items())
        return f"      {match[1]}: {{{figures}}}"

    return _ROW.sub(written, group)
