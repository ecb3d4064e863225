"""Takes the traveler's money: how much is due, and how it was paid."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.money import Money, plain
from models.orders import Collector
from models.payments import MoneyState
from models.refusals import CannotDo
from models.reservations import Status
from models.rows import ReservationRow
from ui import asking
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field
from ui.widgets.keycap import ChannelMark
from ui.widgets.label import Label, Labelled
from ui.widgets.segmented import Segmented
from ui.wording.channels import channel_mark
from ui.wording.numbers import money_words
from ui.wording.orders import what_words

if TYPE_CHECKING:
    from controllers.reservations import Done

METHODS = ("cash", "card", "transfer")


@dataclass(frozen=True, slots=True)
class PayQuestion:
    """What may be taken now."""

    row: ReservationRow
    due: Money


def look(desk: asking.DeskDoor, reservation_id: int) -> PayQuestion:
    """What is due. Raises CannotDo("nothing-due"). On a lane only."""
    found = asking.details(desk, reservation_id)
    payable = tuple(Collector) if found.row.status is Status.AWAITING_PAYMENT else (Collector.US,)
    dues = [p.amount for p in found.payments if p.state is MoneyState.DUE and p.collector in payable]
    if not dues:
        raise CannotDo("nothing-due", number=found.row.number)
    return PayQuestion(found.row, Money(sum(due.minor for due in dues), dues[0].currency))


class PayDialog(Dialog):
    """`accepted` when the money is there: `method` and `amount` say what was taken."""

    def __init__(self, question: PayQuestion, host: QWidget) -> None:
        super().__init__(" ", host, subtitle=what_words(question.row), width=480, stays=True)
        self.row = question.row
        self.set_corner(ChannelMark(channel_mark(self.row.channel), self.row.reference or self.row.number))
        self._method = Segmented(
            self.tr("Cash"), self.tr("Card"), self.tr("Transfer"), name=self.tr("How it is paid")
        )
        self._field, self._whole = Field(), ""
        self._field.set_numbers()
        how = QHBoxLayout()
        how.addWidget(Label(self.tr("How it is paid"), 13, 500, "ink2"))
        how.addStretch(1)
        how.addWidget(self._method)
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addLayout(how)
        amount = self.tr("Amount in {currency}").format(currency=question.due.currency)
        column.addWidget(Labelled(amount, self._field))
        self.add(column)
        self.add_button(self.tr("Not now"), key="Esc")
        self._go = self.add_button(self.tr("Paid"), "primary", key="Enter")
        self.show_question(question)

    @property
    def method(self) -> str:
        """How it was paid."""
        return METHODS[self._method.at]

    @property
    def amount(self) -> str:
        """How much, as typed."""
        return self._field.text().strip()

    def deed(self, desk: asking.DeskDoor) -> Callable[[], Done]:
        """What the button asks for, to be done on a lane."""
        return partial(asking.pay, desk, self.row.id, self.method, self.amount, self.row.version)

    def read_again(self, desk: asking.DeskDoor) -> Callable[[], PayQuestion]:
        """What to ask after somebody else was quicker."""
        return partial(look, desk, self.row.id)

    def show_question(self, question: PayQuestion) -> None:
        """What is due now; an amount that somebody typed stays."""
        self.row = question.row
        self._title.setText(self.tr("Take {amount}?").format(amount=money_words(question.due)))
        self.setAccessibleName(self._title.text())
        untouched, self._whole = self.amount == self._whole, plain(question.due).replace(",", "")
        if untouched:
            self._field.set_text(self._whole)
            self._field.select_all()

    def ask(self) -> None:
        """Open it with the whole amount marked: Enter takes it, a digit replaces it."""
        self.open(self._field)
        self._field.select_all()

    def set_busy(self, busy: bool) -> None:
        self._go.setEnabled(not busy)
        if not busy and self.isVisible():
            self._field.setFocus()
            self._field.select_all()
