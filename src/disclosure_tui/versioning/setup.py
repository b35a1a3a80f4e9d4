"""Sets a git repository up for reports: how their changes are shown, and a check before a commit.

Everything that is written can be told from what others wrote, and taken away again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from disclosure_tui.errors import SaveError
from disclosure_tui.language import Text, same
from disclosure_tui.store.products import replace_file
from disclosure_tui.versioning.repository import Repository

__all__ = ["DRIVER", "PATTERNS", "Done", "HookState", "Setup"]

PATTERNS = ("*.yaml", "*.yml")
"""What is taken for reports unless other files are named."""

DRIVER = "disclosure"
_BEGIN = "# >>> disclosure git-setup"
_END = "# <<< disclosure git-setup"
_WORKING_FILES = (".history/", ".*.lock", ".*.journal", ".*.tmp", ".*.backup")
_HOOK = "pre-commit"
_EARLIER = "pre-commit.before-disclosure"
_MARK = "# Written by disclosure git-setup."


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that was done, or was as it should be.

    Attributes:
        text: What it is.
        changed: Something was written.
    """

    text: Text
    changed: bool


class HookState:
    """What stands in the place of the hook."""

    NONE = "none"
    OURS = "ours"
    FOREIGN = "foreign"
    OUTSIDE = "outside"
    """The hooks lie outside of the repository, shared with others."""


