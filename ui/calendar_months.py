"""Keeps the months the calendar has shown, and reads those beside ahead, so that turning a page is immediate."""

from __future__ import annotations

import datetime as dt
from functools import partial

from PySide6.QtCore import QObject, Signal

from controllers.background import Lane
from models.calendar_facts import CalendarFilter
from models.refusals import CannotDo
from ui.at_desk import AtDesk
from ui.calendar_look import MonthKey, MonthLook, look_at_month
from ui.months import month_step
from ui.question import Question

KEPT = 30
"""So many months are kept; those seen longest ago go first."""


class Months(QObject):
    """`answered` brings the month that was asked for, `refused` why it cannot be read."""

    answered = Signal(object)
    refused = Signal(object)

    def __init__(self, at: AtDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._at = at
        self.zone = ""
        """The office's, '' until the first month was read."""
        self._kept: dict[MonthKey, MonthLook] = {}
        self._age = 0
        self._asked = Question(at.background, self)
        self._asked.answered.connect(self._show)
        self._asked.refused.connect(self.refused)

    def of(self, month: dt.date, wanted: CalendarFilter) -> MonthLook | None:
        """The month, where it is at hand."""
        return self._kept.get((month, wanted))

    def ask(self, month: dt.date, wanted: CalendarFilter) -> None:
        """Read it, and nothing that was asked for before."""
        self._asked.ask(partial(look_at_month, self._at.desk, month, wanted, self.zone))

    def forget_asked(self) -> None:
        """What was asked for is no longer looked at."""
        self._asked.forget()

    def outdate(self) -> None:
        """Something has changed: what is kept, or on its way to be kept, is of before."""
        self._kept.clear()
        self._age += 1

    def read_ahead(self, month: dt.date, wanted: CalendarFilter) -> None:
        """The months beside the shown one, when it has been painted: lanes at work make painting slow."""
        for step in (1, -1) if self.zone else ():
            key = (month_step(month, step), wanted)
            if key not in self._kept:
                work = partial(look_at_month, self._at.desk, *key, self.zone)
                keep = partial(self._keep_ahead, self._age)
                self._at.background.run(Lane.READING, work, keep, self._say_no)

    def _show(self, found: MonthLook) -> None:
        self.zone = found.zone
        self._keep(found)
        self.answered.emit(found)

    def _keep_ahead(self, age: int, found: MonthLook) -> None:
        """Unless something has changed since it was asked for."""
        if age == self._age:
            self._keep(found)

    def _keep(self, found: MonthLook) -> None:
        self._kept.pop(found.key, None)
        self._kept[found.key] = found
        while len(self._kept) > KEPT:
            del self._kept[next(iter(self._kept))]

    def _say_no(self, error: Exception) -> None:
        if isinstance(error, CannotDo):
            self.refused.emit(error)
        else:
            self._at.background.trouble.emit(error)
