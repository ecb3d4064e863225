"""How many come: a row for each unit with its price, a minus and a plus. A digit is the number itself."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from models.money import Money
from models.sale import MOST_OF_A_UNIT, Offer, OfferUnit
from ui import fonts
from ui.details_rows import clear
from ui.widgets.label import Label
from ui.widgets.stepper import Stepper
from ui.wording.numbers import money_words


class SellUnits(QWidget):
    """`changed` comes with every number, `entered` with Enter: they are all told."""

    changed = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offer: Offer | None = None
        self._steppers: dict[int, Stepper] = {}
        self._before: dict[str, int] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(fonts.px(6))
        self._grid.setHorizontalSpacing(fonts.px(12))
        self._grid.setColumnStretch(0, 1)

    @property
    def counts(self) -> dict[int, int]:
        """How many of each unit, by its id."""
        return {unit: stepper.value for unit, stepper in self._steppers.items()}

    @property
    def kept(self) -> dict[str, int]:
        """The numbers by name, also those told for an offer that has gone."""
        return self._before | self._by_name()

    def show_offer(self, offer: Offer | None) -> None:
        """The units of another offer; those of the same name keep their number, and the keyboard its place."""
        if offer is not None and self._offer is not None and offer.units == self._offer.units:
            self._offer = offer
            return
        self._before |= self._by_name()
        at = next((at for at, one in enumerate(self._steppers.values()) if one.hasFocus()), -1)
        clear(self._grid)
        self._offer, self._steppers = offer, {}
        if offer is not None:
            for row, unit in enumerate(offer.units):
                self._steppers[unit.id] = self._add(row, unit, offer.currency)
                self._steppers[unit.id].set_value(self._before.get(unit.name, 0))
        if at >= 0 and self._steppers:
            list(self._steppers.values())[min(at, len(self._steppers) - 1)].setFocus()
        self.changed.emit()

    def focus_first(self) -> None:
        """Ready for the number of the first unit."""
        for stepper in self._steppers.values():
            stepper.setFocus()
            return

    def clear_counts(self) -> None:
        """Nobody is chosen."""
        self._before.clear()
        for stepper in self._steppers.values():
            stepper.set_value(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier
        ):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def _add(self, row: int, unit: OfferUnit, currency: str) -> Stepper:
        stepper = Stepper(unit.name, most=MOST_OF_A_UNIT)
        stepper.changed.connect(lambda _count: self.changed.emit())
        price = money_words(Money(unit.price_minor, currency)) if unit.price_minor is not None else ""
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(unit.name, 13, 600, wrap=True))
        words.addWidget(Label(price or self.tr("no price"), 12, 400, "ink2"))
        self._grid.addLayout(words, row, 0)
        self._grid.addWidget(stepper, row, 1)
        stepper.show()  # at once: it is given the keyboard before the layout would show it
        return stepper

    def _by_name(self) -> dict[str, int]:
        if self._offer is None:
            return {}
        return {unit.name: self._steppers[unit.id].value for unit in self._offer.units}
