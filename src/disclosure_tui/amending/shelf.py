"""The versions of one schema in a folder: in force, kept, and taken out of force.

`TYPE-EDITION.schema.json` is the one in force. Older ones stay beside it, each under a name with
its version, `TYPE-EDITION@2026.1.schema.json`; reports that ask for one of them find it. One that
was taken out of force is called `….schema.json.retired`: no report finds it, and it can be
installed again. How the folder is read is the catalogue's matter: the newest version is in force.
So what puts a version in force is one step, and whoever looks before or after it sees a folder
that makes sense.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import SaveError, SchemaError
from disclosure_tui.language import Text
from disclosure_tui.schema.catalog_errors import unreadable_folder
from disclosure_tui.schema.entry import (
    SUFFIX,
    SchemaHead,
    read_head,
    read_schema,
    schema_files,
)
from disclosure_tui.schema.overlay_entry import OVERLAY_SUFFIX, OverlayHead
from disclosure_tui.schema.versions import version_key
from disclosure_tui.store.arranging import arranging

__all__ = ["RETIRED", "Kept", "Plan", "Shelf", "Versioned"]

RETIRED = ".retired"


@dataclass(frozen=True, slots=True)
class Versioned:
    """A version of a schema, or of an overlay over one.

    Attributes:
        identifier: `$id`.
        version: Its version.
        sha256: Digest of its bytes.
        stems: What its file may be called, without the ending; the usual name first.
    """

    identifier: str
    version: str
    sha256: str
    stems: tuple[str, ...]

    @classmethod
    def of(cls, head: SchemaHead | OverlayHead, path: Path) -> Versioned:
        """Return what a file holds.

        Args:
            head: What it says of itself.
            path: The file: an overlay keeps the name that it has.
        """
        if isinstance(head, OverlayHead):
            own = path.name.partition("@")[0].removesuffix(SUFFIX)
            ending = OVERLAY_SUFFIX.removesuffix(SUFFIX)
            usual = f"district{ending}"
            stems = (own, usual) if own.endswith(ending) else (usual,)
        else:
            stems = (head.name.replace("/", "-"),)
        return cls(head.identifier, head.version, head.sha256, stems)


@dataclass(frozen=True, slots=True)
class Kept:
    """One file with a version of the schema.

    Attributes:
        path: The file.
        version: Its version.
        sha256: Digest of its bytes.
        is_retired: It was taken out of force.
    """

    path: Path
    version: str
    sha256: str
    is_retired: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done in a folder.

    Attributes:
        main: The file that is in force afterwards.
        content: What it is to hold; None: no file of the folder is to be in force.
        kept: Where the one in force now will be; None if there is none.
        retired: The files that are newer than what is to be in force.
        again: A retired file of the version that comes into force again, or None.
        seen: The files as they were when the plan was made.
    """

    main: Path
    content: bytes | None
    kept: Path | None
    retired: tuple[Kept, ...]
    again: Path | None
    seen: tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The versions of one schema in a folder.

    Attributes:
        folder: The folder.
        identifier: `$id` of the schema.
        stem: `gov-info-annual-2021`.
        files: All files with versions of it, the newest first.
    """

    folder: Path
    identifier: str
    stem: str
    files: tuple[Kept, ...]

    @classmethod
    def read(cls, folder: Path, wanted: Versioned) -> Shelf:
        """Look at a folder; it need not exist.

        Args:
            folder: The folder.
            wanted: A version of the schema.

        Raises:
            SchemaError: The folder cannot be read; the file that would be replaced is another
                schema's, is a link, or cannot be read.
        """
        try:
            listed = schema_files(folder)
        except OSError as error:
            raise unreadable_folder(folder, error) from error
        found = list(_versions(listed, wanted.identifier, is_retired=False))
        retired = sorted(folder.glob(f"*{SUFFIX}{RETIRED}")) if folder.is_dir() else ()
        stem = _stem(folder, wanted, found)
        found += _versions(retired, wanted.identifier, is_retired=True)
        found.sort(key=lambda one: (version_key(one.version), one.path.name), reverse=True)
        return cls(folder, wanted.identifier, stem, tuple(found))

    @property
    def main(self) -> Path:
        """The file whose version is in force."""
        return self.folder / f"{self.stem}{SUFFIX}"

    @property
    def listed(self) -> tuple[Kept, ...]:
        """The files that reports find, the newest first."""
        return tuple(one for one in self.files if not one.is_retired)

    def of_version(self, version: str) -> tuple[Kept, ...]:
        """Return the files of a version, those that reports find first."""
        key = version_key(version)
        found = (one for one in self.files if version_key(one.version) == key)
        return tuple(sorted(found, key=lambda one: one.is_retired))

    def putting(self, version: str, content: bytes) -> Plan:
        """Plan to put a version in force; what is newer is taken out of force.

        Args:
            version: The version.
            content: Its bytes.
        """
        again = [one for one in self.of_version(version) if one.is_retired]
        return Plan(
            self.main,
            content,
            self._kept(version),
            tuple(one for one in self.listed if version_key(one.version) > version_key(version)),
            again[0].path if again else None,
            self.files,
        )

    def clearing(self) -> Plan:
        """Plan to take all versions here out of force, so that another place decides."""
        kept = self.retired_name(self._main_version()) if self._main_version() else None
        return Plan(self.main, None, kept, self.listed, None, self.files)

    def retired_name(self, version: str) -> Path:
        """Return the name of a version that is out of force."""
        return self.folder / f"{self.stem}@{version}{SUFFIX}{RETIRED}"

    def kept_name(self, version: str) -> Path:
        """Return the name of a version that is kept."""
        return self.folder / f"{self.stem}@{version}{SUFFIX}"

    def _main_version(self) -> str:
        return next((one.version for one in self.listed if one.path == self.main), "")

    def _kept(self, version: str) -> Path | None:
        """Return where the version in force now goes when another takes its place."""
        now = self._main_version()
        if not now or version_key(now) == version_key(version):
            return None
        is_newer = version_key(now) > version_key(version)
        return self.retired_name(now) if is_newer else self.kept_name(now)

    def carry_out(self, plan: Plan, wanted: Versioned) -> None:
        """Do what was planned, if the folder is still as it was seen.

        Args:
            plan: What is to be done.
            wanted: A version of the schema.

        Raises:
            SchemaError: Somebody else changed the folder meanwhile; nothing was done.
            SaveError: The system refuses; the version in force is the old one or the new one.
        """
        try:
            self._carry_out(plan, wanted)
        except SaveError as error:
            # It advises to save elsewhere, as for a report.
            error.hint, error.where = _BY_WHOM, str(self.folder)
            raise

    def _carry_out(self, plan: Plan, wanted: Versioned) -> None:
        with arranging(self.folder) as steps:
            if Shelf.read(self.folder, wanted).files != plan.seen:
                raise _changed_meanwhile(self.folder)
            if plan.kept is not None and plan.content is not None:
                steps.put(plan.kept, read_schema(plan.main), like=plan.main)
            # The newest comes last: until then it is the one in force.
            for one in reversed(plan.retired):
                if one.path != plan.main:
                    steps.move(one.path, self.retired_name(one.version))
            if plan.content is not None:
                steps.put(plan.main, plan.content)
            elif plan.kept is not None:
                steps.move(plan.main, plan.kept)
            if plan.again is not None:
                steps.drop(plan.again)


_BY_WHOM = Text(
    "请由能写这个文件夹的人办理；磁盘或配额满了的，先腾出空间",
    "let somebody do it who may write to this folder; where the disk or a quota is full, make room",
)


def _stem(folder: Path, wanted: Versioned, listed: Sequence[Kept]) -> str:
    """Return what the files of a schema are called.

    Raises:
        SchemaError: The name is another schema's, or its file is a link or cannot be read.
    """
    # Somebody may have given the file another name; then it stays.
    own = [one.path.name.removesuffix(SUFFIX) for one in listed if "@" not in one.path.name]
    for stem in dict.fromkeys((*own[:1], *wanted.stems)):
        path = folder / f"{stem}{SUFFIX}"
        if path.is_symlink():
            raise _is_link(path)
        held = read_head(path) if path.exists() else None
        if held is None or held.identifier == wanted.identifier:
            return stem
    raise _other_schema(folder / f"{wanted.stems[0]}{SUFFIX}", wanted)


def _versions(paths: Iterable[Path], identifier: str, *, is_retired: bool) -> Iterator[Kept]:
    """Yield the versions of a schema among some files; what is broken is passed over."""
    for path in paths:
        try:
            head = read_head(path)
        except SchemaError:
            continue
        if head is not None and head.identifier == identifier:
            yield Kept(path, head.version, head.sha256, is_retired)


def _is_link(path: Path) -> SchemaError:
    target = path.readlink()
    return SchemaError(
        Text(f"这是指向【{target}】的链接", f"this is a link to {target}"),
        hint=Text(
            "请用 --schema-dir 写明那个文件所在的文件夹，或者先删去这个链接",
            "name the folder of that file with --schema-dir, or remove the link first",
        ),
        where=str(path),
    )


def _other_schema(path: Path, wanted: Versioned) -> SchemaError:
    return SchemaError(
        Text(
            f"这个文件名已是另一种格式的，放不下【{wanted.identifier}】",
            f"the name belongs to another schema than {wanted.identifier}",
        ),
        hint=Text(
            "请先把那个文件移到别处，或者给它另取名字",
            "move that file away, or give it another name",
        ),
        where=str(path),
    )


def _changed_meanwhile(folder: Path) -> SchemaError:
    return SchemaError(
        Text(
            "在此期间别人改过这里的格式文件，没有写入",
            "somebody else changed the schemas here meanwhile; nothing was written",
        ),
        hint=Text("请重新执行，再看一次有什么不同", "run it again and look at what is different"),
        where=str(folder),
    )
