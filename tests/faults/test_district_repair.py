"""The commands that `disclosure doctor --district` prints, run: then everybody may what they may.

Where groups have to be made, the folder /etc is a copy that only this test sees.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from unit.store.accounts import CLERK, COLLEAGUE, REVIEWER, needs_acl_tools, needs_root

pytestmark = [pytest.mark.slow, needs_root, needs_acl_tools]

STEPS = r"""
set -eu
cp -a /etc/. "$OWN_ETC"
mount --bind "$OWN_ETC" /etc
doctor() { "$PYTHON" -m disclosure_tui doctor --lang en "$@"; }
as() { setpriv --reuid "$1" --regid "$2" --clear-groups sh -c "umask 077; cd /; $3"; }
refused() { if "$@" 2>/dev/null; then echo "was allowed: $*"; exit 9; fi; }

refused doctor --district "$ROOT" --unit tyj --unit slx --commands >"$SCRIPT"
test ! -e "$ROOT"
sh -eu "$SCRIPT"
doctor --district "$ROOT"

report="$ROOT/units/tyj/2025/tyj-2025.yaml"
as "$CLERK" u-tyj "mkdir '$ROOT/units/tyj/2025'; echo 'year: 2025' >'$report'"
as "$COLLEAGUE" u-tyj "echo '# seen' >>'$report'"
as "$REVIEWER" nb-review "cat '$report' >/dev/null"
refused as "$REVIEWER" nb-review "echo x >>'$report'"
refused as "$REVIEWER" nb-review "touch '$ROOT/units/tyj/2025/x'"
refused as "$COLLEAGUE" u-slx "cat '$report'"
refused as "$COLLEAGUE" u-slx "ls '$ROOT/units/tyj'"
as "$REVIEWER" nb-review "cp '$report' '$ROOT/received/tyj/tyj-2025.1.yaml'"
as "$CLERK" u-tyj "cat '$ROOT/received/tyj/tyj-2025.1.yaml' >/dev/null"
refused as "$CLERK" u-tyj "echo x >>'$ROOT/received/tyj/tyj-2025.1.yaml'"
as "$CLERK" nb-schema "echo '{}' >'$ROOT/schemas/a.schema.json'"
as "$COLLEAGUE" u-slx "cat '$ROOT/schemas/a.schema.json' '$ROOT/disclosure.yaml' >/dev/null"
refused as "$COLLEAGUE" u-slx "echo x >>'$ROOT/disclosure.yaml'"
doctor --district "$ROOT"

setfacl -b "$ROOT/units/slx" && chmod 700 "$ROOT/units/slx" && chgrp 0 "$ROOT/units/slx"
setfacl -k "$ROOT/received/slx"
chmod 777 "$ROOT/schemas"
chmod 600 "$report"
echo private >"$ROOT/units/tyj/2025/.tyj-2025.yaml.journal"
chmod 600 "$ROOT/units/tyj/2025/.tyj-2025.yaml.journal"
refused doctor --district "$ROOT" --commands >"$SCRIPT"
sh -eu "$SCRIPT"
doctor --district "$ROOT"
as "$REVIEWER" nb-review "cat '$report' >/dev/null"
test "$(stat -c %a "$ROOT/units/tyj/2025/.tyj-2025.yaml.journal")" = 600
"""


@pytest.fixture
def place() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="disclosure-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_the_commands_repair_a_district(place: Path) -> None:
    if shutil.which("unshare") is None or subprocess.run(["unshare", "-m", "true"]).returncode:
        pytest.skip("mounts of one's own are refused here: unshare -m")
    (place / "etc").mkdir()
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", STEPS],
        env={
            **os.environ,
            "PYTHON": sys.executable,
            "OWN_ETC": str(place / "etc"),
            "ROOT": str(place / "示例区 2025"),
            "SCRIPT": str(place / "repair.sh"),
            "CLERK": str(CLERK),
            "COLLEAGUE": str(COLLEAGUE),
            "REVIEWER": str(REVIEWER),
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
