"""What a proof says of pages that differ from the report in one way each."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import lxml.html
import pytest

from disclosure_tui.exchange.picture import PageUnreadable
from disclosure_tui.model.finding import Severity
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.publication import Proof
from proofs import WITH_PROSE, file_name, prove, sample, unlike_figures, written
from random_copies import checked_with

EDITION = "2021"
PROSE = "第一句照旧。第二句有5件。第三句也照旧。"


def html(change: Callable[[str], str] = lambda page: page) -> Proof:
    """Prove an HTML copy after a change of its source."""
    page = written(sample(EDITION), "html").decode()
    changed = change(page)
    return prove(sample(EDITION), changed.encode(), "page.html")


def tree(change: Callable[[Any], None]) -> Proof:
    """Prove an HTML copy after a change of its elements."""

    def changed(page: str) -> str:
        root = lxml.html.fromstring(page)
        change(root)
        text: str = lxml.html.tostring(root, encoding="unicode")
        return text

    return html(changed)


def replaced(old: str, new: str) -> Proof:
    def change(page: str) -> str:
        assert page.count(old) >= 1
        return page.replace(old, new)

    return html(change)


@pytest.mark.parametrize(
    "shown",
    ["1,011", "１０１１", " 1011\u3000", "1 011", "1011件", "1011.0", "<b>10</b><span>11</span>"],
)
def test_a_figure_in_other_signs_is_the_same(shown: str) -> None:
    proof = replaced(">1011<", f">{shown}<")
    assert proof.is_same, proof.differences
    assert not proof.unread


@pytest.mark.parametrize(
    "shown", ["-", "/", "—", "无", "O", "1O11", "1011（其中修订16件）", "10 12"]
)
def test_other_signs_are_reported_as_they_stand(shown: str) -> None:
    proof = replaced(">1011<", f">{shown}<")
    assert [(item.report, item.page) for item in proof.differences] == [("1011", shown)]


def test_a_blank_is_not_zero() -> None:
    values = {**unlike_figures(EDITION), Pointer.parse("/requests/new/total"): 0}
    zero = checked_with(EDITION, values)
    values[Pointer.parse("/requests/new/total")] = None  # type: ignore[assignment]
    blank = checked_with(EDITION, values)
    for report, page, said in ((zero, blank, ("0", "")), (blank, zero, ("", "0"))):
        proof = prove(report, written(page, "html"), "page.html")
        assert [(item.report, item.page) for item in proof.differences] == [said]


def test_a_note_in_the_cell_is_that_of_the_report() -> None:
    pointer = Pointer.parse("/requests/new/natural_person")
    notes = {Pointer.of("notes"): {str(pointer): "其中修订16件"}}
    checked = checked_with(EDITION, {**unlike_figures(EDITION), **notes})
    page = written(checked, "html").decode()
    assert prove(checked, page.encode(), "page.html").is_same
    noted = page.replace(">1011<", ">1011（其中修订16件）<").encode()
    assert not prove(checked, noted, "page.html").differences
    other = page.replace("其中修订16件", "其中修订17件").encode()
    assert [item.page for item in prove(checked, other, "page.html").texts] != []


def test_a_missing_column_is_refused() -> None:
    def change(root: Any) -> None:
        table = root.xpath("//table")[1]
        for cell in table.xpath('.//*[text()="科研机构"]'):
            place = 2
            cell.drop_tree()
        for row in table.xpath(".//tbody/tr"):
            row.xpath("./td")[place].drop_tree()
        for cell in table.xpath(".//th[@colspan]"):
            if "".join(cell.itertext()) in ("申请人情况", "法人或其他组织"):
                cell.set("colspan", str(int(cell.get("colspan")) - 1))

    proof = tree(change)
    assert not proof.differences
    (unread,) = proof.unread
    assert "科研机构" in unread.reason.zh
    assert {pointer.key for pointer in unread.pointers} == {"research"}
    assert len(unread.pointers) == 25
    assert proof.compared == proof.cells - 25


def test_a_missing_label_leaves_the_table_unread() -> None:
    def change(root: Any) -> None:
        root.xpath('//th[text()="商业企业"]')[0].drop_tree()

    proof = tree(change)
    assert not proof.differences
    assert {pointer[0] for item in proof.unread for pointer in item.pointers} == {"requests"}
    assert sum(len(item.pointers) for item in proof.unread) == 175


def test_a_missing_row_is_refused() -> None:
    def change(root: Any) -> None:
        (head,) = root.xpath('//th[contains(text(), "1.属于国家秘密")]')
        row = head.getparent()
        following = row.getnext()
        for cell in reversed(row.xpath("./th[@rowspan]")):
            cell.set("rowspan", str(int(cell.get("rowspan")) - 1))
            following.insert(0, cell)
        (group,) = root.xpath('//th[text()="三、本年度办理结果"]')
        group.set("rowspan", str(int(group.get("rowspan")) - 1))
        row.drop_tree()

    proof = tree(change)
    assert not proof.differences
    assert {pointer[-2] for item in proof.unread for pointer in item.pointers} == {"state_secret"}
    assert proof.compared == proof.cells - 7


def test_a_missing_cell_leaves_its_row_unread() -> None:
    proof = replaced(">1011<", ' hidden="">1011<')
    assert not proof.differences
    assert {str(pointer.parent) for item in proof.unread for pointer in item.pointers} == {
        "/requests/new"
    }


def test_a_missing_table_is_an_error() -> None:
    proof = tree(lambda root: root.xpath("//table")[2].drop_tree())
    (fault,) = [item for item in proof.faults if item.rule == "S-TABLE"]
    assert fault.severity is Severity.ERROR
    assert fault.pointer == Pointer.of("disputes")
    assert sum(len(item.pointers) for item in proof.unread) == 15


def test_a_table_twice_with_different_figures_is_not_guessed() -> None:
    def change(page: str) -> str:
        found = re.findall(r"<table>.*?</table>", page, re.DOTALL)[2]
        return page.replace(found, found + found.replace(">1186<", ">1187<"))

    proof = html(change)
    assert not proof.differences
    assert [len(item.pointers) for item in proof.unread] == [1]


def test_a_changed_label_is_named_and_its_figures_are_read() -> None:
    proof = replaced(">行政规范性文件<", ">规范性文件<")
    assert [(item.rule, item.severity) for item in proof.faults] == [("S-LABEL", Severity.WARNING)]
    assert "行政规范性文件" in proof.faults[0].message.zh
    assert not proof.unread
    assert not proof.differences


def test_blanks_brackets_and_breaks_in_labels_do_not_matter() -> None:
    proof = html(
        lambda page: page.replace("（三）不予公开", "(三) 不予<br>公开").replace(
            "本年制发件数", "本年\u3000制发&nbsp;件数"
        )
    )
    assert proof.is_same


def test_a_row_that_the_form_does_not_have_is_named() -> None:
    def change(root: Any) -> None:
        (head,) = root.xpath('//th[text()="行政强制"]')
        row = head.getparent()
        extra = lxml.html.fromstring(
            '<table><tr><td colspan="1">其他管理</td><td colspan="3">3</td></tr></table>'
        )
        row.addnext(extra.xpath(".//tr")[0])

    proof = tree(change)
    assert [item.rule for item in proof.faults] == ["S-LABEL"]
    assert "其他管理" in proof.faults[0].message.zh
    assert not proof.differences


def test_a_heading_in_other_words_is_named() -> None:
    proof = replaced("五、存在的主要问题及改进情况", "五、存在的主要问题及整改措施")
    assert [(item.rule, item.severity) for item in proof.faults] == [
        ("S-HEADING", Severity.WARNING)
    ]
    assert not proof.texts


def test_a_missing_heading_is_an_error_and_its_text_unread() -> None:
    proof = replaced("<h2>五、存在的主要问题及改进情况</h2>", "")
    missing = [item for item in proof.faults if item.rule == "S-HEADING"]
    assert [item.severity for item in missing] == [Severity.ERROR]
    assert [item.pointers for item in proof.unread] == [(Pointer.of("problems"),)]


def test_a_heading_twice_is_an_error() -> None:
    proof = replaced("<h2>一、总体情况</h2>", "<h2>一、总体情况</h2><p>甲</p><h2>一、总体情况</h2>")
    assert ("S-HEADING", Severity.ERROR) in [(item.rule, item.severity) for item in proof.faults]


def test_a_table_of_contents_is_no_second_heading() -> None:
    contents = (
        "<p>一、总体情况</p><p>二、主动公开政府信息情况</p><p>五、存在的主要问题及改进情况</p>"
    )
    proof = replaced("<h1>", contents + "<h1>")
    assert not [item for item in proof.faults if item.severity is Severity.ERROR]
    assert not proof.differences


def test_a_number_used_again_inside_is_named() -> None:
    proof = replaced("<h2>一、总体情况</h2>", "<h2>一、总体情况</h2><p>二、组织领导</p>")
    assert "S-NUMBERING" in [item.rule for item in proof.faults]


def test_a_wrong_number_is_named() -> None:
    proof = replaced("六、其他需要报告的事项", "七、其他需要报告的事项")
    assert [item.rule for item in proof.faults] == ["S-NUMBERING"]


def test_a_table_in_another_section_is_named() -> None:
    def change(root: Any) -> None:
        table = root.xpath("//table")[2]
        (heading,) = root.xpath('//h2[starts-with(text(), "五、")]')
        heading.addnext(table)

    assert [item.rule for item in tree(change).faults] == ["S-TABLE"]


@pytest.mark.parametrize("name", WITH_PROSE)
def test_a_changed_sentence_is_named(name: str) -> None:
    figures = unlike_figures(EDITION)
    report = checked_with(EDITION, {**figures, Pointer.of("problems"): PROSE})
    page = checked_with(EDITION, {**figures, Pointer.of("problems"): PROSE.replace("5", "6")})
    proof = prove(report, written(page, name), file_name(name))
    assert [(item.report, item.page) for item in proof.texts] == [
        ("第二句有5件。", "第二句有6件。")
    ]
    assert proof.texts[0].pointer == Pointer.of("problems")
    assert not proof.differences


@pytest.mark.parametrize(
    ("page_text", "said"),
    [
        (PROSE.replace("第二句有5件。", ""), [("第二句有5件。", None)]),
        (PROSE + "多一句。", [(None, "多一句。")]),
        (PROSE.replace("第三句也照旧。", "\n第三句也照旧。"), []),
        (PROSE.replace("5件", " ５ 件"), []),
    ],
)
def test_sentences_missing_added_and_divided_otherwise(
    page_text: str, said: list[tuple[str | None, str | None]]
) -> None:
    figures = unlike_figures(EDITION)
    report = checked_with(EDITION, {**figures, Pointer.of("problems"): PROSE})
    page = checked_with(EDITION, {**figures, Pointer.of("problems"): page_text})
    proof = prove(report, written(page, "html"), "page.html")
    assert [(item.report, item.page) for item in proof.texts] == said


def test_title_and_signature_are_compared() -> None:
    proof = replaced("宿迁市人民政府</p>", "宿迁市人民政符</p>")
    assert [(item.pointer, item.page) for item in proof.texts] == [
        (Pointer.of("signature"), "宿迁市人民政符")
    ]
    proof = replaced("<h1>宿迁市", "<h1>宿州市")
    assert [item.pointer for item in proof.texts] == [Pointer()]


def test_what_a_site_puts_around_the_report_is_not_compared() -> None:
    def change(page: str) -> str:
        return (
            page.replace("<body>", "<body><nav>首页 一、总体情况</nav><p>当前位置：年报</p>")
            .replace("</main>", "</main><p>打印本页</p><p>主办：某办公室</p>")
            .replace("<h1>", "<table><tr><td>索引号</td><td>123</td></tr></table><h1>")
        )

    proof = html(change)
    assert proof.is_same, proof
    assert not proof.unread
    assert any("报告以外" in item.zh for item in proof.remarks)


def test_the_digest_on_a_copy_tells_its_state() -> None:
    checked = sample(EDITION)
    assert checked.document is not None
    proof = html()
    assert any("另一个版本" in item.zh for item in proof.remarks)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<h1>", "<p>一、二三四五六</p>" * 60_000 + "<h1>"),
        ("<h1>", "<table><tr><td>总计<td>其他</table>" * 600 + "<h1>"),
        ("<h1>", "<table><tr>" + "<td colspan=9999>总计" * 300 + "</table><h1>"),
    ],
)
def test_a_page_that_is_far_too_large_is_refused(old: str, new: str) -> None:
    with pytest.raises(PageUnreadable) as caught:
        replaced(old, new)
    assert caught.value.hint is not None
    assert caught.value.where == "page.html"


def test_far_too_many_sentences_are_listed_as_not_compared() -> None:
    proof = replaced("<h2>二、", f"<p>{'没有问题。' * 300_000}</p><h2>二、")
    assert [item.pointers for item in proof.unread] == [(Pointer.of("overview"),)]
    assert proof.compared == proof.cells


def test_a_table_of_many_rows_takes_no_figure_from_the_report() -> None:
    rows = "<tr><td>其他<td>总计<td>1.属于国家秘密" * 20_000
    assert not replaced("<h1>", f"<table>{rows}</table><h1>").differences
