"""Seats before and after a step, as figures and as squares: the block of every dialog that takes seats."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import fonts, theme
from ui.icons import paint_icon
from ui.paint.seats import (
    MOST_SQUARES,
    Seats,
    paint_arrival_bar,
    paint_seat_bar,
    paint_seat_squares,
    paint_square,
    squares_height,
)
from ui.paint.text import RIGHT, paint_text, text_width


class SeatsBlock(QWidget):
    """'28 → 34 of 40', what is left, one square a seat (a bar above sixty), and what the squares mean."""

    def __init__(self, seats: Seats, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_seats(seats)

    def show_seats(self, seats: Seats) -> None:
        """Other seats, for example after somebody else took some."""
        self._seats = seats
        text = self.tr("Seats {before} to {after} of {capacity}, {rest}")
        self.setAccessibleName(
            text.format(before=seats.before, after=seats.after, capacity=seats.capacity, rest=self._rest())
        )
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(504), fonts.px(64) + self._picture_height() + fonts.px(30))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.of(self.palette())
        width = float(self.width())
        paint_text(painter, QRectF(0, 0, width, fonts.px(16)), self.tr("Seats"), colours.ink2, 13, 500)
        self._paint_figures(painter, QRectF(0, fonts.px(19), width, fonts.px(36)), colours)
        picture = QRectF(0, fonts.px(64), width, self._picture_height())
        if self._squares:
            paint_seat_squares(painter, picture, self._seats, colours)
        else:
            paint_seat_bar(painter, picture, self._seats, colours)
        self._paint_legend(painter, QRectF(0, picture.bottom() + fonts.px(11), width, fonts.px(18)), colours)

    @property
    def _squares(self) -> bool:
        return max(self._seats.capacity, self._seats.after) <= MOST_SQUARES

    def _picture_height(self) -> int:
        return squares_height(max(self._seats.capacity, self._seats.after)) if self._squares else fonts.px(14)

    def _rest(self) -> str:
        if self._seats.short:
            return self.tr("{count} short").format(count=self._seats.short)
        return self.tr("{count} left after this").format(count=self._seats.left)

    def _paint_figures(self, painter: QPainter, row: QRectF, colours: theme.Colours) -> None:
        stop = colours.families["stop"].text
        x = paint_text(painter, row, str(self._seats.before), colours.ink2, 34, 400)
        side = fonts.px(20)
        arrow = QRectF(x + fonts.px(14), row.center().y() - side / 2, side, side)
        paint_icon(painter, arrow, "arrow", colours.ink2)
        after = row.adjusted(arrow.right() + fonts.px(13), 0, 0, 0)
        x = after.x() + paint_text(
            painter, after, str(self._seats.after), stop if self._seats.short else colours.ink, 34, 700
        )
        rest = row.adjusted(x + fonts.px(8), fonts.px(6), 0, 0)
        of = self.tr("of {capacity}").format(capacity=self._seats.capacity)
        paint_text(painter, rest, of, colours.ink2, 15, 400)
        paint_text(painter, rest, self._rest(), stop if self._seats.short else colours.ink, 14, 600, RIGHT)

    def _paint_legend(self, painter: QPainter, row: QRectF, colours: theme.Colours) -> None:
        seats, x = self._seats, row.x()
        stop = colours.families["stop"].mark
        steady = min(seats.before, seats.after)
        fits = max(0, min(seats.after, seats.capacity) - seats.before)
        entries: list[tuple[str, QColor | None, bool, int]] = [
            (self.tr("{count} confirmed"), colours.families["done"].mark, False, steady),
            (self.tr("{count} in this one"), colours.accent, False, fits),
            (self.tr("{count} given back"), stop, True, max(0, seats.before - seats.after)),
            (self.tr("{count} short"), stop, True, seats.short),
            (self.tr("{count} free"), None, False, seats.left if seats.after >= seats.before else 0),
        ]
        side = fonts.px(12)
        for words, fill, hatch, count in entries:
            if not count:
                continue
            text = words.format(count=count)
            paint_square(painter, QRectF(x, row.center().y() - side / 2, side, side), colours, fill, hatch)
            x += side + fonts.px(6)
            paint_text(painter, QRectF(x, row.y(), row.width(), row.height()), text, colours.ink2, 12, 400)
            x += text_width(text, 12, 400) + fonts.px(34)


class SeatBar(QWidget):
    """The thin bar alone: seats before and after, or who has arrived."""

    def __init__(self, parent: QWidget | None = None, *, height: int = 8) -> None:
        super().__init__(parent)
        self._seats: Seats | None = None
        self._arrivals: tuple[int, int, int] | None = None
        self.setFixedHeight(fonts.px(height))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_seats(self, seats: Seats) -> None:
        """Taken, and what this step takes."""
        self._seats, self._arrivals = seats, None
        self.update()

    def show_arrivals(self, arrived: int, expected: int, capacity: int) -> None:
        """Who is in, and hatched who is to come."""
        self._seats, self._arrivals = None, (arrived, expected, capacity)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(120), self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = QPainter(self), theme.of(self.palette())
        if self._seats is not None:
            paint_seat_bar(painter, QRectF(self.rect()), self._seats, colours)
        elif self._arrivals is not None:
            paint_arrival_bar(painter, QRectF(self.rect()), *self._arrivals, colours)
