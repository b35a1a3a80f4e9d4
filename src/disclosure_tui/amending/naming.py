"""Which schema somebody means: a file, a report type, or one version of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from disclosure_tui.report_type import (
    LoadedReportType,
    ReportTypes,
    load_schema_file,
    loaded_from,
)
from disclosure_tui.schema.pins import Pin

__all__ = ["is_file_name", "schema_in_file", "schema_named", "under_overlay"]


def is_file_name(name: str) -> bool:
    """Tell whether a file is meant: there is one, or it is spelt like one."""
    return Path(name).is_file() or name.endswith(".json")


def schema_in_file(path: Path, report_types: ReportTypes) -> LoadedReportType:
    """Load a schema file; an overlay with the schema in force that it is over.

    Raises:
        SchemaError: It cannot be used.
    """
    return load_schema_file(path, str(path.parent), report_types.catalog)


def schema_named(name: str, report_types: ReportTypes, *, overlaid: bool) -> LoadedReportType:
    """Load the schema that somebody means.

    Args:
        name: A file, `TYPE/EDITION` or `TYPE/EDITION@VERSION`.
        report_types: The report types that are known.
        overlaid: With what the district adds to it; a file is taken as it is.

    Raises:
        SchemaError: There is none, or it cannot be used.
    """
    if is_file_name(name):
        return schema_in_file(Path(name), report_types)
    kind, _, version = name.partition("@")
    loaded = report_types.load(kind, pin=Pin(version) if version else None)
    return loaded if overlaid or not loaded.source.overlay else under_overlay(loaded, "", "")


def under_overlay(loaded: LoadedReportType, overlay: str, sha256: str) -> LoadedReportType:
    """Return a report type as it is with an overlay over it, or with none.

    Args:
        loaded: The report type, with an overlay or without.
        overlay: The file of the overlay; empty: none.
        sha256: Digest of that file.

    Raises:
        SchemaError: The overlay does not fit.
    """
    source = replace(loaded.source, overlay=overlay, overlay_sha256=sha256)
    return loaded_from(replace(loaded.stamp, source=source))
