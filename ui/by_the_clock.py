"""Lets the window do what the time has decided: an order lapses, a trip closes, a letter leaves, a copy is due.

Who does it, this desk or another program, stands in the key bar.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from controllers.background import Background
from ui.asking import DeskDoor
from ui.backups_by_clock import BackupsByClock
from ui.widgets.key_bar import Standing
from ui.wording.worker import closed_words, worker_words

if TYPE_CHECKING:
    from controllers.lease import Holding
    from controllers.watching import Watch
    from ui.working import Working


class ByTheClock(QObject):
    """`done` brings words where the clock did something at this desk, `stands` how the work stands."""

    done = Signal(str)
    stands = Signal(object)

    def __init__(self, background: Background, desk: DeskDoor, parent: QObject) -> None:
        super().__init__(parent)
        self._background, self._desk = background, desk
        self._backups = BackupsByClock(background, desk, self)
        self.working: Working | None = None

    def start(self, watch: Watch) -> None:
        """From now on this desk does the work where nobody else does. The desk is open."""
        from ui.working import Working

        self.working = Working(self._background, self._desk(), watch, self)
        self.working.did.connect(self._tell)
        self.working.stands.connect(self._show)
        self.working.start()

    def look(self) -> None:
        """The daily copy of this computer, which is nobody else's."""
        self._backups.look()

    def close(self) -> None:
        """No more."""
        if self.working is not None:
            self.working.close()

    def _tell(self, word: str, did: object) -> None:
        if word == "clock":
            words = closed_words(did)  # type: ignore[arg-type]
            if words:
                self.done.emit(words)

    def _show(self, holding: Holding | None) -> None:
        family = "act" if holding is None or not holding.counter else ""
        self.stands.emit(Standing(worker_words(holding), "worker", family))
