"""Sets a git repository up for reports: how git shows what changed in them.

Everything that is written can be told from what others wrote, and taken away again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import SaveError
from disclosure_tui.language import Text, same
from disclosure_tui.versioning.own_files import Done, read_text, refusing, write_text
from disclosure_tui.versioning.repository import Repository

__all__ = ["DRIVER", "PATTERNS", "Setup"]

PATTERNS = ("*.yaml", "*.yml")
"""What is taken for reports unless other files are named."""

DRIVER = "disclosure"
_BEGIN = "# >>> disclosure git-setup"
_END = "# <<< disclosure git-setup"
_WORKING_FILES = (".history/", ".*.lock", ".*.journal", ".*.tmp", ".*.backup")


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

    def install(self) -> Iterator[Done]:
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

    def remove(self) -> Iterator[Done]:
        """Take away what `install` wrote.

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

    def _with_lines(self, name: str, lines: Sequence[str], told: Text) -> Done:
        """Put lines of our own into a file at the top, in place of those that stand there."""
        path = self.repository.top / name
        before = read_text(path)
        block = "\n".join((_BEGIN, *lines, _END, "")) if lines else ""
        after = _with_block(before, block)
        if after == before:
            return Done(told, changed=False)
        if after:
            write_text(path, after)
        else:
            with refusing(path):
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


def _with_block(text: str, block: str) -> str:
    """Return a text with the marked lines made into others, or added at the end."""
    start, end = text.find(_BEGIN), text.find(_END)
    if 0 <= start < end:
        rest = text[end + len(_END) :].removeprefix("\r").removeprefix("\n")
        return text[:start] + block + rest
    if not block:
        return text
    return text + ("\n" if text and not text.endswith("\n") else "") + block
