"""Stripes round the window while practising: nothing in there is real."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap, QPolygonF
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import fonts, theme
from ui.paint.text import CENTER, paint_text

_SIDE, _TOP, _STRIPE = 10, 34, 13


class PracticeFrame(QWidget):
    """Holds the content of a window; `set_practice` puts the stripes round it."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.content = content
        content.setAutoFillBackground(True)  # nothing of the stripes shows through a screen
        self._practice = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(content)

    @property
    def practice(self) -> bool:
        """Whether the stripes are there."""
        return self._practice

    def set_practice(self, practice: bool) -> None:
        """Begin or end practising."""
        self._practice = practice
        side = _SIDE if practice else 0
        self._column.setContentsMargins(side, fonts.px(_TOP) if practice else 0, side, side)
        self.setAccessibleName(self.tr("Practice: nothing here is real") if practice else "")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._practice:
            painter, colours = QPainter(self), theme.of(self.palette())
            paint_stripes(painter, QRectF(self.rect()), colours)
            label = QRectF(0, 0, fonts.px(192), fonts.px(_TOP) - 6)
            label.moveCenter(QPointF(self.width() / 2, fonts.px(_TOP) / 2))
            painter.fillRect(label, colours.on_stripe)
            paint_text(painter, label, self.tr("PRACTICE"), colours.stripe, 15, 800, CENTER)


def paint_stripes(painter: QPainter, rect: QRectF, colours: theme.Colours) -> None:
    """Amber and black, slanted."""
    tile = _tile(colours.stripe.rgba(), colours.on_stripe.rgba(), painter.device().devicePixelRatioF())
    painter.drawTiledPixmap(rect, tile)


@cache
def _tile(amber: int, black: int, ratio: float) -> QPixmap:
    """One square of the pattern; drawing every stripe anew would delay the first window."""
    side = 2 * _STRIPE
    tile = QPixmap(round(side * ratio), round(side * ratio))
    tile.setDevicePixelRatio(ratio)
    tile.fill(QColor.fromRgba(amber))
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor.fromRgba(black))
    for left in (-side, 0, side):
        corners = ((left, side), (left + _STRIPE, side), (left + _STRIPE + side, 0), (left + side, 0))
        painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))
    painter.end()
    return tile
