"""The real archive: built, installed without a network, and used by a second account."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bundle.archives import ROOT, clean_environment, system_python
from terminal.pty_session import PtySession
from terminal.test_editing import SAVE, at_requests
from unit.store.accounts import CLERK, REVIEWER, UNIT_GROUP, needs_root

pytestmark = pytest.mark.slow

BUILD = [sys.executable, str(ROOT / "tools/bundle/build.py")]
SAMPLE = ROOT / "samples/complete/sqs-2023.yaml"
AS_CLERK = """
import os, sys
os.umask(0o077)
os.environ.pop("LC_CTYPE", None)  # this interpreter sets it, not the clerk
os.setgroups([])
os.setgid(int(sys.argv[1]))
os.setuid(int(sys.argv[2]))
os.execv(sys.argv[3], sys.argv[3:])
"""
NO_NETWORK = ["unshare", "-n"]


def build(to: Path, *options: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*BUILD, "--to", str(to), *options],
        env=os.environ | settings,
        capture_output=True,
        text=True,
        cwd="/",
    )


@dataclass(frozen=True, slots=True)
class Installed:
    """The program on a machine without a network."""

    prefix: Path
    link: Path
    files: tuple[str, ...]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    done = build(folder)
    assert done.returncode == 0, done.stderr
    (found,) = folder.glob("*.tar.gz")
    return found


@pytest.fixture(scope="module")
def installed(archive: Path) -> Iterator[Installed]:
    python = system_python()
    if f"cp{python.version.replace('.', '')}" not in archive.name:
        pytest.skip(f"the machine's own Python is {python.version}, the archive is {archive.name}")
    without = subprocess.run([*NO_NETWORK, "true"], capture_output=True)
    if without.returncode:
        pytest.skip("the network cannot be taken away here: unshare -n is refused")
    with tempfile.TemporaryDirectory(prefix="disclosure-") as name:
        place = Path(name)
        place.chmod(0o755)
        with tarfile.open(archive) as opened:
            opened.extractall(place / "from", filter="data")
            files = tuple(opened.getnames())
        prefix, link = place / "opt", place / "bin/disclosure"
        command = [next((place / "from").iterdir()) / "install.sh", "--prefix", prefix]
        done = subprocess.run(
            [*NO_NETWORK, *command, "--link", link],
            env=clean_environment(),
            capture_output=True,
            text=True,
            umask=0o077,
            cwd="/",
        )
        assert done.returncode == 0, done.stderr
        shutil.rmtree(place / "from")
        yield Installed(prefix, link, files)


def as_account(
    installed: Installed, account: int, *arguments: str, cwd: Path, **settings: str
) -> subprocess.CompletedProcess[str]:
    # Isolated: what the clerk's environment says of Python is for the program installed.
    become = [*NO_NETWORK, sys.executable, "-I", "-c", AS_CLERK, str(UNIT_GROUP), str(account)]
    return subprocess.run(
        [*become, str(installed.link), *arguments],
        env=clean_environment(HOME=str(cwd), **settings),
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
    )


@pytest.fixture
def desk(installed: Installed) -> Iterator[Path]:
    """Return a folder of the clerk's with a report in it."""
    with tempfile.TemporaryDirectory(prefix="disclosure-") as name:
        folder = Path(name)
        shutil.copy(SAMPLE, folder / "年报.yaml")
        for path in (folder, folder / "年报.yaml"):
            os.chown(path, CLERK, UNIT_GROUP)
        folder.chmod(0o755)
        yield folder


def test_the_archive_holds_what_a_server_needs(archive: Path) -> None:
    top = archive.name.removesuffix(".tar.gz")
    assert re.fullmatch(r"disclosure-tui-[\d.]+-cp\d+-linux_\w+", top)
    with tarfile.open(archive) as opened:
        members = opened.getmembers()
        names = [member.name.removeprefix(f"{top}/") for member in members]
        assert all(member.name.startswith(f"{top}/") for member in members)
        assert names == sorted(names)
        assert {(member.uid, member.gid, member.uname) for member in members} == {(0, 0, "")}
        assert len({member.mtime for member in members}) == 1
        assert opened.getmember(f"{top}/install.sh").mode == 0o755
        for name in ("README.md", "schemas/gov-info-annual-2021.schema.json", "requirements.txt"):
            assert name in names
        for library in ("typst", "lxml", "python_docx", "textual", "disclosure_tui"):
            assert [name for name in names if name.startswith(f"wheels/{library}-")], library
            assert library == "disclosure_tui" or any(
                name.startswith(f"licences/{library.replace('_', '-')}/") for name in names
            )
        listed = opened.extractfile(f"{top}/SHA256SUMS")
        assert listed is not None
        sums = dict(line.split("  ")[::-1] for line in listed.read().decode().splitlines())
        assert set(sums) == set(names) - {"SHA256SUMS"}
        read = opened.extractfile(f"{top}/bundle.json")
        assert read is not None
        assert hashlib.sha256(read.read()).hexdigest() == sums["bundle.json"]
    digest, name = archive.with_name(f"{archive.name}.sha256").read_text().split()
    assert (hashlib.sha256(archive.read_bytes()).hexdigest(), archive.name) == (digest, name)


