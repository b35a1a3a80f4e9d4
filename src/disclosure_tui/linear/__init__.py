"""Filling in line by line: plain text, for screen readers and lines that take nothing else."""

from __future__ import annotations

from disclosure_tui.linear.editor import fill_in

__all__ = ["fill_in"]
