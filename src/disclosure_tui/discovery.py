"""The one mechanism that finds plug-in modules: every module of a package, in name order."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

__all__ = ["modules_of"]


def modules_of(package: str) -> Iterator[ModuleType]:
    """Import and yield every public module of a package, in name order.

    A rule kind, a format, a screen or a command is added by adding its file; there is no
    list to keep.
    """
    paths = importlib.import_module(package).__path__
    for name in sorted(info.name for info in pkgutil.iter_modules(paths)):
        if not name.startswith("_"):
            yield importlib.import_module(f"{package}.{name}")
