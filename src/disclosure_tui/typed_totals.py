"""In which tables a person types the totals, as a check of what the paper says.

It is a setting of the person, not of the report, and the program writes it: into a file of its
own beside the settings, which only people write.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

from disclosure_tui.errors import SaveError
from disclosure_tui.language import Text
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.settings import user_file
from disclosure_tui.store.files import save

__all__ = ["note_typed_totals", "typed_totals"]


def typed_totals(
    report_type: str, environment: Mapping[str, str] = os.environ
) -> frozenset[Pointer]:
    """Return the tables of a report type in which the person types the totals."""
    found = set()
    for line in _noted(environment).decode(errors="replace").splitlines():
        name, _, table = line.strip().partition(" ")
        if name == report_type and table.startswith("/"):
            found.add(Pointer.parse(table))
    return frozenset(found)


def note_typed_totals(
    report_type: str,
    table: Pointer,
    *,
    typed: bool,
    environment: Mapping[str, str] = os.environ,
) -> None:
    """Note whether the person types the totals of a table.

    Args:
        report_type: As in a report file: kind, slash, edition.
        table: The table.
        typed: They are typed; else they follow their parts.
        environment: Environment variables.

    Raises:
        SaveError: It cannot be noted.
    """
    before = _noted(environment)
    line = f"{report_type} {table}".encode()
    kept = [other for other in before.splitlines() if other.strip() != line]
    lines = [*kept, line] if typed else kept
    content = b"".join(other + b"\n" for other in lines)
    if content == before:
        return
    expected = hashlib.sha256(before).hexdigest() if before else None
    try:
        place = _typed_totals_file(environment)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if expected is None:
            place.unlink(missing_ok=True)
        save(place, content, expected_sha256=expected)
    except (OSError, RuntimeError) as error:
        raise SaveError(
            Text("这个设置没能记下，只在这次有效", "it cannot be noted and holds this time only"),
            where=str(error),
        ) from error


def _noted(environment: Mapping[str, str]) -> bytes:
    try:
        return _typed_totals_file(environment).read_bytes()
    except (OSError, RuntimeError):
        return b""


def _typed_totals_file(environment: Mapping[str, str]) -> Path:
    """Return the file of this one setting: the program never writes into settings.toml."""
    return user_file(environment).with_name("typed-totals")
