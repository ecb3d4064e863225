"""The coming seven days by departure: guests, seats left, and a diamond where something waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from models.reservations import Status
from ui import fonts, theme
from ui.paint.cells import paint_two_lines
from ui.paint.seats import Seats, paint_seat_bar
from ui.paint.status_marks import paint_status_mark
from ui.paint.text import RIGHT, paint_text, text_width
from ui.widgets.field import clear_ground
from ui.widgets.scroll_bar import ScrollBar
from ui.widgets.tip import show_tip
from ui.widgets.viewport import own_viewport
from ui.wording.dates import long_day, weekday

if TYPE_CHECKING:
    from models.week import WeekCell, WeekLine

translate = QCoreApplication.translate

_HEAD, _LABEL, _LABEL_NARROW, _EDGE = 34, 220, 168, 12


class Week(QWidget):
    """`day_opened` brings the day whose cell was pressed; arrow keys move, Enter opens."""

    day_opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = WeekLines()
        self._head = _Head(self.lines)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setVerticalScrollBar(ScrollBar(parent=self._scroll))
        viewport = own_viewport(self._scroll, ground=False)
        self._scroll.setWidget(self.lines)
        for widget in (viewport, self.lines):
            clear_ground(widget)
            widget.setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self._scroll, 1)
        self.setFocusProxy(self.lines)
        self.lines.day_opened.connect(self.day_opened)
        self.lines.moved_to.connect(lambda top, high: self._scroll.ensureVisible(0, top + high // 2, 0, high))

    def show_week(self, days: tuple[date, ...], lines: tuple[WeekLine, ...], *, narrow: bool) -> None:
        """Other days or numbers."""
        self._head.show_days(days, narrow=narrow)
        self.lines.show_lines(days, lines, narrow=narrow)

    def minimumSizeHint(self) -> QSize:
        return QSize(fonts.px(400), fonts.px(_HEAD + 2 * 42))


class _Head(QWidget):
    """The names of the days; the first is today."""

    def __init__(self, lines: WeekLines) -> None:
        super().__init__()
        self._below = lines  # they lose some width to their scroll bar
        self._days: tuple[date, ...] = ()
        self._narrow = False
        lines.resized.connect(self.update)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(fonts.px(_HEAD))

    def show_days(self, days: tuple[date, ...], *, narrow: bool) -> None:
        self._days, self._narrow = days, narrow
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.of(self.palette())
        places = _columns(self._below.width(), len(self._days), self._narrow)
        said, size = _day_words(self._days, places[0][1] - fonts.px(9) - 1 if places else 0)
        for at, (words, (x, width)) in enumerate(zip(said, places, strict=True)):
            whole = QRectF(x, fonts.px(4), width, self.height() - fonts.px(4))
            if at == 0:
                _paint_top(painter, whole, colours.accent_soft)
            ink = colours.accent_text if at == 0 else colours.ink2
            paint_text(painter, whole.adjusted(fonts.px(9), 0, 0, 0), words, ink, size, 600)


class WeekLines(QWidget):
    """One line for each option, one cell for each day; the cursor is a cell."""

    day_opened = Signal(object)
    moved_to = Signal(int, int)
    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._days: tuple[date, ...] = ()
        self._lines: tuple[WeekLine, ...] = ()
        self._narrow = False
        self._at = (0, 0)
        self._under: tuple[int, int] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._say()

    @property
    def day(self) -> date | None:
        """The day under the cursor."""
        return self._days[self._at[1]] if self._days else None

    def show_lines(self, days: tuple[date, ...], lines: tuple[WeekLine, ...], *, narrow: bool) -> None:
        self._days, self._lines, self._narrow = days, lines, narrow
        self._at = (min(self._at[0], max(0, len(lines) - 1)), min(self._at[1], max(0, len(days) - 1)))
        self.setMinimumHeight(len(lines) * self._line_height + fonts.px(4))
        self._say()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1),
        }  # fmt: skip
        step = steps.get(Qt.Key(event.key()))
        if step and self._lines:
            line = min(len(self._lines) - 1, max(0, self._at[0] + step[0]))
            day = min(len(self._days) - 1, max(0, self._at[1] + step[1]))
            self._move(line, day)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._lines:
            self.day_opened.emit(self.day)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self._cell_at(event.position())
        if place is not None:
            self._move(*place)
            self.day_opened.emit(self._days[place[1]])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._cell_at(event.position()))

    def leaveEvent(self, _event: QEvent) -> None:
        self._hover(None)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.of(self.palette())
        columns = _columns(self.width(), len(self._days), self._narrow)
        high = self._line_height
        if columns and self._lines:
            x, width = columns[0]
            _paint_bottom(painter, QRectF(x, 0, width, len(self._lines) * high + 2), colours.accent_soft)
        for number, line in enumerate(self._lines):
            top = number * high
            if not event.rect().intersects(QRectF(0, top, self.width(), high).toRect()):
                continue
            painter.fillRect(
                QRectF(fonts.px(_EDGE + 8), top, self.width() - fonts.px(2 * _EDGE + 8), 1), colours.line
            )
            self._paint_label(painter, QRectF(fonts.px(_EDGE + 8), top, columns[0][0], high), line, colours)
            for at, (x, width) in enumerate(columns):
                self._paint_cell(painter, QRectF(x, top + 1, width, high - 1), (number, at), colours)

    @property
    def _line_height(self) -> int:
        return fonts.px(42)

    def _move(self, line: int, day: int) -> None:
        self._at = (line, day)
        self._say()
        self.moved_to.emit(line * self._line_height, self._line_height)

    def _hover(self, place: tuple[int, int] | None) -> None:
        if place != self._under:
            self._under = place
            self.update()

    def _cell_at(self, point: QPointF) -> tuple[int, int] | None:
        line = int(point.y() // self._line_height)
        if not 0 <= line < len(self._lines):
            return None
        for at, (x, width) in enumerate(_columns(self.width(), len(self._days), self._narrow)):
            if x <= point.x() < x + width:
                return line, at
        return None

    def _paint_label(self, painter: QPainter, place: QRectF, line: WeekLine, colours: theme.Colours) -> None:
        paint_text(painter, place, line.starts, colours.ink, 13, 600)
        room = place.adjusted(fonts.px(48), 0, -fonts.px(30), 0)
        paint_two_lines(painter, room, line.product, line.option, colours, weight=500)

    def _paint_cell(
        self, painter: QPainter, place: QRectF, at: tuple[int, int], colours: theme.Colours
    ) -> None:
        cell = self._lines[at[0]].cells[at[1]]
        if at == self._under:
            painter.fillRect(place.adjusted(1, 0, -1, 0), colours.sunken if at[1] == 0 else colours.hover)
        inner = place.adjusted(fonts.px(9), fonts.px(4), -fonts.px(9), -fonts.px(4))
        if cell is not None:
            paint_week_cell(painter, inner, cell, colours)
        if self.hasFocus() and at == self._at:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colours.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place.adjusted(2, 2, -2, -2), 6, 6)

    def _say(self) -> None:
        words = translate("today", "Next seven days")
        if self._lines and self._days:
            line = self._lines[self._at[0]]
            told = cell_words(line.cells[self._at[1]])
            words = f"{words}: {long_day(self._days[self._at[1]])}, {line.starts} {line.product} {line.option}, {told}"
        self.setAccessibleName(words)
        every = [f"{line.starts} {line.product} {line.option}" for line in self._lines]
        self.setAccessibleDescription(", ".join(every))
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):  # a long name is told whole
            at = event.pos().y() // self._line_height
            line = self._lines[at] if 0 <= at < len(self._lines) else None
            show_tip(event.globalPos(), f"{line.product} {line.option}" if line else "", self)
            return True
        return super().event(event)


def paint_week_cell(painter: QPainter, inner: QRectF, cell: WeekCell, colours: theme.Colours) -> None:
    """Guests at the left, seats left at the right, a diamond where somebody waits, the bar below."""
    if cell.closed:
        paint_text(painter, inner, translate("today", "closed"), colours.ink3, 12)
        return
    upper = QRectF(inner.x(), inner.y(), inner.width(), fonts.px(20))
    if cell.waiting:
        side = fonts.px(12)
        mark = QRectF(upper.right() - side, upper.center().y() - side / 2, side, side)
        paint_status_mark(painter, mark, Status.UNCONFIRMED, colours.families["act"].mark)
        upper.setRight(mark.x() - fonts.px(5))
    left = cell.capacity - cell.taken
    if left > 0:
        number = paint_text(painter, upper, str(cell.taken), colours.ink, 13, 600)
        words = translate("today", "{count} left").format(count=left)
        room = upper.adjusted(number + fonts.px(4), 0, 0, 0)
        if text_width(words, 12) > room.width():
            words = str(left)
        paint_text(painter, room, words, colours.ink2, 12, 400, RIGHT)
    elif left == 0:
        paint_text(painter, upper, translate("today", "Full"), colours.ink, 13, 600)
    else:
        number = paint_text(painter, upper, str(cell.taken), colours.ink, 13, 600)
        room = upper.adjusted(number + fonts.px(4), 0, 0, 0)
        stop = colours.families["stop"].text
        words = over_words(-left)
        if text_width(words, 12, 600) > room.width():
            words = f"−{-left}"
        paint_text(painter, room, words, stop, 12, 600, RIGHT)
    bar = QRectF(inner.x(), inner.bottom() - fonts.px(9), inner.width(), fonts.px(5))
    paint_seat_bar(painter, bar, Seats(cell.taken, cell.taken, cell.capacity), colours)


def over_words(count: int) -> str:
    """'3 over': more promised than there are seats."""
    return translate("today", "{count} over").format(count=count)


def cell_words(cell: WeekCell | None) -> str:
    """A cell for a screen reader."""
    if cell is None:
        return translate("today", "does not run")
    if cell.closed:
        return translate("today", "closed")
    left = cell.capacity - cell.taken
    seats = translate("today", "{count} left").format(count=left) if left >= 0 else over_words(-left)
    words = translate("today", "{count} guests").format(count=cell.taken) + ", " + seats
    if cell.waiting:
        words += ", " + translate("today", "{count} to confirm").format(count=cell.waiting)
    return words


def _day_words(days: Sequence[date], room: float) -> tuple[list[str], int]:
    """'Today 15', 'Sat 16' and the size of the letters; where that is too wide the numbers alone."""
    names = [f"{weekday(day)} {day.day}" for day in days]
    today = [f"{translate('today', 'Today')} {day.day}" for day in days[:1]]
    for words, size in (([*today, *names[1:]], 13), (names, 13), (names, 12)):
        if all(text_width(one, size, 600) <= room for one in words):
            return words, size
    return [str(day.day) for day in days], 13


def _columns(width: int, days: int, narrow: bool) -> list[tuple[float, float]]:
    """Where each day stands: x and width."""
    label = fonts.px(_LABEL_NARROW if narrow else _LABEL)
    each = (width - label - fonts.px(_EDGE)) / max(1, days)
    return [(label + at * each, each) for at in range(days)]


def _paint_top(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(rect, 6, 6)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillRect(rect.adjusted(0, rect.height() / 2, 0, 0), colour)


def _paint_bottom(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(rect, 6, 6)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillRect(rect.adjusted(0, 0, 0, -rect.height() / 2), colour)
