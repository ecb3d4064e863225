"""Does the night's work a part at a time while the desk is open: looked up beside everything else, kept in a moment.

A part that another desk was quicker with is simply looked up anew. What it finds is told by the dashboard, not here.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from controllers.background import Background, Lane
from ui import asking
from ui.asking import DeskDoor
from ui.question import Question

if TYPE_CHECKING:
    from controllers.nights import Part


class ByNight(QObject):
    """`look` is called now and then; while the night's work is under way nothing more is asked."""

    def __init__(self, background: Background, desk: DeskDoor, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._look = Question(background, self)
        self._keep = Question(background, self, lane=Lane.DESK)
        self._look.answered.connect(self._go_on)
        self._keep.answered.connect(lambda _kept: self.look())

    @property
    def is_at_work(self) -> bool:
        """Whether a part is under way."""
        return self._look.is_open or self._keep.is_open

    def look(self) -> None:
        """Do what is due."""
        if not self.is_at_work:
            self._look.ask(partial(asking.next_of_night, self._desk))

    def _go_on(self, part: Part | None) -> None:
        if part is not None:
            self._keep.ask(partial(asking.keep_of_night, self._desk, part))
