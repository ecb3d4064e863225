"""Asks before a confirmation is taken back that was not made at this window: a colleague may have meant it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from models.references import number_of
from ui.widgets.dialog import Dialog


class TakeBackDialog(Dialog):
    """`accepted` to take it back; Esc leaves it confirmed."""

    def __init__(self, reservation_id: int, host: QWidget) -> None:
        super().__init__(" ", host, subtitle=" ", width=480)
        title = self.tr("Take back {number}?").format(number=number_of(reservation_id))
        self._title.setText(title)
        self._subtitle.setText(self.tr("It was not confirmed at this window. Its letter has not left yet."))
        self.setAccessibleName(f"{title} {self._subtitle.text()}")
        self.add_button(self.tr("Leave it"), key="Esc")
        self.add_button(self.tr("Take it back"), "danger", key="Enter")
