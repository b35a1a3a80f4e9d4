"""`disclosure export`, as a person meets it."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from disclosure_tui.cli.main import run

SAMPLES = Path(__file__).parents[2] / "samples"
COMPLETE = SAMPLES / "complete" / "sqs-2023.yaml"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    return Path(shutil.copy(COMPLETE, tmp_path))


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.yaml"
    text = COMPLETE.read_text(encoding="utf-8")
    path.write_text(text.replace("made: 2,", "made: ,"), encoding="utf-8")
    return path


def test_a_copy_is_named_by_its_title_and_said_with_its_size(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["export", str(report), "--to", "html", "--to", "csv", "--lang", "zh"]) == 0
    out, err = capsys.readouterr()
    folder = report.parent / "out"
    names = sorted(path.name for path in folder.iterdir())
    assert names == [
        "宿迁市人民政府2023年政府信息公开工作年度报告.csv",
        "宿迁市人民政府2023年政府信息公开工作年度报告.html",
    ]
    for path in folder.iterdir():
        assert f"{path}  {path.stat().st_size} 字节" in out
    assert err.count("sftp") == 1


def test_a_report_with_blanks_is_refused_and_a_draft_says_what_it_is(
    draft: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["export", str(draft), "--to", "text", "--lang", "zh"]) == 1
    assert "还有 1 格未填，没有生成" in capsys.readouterr().err
    assert not (draft.parent / "out").exists()
    assert run(["export", str(draft), "--to", "text", "--draft", "--lang", "zh"]) == 0
    (copy,) = (draft.parent / "out").iterdir()
    assert "草稿，未定稿" in copy.name
    assert "草稿，未定稿" in copy.read_text(encoding="utf-8")


def test_open_errors_are_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = Path(shutil.copy(SAMPLES / "faulty" / "T3-BAL.yaml", tmp_path))
    assert run(["export", str(path), "--to", "text", "--lang", "en"]) == 1
    assert "errors are open" in capsys.readouterr().err


def test_a_file_that_cannot_be_read_does_not_keep_the_others(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = report.with_name("broken.yaml")
    broken.write_bytes(b"report_type: [\n")
    assert run(["export", str(broken), str(report), "--to", "markdown"]) == 3
    assert len(list((report.parent / "out").iterdir())) == 1
    assert "broken.yaml" in capsys.readouterr().err


def test_nothing_internal_is_in_a_public_copy(report: Path) -> None:
    text = report.read_text(encoding="utf-8")
    text += "\nfiling: {prepared_by: 王某甲, phone: '12345', reviewed_by: 王某乙}\n"
    text += "remarks: {/requests/new/total: 王某丙}\n"
    report.write_text(text, encoding="utf-8")
    formats = ["html", "html-fragment", "markdown", "csv", "csv-grid", "text", "docx", "xlsx"]
    options = [part for name in formats for part in ("--to", name)]
    assert run(["export", str(report), *options]) == 0
    copies = list((report.parent / "out").iterdir())
    assert len(copies) == len(formats)
    assert not any("王某" in readable(copy) for copy in copies)
    signing = ["--to", "html", "--to", "docx", "--to", "xlsx", "--copy", "sign-off"]
    assert run(["export", str(report), *signing]) == 0
    signed = [path for path in (report.parent / "out").iterdir() if "送审稿" in path.name]
    assert len(signed) == 3
    for path in signed:
        assert "王某甲" in readable(path)
        assert "王某丙" not in readable(path)


def readable(copy: Path) -> str:
    """Return all text of a copy, that of every part of an archive included."""
    if not zipfile.is_zipfile(copy):
        return copy.read_text(encoding="utf-8")
    with zipfile.ZipFile(copy) as archive:
        parts = [archive.read(name) for name in archive.namelist()]
    return "".join(part.decode(errors="replace") for part in parts)


def test_many_reports_make_one_long_table(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(SAMPLES / "complete" / "sptyj-2020.yaml", tmp_path)
    options = ["--to", "csv", "--together", "--output", str(tmp_path / "all")]
    assert run(["export", str(tmp_path), *options, "--lang", "zh"]) == 0
    (copy,) = (tmp_path / "all").iterdir()
    rows = list(csv.reader(io.StringIO(copy.read_bytes().decode("utf-8-sig"))))
    assert rows[0][:3] == ["单位名称", "年度", "表"]
    assert len(rows) == 1 + 200 + 198
    assert {row[1] for row in rows[1:]} == {"2020", "2023"}


def test_formats_that_hold_one_report_cannot_hold_several(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["export", str(report), "--to", "html", "--together", "--lang", "zh"]) == 2
    assert "csv" in capsys.readouterr().err


def test_two_reports_of_one_title_are_not_written_over_each_other(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = report.with_name("other.yaml")
    other.write_text(report.read_text(encoding="utf-8") + "# other\n", encoding="utf-8")
    options = ["--to", "text", "--output", str(report.parent / "all"), "--lang", "zh"]
    assert run(["export", str(report), str(other), *options]) == 2
    assert "标题相同" in capsys.readouterr().err


BLOCKED = """
import sys
sys.modules[sys.argv.pop(1)] = None
from disclosure_tui.cli.main import run
sys.exit(run(sys.argv[1:]))
"""


@pytest.mark.parametrize(
    ("form", "library", "extra"),
    [("docx", "docx", "office"), ("xlsx", "xlsxwriter", "office"), ("pdf", "typst", "pdf")],
)
def test_a_format_without_its_library_says_how_to_install_it(
    report: Path, form: str, library: str, extra: str
) -> None:
    done = run_blocked(library, "export", str(report), "--to", form, "--lang", "zh")
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert f'pip install "disclosure-tui[{extra}]"' in done.stderr
    assert not (report.parent / "out").exists()


@pytest.mark.parametrize("library", ["docx", "xlsxwriter", "typst", "lxml", "openpyxl"])
def test_other_formats_do_without_optional_libraries(report: Path, library: str) -> None:
    options = [part for name in ("html", "csv", "markdown") for part in ("--to", name)]
    assert run_blocked(library, "export", str(report), *options).returncode == 0


def run_blocked(library: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program in an interpreter of its own that has no such library."""
    return subprocess.run(
        [sys.executable, "-c", BLOCKED, library, *arguments],
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def test_a_template_is_for_word_only_and_has_to_be_one(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    template = report.with_name("template.docx")
    template.write_bytes(b"no document")
    options = ["--template", str(template), "--lang", "zh"]
    assert run(["export", str(report), "--to", "html", *options]) == 2
    assert "--template 只用于：docx" in capsys.readouterr().err
    assert run(["export", str(report), "--to", "docx", *options]) == 2
    assert "模板文件不是 Word 文档" in capsys.readouterr().err
    assert not (report.parent / "out").exists()


def test_a_character_without_a_glyph_keeps_no_other_report(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from disclosure_tui.render.export_formats import pdf
    from disclosure_tui.render.office.faults import CannotExport

    try:
        pdf.remark()
    except CannotExport:
        pytest.skip("no Chinese face is installed")
    odd = report.with_name("a.yaml")
    text = report.read_text(encoding="utf-8")
    odd.write_text(text.replace("本文为示例", "本文为\U00013000示例"), encoding="utf-8")
    options = ["--to", "pdf", "--output", str(report.parent / "all"), "--lang", "zh"]
    assert run(["export", str(odd), str(report), *options]) == 1
    out, err = capsys.readouterr()
    assert "a.yaml" in err
    assert "U+13000" in err
    assert "正文【" in err
    assert len(out.splitlines()) == 1
    assert len(list((report.parent / "all").iterdir())) == 1


def test_many_reports_make_one_workbook(report: Path, tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "complete" / "sptyj-2020.yaml", tmp_path)
    options = ["--to", "xlsx", "--together", "--output", str(tmp_path / "all")]
    assert run(["export", str(tmp_path), *options]) == 0
    (copy,) = (tmp_path / "all").iterdir()
    assert copy.suffix == ".xlsx"
