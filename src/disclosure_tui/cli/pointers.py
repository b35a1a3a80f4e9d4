"""Addresses of values on the command line: JSON Pointers, or keys joined by dots."""

from __future__ import annotations

from typing import Any

import click

from disclosure_tui.model.pointer import Pointer

__all__ = ["POINTER", "pointer_from"]


class _PointerType(click.ParamType[Pointer]):
    """Reads `/requests/new/total` or `requests.new.total`."""

    name = "pointer"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Pointer:
        """Return the pointer."""
        del param, ctx
        return pointer_from(str(value))


def pointer_from(text: str) -> Pointer:
    """Return the address that a text on the command line means."""
    return Pointer.parse(text) if text.startswith("/") else Pointer(text.split("."))


POINTER = _PointerType()
