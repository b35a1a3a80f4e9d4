"""`disclosure export`: write a report in the forms in which it is read and published."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import click

from disclosure_tui.batch import check_file
from disclosure_tui.cli.exit_code import ExitCode
from disclosure_tui.cli.output import data, narrate
from disclosure_tui.cli.program import (
    Program,
    command,
    language_option,
    paths_argument,
    schema_folder_option,
    trusted_only_option,
)
from disclosure_tui.cli.report_files import report_files
from disclosure_tui.discovery import modules_of
from disclosure_tui.errors import DisclosureError
from disclosure_tui.exporting import NotFinal, Request, copy_of, file_name, output_folder
from disclosure_tui.language import Text
from disclosure_tui.render.copies import Copy, CopyKind
from disclosure_tui.render.office.faults import CannotExport, GlyphMissing, require
from disclosure_tui.store.files import read_head
from disclosure_tui.store.products import replace_file

__all__ = ["SUMMARY", "build"]

SUMMARY = Text("生成公开稿、送审稿", "Write copies of reports for reading and publishing")

_LARGEST_TEMPLATE = 20_000_000
"""Bytes; one with a coat of arms has far less."""


def build(program: Program) -> click.Command:
    """Return the command."""
    formats = {module.NAME: module for module in modules_of("disclosure_tui.render.export_formats")}
    return command(
        program,
        "export",
        lambda **options: _Run(program, formats, **options).all(),
        SUMMARY,
        Text(
            "把报告生成各种格式的文件，默认放在报告旁的 out 文件夹，文件名是报告标题。"
            "有必须改正的错误或者未填格的不生成，要草稿的加 --draft。",
            "Write reports in other formats, by default into the folder out beside each report, "
            "named by its title. Open errors and blanks are refused unless --draft is given.",
        ),
        [
            *_options(program, formats),
            schema_folder_option(program),
            trusted_only_option(program),
            language_option(program),
        ],
    )


def _options(program: Program, formats: dict[str, ModuleType]) -> list[click.Parameter]:
    say = program.say
    return [
        paths_argument(program),
        click.Option(
            ["--to"],
            type=click.Choice(sorted(formats)),
            multiple=True,
            required=True,
            help=say("格式，可多次使用", "Format; may be repeated"),
        ),
        click.Option(
            ["--copy", "kind"],
            type=click.Choice([kind.value for kind in CopyKind]),
            default=CopyKind.PUBLIC.value,
            help=say(
                "public 公开稿（默认），sign-off 送审稿，附送审表、问题和说明",
                "public (default), or sign-off with people, findings and explanations",
            ),
        ),
        click.Option(
            ["--draft"],
            is_flag=True,
            help=say("未完成也生成，每页标明草稿", "Write it unfinished; every page says draft"),
        ),
        click.Option(
            ["--output", "folder"],
            type=click.Path(path_type=Path, file_okay=False),
            metavar=say("文件夹", "FOLDER"),
            help=say("放到这个文件夹", "Write into this folder"),
        ),
        click.Option(
            ["--template"],
            type=click.Path(path_type=Path, dir_okay=False, exists=True),
            metavar=say("文件", "FILE"),
            help=say(
                "按本单位的 Word 模板排版（docx），默认按公文格式",
                "Take pages and styles from this Word document (docx)",
            ),
        ),
        click.Option(
            ["--together"],
            is_flag=True,
            help=say(
                "多份报告合成一个长表（csv、xlsx）", "All reports in one long table (csv, xlsx)"
            ),
        ),
    ]


@dataclass
class _Run:
    """One run of the command."""

    program: Program
    formats: dict[str, ModuleType]
    paths: tuple[Path, ...]
    to: tuple[str, ...]
    kind: str
    draft: bool
    folder: Path | None
    template: Path | None
    together: bool
    schema_dir: tuple[Path, ...]
    _written: dict[Path, str] = field(default_factory=dict)
    _pattern: bytes | None = None

    def all(self) -> int:
        """Write all copies; one report that cannot be written does not keep the others."""
        try:
            return self._all()
        except CannotExport as error:
            narrate(error.told(self.program.language))
            return ExitCode.USAGE

    def _all(self) -> int:
        modules = [self.formats[name] for name in dict.fromkeys(self.to)]
        self._prepare(modules)
        code = ExitCode.CLEAN
        copies: list[tuple[Path, Copy]] = []
        for path, copy in self._copies():
            if isinstance(copy, DisclosureError):
                narrate(copy.told(self.program.language))
                code = max(
                    code, ExitCode.FINDINGS if isinstance(copy, NotFinal) else ExitCode.UNREADABLE
                )
            else:
                copies.append((path, copy))
        if self.together:
            self._write_together(modules, copies)
        else:
            for path, copy in copies:
                folder = self.folder or output_folder(path)
                for module in modules:
                    try:
                        self._write(module, [copy], folder, file_name(copy))
                    except GlyphMissing as error:
                        narrate(f"{path}: {error.told(self.program.language)}")
                        code = max(code, ExitCode.FINDINGS)
        self._tell_how_to_fetch()
        return code

    def _prepare(self, modules: Sequence[ModuleType]) -> None:
        """Look for what the formats need before any report is read."""
        for module in modules:
            if hasattr(module, "EXTRA"):
                require(module.NAME, module.EXTRA, module.LIBRARIES)
            if hasattr(module, "remark"):
                narrate(module.remark().in_(self.program.language))
        if self.template is None:
            return
        if not any(hasattr(module, "write_like") for module in modules):
            able = "、".join(
                name for name, module in self.formats.items() if hasattr(module, "write_like")
            )
            raise click.UsageError(
                self.program.say(
                    f"--template 只用于：{able}", f"--template is for these formats: {able}"
                )
            )
        self._pattern = read_head(self.template, _LARGEST_TEMPLATE)

    def _copies(self) -> Iterator[tuple[Path, Copy | DisclosureError]]:
        request = Request(CopyKind(self.kind), self.draft, self.program.chosen)
        report_types = self.program.report_types(self.schema_dir)
        for path in report_files(self.program, self.paths):
            try:
                yield path, copy_of(check_file(path, report_types), request)
            except DisclosureError as error:
                yield path, error

    def _write_together(
        self, modules: Sequence[ModuleType], copies: Sequence[tuple[Path, Copy]]
    ) -> None:
        several = [module for module in modules if hasattr(module, "write_many")]
        if len(several) < len(modules):
            able = "、".join(
                name for name, module in self.formats.items() if hasattr(module, "write_many")
            )
            raise click.UsageError(
                self.program.say(
                    f"能合成一个文件的格式：{able}", f"formats that hold several reports: {able}"
                )
            )
        if copies:
            name = self.program.say("汇总长表", "figures")
            for module in several:
                folder = self.folder or Path()
                self._write(module, [copy for _, copy in copies], folder, name)

    def _write(self, module: ModuleType, copies: list[Copy], folder: Path, name: str) -> None:
        content = self._content(module, copies)
        target = folder / f"{name}{module.SUFFIX}"
        say = self.program.say
        digest = copies[0].provenance.report_sha256
        if self._written.setdefault(target, digest) != digest:
            raise click.UsageError(
                say(
                    f"两份报告的标题相同，都要写到【{target}】；请分开生成，或者用 --output 分开放",
                    f"two reports have the same title and would both be {target}; write them "
                    "one by one, or apart with --output",
                )
            )
        replace_file(target, content)
        data(say(f"{target}  {len(content)} 字节", f"{target}  {len(content)} bytes"))

    def _content(self, module: ModuleType, copies: list[Copy]) -> bytes:
        written: bytes
        if self.together:
            written = module.write_many(copies)
        elif self._pattern is not None and hasattr(module, "write_like"):
            written = module.write_like(copies[0], self._pattern)
        else:
            written = module.write(copies[0])
        return written

    def _tell_how_to_fetch(self) -> None:
        for folder in dict.fromkeys(target.parent for target in self._written):
            place = shlex.quote(str(folder.resolve()))
            narrate(
                self.program.say(
                    f"取到自己的电脑：sftp 登录后输入 get -r {place}",
                    f"to fetch them, after sftp: get -r {place}",
                )
            )
