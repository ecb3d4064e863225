"""Keeps today's departures and refusals at hand for check-in: asked again when something changed, or at midnight."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from controllers.background import Lane
from models.refusals import CannotDo
from ui import asking
from ui.asking import DeskDoor
from ui.at_desk import AtDesk
from ui.pulse import pulse
from ui.wording.orders import local

if TYPE_CHECKING:
    from models.today import DepartureToday, TodaysDepartures


class TodayWatch(QObject):
    """`told` comes with every answer, and once a minute, since the times beside the departures are another."""

    told = Signal()

    def __init__(self, at: AtDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._at = at
        self._today: TodaysDepartures | None = None
        self.refused = 0
        self._asking = self._wanted_again = False
        self._minute = -1

    @property
    def today(self) -> TodaysDepartures | None:
        """What was told last."""
        return self._today

    @property
    def departures(self) -> tuple[DepartureToday, ...]:
        """Today's departures, by time."""
        return self._today.departures if self._today is not None else ()

    def ask(self) -> None:
        """Ask again; while an answer is on its way, once for all who want to know when it is there."""
        if self._asking:
            self._wanted_again = True
            return
        self._asking = True
        work = partial(_see, self._at.desk)
        self._at.background.run(Lane.READING, work, self._answered, self._not_answered)

    def start(self) -> None:
        """The screen is in front: follow the clock."""
        pulse().join(self._tick)

    def stop(self) -> None:
        """It is not."""
        pulse().leave(self._tick)

    @property
    def expected(self) -> int:
        """How many are expected today in all, those who are in among them."""
        return sum(one.expected for one in self.departures)

    @property
    def arrived(self) -> int:
        """How many of them are in."""
        return sum(one.arrived for one in self.departures)

    def _answered(self, answer: tuple[TodaysDepartures, int]) -> None:
        self._today, self.refused = answer
        self._ask_again()
        self.told.emit()

    def _not_answered(self, error: Exception) -> None:
        """What stands there stays; that the desk does not answer is said by the window."""
        self._ask_again()
        if not isinstance(error, CannotDo):
            self._at.background.trouble.emit(error)

    def _ask_again(self) -> None:
        """Something changed since it was asked."""
        wanted, self._asking, self._wanted_again = self._wanted_again, False, False
        if wanted:
            self.ask()

    def _tick(self) -> None:
        now = self._at.now()
        if now.minute == self._minute or self._today is None:
            return
        self._minute = now.minute
        if local(now, self._today.zone).date() != self._today.day:
            self.ask()
        else:
            self.told.emit()


def _see(desk: DeskDoor) -> tuple[TodaysDepartures, int]:
    return asking.todays_departures(desk), asking.count_turned_away(desk)
