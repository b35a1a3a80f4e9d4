"""A text written in the person's own editor: `$VISUAL`, `$EDITOR`, else nano or vi.

The text goes into a file that only the person can read, in a folder of its own, so that what an
editor writes beside it is as private. Whatever goes wrong, what was written there is not removed.
"""

from __future__ import annotations

import asyncio
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from disclosure_tui.errors import DisclosureError
from disclosure_tui.language import Text
from disclosure_tui.machine.editor import wanted_editor
from disclosure_tui.system_reasons import reason
from disclosure_tui.tui.pasted_prose import kept_characters

__all__ = ["EditorError", "edit_file", "editor_command", "taken_back", "text_file"]

_LOOK = 0.5
"""Seconds between two looks at the file while the editor is open."""


class EditorError(DisclosureError):
    """Why nothing was taken back from an editor."""


def editor_command(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the editor with its arguments.

    Raises:
        EditorError: There is none.
    """
    editor = wanted_editor(environment)
    if editor.is_there:
        return editor.words
    if editor.variable:
        raise EditorError(
            Text(
                f"找不到 {editor.variable} 指定的编辑器【{editor.command}】，文字没有改动",
                f"the editor of {editor.variable} is not there: {editor.command}; "
                "the text is as it was",
            )
        )
    raise EditorError(
        Text(
            "没有找到编辑器：请用 EDITOR 指定一个，例如 export EDITOR=vim",
            "no editor was found: name one in EDITOR, for instance export EDITOR=vim",
        )
    )


@dataclass(slots=True)
class TextFile:
    """A text in a file for an editor.

    Attributes:
        path: The file.
        written: What was written to it.
        keep: It is left where it is: it holds what cannot be taken back.
    """

    path: Path
    written: bytes
    keep: bool = False


@contextmanager
def text_file(name: str, text: str) -> Iterator[TextFile]:
    """Put a text into a file of its own; it goes again unless it is to be kept.

    Raises:
        EditorError: It cannot be written.
    """
    try:
        folder = Path(tempfile.mkdtemp(prefix="disclosure-"))
        file = TextFile(folder / f"{name}.txt", (text + "\n" if text else "").encode())
        file.path.touch(mode=0o600, exist_ok=False)
        file.path.write_bytes(file.written)
    except OSError as error:
        raise EditorError(
            _as_it_was(Text("没能写出临时文件", "the temporary file cannot be written"), error)
        ) from error
    try:
        yield file
    finally:
        if not file.keep:
            shutil.rmtree(folder, ignore_errors=True)


async def edit_file(
    command: tuple[str, ...],
    file: TextFile,
    *,
    saved: Callable[[str], None],
    must_end: Callable[[], bool],
) -> int:
    """Run an editor on a file and wait for its end; meanwhile the program goes on living.

    Args:
        command: The editor.
        file: The file.
        saved: Told each text that is saved while the editor stays open.
        must_end: Tells whether the program has to leave: the editor is asked to end then.

    Returns:
        Its exit code.

    Raises:
        EditorError: It cannot be started.
    """
    with _interrupts_left_to_editor():
        try:
            process = await asyncio.create_subprocess_exec(*command, str(file.path))
        except OSError as error:
            raise EditorError(
                _as_it_was(
                    Text(
                        f"编辑器【{command[0]}】打不开",
                        f"the editor {command[0]} cannot be started",
                    ),
                    error,
                )
            ) from error
        ending = asyncio.ensure_future(process.wait())
        last = file.written
        while not (await asyncio.wait({ending}, timeout=_LOOK))[0]:
            if must_end():
                with suppress(ProcessLookupError):
                    process.terminate()
            with suppress(OSError, EditorError):
                found = file.path.read_bytes()
                if found not in (last, b""):
                    last = found
                    saved(_decoded(found, file))
        return await ending


def _as_it_was(what: Text, error: OSError) -> Text:
    why = reason(error)
    return what + Text(f"（{why.zh}），文字没有改动", f" ({why.en}); the text is as it was")


def taken_back(file: TextFile, code: int) -> str | None:
    """Return the text that the editor left, or None if it is what it was.

    Raises:
        EditorError: The editor failed, or what it left is no text that can be read; what was
            changed stays in the file.
    """
    try:
        found = file.path.read_bytes()
    except OSError as error:
        raise EditorError(
            _as_it_was(Text("编辑器留下的文件读不出", "what the editor left cannot be read"), error)
        ) from error
    changed = found != file.written
    if code:
        file.keep = changed
        where = f"，改过的内容在【{file.path}】" if changed else ""
        where_en = f"; what was changed is in {file.path}" if changed else ""
        raise EditorError(
            Text(
                f"编辑器没有正常结束（代码 {code}），文字没有改动{where}",
                f"the editor ended with code {code}; the text is as it was{where_en}",
            )
        )
    return _decoded(found, file) if changed else None


def _decoded(found: bytes, file: TextFile) -> str:
    try:
        text = found.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        file.keep = True
        raise EditorError(
            Text(
                f"编辑器存的不是 UTF-8，没有写入；内容还在【{file.path}】",
                f"the editor saved no UTF-8, nothing was taken; it is still in {file.path}",
            )
        ) from error
    # Editors end the last line; here lines are only between paragraphs.
    return kept_characters(text).removesuffix("\n")


@contextmanager
def _interrupts_left_to_editor() -> Iterator[None]:
    """Ctrl+C in the editor is for the editor: both stand before the same terminal."""

    def not_mine(number: int, frame: FrameType | None) -> None:
        del number, frame

    before = signal.signal(signal.SIGINT, not_mine)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
