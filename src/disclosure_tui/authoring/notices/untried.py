"""Rules that no case and no sample makes fail: nobody has seen that they find anything."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure_tui.authoring.cases import Expected
from disclosure_tui.authoring.notice import Notice, Subject
from disclosure_tui.authoring.samples import try_samples
from disclosure_tui.authoring.trying import rule_names, try_case
from disclosure_tui.language import Text
from disclosure_tui.model.finding import Severity
from disclosure_tui.report_type import LoadedReportType

__all__ = ["notices"]


def _nothing_near(loaded: LoadedReportType) -> Notice:
    return Notice(
        "untried",
        Severity.NOTE,
        loaded.path.name,
        Text(
            "附近没有用例和样本，不知道各条规则能不能查出问题",
            "no cases and no samples near it: nobody has seen its rules find anything",
        ),
        Text(
            "请在 cases 和 samples 文件夹里写上，或用 --cases、--samples 指定",
            "write some in the folders cases and samples, or name those folders",
        ),
    )


def notices(subject: Subject) -> Iterator[Notice]:
    """Find them. Cases are tried until one fails as told, then samples for the rules left."""
    loaded = subject.loaded
    name = loaded.form.report_type.name
    left = set(rule_names(loaded))
    if left and not subject.surroundings.has_any_of(name):
        yield _nothing_near(loaded)
        return
    for folder in subject.surroundings.cases:
        for case in folder.of(name):
            if case.rule in left and case.expected is Expected.FAILS:
                left -= {case.rule} if try_case(loaded, folder, case) is None else set()
    if left:
        for tried in try_samples(loaded, subject.surroundings.samples):
            left -= tried.failing
    origins = {declared.rule.identifier: declared.rule.origin for declared in subject.declared}
    for rule in sorted(left):
        yield Notice(
            "untried",
            Severity.WARNING,
            origins.get(rule, loaded.path.name),
            Text("没有一个用例或样本让它不符", "no case and no sample makes it fail"),
            Text(
                "请在 cases 或 samples 文件夹里补上一个",
                "add one to the folder cases or samples",
            ),
            rule=rule,
        )
