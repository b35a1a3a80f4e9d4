"""The editor with its way out taken away, to be typed at blindly: `python kept_open.py ...`.

The commands that leave, and those that write files, do nothing here. At SIGUSR1 it writes down
what it has in memory. Nothing of this is in the program itself.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from pathlib import Path
from unittest.mock import patch

from disclosure_tui.language import Language
from disclosure_tui.tui.app import DisclosureApp, open_editor
from disclosure_tui.tui.command import Command
from disclosure_tui.tui.screen import EditorScreen

LEAVING = {"quit", "save_elsewhere"}
SAVING = {"save"}


def main(report: Path, memory: Path, *, may_save: bool) -> int:
    """Open a report; only a signal ends it."""
    removed = LEAVING if may_save else LEAVING | SAVING
    run_command, mounted = EditorScreen.run_command, DisclosureApp.on_mount

    async def run(screen: EditorScreen, command: Command) -> None:
        if command.identifier not in removed:
            await run_command(screen, command)

    def on_mount(app: DisclosureApp) -> None:
        mounted(app)
        asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, write_down, app, memory)

    with (
        patch.object(EditorScreen, "run_command", run),
        patch.object(DisclosureApp, "on_mount", on_mount),
    ):
        return open_editor(report, Language.CHINESE).code


def write_down(app: DisclosureApp, memory: Path) -> None:
    """Write what the program has in memory, all of it at once."""
    (session,) = app.sessions
    held = {
        "text": session.document.encode().decode(),
        "drafts": {str(pointer): text for pointer, text in session.drafts.items()},
    }
    unfinished = memory.with_suffix(".part")
    unfinished.write_text(json.dumps(held), encoding="utf-8")
    unfinished.replace(memory)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), may_save=sys.argv[3] == "saving"))
