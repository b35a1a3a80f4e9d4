"""Our own Word copies after somebody worked on them: changes not accepted, content in controls."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

from disclosure_tui.publication import Proof
from proofs import prove, sample, written

RUN = re.compile(r"<w:r>(?:(?!</w:r>).)*<w:t>1011</w:t></w:r>", re.DOTALL)
ROW = re.compile(r"<w:tr>(?:(?!</w:tr>).)*<w:t>1011</w:t>.*?</w:tr>", re.DOTALL)


def proof_after(change: Callable[[str], str]) -> Proof:
    """Prove the copy after a change of its main part."""
    checked = sample("2021")
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(written(checked, "docx"))) as before,
        zipfile.ZipFile(content, "w") as after,
    ):
        for name in before.namelist():
            part = before.read(name)
            if name == "word/document.xml":
                changed = change(part.decode())
                assert changed != part.decode()
                part = changed.encode()
            after.writestr(name, part)
    return prove(checked, content.getvalue(), "copy.docx")


def found(pattern: re.Pattern[str], xml: str) -> str:
    match = pattern.search(xml)
    assert match is not None
    return match[0]


def test_a_figure_in_a_tracked_change_is_that_after_it() -> None:
    def change(xml: str) -> str:
        run = found(RUN, xml)
        deleted = f"<w:del>{run.replace('w:t>', 'w:delText>')}</w:del>"
        return xml.replace(run, f"{deleted}<w:ins>{run.replace('1011', '1012')}</w:ins>")

    proof = proof_after(change)
    assert [(item.report, item.page) for item in proof.differences] == [("1011", "1012")]
    assert not proof.unread
    assert any("修订" in remark.zh for remark in proof.remarks)


def test_a_deleted_row_is_missing() -> None:
    def change(xml: str) -> str:
        row = found(ROW, xml)
        return xml.replace(row, row.replace("<w:trPr>", '<w:trPr><w:del w:id="1"/>', 1))

    proof = proof_after(change)
    assert not proof.differences
    assert {str(p.parent) for item in proof.unread for p in item.pointers} == {"/requests/new"}


def test_figures_rows_and_tables_in_content_controls_are_read() -> None:
    def control(inner: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    def change(xml: str) -> str:
        xml = xml.replace(found(RUN, xml), control(found(RUN, xml)))
        xml = re.sub(r"<w:tr>.*?</w:tr>", lambda match: control(match[0]), xml, flags=re.DOTALL)
        return re.sub(r"<w:tbl>.*?</w:tbl>", lambda match: control(match[0]), xml, flags=re.DOTALL)

    proof = proof_after(change)
    assert proof.is_same
    assert not proof.unread
    assert proof.compared == proof.cells
    assert any("内容控件" in remark.zh for remark in proof.remarks)
