"""Looks at this machine, and changes nothing on it. What to make of it is judged elsewhere."""

from __future__ import annotations

import importlib.util
import itertools
import locale
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from disclosure_tui import __version__
from disclosure_tui.machine.accounts import group_of
from disclosure_tui.machine.program import Encoding, Library, Program
from disclosure_tui.machine.schemas import SchemaFacts
from disclosure_tui.machine.storage import Clock, Folder, Quota, Space
from disclosure_tui.machine.terminal import Locale, Multiplexer, Terminal
from disclosure_tui.render.office.faces import machine_fonts
from disclosure_tui.schema.catalog import Catalog
from disclosure_tui.store.state_folder import state_folder

__all__ = [
    "clock",
    "encoding",
    "faces",
    "folder",
    "locale_settings",
    "missing_libraries",
    "multiplexer",
    "own_folder",
    "program",
    "quotas_in",
    "schemas",
    "space",
    "temporary_folder",
    "terminal",
]

_DISTRIBUTION = "disclosure-tui"
_REQUIREMENT = re.compile(r"([\w.-]+)\s*\(?([^;)]*)\)?\s*(;.*)?")
_OFFICE = {"docx": "python-docx", "xlsxwriter": "XlsxWriter"}
_TIMEOUT = 3.0
"""Seconds for another program's answer; a quota on a server that is down takes for ever."""
_MOST_FILES = 1000


def program() -> Program:
    """Look at the libraries that the program is installed with."""
    libraries = []
    for requirement in metadata.requires(_DISTRIBUTION) or ():
        found = _REQUIREMENT.fullmatch(requirement.strip())
        if found is not None and "extra" not in (found[3] or ""):
            libraries.append(Library(found[1], found[2].strip(), _version(found[1])))
    return Program(__version__, platform.python_version(), tuple(libraries))


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def encoding() -> Encoding:
    """Look at the encodings of the interpreter."""
    output = sys.stdout.encoding if sys.stdout is not None else None
    return Encoding(bool(sys.flags.utf8_mode), sys.getfilesystemencoding(), output)


def locale_settings(environment: Mapping[str, str] = os.environ) -> Locale:
    """Look at the locale that other programs get.

    In the C locale the interpreter sets LC_CTYPE for itself and what it starts; that is not what
    the person has set.
    """
    settings = _first_environment(environment)
    names = ("LC_ALL", "LC_CTYPE", "LANG")
    variable = next((name for name in names if settings.get(name)), "")
    named = settings.get(variable, "")
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, named or "C")
        return Locale(variable, named, locale.nl_langinfo(locale.CODESET))
    except locale.Error:
        return Locale(variable, named, None)
    finally:
        locale.setlocale(locale.LC_CTYPE, before)


def _first_environment(environment: Mapping[str, str]) -> Mapping[str, str]:
    """Return the environment without what the interpreter added to it at its start."""
    if environment.get("LC_CTYPE") != "C.UTF-8":
        return environment
    added = "DISCLOSURE_RESTARTED" in environment
    if not added:
        try:
            first = Path("/proc/self/environ").read_bytes().split(b"\0")
        except OSError:
            return environment
        added = b"LC_CTYPE=C.UTF-8" not in first
    return {key: value for key, value in environment.items() if not added or key != "LC_CTYPE"}


def multiplexer(environment: Mapping[str, str] = os.environ) -> Multiplexer:
    """Ask tmux whether its client takes UTF-8; screen does not say."""
    if environment.get("TMUX"):
        answer = _answer(["tmux", "display-message", "-p", "#{client_utf8}"])
        return Multiplexer("tmux", {"1": True, "0": False}.get(answer.strip()))
    return Multiplexer("screen" if environment.get("STY") else "")


def terminal(environment: Mapping[str, str] = os.environ) -> Terminal:
    """Look at the terminal, and ask it how wide it shows characters of doubtful width."""
    if not (_is_terminal(0) and _is_terminal(1)):
        return Terminal(is_there=False)
    kind = environment.get("TERM", "")
    is_plain = kind in ("", "dumb")
    # Imported here: on a machine without terminals these modules are not there.
    from disclosure_tui.machine.terminal_probe import asked_widths, colours_of

    try:
        columns, lines = os.get_terminal_size(1)
    except OSError:
        columns = lines = 0
    return Terminal(
        is_there=True,
        kind=kind,
        colours=None if is_plain else colours_of(kind),
        size=(columns, lines) if columns and lines else None,
        widths=None if is_plain else asked_widths(1),
        is_without_colour="NO_COLOR" in environment,
    )


