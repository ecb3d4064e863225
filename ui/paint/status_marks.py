"""The small shape of every status: the shape tells the status, the colour only its family.

Each shape is one path on a square of 14, so it is sharp at any size. What is cut out of a shape
shows the ground below it. A diamond always means that somebody must decide.
"""

from __future__ import annotations

import math
from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker, QTransform

from models.reservations import Status
from ui.theme import ARRIVED

SIDE = 14.0
_MIDDLE = QPointF(7, 7)


def paint_status_mark(painter: QPainter, rect: QRectF, status: str, colour: QColor) -> None:
    """Draw the shape of `status` (or ARRIVED) as large as fits in the middle of `rect`."""
    fill_path(painter, rect, status_mark(status), colour, SIDE)


def fill_path(painter: QPainter, rect: QRectF, path: QPainterPath, colour: QColor, side: float) -> None:
    """Fill a path that was drawn on a square of `side`, scaled into the middle of `rect`."""
    scale = min(rect.width(), rect.height()) / side
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.center() - QPointF(side, side) * scale / 2)
    painter.scale(scale, scale)
    painter.fillPath(path, colour)
    painter.restore()


@cache
def status_mark(status: str) -> QPainterPath:
    """The path of a status on a square of 14."""
    return _SHAPES[status]()


def stroked(path: QPainterPath, width: float, *, flat: bool = False) -> QPainterPath:
    """The outline of a line of this width along `path`, with round ends unless `flat`."""
    pen = QPainterPathStroker()
    pen.setWidth(width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if flat else Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen.createStroke(path).simplified()


def disc(middle: QPointF, radius: float) -> QPainterPath:
    """A full disc."""
    path = QPainterPath()
    path.addEllipse(middle, radius, radius)
    return path


def line(*points: tuple[float, float]) -> QPainterPath:
    """A line through the points."""
    path = QPainterPath(QPointF(*points[0]))
    for point in points[1:]:
        path.lineTo(QPointF(*point))
    return path


def box(x: float, y: float, width: float, height: float, radius: float = 0) -> QPainterPath:
    """A rectangle with round corners."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(x, y, width, height), radius, radius)
    return path


def ring(middle: QPointF, outer: float, inner: float) -> QPainterPath:
    """A ring."""
    return disc(middle, outer) - disc(middle, inner)


def _diamond() -> QPainterPath:
    turned = QTransform().translate(7, 7).rotate(45)
    return turned.map(box(-4.75, -4.75, 9.5, 9.5, 1.3))


def _awaiting_payment() -> QPainterPath:
    return (box(0.8, 0.8, 12.4, 12.4, 2.6) - box(2.5, 2.5, 9, 9, 1.2)) | disc(_MIDDLE, 2.3)


def _pending() -> QPainterPath:
    half = disc(_MIDDLE, 6.4) & box(0, 0, 7, 14)
    return half | ring(_MIDDLE, 6.4, 5)


def _unconfirmed() -> QPainterPath:
    bang = box(6.1, 3.6, 1.8, 4.3, 0.8) | disc(QPointF(7, 9.7), 1.05)
    return _diamond() - bang


def _cancel_requested() -> QPainterPath:
    cross = stroked(line((5.1, 5.1), (8.9, 8.9)), 1.6) | stroked(line((8.9, 5.1), (5.1, 8.9)), 1.6)
    return _diamond() - cross


def _confirmed() -> QPainterPath:
    return disc(_MIDDLE, 6.4) - stroked(line((4.1, 7.3), (6.2, 9.3), (9.9, 5.1)), 1.6)


def _arrived() -> QPainterPath:
    arrow = stroked(line((3.8, 7), (9.9, 7)), 1.6) | stroked(line((7.4, 4.4), (10, 7), (7.4, 9.6)), 1.6)
    return box(0.8, 0.8, 12.4, 12.4, 3) - arrow


def _redeemed() -> QPainterPath:
    ticket = box(0.4, 2, 13.2, 10, 2)
    notches = disc(QPointF(9.9, 2), 1.2) | disc(QPointF(9.9, 12), 1.2)
    return ticket - notches - stroked(line((2.8, 7.1), (4.6, 8.9), (7.6, 5.3)), 1.5)


def _no_show() -> QPainterPath:
    return ring(_MIDDLE, 6.4, 4.8) | (stroked(line((3.2, 10.8), (10.8, 3.2)), 1.6) & disc(_MIDDLE, 6))


def _cancelled() -> QPainterPath:
    return stroked(line((2.6, 2.6), (11.4, 11.4)), 1.9) | stroked(line((11.4, 2.6), (2.6, 11.4)), 1.9)


def _expired() -> QPainterPath:
    path = stroked(line((7, 4), (7, 7.2), (9.2, 8.5)), 1.4)
    for step in range(8):
        arc = QPainterPath()
        start = step * 45 + 8
        arc.moveTo(7 + 5.6 * math.cos(math.radians(start)), 7 - 5.6 * math.sin(math.radians(start)))
        arc.arcTo(QRectF(1.4, 1.4, 11.2, 11.2), start, 29)
        path |= stroked(arc, 1.5, flat=True)
    return path


_SHAPES = {
    Status.AWAITING_PAYMENT: _awaiting_payment,
    Status.PENDING: _pending,
    Status.UNCONFIRMED: _unconfirmed,
    Status.CANCEL_REQUESTED: _cancel_requested,
    Status.CONFIRMED: _confirmed,
    ARRIVED: _arrived,
    Status.REDEEMED: _redeemed,
    Status.NO_SHOW: _no_show,
    Status.CANCELLED: _cancelled,
    Status.EXPIRED: _expired,
}
