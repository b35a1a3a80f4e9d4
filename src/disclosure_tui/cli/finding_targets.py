"""Where the findings go: what `--format` and `--output` of `check` mean together.

`--output FORMAT=PLACE` names both. `--output PLACE` takes the formats named with `--format`, or
goes by the ending of the name. What was named and placed nowhere is printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType

import click

from disclosure_tui.cli.program import Program
from disclosure_tui.data_class import dataclass

__all__ = ["Target", "refuse_inputs", "targets_of"]

_DEFAULT = "text"
_NAME = "findings"
_REPORTS = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Target:
    """One output.

    Attributes:
        form: The format's module.
        place: A file, or a folder; None: it is printed.
        is_apart: The place is a folder that gets a file for each report.
    """

    form: ModuleType
    place: Path | None = None
    is_apart: bool = False


def refuse_inputs(program: Program, targets: Sequence[Target], files: Sequence[Path]) -> None:
    """Refuse to write over what is to be checked, whatever it is called.

    Raises:
        click.UsageError: An output is one of the files, or a link to it.
    """
    for target in targets:
        if target.place is None or not target.place.is_file():
            continue
        if any(path.exists() and path.samefile(target.place) for path in files):
            raise click.UsageError(
                program.say(
                    f"【{target.place}】是要校验的报告文件，不能写到那里，请换一个文件名",
                    f"{target.place} is a report file that is to be checked; choose another name",
                )
            )


def targets_of(
    program: Program,
    formats: Mapping[str, ModuleType],
    named: Sequence[str],
    outputs: Sequence[str],
) -> tuple[Target, ...]:
    """Return what is to be written where.

    Args:
        program: What all commands share.
        formats: All there are, by name.
        named: The values of `--format`.
        outputs: The values of `--output`.

    Raises:
        click.UsageError: They do not fit together.
    """
    return _Asked(program, formats, list(dict.fromkeys(named))).targets(outputs)


@dataclass
class _Asked:
    """The options while they are matched with each other."""

    program: Program
    formats: Mapping[str, ModuleType]
    left: list[str]

    def targets(self, outputs: Sequence[str]) -> tuple[Target, ...]:
        """Match outputs with formats."""
        is_default = not self.left
        pairs = [self._split(output) for output in outputs]
        written: list[Target] = []
        # Those that name their format first: what is left over is for the others.
        for name, place in pairs:
            if name:
                self.left = [other for other in self.left if other != name]
                written += self._at(place, [name])
        for name, place in pairs:
            if not name:
                written += self._at(place, self._meant(place))
        self._refuse_twice(written)
        printed = [_DEFAULT] if is_default else self.left
        return (*written, *self._printed(printed))

    def _split(self, output: str) -> tuple[str, str]:
        name, sign, place = output.partition("=")
        if not sign or name not in self.formats:
            return "", output
        if not place:
            raise self._fault(f"--output {output} 没有写文件名", f"--output {output} names no file")
        return name, place

    def _meant(self, place: str) -> list[str]:
        """Return the formats that go to a place which names none."""
        if self.left:
            meant, self.left = self.left, []
            return meant
        if not _is_folder(place):
            endings = {
                module.SUFFIX: name
                for name, module in self.formats.items()
                if not hasattr(module, "concerns")
            }
            for ending in sorted(endings, key=len, reverse=True):
                if place.casefold().endswith(ending):
                    return [endings[ending]]
        listed = "、".join(self.formats)
        raise self._fault(
            f"--output {place} 看不出是什么格式，请写成 --output 格式={place}，格式有：{listed}",
            f"the format of --output {place} is not clear; write --output FORMAT={place} with "
            f"one of {', '.join(self.formats)}",
        )

    def _at(self, place: str, names: list[str]) -> Iterator[Target]:
        if len(names) == 1 and not _is_folder(place):
            yield Target(self.formats[names[0]], self._allowed(Path(place)))
            return
        for name in names:
            module = self.formats[name]
            if hasattr(module, "concerns"):
                yield Target(module, self._allowed(Path(place)), is_apart=True)
            else:
                yield Target(module, self._allowed(Path(place, _NAME + module.SUFFIX)))

    def _allowed(self, path: Path) -> Path:
        """Refuse names of reports: a slip of the hand must not cost one."""
        if path.suffix.casefold() in _REPORTS:
            raise self._fault(
                f"【{path}】是报告文件的名字，校验结果不能写到那里，请换一个文件名",
                f"{path} is the name of a report file; findings are not written there, choose "
                "another name",
            )
        return path

    def _refuse_twice(self, written: Sequence[Target]) -> None:
        places = [target.place for target in written if not target.is_apart]
        for place in places:
            if places.count(place) > 1:
                raise self._fault(
                    f"两种格式都要写到【{place}】，请分开", f"two formats would both be {place}"
                )

    def _printed(self, names: Sequence[str]) -> Iterator[Target]:
        if len(names) > 1:
            raise self._fault(
                f"一次只能显示一种格式；{'、'.join(names)} 请用 --output 文件夹 写成文件",
                f"only one format can be printed; write {', '.join(names)} into files with "
                "--output FOLDER",
            )
        for name in names:
            module = self.formats[name]
            if hasattr(module, "IS_BINARY"):
                example = _NAME + module.SUFFIX
                raise self._fault(
                    f"{name} 不能直接显示，请写成文件，例如 --output {example}",
                    f"{name} cannot be printed; write it into a file: --output {example}",
                )
            yield Target(module)

    def _fault(self, zh: str, en: str) -> click.UsageError:
        return click.UsageError(self.program.say(zh, en))


def _is_folder(place: str) -> bool:
    return place.endswith("/") or Path(place).is_dir()
