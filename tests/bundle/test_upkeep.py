"""What an installation leaves behind over the years: versions, links, interrupted work, users."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from bundle.archives import Interpreter
from bundle.servers import ENVIRONMENT, Server
from unit.store.accounts import CLERK

pytestmark = pytest.mark.slow

# Runs the installer until it changes something under a name, and then breaks off.
_BREAKING_OFF = """
import os, runpy, signal, sys
at, harm, setup = sys.argv[1], int(sys.argv[2]), sys.argv[3]
def watch(event, values):
    if event in ("os.rename", "os.symlink") and os.fspath(values[1]).endswith(at):
        if harm < 0:
            os.kill(os.getpid(), -harm)
        raise OSError(harm, os.strerror(harm))
sys.addaudithook(watch)
sys.path.insert(0, setup)
sys.argv[:4] = [setup]
runpy.run_path(setup, run_name="__main__")
"""


def broken_off(
    server: Server, archive: Path, at: str, harm: int
) -> subprocess.CompletedProcess[str]:
    target = ["--prefix", str(server.prefix), "--link", str(server.link)]
    words = [server.python.path, "-I", "-B", "-X", "utf8", "-c", _BREAKING_OFF, at, str(harm)]
    words += [archive / "setup", "install", "--from", archive, *target]
    return server.run([str(word) for word in words])


@pytest.mark.parametrize("at", ["1.1", "versions.sh", "install.json", "current"])
@pytest.mark.parametrize("harm", [-signal.SIGKILL, errno.ENOSPC])
def test_wherever_it_breaks_off_nothing_stays_behind(server: Server, at: str, harm: int) -> None:
    server.install(server.archive("1.0"))
    archive = server.archive("1.1")
    # Another link: so the settings of the installation are written again too.
    server.link = server.place / "bin" / "other"
    done = broken_off(server, archive, at, harm)
    assert done.returncode == (harm if harm < 0 else 3), done.stderr
    server.link = server.place / "bin" / "disclosure"
    assert server.printed().split()[0] == "1.0"

    assert server.install(archive).returncode == 0
    assert server.printed().split()[0] == "1.1"
    assert {name for name in server.held if name.startswith(".")} == {".lock"}
    assert server.script("uninstall.sh").returncode == 0
    assert not server.prefix.exists()
    assert list(server.link.parent.iterdir()) == []


def test_a_full_disk_is_told_with_what_to_do(server: Server) -> None:
    server.install(server.archive("1.0"))
    done = broken_off(server, server.archive("1.1"), "current", errno.ENOSPC)
    assert "no other version was taken into use" in done.stderr
    assert "make room" in done.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
def test_everybody_may_see_the_versions_and_only_root_changes_them(server: Server) -> None:
    server.install(server.archive("1.0"))
    server.install(server.archive("1.1"))

    def as_clerk(*options: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [server.prefix / "versions.sh", *options],
            env=ENVIRONMENT,
            user=CLERK,
            group=CLERK,
            extra_groups=[],
            capture_output=True,
            text=True,
            cwd="/",
        )

    assert as_clerk().stdout == "  1.0\n* 1.1\n"
    refused = as_clerk("--use", "1.0")
    assert refused.returncode == 3
    assert "as root" in refused.stderr
    assert server.printed().split()[0] == "1.1"


def test_every_link_made_is_removed_with_the_program(server: Server) -> None:
    archive = server.archive("1.0")
    server.install(archive)
    first, server.link = server.link, server.place / "bin" / "disclosure-tui"
    server.install(archive)
    server.install(server.archive("1.1"), "--prefix", str(server.prefix), "--no-link")
    assert first.is_symlink()
    assert server.printed().split()[0] == "1.1"
    assert server.script("uninstall.sh").returncode == 0
    assert list(first.parent.iterdir()) == []


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="processes are not shown")
def test_a_version_somebody_has_open_is_not_removed(server: Server) -> None:
    server.install(server.archive("1.0", "stays"))
    with subprocess.Popen(
        [server.link], env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as clerk:
        assert clerk.stdout is not None
        assert clerk.stdout.readline().startswith(b"1.0 stays")
        server.install(server.archive("1.1"))
        refused = server.script("versions.sh", "--remove", "1.0")
        assert refused.returncode == 2
        assert f" {clerk.pid}" in refused.stderr
        assert server.script("versions.sh").stdout == "  1.0\n* 1.1\n"
        refused = server.script("uninstall.sh")
        assert refused.returncode == 2
        assert server.script("versions.sh").stdout == "  1.0\n* 1.1\n"
        assert server.printed().split()[0] == "1.1"
    assert server.script("versions.sh", "--remove", "1.0").stdout == "* 1.1\n"
    assert server.script("uninstall.sh").returncode == 0


def test_a_python_called_by_a_shorter_name_is_held_by_its_version(
    server: Server, python: Interpreter
) -> None:
    called, own = server.place / "python3", server.place / f"python{python.version}"
    own.symlink_to(python.path)
    called.symlink_to(own.name)
    archive = server.archive("1.0")
    server.run(["env", f"PYTHON={called}", *server.command(archive)])
    called.unlink()
    called.symlink_to(shutil.which("false") or "/bin/false")  # as an upgrade leads it elsewhere
    assert server.printed().split()[0] == "1.0"

    own.unlink()
    done = subprocess.run([server.link], capture_output=True, text=True)
    assert done.returncode == 3
    assert "install it again" in done.stderr


def test_a_link_that_cannot_be_made_is_told_before_anything_is_done(server: Server) -> None:
    # A folder in which nobody may make anything, root included.
    done = server.install(
        server.archive("1.0"), "--prefix", str(server.prefix), "--link", "/proc/1/disclosure"
    )
    assert done.returncode == 2
    assert "--link" in done.stderr
    assert not server.prefix.exists()
