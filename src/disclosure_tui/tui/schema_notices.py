"""What is told in the editor of the places that schemas come from."""

from __future__ import annotations

from collections.abc import Sequence

from disclosure_tui.errors import DisclosureError
from disclosure_tui.language import Text, counted

__all__ = ["line_about_places", "told_of_places"]


def told_of_places(notices: Sequence[DisclosureError]) -> tuple[Text, ...]:
    """Return the paragraphs of the help: what of the places is not as it should be."""
    if not notices:
        return ()
    heading = Text(
        "格式文件有要留意的地方，请告诉管理员：", "Of the schemas, for the administrator to know:"
    )
    return (heading, *map(_whole, notices))


def line_about_places(notices: Sequence[DisclosureError], key: str) -> Text:
    """Return the line that says so when a report is opened.

    Args:
        notices: What there is to tell.
        key: The key of the help.
    """
    count = len(notices)
    return Text(
        f"* 格式文件有 {count} 处要留意，不影响填报；按 {key} 看最后几行",
        f"* {counted(count, 'note')} on the schemas, see the last lines of {key}; go on",
    )


def _whole(notice: DisclosureError) -> Text:
    told = Text(f"{notice.where}：", f"{notice.where}: ") + notice.what
    if notice.hint is not None:
        told += Text("。", ". ") + notice.hint
    return Text(told.zh.replace("\n", " "), told.en.replace("\n", " "))
