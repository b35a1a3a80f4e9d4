"""`disclosure schema test`: the cases and samples of a schema, and what differs."""

from __future__ import annotations

from pathlib import Path

import click

from disclosure_tui.authoring.surroundings import Surroundings, Trials
from disclosure_tui.cli.exit_code import ExitCode
from disclosure_tui.cli.output import data, narrate
from disclosure_tui.cli.program import (
    Program,
    command,
    language_option,
    schema_folder_option,
    trusted_only_option,
)
from disclosure_tui.errors import DisclosureError
from disclosure_tui.language import Language, Text
from disclosure_tui.report_type import LoadedReportType, load_schema_file

__all__ = ["folder_options", "loaded_schemas", "shown", "test_command"]


def folder_options(program: Program) -> list[click.Parameter]:
    """Return the options that name folders of cases and samples."""
    return [
        click.Option(
            ["--cases"],
            multiple=True,
            type=click.Path(path_type=Path, exists=True, file_okay=False),
            metavar=program.say("文件夹", "FOLDER"),
            help=program.say(
                "校验规则用例的文件夹，默认为格式文件旁的 cases",
                "Folder of rule cases; cases near the schema by default",
            ),
        ),
        click.Option(
            ["--samples"],
            multiple=True,
            type=click.Path(path_type=Path, exists=True, file_okay=False),
            metavar=program.say("文件夹", "FOLDER"),
            help=program.say(
                "样本的文件夹，默认为格式文件旁的 samples",
                "Folder of samples; samples near the schema by default",
            ),
        ),
    ]


def test_command(program: Program) -> click.Command:
    """Build the command."""

    def test(
        schemas: tuple[str, ...],
        cases: tuple[Path, ...],
        samples: tuple[Path, ...],
        schema_dir: tuple[Path, ...],
    ) -> int:
        try:
            loaded = loaded_schemas(program, schemas, schema_dir)
            around = Surroundings.read([each.path for each in loaded], cases, samples)
        except DisclosureError as error:
            narrate(error.told(program.language))
            return ExitCode.UNREADABLE
        differing = sum(_told(program, each, around.tried_on(each)) for each in loaded)
        return ExitCode.FINDINGS if differing else ExitCode.CLEAN

    text = Text(
        "用用例和样本检验格式文件的校验规则，列出与预期不同的。不写名称时检验全部格式。"
        "退出码：0 全部相符；1 有不同；3 有文件读不出。",
        "Try the rules of schemas on their cases and samples, and list what differs. "
        "Without a name every schema is tried. "
        "Exit codes: 0 all as told, 1 something differs, 3 something unreadable.",
    )
    options = [
        click.Argument(
            ["schemas"], nargs=-1, metavar=program.say("[名称或格式文件...]", "[NAME_OR_FILE]...")
        ),
        *folder_options(program),
        schema_folder_option(program),
        trusted_only_option(program),
        language_option(program),
    ]
    summary = Text("用用例和样本检验格式文件", "Try schemas on their cases and samples")
    return command(program, "test", test, summary, text, options)


def loaded_schemas(
    program: Program, names: tuple[str, ...], schema_dir: tuple[Path, ...]
) -> tuple[LoadedReportType, ...]:
    """Load report types by name or file; without any, all there are.

    Raises:
        SchemaError: One cannot be used.
    """
    report_types = program.report_types(schema_dir)
    if not names:
        names = report_types.catalog.names()
    return tuple(
        load_schema_file(Path(name), str(Path(name).parent))
        if name.endswith(".json")
        else report_types.load(name)
        for name in names
    )


def _told(program: Program, loaded: LoadedReportType, trials: Trials) -> int:
    """Print what differs and how much was tried; return how much differs."""
    language = program.language
    name = loaded.form.report_type.name
    differing = [
        (each.case.where, each.case.rule, each.problem) for each in trials.cases if each.problem
    ] + [(shown(each.sample.path), "", each.problem) for each in trials.samples if each.problem]
    for where, rule, problem in differing:
        label = f"[{rule}] " if rule else ""
        data(f"{where}: {name} {label}{problem.in_(language)}")
    if trials.is_empty:
        narrate(
            program.say(
                f"{name}：附近没有用例和样本，可用 --cases 和 --samples 指定",
                f"{name}: no cases or samples near it; name them with --cases and --samples",
            )
        )
    data(_summary(name, trials, len(differing), language))
    return len(differing)


def shown(path: Path) -> str:
    """Return a path as short as it can be written from where one stands."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _summary(name: str, trials: Trials, differing: int, language: Language) -> str:
    cases, samples = len(trials.cases), len(trials.samples)
    return Text(
        f"{name}：用例 {cases} 个，样本 {samples} 份，与预期不同 {differing} 个",
        f"{name}: {cases} cases, {samples} samples, {differing} not as told",
    ).in_(language)
