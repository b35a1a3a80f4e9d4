"""A proof as JSON, `disclosure-publication/1`; its JSON Schema lies beside this file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from disclosure_tui import __version__
from disclosure_tui.publication.proof import CellDifference, Proof, TextDifference

__all__ = ["NAME", "write"]

NAME = "json"
FORMAT = "disclosure-publication/1"


def write(proof: Proof) -> str:
    """Return the proof as one JSON document; figures are texts, so none is rounded."""
    return json.dumps(_document(proof), ensure_ascii=False, indent=2) + "\n"


def _document(proof: Proof) -> dict[str, Any]:
    language = proof.language
    return {
        "format": FORMAT,
        "tool": {"name": "disclosure-tui", "version": __version__},
        "report": {
            "file": proof.file,
            "sha256": proof.sha256,
            "report_type": proof.report_type,
        },
        "schema": None if proof.schema is None else proof.schema.record(),
        "page": {
            "file": proof.page,
            "sha256": proof.page_sha256,
            "format": proof.page_format,
        },
        "same": proof.is_same,
        "complete": not proof.unread,
        "cells": {
            "form": proof.cells,
            "compared": proof.compared,
            "different": len(proof.differences),
        },
        "differences": _pairs(proof.differences),
        "texts": _pairs(proof.texts),
        "faults": [
            {
                "rule": item.rule,
                "severity": item.severity.value,
                "pointer": str(item.pointer),
                "message": item.message.in_(language),
            }
            for item in proof.faults
        ],
        "unread": [
            {
                "pointers": [str(pointer) for pointer in item.pointers],
                "label": item.label,
                "reason": item.reason.in_(language),
            }
            for item in proof.unread
        ],
        "remarks": [item.in_(language) for item in proof.remarks],
    }


def _pairs(items: Sequence[CellDifference | TextDifference]) -> list[dict[str, Any]]:
    return [
        {
            "pointer": str(item.pointer),
            "label": item.label,
            "report": item.report,
            "page": item.page,
        }
        for item in items
    ]
