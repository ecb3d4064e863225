"""How full a departure is: as a bar, and as one square for each seat.

Whatever takes seats shows both sides: those already taken, and those this step takes or gives back.
What is missing or not here yet is hatched, so it is told without colour too.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from models.frozen import frozen
from ui import fonts
from ui.theme import Colours

MOST_SQUARES = 60
"""Above this, a bar says it better than squares."""


@frozen
class Seats:
    """Seats taken before and after a step, of a capacity. `after` is `before` where nothing changes."""

    before: int
    after: int
    capacity: int

    @property
    def short(self) -> int:
        """How many seats are missing."""
        return max(0, self.after - self.capacity)

    @property
    def left(self) -> int:
        """How many seats are free afterwards."""
        return max(0, self.capacity - self.after)


def paint_seat_bar(
    painter: QPainter, rect: QRectF, seats: Seats, colours: Colours, *, past: bool = False
) -> None:
    """The bar of a departure: taken, then this step's seats, given back or missing ones hatched."""
    whole = max(seats.capacity, seats.after, seats.before, 1)
    taken = colours.families["gone" if past else "done"].mark
    stop = colours.families["stop"].mark
    steady = min(seats.before, seats.after)
    fits = max(0, min(seats.after, seats.capacity) - seats.before)
    parts = [
        (min(steady, seats.capacity), taken, False),
        (max(0, steady - seats.capacity), stop, True),
        (fits, colours.accent, False),
        (max(0, seats.after - seats.before - fits), stop, True),
        (max(0, seats.before - seats.after), stop, True),
    ]
    _bar(painter, rect, parts, whole, colours)
    if seats.short:
        x = rect.x() + rect.width() * seats.capacity / whole
        painter.fillRect(QRectF(x - 1, rect.y() - 3, 1.5, rect.height() + 6), colours.ink)


def paint_arrival_bar(
    painter: QPainter, rect: QRectF, arrived: int, expected: int, capacity: int, colours: Colours
) -> None:
    """Who is in, and hatched who is still to come, of the departure's seats."""
    parts = [
        (arrived, colours.families["good"].mark, False),
        (max(0, expected - arrived), colours.border, True),
    ]
    _bar(painter, rect, parts, max(capacity, expected, 1), colours)


def squares_height(capacity: int) -> int:
    """How high the squares of a departure are."""
    rows = math.ceil(min(capacity, MOST_SQUARES) / 20)
    return rows * fonts.px(19) + (rows - 1) * fonts.px(5)


def paint_seat_squares(painter: QPainter, rect: QRectF, seats: Seats, colours: Colours) -> None:
    """One square for each seat, at most twenty in a row; missing seats follow as hatched ones."""
    columns = 20
    gap, height = fonts.px(5), fonts.px(19)
    width = (rect.width() - gap * (columns - 1)) / columns
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for seat in range(max(seats.capacity, seats.after, seats.before)):
        row, column = divmod(seat, columns)
        place = QRectF(rect.x() + column * (width + gap), rect.y() + row * (height + gap), width, height)
        _square(painter, place, seats, seat, colours)


def paint_square(
    painter: QPainter, place: QRectF, colours: Colours, fill: QColor | None, hatch: bool = False
) -> None:
    """One seat: filled, hatched, or free (a frame)."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 3.5, 3.5)
    if fill is None or hatch:
        painter.setPen(QPen(fill or colours.border, 1))
        painter.setBrush(colours.surface)
        painter.drawPath(path)
    if fill is not None and hatch:
        paint_hatch(painter, place, fill, path)
    elif fill is not None:
        painter.fillPath(path, fill)


def paint_hatch(painter: QPainter, rect: QRectF, colour: QColor, clip: QPainterPath | None = None) -> None:
    """Slanted lines over `rect`: not there, or not yet there."""
    painter.save()
    if clip is not None:
        painter.setClipPath(clip, Qt.ClipOperation.IntersectClip)
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    height, x = rect.height(), rect.left() - rect.height()
    while x < rect.right() + height:
        painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + height, rect.top()))
        x += 4
    painter.restore()


def _square(painter: QPainter, place: QRectF, seats: Seats, seat: int, colours: Colours) -> None:
    stop = colours.families["stop"].mark
    steady = min(seats.before, seats.after)
    if seat >= seats.capacity:
        paint_square(painter, place, colours, stop, hatch=True)
    elif seat < steady:
        paint_square(painter, place, colours, colours.families["done"].mark)
    elif seat < seats.after:
        paint_square(painter, place, colours, colours.accent)
    elif seat < seats.before:
        paint_square(painter, place, colours, stop, hatch=True)
    else:
        paint_square(painter, place, colours, None)


def _bar(
    painter: QPainter, rect: QRectF, parts: list[tuple[int, QColor, bool]], whole: int, colours: Colours
) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    painter.fillPath(path, colours.sunken)
    painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
    x = rect.x()
    for amount, colour, hatched in parts:
        width = rect.width() * amount / whole
        if width <= 0:
            continue
        part = QRectF(x, rect.y(), max(width - 1, 1.5), rect.height())
        if hatched:
            painter.fillRect(part, colours.surface)
            paint_hatch(painter, part, colour)
        else:
            painter.fillRect(part, colour)
        x += width
        painter.fillRect(QRectF(x - 1, rect.y(), 1, rect.height()), colours.surface)
    painter.restore()
