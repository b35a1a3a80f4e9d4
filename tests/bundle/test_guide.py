"""What the guide for administrators tells to type: it is there, and does what the guide says."""

from __future__ import annotations

import argparse
import re
import shutil
import stat
import subprocess
import sys
import tarfile
from pathlib import Path
from types import ModuleType

import pytest

from bundle.archives import ROOT, TOOLS
from disclosure_tui.language import Language
from disclosure_tui.machine.examining import inquiries
from disclosure_tui.schema.catalog import Catalog
from disclosure_tui.settings import Settings

PAGES = {
    Language.ENGLISH: ROOT / "docs/how-to/administer.md",
    Language.CHINESE: ROOT / "docs/how-to/administer.zh-CN.md",
}


def blocks(language: Language, kind: str) -> list[str]:
    text = PAGES[language].read_text(encoding="utf-8")
    return re.findall(rf"^```{kind}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def block_with(words: str, language: Language = Language.ENGLISH) -> str:
    (found,) = (block for block in blocks(language, "sh") if words in block)
    return found


@pytest.mark.parametrize("language", Language)
def test_the_list_shown_is_the_list_there_is(language: Language) -> None:
    (shown,) = (block for block in blocks(language, "text") if "disclosure doctor" in block)
    names = re.findall(r"^(?:正常|ok|[*!]) +(\S(?: ?\S)*)(?: {2,}|$)", shown, re.MULTILINE)
    asked = inquiries(Path(), Settings(), Catalog.of)
    assert names == [one.name.in_(language) for one in asked]


def test_both_languages_show_the_same_commands() -> None:
    english, chinese = (blocks(language, "sh") for language in PAGES)
    assert english == chinese
    assert len(english) >= 6
    for block in english:
        done = subprocess.run(["sh", "-n"], input=block, text=True, capture_output=True)
        assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def options() -> ModuleType:
    sys.path.insert(0, str(TOOLS / "setup"))
    try:
        from importlib.util import module_from_spec, spec_from_file_location

        spec = spec_from_file_location("installer", TOOLS / "setup/__main__.py")
        assert spec is not None
        assert spec.loader is not None
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
    finally:
        sys.path.remove(str(TOOLS / "setup"))


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda page: page.name)
def test_the_options_of_the_installer_are_those_there_are(options: ModuleType, page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    parser: argparse.ArgumentParser = options._options()
    for words in (
        ["install", "--prefix", "x", "--link", "y"],
        ["install", "--no-link"],
        ["versions", "--prefix", "x", "--use", "0.1.0"],
        ["versions", "--prefix", "x", "--remove", "0.1.0"],
        ["uninstall", "--prefix", "x"],
    ):
        parser.parse_args(words)
        for word in words:
            assert not word.startswith("--") or f"{word} " in text or f"{word}`" in text
    for script in ("versions.sh", "uninstall.sh", "install.sh"):
        assert f"/{script}" in text


@pytest.mark.parametrize(
    ("asked", "groups", "code", "said"),
    [
        (None, "staff u-tyj", 0, "tmux -u new-session -A -s desk disclosure in tyj"),
        ("internal-sftp", "staff u-tyj", 0, "sftp"),
        ("/usr/lib/openssh/sftp-server", "staff u-tyj", 0, "sftp"),
        ("cat /etc/passwd", "staff u-tyj", 1, "reports only"),
        ("sh; /usr/lib/openssh/sftp-server -x", "u-tyj", 1, "reports only"),
        (None, "staff u-none", 1, "none"),
    ],
)
def test_the_login_lands_on_the_desk(
    tmp_path: Path, asked: str | None, groups: str, code: int, said: str
) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    (tmp_path / "qu/units/tyj").mkdir(parents=True)
    for name, line in {
        "id": f"echo {groups}",
        "tmux": 'echo "tmux $* in $(basename "$PWD")"',
        "sftp": "echo sftp",
    }.items():
        (programs / name).write_text(f"#!/bin/sh\n{line}\n")
        (programs / name).chmod(stat.S_IRWXU)
    script = block_with("SSH_ORIGINAL_COMMAND").replace("/srv/qu", str(tmp_path / "qu"))
    script = script.replace("exec /usr/lib/openssh/sftp-server", "exec sftp")
    environment = {"PATH": f"{programs}:/usr/bin:/bin"}
    if asked is not None:
        environment["SSH_ORIGINAL_COMMAND"] = asked
    done = subprocess.run(
        ["sh", "-c", script], env=environment, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == code, done.stderr
    assert said in done.stdout + done.stderr


def test_the_backup_holds_reports_and_no_hidden_files(tmp_path: Path) -> None:
    if shutil.which("tar") is None:
        pytest.skip("tar is not installed")
    unit = tmp_path / "srv/qu/units/tyj/2025"
    (unit / ".history").mkdir(parents=True)
    for name in ("tyj-2025.yaml", ".tyj-2025.yaml.lock", ".history/tyj-2025.1.yaml"):
        (unit / name).write_text("year: 2025\n")
    command = block_with("--exclude").replace("/srv", str(tmp_path / "srv"))
    subprocess.run(["sh", "-eu", "-c", command], cwd=tmp_path, check=True)
    (archive,) = tmp_path.glob("qu-*.tar.gz")
    with tarfile.open(archive) as opened:
        files = [member.name for member in opened.getmembers() if member.isfile()]
    assert files == ["qu/units/tyj/2025/tyj-2025.yaml"]
