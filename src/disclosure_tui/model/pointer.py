"""Addresses of values in a report: JSON Pointers (RFC 6901)."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["ROOT", "Pointer"]


class Pointer(tuple[str, ...]):
    """The address of one value, as the keys from the root; list positions are digits.

    It is a tuple, so it compares, sorts and hashes as one; its text is the JSON Pointer.
    """

    __slots__ = ()

    @classmethod
    def of(cls, *keys: str) -> Pointer:
        """Build a pointer from its keys."""
        return cls(keys)

    @classmethod
    def parse(cls, text: str) -> Pointer:
        """Read a JSON Pointer: `` (the root) or `/a/b`.

        Raises:
            ValueError: The text is not empty and does not start with `/`.
        """
        if text in ("", "#"):
            return ROOT
        if not text.startswith("/"):
            raise ValueError(text)
        return cls(key.replace("~1", "/").replace("~0", "~") for key in text[1:].split("/"))

    def __truediv__(self, key: str) -> Pointer:
        return Pointer((*self, key))

    def joined(self, keys: Iterable[str]) -> Pointer:
        """Return the pointer that goes on from here along the keys."""
        return Pointer((*self, *keys))

    @property
    def parent(self) -> Pointer:
        """The pointer one level up; the root is its own parent."""
        return Pointer(self[:-1])

    @property
    def key(self) -> str:
        """The last key; empty for the root."""
        return self[-1] if self else ""

    def starts_with(self, other: tuple[str, ...]) -> bool:
        """Tell whether this value is the other one or lies inside it."""
        return self[: len(other)] == other

    def below(self, other: tuple[str, ...]) -> tuple[str, ...]:
        """Return the keys that lead from the other pointer to this one."""
        return self[len(other) :]

    def __str__(self) -> str:
        text = "/".join(self)
        if self and "~" not in text and text.count("/") == len(self) - 1:
            return "/" + text
        return "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in self)

    def __repr__(self) -> str:
        return f"Pointer({str(self)!r})"


ROOT = Pointer()
