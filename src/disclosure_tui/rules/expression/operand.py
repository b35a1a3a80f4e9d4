"""A cell that an expression reads, and the two functions the caller gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

from disclosure_tui.model.pointer import Pointer
from disclosure_tui.rules.expression.syntax import Path
from disclosure_tui.rules.expression.truth import Truth
from disclosure_tui.rules.expression.values import Value

__all__ = ["Calculate", "Judge", "Operand", "Read", "Resolve", "Resolved"]


class Operand(NamedTuple):
    """One cell. A tuple, because it is looked up once per term and tuples hash fastest.

    Attributes:
        pointer: Its address, in the terms of this report.
        prior: It is the cell of last year's report.
    """

    pointer: Pointer
    prior: bool = False


Resolve: TypeAlias = Callable[[Path], tuple[Operand, ...]]
"""Gives the cells that a path names, in the order of the form."""

Read: TypeAlias = Callable[[Operand], Value]
"""Gives the value of a cell; it must give the same value each time within one evaluation."""

Calculate: TypeAlias = Callable[[Read], Value]
Judge: TypeAlias = Callable[[Read], Truth]

Resolved: TypeAlias = Mapping[Path, tuple[Operand, ...]]
"""The cells of every path of one expression."""
