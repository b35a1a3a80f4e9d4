"""Judges the places that files are written to: rights, space, quota; and the clock they go by."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text, same
from disclosure_tui.machine.condition import Found, advice, fault, good

__all__ = [
    "Clock",
    "Folder",
    "Group",
    "Quota",
    "Space",
    "judge_clock",
    "judge_folder",
    "judge_own_folder",
    "judge_space",
    "judge_temporary",
]

_MEBIBYTE = 1 << 20
_NO_SPACE, _LITTLE_SPACE = 20 * _MEBIBYTE, 200 * _MEBIBYTE
"""A unit's year with its products takes less than 5 MB; saving needs the file twice."""
_NO_FILES = 100
_MAKE_ROOM = Text(
    "请删去不要的文件，或请管理员增加。", "Delete what is not needed, or ask for more."
)
_EARLIEST = datetime(2025, 1, 1, tzinfo=UTC)
_SKEW = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Group:
    """The group that a folder belongs to, seen from the person's account.

    Attributes:
        name: Its name, or number.
        may_write: Whether its members may write there.
        is_mine: Whether the session has it.
        is_mine_on_paper: Whether the account has it: a session keeps what it had at its login.
    """

    name: str
    may_write: bool
    is_mine: bool
    is_mine_on_paper: bool


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder.

    Attributes:
        path: As the person named it.
        exists: Whether it is there, and a folder.
        may_read: Whether the person may list it.
        may_write: Whether the person may write there.
        is_read_only: Whether nobody may: the file system is mounted so.
        group: The group it belongs to, or None.
    """

    path: str
    exists: bool
    may_read: bool = False
    may_write: bool = False
    is_read_only: bool = False
    group: Group | None = None


@dataclass(frozen=True, slots=True)
class Quota:
    """What one file system allows the account, in KiB or in files.

    Attributes:
        used: How much is used.
        soft: From where on the account is warned, or 0.
        hard: What cannot be exceeded, or 0.
    """

    used: int
    soft: int
    hard: int

    @property
    def is_full(self) -> bool:
        """Tell whether nothing more can be written."""
        return 0 < self.hard <= self.used

    @property
    def is_exceeded(self) -> bool:
        """Tell whether the account has been warned, and has some days left."""
        return 0 < self.soft < self.used


@dataclass(frozen=True, slots=True)
class Space:
    """What is left where reports are written.

    Attributes:
        free_bytes: For this account.
        free_files: How many more files, or None where there is no such limit.
        quotas: What the account is allowed; empty where there are none or nobody can say.
    """

    free_bytes: int
    free_files: int | None = None
    quotas: tuple[Quota, ...] = ()


@dataclass(frozen=True, slots=True)
class Clock:
    """The time.

    Attributes:
        now: With its zone.
        newest: When the newest file of the folder was written, or None.
        newest_name: Its name.
    """

    now: datetime
    newest: datetime | None = None
    newest_name: str = ""


def judge_folder(folder: Folder) -> Found:
    """Judge the folder that reports stand in."""
    path = same(folder.path)
    if not folder.exists:
        return fault(
            path + Text("，没有这个文件夹", ": there is no such folder"),
            Text("请看路径是否写对；父文件夹是否允许进入。", "See whether the path is right."),
        )
    if not folder.may_read:
        return fault(path + Text("，无权打开", ": not allowed to open it"), *_join(folder.group))
    if folder.may_write:
        return good(path + Text("，可读可写", ", can be read and written"))
    if folder.is_read_only:
        return advice(
            path + Text("，整个磁盘只读", ": the whole file system is read only"),
            Text(
                "可以查看和校验；要填报，请管理员重新挂载。",
                "Reports can be read and checked; to write, it has to be mounted anew.",
            ),
        )
    return advice(
        path + Text("，只读：可以查看和校验，不能填报", ", read only: to look at and check"),
        *_join(folder.group),
    )


def _join(group: Group | None) -> tuple[Text, ...]:
    """Say how to come by the rights of a group."""
    if group is None or not group.may_write or group.is_mine:
        return ()
    if group.is_mine_on_paper:
        return (
            Text(
                f"您已在组【{group.name}】里，请退出登录后重新登录",
                f"This account is in the group {group.name}: log out and in again",
            ),
        )
    return (
        Text(
            f"要填报的，请管理员把您加入组【{group.name}】",
            f"To fill in, have this account added to the group {group.name}",
        ),
    )


def judge_own_folder(folder: Folder) -> Found:
    """Judge the folder of what belongs to the person: settings, work that is not saved yet."""
    path = same(folder.path)
    if folder.exists and folder.may_write:
        return good(path)
    if not folder.path:
        what = Text("这个账号没有个人文件夹", "this account has no home folder")
    elif not folder.exists:
        what = path + Text("，没有这个文件夹", ": there is no such folder")
    else:
        what = path + Text("，不能写", ": cannot be written")
    return advice(
        what,
        Text(
            "设置记不住；只读的报告里没有保存的内容也记不住。请管理员建立。",
            "Settings are not kept, nor unsaved work on reports in read-only folders.",
        ),
    )


def judge_temporary(folder: Folder) -> Found:
    """Judge the folder for temporary files."""
    if folder.exists and folder.may_write:
        return good(same(folder.path))
    return fault(
        Text("没有可写的", "none can be written"),
        Text("请管理员放开，或者先设一个：", "Have it opened, or set another:"),
        commands=('export TMPDIR="$HOME"',),
    )


def judge_space(space: Space) -> Found:
    """Judge what is left: of the disk, of its files, of the account's share."""
    left = same(_size(space.free_bytes))
    if any(quota.is_full for quota in space.quotas):
        return fault(
            Text("磁盘配额已用完，不能保存", "the quota is used up, nothing can be saved"),
            Text(
                "请删去不要的文件，或请管理员增加。", "Delete what is not needed, or ask for more."
            ),
        )
    if space.free_files is not None and space.free_files < _NO_FILES:
        return fault(
            Text(
                f"磁盘只能再放 {space.free_files} 个文件",
                f"the disk has room for {space.free_files} more files only",
            ),
            _MAKE_ROOM,
        )
    if space.free_bytes < _NO_SPACE:
        return fault(
            Text("只剩 ", "only ") + left + Text("，可能存不下", " left, saving may not succeed"),
            Text(
                "请删去不要的文件，或请管理员增加。", "Delete what is not needed, or ask for more."
            ),
        )
    if any(quota.is_exceeded for quota in space.quotas):
        return advice(
            Text("超过配额的提醒线，过几天就不能写了", "over the quota; in some days writing ends"),
            Text("请删去不要的文件。", "Delete what is not needed."),
        )
    if space.free_bytes < _LITTLE_SPACE:
        return advice(
            Text("剩 ", "") + left + Text("，不多了", " left, which is not much"),
            Text("请删去不要的文件。", "Delete what is not needed."),
        )
    quota = Text("，配额没有用完", ", within the quota") if space.quotas else Text("", "")
    return good(Text("剩 ", "") + left + Text("", " left") + quota)


