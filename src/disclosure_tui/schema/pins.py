"""Pins: the exact version of a schema that a report or a district says it is to be judged by."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.schema.entry import CatalogEntry
from disclosure_tui.schema.versions import version_key

__all__ = ["Pin"]


@dataclass(frozen=True, slots=True)
class Pin:
    """The version that is asked for.

    Attributes:
        version: The version, or empty.
        sha256: Digest of the schema's bytes, or its first digits, or empty.
        where: File that asks for it, for messages.
        by_district: Whether a district asks for it; else a report does.
    """

    version: str
    sha256: str = ""
    where: str = ""
    by_district: bool = False

    @classmethod
    def of(cls, value: Any, where: str, *, by_district: bool = False) -> Pin | None:
        """Read a pin: a version, or a map with `version` and `sha256`; None if it asks nothing.

        A version that YAML takes for a number means the same number: `2026.1`.
        """
        if isinstance(value, Mapping):
            version, sha256 = _text(value.get("version")), _text(value.get("sha256"))
        else:
            version, sha256 = _text(value), ""
        if not version and not sha256:
            return None
        return cls(version, sha256.casefold(), where, by_district)

    def has_version(self, entry: CatalogEntry) -> bool:
        """Tell whether a schema is of the version asked for."""
        return not self.version or version_key(self.version) == entry.order

    def has_digest(self, entry: CatalogEntry) -> bool:
        """Tell whether a schema has the digest asked for."""
        return entry.sha256.startswith(self.sha256)


def _text(value: Any) -> str:
    known = isinstance(value, str | int | Decimal) and not isinstance(value, bool)
    return str(value).strip() if known else ""
