"""Report files to edit: a draft, and one filled with zeros."""

from __future__ import annotations

from pathlib import Path

from disclosure_tui.drafting import NewReport, draft_text
from disclosure_tui.language import Language
from disclosure_tui.model.form import Role
from disclosure_tui.model.pointer import Pointer
from disclosure_tui.report_type import ReportTypes, load_report_type
from disclosure_tui.schema.catalog import Catalog
from disclosure_tui.session import Session

REPORT_TYPE = "gov-info-annual/2021"
NEW = Pointer.parse("/requests/new")
GRANTED = Pointer.parse("/requests/results/granted")
RESULTS_TOTAL = Pointer.parse("/requests/results/total")


PROSE = {
    "preamble": "根据《中华人民共和国政府信息公开条例》和国办公开办函〔2021〕30号要求编制，"
    "由总体情况等六个部分组成，数据统计期限为2023年1月1日至2023年12月31日。"
    "联系电话：0000-0000000。",
    "overview": "（一）主动公开。按规定公开办事指南。（二）依申请公开。答复申请，见第三部分。"
    "（三）政府信息管理。公文定稿时确定公开属性。（四）平台建设。及时更新专栏。"
    "（五）监督保障。组织业务培训。",
    "problems": "存在的主要问题是人手不足，改进措施是加强培训。",
    "other_matters": "本年未收取信息处理费，没有其他需要报告的事项。",
}


def opened(path: Path) -> Session:
    return Session.open(path, ReportTypes(Catalog.of(())))


def draft(folder: Path) -> Path:
    form = load_report_type(REPORT_TYPE).form
    path = folder / "tyj-2023.yaml"
    new = NewReport(2023, "某县退役军人事务局", "tyj", "county_department")
    path.write_text(draft_text(form, new, Language.CHINESE), encoding="utf-8")
    return path


def complete(folder: Path) -> Path:
    """Write a report in which nothing is blank and nothing is wrong: every figure 0."""
    path = draft(folder)
    if not _FILLED:
        session = opened(path)
        values: dict[Pointer, object] = {}
        for node in session.form.nodes.values():
            if node.role is Role.CELL:
                values[node.pointer] = 0
            elif node.role is Role.PROSE:
                values[node.pointer] = PROSE[node.key]
        values[Pointer.of("signature", "organ")] = "某县退役军人事务局"
        values[Pointer.of("signature", "date")] = "2024-01-15"
        values[Pointer.of("prior")] = {"values": last_year(session)}
        session.set_values(values)
        _FILLED.append(session.document.encode())
        session.close(drop=True)
    path.write_bytes(_FILLED[0])
    return path


def last_year(session: Session) -> dict[str, int]:
    """Return zeros for all figures of last year that a rule compares with."""
    instances = session.report_type.checker.instances(session.form)
    operands = [operand for item in instances for operand in item.evaluator.operands]
    return {
        str(operand.pointer): 0
        for operand in operands
        if operand.prior and session.form.nodes[operand.pointer].role is Role.CELL
    }


_FILLED: list[bytes] = []
"""Filling takes a while and gives the same bytes each time."""
