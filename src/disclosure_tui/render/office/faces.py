"""Which faces a PDF can be set in: those of official documents, or open ones in their place."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import TYPE_CHECKING

from disclosure_tui.data_class import dataclass
from disclosure_tui.language import Text
from disclosure_tui.render.office.faults import CannotExport

if TYPE_CHECKING:
    from typst import Fonts

__all__ = ["Faces", "choose_faces", "machine_fonts"]

_OPEN_SERIF = (
    "Noto Serif CJK SC",
    "Noto Serif SC",
    "Source Han Serif SC",
    "Source Han Serif CN",
    "AR PL SungtiL GB",
    "AR PL UMing CN",
)
_OPEN_SANS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Droid Sans Fallback",
)
_OPEN = _OPEN_SERIF + _OPEN_SANS
_BODY = ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong", "FZFangSong-Z02")
_TITLE = ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "FZXiaoBiaoSong-B05", "STZhongsong")
_HEADING = ("SimHei", "黑体", "STHeiti", "FZHei-B01S")
_SECOND = ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "STKaiti", "FZKai-Z03S")


@dataclass(frozen=True, slots=True)
class Faces:
    """The faces of a page.

    Attributes:
        title: Of the title.
        body: Of the prose and the tables.
        heading: Of headings.
        second: Of what opens paragraphs of the second level.
    """

    title: str
    body: str
    heading: str
    second: str

    @property
    def is_official(self) -> bool:
        """Tell whether prose and title are set as the rules of official documents want it."""
        return self.body in _BODY and self.title in _TITLE


def choose_faces(families: Collection[str]) -> Faces:
    """Choose among the faces of a machine.

    Raises:
        CannotExport: It has no Chinese face.
    """
    body = _first((*_BODY, *_OPEN), families)
    if body is None:
        raise CannotExport(
            Text(
                "不能生成 PDF：本机没有中文字体。",
                "cannot write PDF: this machine has no Chinese face.",
            ),
            hint=Text(
                "请安装一种：sudo apt install fonts-noto-cjk"
                "（体积小的：sudo apt install fonts-wqy-microhei）；或者导出 docx、html。",
                "Install one: sudo apt install fonts-noto-cjk (a small one: fonts-wqy-microhei); "
                "or export docx or html.",
            ),
        )
    return Faces(
        title=_first((*_TITLE, *_OPEN_SERIF), families) or body,
        body=body,
        heading=_first((*_HEADING, *_OPEN_SANS), families) or body,
        second=_first(_SECOND, families) or body,
    )


@lru_cache(maxsize=1)
def machine_fonts() -> Fonts:
    """Return all faces of this machine; looked for once."""
    import typst

    return typst.Fonts(include_system_fonts=True)


def _first(wanted: tuple[str, ...], families: Collection[str]) -> str | None:
    return next((name for name in wanted if name in families), None)
