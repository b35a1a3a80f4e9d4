"""Why a version of a schema is not put in force, each with what to do."""

from __future__ import annotations

from pathlib import Path

from disclosure_tui.amending.shelf import Shelf, Versioned
from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text
from disclosure_tui.schema.overlay_entry import OverlayEntry
from disclosure_tui.schema.pins import Pin

__all__ = [
    "not_here",
    "not_in_force",
    "not_trusted",
    "nothing_before",
    "older",
    "other_contents",
    "pinned",
    "second_overlay",
]


def not_trusted(folder: Path, doubt: Text) -> SchemaError:
    """Everybody may write into the folder, so nothing in it would be used."""
    what = Text("放在这里的格式不会采用：", "a schema in this folder would not be used: ")
    return SchemaError(what + doubt, where=str(folder))


def other_contents(wanted: Versioned, path: Path, sha256: str) -> SchemaError:
    """The version is known with other bytes."""
    return SchemaError(
        Text(
            f"版本 {wanted.version} 已经有了，内容不同：【{path}】的校验码是 {sha256}，"
            f"这个文件的是 {wanted.sha256}",
            f"version {wanted.version} is there with other contents: {path} has the digest "
            f"{sha256}, this file {wanted.sha256}",
        ),
        hint=Text(
            "内容改了就要换版本号，请向发文单位核对",
            "what is different needs another version; ask whoever issued it",
        ),
    )


def older(wanted: Versioned, version: str, path: Path) -> SchemaError:
    """The file is older than what is there."""
    return SchemaError(
        Text(
            f"这个文件是版本 {wanted.version}，比现有的 {version} 旧",
            f"this file is version {wanted.version}, older than {version}, which is there",
        ),
        hint=Text(
            "要换回旧版本的，用 disclosure schema rollback；确实要用这个文件的，加 --older",
            "to go back use disclosure schema rollback; "
            "to install this file nevertheless add --older",
        ),
        where=str(path),
    )


def second_overlay(other: OverlayEntry) -> SchemaError:
    """The folder has another overlay over the same schema."""
    return SchemaError(
        Text(
            f"这里已有另一份补充规定【{other.head.identifier}】，一级只能有一份",
            f"there is another overlay already, {other.head.identifier}; there can be one only",
        ),
        hint=Text("请并到一份，或者先移走那一份", "join them, or move that one away first"),
        where=str(other.path),
    )


def pinned(name: str, version: str, pin: Pin) -> SchemaError:
    """The district asks for a version, whatever lies in the folder."""
    return SchemaError(
        Text(
            f"本级已指定【{name}】用版本 {version}，换版本要改这个指定",
            f"the district asks for version {version} of {name}; change it there",
        ),
        hint=Text(
            f"请在 schema_versions 下改写 {name} 的版本，或者删去这一行",
            f"write another version of {name} under schema_versions, or remove the line",
        ),
        where=pin.where,
    )


def not_here(path: Path, folder: Path) -> SchemaError:
    """What is in force lies in another folder."""
    return SchemaError(
        Text(
            f"现在采用的是【{path}】，不在【{folder}】里，没有可以撤回的",
            f"{path} is in force, which is not in {folder}; nothing to roll back",
        ),
        hint=Text(
            "它在别的文件夹里的，请用 --schema-dir 写明那个文件夹",
            "if it lies in another folder, name that folder with --schema-dir",
        ),
    )


def not_in_force(name: str) -> SchemaError:
    """No overlay is in force over the schema."""
    return SchemaError(
        Text(f"【{name}】没有在用的补充规定", f"no overlay is in force over {name}"),
        hint=Text("请看 disclosure schema list", "see disclosure schema list"),
    )


def nothing_before(now: str, shelf: Shelf, version: str) -> SchemaError:
    """There is no earlier version, or not the one that is asked for."""
    what = Text(f"没有比 {now} 早的版本可以换回", f"there is no version before {now}")
    if version:
        what = Text(
            f"没有比 {now} 早的版本 {version}", f"there is no version {version} before {now}"
        )
    listed = list(dict.fromkeys(one.version for one in shelf.listed))
    return SchemaError(
        what,
        hint=Text(
            f"这个文件夹里有：{'、'.join(listed)}", f"there are in this folder: {', '.join(listed)}"
        ),
        where=str(shelf.folder),
    )
