"""Proves a published copy: which figures, sentences, headings and labels differ from the report."""

from disclosure_tui.publication.proof import (
    CellDifference,
    Fault,
    NotRead,
    Proof,
    TextDifference,
)
from disclosure_tui.publication.verifying import read_page, verify

__all__ = [
    "CellDifference",
    "Fault",
    "NotRead",
    "Proof",
    "TextDifference",
    "read_page",
    "verify",
]
