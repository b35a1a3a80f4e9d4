"""What the person, the district and the system have settled, and which language to speak.

Each setting is taken from the person's file, else the district's, else the system's. What cannot
be used is told with its place and left out; a mistake in a settings file never stops the program.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import field, replace
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import DisclosureError
from disclosure_tui.language import Language, Text
from disclosure_tui.store.document import Document
from disclosure_tui.store.files import read_bytes
from disclosure_tui.system_reasons import reason

__all__ = [
    "DISTRICT_FILE",
    "KeySetting",
    "SettingFault",
    "Settings",
    "chosen_language",
    "district_root",
    "district_roots",
    "language_named",
    "system_folder",
    "user_file",
]

DISTRICT_FILE = "disclosure.yaml"
SETTINGS_FILE = "settings.toml"
SYSTEM_VARIABLE = "DISCLOSURE_SYSTEM"
_SYSTEM_FOLDER = "/etc/disclosure-tui"


@dataclass(frozen=True, slots=True)
class SettingFault:
    """Something in a settings file that is not used.

    Attributes:
        where: File, and line if known: `settings.toml:3`.
        what: What is the matter, and what to do.
    """

    where: str
    what: Text

    def told(self, language: Language) -> str:
        """Return the message."""
        return f"{self.where}: {self.what.in_(language)}"


@dataclass(frozen=True, slots=True)
class KeySetting:
    """The keys that somebody wants for a command.

    Attributes:
        keys: The keys as written.
        where: File and line.
    """

    keys: tuple[str, ...]
    where: str


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything settled in files.

    Attributes:
        language: The language of the words, or None.
        keys: Keys by the identifier of their command, the person's first.
        district: The root of the district where none is found around a report, or None.
        schemas: The person's own folders of schemas.
        system_schemas: The system's folders of schemas.
        faults: What is not used.
    """

    language: Language | None = None
    keys: Mapping[str, KeySetting] = field(default_factory=lambda: MappingProxyType({}))
    district: Path | None = None
    schemas: tuple[Path, ...] = ()
    system_schemas: tuple[Path, ...] = ()
    faults: tuple[SettingFault, ...] = ()

    @classmethod
    def read(
        cls, environment: Mapping[str, str] = os.environ, start: Path | None = None
    ) -> Settings:
        """Read the settings files that exist.

        Args:
            environment: Environment variables.
            start: Where to look for a district from; the current folder by default.
        """
        person = _from_toml(user_file(environment))
        district = _from_district(start or Path())
        system = _from_toml(system_folder(environment) / SETTINGS_FILE)
        system = replace(system, schemas=(), system_schemas=system.schemas)
        return person.before(district).before(system)

    def before(self, wider: Settings) -> Settings:
        """Return these settings, and where they say nothing those that hold for more people."""
        return Settings(
            self.language or wider.language,
            {**self.keys, **{key: it for key, it in wider.keys.items() if key not in self.keys}},
            self.district or wider.district,
            self.schemas + wider.schemas,
            self.system_schemas + wider.system_schemas,
            self.faults + wider.faults,
        )


def language_named(name: str | None) -> Language | None:
    """Return the language that a name or a locale stands for: zh, zh_CN.UTF-8, en, 中文."""
    text = (name or "").strip().lower()
    if text.startswith(("zh", "chinese", "中文")):
        return Language.CHINESE
    if text.startswith(("en", "english", "英文")):
        return Language.ENGLISH
    return None


