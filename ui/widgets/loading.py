"""The shape of the rows that are coming: nothing for 300 ms, then bars, after two seconds words too."""

from __future__ import annotations

import time

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import fonts, theme
from ui.paint.text import CENTER, paint_text


class Loading(QWidget):
    """Start it when a list is asked for and none is there; rows already on screen stay instead."""

    def __init__(self, parent: QWidget | None = None, *, row: int = 44) -> None:
        super().__init__(parent)
        self._row = row
        self._since = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(300)
        self._timer.timeout.connect(self.update)
        self.setAccessibleName(self.tr("Loading"))

    def start(self) -> None:
        """The question was asked just now."""
        self._since = time.monotonic()
        self._timer.start()
        self.show()

    def stop(self) -> None:
        """The answer is there."""
        self._timer.stop()
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        waited = time.monotonic() - self._since
        if waited < 0.3:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.of(self.palette())
        height = fonts.px(self._row)
        rows = min(8, max(1, (self.height() - fonts.px(28)) // height))
        for row in range(rows):
            painter.setOpacity(1 - row / (rows + 1))
            self._paint_row(painter, QRectF(0, row * height, self.width(), height), colours)
        painter.setOpacity(1)
        if waited > 2:
            words = self.tr("asking the database, {seconds} s").format(seconds=f"{waited:.0f}")
            place = QRectF(0, rows * height + fonts.px(4), self.width(), fonts.px(20))
            paint_text(painter, place, words, colours.ink2, 12, 500, CENTER)

    def _paint_row(self, painter: QPainter, row: QRectF, colours: theme.Colours) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.line if colours.dark else colours.sunken)
        middle, width = row.center().y(), row.width()
        for x, y, wide, high in (
            (16, -10, 92, 20), (124, -13, min(150.0, width * 0.4), 11), (124, 4, min(96.0, width * 0.25), 9),
            (width - 86, -6, 70, 12),
        ):  # fmt: skip
            painter.drawRoundedRect(QRectF(x, middle + y, wide, high), high / 2.4, high / 2.4)
        painter.fillRect(QRectF(16, row.bottom() - 1, width - 32, 1), colours.line)
