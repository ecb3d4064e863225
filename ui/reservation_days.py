"""Asks from which day to which day the list shall reach."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import fonts
from ui.reservation_spans import Span, staying
from ui.widgets.day_field import DayField
from ui.widgets.dialog import Dialog
from ui.widgets.label import Labelled


class DaysDialog(Dialog):
    """`picked` brings the days from the first to the last."""

    alone = "It asks for two days, and the list behind it follows by itself."

    picked = Signal(object)

    def __init__(self, host: QWidget, first: date, last: date, *, of: str = "departs") -> None:
        super().__init__(" ", host, width=420)
        departs = self.tr("Departure from which day to which?")
        self._title.setText(departs if of == "departs" else self.tr("Ordered from which day to which?"))
        self.setAccessibleName(self._title.text())
        self.first, self.last = DayField(first), DayField(last)
        row = QHBoxLayout()
        row.setSpacing(fonts.px(16))
        row.addWidget(Labelled(self.tr("From"), self.first), 1)
        row.addWidget(Labelled(self.tr("To"), self.last), 1)
        self.add(row)
        self.add_button(self.tr("Not now"), key="Esc")
        self.add_button(self.tr("Show these days"), "primary", key="Enter")
        self.accepted.connect(self._pick)

    @property
    def span(self) -> Span:
        """The days that stand there now, in this order whichever was typed where."""
        days = sorted(field.day() for field in (self.first, self.last))
        return staying(days[0], days[-1])

    def ask(self) -> None:
        """Open it, ready to type."""
        self.open(self.first)

    def _pick(self) -> None:
        self.picked.emit(self.span)
