"""Reading and saving files: a save is done whole or not at all, and never over another's."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from disclosure_tui.data_class import dataclass
from disclosure_tui.errors import DocumentError
from disclosure_tui.language import Text
from disclosure_tui.store.file_rights import Given, Rights, share_with_folder_group
from disclosure_tui.store.in_place import write_in_place
from disclosure_tui.store.raw_files import (
    discard,
    open_new,
    read_regular,
    sync_folder,
    turn,
    write_all,
)
from disclosure_tui.store.save_errors import (
    BrokenLink,
    FileChanged,
    MetadataLost,
    PermissionLost,
    listed,
    refusal,
)
from disclosure_tui.store.source import LARGEST_FILE, too_large
from disclosure_tui.store.temporary import Temporary, sweep
from disclosure_tui.system_reasons import reason

__all__ = ["Saved", "read_bytes", "read_head", "save", "sweep"]

_NO_NEW_FILE = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_NO_RENAME = _NO_NEW_FILE | {errno.EXDEV, errno.EBUSY}
_NO_LINK = frozenset({errno.EPERM, errno.EACCES, errno.EOPNOTSUPP, errno.ENOSYS, errno.EXDEV})
_NOT_SURE = Text(
    "已经写入，但系统没有确认；这时断电可能找不到文件。",
    "Saved, but the system did not confirm it; a power cut now could lose the file.",
)
_IN_FOLDER = Text(
    "文件夹不允许换入新文件，已直接写入原文件（写入前做了备份）。",
    "The folder takes no new file; the file itself was written over, after a backup.",
)


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save did.

    Attributes:
        path: The file that was written, links followed.
        notes: What the person should know about it.
    """

    path: Path
    notes: tuple[Text, ...] = ()


def read_bytes(path: Path) -> bytes:
    """Return the content of a file.

    Raises:
        DocumentError: It is not there, is a folder, may not be read, or is too large.
    """
    try:
        content = read_regular(path, LARGEST_FILE + 1)
    except OSError as error:
        raise _unreadable(path, error) from error
    if len(content) > LARGEST_FILE:
        raise too_large(str(path))
    return content


def read_head(path: Path, size: int) -> bytes:
    """Return the first bytes of a file, without waiting for what is no file (a pipe).

    Raises:
        DocumentError: It is not there, is no file, or may not be read.
    """
    try:
        return read_regular(path, size)
    except OSError as error:
        raise _unreadable(path, error) from error


def save(
    path: Path, content: bytes, *, expected_sha256: str | None, accept_loss: bool = False
) -> Saved:
    """Put content into a file; whoever reads it meanwhile sees the old or the new, never half.

    Nothing is written when the file already holds the content. A symbolic link stays one; mode,
    group, access list and attributes stay, the owner as far as the system allows. A file with
    several names (hard links), or in a folder that takes no new file, is written over after a
    backup, and the result says so.

    Args:
        path: The file.
        content: All its bytes.
        expected_sha256: The hash of what was read, in hexadecimal; None to make a new file.
        accept_loss: Save even if rights or attributes of the file cannot be kept.

    Raises:
        SaveError: The disk holds what it held before; the subclass says why: `FileChanged`,
            `FileGone`, `NameTaken`, `MetadataLost`, `PermissionLost`, `DiskFull` and others. Only
            after `FileTorn` the file may be half written, and a whole backup is named.
    """
    try:
        target = _target(path)
        with turn(target.parent) as folder:
            notes: tuple[Text, ...] | None
            if expected_sha256 is None:
                notes = _create(target, content)
            else:
                notes = _Saving(path, target, content, expected_sha256, accept_loss).save()
            if notes is None:
                return Saved(target)
            if not sync_folder(folder):
                notes = (*notes, _NOT_SURE)
        return Saved(target, notes)
    except OSError as error:
        raise refusal(path, error) from error


def _target(path: Path) -> Path:
    """Return the file itself behind links."""
    try:
        return Path(os.path.realpath(path, strict=True))
    except FileNotFoundError:
        if path.is_symlink():
            raise BrokenLink(str(path), str(path.readlink()), in_circle=False) from None
        return Path(os.path.realpath(path.parent, strict=True)) / path.name
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise BrokenLink(str(path), "", in_circle=True) from None
        raise


def _create(target: Path, content: bytes) -> tuple[Text, ...]:
    """Make a new file; a link fails where another file took the name meanwhile."""
    if target.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    # The system cuts the mode by the mask, or by the default access list of the folder.
    with Temporary(target, 0o666) as temporary:
        temporary.write(content)
        notes = share_with_folder_group(temporary.descriptor, target.parent)
        temporary.sync()
        if _refused(_NO_LINK, lambda: temporary.link(target)):
            # A file system without hard links: the exclusive opening guards the name instead.
            _write_exclusively(target, content)
    return notes


