"""What holds for all tests."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from hypothesis import HealthCheck, settings

from disclosure_tui.session import saving
from disclosure_tui.store import journal

# How long an example takes, or takes to be made up, says how busy the machine is, not whether the
# program is right. Examples are the same each time, so that a change is judged by what it changes;
# `make soak` has new ones.
settings.register_profile(
    "disclosure",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=os.environ.get("DISCLOSURE_SOAK") != "1",
)
settings.load_profile("disclosure")


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep settings and journals away from those of the person who runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
        for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(scope="session", autouse=True)
def signals() -> Iterator[None]:
    """Let programs that tests start hear signals, also where nohup or `&` started the tests.

    A signal that is ignored stays so in every child; one that a function takes does not.
    """
    numbers = (signal.SIGHUP, signal.SIGINT)
    ignored = [number for number in numbers if signal.getsignal(number) is signal.SIG_IGN]
    for number in ignored:
        signal.signal(number, lambda *_: None)
    yield
    for number in ignored:
        signal.signal(number, signal.SIG_IGN)


@pytest.fixture(scope="session", autouse=True)
def patience() -> Iterator[None]:
    """Have work reach the disk however long that takes: here nobody wants the program to go."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (saving, journal):
            patch.setattr(module, "LEAVING", 60.0)
        yield


@pytest.fixture
def hits() -> Iterator[tuple[str, list[str]]]:
    """Return the address of a server in this process, and the paths that were asked of it."""
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"type": "object"}')

        def log_message(self, *arguments: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", seen
    server.shutdown()
    server.server_close()
    thread.join()
