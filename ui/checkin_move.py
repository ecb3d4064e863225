"""Asks to which departure of today somebody is moved: seats before and after, and what it costs more."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from controllers.background import Lane
from models.meanwhile import subjects
from models.refusals import CannotDo
from ui import asking
from ui.at_desk import AtDesk
from ui.paint.seats import Seats
from ui.question import Question
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field
from ui.widgets.label import Label
from ui.widgets.notice import Notice
from ui.widgets.pick_row import PickRow
from ui.widgets.seats import SeatsBlock
from ui.wording.dates import clock, day_word
from ui.wording.numbers import money_words
from ui.wording.orders import local
from ui.wording.refusals import refusal

if TYPE_CHECKING:
    from controllers.moving import MovePreview, Offered
    from controllers.reservations import Done

MOST = 6
"""More departures of a day are not compared at the gate; the nearest come first."""


class MoveDialog(Dialog):
    """`accepted` asks to move to `chosen`, with `overbook` as the reason where seats are missing."""

    def __init__(self, question: MovePreview, host: QWidget) -> None:
        super().__init__(" ", host, subtitle=f"{question.product}. {_booked(question)}", stays=True)
        self.question = question
        self.about = subjects("reservation", question.reservation_id)
        self._offered = question.offered[:MOST]
        self._at, self._busy = next((n for n, one in enumerate(self._offered) if one.has_room), 0), False
        self._title.setText(self.tr("Move {number} to today?").format(number=question.number))
        self.setAccessibleName(self._title.text())
        self._rows = [self._row(n, one) for n, one in enumerate(self._offered)]
        self._seats = SeatsBlock(Seats(0, 0, 0))
        self._price = Label("", 14, 600)
        self._missing = Notice("stop", "")
        self._reason = Field(
            self.tr("Why may it be moved all the same? Kept as an internal note"),
            name=self.tr("Reason to overbook"),
        )
        self._lay_out()
        self.add_button(self.tr("Not now"), key="Esc")
        self._go = self.add_button(self.tr("Move and let in"), "primary", key="Enter")
        self._reason.changed.connect(self._settle)
        self._show()

    @property
    def chosen(self) -> Offered:
        """The departure that is marked."""
        return self._offered[self._at]

    @property
    def overbook(self) -> str:
        """The reason to overbook, '' where none is needed."""
        return self._reason.text().strip() if self._is_over else ""

    def ask(self) -> None:
        """Open it, on the first one that has room."""
        self.open(self._rows[self._at])

    def set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit marks its departure; in the reason it is written."""
        digit = event.key() - Qt.Key.Key_1
        if 0 <= digit < len(self._rows) and not event.modifiers():
            self._choose(digit)
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        self._choose((self._at + by) % len(self._rows))

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(0)
        for row in self._rows:
            column.addWidget(row)
        self.add(column)
        below = QVBoxLayout()
        below.setSpacing(12)
        for widget in (self._seats, self._price, self._missing, self._reason):
            below.addWidget(widget)
        self.add(below)

    def _row(self, number: int, one: Offered) -> PickRow:
        small = self.tr("{free} of {capacity} seats free").format(
            free=max(0, one.capacity - one.taken), capacity=one.capacity
        )
        head = f"{clock(local(one.departs_at, one.zone))}  {one.option}"
        row = PickRow(head, small, key=str(number + 1))
        row.clicked.connect(partial(self._choose, number))
        row.stepped.connect(self._step)
        return row

    def _choose(self, number: int, _checked: bool = False) -> None:
        self._at = number
        self._rows[number].setFocus()
        self._show()

    def _show(self) -> None:
        one = self.chosen
        for n, row in enumerate(self._rows):
            row.set_picked(n == self._at)
        self._seats.show_seats(Seats(one.taken, one.after, one.capacity))
        self._price.setText(self._price_words(one))
        over = self.tr("Only a manager may overbook.")
        if self.question.may_overbook:
            over = self.tr("Say why they may come all the same.")
        head = self.tr("This departure is closed for sale.")
        if one.short:
            head = self.tr("{count} seats are missing.").format(count=one.short)
        self._missing.say(head, over)
        self._missing.setVisible(self._is_over)
        self._reason.setVisible(self._is_over and self.question.may_overbook)
        self._settle()

    @property
    def _is_over(self) -> bool:
        return not self.chosen.has_room

    def _price_words(self, one: Offered) -> str:
        if one.costs_more is None:
            return self.tr("The price difference is not known: no price list.")
        if one.costs_more.minor > 0:
            return self.tr("{amount} more, to be taken here").format(amount=money_words(one.costs_more))
        if one.costs_more.minor < 0:
            less = money_words(type(one.costs_more)(-one.costs_more.minor, one.costs_more.currency))
            return self.tr("{amount} less by the price list; nothing is paid back here").format(amount=less)
        return self.tr("The same price")

    def _settle(self, _typed: str = "") -> None:
        if self._is_over and not self.overbook:
            self._go.forbid(self.tr("Seats are missing"))
        else:
            self._go.allow()
            self._go.setEnabled(not self._busy)
        if self.isVisible():
            self._place()


class Move(QObject):
    """Asks, moves, and says what became of it: `done` brings it, to be judged again."""

    done = Signal(object)

    def __init__(self, at: AtDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._at = at
        self._dialog: MoveDialog | None = None
        self._look = Question(at.background, self)
        self._write = Question(at.background, self, lane=Lane.DESK)
        self._look.answered.connect(self._open)
        self._look.refused.connect(self._say_no)
        self._write.answered.connect(self._moved)
        self._write.refused.connect(self._refused)

    @property
    def is_asking(self) -> bool:
        """Whether the question is open, or on its way."""
        return self._look.is_open or self._stands

    def ask(self, reservation_id: int) -> None:
        """Where it could go."""
        self._look.ask(partial(asking.preview_move, self._at.desk, reservation_id))

    @property
    def _stands(self) -> bool:
        return self._dialog is not None and isValid(self._dialog) and not self._dialog.isHidden()

    def _open(self, question: MovePreview) -> None:
        host = self._at.deeds.host
        if not question.offered or host is None:
            self._at.deeds.tell(
                self.tr("Nothing of {product} leaves today any more").format(product=question.product)
            )
            return
        self._dialog = dialog = MoveDialog(question, host)
        dialog.accepted.connect(partial(self._send, dialog))
        dialog.ask()

    def _send(self, dialog: MoveDialog) -> None:
        asked, there = dialog.question, dialog.chosen
        work: Callable[[], Done] = partial(
            asking.move_today,
            self._at.desk,
            asked.reservation_id,
            there.option_id,
            there.departs_at,
            asked.version,
            dialog.overbook,
        )
        self._write.ask(work)

    def _moved(self, done: Done) -> None:
        if self._stands and self._dialog is not None:
            self._dialog.leave()
        words = self.tr("{number} is on today's departure now: seats {before} → {after}")
        before, after = done.facts["seats_before"], done.facts["seats_after"]
        self._at.deeds.tell(words.format(number=done.number, before=before, after=after))
        self.done.emit(done)

    def _refused(self, no: CannotDo) -> None:
        if self._stands and self._dialog is not None:
            self._dialog.refuse(no)
        else:
            self._say_no(no)

    def _say_no(self, no: CannotDo) -> None:
        self._at.deeds.tell(refusal(no))


def _booked(question: MovePreview) -> str:
    """What is given up: 'Sat 17 Oct, 10:30, English'."""
    day = day_word(question.departs_on) if question.departs_on else ""
    at = clock(local(question.departs_at, question.zone)) if question.departs_at else ""
    return ", ".join(part for part in (day, at, question.option) if part)