def _write_exclusively(target: Path, content: bytes) -> None:
    descriptor = open_new(target, 0o666)
    try:
        write_all(descriptor, content)
        share_with_folder_group(descriptor, target.parent)
        os.fsync(descriptor)
    except BaseException:
        discard(target)
        raise
    finally:
        with contextlib.suppress(OSError):
            os.close(descriptor)


@dataclass(frozen=True, slots=True)
class _Saving:
    """One save of a file that exists."""

    path: Path
    target: Path
    content: bytes
    expected: str
    accept_loss: bool

    def save(self) -> tuple[Text, ...] | None:
        """Return notes; None where there was nothing to write."""
        held = read_regular(self.target, LARGEST_FILE + 1)
        if held == self.content:
            return None
        self._require_expected(held)
        if not os.access(self.target, os.W_OK, effective_ids=True):
            raise PermissionLost(str(self.path))
        names = self._number_of_names()
        if names > 1:
            self._write_in_place(held)
            return (
                Text(
                    f"这个文件有 {names} 个名字（硬链接），已直接写入原文件（写入前做了备份）。",
                    f"The file has {names} names (hard links); it was written over itself, "
                    "after a backup.",
                ),
            )
        notes = self._exchange()
        if notes is None:
            self._write_in_place(held)
            return (_IN_FOLDER,)
        return notes

    def _number_of_names(self) -> int:
        count = self.target.stat().st_nlink
        if count > 1 and sweep(self.target.parent):
            # A process killed while it made the file left it a second name.
            count = self.target.stat().st_nlink
        return count

    def _require_expected(self, held: bytes) -> None:
        if hashlib.sha256(held).hexdigest() != self.expected:
            raise FileChanged(str(self.path), held)

    def _check(self) -> None:
        self._require_expected(read_regular(self.target, LARGEST_FILE + 1))

    def _write_in_place(self, held: bytes) -> None:
        write_in_place(self.target, held, self.content, self._check, str(self.path))

    def _exchange(self) -> tuple[Text, ...] | None:
        """Put a new file in the place of the old; None where the folder does not let us."""
        rights = Rights.of(self.target)
        try:
            temporary = Temporary(self.target)
        except OSError as error:
            if error.errno in _NO_NEW_FILE:
                return None
            raise
        with temporary:
            temporary.write(self.content)
            given = rights.give_to(temporary.descriptor)
            if given.lost and not self.accept_loss:
                raise MetadataLost(str(self.path), given.lost)
            temporary.sync()
            self._check()
            if _refused(_NO_RENAME, lambda: temporary.replace(self.target)):
                return None
        return _notes(given)


def _refused(codes: frozenset[int], step: Callable[[], None]) -> bool:
    """Take a step; tell whether the system refused it for one of the reasons."""
    try:
        step()
    except OSError as error:
        if error.errno in codes:
            return True
        raise
    return False


def _notes(given: Given) -> tuple[Text, ...]:
    notes = []
    if given.lost:
        names = listed(given.lost)
        notes.append(Text(f"没有保留文件的{names.zh}。", f"Not kept: the {names.en} of the file."))
    if given.notes:
        names = listed(given.notes)
        notes.append(
            Text(
                f"文件的{names.zh}改成了您，其他人的权限没有变。",
                f"The file is yours now, not of its former {names.en}; the rights of others stay.",
            )
        )
    return tuple(notes)


def _unreadable(path: Path, error: OSError) -> DocumentError:
    where = str(path)
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return DocumentError(
            Text("找不到这个文件。", "There is no such file."),
            hint=Text("请核对文件名和所在的文件夹。", "Check the name and the folder."),
            where=where,
        )
    if error.errno == errno.EISDIR:
        return DocumentError(
            Text("这是一个文件夹，不是文件。", "This is a folder, not a file."),
            hint=Text("请写明文件夹里的哪个文件。", "Name the file inside the folder."),
            where=where,
        )
    if error.errno in (errno.ENODEV, errno.ENXIO):
        return DocumentError(
            Text("这是管道或设备，不是文件。", "This is a pipe or a device, not a file."),
            hint=Text("请写明报告文件的名字。", "Name the report file."),
            where=where,
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        what = Text("没有读取这个文件的权限。", "This file may not be read.")
        if path.is_dir():
            what = Text(
                "没有打开这个文件夹的权限，里面的文件都看不到。",
                "This folder may not be opened; no file in it can be seen.",
            )
        return DocumentError(
            what,
            hint=Text("请联系管理员开通权限。", "Ask the administrator for permission."),
            where=where,
        )
    return DocumentError(
        Text("读不出这个文件：", "The file cannot be read: ") + reason(error) + Text("。", "."),
        hint=Text("请稍后再试，或者联系管理员。", "Try again later, or ask the administrator."),
        where=where,
    )