def user_file(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the person's settings file; an account without a home has one that is never there."""
    home = environment.get("XDG_CONFIG_HOME")
    try:
        folder = Path(home) if home else Path.home() / ".config"
    except RuntimeError:
        folder = Path(os.devnull)
    return folder / "disclosure-tui" / SETTINGS_FILE


def system_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of what holds for the whole machine: its settings, and schemas."""
    return Path(environment.get(SYSTEM_VARIABLE) or _SYSTEM_FOLDER)


def district_root(start: Path) -> Path | None:
    """Return the nearest folder upwards that is the root of a district, or None."""
    return next(_roots(start), None)


def district_roots(start: Path) -> tuple[Path, ...]:
    """Return all folders upwards that are the root of a district, the outermost first."""
    return tuple(reversed(tuple(_roots(start))))


def _roots(start: Path) -> Iterator[Path]:
    try:
        place = start.resolve()
    except OSError:
        return  # the folder that one stands in is gone
    for folder in (place, *place.parents):
        # A folder that may not be looked into is none that counts.
        with suppress(OSError):
            if (folder / DISTRICT_FILE).is_file():
                yield folder


def chosen_language(
    asked: str | None, settings: Settings, environment: Mapping[str, str] = os.environ
) -> Language | None:
    """Return the language that somebody chose, or None: then the report decides.

    The locale is not asked: servers are often set to English while the clerk and the report
    are not.

    Args:
        asked: What `--lang` says, if it was given.
        settings: What is settled in files.
        environment: Environment variables.
    """
    named = language_named(asked) or language_named(environment.get("DISCLOSURE_LANG"))
    return named or settings.language


class _File:
    """One settings file in TOML, with the lines of its entries."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self._lines = text.splitlines()
        self.faults: list[SettingFault] = []

    def where(self, table: str, key: str) -> str:
        """Return the place of an entry; TOML's reader does not tell it."""
        entry = re.compile(rf"""\s*(?:{re.escape(table)}\.)?["']?{re.escape(key)}["']?\s*[=.]""")
        heading = re.compile(r"\s*\[\s*([^\]]*?)\s*\]")
        current = ""
        for number, line in enumerate(self._lines, 1):
            found = heading.match(line)
            if found and "=" not in line.split("]")[0]:
                current = found[1]
                if not table and current == key:
                    return f"{self.path}:{number}"
            elif entry.match(line) and (current == table or f"{table}." in line):
                return f"{self.path}:{number}"
        return str(self.path)

    def refuse(self, table: str, key: str, what: Text) -> None:
        """Note what is not used."""
        self.faults.append(SettingFault(self.where(table, key), what))


def _language(file: _File, value: Any) -> dict[str, Any]:
    language = language_named(value) if isinstance(value, str) else None
    if language is None:
        file.refuse("", "language", Text('请写 "zh" 或 "en"', 'write "zh" or "en"'))
        return {}
    return {"language": language}


def _keys(file: _File, value: Any) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        file.refuse("", "keys", _NO_TABLE)
        return {}
    settled = {}
    for command, written in value.items():
        keys = [written] if isinstance(written, str) else written
        if isinstance(keys, list) and all(isinstance(key, str) for key in keys):
            settled[command] = KeySetting(tuple(keys), file.where("keys", command))
        else:
            file.refuse("keys", command, _NO_KEYS)
    return {"keys": settled}


def _district(file: _File, value: Any) -> dict[str, Any]:
    found = _folder(value)
    if found is None:
        file.refuse("", "district", _NO_FOLDER)
        return {}
    return {"district": found}


def _schemas(file: _File, value: Any) -> dict[str, Any]:
    written = value if isinstance(value, list) else [value]
    found = [_folder(item) for item in written]
    if None in found:
        file.refuse("", "schemas", _NO_FOLDER)
    return {"schemas": tuple(folder for folder in found if folder is not None)}


def _folder(value: Any) -> Path | None:
    """Return a folder that is written in full; any other would depend on where one stands."""
    if not isinstance(value, str) or "\0" in value:
        return None
    try:
        path = Path(value).expanduser()
    except RuntimeError:
        return None
    return path if path.is_absolute() else None


_READERS: Mapping[str, Callable[[_File, Any], dict[str, Any]]] = {
    "language": _language,
    "keys": _keys,
    "district": _district,
    "schemas": _schemas,
}
"""What can be settled: each gives the attributes of `Settings` that its value stands for."""

_NO_TABLE = Text(
    "【keys】要单独成段：先写一行 [keys]，下面每行写一个命令",
    "keys is a section: a line [keys], and below it a line for each command",
)
_NO_FOLDER = Text(
    '请写文件夹的完整路径，例如 "/srv/annual"', 'write the full path of a folder: "/srv/annual"'
)
_NO_KEYS = Text(
    '请写一个键或几个键，例如 "F5" 或 ["F5", "g"]', 'write one key or several: "F5" or ["F5", "g"]'
)


def _from_toml(path: Path) -> Settings:
    """Read a file; one that does not exist settles nothing."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except OSError as error:
        return _unread(str(path), Text("打不开：", "not read: ") + reason(error))
    except UnicodeDecodeError:
        return _unread(str(path), Text("不是 UTF-8 编码，没有采用", "not used: it is not UTF-8"))
    import tomllib  # most people have settled nothing

    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return _unread(*_misspelt(path, error))
    file = _File(path, text)
    found: dict[str, Any] = {}
    for key, value in data.items():
        reader = _READERS.get(key)
        if reader is not None:
            found.update(reader(file, value))
        else:
            file.refuse("", key, _unknown(key))
    return replace(Settings(**found), faults=tuple(file.faults))


def _misspelt(path: Path, error: Exception) -> tuple[str, Text]:
    """Say where a file cannot be understood; nothing in it is used."""
    line = re.search(r"line (\d+)", str(error))
    where = f"{path}:{line[1]}" if line else str(path)
    return where, Text(
        '这里写得不对，整个文件没有采用。一行写一项，例如 language = "zh"',
        'cannot be understood, so nothing in it is used. One setting a line: language = "zh"',
    )


def _unread(where: str, what: Text) -> Settings:
    return Settings(faults=(SettingFault(where, what),))


def _unknown(key: str) -> Text:
    close = get_close_matches(key, _READERS, n=1)
    if close:
        return Text(
            f"没有【{key}】这项设置，是不是【{close[0]}】？",
            f"there is no setting {key!r}; did you mean {close[0]!r}?",
        )
    known = Text("、".join(_READERS), ", ".join(_READERS))
    return (
        Text(f"没有【{key}】这项设置，可用的有：", f"there is no setting {key!r}; there are: ")
        + known
    )


def _from_district(start: Path) -> Settings:
    """Read what a district settles; its file says other things too."""
    root = district_root(start)
    if root is None:
        return Settings()
    path = root / DISTRICT_FILE
    try:
        data = Document.read(read_bytes(path), str(path)).data
    except DisclosureError as error:
        return _unread(error.where or str(path), error.what)
    told = tuple(_misspelt_keys(path, data)) if isinstance(data, Mapping) else ()
    named = data.get("language") if isinstance(data, Mapping) else None
    if named is None:
        return Settings(faults=told)
    language = language_named(named) if isinstance(named, str) else None
    if language is None:
        return _unread(str(path), Text("【language】请写 zh 或 en", "language: write zh or en"))
    return Settings(language, faults=told)


def _misspelt_keys(path: Path, data: Mapping[Any, Any]) -> Iterator[SettingFault]:
    """Tell of keys of a district's file that are nearly those of the program."""
    for key in data:
        if key not in _DISTRICT_KEYS:
            close = get_close_matches(str(key), _DISTRICT_KEYS, n=1, cutoff=0.8)
            if close:
                said = Text(
                    f"没有【{key}】这项，是不是【{close[0]}】？",
                    f"there is no {key!r}; did you mean {close[0]!r}?",
                )
                yield SettingFault(str(path), said)


_DISTRICT_KEYS = ("language", "schema_versions")