def test_the_same_sources_make_the_same_archive(archive: Path, tmp_path: Path) -> None:
    done = build(tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / archive.name).read_bytes() == archive.read_bytes()


def test_without_a_package_index_it_says_so(tmp_path: Path) -> None:
    empty = tmp_path / "none"
    empty.mkdir()
    done = build(
        tmp_path / "dist",
        PIP_NO_INDEX="1",
        PIP_FIND_LINKS=str(empty),
        PIP_CONFIG_FILE=os.devnull,
    )
    assert done.returncode == 1
    assert "requirements/bundle.txt could not be fetched" in done.stderr
    assert "package index" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "dist").exists()


@needs_root
@pytest.mark.parametrize("locale", ["C", "en_US", "zh_CN.GBK", ""])
def test_a_second_account_checks_and_shows(installed: Installed, desk: Path, locale: str) -> None:
    settings = {"LANG": locale, "PYTHONPATH": str(desk), "PYTHONHOME": "/nonexistent"}
    checked = as_account(installed, CLERK, "check", "年报.yaml", cwd=desk, **settings)
    assert checked.returncode == 0, checked.stderr
    assert "没有问题" in checked.stdout
    shown = as_account(installed, REVIEWER, "show", "年报.yaml", cwd=desk, **settings)
    assert shown.returncode == 0, shown.stderr
    assert "一、本年新收政府信息公开申请数量" in shown.stdout


@needs_root
def test_a_second_account_edits(installed: Installed, desk: Path) -> None:
    with PtySession(
        [str(UNIT_GROUP), str(CLERK), str(installed.link), "edit", "年报.yaml"],
        desk,
        environment={"LANG": "en_US", "XDG_STATE_HOME": str(desk / "state")},
        program=("-c", AS_CLERK),
    ) as session:
        at_requests(session, SAMPLE)
        session.keys("77", "\r", SAVE)
        session.until(lambda: re.search(r"已保存 \d\d:\d\d$", session.lines[-2]), 60)
        session.keys("q")
        assert session.ended(60) == 0
    before, after = SAMPLE.read_text(encoding="utf-8"), (desk / "年报.yaml").read_text("utf-8")
    changed = [line for line in after.splitlines() if line not in before.splitlines()]
    assert len(changed) == 1
    assert "natural_person: 77," in changed[0]
    assert (desk / "年报.yaml").stat().st_uid == CLERK


@needs_root
def test_a_second_account_exports_and_is_told_of_the_machine(
    installed: Installed, desk: Path
) -> None:
    made = as_account(
        installed, CLERK, "export", "年报.yaml", "--to", "docx", "--to", "xlsx", cwd=desk
    )
    assert made.returncode == 0, made.stderr
    told = as_account(installed, CLERK, "doctor", cwd=desk, LANG="en_US")
    assert told.returncode == 0, told.stdout
    assert re.search(r"^正常 UTF-8 模式   是，", told.stdout, re.MULTILINE)
    assert re.search(r"^\*    语言环境     LANG=en_US", told.stdout, re.MULTILINE)


@needs_root
def test_nothing_is_written_beside_the_program_when_it_is_used(
    installed: Installed, desk: Path
) -> None:
    before = {path: path.lstat().st_mtime_ns for path in installed.prefix.rglob("*")}
    as_account(installed, CLERK, "check", "年报.yaml", cwd=desk)
    done = subprocess.run([installed.link, "check", desk / "年报.yaml"], capture_output=True)
    assert done.returncode == 0
    assert {path: path.lstat().st_mtime_ns for path in installed.prefix.rglob("*")} == before
