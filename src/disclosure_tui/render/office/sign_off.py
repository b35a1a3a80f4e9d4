"""The last pages of a sign-off copy in words, the same for every format that has pages."""

from __future__ import annotations

from disclosure_tui.data_class import dataclass
from disclosure_tui.render.copies import Appendix, Copy

__all__ = ["SignOff", "sign_off"]


@dataclass(frozen=True, slots=True)
class SignOff:
    """What stands on the last pages.

    Attributes:
        heading: Over the table.
        heads: Heads of the table.
        people: Label and value; the other columns are left free for a pen.
        lists: Heading and paragraphs of what is open and of what was explained.
    """

    heading: str
    heads: tuple[str, str, str, str]
    people: tuple[tuple[str, str], ...]
    lists: tuple[tuple[str, tuple[str, ...]], ...]


def sign_off(copy: Copy, appendix: Appendix) -> SignOff:
    """Put the appendix of a copy into words."""
    none = (copy.say("没有。", "None."),)
    findings = tuple(f"{mark} {sentence}" for mark, sentence in appendix.findings)
    explained: list[str] = []
    for sentence, text, signed in appendix.explanations:
        explained.append(sentence)
        said = copy.say(f"说明：{text}", f"Explanation: {text}")
        explained.append(f"{said} {signed}".rstrip())
    return SignOff(
        copy.say("送审表", "Sign-off table"),
        (
            copy.say("事项", "Item"),
            copy.say("内容", "Entry"),
            copy.say("签字", "Signature"),
            copy.say("日期", "Date"),
        ),
        appendix.people,
        (
            (copy.say("未处理的问题", "Open findings"), findings or none),
            (copy.say("情况说明", "Explanations"), tuple(explained) or none),
        ),
    )
