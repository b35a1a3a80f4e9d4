"""Which language to speak: asked for, set by the person, the district, the system, or the form.

The locale comes last: servers are often set to English while the clerk and the report are not.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from disclosure_tui.errors import DisclosureError
from disclosure_tui.language import Language
from disclosure_tui.store.document import Document
from disclosure_tui.store.files import read_bytes

__all__ = ["chosen_language", "district_root", "language_named"]

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
