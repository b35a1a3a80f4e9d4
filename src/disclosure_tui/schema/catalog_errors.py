"""What the catalogue says when a schema cannot be told: what, where, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text
from disclosure_tui.model.schema_source import SHOWN_DIGITS
from disclosure_tui.schema.entry import CatalogEntry
from disclosure_tui.schema.known_names import meant_or_known
from disclosure_tui.schema.pins import Pin
from disclosure_tui.system_reasons import reason

__all__ = [
    "ambiguous",
    "conflict",
    "doubted",
    "no_such_version",
    "not_trusted",
    "other_digest",
    "unknown",
    "unreadable_folder",
    "unused_overlay",
]


def unknown(name: str, names: Sequence[str]) -> SchemaError:
    """There is no such report type."""
    return SchemaError(
        Text(f"没有找到【{name}】的格式文件", f"there is no schema for {name!r}"),
        hint=meant_or_known(name, names),
    )


def unused_overlay(path: Path) -> SchemaError:
    """An overlay lies where nothing may add to a trusted schema."""
    return SchemaError(
        Text("补充规定不在本级的文件夹里，没有采用", "this overlay is no district's: not used"),
        hint=Text(
            "请放进本级总文件夹的 schemas 里；试用的，用 --schema-dir 写明它的文件夹",
            "put it into schemas in the district's folder; to try it, name its folder with "
            "--schema-dir",
        ),
        where=str(path),
    )


def conflict(one: CatalogEntry, other: CatalogEntry) -> SchemaError:
    """Two files say they are the same version of one schema, and are not."""
    return SchemaError(
        Text(
            f"格式【{one.identifier}】的版本 {one.version} 有两个内容不同的文件："
            f"【{one.path}】（校验码 {one.sha256[:SHOWN_DIGITS]}）和"
            f"【{other.path}】（校验码 {other.sha256[:SHOWN_DIGITS]}）",
            f"version {one.version} of {one.identifier} has different contents in two files: "
            f"{one.path} (digest {one.sha256[:SHOWN_DIGITS]}) and "
            f"{other.path} (digest {other.sha256[:SHOWN_DIGITS]})",
        ),
        hint=Text(
            "请删去不该用的一个；改过的要换版本号（x-report.version）",
            "remove the one that is not to be used; what was changed needs a version of its own "
            "(x-report.version)",
        ),
        where=str(one.path),
    )


def ambiguous(one: CatalogEntry, other: CatalogEntry) -> SchemaError:
    """Two schemas of one folder say they are the same report type."""
    return SchemaError(
        Text(
            f"同一文件夹里有两种格式都叫【{one.name}】："
            f"【{one.path}】（{one.identifier}）和【{other.path}】（{other.identifier}）",
            f"two schemas of one folder are called {one.name}: {one.path} ({one.identifier}) and "
            f"{other.path} ({other.identifier})",
        ),
        hint=Text(
            "请给其中一种换名称（x-report.type 或 x-report.edition）",
            "give one of them another name (x-report.type or x-report.edition)",
        ),
        where=str(one.path),
    )


def other_digest(pin: Pin, entry: CatalogEntry) -> SchemaError:
    """The version that is asked for has other contents than it had."""
    return SchemaError(
        Text(
            f"指定的格式校验码是 {pin.sha256[:SHOWN_DIGITS]}，"
            f"而【{entry.path}】（版本 {entry.version}）的是 {entry.sha256[:SHOWN_DIGITS]}",
            f"the digest of the schema is to be {pin.sha256[:SHOWN_DIGITS]}, but that of "
            f"{entry.path} (version {entry.version}) is {entry.sha256[:SHOWN_DIGITS]}",
        ),
        hint=Text(
            "请核对格式文件的来源；确认无误的，改写或删去指定的校验码",
            "find out where the schema comes from; if it is the right one, correct or remove the "
            "digest",
        ),
        where=pin.where,
    )


def no_such_version(name: str, pin: Pin, known: Iterable[CatalogEntry]) -> SchemaError:
    """The version that is asked for is nowhere that counts."""
    there = [
        Text(
            f"{entry.version}【{entry.path}】" + ("" if entry.trusted else "（不可信）"),
            f"{entry.version} in {entry.path}" + ("" if entry.trusted else " (not trusted)"),
        )
        for entry in known
    ]
    asked = pin.version or pin.sha256[:SHOWN_DIGITS]
    return SchemaError(
        Text(
            f"没有指定的格式【{name}】版本 {asked}",
            f"there is no version {asked} of {name}, which is asked for",
        ),
        hint=Text(
            "已有的版本：" + "，".join(text.zh for text in there) + "。请放入这个版本，或改写指定",
            "there are: "
            + ", ".join(text.en for text in there)
            + "; add that version, or ask for another",
        ),
        where=pin.where,
    )


def not_trusted(entry: CatalogEntry) -> SchemaError:
    """Only trusted schemas may be used, and none of them is of this report type."""
    why = Text("", "") if entry.doubt is None else Text("：", ": ") + entry.doubt
    return SchemaError(
        Text(
            f"【{entry.name}】的格式文件只在不可信的地方有，按要求不采用",
            f"the schema for {entry.name} is only in a place that is not trusted, so it is refused",
        )
        + why,
        hint=Text(
            "请由管理员把它放进本级的 schemas 文件夹；或者去掉 --trusted-only",
            "have the administrator put it into the district's folder schemas, "
            "or leave out --trusted-only",
        ),
        where=str(entry.path),
    )


def doubted(path: Path, doubt: Text) -> SchemaError:
    """A folder or a file is not trusted."""
    return SchemaError(
        Text("这里的格式不可信：", "schemas here are not trusted: ") + doubt, where=str(path)
    )


def unreadable_folder(folder: Path, error: OSError) -> SchemaError:
    """A folder cannot be looked into."""
    if isinstance(error, NotADirectoryError):
        why = Text("这不是文件夹", "it is no folder")
    elif isinstance(error, FileNotFoundError):
        why = Text("链接所指的文件夹不存在", "its link leads nowhere")
    else:
        why = reason(error)
    return SchemaError(
        Text("格式文件夹打不开：", "the folder of schemas cannot be read: ") + why,
        where=str(folder),
    )
