"""Sections as a person names them on the command line: by number, label or key."""

from __future__ import annotations

import click

from disclosure_tui.cli.program import Program
from disclosure_tui.language import Language
from disclosure_tui.model.form import Form, Node
from disclosure_tui.model.pointer import Pointer

__all__ = ["places_of"]


def places_of(program: Program, form: Form, wanted: str) -> tuple[Pointer, ...]:
    """Find the sections that a person means: 三, 表三, requests or the heading.

    Raises:
        click.UsageError: There is none; those there are are named.
    """
    found = tuple(node.pointer for node in form.sections if wanted in _names(node))
    if found:
        return found
    known = "、".join(_names(node)[0] for node in form.sections)
    raise click.UsageError(
        program.say(f"没有【{wanted}】这一部分，可选：{known}", f"no section {wanted!r}: {known}")
    )


def _names(node: Node) -> list[str]:
    names = [node.label.short(language) for language in Language]
    names.append(node.key)
    if node.section is not None and node.section.number:
        names.append(node.section.number)
    names.extend(node.label.title(language) for language in Language)
    return names