@dataclass(frozen=True, slots=True)
class Setup:
    """The set-up of one repository.

    Attributes:
        repository: The repository.
        program: How to start this program, ready for a shell.
        patterns: The files that are reports, as git writes patterns.
    """

    repository: Repository
    program: str
    patterns: Sequence[str] = PATTERNS

    def install_driver(self) -> Iterator[Done]:
        """Have git show changes of reports through this program.

        Raises:
            SaveError: A file of the repository cannot be written.
        """
        for key, value in self._settings().items():
            yield self._set(key, value)
        told = "、".join(self.patterns), ", ".join(self.patterns)
        yield self._with_lines(
            ".gitattributes",
            [f"{pattern} diff={DRIVER}" for pattern in self.patterns],
            Text(
                f".gitattributes：{told[0]} 的改动由本程序显示",
                f".gitattributes: changes of {told[1]} are shown by this program",
            ),
        )
        yield self._with_lines(
            ".gitignore",
            _WORKING_FILES,
            Text(
                ".gitignore：历史版本和填报时的临时文件不进版本库",
                ".gitignore: earlier versions and working files of the program are left out",
            ),
        )

    def remove_driver(self) -> Iterator[Done]:
        """Take away what `install_driver` wrote.

        Raises:
            SaveError: A file of the repository cannot be written.
        """
        section = f"diff.{DRIVER}"
        there = any(self._get(key) is not None for key in self._settings())
        if there:
            self._run("config", "--local", "--remove-section", section)
        yield Done(Text(f"git config：{section} 已去掉", f"git config: {section} is gone"), there)
        for name in (".gitattributes", ".gitignore"):
            told = Text(f"{name}：已去掉", f"{name}: its lines are gone")
            yield self._with_lines(name, (), told)

    @property
    def hook_state(self) -> str:
        """What stands in the place of the hook now; one of `HookState`."""
        hook = self._hook()
        if hook is None:
            return HookState.OUTSIDE
        if not hook.exists() and not hook.is_symlink():
            return HookState.NONE
        return HookState.OURS if _MARK in _read(hook) else HookState.FOREIGN

    def install_hook(self) -> Done:
        """Have reports checked before a commit; a hook of others is kept and runs first.

        Raises:
            SaveError: It cannot be written.
        """
        hook = self._hook()
        if hook is None:
            raise SaveError(
                Text(
                    "这个版本库的钩子放在库外，与别人共用，没有改动",
                    "the hooks of this repository lie outside of it; nothing was changed",
                ),
                hint=Text(
                    f"请在那里的 pre-commit 里加一行：{self.program} check-staged",
                    f"add a line to the pre-commit there: {self.program} check-staged",
                ),
                where=str(self.repository.top),
            )
        if self.hook_state == HookState.FOREIGN:
            hook.rename(hook.with_name(_EARLIER))
        text = self._hook_text()
        changed = _read(hook) != text
        if changed:
            replace_file(hook, text.encode())
            hook.chmod(0o755)
        return Done(
            Text(
                "pre-commit：提交前校验暂存的报告，有必须改正的错误就不提交",
                "pre-commit: staged reports are checked; errors stop the commit",
            ),
            changed,
        )

    def remove_hook(self) -> Done:
        """Take the hook away; one that was there before stands in its place again."""
        hook = self._hook()
        told = Text("pre-commit：已去掉", "pre-commit: gone")
        if hook is None or self.hook_state != HookState.OURS:
            return Done(told, changed=False)
        hook.unlink()
        earlier = hook.with_name(_EARLIER)
        if earlier.exists():
            earlier.rename(hook)
            told = Text(
                "pre-commit：已去掉，原来的已恢复", "pre-commit: gone, the former one is back"
            )
        return Done(told, changed=True)

    def _with_lines(self, name: str, lines: Sequence[str], told: Text) -> Done:
        """Put lines of our own into a file at the top, in place of those that stand there."""
        path = self.repository.top / name
        before = _read(path)
        block = "\n".join((_BEGIN, *lines, _END, "")) if lines else ""
        after = _with_block(before, block)
        if after == before:
            return Done(told, changed=False)
        if after:
            replace_file(path, after.encode(errors="surrogateescape"))
        else:
            path.unlink()
        return Done(told, changed=True)

    def _settings(self) -> dict[str, str]:
        return {
            f"diff.{DRIVER}.command": f"{self.program} diff",
            f"diff.{DRIVER}.textconv": f"{self.program} diff --textconv",
        }

    def _set(self, key: str, value: str) -> Done:
        changed = self._get(key) != value
        if changed:
            self._run("config", "--local", key, value)
        return Done(same(f"git config {key}"), changed)

    def _get(self, key: str) -> str | None:
        done = self.repository.run("config", "--local", "--get", key)
        return done.stdout.decode().rstrip("\n") if done.returncode == 0 else None

    def _run(self, *arguments: str) -> None:
        done = self.repository.run(*arguments)
        if done.returncode:
            raise SaveError(
                Text("git 没有接受设置", "git did not take the setting"),
                hint=same(done.stderr.decode(errors="replace").strip()),
                where=str(self.repository.top),
            )

    def _hook(self) -> Path | None:
        """Return the place of the hook; None where it lies outside of this repository."""
        hooks = self._path("rev-parse", "--git-path", "hooks")
        common = self._path("rev-parse", "--git-common-dir")
        inside = (common.resolve(), self.repository.top.resolve())
        if not any(hooks.resolve().is_relative_to(place) for place in inside):
            return None
        return hooks / _HOOK

    def _path(self, *arguments: str) -> Path:
        answer = self.repository.run(*arguments).stdout.decode().rstrip("\n")
        return self.repository.top / answer

    def _hook_text(self) -> str:
        return "\n".join(
            (
                "#!/bin/sh",
                _MARK,
                f'earlier="$(dirname "$0")/{_EARLIER}"',
                'if [ -x "$earlier" ]; then "$earlier" "$@" || exit $?; fi',
                f"exec {self.program} check-staged",
                "",
            )
        )


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""


def _with_block(text: str, block: str) -> str:
    """Return a text with the marked lines made into others, or added at the end."""
    start, end = text.find(_BEGIN), text.find(_END)
    if 0 <= start < end:
        rest = text[end + len(_END) :].removeprefix("\r").removeprefix("\n")
        return text[:start] + block + rest
    if not block:
        return text
    return text + ("\n" if text and not text.endswith("\n") else "") + block
