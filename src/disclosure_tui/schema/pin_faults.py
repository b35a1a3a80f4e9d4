"""What is the matter with the versions that a district asks for: said, not passed over.

Who writes one believes that it holds. A name without its edition would ask for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from disclosure_tui.errors import SchemaError
from disclosure_tui.language import Text
from disclosure_tui.schema.catalog import Catalog
from disclosure_tui.schema.known_names import meant_or_known
from disclosure_tui.schema.pins import Pin

__all__ = ["misread_pins", "unmatched_pins"]


def misread_pins(asked: Any, catalog: Catalog, key: str, where: str) -> Iterator[SchemaError]:
    """Yield why what is written asks for nothing.

    Args:
        asked: What stands under the key.
        catalog: The schemas there are.
        key: The key, for messages.
        where: The file.
    """
    if not isinstance(asked, Mapping):
        yield SchemaError(
            Text(f"【{key}】的写法不对，没有采用", f"{key} is not used: it is no map"),
            hint=Text(
                f'请写成 {key}: {{种类/版本: "格式文件的版本"}}',
                f'write {key}: {{TYPE/EDITION: "VERSION"}}',
            ),
            where=where,
        )
        return
    names = catalog.names()
    for name, value in asked.items():
        if name not in names:
            yield SchemaError(
                Text(
                    f"【{key}】里的【{name}】不是格式的名称，没有采用",
                    f"{key}: there is no schema {name!r}; it is not used",
                ),
                hint=meant_or_known(str(name), names),
                where=where,
            )
        elif Pin.of(value, where) is None:
            yield SchemaError(
                Text(f"【{key}】里的【{name}】没有写版本", f"{key}: {name} has no version"),
                hint=Text('请写版本，例如 "2026.1"', 'write a version, as in "2026.1"'),
                where=where,
            )


def unmatched_pins(asked: Any, catalog: Catalog, where: str) -> Iterator[SchemaError]:
    """Yield the versions that are asked for and are nowhere."""
    for name, value in asked.items() if isinstance(asked, Mapping) else ():
        pin = Pin.of(value, where, by_district=True)
        if pin is not None and name in catalog.names():
            try:
                catalog.find(name, pin)
            except SchemaError as error:
                yield error
