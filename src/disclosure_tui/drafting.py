"""The text of a new report: every figure blank, the printed label behind each row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Language
from disclosure_tui.model.form import Form, Node, Role
from disclosure_tui.model.report import Plain, Report
from disclosure_tui.model.report_period import ReportPeriod
from disclosure_tui.render.view import numbered
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
        before: Last year's report at the places of this form, or None: its entry rows are taken
            over, with their names and without their figures.
    """

    year: int
    name: str
    code: str = ""
    level: str = ""
    region: str = ""
    prior: Mapping[str, str] | None = None
    before: Report | None = None


def file_name(code: str, period: ReportPeriod) -> str:
    """Return the name of a report file: unit and period, so that no two are alike."""
    number = "" if period.number is None else f"-{period.number}"
    return f"{code}-{period.year}{number}.yaml"


def default_place(code: str, period: ReportPeriod, district: Path | None) -> Path:
    """Return where a new report belongs: in the district's folder of the unit, else at home."""
    year, name = str(period.year), file_name(code, period)
    if district is not None:
        return district / "units" / code / year / name
    return Path.home() / "annual-reports" / year / name


def draft_text(form: Form, new: NewReport, language: Language) -> str:
    """Return the text of a new report in the order of the form."""
    kind = form.report_type
    before = new.before or Report({})
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
        "schema": {"overlay": form.overlay.identifier} if form.overlay is not None else None,
    }
    if kind.within_year and new.before is not None:
        last = ReportPeriod.of(form, new.before)
        following = None if last is None else last.after(form)
        if following is not None and following.year == new.year:
            given[kind.within_year[0]] = _nested(kind.within_year[1:], following.number)
    lines: list[str] = []
    for node in form.populated(before).root.children:
        if node.section is not None:
            lines.extend(["", *_section(node, before, language)])
        elif given.get(node.key):
            lines.append(f"{node.key}: {flow(given[node.key])}")
        elif node.entries is not None and node.children:
            lines.extend(_Rows(before, language).of(node, 0, ""))
    return "\n".join(lines) + "\n"


def _nested(keys: Sequence[str], value: Plain) -> Plain:
    """Return a value inside the maps that keys lead through."""
    for key in reversed(keys):
        value = {key: value}
    return value


def _section(node: Node, before: Report, language: Language) -> Iterator[str]:
    number = node.section.number if node.section is not None else ""
    title = node.label.title(language)
    yield f"# {numbered(number, title, language)}"
    yield from _Rows(before, language).of(node, 0, "")


@dataclass(frozen=True, slots=True)
class _Rows:
    """Writes what a section holds, one row a line.

    Attributes:
        before: Last year's report, of which the names of entry rows stay.
        language: Language of the comments.
    """

    before: Report
    language: Language

    def of(self, node: Node, indent: int, comment: str) -> Iterator[str]:
        """Yield the lines of a node."""
        start = f"{'  ' * indent}{flow(node.key)}:"
        if node.role is Role.ROW:
            cells = {child.key: self._begun(child) for child in node.children}
            yield f"{start} {flow(cells)}{comment}"
        elif node.children:
            yield f"{start}{comment}"
            for child in node.children:
                yield from self.of(child, indent + 1, self._comment(child))
        else:
            yield f"{start} {'{}' if node.entries is not None else 'null'}{comment}"

    def _begun(self, node: Node) -> Plain:
        """Return a cell to be filled in; a name is last year's."""
        if node.children:
            return {child.key: self._begun(child) for child in node.children}
        is_name = node.cell is not None and not node.cell.numeric
        return self.before.value_at(node.pointer) if is_name else None

    def _comment(self, node: Node) -> str:
        """Return the printed label as an end comment; of an entry row where it is not the key."""
        title = node.label.title(self.language)
        return f"  # {title}" if title not in ("", node.key) else ""
