"""Whether the libraries of a format are there, and what to say where they are not."""

from __future__ import annotations

import importlib

from disclosure_tui.errors import DisclosureError
from disclosure_tui.language import Text

__all__ = ["LibraryMissing", "require"]


class LibraryMissing(DisclosureError):  # noqa: N818 - it says what is missing
    """A format needs a library that is not installed."""


def require(name: str, extra: str, libraries: tuple[str, ...]) -> None:
    """Make sure that a format can be written.

    Args:
        name: The format.
        extra: The extra of this program that installs its libraries.
        libraries: Their import names.

    Raises:
        LibraryMissing: One is not installed.
    """
    try:
        for library in libraries:
            importlib.import_module(library)
    except ImportError as error:
        raise LibraryMissing(
            Text(
                f"没有生成【{name}】：本机没有安装所需的程序库。",
                f"{name} was not written: a library that it needs is not installed.",
            ),
            hint=Text(
                f'请安装：pip install "disclosure-tui[{extra}]"',
                f'Install it: pip install "disclosure-tui[{extra}]"',
            ),
        ) from error
