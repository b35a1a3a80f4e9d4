"""Where the parts of a form come from: the report type's own schema, or an overlay over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Language
from disclosure_tui.model.pointer import Pointer

__all__ = ["OVERLAY", "Origin", "Overlay", "RuleChange"]

OVERLAY = Pointer.of("schema", "overlay")
"""Where a report names the overlay that it was filled in with."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A place in a schema file.

    Attributes:
        file: The file.
        pointer: The place in it.
        added: It stands in an overlay, not in the schema of the report type.
    """

    file: str
    pointer: str
    added: bool = False

    def __str__(self) -> str:
        return f"{self.file}#{self.pointer}"


@dataclass(frozen=True, slots=True)
class Overlay:
    """A district's additions to a report type.

    Attributes:
        identifier: `$id` of its file.
        version: Its version.
        sha256: Digest of the file's bytes.
        file: The file.
        titles: By language, what it is called.
        authorities: By language, the decision behind it.
    """

    identifier: str
    version: str
    sha256: str
    file: str
    titles: Mapping[str, str] = field(default_factory=dict, hash=False)
    authorities: Mapping[str, str] = field(default_factory=dict, hash=False)

    def title(self, language: Language) -> str:
        """Return what it is called."""
        return self.titles.get(language.value) or next(iter(self.titles.values()), self.identifier)


@dataclass(frozen=True, slots=True)
class RuleChange:
    """What an overlay says of a rule that the report type declares.

    Attributes:
        origin: Where it says so.
        said: The item as written there.
    """

    origin: Origin
    said: Mapping[str, Any]