def _is_terminal(descriptor: int) -> bool:
    try:
        return os.isatty(descriptor)
    except OSError:
        return False


def folder(path: Path) -> Folder:
    """Look at the folder that reports stand in."""
    try:
        shown = str(path.absolute())
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return Folder(str(path), exists=False)
    if not path.is_dir():
        return Folder(shown, exists=False)
    return Folder(
        shown,
        exists=True,
        may_read=os.access(path, os.R_OK | os.X_OK),
        may_write=os.access(path, os.W_OK | os.X_OK),
        is_read_only=bool(os.statvfs(path).f_flag & os.ST_RDONLY),
        group=group_of(status),
    )


def own_folder(environment: Mapping[str, str] = os.environ) -> Folder:
    """Look at the folder of what belongs to the person; it is made when it is needed."""
    try:
        path = state_folder(environment)
    except FileNotFoundError:
        return Folder("", exists=False)
    nearest = _nearest(path)
    may_write = os.access(nearest, os.W_OK | os.X_OK)
    return Folder(str(path), exists=may_write or nearest == path, may_write=may_write)


def temporary_folder() -> Folder:
    """Look for a folder for temporary files."""
    try:
        return Folder(tempfile.gettempdir(), exists=True, may_read=True, may_write=True)
    except FileNotFoundError:
        return Folder("", exists=False)


def space(path: Path) -> Space:
    """Look at what is left where a folder is, or would be."""
    status = os.statvfs(_nearest(path.absolute()))
    return Space(
        free_bytes=status.f_bavail * status.f_frsize,
        free_files=status.f_favail if status.f_files else None,
        quotas=quotas_in(_answer(["quota", "-w", "-p"])),
    )


def quotas_in(printed: str) -> tuple[Quota, ...]:
    """Read what `quota -w -p` printed: blocks and files of each file system."""
    found: list[Quota] = []
    for line in printed.splitlines():
        fields = [field.rstrip("*") for field in line.split()[-8:]]
        if len(fields) == 8 and all(field.isdigit() for field in fields):
            numbers = [int(field) for field in fields]
            found.extend((Quota(*numbers[0:3]), Quota(*numbers[4:7])))
    return tuple(found)


def clock(path: Path) -> Clock:
    """Look at the clock, and at the newest file of a folder."""
    now = datetime.now().astimezone()
    newest, name = 0.0, ""
    try:
        with os.scandir(path) as entries:
            for entry in itertools.islice(entries, _MOST_FILES):
                written = entry.stat(follow_symlinks=False).st_mtime
                if written > newest:
                    newest, name = written, entry.name
    except OSError:
        return Clock(now)
    return Clock(now, datetime.fromtimestamp(newest, UTC) if name else None, name)


def faces() -> list[str] | None:
    """Return the faces of this machine, or None without the library that sets a PDF."""
    if importlib.util.find_spec("typst") is None:
        return None
    return list(machine_fonts().families())


def missing_libraries() -> list[str]:
    """Return the libraries for Word and Excel files that are not installed."""
    return [name for module, name in _OFFICE.items() if importlib.util.find_spec(module) is None]


def schemas(catalog: Catalog) -> SchemaFacts:
    """Look into each place of schemas."""
    places: dict[str, list[str]] = {}
    for entry in catalog.entries():
        places.setdefault(entry.origin, []).append(f"{entry.name} {entry.version}")
    return SchemaFacts(
        places=tuple((origin, tuple(names)) for origin, names in places.items()),
        troubles=(*catalog.faults(), *catalog.conflicts()),
        doubts=catalog.doubts(),
    )


def _nearest(path: Path) -> Path:
    """Return the folder itself, or the nearest one above that is there."""
    for one in (path, *path.parents):
        try:
            if one.is_dir():
                return one
        except PermissionError:
            continue
    return path


def _answer(words: list[str]) -> str:
    """Return what another program prints; nothing where there is no such program."""
    found = shutil.which(words[0])
    if found is None:
        return ""
    try:
        done = subprocess.run(  # noqa: S603 - the words are our own
            [found, *words[1:]],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_TIMEOUT,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("ascii", "replace")
