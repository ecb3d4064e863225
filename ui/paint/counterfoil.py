"""The one motif of the program: a card and its stub, two notches and a dotted line to tear along."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen


def counterfoil(rect: QRectF, cut: float, radius: float, notch: float, *, upright: bool) -> QPainterPath:
    """The outline of a card with two half-round notches at `cut`.

    Upright: the line to tear along is upright and `cut` is its x, the stub lies to the right of it.
    Otherwise it lies level and `cut` is its y, the stub below it.
    """
    card = QPainterPath()
    card.addRoundedRect(rect, radius, radius)
    for end in _ends(rect, cut, upright=upright):
        hole = QPainterPath()
        hole.addEllipse(end, notch, notch)
        card = card.subtracted(hole)
    return card


def paint_tear(
    painter: QPainter, rect: QRectF, cut: float, notch: float, colour: QColor, dot: float, *, upright: bool
) -> None:
    """The dotted line between the two notches."""
    start, end = _ends(rect, cut, upright=upright)
    step = QPointF(0, notch + dot * 2.5) if upright else QPointF(notch + dot * 2.5, 0)
    pen = QPen(colour, dot, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.RoundCap)
    pen.setDashPattern([0.001, 3.2 if dot >= 3 else 2.6])
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.drawLine(start + step, end - step)
    painter.restore()


def _ends(rect: QRectF, cut: float, *, upright: bool) -> tuple[QPointF, QPointF]:
    if upright:
        return QPointF(cut, rect.top()), QPointF(cut, rect.bottom())
    return QPointF(rect.left(), cut), QPointF(rect.right(), cut)
