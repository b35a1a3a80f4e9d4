"""Check the shipped schemas in full, rules included; keep the digests of those that passed.

prove_schemas.py            write the list (make schemas)
prove_schemas.py --check    exit 1 if it is stale: the program would check them at each start
"""

from __future__ import annotations

import sys
from pathlib import Path
from unittest.mock import patch

from disclosure_tui.report_type import load_schema_file
from disclosure_tui.rules.registry import item_schemas
from disclosure_tui.schema import loader, proved

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "src/disclosure_tui/schema" / proved.FILE


def main(arguments: list[str]) -> int:
    """Write the list, or say that it is stale."""
    paths = sorted((ROOT / "schemas").glob("*.schema.json"))
    fresh = proved.listed((path.read_bytes() for path in paths), item_schemas())
    if arguments == ["--check"]:
        if LIST.is_file() and LIST.read_text(encoding="utf-8") == fresh:
            return 0
        print(f"{LIST.name} is stale; run make schemas", file=sys.stderr)
        return 1
    with patch.object(loader, "is_proved", lambda _: False):
        for path in paths:
            load_schema_file(path, "package")
    LIST.write_text(fresh, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
