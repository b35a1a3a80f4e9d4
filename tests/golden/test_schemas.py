"""The two editions compared, in both languages and formats, byte for byte.

After an intended change: `DISCLOSURE_GOLDEN=write make test`, then look at the difference.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from disclosure_tui import __version__
from disclosure_tui.cli.main import run

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "schemas"
EDITIONS = tuple(f"schemas/gov-info-annual-{edition}.schema.json" for edition in (2019, 2021))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("form", ["text", "json"])
def test_what_changed_between_the_editions(
    form: str,
    language: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(ROOT)
    assert run(["schema", "diff", *EDITIONS, "--format", form, "--lang", language]) == 1
    # Digests and versions change with every word of a schema.
    shown = re.sub("[0-9a-f]{64}", "DIGEST", capsys.readouterr().out)
    shown = re.sub("(校验码|digest) [0-9a-f]{12}", r"\1 DIGEST", shown)
    shown = re.sub(r'(版本|version"?:?) "?20[0-9]+\.[0-9.]+"?', r"\1 VERSION", shown)
    shown = shown.replace(f'"{__version__}"', "VERSION")
    place = GOLDEN / f"editions.{language}.{'txt' if form == 'text' else 'json'}"
    if os.environ.get("DISCLOSURE_GOLDEN") == "write":
        place.write_text(shown, encoding="utf-8")
    assert shown == place.read_text(encoding="utf-8")
