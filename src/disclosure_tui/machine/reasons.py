"""Words the reasons of the system in both languages."""

from __future__ import annotations

import errno

from disclosure_tui.language import Text

__all__ = ["reason"]

_REASONS = {
    errno.ENOENT: Text("没有这个文件或文件夹", "there is no such file or folder"),
    errno.ENOTDIR: Text("路径中有一段不是文件夹", "a part of the path is no folder"),
    errno.EACCES: Text("没有权限", "it is not allowed"),
    errno.EPERM: Text("没有权限", "it is not allowed"),
    errno.ELOOP: Text("链接绕成了一圈", "links lead in a circle"),
    errno.ENAMETOOLONG: Text("名称太长", "the name is too long"),
    errno.EIO: Text("磁盘读写出错", "the disk cannot be read"),
    errno.ESTALE: Text("文件服务器没有回应", "the file server does not answer"),
    errno.ENOTCONN: Text("文件服务器没有回应", "the file server does not answer"),
    errno.ETIMEDOUT: Text("文件服务器没有回应", "the file server does not answer"),
    errno.EMFILE: Text("打开的文件太多", "too many files are open"),
    errno.ENFILE: Text("打开的文件太多", "too many files are open"),
    errno.ENOMEM: Text("内存不够", "there is not enough memory"),
}


def reason(error: Exception) -> Text:
    """Return why something cannot be looked at."""
    number = getattr(error, "errno", None)
    if number in _REASONS:
        return _REASONS[number]
    if number is not None:
        detail = getattr(error, "strerror", None) or str(error)
        return Text(f"系统报错（错误号 {number}）", f"the system says: {detail}")
    name = type(error).__name__
    return Text(f"出了意外（{name}）", " ".join(f"{name} {error}".split()))
