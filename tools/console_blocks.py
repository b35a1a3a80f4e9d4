"""Run the commands that the documentation shows, and keep the output it shows true.

A fenced block marked `console` holds commands behind `$ ` and what they print. Commands of the
program are run in this process, in an empty folder with the samples beside, and so are `git`,
`cp`, `mkdir` and `sed` in processes of their own; `cd` goes into a folder; a comment `# exit 1`
behind a command names the exit code expected (0 without it). A line that begins with
`……` or `[...` stands for output left out: as many lines as are shown before and behind it are
kept. A `json` or `yaml` block with `file=NAME` behind the language is a file that the reader
writes; it is put into the folder. `disclosure edit` needs a terminal and a person: the `yaml`
block that follows it shows the lines of the file afterwards, and they are put into it; figures
still blank become 0.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from disclosure_tui.cli.main import run

__all__ = ["PAGES", "ROOT", "Played", "play", "run_here", "settled"]

ROOT = Path(__file__).resolve().parent.parent
OPENING = "```console"
PAGES = tuple(
    path.relative_to(ROOT).as_posix()
    for path in (*sorted(ROOT.glob("README*.md")), *sorted(ROOT.glob("docs/*/*.md")))
    if OPENING in path.read_text(encoding="utf-8")
)
"""The pages whose commands are run: all that show some."""

WIDTH = 80
_OTHER_PROGRAMS = ("git", "cp", "mkdir", "sed")
_NOBODY = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "somebody",
    "GIT_AUTHOR_EMAIL": "somebody@example.org",
    "GIT_COMMITTER_NAME": "somebody",
    "GIT_COMMITTER_EMAIL": "somebody@example.org",
    "PYTHONUTF8": "1",
}
"""Who commits, and nothing of the machine's own settings."""
_FENCED = re.compile(
    r"^```(console|yaml|json)(?: file=(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL
)
_EXIT = re.compile(r"#\s*exit (\d+)\s*$")
_PART = re.compile(r"^ *\w+:(?: \|-\n(?:  (?! *\w+: \{).*\n)+| .*\n)", re.MULTILINE)
_LEFT_OUT = re.compile(r"\s*(……|\[\.\.\.)")


@dataclass
class Played:
    """What came of a page.

    Attributes:
        text: The page with fresh output.
        problems: Commands that ended with another exit code than the page says.
        commands: How many commands were run.
    """

    text: str
    problems: list[str] = field(default_factory=list)
    commands: int = 0


@contextlib.contextmanager
def settled(**environment: str) -> Iterator[Path]:
    """Stand in an empty folder with the samples beside, in an environment chosen by nobody."""
    before, place = dict(os.environ), Path.cwd()
    with tempfile.TemporaryDirectory(prefix="disclosure-docs-") as name:
        folder = Path(name)
        for shared in ("samples", "schemas"):
            (folder / shared).symlink_to(ROOT / shared, target_is_directory=True)
        for key in list(os.environ):
            if key in ("DISCLOSURE_LANG", "LINES") or key.startswith("GIT_"):
                os.environ.pop(key)
        home = {"HOME": name, "XDG_CONFIG_HOME": f"{name}/.config"}
        os.environ.update({"COLUMNS": str(WIDTH), **home, **_NOBODY, **environment})
        os.chdir(folder)
        try:
            yield folder
        finally:
            os.chdir(place)
            os.environ.clear()
            os.environ.update(before)


def run_here(arguments: list[str]) -> tuple[int, str]:
    """Run a command line in this process; return its exit code and all it printed."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        code = run(arguments)
    return code, printed.getvalue()


def play(text: str) -> Played:
    """Run the commands of a page, each in the state the ones before left behind."""
    played = Played(text)
    filled_in: Path | None = None

    def block(match: re.Match[str]) -> str:
        nonlocal filled_in
        kind, written, body = match.groups()
        if written:
            place = Path(written)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(body, encoding="utf-8")
            return match.group()
        if kind == "json":
            return match.group()
        if kind == "yaml":
            if filled_in is not None:
                _fill_in(filled_in, body)
                filled_in = None
            return match.group()
        filled_in = None
        fresh: list[str] = []
        for line, shown in _commands(body):
            fresh.append(line)
            words = shlex.split(line.removeprefix("$ "), comments=True)
            if words[:2] == ["disclosure", "edit"]:
                filled_in = Path(words[2])
                fresh.extend(shown)
            elif words[:1] == ["export"]:
                name, _, value = words[1].partition("=")
                os.environ[name] = value
            elif words[:1] == ["cd"]:
                os.chdir(words[1])
            elif words[:1] == ["disclosure"] or words[0] in _OTHER_PROGRAMS:
                fresh.extend(_run(played, line, words, shown))
            else:
                played.problems.append(f"{line}: not a command of the program")
        return f"{OPENING}\n{''.join(part + chr(10) for part in fresh)}```"

    with settled():
        played.text = _FENCED.sub(block, text)
    return played


def _commands(body: str) -> Iterator[tuple[str, list[str]]]:
    """Split a block into commands, each with the output shown below it."""
    command = ""
    shown: list[str] = []
    for line in body.splitlines():
        if line.startswith("$ "):
            if command:
                yield command, shown
            command, shown = line, []
        else:
            shown.append(line)
    if command:
        yield command, shown


def _run(played: Played, line: str, words: list[str], shown: list[str]) -> list[str]:
    program, *arguments = words
    code, printed = run_here(arguments) if program == "disclosure" else _run_there(words)
    found = _EXIT.search(line)
    expected = int(found.group(1)) if found else 0
    if code != expected:
        played.problems.append(f"{line}: exit {code}\n{printed}")
    played.commands += 1
    return _abridged(printed.splitlines(), shown)


def _run_there(words: list[str]) -> tuple[int, str]:
    """Run another program; return its exit code and all it printed."""
    done = subprocess.run(
        words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
    )
    return done.returncode, done.stdout.decode()


def _abridged(printed: list[str], shown: list[str]) -> list[str]:
    marks = [number for number, line in enumerate(shown) if _LEFT_OUT.match(line)]
    if not marks:
        return printed
    head, tail = marks[0], len(shown) - marks[0] - 1
    if head + tail >= len(printed):
        return printed
    return [*printed[:head], shown[head], *printed[len(printed) - tail :]]


def _fill_in(path: Path, excerpt: str) -> None:
    """Put the lines of an excerpt into a report file, as a person would have in the editor."""
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"\{[^{}]*\}", lambda row: row.group().replace(": null", ": 0"), text)
    for part in _PART.findall(excerpt):
        key = part.partition(":")[0]
        label = part.rstrip("\n").partition("}")[2]
        old = rf"\{{.*\}}{re.escape(label)}\n" if "{" in part else r"(?:\|-\n(?:  .*\n)+|.*\n)"
        places = list(re.finditer(rf"^{key}: {old}", text, re.MULTILINE))
        assert len(places) == 1, f"{part!r} fits {len(places)} places of {path.name}"
        text = text[: places[0].start()] + part + text[places[0].end() :]
    path.write_text(text, encoding="utf-8")
