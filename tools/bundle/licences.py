"""The licences of everything in an archive, as their authors want them passed on."""

from __future__ import annotations

import re
import shutil
import zipfile
from email.message import Message
from email.parser import BytesParser
from pathlib import Path, PurePosixPath

__all__ = ["write_licences"]

_TEXT = re.compile(r"(?i)(licen[cs]e|copying|notice|authors|copyright)")


def write_licences(wheels: Path, own: Path, target: Path) -> None:
    """Write the licence texts of all wheels, and a table of them."""
    target.mkdir()
    shutil.copyfile(own, target / "disclosure-tui-LICENSE")
    rows = []
    for wheel in sorted(wheels.glob("*.whl")):
        with zipfile.ZipFile(wheel) as archive:
            names = sorted(name for name in archive.namelist() if ".dist-info/" in name)
            described = next(name for name in names if name.endswith(".dist-info/METADATA"))
            about = BytesParser().parsebytes(archive.read(described))
            texts = [name for name in names if _TEXT.search(PurePosixPath(name).name)]
            if about["Name"] != "disclosure-tui":
                folder = target / about["Name"]
                folder.mkdir()
                for name in texts:
                    inside = name.split(".dist-info/")[1].replace("/", "-")
                    (folder / inside).write_bytes(archive.read(name))
                if not texts:
                    (folder / "METADATA").write_bytes(archive.read(described))
        rows.append(f"| {about['Name']} | {about['Version']} | {_named(about)} |\n")
    head = "# Licences\n\n| Library | Version | Licence |\n|---|---|---|\n"
    (target / "README.md").write_text(head + "".join(rows), encoding="utf-8")


def _named(about: Message) -> str:
    """Return what a library says its licence is."""
    expression = about["License-Expression"]
    if expression:
        return str(expression)
    kinds = [
        value.rpartition(" :: ")[2]
        for value in about.get_all("Classifier", [])
        if value.startswith("License ::")
    ]
    if kinds:
        return ", ".join(kinds)
    return str(about["License"] or "see its texts").splitlines()[0]
