"""Installing, upgrading, going back, uninstalling: never half, and for everybody."""

from __future__ import annotations

import os
import re
import shutil
import signal
import stat
import subprocess
import time
import zipfile

import pytest

from bundle.archives import seal, write_wheel
from bundle.servers import ENVIRONMENT, Server
from unit.store.accounts import CLERK, UNIT_GROUP

pytestmark = pytest.mark.slow
PATIENCE = 120.0


def test_a_version_is_open_to_all_under_a_closed_umask(server: Server) -> None:
    done = server.install(server.archive("1.0"))
    assert done.returncode == 0, done.stderr
    assert server.printed("年报").split() == ["1.0", "1", "1", "年报"]
    if os.geteuid() == 0:
        assert server.printed("x", account=CLERK).split() == ["1.0", "1", "1", "x"]
    for path in (server.prefix, *server.prefix.rglob("*")):
        if not path.is_symlink() and path.name != ".lock":
            mode = stat.S_IMODE(path.stat().st_mode)
            assert mode & 0o444 == 0o444, path
            assert not mode & 0o022, path
            assert not path.is_dir() or mode & 0o111 == 0o111, path
    libraries = next((server.prefix / "1.0/lib").glob("python*")) / "site-packages"
    sources = list((libraries / "disclosure_tui").glob("*.py"))
    assert len(list((libraries / "disclosure_tui/__pycache__").glob("*.pyc"))) == len(sources)
    assert (libraries / "beside.py").exists()
    assert not list(libraries.rglob("vba_extract.py"))
    told = b"".join(path.read_bytes() for path in server.prefix.rglob("*") if path.is_file())
    assert not re.findall(rb"\.partial-\w{8}", told), "it names the folder that it was made in"


def test_an_upgrade_keeps_the_way_back(server: Server) -> None:
    server.install(server.archive("1.0"))
    done = server.install(server.archive("1.1"))
    assert "versions.sh --use" in done.stderr
    assert server.printed().split()[0] == "1.1"
    assert server.script("versions.sh").stdout == "  1.0\n* 1.1\n"

    assert server.script("versions.sh", "--use", "1.0").stdout == "* 1.0\n  1.1\n"
    assert server.printed().split()[0] == "1.0"
    refused = server.script("versions.sh", "--remove", "1.0")
    assert refused.returncode == 2
    assert "in use" in refused.stderr
    assert server.script("versions.sh", "--remove", "1.1").stdout == "* 1.0\n"
    assert server.script("versions.sh", "--use", "../1.0").returncode == 2


def test_other_bytes_of_the_same_version_stand_beside_it(server: Server) -> None:
    server.install(server.archive("1.0"))
    assert "already" in server.install(server.place / "from/1.0").stderr
    server.install(server.archive("1.0", "mended"))
    assert server.printed().split()[:2] == ["1.0", "mended"]
    assert len(server.script("versions.sh").stdout.splitlines()) == 2


def test_a_damaged_version_is_put_in_order_again(server: Server) -> None:
    archive = server.archive("1.0")
    server.install(archive)
    next((server.prefix / "1.0/lib").rglob("disclosure_tui/__init__.py")).unlink()
    shutil.rmtree(next((server.prefix / "1.0/lib").rglob("disclosure_tui/__pycache__")))
    assert server.install(archive).returncode == 0
    assert server.printed().split()[0] == "1.0"
    assert [name for name in server.held if name.startswith(".partial")] == []


@pytest.mark.parametrize("harm", ["changed", "missing", "added", "unlisted", "not locked"])
def test_a_damaged_archive_is_refused_before_anything_is_done(server: Server, harm: str) -> None:
    archive = server.archive("1.0")
    wheel = archive / "wheels/libraries-1-py3-none-any.whl"
    match harm:
        case "changed":
            wheel.write_bytes(wheel.read_bytes()[:-1])
        case "missing":
            wheel.unlink()
        case "added":
            write_wheel(archive / "wheels/zzz-1-py3-none-any.whl", "zzz", "1", {"docx.py": ""})
        case "unlisted":
            (archive / "SHA256SUMS").unlink()
        case "not locked":
            write_wheel(wheel, "libraries", "1", {"docx.py": "other"})
            seal(archive)
    done = server.install(archive)
    assert done.returncode == 2
    assert "nothing was installed" in done.stderr
    assert not server.prefix.exists()
    assert not os.path.lexists(server.link)


def test_a_path_out_of_its_wheel_is_refused(server: Server) -> None:
    archive = server.archive("1.0")
    own = archive / "wheels/disclosure_tui-1.0-py3-none-any.whl"
    with zipfile.ZipFile(own, "a") as opened:
        opened.writestr("../../../../../../escaped.py", "")
    seal(archive)
    assert server.install(archive).returncode == 2
    assert not list(server.place.rglob("escaped.py"))
    assert not server.prefix.exists()


def test_what_does_not_run_is_not_taken_into_use(server: Server) -> None:
    server.install(server.archive("1.0"))
    done = server.install(server.archive("1.1", "broken"))
    assert done.returncode == 2
    assert "a library is missing" in done.stderr
    assert server.printed().split()[0] == "1.0"
    assert server.script("versions.sh").stdout == "* 1.0\n"


