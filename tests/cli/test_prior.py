"""`disclosure prior`: last year's report shown, named, typed in."""

from __future__ import annotations

import hashlib
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from disclosure_tui.cli.main import run
from disclosure_tui.opening import open_document

SAMPLES = Path(__file__).parents[2] / "samples"
CARRIED = "/requests/carried_forward/natural_person"


@pytest.fixture(autouse=True)
def _somebody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DISCLOSURE_LANG", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("DISCLOSURE_NAME", "李某")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a report that says nothing of last year."""
    shutil.copyfile(SAMPLES / "faulty/X-PRIOR.yaml", tmp_path / "now.yaml")
    return tmp_path / "now.yaml"


def test_what_is_missing_is_listed(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = path.read_bytes()
    assert run(["prior", str(path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "没有找到上年年报"
    assert f"_ {CARRIED}  表三 四、结转下年 自然人" in lines
    assert path.read_bytes() == before


def test_a_file_is_noted_with_its_digest(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = path.parent / "2022/old.yaml"
    other.parent.mkdir()
    text = path.read_text(encoding="utf-8").replace("year: 2023", "year: 2022")
    other.write_text(text, encoding="utf-8")
    assert run(["prior", str(path), "--file", str(other)]) == 0
    digest = hashlib.sha256(other.read_bytes()).hexdigest()
    assert open_document(path).data["prior"] == {"file": "2022/old.yaml", "sha256": digest}
    assert "已与上年年报核对 2022/old.yaml" in capsys.readouterr().out
    assert run(["prior", str(path), "--figure", CARRIED, "1"]) != 0
    assert "已写明上年年报的文件" in capsys.readouterr().err


@pytest.mark.parametrize(("file", "says"), [("none.yaml", "找不到"), ("now.yaml", "应为 2022 年")])
def test_a_file_that_cannot_be_it_is_refused(
    path: Path, capsys: pytest.CaptureFixture[str], file: str, says: str
) -> None:
    before = path.read_bytes()
    assert run(["prior", str(path), "--file", str(path.parent / file)]) != 0
    assert says in capsys.readouterr().err
    assert path.read_bytes() == before


def test_figures_of_a_printed_report(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fee = "/proactive/article_20_8/fees/amount"
    assert run(["prior", str(path), "--figure", CARRIED, "１", "--figure", fee, "0.40"]) == 0
    assert run(["prior", str(path), "--figure", "requests.carried_forward.total", "1"]) == 0
    assert open_document(path).data["prior"] == {
        "values": {CARRIED: 1, fee: Decimal("0.40"), "/requests/carried_forward/total": 1},
        "source": "纸质年报",
        "by": "李某",
    }
    out = capsys.readouterr().out
    assert "已与录入的上年数核对" in out
    assert out.splitlines()[-1].startswith("_ ")
    for pointer in (CARRIED, fee, "/requests/carried_forward/total"):
        assert run(["prior", str(path), "--figure", pointer, ""]) == 0
    assert open_document(path).data["prior"] is None


def test_what_is_no_figure_is_refused(path: Path) -> None:
    before = path.read_bytes()
    assert run(["prior", str(path), "--figure", "/requests/carried_over", "1"]) != 0
    assert run(["prior", str(path), "--figure", CARRIED, "1", "--file", "a.yaml"]) == 2
    assert path.read_bytes() == before
