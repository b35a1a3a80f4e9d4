"""Judges the program itself: its libraries, text encoding, settings, and what it calls."""

from __future__ import annotations

import re
from collections.abc import Sequence

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import DisclosureError
from disclosure_tui.language import Text, same
from disclosure_tui.machine.condition import Found, State, advice, fault, good
from disclosure_tui.machine.editor import Editor
from disclosure_tui.render.office.faces import choose_faces
from disclosure_tui.settings import SettingFault

__all__ = [
    "Encoding",
    "Library",
    "Program",
    "judge_editor",
    "judge_encoding",
    "judge_faces",
    "judge_office",
    "judge_program",
    "judge_settings",
]

_CLAUSE = re.compile(r"(===|[<>=!~]=|[<>])\s*([0-9][0-9.]*)")
_WITH_BUNDLE = Text(
    "请用安装包重新安装：安装包带有全部的库。",
    "Install the program anew from its bundle: all libraries are in it.",
)


@dataclass(frozen=True, slots=True)
class Library:
    """A library that the program stands on.

    Attributes:
        name: As it is installed.
        wanted: The versions it may have: `>=8.2,<8.3`.
        version: The one found, or None.
    """

    name: str
    wanted: str
    version: str | None

    @property
    def fits(self) -> bool:
        """Tell whether the version found is one of those wanted."""
        if self.version is None:
            return False
        found = _numbers(self.version)
        return all(_holds(found, sign, limit) for sign, limit in _CLAUSE.findall(self.wanted))


@dataclass(frozen=True, slots=True)
class Program:
    """The program as it is installed.

    Attributes:
        version: Its own.
        python: That of the interpreter: `3.11.2`.
        libraries: What it stands on.
    """

    version: str
    python: str
    libraries: tuple[Library, ...]


@dataclass(frozen=True, slots=True)
class Encoding:
    """In which encoding text leaves the program.

    Attributes:
        is_utf8_mode: Whether the interpreter runs in UTF-8 mode.
        files: The encoding of names of files.
        output: That of what is printed, or None where there is nowhere to print.
    """

    is_utf8_mode: bool
    files: str
    output: str | None


def judge_program(program: Program) -> Found:
    """Judge versions and libraries."""
    wrong = [library for library in program.libraries if not library.fits]
    what = same(f"disclosure-tui {program.version}, Python {program.python}")
    if not wrong:
        count = len(program.libraries)
        return good(what + Text(f"，{count} 个库版本相符", f", {count} libraries as wanted"))
    told = ", ".join(f"{one.name} {one.version or '-'} ({one.wanted})" for one in wrong)
    return fault(
        what + Text("，库的版本不符：", ", libraries of another version: ") + same(told),
        _WITH_BUNDLE,
    )


def judge_encoding(encoding: Encoding) -> Found:
    """Judge whether Chinese texts and names of files survive."""
    used = {encoding.files.lower().replace("-", "")}
    if encoding.output is not None:
        used.add(encoding.output.lower().replace("-", ""))
    if used == {"utf8"}:
        mode = Text("是", "on") if encoding.is_utf8_mode else Text("系统已是", "the system's own")
        return good(mode + Text("，文件名和输出都用 UTF-8", ", for names of files and output"))
    return fault(
        Text("没有用上，中文会出错", "off: Chinese text will fail"),
        Text(
            "请直接用 disclosure 启动程序；用 python 启动的，先设：",
            "Start the program as disclosure; started by python, set first:",
        ),
        commands=("export PYTHONUTF8=1",),
    )


def judge_settings(faults: Sequence[SettingFault]) -> Found:
    """Judge the settings files."""
    if not faults:
        return good(Text("没有写错的", "nothing wrong in them"))
    count = len(faults)
    what = Text(f"{count} 处没有采用", f"{count} not used")
    return advice(what, *(same(f"{one.where}: ") + one.what for one in faults))


def judge_editor(editor: Editor) -> Found:
    """Judge the editor for long texts."""
    if editor.is_there:
        origin = f" ({editor.variable})" if editor.variable else ""
        return good(same(editor.command + origin))
    if editor.variable:
        return advice(
            Text(
                f"找不到 {editor.variable} 指定的【{editor.command}】",
                f"{editor.variable} names {editor.command}, which is not there",
            ),
            Text("请改用装好的，例如：", "Name one that is installed, for instance:"),
            commands=(f"export {editor.variable}=vi",),
        )
    return advice(
        Text("没有找到，文字部分只能在填报界面里写", "none: prose is written in the program only"),
        Text("请管理员安装：", "The administrator can install one:"),
        commands=("sudo apt-get install nano",),
    )


def judge_office(missing: Sequence[str]) -> Found:
    """Judge whether Word and Excel files can be written."""
    if not missing:
        return good(Text("可以生成", "can be written"))
    return advice(
        Text(f"不能生成，缺少 {'、'.join(missing)}", f"not written: no {', '.join(missing)}"),
        _WITH_BUNDLE,
    )


def judge_faces(families: Sequence[str] | None) -> Found:
    """Judge whether a PDF can be set, and in which faces."""
    if families is None:
        return advice(Text("不能生成，缺少 typst", "no PDF: typst is missing"), _WITH_BUNDLE)
    try:
        faces = choose_faces(families)
    except DisclosureError as error:
        return Found(State.ADVICE, error.what, () if error.hint is None else (error.hint,))
    if faces.is_official:
        return good(same(f"{faces.title}, {faces.body}"))
    return good(
        same(faces.body) + Text("（没有公文字体，用它代替）", " (stands for the official faces)")
    )


def _numbers(version: str) -> tuple[int, ...]:
    """Return the numbers of a version; a sign of a pre-release ends them."""
    numbers = []
    for part in version.split("."):
        digits = re.match(r"\d+", part)
        if digits is None:
            break
        numbers.append(int(digits[0]))
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def _holds(found: tuple[int, ...], sign: str, limit: str) -> bool:
    wanted = _numbers(limit)
    return {
        "<": found < wanted,
        "<=": found <= wanted,
        ">": found > wanted,
        ">=": found >= wanted,
        "!=": found != wanted,
        # Compatible within the series: 8.2.1 for ~=8.2.0.
        "~=": found >= wanted and found[: limit.count(".")] == wanted[: limit.count(".")],
    }.get(sign, found == wanted)