def test_somebody_elses_command_is_not_written_over(server: Server) -> None:
    server.link.parent.mkdir()
    server.link.write_text("#!/bin/sh\n")
    done = server.install(server.archive("1.0"))
    assert done.returncode == 2
    assert "--link" in done.stderr
    assert server.link.read_text() == "#!/bin/sh\n"
    assert not server.prefix.exists()
    assert server.install(server.place / "from/1.0", "--prefix", str(server.prefix), "--no-link")
    assert (server.prefix / "current/bin/disclosure").exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_installation_leaves_the_version_in_use(
    server: Server, number: signal.Signals
) -> None:
    server.install(server.archive("1.0"))
    archive = server.archive("1.1", "waits")
    with subprocess.Popen(
        server.command(archive),
        env=ENVIRONMENT,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stderr is not None
        # The version is there aside and is being tried, for as long as that is wanted here.
        end = time.monotonic() + PATIENCE
        while not (server.place / "tried").exists():
            assert process.poll() is None
            assert time.monotonic() < end
            time.sleep(0.002)
        assert list(server.prefix.glob(".partial-*/lib"))
        os.killpg(process.pid, number)
        said = process.stderr.read()
        code = process.wait()
    assert server.printed().split()[0] == "1.0"
    if number is not signal.SIGKILL:
        assert code == 130
        assert said == "Interrupted; nothing was changed.\n"
        assert not list(server.prefix.glob(".partial-*"))
    (server.place / "go").touch()
    assert server.install(archive).returncode == 0
    assert server.printed().split()[0] == "1.1"
    assert not list(server.prefix.glob(".partial-*"))


LATE = """
import os, runpy, signal, sys
setup, act, *words = sys.argv[1:]
sys.path.insert(0, setup)
import prefix
done = getattr(prefix.Prefix, act)
def then_interrupted(*arguments):
    result = done(*arguments)
    os.kill(os.getpid(), signal.SIGTERM)
    return result
setattr(prefix.Prefix, act, then_interrupted)
sys.argv[1:] = words
runpy.run_path(setup + "/__main__.py", run_name="__main__")
"""


@pytest.mark.parametrize(
    ("act", "words", "versions"),
    [
        ("switch", ["versions", "--use", "1.0"], "* 1.0\n  1.1\n"),
        ("remove", ["versions", "--remove", "1.0"], "* 1.1\n"),
        ("remove_all", ["uninstall"], ""),
    ],
)
def test_an_interrupt_that_comes_too_late_is_not_said_to_have_changed_nothing(
    server: Server, act: str, words: list[str], versions: str
) -> None:
    server.install(server.archive("1.0"))
    server.install(server.archive("1.1"))
    setup = str(server.place / "from/1.1/setup")
    command = [str(server.python.path), "-B", "-X", "utf8", "-c", LATE, setup, act, *words]
    done = server.run([*command, "--prefix", str(server.prefix)])
    assert (done.returncode, done.stdout) == (0, versions), done.stderr
    assert "nothing was changed" not in done.stderr


def test_uninstalling_removes_the_program_and_nothing_else(server: Server) -> None:
    server.install(server.archive("1.0"))
    server.install(server.archive("1.1"))
    report = server.prefix / "units" / "tyj-2025.yaml"
    report.parent.mkdir()
    report.write_text("year: 2025\n")
    done = server.script("uninstall.sh")
    assert done.returncode == 0, done.stderr
    assert "units" in done.stderr
    assert server.held == ["units"]
    assert report.read_text() == "year: 2025\n"
    assert not os.path.lexists(server.link)

    shutil.rmtree(server.prefix)
    server.install(server.place / "from/1.0")
    server.script("uninstall.sh")
    assert not server.prefix.exists()


def test_two_installations_do_not_meet(server: Server) -> None:
    server.install(server.archive("1.0"))
    with subprocess.Popen(["flock", str(server.prefix / ".lock"), "cat"], stdin=subprocess.PIPE):
        end = time.monotonic() + PATIENCE
        while (done := server.install(server.place / "from/1.0")).returncode == 0:
            assert time.monotonic() < end
    assert done.returncode == 2
    assert "another installation" in done.stderr


def test_another_python_is_named(server: Server) -> None:
    archive = server.archive("1.0")
    (archive / "python-version").write_text("2.7\n")
    done = server.install(archive)
    assert done.returncode == 2
    assert "python 2.7 not found" in done.stderr
    assert "没有找到" in done.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root installs for others")
def test_a_prefix_that_is_closed_to_others_is_refused(server: Server) -> None:
    closed = server.place / "closed"
    closed.mkdir(mode=0o700)
    done = server.install(server.archive("1.0"), "--prefix", str(closed / "x"), "--no-link")
    assert done.returncode == 2
    assert "other accounts cannot run it" in done.stderr
    assert list(closed.iterdir()) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
def test_a_person_installs_for_themselves(server: Server) -> None:
    home = server.place / "home"
    home.mkdir()
    os.chown(home, CLERK, UNIT_GROUP)
    done = subprocess.run(
        [server.archive("1.0") / "install.sh"],
        env=ENVIRONMENT | {"HOME": str(home)},
        user=CLERK,
        group=UNIT_GROUP,
        extra_groups=[],
        capture_output=True,
        text=True,
        umask=0o077,
        cwd="/",
    )
    assert done.returncode == 0, done.stderr
    server.link = home / ".local/bin/disclosure"
    assert server.printed(account=CLERK).split()[0] == "1.0"
