"""Lines of a copy that are no part of the report: draft signs, units, where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable

from disclosure_tui.language import Language, Text
from disclosure_tui.model.form import Form, localized
from disclosure_tui.publication.sentences import plain
from disclosure_tui.render.copies import DRAFT_SIGN

__all__ = ["OwnLines"]

_DIGEST = re.compile(r"(?:校验码|[Dd]igestofthereportfile)([0-9a-f]{64})")
_SIGN_OFF = Text("送审稿", "For sign-off")
_APPENDIX = Text("送审", "Sign-off")
_PARTS = re.compile("[；;，,]")


class OwnLines:
    """Knows the lines that every copy of ours, or a usual page, has besides the report."""

    def __init__(self, form: Form) -> None:
        self._signs = {
            plain(part)
            for language in Language
            for sign in (DRAFT_SIGN, _SIGN_OFF)
            for part in _PARTS.split(sign.in_(language))
        }
        units = {
            unit
            for language in Language
            for table in form.tables
            if (unit := localized(table.unit, language))
        }
        self._units = {
            plain(shape.format(unit))
            for unit in units
            for shape in ("单位：{}", "（单位：{}）", "Unit: {}", "（{}）")
        }
        self.remarks: dict[Text, None] = {}

    def without(self, texts: Iterable[str]) -> list[str]:
        """Return the texts that are part of the report."""
        return [text for text in texts if not self._is_own(text)]

    def _is_own(self, text: str) -> bool:
        if len(text) > 400:
            return False
        parts = {plain(part) for part in _PARTS.split(text)} - {""}
        signs = parts & self._signs
        if parts and parts <= self._signs | self._units:
            if signs:
                self.remarks[_MARKED] = None
            return True
        return plain(text) in self._units or self.digest_in(text) is not None

    def digest_in(self, text: str) -> str | None:
        """Return the digest of the report file that a line names, or None."""
        if len(text) > 400:
            return None
        found = _DIGEST.findall("".join(text.split()))
        return found[-1] if found else None

    def is_end(self, text: str) -> bool:
        """Tell whether what follows is no part of the report in any case."""
        names = {plain(_APPENDIX.in_(language)) for language in Language}
        return plain(text) in names or self.digest_in(text) is not None


_MARKED = Text(
    "这份稿标着草稿或送审稿，不是定稿。", "The copy is marked as a draft or for sign-off."
)
