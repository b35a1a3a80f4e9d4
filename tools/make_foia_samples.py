"""Write the samples of the annual FOIA report: a clean pair, a draft, a faulty one for each rule.

All are reports of an invented agency with three components. A faulty sample is the clean report of
2025 with one fault put in, compared with that of 2024. The findings beside it are written down
here by hand, never taken from a check.

    make_foia_samples.py             write the files
    make_foia_samples.py --check     exit 1 and name the files that differ
"""

from __future__ import annotations

import argparse
import copy
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from disclosure_tui.store.emit import flow

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "samples" / "foia"
BASE = ROOT / "schemas" / "cases" / "us-foia-annual" / "base-2008.yaml"

FLOW = ("pending_start", "received", "processed", "pending_end")
DISPOSITIONS = (
    *("full_grants", "partial_grants_partial_denials", "full_denials_exemptions", "no_records"),
    *("referred", "withdrawn", "fee_related", "not_reasonably_described"),
    *("improper_other_reason", "not_agency_record", "duplicate", "other", "total"),
)
TRACKS = ("simple", "complex", "expedited")
STATISTICS = ("median", "average", "lowest", "highest")
NAMES = {"HQ": "Headquarters Office", "FD": "Field Division", "AR": "Archives Division"}
NONE = "N/A N/A N/A N/A"

Data = dict[str, Any]

FIGURES: dict[int, dict[str, dict[str, str]]] = {
    2024: {
        "v_a": {"HQ": "10 60 58 12", "FD": "120 400 380 140", "AR": "3 25 24 4",
            "overall": "133 485 462 156"},
        "v_b_1": {"HQ": "20 15 5 8 2 3 1 1 1 0 1 1 58", "FD": "150 90 30 60 10 15 5 6 4 3 5 2 380",
            "AR": "12 5 1 3 1 1 0 0 0 1 0 0 24", "overall": "182 110 36 71 13 19 6 7 5 4 6 3 462"},
        "vi_a": {"HQ": "4 11 9 6", "FD": "2 7 8 1", "overall": "6 18 17 7"},
        "vii_a": {"HQ": "6 7.5 <1 19 32 41.25 20 88 4 4 4 4",
            "FD": "12 14.8 1 60 45 61.5 21 310 9 10.5 2 30", "AR": f"8 8.9 2 20 {NONE} {NONE}",
            "overall": "11 13.4 <1 60 43 59.1 20 310 8 9.8 2 30"},
        "xii_a": {"HQ": "2 1", "FD": "35 0", "AR": "0 N/A", "overall": "37 1"},
    },
    2025: {
        "v_a": {"HQ": "12 66 61 17", "FD": "140 420 430 130", "AR": "4 30 31 3",
            "overall": "156 516 522 150"},
        "v_b_1": {"HQ": "22 16 5 8 2 3 1 1 1 0 1 1 61",
            "FD": "170 104 34 66 12 16 6 7 5 3 5 2 430", "AR": "16 6 2 3 1 1 0 1 0 1 0 0 31",
            "overall": "208 126 41 77 15 20 7 9 6 4 6 3 522"},
        "vi_a": {"HQ": "6 12 11 7", "FD": "1 8 6 3", "overall": "7 20 17 10"},
        "vii_a": {"HQ": f"5 6.9 <1 18 30 39.5 21 80 {NONE}",
            "FD": "11 13.6 1 58 47 60.2 22 290 10 11.25 3 28",
            "AR": f"7 8.1 2 19 35 35 35 35 {NONE}",
            "overall": "10 12.5 <1 58 44 57.7 21 290 10 11.25 3 28"},
        "xii_a": {"HQ": "3 2", "FD": "40 1", "AR": "0 N/A", "overall": "43 3"},
    },
}  # fmt: skip


def value(text: str) -> Any:
    """Return the figure or the code that a text stands for; `_` is a blank."""
    if text in ("N/A", "<1"):
        return text
    if text == "_":
        return None
    return Decimal(text) if "." in text else int(text)


