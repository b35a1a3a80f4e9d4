"""Reading and saving files: a save is done whole or not at all, and never over another's."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
from pathlib import Path

from disclosure_tui.errors import DocumentError, SaveError
from disclosure_tui.language import Text
from disclosure_tui.store.source import LARGEST_FILE, too_large

__all__ = ["read_bytes", "save"]

_REFUSED_PERMISSIONS = (errno.EACCES, errno.EPERM)


def read_bytes(path: Path) -> bytes:
    """Return the content of a file.

    Raises:
        DocumentError: It is not there, is a folder, may not be read, or is too large.
    """
    try:
        if path.exists() and not path.is_dir() and not path.is_file():
            # A pipe or a device would keep the program waiting.
            content, waits = b"", True
        else:
            with path.open("rb") as file:
                content, waits = file.read(LARGEST_FILE + 1), False
    except OSError as error:
        raise _unreadable(path, error) from error
    if waits:
        raise _unreadable(path, OSError(errno.EINVAL, os.strerror(errno.EINVAL)))
    if len(content) > LARGEST_FILE:
        raise too_large(str(path))
    return content


def save(path: Path, content: bytes, *, expected_sha256: str | None) -> None:
    """Put content into a file; whoever reads it meanwhile sees the old or the new, never half.

    Nothing is written when the file already holds the content. A symbolic link stays one; mode,
    group, owner and access lists stay as far as the system allows.

    Args:
        path: The file.
        content: All its bytes.
        expected_sha256: The hash of what was read, in hexadecimal; None to make a new file.

    Raises:
        SaveError: The file is not what was read, or cannot be written. The disk holds what it
            held before.
    """
    target = Path(os.path.realpath(path))
    try:
        if expected_sha256 is None:
            _create(target, content)
            return
        held = target.read_bytes()
        if hashlib.sha256(held).hexdigest() != expected_sha256:
            raise _changed_meanwhile(path)
        if held != content:
            _replace(target, content)
    except FileExistsError as error:
        raise _exists(path) from error
    except FileNotFoundError as error:
        raise _gone(path) from error
    except OSError as error:
        raise _unwritable(path, error) from error


def _create(target: Path, content: bytes) -> None:
    """Make a new file; a link fails where another file took the name meanwhile."""
    if target.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    temporary = _temporary(target)
    try:
        _write(temporary, content, 0o666)
        try:
            os.link(temporary, target)
        except OSError as error:
            if error.errno == errno.EEXIST:
                raise
            # A file system without hard links: the exclusive opening guards the name instead.
            _write_exclusively(target, content)
        _sync_folder(target.parent)
    finally:
        _discard(temporary)


def _write_exclusively(target: Path, content: bytes) -> None:
    try:
        _write(target, content, 0o666)
    except FileExistsError:
        raise
    except OSError:
        _discard(target)
        raise


def _replace(target: Path, content: bytes) -> None:
    temporary = _temporary(target)
    try:
        # Nobody else may read the content before the mode of the original is set.
        _write(temporary, content, 0o600, like=target)
        temporary.replace(target)
    except BaseException:
        _discard(temporary)
        raise
    _sync_folder(target.parent)


def _temporary(target: Path) -> Path:
    """Return the name of our temporary file; one that a dead process of this number left goes."""
    # Names may have 255 bytes; a very long one is shortened here only.
    name = target.name.encode()[:200].decode(errors="ignore")
    temporary = target.with_name(f".{name}.{os.getpid()}.tmp")
    _discard(temporary)
    return temporary


def _write(path: Path, content: bytes, mode: int, like: Path | None = None) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0)
    descriptor = os.open(path, flags, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        if like is not None:
            _copy_rights(like, file.fileno())
        os.fsync(file.fileno())


def _copy_rights(source: Path, descriptor: int) -> None:
    """Give a file the owner, group, mode and extended attributes (access lists) of another."""
    status = source.stat()
    own = os.fstat(descriptor)
    # Setting the owner needs privileges that a clerk lacks, the group often not: try each alone.
    if own.st_gid != status.st_gid:
        with contextlib.suppress(OSError):
            os.fchown(descriptor, -1, status.st_gid)
    if own.st_uid != status.st_uid:
        with contextlib.suppress(OSError):
            os.fchown(descriptor, status.st_uid, -1)
    os.fchmod(descriptor, status.st_mode & 0o7777)
    if not hasattr(os, "listxattr"):
        return
    with contextlib.suppress(OSError):
        for name in os.listxattr(source):
            with contextlib.suppress(OSError):
                os.setxattr(descriptor, name, os.getxattr(source, name))


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power loss; some network folders cannot."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    except OSError:
        # A folder that may be written but not listed; the file itself is already in place.
        return
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
    finally:
        os.close(descriptor)


def _discard(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()


def _unreadable(path: Path, error: OSError) -> DocumentError:
    where = str(path)
    if error.errno == errno.ENOENT or error.errno == errno.ENOTDIR:
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
    if error.errno in _REFUSED_PERMISSIONS:
        return DocumentError(
            Text("没有读取这个文件的权限。", "This file may not be read."),
            hint=Text("请联系管理员开通权限。", "Ask the administrator for permission."),
            where=where,
        )
    return DocumentError(
        Text(
            f"读取文件时系统报错（错误号 {error.errno}）。",
            f"The system could not read the file: {os.strerror(error.errno or 0)}.",
        ),
        where=where,
    )


def _unwritable(path: Path, error: OSError) -> SaveError:
    hint: Text | None = None
    if error.errno == errno.ENOSPC:
        what = Text("磁盘已满，没有保存。", "The disk is full; nothing was saved.")
        hint = Text("请清理空间后再保存。", "Free some space and save again.")
    elif error.errno == errno.EDQUOT:
        what = Text("空间配额已用完，没有保存。", "Your quota is used up; nothing was saved.")
        hint = Text("请清理文件或者联系管理员。", "Delete files or ask the administrator.")
    elif error.errno in _REFUSED_PERMISSIONS:
        what = Text("没有写入权限，没有保存。", "You may not write here; nothing was saved.")
        hint = Text(
            "请另存到有权限的文件夹，或者联系管理员。",
            "Save to a folder of yours, or ask the administrator.",
        )
    elif error.errno == errno.EROFS:
        what = Text("这个位置只能读取，没有保存。", "This place is read-only; nothing was saved.")
        hint = Text("请另存到别的文件夹。", "Save to another folder.")
    else:
        what = Text(
            f"写入文件时系统报错（错误号 {error.errno}），没有保存。",
            f"The system could not write the file: {os.strerror(error.errno or 0)}; "
            "nothing was saved.",
        )
    return SaveError(what, hint=hint, where=str(path))


def _changed_meanwhile(path: Path) -> SaveError:
    return SaveError(
        Text(
            "打开以后，别人改过这个文件，没有保存。",
            "Somebody changed the file since it was opened; nothing was saved.",
        ),
        hint=Text("请先核对文件现在的内容。", "Look at what the file holds now first."),
        where=str(path),
    )


def _gone(path: Path) -> SaveError:
    return SaveError(
        Text(
            "文件或者所在的文件夹已经不在了，没有保存。",
            "The file or its folder is gone; nothing was saved.",
        ),
        hint=Text("请另存为新文件。", "Save it as a new file."),
        where=str(path),
    )


def _exists(path: Path) -> SaveError:
    return SaveError(
        Text("已经有同名的文件，没有覆盖。", "A file of this name exists; it was left alone."),
        hint=Text("请换一个文件名。", "Choose another name."),
        where=str(path),
    )
