"""Why a file was not saved: each kind a class of its own, so that the screens can offer a way out.

Each says what happened, where, and what to do, in both languages.
"""

# ruff: noqa: N818 - the names say what happened to the file, not that it is an error
from __future__ import annotations

import errno
from pathlib import Path

from disclosure_tui.errors import SaveError
from disclosure_tui.language import Text
from disclosure_tui.system_reasons import reason

__all__ = [
    "BrokenLink",
    "DiskFull",
    "FileChanged",
    "FileGone",
    "FileTorn",
    "LockRefused",
    "MetadataLost",
    "NameTaken",
    "NotAFile",
    "PermissionLost",
    "QuotaExceeded",
    "ReadOnlyPlace",
    "listed",
    "refusal",
]

_ELSEWHERE = Text(
    "原来的文件没有动。请另存到别处，或者清理不用的文件后再试。",
    "The file was left as it was. Save elsewhere, or delete files you do not need and try again.",
)


class FileChanged(SaveError):
    """Somebody else saved the file since it was read.

    Attributes:
        content: What the disk holds now (no more than a little over the largest report).
    """

    def __init__(self, where: str, content: bytes) -> None:
        super().__init__(
            Text(
                "打开以后，别人改过这个文件，没有写入。",
                "Somebody changed the file since it was opened; nothing was saved.",
            ),
            hint=Text("请先核对文件现在的内容。", "Look at what the file holds now first."),
            where=where,
        )
        self.content = content


class FileGone(SaveError):
    """The file, or the folder it was in, is not there any more."""

    def __init__(self, where: str) -> None:
        super().__init__(
            Text(
                "文件或者所在的文件夹已经不在了，没有写入。",
                "The file or its folder is gone; nothing was saved.",
            ),
            hint=Text("请另存为新文件。", "Save it as a new file."),
            where=where,
        )


class NameTaken(SaveError):
    """A new file was to be made, and there is one of that name."""

    def __init__(self, where: str) -> None:
        super().__init__(
            Text("已经有同名的文件，没有覆盖。", "A file of this name exists; it was left alone."),
            hint=Text("请换一个文件名。", "Choose another name."),
            where=where,
        )


class NotAFile(SaveError):
    """A folder, a pipe or a device stands under the name."""

    def __init__(self, where: str) -> None:
        super().__init__(
            Text(
                "这个名字现在是文件夹或设备，不是文件，没有写入。",
                "A folder or a device has this name now, not a file; nothing was saved.",
            ),
            hint=Text("请换一个文件名另存。", "Save under another name."),
            where=where,
        )


class BrokenLink(SaveError):
    """A symbolic link leads nowhere, or in a circle."""

    def __init__(self, where: str, aim: str, *, in_circle: bool) -> None:
        if in_circle:
            what = Text(
                "这是一个符号链接，绕了一圈又指回自己，没有写入。",
                "This is a symbolic link that leads in a circle; nothing was saved.",
            )
        else:
            what = Text(
                f"这是一个符号链接，它指向的【{aim}】不存在，没有写入。",
                f"This is a symbolic link to {aim}, which does not exist; nothing was saved.",
            )
        hint = Text(
            "请写明真正的文件，或者换一个文件名另存。",
            "Name the file itself, or save under another name.",
        )
        super().__init__(what, hint=hint, where=where)


class PermissionLost(SaveError):
    """The person may not write this file (any more)."""

    def __init__(self, where: str) -> None:
        super().__init__(
            Text(
                "没有修改这个文件的权限，没有写入。",
                "You may not write here; nothing was saved.",
            ),
            hint=Text(
                "请另存到有权限的文件夹，或者联系管理员。",
                "Save to a folder of yours, or ask the administrator.",
            ),
            where=where,
        )


class DiskFull(SaveError):
    """No room on the disk."""

    def __init__(self, where: str) -> None:
        what = Text("磁盘已满，没有写入。", "The disk is full; nothing was saved.")
        super().__init__(what, hint=_ELSEWHERE, where=where)


class QuotaExceeded(SaveError):
    """The person's share of the disk is used up."""

    def __init__(self, where: str) -> None:
        what = Text("磁盘配额已用完，没有写入。", "Your disk quota is used up; nothing was saved.")
        super().__init__(what, hint=_ELSEWHERE, where=where)


class ReadOnlyPlace(SaveError):
    """The file system is mounted for reading only."""

    def __init__(self, where: str) -> None:
        super().__init__(
            Text("这个位置只能读取，没有写入。", "This place is read-only; nothing was saved."),
            hint=Text("请另存到别的文件夹。", "Save to another folder."),
            where=where,
        )


class MetadataLost(SaveError):
    """Saving would lose what belongs to the file besides its content; nothing was written.

    Attributes:
        lost: What would be lost; `save(..., accept_loss=True)` goes on without it.
    """

    def __init__(self, where: str, lost: tuple[Text, ...]) -> None:
        names = listed(lost)
        super().__init__(
            Text(
                f"保存会丢掉文件的{names.zh}，没有写入。",
                f"Saving would lose the {names.en} of the file; nothing was saved.",
            ),
            hint=Text(
                "确认不要紧的可以继续保存；否则请另存到别处，或者联系管理员。",
                "Go on if that does not matter; else save elsewhere or ask the administrator.",
            ),
            where=where,
        )
        self.lost = lost


class FileTorn(SaveError):
    """Writing in place broke off and the old content could not be put back.

    Attributes:
        backup: Where the old content is, whole.
    """

    def __init__(self, where: str, backup: Path) -> None:
        super().__init__(
            Text(
                "文件只写了一部分，系统就报错了。",
                "The system refused to go on after a part of the file had been written.",
            ),
            hint=Text(
                f"写入前的内容完整保存在【{backup}】。请另存到别处，并联系管理员。",
                f"What it held before is whole in {backup}. Save elsewhere and tell the "
                "administrator.",
            ),
            where=where,
        )
        self.backup = backup


class LockRefused(SaveError):
    """It cannot be noted down that the person is working on the file."""

    def __init__(self, where: str) -> None:
        super().__init__(
            Text(
                "没能登记您正在填报，别人打开时看不到。",
                "It could not be noted down that you are working here; others will not see it.",
            ),
            hint=Text(
                "可以接着填；保存时仍会核对别人有没有改过。",
                "You can go on; whether others changed the file is still checked when you save.",
            ),
            where=where,
        )


def listed(names: tuple[Text, ...]) -> Text:
    """Return names as one list."""
    return Text("、".join(name.zh for name in names), ", ".join(name.en for name in names))


def refusal(path: Path, error: OSError) -> SaveError:
    """Return what a refusal of the system means to the person."""
    where, code = str(path), error.errno
    kinds = {
        errno.ENOSPC: DiskFull,
        errno.EDQUOT: QuotaExceeded,
        errno.EACCES: PermissionLost,
        errno.EPERM: PermissionLost,
        errno.EROFS: ReadOnlyPlace,
        errno.ENOENT: FileGone,
        errno.ENOTDIR: FileGone,
        errno.ESTALE: FileGone,
        errno.EEXIST: NameTaken,
        errno.EISDIR: NotAFile,
        errno.ENODEV: NotAFile,
        errno.ENXIO: NotAFile,
    }
    if code in kinds:
        return kinds[code](where)
    return SaveError(
        Text("文件写不进去：", "The file cannot be written: ")
        + reason(error)
        + Text("；没有写入。", "; nothing was saved."),
        hint=Text(
            "原来的文件没有动。请稍后再试，或者另存到别处。",
            "The file was left as it was. Try again later, or save elsewhere.",
        ),
        where=where,
    )
