"""Installs a version, switches between versions, uninstalls: run by install.sh and its kin."""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from package import Package
from prefix import STAGING, Prefix
from spoken import Refused, remedy, said, say
from trying import try_out
from unpacking import unpack

_INTERRUPTED, _REFUSED, _FAILED = 130, 2, 3
_INTERRUPTING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupted(BaseException):
    """Somebody, or the system, ended the installation."""


def main() -> int:
    """Do what was asked; whatever happens, the version in use stays whole."""
    os.umask(0o022)
    for number in _INTERRUPTING:
        signal.signal(number, _interrupt)
    options = _options().parse_args()
    act: Callable[[argparse.Namespace], None] = options.act
    try:
        act(options)
    except Refused as refusal:
        sys.stderr.write(f"{refusal}\n")
        return _REFUSED
    except Interrupted:
        say("已中止，没有改动。", "Interrupted; nothing was changed.")
        return _INTERRUPTED
    except OSError as error:
        zh, en = remedy(error)
        say(
            f"系统报错，没有启用新的版本：{error}。{zh}",
            f"the system refuses, no other version was taken into use: {error}. {en}",
        )
        return _FAILED
    except Exception as error:
        # A fault of the installer: named, for whoever is to mend it, and nothing half is left.
        name = f"{type(error).__name__}: {error}"
        say(f"安装程序自身出错，没有改动：{name}", f"the installer failed, nothing changed: {name}")
        return _FAILED
    return 0


def _options() -> argparse.ArgumentParser:
    is_root = os.geteuid() == 0
    parser = argparse.ArgumentParser(prog="install.sh", allow_abbrev=False)
    acts = parser.add_subparsers(required=True)
    install = acts.add_parser("install", prog="install.sh", allow_abbrev=False)
    install.add_argument("--from", dest="source", type=Path, help=argparse.SUPPRESS)
    install.add_argument(
        "--prefix",
        type=Path,
        default=Path("/opt/disclosure-tui") if is_root else _home(".local/opt/disclosure-tui"),
        help=said("安装到哪个文件夹", "the folder of all versions") + " (%(default)s)",
    )
    link = install.add_mutually_exclusive_group()
    link.add_argument(
        "--link",
        type=Path,
        default=Path("/usr/local/bin/disclosure") if is_root else _home(".local/bin/disclosure"),
        help=said("命令的链接", "the link that is the command") + " (%(default)s)",
    )
    link.add_argument(
        "--no-link",
        action="store_const",
        const=None,
        dest="link",
        help=said("不建链接", "make no link"),
    )
    install.set_defaults(act=_install)
    versions = acts.add_parser("versions", prog="versions.sh", allow_abbrev=False)
    versions.add_argument("--prefix", type=Path, required=True, help=argparse.SUPPRESS)
    choice = versions.add_mutually_exclusive_group()
    choice.add_argument("--use", metavar="VERSION", help=said("改用这个版本", "take it into use"))
    choice.add_argument("--remove", metavar="VERSION", help=said("删去这个版本", "remove it"))
    versions.set_defaults(act=_versions)
    uninstall = acts.add_parser("uninstall", prog="uninstall.sh", allow_abbrev=False)
    uninstall.add_argument("--prefix", type=Path, required=True, help=argparse.SUPPRESS)
    uninstall.set_defaults(act=_uninstall)
    return parser


def _install(options: argparse.Namespace) -> None:
    package = Package.checked(options.source)
    prefix = Prefix(options.prefix.absolute())
    link = None if options.link is None else options.link.absolute()
    prefix.require_link(link)
    prefix.make()
    with prefix.held():
        name = _name_for(prefix, package)
        target = prefix.folder / name
        if prefix.digest_of(name) == package.digest and _works(target):
            say(f"{name} 已经装好。", f"{name} is installed already.")
        else:
            try:
                _place(prefix, package, target)
            except BaseException:
                prefix.remove_if_empty()
                raise
        _see_through()
        prefix.switch(name, link)
    command = link or prefix.current / "bin" / "disclosure"
    say(f"已安装 {name}：{command}", f"installed {name}: {command}")
    others = [one for one in prefix.versions() if one != name]
    if others:
        say(
            f"以前的版本还在：{'、'.join(others)}。改回去：{prefix.folder}/versions.sh --use 版本",
            f"earlier versions are kept: {', '.join(others)}. "
            f"To go back: {prefix.folder}/versions.sh --use VERSION",
        )


def _name_for(prefix: Prefix, package: Package) -> str:
    """Return the folder of a version: one that is in use is never changed under its users."""
    there = prefix.digest_of(package.version)
    is_free = there is None and not os.path.lexists(prefix.folder / package.version)
    if is_free or there == package.digest:
        return package.version
    return f"{package.version}-{package.digest[:8]}"


def _works(version: Path) -> bool:
    try:
        try_out(version)
    except Refused:
        return False
    return True


def _place(prefix: Prefix, package: Package, target: Path) -> None:
    """Make the folder of a version aside, try it, and give it its name."""
    staging = Path(tempfile.mkdtemp(prefix=STAGING, dir=prefix.folder))
    try:
        unpack(package, staging, target)
        try_out(staging)
        os.sync()  # the name must not be on the disk before the content
        if target.is_dir():  # damaged: it was tried
            target.rename(prefix.folder / f"{STAGING}{target.name}")
        staging.rename(target)
        shutil.rmtree(prefix.folder / f"{STAGING}{target.name}", ignore_errors=True)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise


def _versions(options: argparse.Namespace) -> None:
    prefix = Prefix(options.prefix)
    asked = options.use or options.remove
    # Looking needs no rights; only who changes something keeps others away.
    with prefix.held() if asked else contextlib.nullcontext():
        if asked and asked not in prefix.versions():
            raise Refused(f"没有安装 {asked}。", f"{asked} is not installed.")
        if options.use:
            try_out(prefix.folder / asked)
            _see_through()
            prefix.switch(asked, None)
        elif options.remove:
            if asked == prefix.in_use:
                raise Refused(
                    f"{asked} 正在使用，没有删去。请先用 --use 换一个版本。",
                    f"{asked} is in use and was not removed. First take another into use.",
                )
            _see_through()
            prefix.remove(asked)
        for name in prefix.versions():
            sys.stdout.write(f"{'*' if name == prefix.in_use else ' '} {name}\n")


def _uninstall(options: argparse.Namespace) -> None:
    prefix = Prefix(options.prefix)
    with prefix.held():
        _see_through()
        left = prefix.remove_all()
    say(
        "已删去程序。设置（/etc/disclosure-tui、各人的 ~/.config/disclosure-tui）、"
        "没有保存的内容和报告都没有动。",
        "The program is removed. Settings (/etc/disclosure-tui, ~/.config/disclosure-tui), "
        "unsaved work and reports were not touched.",
    )
    if left:
        told = ", ".join(left)
        say(
            f"{prefix.folder} 里还有别的文件，留着：{told}",
            f"{prefix.folder} holds other files, which stay: {told}",
        )


def _home(path: str) -> Path:
    try:
        return Path.home() / path
    except RuntimeError:
        return Path(os.devnull) / path


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    # Once is enough: what is cleared up is cleared up whole.
    _see_through()
    raise Interrupted


def _see_through() -> None:
    """Take no interruption from now on: what changes the version in use is done and told whole."""
    for number in _INTERRUPTING:
        signal.signal(number, signal.SIG_IGN)


if __name__ == "__main__":
    sys.exit(main())
