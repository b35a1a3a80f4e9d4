"""Readers of documents: what they show, in whatever way they are written, and within bounds."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from disclosure_tui.exchange.picture import PageUnreadable, Paragraph, Picture
from disclosure_tui.exchange.readers import csv, docx, html, markdown, xlsx

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def texts(picture: Picture) -> list[str]:
    return [block.text for block in picture.blocks if isinstance(block, Paragraph)]


def grid(picture: Picture) -> list[list[str | None]]:
    (table,) = picture.tables
    return [[cell.text if cell is not None else None for cell in row] for row in table.places]


def document(body: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {WORD}><w:body>{body}</w:body></w:document>"
        )
    return out.getvalue()


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{content}</w:p></w:tc>"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("gb2312", "gb18030"),
        ("gbk", "gbk"),
        ("utf-8", "utf-8"),
        ("utf-8", "gb18030"),
        ("big5", "big5"),
        ("nonsense", "gb18030"),
        ("rot13", "gb18030"),
    ],
)
def test_a_page_is_read_in_the_encoding_it_has(declared: str, encoding: str) -> None:
    words = "總計政府" if encoding == "big5" else "第二十条第（一）项规章"
    page = f'<meta charset="{declared}"><p>{words}</p>'
    assert texts(html.read(page.encode(encoding))) == [words]


def test_a_page_in_utf_16() -> None:
    assert texts(html.read("<p>总计</p>".encode("utf-16"))) == ["总计"]


def test_unclosed_unquoted_and_upper_case_tags() -> None:
    page = b"<TABLE><TR><TD rowspan=2>a<TD>b<TR><TD>c</TABLE><p>x<p>y"
    picture = html.read(page)
    assert grid(picture) == [["a", "b"], ["a", "c"]]
    assert texts(picture) == ["x", "y"]


def test_spans_end_with_the_table_and_are_never_wider_than_the_standard_allows() -> None:
    picture = html.read(b"<table><tr><td rowspan=99>a<td>b<tr><td>c</table>")
    assert grid(picture) == [["a", "b"], ["a", "c"]]
    picture = html.read(b'<table><tr><td colspan="1000000">a<td>b</tr></table>')
    assert picture.tables[0].column_count == 1001


def test_a_layout_table_is_seen_through() -> None:
    page = b"<table><tr><td>above<table><tr><td>1<td>2</table>below</td><td>side</table>"
    picture = html.read(page)
    assert texts(picture) == ["above", "below", "side"]
    assert grid(picture) == [["1", "2"]]


def test_what_is_not_shown_is_not_read() -> None:
    page = (
        b"<script>if (a < b) x('<p>1</p>')</script><style>p{}</style><p hidden>2</p>"
        b"<div style='display: none'><div>3</div>4</div><!-- <p>5</p> --><p>6</p>"
    )
    assert texts(html.read(page)) == ["6"]


@pytest.mark.parametrize(
    "page",
    [
        b"<!--" * 500_000,
        b"<a " * 500_000,
        b"<p title='" * 200_000,
        b"&#" * 500_000,
        b"<div>" * 300_000,
        b"<td colspan=1000000>" * 150,
        b"<script>" * 100_000,
        b"</" * 500_000,
        b"<table><tr>" + b"<td rowspan=65534 colspan=1000>" * 190,
    ],
)
def test_hostile_pages_end(page: bytes) -> None:
    assert isinstance(html.read(page), Picture)


@pytest.mark.parametrize(
    "page",
    [
        b"<table><tr><td>" * 100,
        b"<table><tr>" + b"<td colspan=1000000>" * 300,
        b"<table>" + b"<tr><td>x" * 300 + b"<tr>" + b"<td colspan=1000>" * 100,
        b"<p>" + b"x" * 9_000_000,
        b"\x00\x01\x02" * 10,
    ],
)
def test_more_than_a_report_is_refused(page: bytes) -> None:
    with pytest.raises(PageUnreadable) as caught:
        html.read(page)
    assert caught.value.what.zh
    assert caught.value.what.en


def test_tracked_changes_are_read_as_accepted_and_told() -> None:
    picture = docx.read(
        document(
            "<w:p><w:ins>"
            + run("新")
            + "</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
            "</w:p><w:tbl><w:tr>"
            + cell("<w:del>" + run("252") + "</w:del><w:ins>" + run("999") + "</w:ins>")
            + cell(run("1"))
            + "</w:tr><w:tr><w:trPr><w:del/></w:trPr>"
            + cell(run("2"))
            + cell(run("3"))
            + "</w:tr></w:tbl>"
        )
    )
    assert texts(picture) == ["新"]
    assert grid(picture) == [["999", "1"]]
    assert ["修订" in remark.zh for remark in picture.remarks] == [True]


def test_content_controls_are_read_at_every_level() -> None:
    def control(content: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    row = "<w:tr>" + cell(control(run("14069"))) + control(cell(run("2"))) + "</w:tr>"
    picture = docx.read(document(control("<w:tbl>" + control(row) + row + "</w:tbl>")))
    assert grid(picture) == [["14069", "2"], ["14069", "2"]]
    assert ["内容控件" in remark.zh for remark in picture.remarks] == [True]


def test_merged_cells_and_gaps_of_a_document() -> None:
    merge = '<w:vMerge w:val="restart"/>'
    picture = docx.read(
        document(
            "<w:tbl><w:tr>"
            + cell(run("a"), merge)
            + cell(run("b"), '<w:gridSpan w:val="2"/>')
            + "</w:tr><w:tr>"
            + cell("", "<w:vMerge/>")
            + cell(run("53") + run("45"))
            + cell(run("d"))
            + '</w:tr><w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>'
            + cell(run("e"))
            + cell("")
            + "</w:tr></w:tbl>"
        )
    )
    assert grid(picture) == [["a", "b", "b"], ["a", "5345", "d"], [None, "e", ""]]


def test_hidden_text_and_unknown_signs_of_a_document() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r>"
    picture = docx.read(
        document(
            f"<w:p>{hidden}{run('y')}</w:p><w:tbl><w:tr>"
            + cell('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>')
            + cell(run("1"))
            + "</w:tr></w:tbl>"
        )
    )
    assert texts(picture) == ["y"]
    assert ["隐藏" in remark.zh for remark in picture.remarks] == [True]
    assert picture.tables[0].cells[0].trouble is not None


def archive_of(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def test_bombs_entities_and_damage_in_archives_are_refused() -> None:
    entity = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>'
    laughs = b'<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><w>&b;</w>'
    whole = document("<w:p/>")
    for content in (
        archive_of("word/document.xml", b"<w>" + b" " * 60_000_000 + b"</w>"),
        archive_of("word/document.xml", b"<w>" * 5_000 + b"</w>" * 5_000),
        archive_of("word/document.xml", entity),
        archive_of("word/document.xml", laughs),
        archive_of("word/document.xml", b"<w><"),
        archive_of("other.xml", b"<w/>"),
        whole[: len(whole) // 2],
        b"",
        b"\xd0\xcf\x11\xe0" + b"x" * 600,
        b"<p>a page</p>",
    ):
        with pytest.raises(PageUnreadable) as caught:
            docx.read(content)
        assert caught.value.what.zh
        with pytest.raises(PageUnreadable):
            xlsx.read(content)


def workbook(fill: dict[str, object], merged: tuple[str, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for place, value in fill.items():
        sheet[place] = value
    for places in merged:
        sheet.merge_cells(places)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_of_another_program() -> None:
    content = workbook({"B2": "a", "D2": 0.1, "C3": 59237.2449, "D3": "x"}, ("B2:C2",))
    assert grid(xlsx.read(content)) == [["a", "a", "0.1"], ["", "59237.2449", "x"]]


def test_a_formula_without_its_result_is_no_blank() -> None:
    (table,) = xlsx.read(workbook({"A1": "a", "B1": "=1+1"})).tables
    assert [cell.trouble is not None for cell in table.cells] == [False, True]


def test_hidden_sheets_are_not_read() -> None:
    book = openpyxl.Workbook()
    book.create_sheet("x")["A1"] = "unseen"
    book["x"].sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    picture = xlsx.read(out.getvalue())
    assert not texts(picture)
    assert ["隐藏" in remark.zh for remark in picture.remarks] == [True]


def test_a_sheet_with_cells_at_its_far_corner_is_refused_or_read_in_pieces() -> None:
    assert isinstance(xlsx.read(workbook({"A1": "a", "XFD1048576": "b"})), Picture)
    wide = {"A1": "a", "XFD1": "b", **{f"A{row}": row for row in range(2, 30)}}
    with pytest.raises(PageUnreadable):
        xlsx.read(workbook(wide))


def test_csv_tables_are_parted_by_empty_lines() -> None:
    picture = csv.read("题\r\n\r\na,b\r\n1,\r\n,\r\n另一,\r\nc,d\r\n".encode("gbk"))
    assert texts(picture) == ["题"]
    assert [table.row_count for table in picture.tables] == [2, 2]
    assert all(not table.spans_known for table in picture.tables)
    assert not picture.has_prose


def test_markdown_as_github_reads_it() -> None:
    picture = markdown.read(
        "# 题\n\n一段\n两行\n\n| a \\| b | **c** |\n|---|:-:|\n| 1 |  |\n\n---\n- 项\\*\n".encode()
    )
    assert texts(picture) == ["题", "一段 两行", "项*"]
    assert grid(picture) == [["a | b", "c"], ["1", ""]]


@pytest.mark.parametrize("text", [b"- " * 500_000, b"-" * 1_000_000, b"\\" * 100_000])
def test_hostile_markdown_ends(text: bytes) -> None:
    assert isinstance(markdown.read(text), Picture)


def test_a_markdown_row_of_a_million_cells_is_refused() -> None:
    with pytest.raises(PageUnreadable):
        markdown.read(b"|" * 1_000_000)
