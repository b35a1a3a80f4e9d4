"""What belongs to a file besides its content: mode, group, owner, access list, attributes."""

from __future__ import annotations

import errno
import grp
import os
import pwd
import stat
from collections.abc import Callable, Mapping
from pathlib import Path

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text, same
from disclosure_tui.store.access_list import ACCESS, DEFAULT, grants, without_group

__all__ = ["Given", "Rights", "share_with_folder_group"]

_NOT_ALLOWED = frozenset(
    {
        errno.EPERM,
        errno.EACCES,
        errno.EOPNOTSUPP,
        errno.ENOSYS,
        errno.EINVAL,
        errno.E2BIG,
        errno.ERANGE,
    }
)
# They sign the content itself, so they cannot stay when the content changes.
_SIGNATURES = frozenset({"security.ima", "security.evm"})
_HAS_ATTRIBUTES = hasattr(os, "listxattr")


@dataclass(frozen=True, slots=True)
class Given:
    """What could not be given to the new file.

    Attributes:
        lost: What somebody would miss.
        notes: What is only worth saying.
    """

    lost: tuple[Text, ...]
    notes: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Rights:
    """Rights and attributes of a file as it stands on the disk.

    Attributes:
        status: Its mode, owner and group.
        attributes: Its extended attributes, the access list among them; None for a value that
            cannot be read.
    """

    status: os.stat_result
    attributes: Mapping[str, bytes | None]

    @classmethod
    def of(cls, path: Path) -> Rights:
        """Read the rights of a file.

        Raises:
            OSError: The system refuses for another reason than that it keeps no attributes.
        """
        return cls(path.stat(), _attributes(path))

    def give_to(self, descriptor: int) -> Given:
        """Give an open new file the same rights; the order matters, the mode comes after the group.

        Raises:
            OSError: Disk full, quota, or the disk itself; not: what the person may not do.
        """
        lost: list[Text] = []
        notes: list[Text] = []
        mode = stat.S_IMODE(self.status.st_mode)
        attributes = dict(self.attributes)
        group_kept = self._give_group(descriptor)
        if not group_kept:
            lost.append(_group_text(self.status.st_gid))
            # What the right group might do, the wrong one must not.
            mode = mode & ~0o070 | mode & (mode & 0o007) << 3
            access = attributes.get(ACCESS)
            if access is not None:
                attributes[ACCESS] = without_group(access)
        if not self._give_owner(descriptor):
            (notes if self._owner_is_served() else lost).append(_owner_text(self.status.st_uid))
        changed = _allowed(lambda: os.fchmod(descriptor, mode))
        lost += _give_attributes(descriptor, attributes)
        now = stat.S_IMODE(os.fstat(descriptor).st_mode)
        if not changed or (group_kept and now != mode):
            lost.append(Text("权限", "mode"))
        return Given(tuple(lost), tuple(notes))

    def _give_group(self, descriptor: int) -> bool:
        if os.fstat(descriptor).st_gid == self.status.st_gid:
            return True
        return _allowed(lambda: os.fchown(descriptor, -1, self.status.st_gid))

    def _give_owner(self, descriptor: int) -> bool:
        if os.fstat(descriptor).st_uid == self.status.st_uid:
            return True
        return _allowed(lambda: os.fchown(descriptor, self.status.st_uid, -1))

    def _owner_is_served(self) -> bool:
        """Tell whether the old owner may do with the file what they could, though not theirs."""
        owner_may = self.status.st_mode >> 6 & 0o6
        group_may, user_may = self.status.st_mode >> 3 & 0o7, 0
        access = self.attributes.get(ACCESS)
        if access is not None:
            group_may, user_may = grants(access, self.status.st_uid)
        if owner_may & ~user_may == 0:
            return True
        try:
            name = pwd.getpwuid(self.status.st_uid).pw_name
            groups = os.getgrouplist(name, -1)
        except (KeyError, OSError):
            return False
        return self.status.st_gid in groups and owner_may & ~group_may == 0


def share_with_folder_group(descriptor: int, folder: Path) -> tuple[Text, ...]:
    """Let the group of a folder use a new file as it may use the folder.

    With a default access list the system has seen to that. A folder that hands its group on
    (setgid) says the same less clearly, and a strict umask (077) would undo it.

    Returns:
        A note if the group could not be let in.
    """
    status = folder.stat()
    if not status.st_mode & stat.S_ISGID or DEFAULT in _attributes(folder):
        return ()
    own = os.fstat(descriptor)
    wanted = stat.S_IMODE(own.st_mode) | status.st_mode & 0o060
    if own.st_gid != status.st_gid or wanted == stat.S_IMODE(own.st_mode):
        return ()
    try:
        os.fchmod(descriptor, wanted)
    except OSError:
        return (
            Text(
                "新文件没能开放给所属组，同组的人可能打不开，请联系管理员。",
                "The new file could not be opened to the group of the folder; "
                "ask the administrator.",
            ),
        )
    return ()


def _allowed(step: Callable[[], None]) -> bool:
    """Take a step; tell whether the person may, and let all other refusals of the system pass."""
    try:
        step()
    except OSError as error:
        if error.errno in _NOT_ALLOWED:
            return False
        raise
    return True


def _attributes(path: Path) -> dict[str, bytes | None]:
    if not _HAS_ATTRIBUTES:
        return {}
    found: dict[str, bytes | None] = {}
    try:
        names = os.listxattr(path)
    except OSError as error:
        if error.errno in _NOT_ALLOWED:
            return {}
        raise
    for name in names:
        try:
            found[name] = os.getxattr(path, name)
        except OSError as error:
            if error.errno == errno.ENODATA:
                continue
            if error.errno not in _NOT_ALLOWED:
                raise
            found[name] = None
    return found


def _give_attributes(descriptor: int, wanted: Mapping[str, bytes | None]) -> list[Text]:
    if not _HAS_ATTRIBUTES:
        return []
    lost = []
    if ACCESS not in wanted:
        # The default list of the folder gave the new file one that the original has not.
        try:
            os.removexattr(descriptor, ACCESS)
        except OSError as error:
            if error.errno != errno.ENODATA and error.errno not in _NOT_ALLOWED:
                raise
    for name, value in wanted.items():
        if name in _SIGNATURES or (value is not None and _has(descriptor, name, value)):
            continue
        if value is None or not _set(descriptor, name, value):
            lost.append(_attribute_text(name))
    return lost


def _has(descriptor: int, name: str, value: bytes) -> bool:
    try:
        return os.getxattr(descriptor, name) == value
    except OSError:
        return False


def _set(descriptor: int, name: str, value: bytes) -> bool:
    return _allowed(lambda: os.setxattr(descriptor, name, value))


def _attribute_text(name: str) -> Text:
    if name == ACCESS:
        return Text("访问控制列表", "access list")
    return Text("扩展属性【", "extended attribute ") + same(name) + Text("】", "")


def _group_text(gid: int) -> Text:
    try:
        name = grp.getgrgid(gid).gr_name
    except KeyError:
        name = str(gid)
    return Text(f"所属组【{name}】", f"group {name}")


def _owner_text(uid: int) -> Text:
    try:
        name = pwd.getpwuid(uid).pw_name
    except KeyError:
        name = str(uid)
    return Text(f"所有者【{name}】", f"owner {name}")
