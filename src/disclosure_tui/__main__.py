"""Entry point of the program: settles the text encoding, then hands over to the command line."""

import gc
import os
import sys


def main() -> int:
    """Run the command line in UTF-8 mode, whatever the locale of the machine says.

    A server set to a Latin-1 locale cannot print a Chinese sentence or open a Chinese path
    unless the interpreter runs in UTF-8 mode, which can only be chosen at its start: so the
    program starts itself once more.
    """
    if not sys.flags.utf8_mode and "DISCLOSURE_RESTARTED" not in os.environ:
        encoding = sys.getfilesystemencoding().lower().replace("-", "")
        if encoding != "utf8" or (sys.stdout and sys.stdout.encoding.lower() != "utf-8"):
            environment = {**os.environ, "PYTHONUTF8": "1", "DISCLOSURE_RESTARTED": "1"}
            command = [sys.executable, "-m", "disclosure_tui", *sys.argv[1:]]
            os.execve(sys.executable, command, environment)  # noqa: S606
    gc.disable()  # until a command begins: nothing that modules make while they load is garbage
    from disclosure_tui.cli.main import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
