"""The blanks of a report that count: no value yet, which is never a zero."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from disclosure_tui.model.form import Form, Node, Role
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.model.report import Plain, Report

__all__ = ["Blanks", "asked", "blanks", "blanks_after"]

Blanks = Mapping[Pointer, tuple[Pointer, ...]]
"""Blanks by table, block or prose section, all in the order of the form."""


def asked(form: Form) -> dict[Pointer, Pointer]:
    """Return the places that must not stay blank, each with what its blank is counted under.

    These are table cells, and prose with a section number.
    """
    found: dict[Pointer, Pointer] = {}
    for node in form.nodes.values():
        numbered = node.section is not None and bool(node.section.number)
        if node.role is Role.CELL or (node.role is Role.PROSE and numbered):
            policy = node.findings.get("blank")
            if policy is None or not policy.off:
                found[node.pointer] = _group(form, node)
    return found


def blanks(
    places: Mapping[Pointer, Pointer], report: Report, absent: tuple[Pointer, ...] = ()
) -> Blanks:
    """Return the blanks that count.

    What lies under a value of the wrong shape is not called blank: that value has its own
    finding.

    Args:
        places: What `asked` gave for the form with the entry rows of the report.
        report: The report.
        absent: Rows and sections that do not exist now.
    """
    found: dict[Pointer, list[Pointer]] = {}
    for pointer, group in places.items():
        if _is_blank(report, pointer) and _exists(pointer, absent):
            found.setdefault(group, []).append(pointer)
    return {group: tuple(pointers) for group, pointers in found.items()}


def blanks_after(
    before: Blanks,
    places: Mapping[Pointer, Pointer],
    order: Mapping[Pointer, int],
    report: Report,
    absent: tuple[Pointer, ...],
    changed: Iterable[Pointer],
) -> Blanks:
    """Return the blanks that count after places changed.

    Args:
        before: The blanks before.
        places: As for `blanks`.
        order: Number of every place in printed order.
        report: The report as it is now.
        absent: Rows and sections that do not exist now.
        changed: The places that may have become or ceased to be blank.
    """
    found = dict(before)
    for pointer in changed:
        group = places.get(pointer)
        if group is None:
            continue
        known = found.get(group, ())
        is_blank = _is_blank(report, pointer) and _exists(pointer, absent)
        if is_blank is (pointer in known):
            continue
        if is_blank:
            found[group] = tuple(sorted((*known, pointer), key=order.__getitem__))
        else:
            left = tuple(other for other in known if other != pointer)
            if left:
                found[group] = left
            else:
                del found[group]
    if found == before:
        return before
    return dict(sorted(found.items(), key=lambda item: order[item[1][0]]))


def _exists(pointer: Pointer, absent: tuple[Pointer, ...]) -> bool:
    return not any(pointer.starts_with(place) for place in absent)


def _is_blank(report: Report, pointer: Pointer) -> bool:
    value: Plain = report.data
    for key in pointer:
        if value is None:
            return True
        if type(value) is not dict and not isinstance(value, Mapping):
            return False
        value = value.get(key)
    return value is None or (isinstance(value, str) and not value.strip())


def _group(form: Form, node: Node) -> Pointer:
    group = form.nearest(node.pointer, Role.BLOCK, Role.TABLE) if node.role is Role.CELL else None
    return group.pointer if group is not None else node.pointer
