"""The text of a new report: every figure blank, the printed label behind each row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from disclosure_tui.language import Language
from disclosure_tui.model.form import Form, Node, Role
from disclosure_tui.model.report import Plain
from disclosure_tui.store.emit import flow

__all__ = ["NewReport", "default_place", "draft_text", "file_name"]


@dataclass(frozen=True, slots=True)
class NewReport:
    """What a new report starts with.

    Attributes:
        year: Report year.
        name: Name of the office.
        code: Its stable short name, ASCII.
        level: Its level, a key of the form, or empty.
        region: Its region, or empty.
        prior: Last year's file: path relative to the new one, and digest; or None.
    """

    year: int
    name: str
    code: str = ""
    level: str = ""
    region: str = ""
    prior: Mapping[str, str] | None = None


def file_name(code: str, year: int) -> str:
    """Return the name of a report file: unit and year, so that no two are alike."""
    return f"{code}-{year}.yaml"


def default_place(code: str, year: int, district: Path | None) -> Path:
    """Return where a new report belongs: in the district's folder of the unit, else at home."""
    if district is not None:
        return district / "units" / code / str(year) / file_name(code, year)
    return Path.home() / "annual-reports" / str(year) / file_name(code, year)


def draft_text(form: Form, new: NewReport, language: Language) -> str:
    """Return the text of a new report in the order of the form."""
    kind = form.report_type
    organ = {"name": new.name, "code": new.code, "level": new.level, "region": new.region}
    period = {
        key: template.replace("{year}", str(new.year)).replace("{year-1}", str(new.year - 1))
        for key, template in kind.period.items()
    }
    given: dict[str, Plain] = {
        "report_type": kind.name,
        "year": new.year,
        "organ": {key: value for key, value in organ.items() if value},
        "period": period,
        "prior": dict(new.prior) if new.prior else None,
    }
    lines: list[str] = []
    for node in form.root.children:
        if node.section is not None:
            lines.extend(["", *_section(node, language)])
        elif given.get(node.key):
            lines.append(f"{node.key}: {flow(given[node.key])}")
    return "\n".join(lines) + "\n"


def _section(node: Node, language: Language) -> Iterator[str]:
    mark = node.section
    number = f"{mark.number}、" if mark is not None and mark.number else ""
    yield f"# {number}{node.label.title(language)}"
    yield from _node(node, 0, language, "")


def _node(node: Node, indent: int, language: Language, comment: str) -> Iterator[str]:
    pad = "  " * indent
    if node.role is Role.ROW:
        cells = {child.key: _blank(child) for child in node.children}
        yield f"{pad}{node.key}: {flow(cells)}{comment}"
    elif node.entries is not None:
        yield f"{pad}{node.key}: {{}}{comment}"
    elif node.children:
        yield f"{pad}{node.key}:{comment}"
        for child in node.children:
            yield from _node(child, indent + 1, language, _comment(child, language))
    else:
        yield f"{pad}{node.key}: null{comment}"


def _blank(node: Node) -> Plain:
    return {child.key: _blank(child) for child in node.children} or None


def _comment(node: Node, language: Language) -> str:
    """Return the printed label as an end comment."""
    title = node.label.title(language)
    return f"  # {title}" if title else ""
