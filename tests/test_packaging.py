"""The wheel, installed into an empty environment, works outside of the repository."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.slow
def test_the_wheel_checks_a_report_outside_of_the_repository(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "--wheel-dir", str(tmp_path), str(ROOT)], check=True)
    wheel = next(tmp_path.glob("*.whl"))
    names = zipfile.ZipFile(wheel).namelist()
    assert "disclosure_tui/schemas/gov-info-annual-2021.schema.json" in names
    assert "disclosure_tui/schema/dialect.schema.json" in names

    environment = tmp_path / "empty"
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    python = environment / "bin" / "python"
    lock = ROOT / "requirements" / "runtime.txt"
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, "--require-hashes", "-r", str(lock)], check=True)
    subprocess.run([*install, "--no-deps", str(wheel)], check=True)

    report = tmp_path / "年报.yaml"
    report.write_bytes((ROOT / "samples/complete/sqs-2023.yaml").read_bytes())
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    program = environment / "bin" / "disclosure"
    done = subprocess.run(
        [str(program), "check", report.name],
        cwd=tmp_path,
        env=clean,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "没有问题" in done.stdout
