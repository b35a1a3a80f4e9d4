"""Tries an installed version, as this account and as one without any rights."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from spoken import Refused

__all__ = ["try_out"]

_NOBODY = 65534
_LIBRARIES = "import docx, lxml.etree, openpyxl, typst, xlsxwriter"
_TIMEOUT = 120


def try_out(version: Path) -> None:
    """Check a report with a version, and load the libraries that are binary.

    Raises:
        Refused: It does not work here.
    """
    python = [str(version / "bin" / "python"), "-I", "-B", "-X", "utf8"]
    sample = version / "share" / "samples" / "complete" / "sqs-2023.yaml"
    check = [*python, "-m", "disclosure_tui", "check", str(sample)]
    _run(check, None)
    _run([*python, "-c", _LIBRARIES], None)
    if os.geteuid() == 0:
        _run(check, _NOBODY)


def _run(command: list[str], account: int | None) -> None:
    # The umask and the locale of the clerk may be anything; so may what Python finds in the home.
    environment = {"PATH": os.defpath, "HOME": "/nonexistent", "LANG": "C"}
    groups = [] if account is not None else None
    try:
        done = subprocess.run(
            command,
            cwd="/",
            env=environment,
            user=account,
            group=account,
            extra_groups=groups,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_TIMEOUT,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        code, printed = 1, str(error)
    else:
        code, printed = done.returncode, done.stdout.decode("utf-8", "replace").strip()
    if code == 0:
        return
    if account is None:
        raise Refused(
            f"试运行没有成功，没有安装：\n{printed}",
            f"a trial run did not succeed; nothing was installed:\n{printed}",
        )
    raise Refused(
        "其他账号运行不了，没有安装。请看安装文件夹和 Python 的各级文件夹是否允许别人进入"
        f"（chmod o+rx）：\n{printed}",
        "other accounts cannot run it; nothing was installed. See that every folder above the "
        f"prefix and above Python is open to others (chmod o+rx):\n{printed}",
    )
