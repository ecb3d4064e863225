"""A table of boxes to tick: rows of things, columns of ways. Arrow keys walk it, Space ticks or unticks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import fonts, theme
from ui.paint.cells import paint_tick_box
from ui.paint.text import CENTER, paint_text

_HEAD, _ROW, _COLUMN, _BOX = 44, 34, 96, 18
_NAMES = 230
_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class TickGrid(QWidget):
    """`changed` comes with every box that is ticked or unticked. Boxes are told as (row, column)."""

    changed = Signal()

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._rows: tuple[str, ...] = ()
        self._columns: tuple[tuple[str, str], ...] = ()
        self._on: set[tuple[int, int]] = set()
        self._at = (0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._say()

    @property
    def on(self) -> frozenset[tuple[int, int]]:
        """The boxes that are ticked."""
        return frozenset(self._on)

    def set_words(self, name: str, rows: Sequence[str], columns: Sequence[tuple[str, str]]) -> None:
        """What it is called, its rows, and its columns with a small note below each."""
        self._name, self._rows, self._columns = name, tuple(rows), tuple(columns)
        self._at = (min(self._at[0], max(0, len(rows) - 1)), min(self._at[1], max(0, len(columns) - 1)))
        self._say()
        self.updateGeometry()

    def show_ticks(self, on: frozenset[tuple[int, int]]) -> None:
        """Show these, without telling."""
        self._on = set(on)
        self._say()

    def toggle(self, row: int, column: int) -> None:
        """Tick a box, or untick it."""
        if not (0 <= row < len(self._rows) and 0 <= column < len(self._columns)):
            return
        self._on ^= {(row, column)}
        self._at = (row, column)
        self._say()
        self.changed.emit()

    def sizeHint(self) -> QSize:
        width = fonts.px(_NAMES) + len(self._columns) * fonts.px(_COLUMN) + 6
        return QSize(width, fonts.px(_HEAD) + len(self._rows) * fonts.px(_ROW) + 6)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and self._rows and self._columns:
            row = min(len(self._rows) - 1, max(0, self._at[0] + step[0]))
            self._at = (row, min(len(self._columns) - 1, max(0, self._at[1] + step[1])))
            self._say()
        elif event.key() == Qt.Key.Key_Space:
            self.toggle(*self._at)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._box_at(event.position())
        if found is not None:
            self.toggle(*found)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = QPainter(self), theme.of(self.palette())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, (word, note) in enumerate(self._columns):
            head = QRectF(self._column_x(number), 2, fonts.px(_COLUMN), fonts.px(_HEAD) - 4)
            upper = QRectF(head.x(), head.y(), head.width() - 4, head.height() / 2)
            lower = upper.translated(0, head.height() / 2)
            paint_text(painter, upper if note else head, word, colours.ink, 13, 600, CENTER)
            if note:
                paint_text(painter, lower, note, colours.ink3, 12, 400, CENTER)
        for row, word in enumerate(self._rows):
            self._paint_row(painter, colours, row, word)

    def _paint_row(self, painter: QPainter, colours: theme.Colours, row: int, word: str) -> None:
        y = fonts.px(_HEAD) + row * fonts.px(_ROW)
        painter.setPen(QPen(colours.line, 1))
        painter.drawLine(QPointF(0, y + 0.5), QPointF(self.width(), y + 0.5))
        name = QRectF(3, y, self._column_x(0) - fonts.px(12), fonts.px(_ROW))
        paint_text(painter, name, word, colours.ink, 13, 400)
        for column in range(len(self._columns)):
            place = self._box(row, column)
            paint_tick_box(painter, place, (row, column) in self._on, colours)
            if self.hasFocus() and (row, column) == self._at:
                painter.setPen(QPen(colours.accent, 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(place.adjusted(-4, -4, 4, 4), 6, 6)

    def _column_x(self, column: int) -> float:
        """The columns stand at the right; the names have what is left."""
        return self.width() - (len(self._columns) - column) * fonts.px(_COLUMN)

    def _box(self, row: int, column: int) -> QRectF:
        side = fonts.px(_BOX)
        middle = self._column_x(column) + (fonts.px(_COLUMN) - 4) / 2
        y = fonts.px(_HEAD) + row * fonts.px(_ROW) + (fonts.px(_ROW) - side) / 2
        return QRectF(middle - side / 2, y, side, side)

    def _box_at(self, point: QPointF) -> tuple[int, int] | None:
        row = int((point.y() - fonts.px(_HEAD)) // fonts.px(_ROW))
        column = int((point.x() - self._column_x(0)) // fonts.px(_COLUMN))
        inside = 0 <= row < len(self._rows) and 0 <= column < len(self._columns)
        return (row, column) if inside else None

    def _say(self) -> None:
        if self._rows and self._columns:
            row, column = self._at
            here = self.tr("{what}, {way}: on") if self._at in self._on else self.tr("{what}, {way}: off")
            words = here.format(what=self._rows[row], way=self._columns[column][0])
            self.setAccessibleName(f"{self._name}. {words}")
        else:
            self.setAccessibleName(self._name)
        self.update()
