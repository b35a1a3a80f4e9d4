"""Which schema somebody means: a file, a report type, or one version of it."""

from __future__ import annotations

from pathlib import Path

from disclosure_tui.report_type import LoadedReportType, ReportTypes, load_schema_file
from disclosure_tui.schema.pins import Pin

__all__ = ["is_file_name", "schema_named"]


def is_file_name(name: str) -> bool:
    """Tell whether a file is meant: there is one, or it is spelt like one."""
    return Path(name).is_file() or name.endswith(".json")


def schema_named(name: str, report_types: ReportTypes) -> LoadedReportType:
    """Load the schema that somebody means.

    Args:
        name: A file, `TYPE/EDITION` or `TYPE/EDITION@VERSION`.
        report_types: The report types that are known.

    Raises:
        SchemaError: There is none, or it cannot be used.
    """
    if is_file_name(name):
        return load_schema_file(Path(name), str(Path(name).parent))
    kind, _, version = name.partition("@")
    return report_types.load(kind, pin=Pin(version) if version else None)
