"""Asks for one departure that no rule makes: its day, its time, how long it takes, and how many may come."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.frozen import frozen
from ui import fonts
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field
from ui.widgets.label import Label, Labelled


@frozen
class NewDeparture:
    """What was asked for: local day and time, minutes, seats."""

    day: dt.date
    starts: dt.time
    minutes: int
    capacity: int


class DepartureDialog(Dialog):
    """`asked` brings what is to be made; it stays open until `leave()` or `refuse(no)`."""

    asked = Signal(object)

    def __init__(
        self,
        host: QWidget,
        what: str,
        *,
        day: dt.date | None = None,
        starts: dt.time | None = None,
        minutes: int = 120,
        capacity: int = 20,
    ) -> None:
        super().__init__(" ", host, subtitle=what, width=520, stays=True)
        self._title.setText(self.tr("Add a departure"))
        self.setAccessibleName(self.tr("Add a departure"))
        self.day = self._field(day.isoformat() if day else "", 132)
        self.starts = self._field(f"{starts:%H:%M}" if starts else "", 84)
        self.minutes, self.capacity = self._field(str(minutes), 84), self._field(str(capacity), 84)
        self._fault = Label("", 12, 500, "stop", wrap=True)
        self._fault.hide()
        self._build_fields()
        self.add_button(self.tr("Leave it"), key="Esc")
        self.add_button(self.tr("Add it"), "primary", key="Enter")
        self.accepted.connect(self._ask)

    def ask(self) -> None:
        """Open; the first empty field has the keyboard."""
        self.open(
            self.day if not self.day.text() else self.starts if not self.starts.text() else self.capacity
        )

    def _build_fields(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(fonts.px(12))
        for name, field in (
            (self.tr("Day"), self.day),
            (self.tr("Leaves at"), self.starts),
            (self.tr("Minutes"), self.minutes),
            (self.tr("Seats"), self.capacity),
        ):
            row.addWidget(Labelled(name, field))
        row.addStretch(1)
        body = QVBoxLayout()
        body.addLayout(row)
        body.addWidget(self._fault)
        self.add(body)
        self.day.set_placeholder("2027-02-01")
        self.starts.set_placeholder("14:00")

    def _field(self, text: str, wide: int) -> Field:
        made = Field(height=36)
        made.set_text(text)
        made.setFixedWidth(fonts.px(wide))
        return made

    def _ask(self) -> None:
        told = self._told()
        self._fault.setVisible(told is None)
        if told is None:
            self._fault.setText(
                self.tr("Write the day like 2027-02-01, the time like 14:00, and whole numbers.")
            )
            self.set_busy(False)
            self._place()
        else:
            self.asked.emit(told)

    def _told(self) -> NewDeparture | None:
        try:
            day = dt.date.fromisoformat(self.day.text().strip())
            starts = dt.time.fromisoformat(self.starts.text().strip())
            minutes, capacity = int(self.minutes.text()), int(self.capacity.text())
        except ValueError:
            return None
        return NewDeparture(day, starts, minutes, capacity) if minutes > 0 and capacity >= 0 else None
