"""Copy the shared parts in schemas/core into every schema that embeds them.

A published schema is one self-contained file: the parts it refers to stand under `$defs`, each
with its own `$id`. Only these copies are replaced, the rest of the file keeps its layout.

    embed_core.py             write the copies (make schemas)
    embed_core.py --check     exit 1 and name the files whose copies are stale
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path

SCHEMAS = Path(__file__).resolve().parent.parent / "schemas"
OBJECT_VALUE = re.compile(r'"[^"\\\n]+":\s*(?=\{)')
FOREIGN_REFERENCE = re.compile(r'"\$ref":\s*"(urn:[^"#]+)')


class EmbedError(Exception):
    """A schema that cannot be made self-contained."""


def read_parts(folder: Path) -> dict[str, str]:
    """Return the text of every shared part by its `$id`."""
    parts: dict[str, str] = {}
    for path in sorted(folder.glob("*.json")):
        text = path.read_text(encoding="utf-8").strip()
        identifier = json.loads(text)["$id"]
        if identifier in parts:
            raise EmbedError(f"{path.name}: $id {identifier} is taken by another part")
        parts[identifier] = text
    return parts


def find_copy(text: str, identifier: str) -> tuple[int, int, int] | None:
    """Return the span of the embedded object with this `$id` and the indentation of its line."""
    if f'"{identifier}"' not in text:
        return None
    decoder = json.JSONDecoder()
    for key in OBJECT_VALUE.finditer(text):
        value, end = decoder.raw_decode(text, key.end())
        if value.get("$id") == identifier:
            line = text.rfind("\n", 0, key.start()) + 1
            indent = len(text[line:]) - len(text[line:].lstrip(" "))
            return key.end(), end, indent
    return None


def embed(text: str, parts: dict[str, str]) -> str:
    """Return the schema's text with every embedded part as it is in `parts`."""
    for identifier, part in parts.items():
        copy = find_copy(text, identifier)
        if copy is not None:
            start, end, indent = copy
            text = text[:start] + part.replace("\n", "\n" + " " * indent) + text[end:]
    for identifier in sorted(set(FOREIGN_REFERENCE.findall(text))):
        if identifier in parts and find_copy(text, identifier) is None:
            hint = f'add {{"$id": "{identifier}"}} under $defs'
            raise EmbedError(f"refers to {identifier} without embedding it; {hint}")
    return text


def main(arguments: list[str] | None = None) -> int:
    """Bring the embedded copies up to date, or say which are not."""
    parser = argparse.ArgumentParser(description="Embed the parts in schemas/core.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if stale")
    parser.add_argument("--schemas", type=Path, default=SCHEMAS, help="folder of the schemas")
    options = parser.parse_args(arguments)
    parts = read_parts(options.schemas / "core")
    failed = False
    for path in sorted(options.schemas.glob("*.schema.json")):
        text = path.read_text(encoding="utf-8")
        try:
            fresh = embed(text, parts)
        except (EmbedError, json.JSONDecodeError) as error:
            print(f"{path.name}: {error}", file=sys.stderr)
            failed = True
            continue
        if fresh == text:
            continue
        if options.check:
            print(f"{path.name}: an embedded part is stale; run make schemas", file=sys.stderr)
            failed = True
        else:
            path.write_text(fresh, encoding="utf-8")
            print(f"{path.name}: embedded parts written")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
