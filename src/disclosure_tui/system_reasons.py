"""Why the system refused something, in both languages: the one table of its error numbers.

What to do about it, and what became of the file, is said by who asked the system.
"""

from __future__ import annotations

import errno

from disclosure_tui.language import Text

__all__ = ["reason"]

_NOT_ALLOWED = Text("没有权限", "it is not allowed")
_NO_FILE = Text("这不是普通文件", "it is no regular file")
_NO_ANSWER = Text("文件服务器没有回应", "the file server does not answer")
_MANY_OPEN = Text("打开的文件太多", "too many files are open")
_REASONS = {
    errno.ENOENT: Text("没有这个文件或文件夹", "there is no such file or folder"),
    errno.ENOTDIR: Text("路径中有一段不是文件夹", "a part of the path is no folder"),
    errno.EISDIR: Text("这是文件夹", "it is a folder"),
    errno.ENODEV: _NO_FILE,
    errno.ENXIO: _NO_FILE,
    errno.ENOEXEC: Text("这不是程序", "it is no program"),
    errno.EEXIST: Text("已经有同名的", "one of this name exists"),
    errno.EACCES: _NOT_ALLOWED,
    errno.EPERM: _NOT_ALLOWED,
    errno.EROFS: Text("这个位置只能读取", "this place is read-only"),
    errno.ENOSPC: Text("磁盘已满", "the disk is full"),
    errno.EDQUOT: Text("磁盘配额已用完", "your disk quota is used up"),
    errno.EFBIG: Text("文件太大", "the file is too large"),
    errno.ELOOP: Text("链接绕成了一圈", "links lead in a circle"),
    errno.ENAMETOOLONG: Text("名称太长", "the name is too long"),
    errno.EIO: Text("磁盘读写出错", "the disk has an error"),
    errno.EBUSY: Text("正被别的程序使用", "another program is using it"),
    errno.ESTALE: _NO_ANSWER,
    errno.ENOTCONN: _NO_ANSWER,
    errno.ETIMEDOUT: _NO_ANSWER,
    errno.EMFILE: _MANY_OPEN,
    errno.ENFILE: _MANY_OPEN,
    errno.ENOMEM: Text("内存不够", "there is not enough memory"),
}


def reason(error: Exception) -> Text:
    """Return why something was refused: a part of a sentence."""
    number = getattr(error, "errno", None)
    if number in _REASONS:
        return _REASONS[number]
    if number is not None:
        detail = getattr(error, "strerror", None) or str(error)
        return Text(f"系统报错（错误号 {number}）", f"the system says: {detail}")
    name = type(error).__name__
    return Text(f"出了意外（{name}）", " ".join(f"{name} {error}".split()))
