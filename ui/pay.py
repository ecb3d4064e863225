"""Takes the traveler's money: how much is due, and how it was paid."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.frozen import frozen
from models.money import Money, plain
from models.orders import Collector
from models.payments import MoneyState
from models.refusals import CannotDo
from models.reservations import Status
from models.rows import ReservationRow
from models.tender import Method, Rates, Taken, amount_typed, handed_over, settle
from ui import asking
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field
from ui.widgets.keycap import ChannelMark
from ui.widgets.label import Label, Labelled
from ui.widgets.segmented import Segmented
from ui.wording.channels import channel_mark
from ui.wording.numbers import money_words
from ui.wording.orders import what_words
from ui.wording.statuses import status_word

if TYPE_CHECKING:
    from controllers.reservations import Done

METHODS = (Method.CASH, Method.CARD, Method.TRANSFER, Method.MOBILE)


@frozen
class PayQuestion:
    """What may be taken now."""

    row: ReservationRow
    due: Money
    rates: Rates


def look(desk: asking.DeskDoor, reservation_id: int) -> PayQuestion:
    """What is due. Raises CannotDo("nothing-due"). On a lane only."""
    found = asking.details(desk, reservation_id)
    payable = tuple(Collector) if found.row.status is Status.AWAITING_PAYMENT else (Collector.US,)
    dues = [p.amount for p in found.payments if p.state is MoneyState.DUE and p.collector in payable]
    if not dues:
        raise CannotDo("nothing-due", number=found.row.number)
    due = Money(sum(one.minor for one in dues), dues[0].currency)
    return PayQuestion(found.row, due, asking.currencies(desk))


def paid_words(done: Done) -> str:
    """'₩58,000 taken, CF-48217 is Confirmed': what was done, and where it stands now."""
    paid = Money(done.facts["paid"], done.facts["currency"])
    words = QCoreApplication.translate("pay", "{amount} taken, {number} is {status}")
    return words.format(amount=money_words(paid), number=done.number, status=status_word(done.status))


@frozen
class _Paid:
    """What was typed; it is understood where it is done, so that a slip is refused in the dialog."""

    method: str
    amount: str
    received: str
    currency: str
    slip: str
    price_in: str
    rates: Rates


def _pay(desk: asking.DeskDoor, reservation_id: int, paid: _Paid, seen: int) -> Done:
    due = amount_typed(paid.amount, paid.price_in)
    handed = handed_over(paid.received, due, paid.currency, paid.rates)
    return asking.pay(
        desk, reservation_id, paid.method, paid.amount, seen, handed=handed, slip=paid.slip.strip()
    )


class PayDialog(Dialog):
    """`accepted` when the money is there: `method` and `amount` say what was taken."""

    def __init__(self, question: PayQuestion, host: QWidget) -> None:
        super().__init__(" ", host, subtitle=what_words(question.row), width=480, stays=True)
        self.row = question.row
        self.set_corner(ChannelMark(channel_mark(self.row.channel), self.row.reference or self.row.number))
        self._rates = question.rates
        words = (self.tr("Cash"), self.tr("Card"), self.tr("Transfer"), self.tr("Mobile"))
        self._method = Segmented(*words, name=self.tr("How it is paid"))
        self._currencies = question.rates.taken_for(question.due.currency)
        self._currency = Segmented(*self._currencies, name=self.tr("Currency received"))
        self._field, self._whole = Field(), ""
        self._received, self._slip = Field(self.tr("exactly")), Field(self.tr("Skip"))
        self._received_of = Labelled(self.tr("Received"), self._received)
        self._slip_of = Labelled(self.tr("Number on the slip"), self._slip)
        self._change = Label("", 14, 600, "good")
        for field in (self._field, self._received):
            field.set_numbers()
            field.changed.connect(lambda _text: self._tell_change())
        for choice in (self._method, self._currency):
            choice.chosen.connect(lambda _at: self._tell_change())
        how = QHBoxLayout()
        how.addWidget(Label(self.tr("How it is paid"), 13, 500, "ink2"))
        how.addStretch(1)
        how.addWidget(self._method)
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addLayout(how)
        amount = self.tr("Amount in {currency}").format(currency=question.due.currency)
        column.addWidget(Labelled(amount, self._field))
        column.addWidget(self._received_of)
        column.addWidget(self._currency)
        column.addWidget(self._slip_of)
        column.addWidget(self._change)
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
        received = self._received.text().strip() if self.method == Method.CASH else ""
        currency = self._currencies[self._currency.at]
        slip = "" if self.method == Method.CASH else self._slip.text()
        paid = _Paid(self.method, self.amount, received, currency, slip, self._due.currency, self._rates)
        return partial(_pay, desk, self.row.id, paid, self.row.version)

    def read_again(self, desk: asking.DeskDoor) -> Callable[[], PayQuestion]:
        """What to ask after somebody else was quicker."""
        return partial(look, desk, self.row.id)

    def show_question(self, question: PayQuestion) -> None:
        """What is due now; an amount that somebody typed stays."""
        self.row, self._due, self._rates = question.row, question.due, question.rates
        self._title.setText(self.tr("Take {amount}?").format(amount=money_words(question.due)))
        self.setAccessibleName(self._title.text())
        untouched, self._whole = self.amount == self._whole, plain(question.due).replace(",", "")
        if untouched:
            self._field.set_text(self._whole)
            self._field.select_all()
        self._tell_change()

    def _tell_change(self) -> None:
        """What goes back of what was received, or what is asked in its currency; and what is asked besides."""
        cash, currency = self.method == Method.CASH, self._currencies[self._currency.at]
        self._received_of.setVisible(cash)
        self._currency.setVisible(len(self._currencies) > 1)
        self._slip_of.setVisible(not cash)
        self._change.setText(self._change_words(currency))
        self._change.setVisible(bool(self._change.text()))
        self._place()

    def _change_words(self, currency: str) -> str:
        try:
            due = amount_typed(self.amount, self._due.currency)
            if self.method != Method.CASH or not self._received.text().strip():
                foreign = currency != due.currency
                asked = money_words(self._rates.asked(due, currency)) if foreign else ""
                return self.tr("That is {amount}.").format(amount=asked) if asked else ""
            handed = amount_typed(self._received.text(), currency)
            change = settle(Taken(Method.CASH, handed), due, self._rates).change
        except CannotDo:
            return ""
        return self.tr("Change {amount}").format(amount=money_words(change))

    def ask(self) -> None:
        """Open it with the whole amount marked: Enter takes it, a digit replaces it."""
        self.open(self._field)
        self._field.select_all()

    def set_busy(self, busy: bool) -> None:
        self._go.setEnabled(not busy)
        if not busy and self.isVisible():
            self._field.setFocus()
            self._field.select_all()
