"""The command `disclosure` itself: finds the commands, and what they share."""

from __future__ import annotations

import gc
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from disclosure_tui import __version__
from disclosure_tui.cli.output import narrate
from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import DisclosureError
from disclosure_tui.language import Language, Text
from disclosure_tui.model.form import Form
from disclosure_tui.settings import Settings

if TYPE_CHECKING:
    from disclosure_tui.report_type import ReportTypes
    from disclosure_tui.schema_search import SchemaSearch

__all__ = [
    "Program",
    "ProgramGroup",
    "command",
    "language_option",
    "paths_argument",
    "reports_folder_option",
    "schema_folder_option",
    "trusted_only_option",
]

TRUSTED_ONLY = "trusted-only"


@dataclass(frozen=True)
class Program:
    """What every command needs to know.

    Attributes:
        chosen: The language somebody chose, or None: then each report decides.
        settings: What is settled in files.
        demands: Options of a command that others than the command itself are to know of.
    """

    chosen: Language | None = None
    settings: Settings = field(default_factory=Settings)
    _spoken: list[str] = field(default_factory=list, repr=False)
    demands: set[str] = field(default_factory=set, repr=False)

    @property
    def language(self) -> Language:
        """The language of the program's own words."""
        return self.chosen or Language.CHINESE

    def say(self, zh: str, en: str) -> str:
        """Pick one of two wordings."""
        return Text(zh, en).in_(self.language)

    def schema_search(self, named: Sequence[Path] = ()) -> SchemaSearch:
        """Return where schemas are looked for.

        Args:
            named: The folders that `--schema-dir` names.
        """
        from disclosure_tui.schema_search import SchemaSearch

        trusted_only = TRUSTED_ONLY in self.demands
        return SchemaSearch.of(self.settings, named, trusted_only=trusted_only)

    def report_types(self, named: Sequence[Path] = ()) -> ReportTypes:
        """Return the report types there are; what is the matter with their places is told.

        Args:
            named: The folders that `--schema-dir` names.
        """
        from disclosure_tui.report_type import ReportTypes

        return ReportTypes(self.schema_search(named), self.tell)

    def tell(self, notice: DisclosureError) -> None:
        """Tell something that keeps nothing from being done."""
        narrate(notice.told(self.language))

    def language_of(self, form: Form) -> Language:
        """Return the language to word a report's findings in."""
        return self.chosen or form.report_type.language


def command(
    program: Program,
    name: str,
    callback: Callable[..., int],
    summary: Text,
    text: Text,
    parameters: Sequence[click.Parameter],
) -> click.Command:
    """Build a command in the language of the program.

    Args:
        program: What all commands share.
        name: What is typed.
        callback: What it does; returns the exit code.
        summary: One line for the list of commands.
        text: What its own help says.
        parameters: Its arguments and options.
    """
    return click.Command(
        name,
        callback=callback,
        help=text.in_(program.language),
        short_help=summary.in_(program.language),
        options_metavar=program.say("[选项]", "[OPTIONS]"),
        params=list(parameters),
    )


class ProgramGroup(click.Group):
    """A group whose commands are the modules of `cli.commands`, imported when they are used."""

    def __init__(self, program: Program, bare: Callable[[Program], int]) -> None:
        say = program.say
        super().__init__(
            name="disclosure",
            help=say(
                "填报、校验、审核和公开法定表格式报告。不带命令时打开首页。",
                "Fill in, check, review and publish statutory tabular reports. "
                "Without a command it opens the desk.",
            ),
            invoke_without_command=True,
            options_metavar=say("[选项]", "[OPTIONS]"),
            subcommand_metavar=say("命令 [参数]", "COMMAND [ARGS]"),
            callback=self._start,
            params=[
                language_option(program),
                click.Option(
                    ["--version"],
                    is_flag=True,
                    is_eager=True,
                    expose_value=False,
                    callback=_version,
                    help=say("显示版本", "Show the version"),
                ),
            ],
        )
        self._program = program
        self._bare = bare

    def _start(self, **_options: Any) -> int:
        context = click.get_current_context()
        return 0 if context.invoked_subcommand is not None else self._bare(self._program)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        del ctx
        path = import_module("disclosure_tui.cli.commands").__path__
        names = (info.name for info in pkgutil.iter_modules(path))
        # A command is typed with a dash where its module has an underscore.
        return sorted(name.replace("_", "-") for name in names if not name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command; the others stay unloaded."""
        if cmd_name not in self.list_commands(ctx):
            return None
        name = cmd_name.replace("-", "_")
        module = import_module(f"disclosure_tui.cli.commands.{name}")
        command: click.Command = module.build(self._program)
        gc.enable()  # it was off while modules were loaded
        return command


def _version(context: click.Context, _parameter: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click calls it so
    if value and not context.resilient_parsing:
        click.echo(f"disclosure-tui {__version__}")
        context.exit()


def language_option(program: Program) -> click.Option:
    """Return `--lang`. It was read before the commands were built; here it is only known."""
    return click.Option(
        ["--lang"],
        type=click.Choice([language.value for language in Language]),
        expose_value=False,
        help=program.say("界面语言：zh 中文，en 英文", "Language of the interface"),
    )


def paths_argument(program: Program) -> click.Argument:
    """Return the files and folders that a command is to take, one at least."""
    return click.Argument(
        ["paths"],
        nargs=-1,
        required=True,
        type=click.Path(path_type=Path),
        metavar=program.say("文件或文件夹...", "PATH..."),
    )


def schema_folder_option(program: Program) -> click.Option:
    """Return `--schema-dir`."""
    return click.Option(
        ["--schema-dir"],
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        multiple=True,
        help=program.say(
            "先在这个文件夹里找格式文件（可多次使用）",
            "Look for schemas in this folder first (may be repeated)",
        ),
    )


def reports_folder_option(program: Program) -> click.Option:
    """Return `--for PATH`: whose reports are meant, so that their district is known."""

    def folder_of(_context: click.Context, _parameter: click.Parameter, path: Path) -> Path:
        return path if path.is_dir() else path.parent

    return click.Option(
        ["--for", "folder"],
        type=click.Path(exists=True, path_type=Path),
        default=Path(),
        callback=folder_of,
        help=program.say(
            "用于这个文件夹里的报告（也可以写其中一份报告），默认当前文件夹",
            "For reports of this folder, or of that of this report; the current one by default",
        ),
    )


def trusted_only_option(program: Program) -> click.Option:
    """Return `--trusted-only`. The search for schemas knows of it; commands need not."""

    def ask(_context: click.Context, _parameter: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click calls it so
        if value:
            program.demands.add(TRUSTED_ONLY)

    return click.Option(
        [f"--{TRUSTED_ONLY}"],
        is_flag=True,
        expose_value=False,
        callback=ask,
        help=program.say(
            "只采用可信的格式：指定的文件夹、本级、本机和程序自带的",
            "Use trusted schemas only: of named folders, the district, the system, the package",
        ),
    )
