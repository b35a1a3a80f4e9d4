"""Make the editable install work under a path that the machine's locale cannot read.

At its start Python reads `.pth` files in the encoding of the locale, in UTF-8 mode too: under
a Latin-1 locale a Chinese path in one leads nowhere. A line of code in plain ASCII does not
depend on the locale.
"""

from __future__ import annotations

import os
import sysconfig
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src"


def main() -> None:
    """Rewrite the `.pth` file of the editable install."""
    folder = Path(sysconfig.get_path("purelib"))
    for path in folder.glob("*disclosure_tui*.pth"):
        escaped = os.fsencode(SOURCE)
        path.write_text(f"import os, sys; sys.path.append(os.fsdecode({escaped!r}))\n", "ascii")


if __name__ == "__main__":
    main()
