"""A thin bar that empties as time runs out: full is eight hours."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from ui.theme import Colours

FULL_S = 8 * 3600.0


def paint_meter(
    painter: QPainter,
    rect: QRectF,
    share: float,
    colour: QColor,
    colours: Colours,
    *,
    from_right: bool = False,
) -> None:
    """Fill `share` (0 to 1) of the track; at least a dot stays, so that it is seen."""
    radius = rect.height() / 2
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.sunken)
    painter.drawRoundedRect(rect, radius, radius)
    width = max(rect.height(), rect.width() * min(1.0, max(0.0, share)))
    x = rect.right() - width if from_right else rect.x()
    painter.setBrush(colour)
    painter.drawRoundedRect(QRectF(x, rect.y(), width, rect.height()), radius, radius)


def urgency(left_s: float) -> str:
    """The family of a remaining time: stop in the last hour, act within the day's eight hours, else gone."""
    if left_s < 3600:
        return "stop"
    return "act" if left_s < FULL_S else "gone"