def row(section: str, figures: str) -> Data:
    """Return the row of a section from its figures in the order of the columns."""
    values = [value(text) for text in figures.split()]
    if section in ("v_a", "vi_a"):
        return dict(zip(FLOW, values, strict=True))
    if section == "v_b_1":
        return dict(zip(DISPOSITIONS, values, strict=True))
    if section == "xii_a":
        return dict(zip(("requests", "appeals"), values, strict=True))
    fours = [values[start : start + 4] for start in range(0, len(values), 4)]
    tracks = (dict(zip(STATISTICS, four, strict=True)) for four in fours)
    return dict(zip(TRACKS, tracks, strict=True))


def report(year: int) -> Data:
    """Return the clean report of a year."""
    data: Data = {
        "report_type": "us-foia-annual/2008",
        "year": year,
        "organ": {"name": "National Records Bureau", "code": "NRB"},
        "period": {"start": f"{year - 1}-10-01", "end": f"{year}-09-30"},
        "components": {key: {"name": name} for key, name in NAMES.items()},
    }
    for section, rows in FIGURES[year].items():
        components = {key: row(section, text) for key, text in rows.items() if key != "overall"}
        data[section] = {"components": components, "overall": row(section, rows["overall"])}
    return data


@dataclass(frozen=True)
class Fault:
    """What is wrong in a sample.

    Attributes:
        rule: The rule that it shows.
        findings: Instances of that rule, or pairs of rule and instance.
        put: Values, by path; `_` is a blank.
        rows: Whole rows: section, key, figures.
        without: Paths that are left out.
        compared: Last year's report is named.
    """

    rule: str
    findings: list[Any]
    put: dict[str, Any] = field(default_factory=dict)
    rows: list[tuple[str, str, str]] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    compared: bool = True

    def expected(self) -> list[list[str]]:
        """Return what a check must find."""
        pairs = [[self.rule, one] if isinstance(one, str) else list(one) for one in self.findings]
        return sorted(pairs)

    def data(self) -> Data:
        """Return the report with the fault."""
        data = report(2025)
        for section, key, figures in self.rows:
            data[section]["components"][key] = row(section, figures)
        for path, text in self.put.items():
            put(data, path, value(text) if isinstance(text, str) else text)
        for path in self.without:
            above, _, key = path.rpartition(".")
            del at(data, above)[key]
        return data


def at(data: Data, path: str) -> Data:
    """Return the map at a path; `AR` and the like stand below `components` of a section."""
    for key in filter(None, path.split(".")):
        data = data[key]
    return data


def put(data: Data, path: str, new: Any) -> None:
    """Set the value at a path."""
    above, _, key = path.rpartition(".")
    at(data, above)[key] = new


A, B, SIX, SEVEN, TWELVE = (f"{key}.components." for key in FIGURES[2025])
NEW_ROWS = [
    ("v_a", "GS", "0 0 0 0"),
    ("v_b_1", "GS", "0 0 0 0 0 0 0 0 0 0 0 0 0"),
    ("vii_a", "GS", f"{NONE} {NONE} {NONE}"),
    ("xii_a", "GS", "0 N/A"),
]
GS = {"components.GS": {"name": "General Services"}}

