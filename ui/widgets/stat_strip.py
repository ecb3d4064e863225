"""A strip of numbers, each with its shape, its name and one sentence that says what it means."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import fonts, theme
from ui.paint.text import paint_text
from ui.widgets.card import paint_card
from ui.widgets.chip import paint_shape


@dataclass(frozen=True, slots=True)
class Stat:
    """`shape` is a status or an icon; `family` colours the sentence when it asks for something."""

    shape: str
    name: str
    number: str
    sentence: str
    family: str = ""


class StatStrip(QWidget):
    """`pressed` comes with the number of the stat; arrow keys and Enter work too."""

    pressed = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._stats: tuple[Stat, ...] = ()
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._say()

    def show_stats(self, *stats: Stat) -> None:
        """Other numbers."""
        self._stats = stats
        self._at = min(self._at, max(0, len(stats) - 1))
        self._say()

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(160) * max(1, len(self._stats)), fonts.px(108))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.of(self.palette())
        paint_card(painter, QRectF(self.rect()), colours)
        for number, (stat, place) in enumerate(zip(self._stats, self._places(), strict=True)):
            if number:
                painter.fillRect(
                    QRectF(place.x(), fonts.px(16), 1, self.height() - fonts.px(32)), colours.line
                )
            self._paint_stat(painter, place.adjusted(fonts.px(19), 0, -fonts.px(8), 0), stat, colours)
            if self.hasFocus() and number == self._at:
                painter.setPen(QPen(colours.accent, 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(place.adjusted(4, 4, -4, -4), 6, 6)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for number, place in enumerate(self._places()):
            if place.contains(event.position()):
                self._at = number
                self._say()
                self.pressed.emit(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step and self._stats:
            self._at = (self._at + step) % len(self._stats)
            self._say()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and self._stats:
            self.pressed.emit(self._at)
        else:
            super().keyPressEvent(event)

    def _say(self) -> None:
        if self._stats:
            stat = self._stats[self._at]
            self.setAccessibleName(f"{self._name}: {stat.name} {stat.number}, {stat.sentence}")
        else:
            self.setAccessibleName(self._name)
        self.update()

    def _places(self) -> list[QRectF]:
        width = self.width() / max(1, len(self._stats))
        return [QRectF(number * width, 0, width, self.height()) for number in range(len(self._stats))]

    def _paint_stat(self, painter: QPainter, place: QRectF, stat: Stat, colours: theme.Colours) -> None:
        side = fonts.px(15)
        head = QRectF(place.x(), fonts.px(15), place.width(), fonts.px(18))
        shape = QRectF(place.x(), head.center().y() - side / 2, side, side)
        paint_shape(painter, shape, stat.shape, "", colours)
        paint_text(painter, head.adjusted(fonts.px(22), 0, 0, 0), stat.name, colours.ink2, 13, 500)
        number = QRectF(place.x(), fonts.px(36), place.width(), fonts.px(38))
        paint_text(painter, number, stat.number, colours.ink, 30, 600)
        foot = QRectF(place.x(), fonts.px(76), place.width(), fonts.px(18))
        ink = colours.families[stat.family].text if stat.family else colours.ink2
        paint_text(painter, foot, stat.sentence, ink, 12, 600 if stat.family else 400)
