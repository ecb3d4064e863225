"""The counterfoil in the system's tray, with how many orders wait on it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QIcon, QPainter, QPixmap

from ui import theme
from ui.paint.counterfoil import counterfoil, paint_tear

SIDES = (16, 22, 24, 32, 48, 64)
MOST = 99


def tray_mark(count: int, colours: theme.Colours, *, muted: bool = False) -> QIcon:
    """In all sizes a tray may ask for. Muted it is grey and crossed out, so that not the colour alone says so."""
    made = QIcon()
    for side in SIDES:
        made.addPixmap(_drawn(side, count, colours, muted=muted))
    return made


def _drawn(side: int, count: int, colours: theme.Colours, *, muted: bool) -> QPixmap:
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    card = QRectF(side * 0.04, side * 0.16, side * 0.92, side * 0.68)
    cut, notch = card.x() + card.width() * 0.68, side * 0.09
    painter.fillPath(
        counterfoil(card, cut, side * 0.1, notch, upright=True), colours.ink3 if muted else colours.accent
    )
    paint_tear(painter, card, cut, notch, colours.on_accent, max(1.0, side * 0.05), upright=True)
    if muted:
        pen = painter.pen()
        pen.setColor(colours.ink)
        pen.setWidthF(max(1.5, side * 0.09))
        painter.setPen(pen)
        painter.drawLine(QPointF(side * 0.1, side * 0.9), QPointF(side * 0.9, side * 0.1))
    if count:
        _badge(painter, side, "99+" if count > MOST else str(count), colours)
    painter.end()
    return picture


def _badge(painter: QPainter, side: int, words: str, colours: theme.Colours) -> None:
    """At the lower right, as large as can still be read."""
    high = side * 0.58
    wide = min(float(side), max(high, side * (0.3 + 0.28 * len(words))))
    place = QRectF(side - wide, side - high, wide, high)
    family = colours.families["stop"]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(family.mark)
    painter.drawRoundedRect(place, high / 2, high / 2)
    font = QFont(painter.font())
    font.setPixelSize(max(7, round(high * (0.8 if len(words) < 3 else 0.62))))
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(colours.on_accent)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)