FAULTS = [
    Fault("VA-BAL", ["components.HQ", "overall"],
        {f"{A}HQ.pending_end": "18", "v_a.overall.pending_end": "151"}),
    Fault("VIA-BAL", ["components.HQ", "overall"],
        {f"{SIX}HQ.received": "13", "vi_a.overall.received": "21"}),
    Fault("VA-SUM", ["received", "pending_end"],
        {"v_a.overall.received": "517", "v_a.overall.pending_end": "151"}),
    Fault("VIA-SUM", ["received", "pending_end"],
        {"vi_a.overall.received": "21", "vi_a.overall.pending_end": "11"}),
    Fault("VB1-TOTAL", ["components.AR", "components.HQ"],
        {f"{B}HQ.full_grants": "23", f"{B}AR.full_grants": "15"}),
    Fault("VB1-SUM", ["full_grants", "no_records"],
        {"v_b_1.overall.full_grants": "209", "v_b_1.overall.no_records": "76"}),
    Fault("XIIA-SUM", ["requests"], {"xii_a.overall.requests": "44"}),
    Fault("VA-VB1", ["", "HQ"],
        {f"{A}HQ.processed": "60", f"{A}HQ.pending_end": "18",
            "v_a.overall.processed": "521", "v_a.overall.pending_end": "151"}),
    Fault("VIIA-ORDER", ["components.AR.simple"], {f"{SEVEN}AR.simple.lowest": "20"}),
    Fault("VIIA-MEDIAN", ["components.AR.simple"], {f"{SEVEN}AR.simple.median": "70"}),
    Fault("VIIA-AVERAGE", ["components.AR.simple"], {f"{SEVEN}AR.simple.average": "81"}),
    Fault("VIIA-SINGLE", ["components.AR.complex"], {f"{SEVEN}AR.complex.average": "36"}),
    Fault("VIIA-NA", ["components.HQ.expedited"], {f"{SEVEN}HQ.expedited.average": "5"}),
    Fault("VIIA-ZERO", ["components.FD.expedited", "overall.expedited"],
        {f"{SEVEN}FD.expedited.lowest": "0", "vii_a.overall.expedited.lowest": "0"}),
    Fault("VIIA-NONE", ["overall.expedited"],
        {f"vii_a.overall.expedited.{name}": "N/A" for name in STATISTICS}),
    Fault("VIIA-LOW", ["overall.complex"], {"vii_a.overall.complex.lowest": "22"}),
    Fault("VIIA-HIGH", ["overall.complex"], {"vii_a.overall.complex.highest": "291"}),
    Fault("VIIA-MID", ["overall.simple"], {"vii_a.overall.simple.median": "12"}),
    Fault("VIIA-MID-AVG", ["overall.simple"], {"vii_a.overall.simple.average": "14"}),
    Fault("VIIA-MEAN", ["overall.simple"],
        {f"{SEVEN}AR.simple.median": "8", "vii_a.overall.simple.median": "8"}),
    Fault("VIIA-SOME", ["AR"],
        {f"{SEVEN}AR.{track}.{name}": "N/A" for track in TRACKS for name in STATISTICS}),
    Fault("XIIA-REQ", ["AR"], {f"{TWELVE}AR.requests": "4", "xii_a.overall.requests": "47"}),
    Fault("XIIA-APP", ["FD"], {f"{TWELVE}FD.appeals": "4", "xii_a.overall.appeals": "6"}),
    Fault("XIIA-APP-GIVEN", ["FD"], {f"{TWELVE}FD.appeals": "N/A", "xii_a.overall.appeals": "2"}),
    Fault("XIIA-APP-NA", ["AR"], {f"{TWELVE}AR.appeals": "2", "xii_a.overall.appeals": "5"}),
    Fault("XIIA-APP-ZERO", ["AR"], {f"{TWELVE}AR.appeals": "0"}),
    Fault("X-REQ", ["components.AR", "overall"],
        {f"{A}AR.pending_start": "5", f"{A}AR.pending_end": "4",
            "v_a.overall.pending_start": "157", "v_a.overall.pending_end": "151"}),
    Fault("X-APP", ["components.HQ", "overall"],
        {f"{SIX}HQ.pending_start": "7", f"{SIX}HQ.pending_end": "8",
            "vi_a.overall.pending_start": "8", "vi_a.overall.pending_end": "11"}),
    Fault("X-ROWS", ["GS"], GS, NEW_ROWS),
    Fault("X-REQ-ROWS", ["components.GS", ("X-ROWS", "GS"), ("X-REQ", "overall")],
        {**GS, "v_a.overall.pending_start": "161", "v_a.overall.pending_end": "155"},
        [("v_a", "GS", "5 0 0 5"), *NEW_ROWS[1:]]),
    Fault("X-APP-ROWS", ["components.FD", ("X-APP", "overall")],
        {f"{SIX}HQ.received": "12", "vi_a.overall.pending_start": "6",
            "vi_a.overall.received": "12", "vi_a.overall.processed": "11",
            "vi_a.overall.pending_end": "7", f"{TWELVE}FD.appeals": "N/A",
            "xii_a.overall.appeals": "2"},
        without=[f"{SIX}FD"]),
    Fault("X-JUMP", ["components.FD", "overall"],
        {f"{TWELVE}FD.requests": "90", "xii_a.overall.requests": "93"}),
    Fault("X-SAME", ["components.FD.expedited"],
        {f"{side}.expedited.{name}": text
            for side in (f"{SEVEN}FD", "vii_a.overall")
            for name, text in zip(STATISTICS, ("9", "10.5", "2", "30"), strict=True)}),
    Fault("X-PRIOR", [""], compared=False),
    Fault("BLANK", [""], {f"{A}AR.received": "_", f"{A}AR.pending_end": "_"}),
    Fault("INT", ["components.AR.requests"], {f"{TWELVE}AR.requests": "0.5"}),
    Fault("DAYS", ["components.AR.simple.average"], {f"{SEVEN}AR.simple.average": "8.125"}),
    Fault("ROWS", ["components.AR"], without=[f"{SEVEN}AR"]),
    Fault("YEAR", ["", ("X-PRIOR", "")],
        {"year": "2007", "period": {"start": "2006-10-01", "end": "2007-09-30"}}, compared=False),
    Fault("PERIOD", [""], {"period": {"start": "2025-01-01", "end": "2025-12-31"}}),
]  # fmt: skip

