"""The settings of this counter, as every page of the settings sees and changes them.

Read once and again whenever somebody changed them; a change is kept at once, there is nothing to save.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from controllers.background import Lane
from models.counter_settings import CounterSettings
from models.meanwhile import subjects
from ui import asking
from ui.at_desk import AtDesk
from ui.question import Question


class Kept(QObject):
    """`told` comes when the settings were read or changed, `refused` when they could not be.

    `left` comes when whoever worked here has left: what was shown to them alone goes.
    """

    told = Signal(object)
    refused = Signal(object)
    left = Signal()
    reservation_wanted = Signal(int)  # a page leads to an order

    def __init__(self, at: AtDesk, parent: QObject) -> None:
        super().__init__(parent)
        self.at = at
        self.settings = CounterSettings()
        self._about: frozenset[str] = frozenset()
        self._look = Question(at.background, self)
        self._change = Question(at.background, self, lane=Lane.DESK)
        for question in (self._look, self._change):
            question.answered.connect(self._tell)
            question.refused.connect(self.refused)

    def ask(self) -> None:
        """Read them."""
        self._look.ask(partial(asking.counter_settings, self.at.desk))

    def change(self, **changes: Any) -> None:
        """Keep these, and leave the others as they are."""
        if any(getattr(self.settings, name) != value for name, value in changes.items()):
            self._change.ask(partial(asking.set_up_counter, self.at.desk, **changes))

    @property
    def questions(self) -> tuple[Question, Question]:
        """Reading and changing them; each may be refused."""
        return self._look, self._change

    @property
    def about(self) -> frozenset[str]:
        """How the journal names this counter, once its settings were read."""
        return self._about

    def _tell(self, settings: CounterSettings) -> None:
        self.settings = settings
        self._about = subjects("counter", self.at.desk().actor.counter_id)
        self.told.emit(settings)
