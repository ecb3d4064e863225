"""Looks every half minute whether the daily copy of the data is still to be made, and makes it beside other work."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from controllers.background import Background, Lane
from models.refusals import CannotDo
from ui import asking
from ui.asking import DeskDoor
from ui.question import Question


class BackupsByClock(QObject):
    """What is in the way of a copy stands in the settings and, after two days, on the dashboard."""

    def __init__(self, background: Background, desk: DeskDoor, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._look = Question(background, self)
        self._make = Question(background, self, lane=Lane.NETWORK)
        self._look.answered.connect(self._begin)
        self._make.refused.connect(self._leave)

    def look(self) -> None:
        """Make it if it is due; while that is under way nothing more is asked."""
        if not self._look.is_open and not self._make.is_open:
            self._look.ask(partial(asking.is_backup_due, self._desk))

    def _begin(self, due: bool) -> None:
        if due:
            self._make.ask(partial(asking.back_up_by_clock, self._desk))

    def _leave(self, _no: CannotDo) -> None:
        """Kept with its reason; it is tried again in half an hour."""
