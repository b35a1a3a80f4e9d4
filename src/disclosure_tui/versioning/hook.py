"""A hook that has git check staged reports before a commit."""

from __future__ import annotations

from pathlib import Path

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import SaveError
from disclosure_tui.language import Text
from disclosure_tui.versioning.own_files import Done, read_text, refusing, write_text
from disclosure_tui.versioning.repository import Repository

__all__ = ["Hook", "HookState"]

_HOOK = "pre-commit"
_EARLIER = "pre-commit.before-disclosure"
_MARK = "# Written by disclosure git-setup."
_BACK = Text("pre-commit：已去掉，原来的已恢复", "pre-commit: gone, the former one is back")


class HookState:
    """What stands in the place of the hook."""

    NONE = "none"
    OURS = "ours"
    FOREIGN = "foreign"
    OUTSIDE = "outside"
    """The hooks lie outside of the repository, shared with others."""


@dataclass(frozen=True, slots=True)
class Hook:
    """The hook of one repository.

    Attributes:
        repository: The repository.
        program: How to start this program, ready for a shell.
    """

    repository: Repository
    program: str

    @property
    def state(self) -> str:
        """What stands in the place of the hook now; one of `HookState`."""
        hook = self._place()
        if hook is None:
            return HookState.OUTSIDE
        if not hook.exists() and not hook.is_symlink():
            return HookState.NONE
        return HookState.OURS if _MARK in read_text(hook) else HookState.FOREIGN

    def install(self) -> Done:
        """Have reports checked before a commit; a hook of others is kept and runs first.

        Raises:
            SaveError: It cannot be written.
        """
        hook = self._place()
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
        if self.state == HookState.FOREIGN:
            self._keep(hook)
        text = self._script()
        changed = read_text(hook) != text
        if changed:
            write_text(hook, text)
            with refusing(hook):
                hook.chmod(0o755)
        return Done(
            Text(
                "pre-commit：提交前校验暂存的报告，有必须改正的错误就不提交",
                "pre-commit: staged reports are checked; errors stop the commit",
            ),
            changed,
        )

    def remove(self) -> Done:
        """Take the hook away; one that was there before stands in its place again.

        Raises:
            SaveError: It cannot be taken away.
        """
        hook = self._place()
        told = Text("pre-commit：已去掉", "pre-commit: gone")
        if hook is None or self.state != HookState.OURS:
            return Done(told, changed=False)
        earlier = hook.with_name(_EARLIER)
        with refusing(hook):
            hook.unlink()
            if earlier.exists():
                earlier.rename(hook)
                told = _BACK
        return Done(told, changed=True)

    def _keep(self, hook: Path) -> None:
        """Give the hook of others the name under which it is run first.

        Raises:
            SaveError: There is one of that name already, and neither may be lost.
        """
        earlier = hook.with_name(_EARLIER)
        if earlier.exists() or earlier.is_symlink():
            raise SaveError(
                Text(
                    f"已有 {_EARLIER}，再保留一个会覆盖它，没有改动",
                    f"there is a {_EARLIER} already, which would be lost; nothing was changed",
                ),
                hint=Text(
                    "请先把两个钩子并成一个，再运行一次",
                    "make the two hooks into one first, then run this again",
                ),
                where=str(earlier),
            )
        with refusing(hook):
            hook.rename(earlier)

    def _place(self) -> Path | None:
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

    def _script(self) -> str:
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
