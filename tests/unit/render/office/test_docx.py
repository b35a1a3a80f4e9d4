"""What a Word document is made of: pages, styles, tables, and an office's own template."""

from __future__ import annotations

import io
import itertools
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from shutil import which
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from disclosure_tui.language import Language
from disclosure_tui.render.copies import Copy
from disclosure_tui.render.export_formats import docx as word
from disclosure_tui.render.office.official_lines import right_indents, title_lines
from disclosure_tui.render.office.templates import TemplateUnusable

from .sample_copies import converted_to, sample, signed_off


def opened(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def test_pages_and_lines_are_those_of_official_documents() -> None:
    document = opened(word.write(sample()))
    (section,) = document.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert round((section.page_width - section.left_margin - section.right_margin) / Mm(1)) == 156
    assert round((section.page_height - section.top_margin - section.bottom_margin) / Mm(1)) == 225
    normal = document.styles["Normal"]
    assert normal.font.size == Pt(16)
    spacing = normal.element.pPr.spacing
    assert spacing.get(qn("w:lineRule")) == "exact"
    # 22 lines fit the 225 mm, 23 do not; 28 characters fit the 156 mm, 29 do not.
    pitch = int(spacing.get(qn("w:line"))) / 20
    height, width = 225 / 25.4 * 72, 156 / 25.4 * 72
    assert 22 * pitch <= height < 23 * pitch
    step = 16 + int(normal.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert 28 * step <= width < 29 * step


def test_faces_are_named_as_offices_have_them() -> None:
    styles = opened(word.write(sample())).styles
    faces = {
        name: styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))
        for name in ("Title", "Heading 1", "Normal")
    }
    assert faces == {"Title": "方正小标宋简体", "Heading 1": "黑体", "Normal": "仿宋_GB2312"}
    for name in faces:
        fonts = styles[name].element.rPr.rFonts
        assert not [key for key in fonts.attrib if key.endswith("Theme")]


def test_a_document_has_title_language_and_real_headings() -> None:
    copy = sample()
    document = opened(word.write(copy))
    assert document.core_properties.title == copy.view.title
    assert document.core_properties.language == "zh-CN"
    (language,) = document.styles.element.iter(qn("w:lang"))
    assert language.get(qn("w:eastAsia")) == "zh-CN"
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == [section.heading for section in copy.view.sections if section.heading]
    assert copy.provenance.report_sha256 in document.paragraphs[-1].text


def test_header_rows_repeat_and_no_row_is_divided() -> None:
    copy = sample()
    document = opened(word.write(copy))
    grids = [section.grid for section in copy.view.sections if section.grid is not None]
    for table, grid in zip(document.tables, grids, strict=True):
        repeated = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
        assert repeated == [number < grid.header_rows for number in range(grid.row_count)]
        assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)
        widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.gridCol_lst]
        assert sum(widths) == 8845


def test_elements_stand_in_the_prescribed_order() -> None:
    """Word calls a file damaged in which they do not."""
    order = ["rStyle", "rFonts", "b", "bCs", "i", "iCs", "color", "spacing", "w", "kern"]
    order += ["position", "sz", "szCs", "u", "lang"]
    with zipfile.ZipFile(io.BytesIO(word.write(signed_off()))) as archive:
        names = [name for name in archive.namelist() if name.startswith("word/")]
        roots = [docx.oxml.parse_xml(archive.read(n)) for n in names if n.endswith(".xml")]
    for root in roots:
        for properties in root.iter(qn("w:rPr")):
            found = [element.tag.partition("}")[2] for element in properties]
            known = [order.index(name) for name in found if name in order]
            assert known == sorted(known), found


def test_every_page_of_a_draft_says_so() -> None:
    document = opened(word.write(signed_off()))
    assert document.settings.odd_and_even_pages_header_footer
    for section in document.sections:
        for header in (section.header, section.even_page_header):
            assert "送审稿，草稿，未定稿" in [p.text for p in header.paragraphs]
    public = opened(word.write(sample()))
    assert not any(p.text for p in public.sections[0].header.paragraphs)


def test_the_last_page_of_a_sign_off_copy_has_people_and_findings() -> None:
    copy = signed_off()
    document = opened(word.write(copy))
    rows = [[cell.text for cell in row.cells] for row in document.tables[-1].rows]
    assert rows[0] == ["事项", "内容", "签字", "日期"]
    assert [row[0] for row in rows[1:]] == ["填报人", "联系电话", "审核人", "签发人"]
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert any("勾稽关系不符" in text for text in texts)
    assert "情况说明" in texts
    head = next(p for p in document.paragraphs if p.text == "送审表")
    assert head.paragraph_format.page_break_before


