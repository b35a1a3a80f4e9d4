"""What is made of the program's own parts, its schemas and what it calls."""

from __future__ import annotations

import errno

import pytest

from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text
from disclosure_tui.machine.condition import Found, Inquiry, State, good
from disclosure_tui.machine.editor import Editor, wanted_editor
from disclosure_tui.machine.program import (
    Encoding,
    Library,
    Program,
    judge_editor,
    judge_encoding,
    judge_faces,
    judge_office,
    judge_program,
    judge_settings,
)
from disclosure_tui.machine.schemas import SchemaFacts, judge_schemas
from disclosure_tui.settings import SettingFault

GOOD, ADVICE, FAULT = State.GOOD, State.ADVICE, State.FAULT


@pytest.mark.parametrize(
    ("wanted", "version", "fits"),
    [
        ("<8.3,>=8.2", "8.2.8", True),
        ("<8.3,>=8.2", "8.3.0", False),
        ("<8.3,>=8.2", "8.1.99", False),
        ("<8.3,>=8.2", "8.10", False),
        (">=0.35", "0.37.0", True),
        ("<9,>=8.1", "8.10.0", True),
        (">=14", "14.0.0", True),
        ("<0.20,>=0.18.10", "0.19.1", True),
        ("!=1.5", "1.5.0", False),
        ("~=2.1", "2.9", True),
        ("~=2.1", "3.0", False),
        ("==3.1.5", "3.1.5", True),
        ("==3.1.5", "3.1.4", False),
        ("", "1.0rc1", True),
        (">=1", None, False),
    ],
)
def test_versions_of_libraries(wanted: str, version: str | None, fits: bool) -> None:
    assert Library("x", wanted, version).fits is fits


def test_a_library_of_another_version_is_named() -> None:
    right, wrong = Library("click", ">=8", "8.5.1"), Library("textual", "<8.3,>=8.2", "8.4")
    assert judge_program(Program("1.0", "3.11.2", (right,))).state is GOOD
    found = judge_program(Program("1.0", "3.11.2", (right, wrong)))
    assert found.state is FAULT
    assert "textual 8.4" in found.what.zh
    assert "click" not in found.what.zh


@pytest.mark.parametrize(
    ("encoding", "state"),
    [
        (Encoding(True, "utf-8", "utf-8"), GOOD),
        (Encoding(False, "utf-8", "UTF-8"), GOOD),
        (Encoding(True, "utf-8", None), GOOD),
        (Encoding(False, "iso8859-1", "iso8859-1"), FAULT),
        (Encoding(False, "utf-8", "gbk"), FAULT),
    ],
)
def test_encodings(encoding: Encoding, state: State) -> None:
    assert judge_encoding(encoding).state is state


def test_settings_that_are_not_used_are_told_with_their_place() -> None:
    assert judge_settings(()).state is GOOD
    fault = SettingFault("settings.toml:3", Text("请写 zh 或 en", "write zh or en"))
    found = judge_settings((fault,))
    assert found.state is ADVICE
    assert [act.zh for act in found.acts] == ["settings.toml:3: 请写 zh 或 en"]


@pytest.mark.parametrize(
    ("environment", "editor", "state"),
    [
        ({"EDITOR": "sh -c true"}, Editor("EDITOR", ("sh", "-c", "true"), True), GOOD),
        ({"VISUAL": "sh", "EDITOR": "x"}, Editor("VISUAL", ("sh",), True), GOOD),
        ({"EDITOR": "no-such-editor"}, Editor("EDITOR", ("no-such-editor",), False), ADVICE),
        ({"EDITOR": "it's"}, Editor("EDITOR", ("it's",), False), ADVICE),
        ({"PATH": "/nonexistent"}, Editor("", (), False), ADVICE),
    ],
)
def test_editors(environment: dict[str, str], editor: Editor, state: State) -> None:
    assert wanted_editor({"PATH": "/usr/bin:/bin", **environment}) == editor
    found = judge_editor(editor)
    assert found.state is state
    assert bool(found.acts) is (state is ADVICE)


def test_office_files_and_faces() -> None:
    assert judge_office(()).state is GOOD
    assert "python-docx" in judge_office(["python-docx"]).what.zh
    assert judge_faces(None).state is ADVICE
    none = judge_faces(["DejaVu Sans"])
    assert none.state is ADVICE
    assert "fonts-noto-cjk" in none.acts[0].zh
    assert "代替" in judge_faces(["Noto Serif CJK SC"]).what.zh
    official = judge_faces(["FZXiaoBiaoSong-B05S", "FangSong_GB2312"])
    assert official.state is GOOD
    assert "代替" not in official.what.zh


def test_schemas() -> None:
    own, ours = ("package", ("a/1 2026.1", "b/1 2026.1")), ("district", ("a/1 2026.2",))
    assert judge_schemas(SchemaFacts((ours, own))).what.zh == "3 种：本级 a/1 2026.2；程序自带 2"
    trouble = SchemaError(Text("读不了", "not read"), hint=Text("请看", "see"), where="x.json")
    found = judge_schemas(SchemaFacts((own,), troubles=(trouble,)))
    assert found.state is FAULT
    assert [act.zh for act in found.acts] == ["x.json: 读不了 请看"]
    assert judge_schemas(SchemaFacts((own,), doubts=(trouble,))).state is ADVICE
    assert judge_schemas(SchemaFacts()).state is FAULT


@pytest.mark.parametrize(
    ("error", "zh"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "没有查出：没有权限"),
        (FileNotFoundError(errno.ENOENT, "No such file"), "没有查出：没有这个文件或文件夹"),
        (OSError(errno.EXDEV, "cross-device"), f"没有查出：系统报错（错误号 {errno.EXDEV}）"),
        (RecursionError("deep"), "没有查出：出了意外（RecursionError）"),
    ],
)
def test_whatever_a_probe_meets_is_an_answer(error: Exception, zh: str) -> None:
    def broken() -> int:
        raise error

    def judge(fact: int) -> Found:
        return good(Text("好", "well"))

    found = Inquiry(Text("甲", "A"), broken, judge).made().found
    assert found.state is ADVICE
    assert found.what.zh == zh
