"""`disclosure doctor` as a person meets it; whatever is broken, it answers."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from disclosure_tui.cli.main import run
from disclosure_tui.machine import probes
from unit.store.accounts import CLERK, UNIT_GROUP, as_account, needs_root, shared_folder


@pytest.fixture(autouse=True)
def _chosen_by_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "DISCLOSURE_LANG", "TMUX", "STY", "LC_ALL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("EDITOR", "sh")
    monkeypatch.chdir(tmp_path)


def state_of(printed: str, name: str) -> str:
    (state,) = re.findall(rf"^(正常|ok|[*!]) +{name} ", printed, re.MULTILINE)
    return str(state)


def test_every_line_says_how_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor"]) == 0
    printed = capsys.readouterr().out
    assert state_of(printed, "程序") == "正常"
    assert state_of(printed, "格式") == "正常"
    assert run(["doctor", "--lang", "en"]) == 0
    english = capsys.readouterr().out
    assert english.isascii()
    assert len(english.splitlines()) == len(printed.splitlines()) >= 18


def test_a_fault_is_code_1_and_advice_is_not(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "no-such-editor")
    assert run(["doctor"]) == 0
    out, err = capsys.readouterr()
    assert state_of(out, "编辑器") == "*"
    assert err.startswith("可以填报，")
    assert run(["doctor", "no-such-folder"]) == 1
    out, err = capsys.readouterr()
    assert state_of(out, "报告文件夹") == "!"
    assert err.startswith("1 项请先处理")


def test_settings_and_schemas_that_cannot_be_used_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = tmp_path / ".config/disclosure-tui/settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("langage = 'zh'\n")
    folder = tmp_path / "ours"
    folder.mkdir()
    (folder / "x.schema.json").write_text('{"x-report": ')
    assert run(["doctor", "--schema-dir", str(folder)]) == 1
    printed = capsys.readouterr().out
    assert state_of(printed, "设置") == "*"
    assert f"{settings}:1: " in printed
    assert state_of(printed, "格式") == "!"
    assert "x.schema.json" in printed


def test_a_district_that_is_not_set_up_is_said_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "disclosure.yaml").write_text("name: 示例区\n")
    place = tmp_path / "units/tyj/2025"
    place.mkdir(parents=True)
    assert run(["doctor", str(place)]) == 0
    printed = capsys.readouterr().out
    assert state_of(printed, "本级文件夹") == "*"
    assert f"disclosure doctor --district {tmp_path}" in printed


def test_the_commands_for_a_district_go_to_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "示例 区"
    assert run(["doctor", "--district", str(root), "--unit", "tyj", "--commands"]) == 1
    out, err = capsys.readouterr()
    assert err == ""
    script = subprocess.run(["sh", "-n"], input=out, text=True, capture_output=True)
    assert script.returncode == 0, script.stderr
    commands = [line for line in out.splitlines() if not line.startswith("#")]
    assert f"install -d -m 2770 -g u-tyj '{root}/units/tyj'" in commands
    assert not root.exists()
    assert run(["doctor", "--district", str(root)]) == 1
    out, err = capsys.readouterr()
    assert "! units: 没有" in out
    assert "本程序不执行" in err


@pytest.mark.parametrize("options", [["--unit", "tyj"], ["--commands"]])
def test_options_of_a_district_need_one(
    options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["doctor", *options]) == 2
    assert "--district" in capsys.readouterr().err


@pytest.mark.parametrize(
    "name",
    [
        "clock",
        "encoding",
        "faces",
        "folder",
        "locale_settings",
        "missing_libraries",
        "multiplexer",
        "own_folder",
        "program",
        "schemas",
        "space",
        "temporary_folder",
        "terminal",
    ],
)
def test_a_probe_that_breaks_is_one_line(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_arguments: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(probes, name, broken)
    assert run(["doctor"]) in (0, 1)
    out, err = capsys.readouterr()
    assert "没有查出：磁盘读写出错" in out
    assert "可以填报" in err


def separate(prepare: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, after a step that breaks something."""
    code = (
        f"import os, sys\n{prepare}\nfrom disclosure_tui.cli.main import run\n"
        f"sys.exit(run(['doctor', *{arguments!r}]))"
    )
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], capture_output=True, encoding="utf-8"
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "prepare",
    [
        "os.environ.clear()",
        "os.close(0); sys.stdin = None",
        "os.mkdir('gone'); os.chdir('gone'); os.rmdir(os.getcwd())",
        "os.environ['HOME'] = '/dev/null/none'",
        "os.environ['TMPDIR'] = '/nonexistent'",
        "os.environ['TERM'] = '\\x1b[31m'",
        "os.environ['TMUX'] = '/nonexistent,1,0'",
        "os.environ['LC_ALL'] = 'x' * 5000",
        "os.environ['PATH'] = ''",
    ],
)
def test_whatever_is_broken_it_answers(prepare: str) -> None:
    done = separate(prepare)
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert "程序自身出错" not in done.stderr
    assert len(done.stdout.splitlines()) >= 18
    assert "\x1b" not in done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("streams", [(1,), (2,), (0, 1, 2)])
def test_a_closed_stream_ends_nothing(streams: tuple[int, ...]) -> None:
    def closed() -> None:
        for number in streams:
            os.close(number)

    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "disclosure_tui", "doctor"], preexec_fn=closed
    )
    assert done.returncode == 0


def as_clerk(step: Callable[[], object]) -> str:
    return as_account(CLERK, [UNIT_GROUP], step)


@needs_root
def test_a_reader_is_told_how_to_come_to_write() -> None:
    with shared_folder(0o2755, UNIT_GROUP) as folder:

        def look() -> str:
            found = probes.folder(folder)
            return f"{found.may_read} {found.may_write} {found.group}"

        told = as_clerk(look)
    assert told.startswith("True False Group(name='62001', may_write=False, is_mine=True")


@needs_root
def test_an_account_without_a_home_is_answered() -> None:
    with shared_folder(0o2770, UNIT_GROUP) as folder:

        def look() -> str:
            os.environ.pop("HOME", None)
            os.environ.pop("XDG_STATE_HOME", None)
            return f"{probes.own_folder()} {run(['doctor', str(folder)])}"

        assert as_clerk(look) == f"{probes.Folder('', exists=False)} 0"


@needs_root
def test_folders_closed_to_the_person_are_answered() -> None:
    with shared_folder(0o700, 0) as folder:

        def look() -> str:
            codes = [run(["doctor", str(folder / "x")]), run(["doctor", str(folder)])]
            codes.append(run(["doctor", "--district", str(folder / "x")]))
            return str(codes)

        assert as_clerk(look) == "[1, 1, 1]"
