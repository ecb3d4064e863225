"""Does what people decide about a departure: close or open it, change its seats, its guide, print its sheet.

Like a reservation's deeds: a question over the window first, then the deed on the desk's lane. A refusal
stays beside the button; what was done is said at the foot.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

from controllers.background import Lane
from models.refusals import CannotDo
from ui.at_desk import AtDesk
from ui.widgets.overlay import stands
from ui.widgets.toast import Toast
from ui.wording.refusals import refusal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from controllers.departures import Changed
    from models.calendar_facts import CalendarLine
    from ui.departure_dialogs import DepartureDialog


class DepartureDeeds(QObject):
    """One question at a time, over the window of `at.deeds`."""

    def __init__(self, at: AtDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._at = at
        self._dialog: DepartureDialog | None = None
        self.may_change_seats = False
        self.guides: tuple[str, ...] = ()

    def do(self, word: str, line: CalendarLine) -> None:
        """Ask about 'close-departure', 'seats' or 'guide'."""
        from ui.departure_dialogs import CapacityDialog, CloseDialog, GuideDialog

        make: dict[str, Callable[[QWidget], DepartureDialog]] = {
            "close-departure": lambda host: CloseDialog(line, host),
            "seats": lambda host: CapacityDialog(line, host, may_change=self.may_change_seats),
            "guide": lambda host: GuideDialog(line, host, self.guides),
        }
        host = self._at.deeds.host
        if host is None or stands(self._dialog):
            return
        self._dialog = make[word](host)
        self._dialog.accepted.connect(self._send)
        self._dialog.ask()

    def print(self, word: str, day: dt.date, line: CalendarLine | None) -> None:
        """Show the sheet ('day-sheet') or the vouchers ('day-vouchers') of a day, or of one departure of it."""
        from ui.day_vouchers import DayVouchersDialog
        from ui.manifest import ManifestDialog

        kind = ManifestDialog if word == "day-sheet" else DayVouchersDialog
        if self._at.deeds.host is not None:
            kind(self._at, day, line, self._at.deeds.host).open()

    def _send(self) -> None:
        """The answer finds the dialog that asked, whichever is open by then."""
        dialog = self._dialog
        if dialog is not None:
            work = dialog.deed(self._at.desk)
            done, refused = partial(self._was_done, dialog), partial(self._was_refused, dialog)
            self._at.background.run(Lane.DESK, work, done, refused)

    def _was_done(self, dialog: DepartureDialog, done: Changed) -> None:
        if stands(dialog):
            dialog.leave()
        self._tell(self._words(dialog.line, done))

    def _was_refused(self, dialog: DepartureDialog, error: Exception) -> None:
        if not isinstance(error, CannotDo):
            self._at.background.trouble.emit(error)
        elif stands(dialog):
            dialog.refuse(error)
        else:
            self._tell(refusal(error))

    def _tell(self, words: str) -> None:
        host = self._at.deeds.host
        if host is not None and isValid(host):
            Toast(words, host)

    def _words(self, line: CalendarLine, done: Changed) -> str:
        if done.closed != line.closed:
            words = self.tr("{time} {product} is closed for sale")
            if line.closed:
                words = self.tr("{time} {product} is open for sale")
            return words.format(time=line.starts, product=line.product)
        if done.capacity != line.capacity:
            words = self.tr("{time} {product} has {count} seats")
            return words.format(time=line.starts, product=line.product, count=done.capacity)
        if done.guide:
            return self.tr("{name} guides {product} at {time}").format(
                name=done.guide, product=line.product, time=line.starts
            )
        return self.tr("Nobody guides {product} at {time} yet").format(product=line.product, time=line.starts)
