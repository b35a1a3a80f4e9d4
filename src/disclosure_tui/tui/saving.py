"""Saving from the screen: what stands in the way is told, and a way out offered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from disclosure_tui.errors import EditRefused, SaveError
from disclosure_tui.session import ReadOnly, ReportHeld, SaveResult, Unsettled
from disclosure_tui.store.save_errors import MetadataLost
from disclosure_tui.tui.screens.conflicts import ask_conflicts
from disclosure_tui.tui.screens.holder_question import ask_holder
from disclosure_tui.tui.screens.save_elsewhere import ask_place
from disclosure_tui.tui.screens.save_trouble import ask_loss, ask_trouble

if TYPE_CHECKING:
    from disclosure_tui.model.pointer import Pointer
    from disclosure_tui.tui.report_base import ReportBase

__all__ = ["Saving"]


class Saving:
    """One wish to save, through all that may stand in the way of it."""

    def __init__(self, host: ReportBase, then: Callable[[], Awaitable[None]] | None = None) -> None:
        """Prepare.

        Args:
            host: The report.
            then: What follows once everything is on the disk.
        """
        self._host = host
        self._then = then
        self._taken: tuple[Pointer, ...] = ()

    async def save(self, *, accept_loss: bool = False) -> None:
        """Write the file; ask where something stands in the way.

        Args:
            accept_loss: Save even if rights or attributes of the file cannot be kept.
        """
        host = self._host
        host.keep_all_prose()
        try:
            result = host.session.save(accept_loss=accept_loss)
        except Unsettled as error:
            self._taken = error.merging.taken
            ask_conflicts(host, error.merging, self.save)
        except MetadataLost as error:
            ask_loss(host, error, self._accepting, self.elsewhere)
        except (SaveError, ReadOnly) as error:
            ask_trouble(host, error, self.save, self.elsewhere)
        except ReportHeld as error:
            ask_holder(host, error.holder, self._save_later)
        except EditRefused as error:
            host.refuse(error)
            host.poll()
        else:
            await self._saved(result)
        host.settle()

    def _save_later(self) -> None:
        # In the program's own queue: what follows may close the screen, which waits for its queue.
        self._host.app.call_later(self.save)

    async def _accepting(self) -> None:
        await self.save(accept_loss=True)

    async def elsewhere(self) -> None:
        """Ask for another name and save there."""
        ask_place(self._host, self._saved)

    async def _saved(self, result: SaveResult | None) -> None:
        self._host.tell_saved(result, self._taken)
        if self._then is not None:
            await self._then()
        else:
            self._host.settle()
