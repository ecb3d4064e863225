"""Looks every half minute whether the time has decided something: an order lapses, a trip closes, a copy is due."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from controllers.background import Background, Lane
from ui import asking
from ui.asking import DeskDoor
from ui.backups_by_clock import BackupsByClock
from ui.question import Question
from ui.wording.bulk import counted

if TYPE_CHECKING:
    from controllers.by_the_clock import ByTheClock as Did
    from controllers.by_the_clock import Due


class ByTheClock(QObject):
    """`done` brings words where the clock did something at this desk; a database that is away is told elsewhere.

    Whether anything is due is read beside the desk's own work: scans never wait for a look that finds nothing.
    """

    done = Signal(str)

    def __init__(self, background: Background, desk: DeskDoor, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._backups = BackupsByClock(background, desk, self)
        self._look = Question(background, self)
        self._work = Question(background, self, lane=Lane.DESK)
        self._look.answered.connect(self._do)
        self._work.answered.connect(self._tell)

    def look(self) -> None:
        """Do what is due; while that is still under way nothing more is asked."""
        if not self._look.is_open and not self._work.is_open:
            self._look.ask(partial(asking.what_is_due, self._desk))
        self._backups.look()

    def _do(self, due: Due) -> None:
        if due:
            self._work.ask(partial(asking.do_what_is_due, self._desk, due))

    def _tell(self, did: Did) -> None:
        if did.closed:
            words = counted(
                len(did.closed),
                self.tr("The clock has closed 1 trip"),
                self.tr("The clock has closed {count} trips"),
            )
            self.done.emit(words)
