"""A schema file that was received: read once, held against its digest, and proved."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

from disclosure_tui.authoring.notice import Notice, Subject, notices_of
from disclosure_tui.authoring.surroundings import Surroundings, Trials
from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import DisclosureError, SchemaError
from disclosure_tui.language import Text
from disclosure_tui.model.finding import Severity
from disclosure_tui.report_type import LoadedReportType, load_schema_file
from disclosure_tui.schema.catalog import Catalog
from disclosure_tui.schema.entry import SchemaHead, read_head, read_schema
from disclosure_tui.schema.overlay_entry import OverlayHead

__all__ = ["Expected", "Received", "expected_digest", "prove_received"]

_DIGEST = re.compile("[0-9a-f]{64}")
_LONGEST_LIST = 100_000


@dataclass(frozen=True, slots=True)
class Expected:
    """The digest that a file is to have.

    Attributes:
        sha256: In hexadecimal.
        where: Who says so: the command line (empty), or a file.
    """

    sha256: str
    where: str = ""


@dataclass(frozen=True)
class Received:
    """A schema file that may be put in force.

    Attributes:
        path: The file.
        content: Its bytes: what was proved, and what will be written.
        head: What it says of itself.
        loaded: It, ready to use.
        notices: What there is to say about it.
        trials: What its cases and samples came to.
    """

    path: Path
    content: bytes
    head: SchemaHead | OverlayHead
    loaded: LoadedReportType
    notices: tuple[Notice, ...]
    trials: Trials

    @property
    def problems(self) -> tuple[Text, ...]:
        """Why it must not be put in force."""
        told = [
            same_line(notice.where, notice.what + Text("。", ": ") + notice.hint)
            for notice in self.notices
            if notice.severity is Severity.ERROR
        ]
        told += [
            same_line(f"{each.case.where}: [{each.case.rule}]", each.problem)
            for each in self.trials.cases
            if each.problem is not None
        ]
        told += [
            same_line(f"{each.sample.path}:", each.problem)
            for each in self.trials.samples
            if each.problem is not None
        ]
        return tuple(told)


def same_line(where: str, what: Text) -> Text:
    """Put a place in front of a sentence."""
    return Text(f"{where} {what.zh}", f"{where} {what.en}")


def prove_received(
    path: Path,
    expected: Expected | None,
    cases: Sequence[Path] = (),
    samples: Sequence[Path] = (),
    *,
    catalog: Catalog | None = None,
) -> Received:
    """Read a schema file and prove it.

    Args:
        path: The file.
        expected: The digest that it must have, or None.
        cases: Folders of rule cases; by default those near the file.
        samples: Folders of samples; by default those near the file.
        catalog: Where the schema that an overlay is over is looked for.

    Raises:
        DisclosureError: It cannot be read, has another digest, or cannot be used.
    """
    content = read_schema(path)
    sha256 = hashlib.sha256(content).hexdigest()
    if expected is not None and expected.sha256 != sha256:
        raise _other_digest(path, sha256, expected)
    loaded = load_schema_file(path, str(path.parent), catalog)
    over, head = loaded.form.overlay, read_head(path)
    compiled = loaded.form.sha256 if over is None else over.sha256
    if head is None or {head.sha256, compiled} != {sha256}:
        raise SchemaError(
            Text("读取的过程中文件被改动", "the file was changed while it was read"),
            hint=Text("请重新执行", "run it again"),
            where=str(path),
        )
    around = Surroundings.read([path], cases, samples)
    return Received(
        path, content, head, loaded, notices_of(Subject(loaded, around)), around.tried_on(loaded)
    )


def expected_digest(path: Path, given: str | None) -> Expected | None:
    """Return the digest that a file is to have: as given, or from the list beside the file.

    Args:
        path: The file.
        given: What the command line says, or None.

    Raises:
        DisclosureError: What is given, or what the list says, is no digest.
    """
    if given is not None:
        wanted = given.strip().casefold()
        if not _DIGEST.fullmatch(wanted):
            raise _no_digest(given)
        return Expected(wanted)
    beside = path.with_name(f"{path.name}.sha256")
    if not beside.is_file():
        return None
    try:
        with beside.open(encoding="utf-8-sig", errors="replace") as stream:
            lines = stream.read(_LONGEST_LIST).splitlines()
    except OSError as error:
        raise SchemaError(
            Text("校验码文件打不开", "the file with the digest cannot be opened"), where=str(beside)
        ) from error
    for line in lines:
        words = line.split(maxsplit=1)
        # As sha256sum writes it: the digest, then the name, with a star for binary.
        name = Path(words[1].strip().removeprefix("*")).name if len(words) > 1 else ""
        if words and _DIGEST.fullmatch(words[0].casefold()) and name in ("", path.name):
            return Expected(words[0].casefold(), str(beside))
    raise SchemaError(
        Text(f"这里没有【{path.name}】的校验码", f"there is no digest of {path.name} in this file"),
        hint=Text(
            "请核对是不是同一批文件，或者用 --sha256 写明校验码",
            "see whether the files belong together, or name the digest with --sha256",
        ),
        where=str(beside),
    )


def _no_digest(given: str) -> DisclosureError:
    return SchemaError(
        Text(
            f"【{given}】不是校验码：要 64 位，只有数字和字母 a 至 f",
            f"{given!r} is no digest: 64 characters, digits and a to f",
        )
    )


def _other_digest(path: Path, sha256: str, expected: Expected) -> SchemaError:
    source = Text(f"【{expected.where}】写的", f"{expected.where} says")
    if not expected.where:
        source = Text("指定的", "it should be")
    return SchemaError(
        Text(
            f"校验码不符：文件是 {sha256}，{source.zh}是 {expected.sha256}",
            f"the digest differs: the file has {sha256}, {source.en} {expected.sha256}",
        ),
        hint=Text(
            "文件可能没有传完，或者被改动过，请向发文单位重新索取",
            "the file may be incomplete or altered; get it again from whoever issued it",
        ),
        where=str(path),
    )
