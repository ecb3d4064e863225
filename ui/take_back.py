"""Asks before something is taken back that was not done just now at this window: somebody may have meant it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from models.references import number_of
from ui.widgets.dialog import Dialog


class TakeBackDialog(Dialog):
    """`accepted` to take it back; Esc leaves it as it is. `why` says what it is, and why it is asked."""

    def __init__(self, reservation_id: int, why: str, host: QWidget) -> None:
        super().__init__(" ", host, subtitle=why, width=480)
        title = self.tr("Take back {number}?").format(number=number_of(reservation_id))
        self._title.setText(title)
        self.setAccessibleName(f"{title} {why}")
        self.add_button(self.tr("Leave it"), key="Esc")
        self.add_button(self.tr("Take it back"), "danger", key="Enter")
