"""What pages of a PDF say, and what happens when a machine has no face for them."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path
from shutil import which

import pytest

from disclosure_tui.language import Language, Text
from disclosure_tui.render.copies import Copy
from disclosure_tui.render.export_formats import pdf
from disclosure_tui.render.office.faces import choose_faces, machine_fonts
from disclosure_tui.render.office.faults import CannotExport, GlyphMissing

from .sample_copies import sample, signed_off


def has_faces() -> bool:
    try:
        choose_faces(machine_fonts().families())
    except CannotExport:
        return False
    return True


needs_faces = pytest.mark.skipif(not has_faces(), reason="no Chinese face is installed")


def pages(copy: Copy, folder: Path) -> list[str]:
    if which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    path = folder / "copy.pdf"
    path.write_bytes(pdf.write(copy))
    command = ["pdftotext", "-layout", str(path), "-"]
    done = subprocess.run(command, check=True, capture_output=True, timeout=60)
    return done.stdout.decode().split("\f")[:-1]


def with_prose(copy: Copy, text: str) -> Copy:
    first, *rest = copy.view.sections
    view = replace(copy.view, sections=(replace(first, prose=text), *rest))
    return replace(copy, view=view)


@needs_faces
def test_pages_are_tagged_archival_and_the_same_twice() -> None:
    content = pdf.write(sample())
    assert pdf.write(sample()) == content
    assert b"/MarkInfo" in content
    assert re.search(rb"pdfaid:part[=>\"]*\s*2", content)
    assert re.search(rb"pdfuaid:part[=>\"]*\s*1", content)


@needs_faces
@pytest.mark.parametrize("name", ["complete/sqs-2023", "complete/sptyj-2020"])
def test_every_figure_stands_in_its_row(name: str, tmp_path: Path) -> None:
    copy = sample(name)
    lines = [line.split() for page in pages(copy, tmp_path) for line in page.splitlines()]
    for row in _rows(copy):
        assert any(line[-len(row) :] == row for line in lines), row


def _rows(copy: Copy) -> list[list[str]]:
    """Return the figures of each row of the grids."""
    rows: dict[tuple[int, int], list[str]] = {}
    for number, section in enumerate(copy.view.sections):
        for cell in section.grid.cells if section.grid is not None else ():
            if cell.role.value == "figure":
                rows.setdefault((number, cell.row), []).append(cell.text)
    return list(rows.values())


@needs_faces
def test_every_page_of_a_draft_says_so(tmp_path: Path) -> None:
    said = pages(signed_off(), tmp_path)
    assert len(said) >= 4
    assert all("草稿，未定稿" in "".join(page.split()) for page in said)
    assert "送审表" in said[-1]
    assert "勾稽关系不符" in "".join(said[-1].split())


@needs_faces
def test_heads_of_a_table_are_repeated_on_its_next_page(tmp_path: Path) -> None:
    copy = sample()
    number, table = next(
        (n, s) for n, s in enumerate(copy.view.sections) if s.grid and s.grid.header_rows
    )
    grid = table.grid
    assert grid is not None
    last = grid.row_count - 1
    extra = tuple(
        replace(cell, row=last + shift, rowspan=1)
        for shift in range(1, 60)
        for cell in grid.cells
        if cell.row == last
    )
    long = replace(grid, cells=grid.cells + extra, row_count=last + 60)
    sections = list(copy.view.sections)
    sections[number] = replace(table, grid=long)
    view = replace(copy.view, sections=tuple(sections))
    said = ["".join(page.split()) for page in pages(replace(copy, view=view), tmp_path)]
    assert sum("申请人情况" in page for page in said) >= 2


@needs_faces
@pytest.mark.parametrize("character", ["\U00013000", "\ue123", "\u0378"])
def test_a_missing_glyph_is_an_error_that_names_the_character(character: str) -> None:
    with pytest.raises(GlyphMissing) as caught:
        pdf.write(with_prose(sample(), f"本机关位于{character}邑区。"))
    for language in Language:
        told = caught.value.told(language)
        assert f"U+{ord(character):04X}" in told
        assert "本机关位于" in told
        assert "docx" in told


def test_a_missing_glyph_in_the_table_type_is_found_too() -> None:
    """With no other face than the typesetter's own, the first Chinese character is missing."""
    import typst

    fonts = typst.Fonts(include_system_fonts=False)
    faces = replace(choose_faces(["Noto Serif CJK SC"]), body="Libertinus Serif")
    with pytest.raises(GlyphMissing):
        pdf.set_pages(sample(), fonts, faces)


def test_official_faces_are_taken_where_they_are() -> None:
    official = choose_faces(["仿宋", "方正小标宋简体", "黑体", "楷体", "Noto Serif CJK SC"])
    assert official.is_official
    assert (official.body, official.second) == ("仿宋", "楷体")
    open_faces = choose_faces(["WenQuanYi Micro Hei", "Noto Serif CJK SC", "DejaVu Sans"])
    assert not open_faces.is_official
    assert open_faces.body == open_faces.title == "Noto Serif CJK SC"
    assert open_faces.heading == "WenQuanYi Micro Hei"


def test_without_a_chinese_face_it_is_said_what_to_install() -> None:
    with pytest.raises(CannotExport) as caught:
        choose_faces(["DejaVu Sans", "Libertinus Serif"])
    for language in Language:
        assert "fonts-noto-cjk" in caught.value.told(language)
        assert "fonts-wqy-microhei" in caught.value.told(language)


@needs_faces
def test_which_faces_were_used_is_told() -> None:
    told = pdf.remark()
    assert isinstance(told, Text)
    assert choose_faces(machine_fonts().families()).body in told.zh
