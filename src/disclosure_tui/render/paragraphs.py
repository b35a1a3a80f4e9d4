"""Prose as paragraphs: what every format sets, each in its own way."""

from __future__ import annotations

__all__ = ["paragraphs"]


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a prose section, without the blanks around them."""
    return [line.strip() for line in text.split("\n") if line.strip()]
