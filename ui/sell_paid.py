"""How it is paid: cash, card, transfer, mobile, or later; all of it or a deposit."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import actions, fonts
from ui.sell_draft import PaidWith
from ui.widgets.button import APART, Button
from ui.widgets.field import Field
from ui.widgets.flow import Flow
from ui.widgets.label import Labelled

IN_A_ROW = 3
ACTIONS = {
    PaidWith.CASH: "pay-cash",
    PaidWith.CARD: "pay-card",
    PaidWith.LATER: "pay-later",
    PaidWith.TRANSFER: "pay-transfer",
    PaidWith.MOBILE: "pay-mobile",
}


class SellPaid(QWidget):
    """`changed` comes with every choice and letter, `entered` with Enter in a field."""

    changed = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._with = PaidWith.CASH
        self.buttons = {
            how: Button("", icon=actions.ACTIONS[word].icon, key=actions.cap(word), height=40)
            for how, word in ACTIONS.items()
        }
        self.deposit_button = Button("", icon="part", key=actions.cap("deposit"), height=40)
        self.slip, self.deposit = Field(), Field()
        self._slip, self._deposit = Labelled("", self.slip), Labelled("", self.deposit)
        self.deposit.set_numbers()
        self._build()
        for how, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, how=how: self.choose(how))
        self.deposit_button.clicked.connect(self.toggle_deposit)
        for field in (self.slip, self.deposit):
            field.changed.connect(lambda _text: self.changed.emit())
            field.entered.connect(self.entered)
        self.clear()
        self.retranslate()

    @property
    def paid_with(self) -> PaidWith:
        """How it is paid."""
        return self._with

    @property
    def deposit_typed(self) -> str | None:
        """The deposit as typed; None where all is to be paid."""
        return self.deposit.text() if self._deposit.isVisibleTo(self) else None

    def choose(self, how: PaidWith) -> None:
        """Paid with this."""
        self._with = how
        for one, button in self.buttons.items():
            button.set_kind("on" if one is how else "plain")
        self._slip.setVisible(how in {PaidWith.CARD, PaidWith.TRANSFER, PaidWith.MOBILE})
        if how is PaidWith.LATER:
            self._show_deposit(False)
        self.changed.emit()

    def toggle_deposit(self) -> None:
        """A part now, the rest later; or all of it after all."""
        shown = not self._deposit.isVisibleTo(self)
        if shown and self._with is PaidWith.LATER:
            self.choose(PaidWith.CASH)
        self._show_deposit(shown)
        if shown:
            self.deposit.setFocus()
        self.changed.emit()

    def clear(self) -> None:
        """Cash, all of it."""
        self.slip.set_text("")
        self._show_deposit(False)
        self.choose(PaidWith.CASH)

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        for how, word in ACTIONS.items():
            self.buttons[how].set_text(actions.text(word))
        self.deposit_button.set_text(actions.text("deposit"))
        self._slip.set_text(self.tr("Number on the slip"))
        self._deposit.set_text(self.tr("Deposit"))
        self.slip.set_placeholder(self.tr("Skip"))

    def _show_deposit(self, shown: bool) -> None:
        self._deposit.setVisible(shown)
        self.deposit_button.set_kind("on" if shown else "plain")
        if not shown:
            self.deposit.set_text("")

    def _build(self) -> None:
        column, fields = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(fonts.px(6))
        column.addWidget(
            Flow(*self.buttons.values(), self.deposit_button, spacing=APART, below=2, even=IN_A_ROW)
        )
        fields.setSpacing(fonts.px(12))
        fields.addWidget(self._slip)
        fields.addWidget(self._deposit)
        column.addLayout(fields)
