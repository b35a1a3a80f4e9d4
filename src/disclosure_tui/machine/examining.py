"""Everything that is looked at on a machine, in the order in which it is told."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from disclosure_tui.language import Text
from disclosure_tui.machine import probes
from disclosure_tui.machine.condition import Condition, Found, Inquiry, advice, good
from disclosure_tui.machine.district import Departure, departures
from disclosure_tui.machine.district_probe import district_facts
from disclosure_tui.machine.editor import wanted_editor
from disclosure_tui.machine.program import (
    judge_editor,
    judge_encoding,
    judge_faces,
    judge_office,
    judge_program,
    judge_settings,
)
from disclosure_tui.machine.schemas import judge_schemas
from disclosure_tui.machine.storage import (
    judge_clock,
    judge_folder,
    judge_own_folder,
    judge_space,
    judge_temporary,
)
from disclosure_tui.machine.terminal import (
    Terminal,
    judge_colours,
    judge_locale,
    judge_multiplexer,
    judge_size,
    judge_widths,
)
from disclosure_tui.schema.catalog import Catalog
from disclosure_tui.settings import Settings, district_root

__all__ = ["conditions", "inquiries"]


def conditions(asked: Sequence[Inquiry[Any]]) -> list[Condition]:
    """Look at everything asked for, one after the other."""
    return [inquiry.made() for inquiry in asked]


def inquiries(
    folder: Path, settings: Settings, catalog: Callable[[], Catalog]
) -> list[Inquiry[Any]]:
    """Return what is to be looked at.

    Args:
        folder: Where the reports are.
        settings: The settings as they were read.
        catalog: Finds the schemas for that folder.
    """
    # Asked once: the terminal takes its time, and would hear the question three times.
    terminal: Callable[[], Terminal] = lru_cache(maxsize=1)(probes.terminal)
    return [
        Inquiry(Text("程序", "Program"), probes.program, judge_program),
        Inquiry(Text("UTF-8 模式", "UTF-8 mode"), probes.encoding, judge_encoding),
        Inquiry(Text("语言环境", "Locale"), probes.locale_settings, judge_locale),
        Inquiry(Text("tmux", "tmux"), probes.multiplexer, judge_multiplexer),
        Inquiry(Text("终端和颜色", "Terminal"), terminal, judge_colours),
        Inquiry(Text("字符宽度", "Widths"), terminal, judge_widths),
        Inquiry(Text("窗口大小", "Window"), terminal, judge_size),
        Inquiry(Text("报告文件夹", "Reports"), partial(probes.folder, folder), judge_folder),
        Inquiry(Text("剩余空间", "Space left"), partial(probes.space, folder), judge_space),
        Inquiry(Text("个人文件夹", "Own folder"), probes.own_folder, judge_own_folder),
        Inquiry(Text("临时文件夹", "Temporary"), probes.temporary_folder, judge_temporary),
        Inquiry(Text("本级文件夹", "District"), partial(_district, folder), _judge_district),
        Inquiry(Text("格式", "Schemas"), lambda: probes.schemas(catalog()), judge_schemas),
        Inquiry(Text("PDF 字体", "PDF face"), probes.faces, judge_faces),
        Inquiry(Text("Word、Excel", "Word, Excel"), probes.missing_libraries, judge_office),
        Inquiry(Text("时钟", "Clock"), partial(probes.clock, folder), judge_clock),
        Inquiry(Text("编辑器", "Editor"), partial(wanted_editor, os.environ), judge_editor),
        Inquiry(Text("设置", "Settings"), lambda: settings.faults, judge_settings),
    ]


def _district(folder: Path) -> tuple[Path, list[Departure]] | None:
    """Look at the district that a folder belongs to."""
    root = district_root(folder)
    return None if root is None else (root, list(departures(district_facts(root))))


def _judge_district(found: tuple[Path, list[Departure]] | None) -> Found:
    if found is None:
        return good(Text("不在本级文件夹里", "not in the folders of one"))
    root, told = found
    if not told:
        return good(Text(f"{root}，权限都对", f"{root}, all rights as they should be"))
    return advice(
        Text(f"{root}，{len(told)} 处和约定不同", f"{root}, {len(told)} not as agreed"),
        Text("请管理员查看（只显示改正的命令，不执行）：", "The administrator can see what to do:"),
        commands=(f"disclosure doctor --district {shlex.quote(str(root))}",),
    )
