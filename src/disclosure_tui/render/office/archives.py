"""Office files are zip archives: packed again so that the same parts give the same bytes."""

from __future__ import annotations

import io
import zipfile

__all__ = ["EARLIEST", "repacked"]

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first date that a zip archive can hold: it says that none is meant."""


def repacked(content: bytes) -> bytes:
    """Return an archive with its parts in their order and without the time of packing."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            part = zipfile.ZipInfo(name, EARLIEST)
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, source.read(name), compresslevel=9)
    return out.getvalue()
