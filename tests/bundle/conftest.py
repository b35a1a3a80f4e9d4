"""What the tests of the installer begin with."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bundle.archives import Interpreter, system_python
from bundle.servers import Server


@pytest.fixture(scope="module")
def python() -> Interpreter:
    return system_python()


@pytest.fixture
def place() -> Iterator[Path]:
    """Return a folder with a blank in its path that every account can enter."""
    with tempfile.TemporaryDirectory(prefix="disclosure-") as name:
        Path(name).chmod(0o755)
        folder = Path(name) / "本机 opt"
        folder.mkdir(mode=0o755)
        folder.chmod(0o755)
        yield folder


@pytest.fixture
def server(place: Path, python: Interpreter) -> Server:
    return Server(place, python)