def test_a_template_gives_pages_and_styles_and_loses_its_text() -> None:
    template = docx.Document()
    template.add_paragraph("模板里的说明")
    template.styles["Heading 1"].font.size = Pt(15)
    template.sections[0].left_margin = Mm(40)
    template.sections[0].header.paragraphs[0].text = "某局"
    out = io.BytesIO()
    template.save(out)
    copy = signed_off()
    content = word.write_like(copy, out.getvalue())
    assert word.write_like(copy, out.getvalue()) == content
    document = opened(content)
    assert "模板里的说明" not in [paragraph.text for paragraph in document.paragraphs]
    assert document.styles["Heading 1"].font.size == Pt(15)
    assert round(document.sections[0].left_margin.mm) == 40
    header = [paragraph.text for paragraph in document.sections[0].header.paragraphs]
    assert header == ["某局", "送审稿，草稿，未定稿"]
    titles = [p.text for p in document.paragraphs if p.style.name == "Title"]
    assert "".join(titles).replace("\n", "") == copy.view.title
    (page,) = document.sections
    room = page.page_width - page.left_margin - page.right_margin
    widths = [int(c.get(qn("w:w"))) for c in document.tables[0]._tbl.tblGrid.gridCol_lst]
    assert sum(widths) == room // 635


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a document"])
def test_a_template_that_is_no_word_document_is_refused(content: bytes) -> None:
    with pytest.raises(TemplateUnusable) as caught:
        word.write_like(sample(), content)
    assert "docx" in caught.value.told(Language.CHINESE)


def test_another_archive_is_no_template() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(TemplateUnusable):
        word.write_like(sample(), out.getvalue())


def test_what_xml_cannot_hold_does_not_stop_a_copy() -> None:
    copy = sample()
    first, *rest = copy.view.sections
    view = replace(copy.view, sections=(replace(first, prose="甲\x0b乙\ufffe"), *rest))
    texts = [p.text for p in opened(word.write(replace(copy, view=view))).paragraphs]
    assert "甲\ufffd乙\ufffd" in texts


def test_a_long_title_is_divided_behind_the_office() -> None:
    copy = sample()
    assert title_lines(copy) == ["宿迁市人民政府", "2023年政府信息公开工作年度报告"]
    assert "".join(title_lines(copy)) == copy.view.title
    assert title_lines(replace(copy, organ="")) == [copy.view.title]


def test_the_date_begins_two_characters_right_of_the_name() -> None:
    for name, date in itertools.product(("局", "示例县档案局", "示" * 20), ("2024-01-15", "日")):
        rights = right_indents((name, date))
        widths = (2 * len(name), len(date) if date.isascii() else 2 * len(date))
        starts = [-right - width for right, width in zip(rights, widths, strict=True)]
        assert starts[1] - starts[0] == 4
        assert min(rights) >= 4
    assert right_indents(()) == []
    assert right_indents(("局",)) == [4]


@pytest.mark.slow
def test_lines_of_prose_have_28_characters_on_22_lines(tmp_path: Path) -> None:
    """As LibreOffice sets them."""
    if which("soffice") is None or which("pdftotext") is None:
        pytest.skip("LibreOffice or pdftotext is not installed")
    copy = with_prose(sample(), "示" * 28 * 60)
    path = tmp_path / "copy.docx"
    path.write_bytes(word.write(copy))
    pages = converted(path).split("\f")
    full = [page.split() for page in pages if set("".join(page.split())) & {"示"}]
    lines = [[line for line in page if set(line) == {"示"}] for page in full]
    inner = max(lines, key=len)
    assert len(inner) == 22
    assert {len(line) for line in inner} == {28}


def with_prose(copy: Copy, text: str) -> Copy:
    first, *rest = copy.view.sections
    view = replace(copy.view, sections=(replace(first, prose=text), *rest))
    return replace(copy, view=view)


def converted(path: Path) -> str:
    """Return the text of a document, page by page, as LibreOffice sets it."""
    converted_to("pdf", path, path.parent)
    done = subprocess.run(
        ["pdftotext", "-layout", str(path.with_suffix(".pdf")), "-"],
        check=True,
        capture_output=True,
        timeout=60,
    )
    return done.stdout.decode()
