"""Jumps to a day that is typed the way people say it; what was understood is shown while typing."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.day_typed import day_meant
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field
from ui.widgets.label import Label, Labelled
from ui.wording.dates import long_day


class JumpDialog(Dialog):
    """`picked` brings the day."""

    alone = "It asks for a day, and nobody changes days."

    picked = Signal(object)

    def __init__(self, host: QWidget, today: dt.date) -> None:
        super().__init__(" ", host, width=420)
        self._today = today
        self._title.setText(self.tr("Jump to which day?"))
        self.setAccessibleName(self._title.text())
        self._field = Field(self.tr("5 Mar, 2027-03-05, 5.3., +7, fri"))
        self._meant = Label("", 14, 600, wrap=True)
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addWidget(Labelled(self.tr("Day"), self._field))
        column.addWidget(self._meant)
        self.add(column)
        self.add_button(self.tr("Not now"), key="Esc")
        self._go = self.add_button(self.tr("Go there"), "primary", key="Enter")
        self._field.changed.connect(self._understand)
        self.accepted.connect(self._pick)
        self._understand("")

    def ask(self) -> None:
        """Open it, ready to type."""
        self.open(self._field)

    def _understand(self, text: str) -> None:
        day = day_meant(text, self._today)
        self._field.set_wrong(bool(text.strip()) and day is None)
        if day is not None:
            self._meant.setText(f"{long_day(day)} {day.year}")
            self._go.allow()
        else:
            waits = self.tr("A date, a weekday, or so many days from today")
            self._meant.setText(self.tr("That is no day") if text.strip() else waits)
            self._go.forbid(waits)

    def _pick(self) -> None:
        day = day_meant(self._field.text(), self._today)
        if day is not None:
            self.picked.emit(day)
