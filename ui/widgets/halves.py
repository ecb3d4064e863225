"""A list and what is said of its chosen line: beside each other where there is room, else one below the other."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from ui import fonts

BESIDE_FROM = 840
"""So wide a place must be, measured in the size of the text."""


class Halves(QWidget):
    """`shares` says how the room is given to the two."""

    def __init__(
        self,
        first: QWidget,
        second: QWidget,
        shares: tuple[int, int] = (60, 40),
        *,
        beside_from: int = BESIDE_FROM,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._beside_from = beside_from
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(fonts.px(12))
        self._row.addWidget(first, shares[0])
        self._row.addWidget(second, shares[1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        way = QBoxLayout.Direction
        beside = self.width() >= fonts.px(self._beside_from)
        self._row.setDirection(way.LeftToRight if beside else way.TopToBottom)
