"""What all generated pages have in common."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["GENERATED", "page", "table"]

GENERATED = "<!-- Written by `make docs` from the program. Do not edit. -->"


def page(title: str, *parts: str) -> str:
    """Return a page of its parts, a line between them left free."""
    return "\n\n".join([f"# {title}", GENERATED, *(part.strip("\n") for part in parts)]) + "\n"


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Return a table."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(_cell(part) for part in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
