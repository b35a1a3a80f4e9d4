"""Runs axe-core on a page in headless Chromium and returns what it says.

axe-core is a development tool from the npm registry: `npm ci` in tools/accessibility.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
AXE = ROOT / "tools/accessibility/node_modules/axe-core/axe.min.js"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

_RUN = """
<script>
axe.run(document, {resultTypes: ["violations", "incomplete"]}).then(result => {
  const told = document.createElement("pre");
  told.id = "axe-result";
  told.textContent = JSON.stringify({
    rules: result.passes.length + result.violations.length + result.incomplete.length,
    version: result.testEngine.version,
    violations: result.violations,
    incomplete: result.incomplete,
  });
  document.body.append(told);
});
</script>
"""


def browser() -> str | None:
    """Return the browser of the machine, or None."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def missing() -> str:
    """Say what the check lacks on this machine; empty if it can run."""
    if browser() is None:
        return "no Chromium on this machine"
    if not AXE.is_file():
        return "axe-core is not there: npm ci in tools/accessibility"
    return ""


def accessibility(page: str, folder: Path, width: int = 1200) -> dict[str, Any]:
    """Check a page.

    Args:
        page: The HTML.
        folder: Where the browser may write.
        width: Pixels of the window.
    """
    script = AXE.read_text(encoding="utf-8").replace("</script>", "<\\/script>")
    file = folder / "page.html"
    checked = page.replace("</body>", f"<script>{script}</script>{_RUN}</body>")
    assert checked != page
    file.write_text(checked, encoding="utf-8")
    dom = headless(
        folder,
        "--dump-dom",
        "--virtual-time-budget=60000",
        f"--window-size={width},900",
        file.as_uri(),
    )
    found = re.search(r'<pre id="axe-result">(.*?)</pre>', dom, re.S)
    assert found, "axe did not come to an end"
    result: dict[str, Any] = json.loads(unescape(found[1]))
    return result


def headless(folder: Path, *arguments: str) -> str:
    """Run the browser once and return what it prints."""
    program = browser()
    assert program is not None
    done = subprocess.run(
        [
            program,
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            f"--user-data-dir={folder / 'profile'}",
            *arguments,
        ],
        capture_output=True,
        timeout=300,
        check=True,
    )
    return done.stdout.decode()
