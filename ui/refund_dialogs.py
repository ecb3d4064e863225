"""Asks how money went back, or why it did not."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.meanwhile import subjects
from models.refunds import RefundRow
from models.tender import Method
from ui.hold import ReasonDialog
from ui.refund_words import numbers_words, who_words
from ui.widgets.day_field import DayField
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field
from ui.widgets.keycap import ChannelMark
from ui.widgets.label import Label, Labelled
from ui.widgets.segmented import Segmented
from ui.wording.channels import channel_mark
from ui.wording.numbers import money_words

METHODS = (Method.CARD, Method.TRANSFER, Method.CASH, Method.MOBILE)


class RefundDoneDialog(Dialog):
    """`accepted` when the money has gone: `method`, `reference` and `day` say how."""

    def __init__(self, row: RefundRow, today: dt.date, host: QWidget) -> None:
        subtitle = ", ".join(part for part in (who_words(row), numbers_words(row)) if part)
        super().__init__(" ", host, subtitle=subtitle, width=480, stays=True)
        self.row, self._today = row, today
        self.about = subjects("reservation", row.reservation_id)
        self.set_corner(ChannelMark(channel_mark(row.channel), row.reference_there or row.number))
        self._title.setText(self.tr("Was {amount} given back?").format(amount=money_words(row.amount)))
        self.setAccessibleName(self._title.text())
        words = (self.tr("Card"), self.tr("Transfer"), self.tr("Cash"), self.tr("Mobile"))
        self._method = Segmented(*words, name=self.tr("How it went back"))
        self._reference, self._day = Field(self.tr("Skip")), DayField(today)
        self._reference_of = Labelled(self.tr("Number on the slip or of the transfer"), self._reference)
        self._day_of = Labelled(self.tr("Day"), self._day)
        self._cash = Label("", 13, 500, "ink2", wrap=True)
        self._cash.setText(self.tr("It is taken out of this counter's drawer now."))
        self._cash.hide()
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(Label(self.tr("How it went back"), 13, 500, "ink2"))
        for widget in (self._method, self._reference_of, self._day_of, self._cash):
            column.addWidget(widget)
        self.add(column)
        self.add_button(self.tr("Not now"), key="Esc")
        self._go = self.add_button(self.tr("Given back"), "primary", key="Enter")
        self._method.chosen.connect(self._show_method)

    @property
    def method(self) -> str:
        """How it went back."""
        return METHODS[self._method.at]

    @property
    def reference(self) -> str:
        """The number on the slip, '' in cash."""
        return "" if self.method == Method.CASH else self._reference.text().strip()

    @property
    def day(self) -> dt.date:
        """When; cash goes now."""
        return self._today if self.method == Method.CASH else self._day.day()

    @property
    def drawer_words(self) -> str:
        """What stands beside it in the drawer."""
        return self.tr("Refund of {number}").format(number=self.row.number)

    def ask(self) -> None:
        """Open it, ready to type the number."""
        self.open(self._reference)

    def set_busy(self, busy: bool) -> None:
        self._go.setEnabled(not busy)

    def _show_method(self, _at: int) -> None:
        cash = self.method == Method.CASH
        self._reference_of.setVisible(not cash)
        self._day_of.setVisible(not cash)
        self._cash.setVisible(cash)
        self._place()


class RefundFailedDialog(ReasonDialog):
    """Why it did not go back: whoever tries again reads it."""

    def __init__(self, row: RefundRow, host: QWidget) -> None:
        self.row = row
        super().__init__(host, ", ".join(part for part in (who_words(row), numbers_words(row)) if part))
        self.about = subjects("reservation", row.reservation_id)

    def title(self) -> str:
        return self.tr("{amount} did not go back?").format(amount=money_words(self.row.amount))

    def why(self) -> str:
        return self.tr("Why? Whoever tries again reads this; the traveler does not.")

    def button(self) -> str:
        return self.tr("It failed")

    def drafts(self) -> tuple[str, ...]:
        return (
            self.tr("The card has expired"),
            self.tr("The account does not exist"),
            self.tr("The bank sent it back"),
        )
