"""What a person, a district or the system has settled.

Which language to speak: asked for, set by the person, the district, the system, or the form. The
locale comes last: servers are often set to English while the clerk and the report are not.

In which tables a person types the totals, as a check of what the paper says.
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from disclosure_tui.errors import DisclosureError, SaveError
from disclosure_tui.language import Language, Text
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.store.document import Document
from disclosure_tui.store.files import read_bytes, save

__all__ = [
    "chosen_language",
    "district_root",
    "language_named",
    "note_typed_totals",
    "typed_totals",
]

DISTRICT_FILE = "disclosure.yaml"
SYSTEM_FILE = Path("/etc/disclosure-tui/settings.toml")


def language_named(name: str | None) -> Language | None:
    """Return the language that a name or a locale stands for: zh, zh_CN.UTF-8, en, 中文."""
    text = (name or "").strip().lower()
    if text.startswith(("zh", "chinese", "中文")):
        return Language.CHINESE
    if text.startswith(("en", "english", "英文")):
        return Language.ENGLISH
    return None


def user_file(environment: Mapping[str, str]) -> Path:
    """Return the person's settings file."""
    home = environment.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(home) / "disclosure-tui" / "settings.toml"


def district_root(start: Path) -> Path | None:
    """Return the nearest folder upwards that is the root of a district, or None."""
    place = start.resolve()
    for folder in (place, *place.parents):
        if (folder / DISTRICT_FILE).is_file():
            return folder
    return None


def chosen_language(
    asked: str | None, environment: Mapping[str, str] = os.environ, start: Path | None = None
) -> Language | None:
    """Return the language that somebody chose, or None: then the report decides.

    Args:
        asked: What `--lang` says, if it was given.
        environment: Environment variables.
        start: Where to look for a district from; the current folder by default.
    """
    for name in _names(asked, environment, start or Path()):
        language = language_named(name)
        if language is not None:
            return language
    return None


def _names(asked: str | None, environment: Mapping[str, str], start: Path) -> Iterator[str | None]:
    yield asked
    yield environment.get("DISCLOSURE_LANG")
    yield _from_toml(user_file(environment))
    yield _from_district(start)
    yield _from_toml(SYSTEM_FILE)


def _from_toml(path: Path) -> str | None:
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8")).get("language")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return None
    return found if isinstance(found, str) else None


def _from_district(start: Path) -> str | None:
    root = district_root(start)
    if root is None:
        return None
    try:
        data = Document.read(read_bytes(root / DISTRICT_FILE), DISTRICT_FILE).data
    except DisclosureError:
        return None
    found = data.get("language") if isinstance(data, Mapping) else None
    return found if isinstance(found, str) else None


def typed_totals(
    report_type: str, environment: Mapping[str, str] = os.environ
) -> frozenset[Pointer]:
    """Return the tables of a report type in which the person types the totals."""
    found = set()
    for line in _noted(environment).decode(errors="replace").splitlines():
        name, _, table = line.strip().partition(" ")
        if name == report_type and table.startswith("/"):
            found.add(Pointer.parse(table))
    return frozenset(found)


def note_typed_totals(
    report_type: str,
    table: Pointer,
    *,
    typed: bool,
    environment: Mapping[str, str] = os.environ,
) -> None:
    """Note whether the person types the totals of a table.

    Args:
        report_type: As in a report file: kind, slash, edition.
        table: The table.
        typed: They are typed; else they follow their parts.
        environment: Environment variables.

    Raises:
        SaveError: It cannot be noted.
    """
    before = _noted(environment)
    line = f"{report_type} {table}".encode()
    kept = [other for other in before.splitlines() if other.strip() != line]
    lines = [*kept, line] if typed else kept
    content = b"".join(other + b"\n" for other in lines)
    if content == before:
        return
    expected = hashlib.sha256(before).hexdigest() if before else None
    try:
        place = _typed_totals_file(environment)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if expected is None:
            place.unlink(missing_ok=True)
        save(place, content, expected_sha256=expected)
    except (OSError, RuntimeError) as error:
        raise SaveError(
            Text("这个设置没能记下，只在这次有效", "it cannot be noted and holds this time only"),
            where=str(error),
        ) from error


def _noted(environment: Mapping[str, str]) -> bytes:
    try:
        return _typed_totals_file(environment).read_bytes()
    except (OSError, RuntimeError):
        return b""


def _typed_totals_file(environment: Mapping[str, str]) -> Path:
    """Return the file of this one setting: the program never writes into settings.toml."""
    return user_file(environment).with_name("typed-totals")