def judge_clock(clock: Clock) -> Found:
    """Judge the clock: deadlines, dates of saves and who holds a report go by it."""
    now = same(clock.now.strftime("%Y-%m-%d %H:%M UTC%z"))
    set_it = Text("请管理员校准：", "The administrator can set it:")
    commands = ("timedatectl", "sudo timedatectl set-ntp true")
    if clock.now < _EARLIEST:
        return fault(now + Text("，时间不对", ": that cannot be right"), set_it, commands=commands)
    if clock.newest is not None and clock.newest > clock.now + _SKEW:
        minutes = int((clock.newest - clock.now) / timedelta(minutes=1))
        return advice(
            now
            + Text(
                f"，文件 {clock.newest_name} 的时间却晚 {minutes} 分钟",
                f", but {clock.newest_name} is {minutes} minutes younger than that",
            ),
            Text(
                "本机或文件服务器的时钟不准。请管理员校准：",
                "This machine's clock or the file server's is wrong. It can be set:",
            ),
            commands=commands,
        )
    return good(now)


def _size(size: int) -> str:
    """Return a size as people say it: the largest unit with a whole number."""
    for unit, name in ((_MEBIBYTE << 20, "TiB"), (_MEBIBYTE << 10, "GiB"), (_MEBIBYTE, "MiB")):
        if size >= unit:
            return f"{size // unit} {name}"
    return f"{size // 1024} KiB"