INVENTED = "# Sample: agency and figures are invented"
EXPLANATION = """\
explanations:
- rule: X-PRIOR
  level: ""
  instance: ""
  pointers: [/prior]
  values: {/year: 2024}
  digest: b7b68bd369ea330f
  text: The samples begin with 2024; nothing was compared with the year before
  by: Sample
  at: "2026-11-26T09:30-05:00"
"""


def written(data: Data, head: str, prior: str = "", tail: str = "") -> str:
    """Return the text of a report, one printed row a line."""
    lines = [head]
    for key, item in data.items():
        if key == "components":
            lines += ["", "components:", *(f"  {name}: {flow(one)}" for name, one in item.items())]
        elif isinstance(item, dict) and "overall" in item:
            lines += ["", f"{key}:", "  components:"]
            lines += [f"    {name}: {flow(one)}" for name, one in item["components"].items()]
            lines.append(f"  overall: {flow(item['overall'])}")
        else:
            lines.append(f"{key}: {flow(item)}")
            if key == "period" and prior:
                lines.append(f"prior: {{file: {prior}}}")
    return "\n".join(lines) + "\n" + tail


def draft() -> Data:
    """Return the report of 2026 as it is begun: the components, and every figure blank."""
    data = copy.deepcopy(report(2025))
    data["year"] = 2026
    data["period"] = {"start": "2025-10-01", "end": "2026-09-30"}
    for section in FIGURES[2025]:
        table = data[section]
        table["components"] = {key: blanked(one) for key, one in table["components"].items()}
        table["overall"] = blanked(table["overall"])
    return data


def blanked(item: Any) -> Any:
    """Return a row with every figure blank."""
    return {key: blanked(one) for key, one in item.items()} if isinstance(item, dict) else None


def files() -> Iterator[tuple[Path, str]]:
    """Yield every file with its text."""
    complete = FOLDER / "complete"
    note = """\
notes:
  /v_a: "* All components compared their databases with last year's report."
  /vii_a/components/AR/complex: One request was processed in this track.
"""
    yield complete / "nrb-2024.yaml", written(report(2024), INVENTED, tail=EXPLANATION)
    yield complete / "nrb-2025.yaml", written(report(2025), INVENTED, "nrb-2024.yaml", note)
    head = f"{INVENTED}; nothing is filled in yet"
    yield FOLDER / "draft" / "nrb-2026.yaml", written(draft(), head, "../complete/nrb-2025.yaml")
    for fault in FAULTS:
        prior = "../complete/nrb-2024.yaml" if fault.compared else ""
        head = f"{INVENTED}, with one fault on purpose, to show the rule {fault.rule}"
        path = FOLDER / "faulty" / f"{fault.rule}.yaml"
        yield path, written(fault.data(), head, prior)
        pairs = ",\n    ".join(json.dumps(pair) for pair in fault.expected())
        told = f'{{\n  "rule": "{fault.rule}",\n  "findings": [\n    {pairs}\n  ]\n}}\n'
        yield path.with_suffix(".expected.json"), told
    base = "# Base of the rule cases: agency and figures are invented, nothing is wrong"
    yield BASE, written(report(2025), base)


def main(arguments: list[str] | None = None) -> int:
    """Write the files, or say which differ."""
    parser = argparse.ArgumentParser(description="Write the samples of the FOIA report.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if stale")
    options = parser.parse_args(arguments)
    stale = False
    for path, text in files():
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        if options.check:
            print(f"{path.name} differs; run {Path(__file__).name}", file=sys.stderr)
            stale = True
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(f"{path.name} written")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
